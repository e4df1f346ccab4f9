"""KnowledgeGraph → RDF: named graphs, files, an Oxigraph store, SPARQL queries and SHACL checks over them."""

from kg.rdf.export import Parameters, quads, write
from kg.rdf.names import DEFAULT_BASE, iri
from kg.rdf.renewal import update, update_store

__all__ = ["DEFAULT_BASE", "Parameters", "iri", "quads", "update", "update_store", "write"]
