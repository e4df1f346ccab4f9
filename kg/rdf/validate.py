"""Check an output folder against ``shapes.ttl`` (SHACL).

The shapes look at a node, its own statements and the types of what it points to. So the graph is checked in parts of
some thousand nodes, each with the types of its neighbours: the findings are those of one run over everything, and
memory does not grow with the graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import groupby, islice
from pathlib import Path
from typing import Literal as OneOf
from typing import NamedTuple

import pyshacl
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Store, Triple
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg.rdf.names import prefixes, term
from kg.rdf.store import base_of, open_store, shorten

Severity = OneOf["violation", "warning", "info"]

PART = 5000
"""Nodes checked at a time: large enough that reading the shapes again costs little."""

_SEVERITIES: dict[Node | None, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_ORDER: dict[Severity, int] = {"violation": 0, "warning": 1, "info": 2}
_TYPE = term("rdf:type")
_LABEL = term("rdfs:label")


class Finding(NamedTuple):
    """What a shape says of a node: only violations make a data set invalid.

    ``focus`` is the node's IRI, ``label`` its label in the data if it has one, ``path`` the property as a prefixed name
    ("" where a whole node is meant), ``value`` the offending value, ``zh`` and ``en`` the message.
    """

    severity: Severity
    focus: str
    label: str
    path: str
    value: str
    zh: str
    en: str


def validate(folder: Path) -> list[Finding]:
    """The findings for the store of an output folder, violations first, then by node and property.

    Raises:
        QueryError: the folder has no store.
    """
    store = open_store(folder)
    known = prefixes(base_of(store))
    found = {finding for nodes, graph in _parts(store) for finding in _check(nodes, graph, known)}
    labelled = (finding._replace(label=_label(store, finding.focus)) for finding in found)
    return sorted(labelled, key=lambda f: (_ORDER[f.severity], *f[1:]))


def conforms(findings: list[Finding]) -> bool:
    """Whether there is no violation among the findings: warnings and information do not count."""
    return not any(finding.severity == "violation" for finding in findings)


@cache
def shapes() -> Graph:
    """The shapes that come with the program."""
    return Graph().parse(data=(resources.files("kg.rdf") / "shapes.ttl").read_text("utf-8"), format="turtle")


@cache
def ontology() -> Graph:
    """The vocabulary that comes with the program."""
    return Graph().parse(data=(resources.files("kg.rdf") / "ontology.ttl").read_text("utf-8"), format="turtle")


def _check(nodes: list[URIRef], data: Graph, known: dict[str, str]) -> Iterator[Finding]:
    """Yield what the shapes say of some nodes of a graph; labels are left empty."""
    report: Graph
    _, report, _ = pyshacl.validate(data, shacl_graph=_aimed(nodes, data), inference="none")
    for result in report.subjects(RDF.type, SH.ValidationResult):
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        messages = {
            message.language: str(message)
            for message in report.objects(result, SH.resultMessage)
            if isinstance(message, RdflibLiteral)
        }
        yield Finding(
            severity=_SEVERITIES.get(report.value(result, SH.resultSeverity), "violation"),
            focus=str(report.value(result, SH.focusNode)),
            label="",
            path=shorten(str(path), known) if isinstance(path, URIRef) else "",
            value="" if value is None else shorten(str(value), known) if isinstance(value, URIRef) else str(value),
            zh=messages.get("zh", ""),
            en=messages.get("en") or messages.get(None, ""),
        )


def _aimed(nodes: list[URIRef], data: Graph) -> Graph:
    """The shapes, aimed at ``nodes`` only: their target classes turned into the nodes that have them."""
    aimed = Graph(bind_namespaces="none")
    shapes_of: dict[Node, list[Node]] = defaultdict(list)
    for subject, predicate, object_ in shapes():
        if predicate == SH.targetClass:
            shapes_of[object_].append(subject)
        else:
            aimed.add((subject, predicate, object_))
    for node in nodes:
        for class_ in data.objects(node, RDF.type):
            for shape in shapes_of.get(class_, ()):
                aimed.add((shape, SH.targetNode, node))
    return aimed


def _parts(store: Store) -> Iterator[tuple[list[URIRef], Graph]]:
    """Yield the default graph in parts: some nodes, and their statements with the types of what they point to."""
    quads = store.quads_for_pattern(None, None, None, DefaultGraph())  # Oxigraph gives them subject by subject
    described = (list(quads) for _, quads in groupby(quads, lambda quad: quad.subject))
    while part := list(islice(described, PART)):
        graph = Graph(bind_namespaces="none")
        neighbours = set()
        for quad in (quad for node in part for quad in node):
            graph.add((_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)))
            if isinstance(quad.object, NamedNode) and quad.predicate != _TYPE:
                neighbours.add(quad.object)
        for neighbour in neighbours:
            for quad in store.quads_for_pattern(neighbour, _TYPE, None, DefaultGraph()):
                graph.add((_rdflib(neighbour), RDF.type, _rdflib(quad.object)))
        yield [URIRef(node[0].subject.value) for node in part if isinstance(node[0].subject, NamedNode)], graph


def _rdflib(term: NamedNode | BlankNode | Literal | Triple) -> Node:
    """The same term in rdflib."""
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, Literal):
        if term.language:
            return RdflibLiteral(term.value, lang=term.language)
        return RdflibLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    raise TypeError(f"rdflib has no term for {term}")


def _label(store: Store, iri: str) -> str:
    labels = store.quads_for_pattern(NamedNode(iri), _LABEL, None, DefaultGraph())
    return min((quad.object.value for quad in labels if isinstance(quad.object, Literal)), default="")
