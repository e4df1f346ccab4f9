"""KnowledgeGraph → RDF: named graphs, files, an Oxigraph store, SPARQL queries and SHACL checks over them."""

from kg.rdf.export import Parameters, quads, write
from kg.rdf.names import DEFAULT_BASE, iri

__all__ = ["DEFAULT_BASE", "Parameters", "iri", "quads", "write"]
