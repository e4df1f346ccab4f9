"""Check an output folder against ``shapes.ttl`` (SHACL).

The shapes look at a node, its own statements and the types of what it points to. So the graph is checked in parts of
some thousand nodes, each with the types of its neighbours: the findings are those of one run over everything, and
memory does not grow with the graph.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib import resources
from itertools import count, groupby, islice
from pathlib import Path
from typing import Literal as OneOf
from typing import NamedTuple

import pyshacl
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Store, Triple
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.namespace import RDF, SH
from rdflib.term import Node
from rich.table import Table

from kg.rdf.names import prefixes, term
from kg.rdf.store import base_of, open_store, shorten
from kg.terminal import plain

Severity = OneOf["violation", "warning", "info"]

PART = 5000
"""Nodes checked at a time: large enough that reading the shapes again costs little."""

WORTH_A_POOL = 200_000
"""Quads from which starting processes pays."""

_SEVERITIES: dict[Node | None, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_ORDER: dict[Severity, int] = {"violation": 0, "warning": 1, "info": 2}
STYLES: dict[Severity, str] = {"violation": "bold red", "warning": "yellow", "info": ""}
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


def validate(folder: Path, jobs: int | None = None) -> list[Finding]:
    """The findings for the store of an output folder, violations first, then by node and property.

    ``jobs`` processes share the work; None takes one for small graphs, else one a core.

    Raises:
        QueryError: the folder has no store.
    """
    store = open_store(folder)
    jobs = jobs or ((os.cpu_count() or 1) if len(store) > WORTH_A_POOL else 1)
    if jobs == 1:
        found = _share(folder, 0, 1)
    else:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
            shares = [pool.submit(_share, folder, i, jobs) for i in range(jobs)]
            found = set().union(*(share.result() for share in shares))
    labelled = (finding._replace(label=_label(store, finding.focus)) for finding in found)
    return sorted(labelled, key=lambda f: (_ORDER[f.severity], *f[1:]))


def _share(folder: Path, first: int, step: int) -> set[Finding]:
    """The findings for every ``step``-th part of a graph, from the part ``first`` on."""
    store = open_store(folder)
    known = prefixes(base_of(store))
    return {finding for nodes, graph in _parts(store, first, step) for finding in _check(nodes, graph, known)}


def conforms(findings: list[Finding]) -> bool:
    """Whether there is no violation among the findings: warnings and information do not count."""
    return not any(finding.severity == "violation" for finding in findings)


def table(findings: list[Finding], known: dict[str, str]) -> Table:
    """The findings for people, IRIs shortened by the ``known`` prefixes (prefix → namespace)."""
    shown = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("severity", "node", "property", "value", "message"):
        shown.add_column(column, overflow="fold")
    for f in findings:
        node = "\n".join(filter(None, (f.label, shorten(f.focus, known))))
        message = "\n".join(filter(None, (f.zh, f.en)))
        shown.add_row(plain(f.severity, STYLES[f.severity]), *map(plain, (node, f.path, f.value, message)))
    return shown


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
    """The shapes, aimed at ``nodes`` only: each property shape at the nodes of the classes that its node shape targets.

    pyshacl checks a property shape of its own on all its nodes at once, but one inside a node shape on each singly;
    node shapes that have targets here consist of property shapes only, so both say the same.
    """
    aimed = Graph(bind_namespaces="none")
    properties_of: dict[Node, list[Node]] = defaultdict(list)
    for subject, predicate, object_ in shapes():
        if predicate == SH.targetClass:
            properties_of[object_].extend(shapes().objects(subject, SH.property))
        else:
            aimed.add((subject, predicate, object_))
    for node in nodes:
        for class_ in data.objects(node, RDF.type):
            for shape in properties_of.get(class_, ()):
                aimed.add((shape, SH.targetNode, node))
    return aimed


def _parts(store: Store, first: int, step: int) -> Iterator[tuple[list[URIRef], Graph]]:
    """Yield every ``step``-th part of the default graph: nodes, their statements, the types of what they point to."""
    quads = store.quads_for_pattern(None, None, None, DefaultGraph())  # Oxigraph gives them subject by subject
    described = (list(quads) for _, quads in groupby(quads, lambda quad: quad.subject))
    for number in count():
        if not (part := list(islice(described, PART))):
            return
        if number % step != first:
            continue
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
