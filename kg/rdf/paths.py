"""Shortest paths between two entities: what SPARQL cannot say, in Python on the edges that ``path.rq`` gives."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from heapq import nsmallest
from itertools import islice, pairwise

import networkx as nx
from pyoxigraph import NamedNode

from kg.rdf.guard import QueryError
from kg.rdf.queries import named
from kg.rdf.rows import Rows, Value

DETAILS = """SELECT ?of ?label ?speech ?quote WHERE {
  VALUES ?of { UNDEF }
  OPTIONAL { ?of rdfs:label ?label }
  OPTIONAL { ?of prov:wasDerivedFrom/dcterms:identifier ?speech }
  OPTIONAL { ?of kg:evidence/oa:hasSelector/oa:exact ?quote }
}"""
"""Labels of entities, and who says a claim in which words: only for what lies on the paths, which is little."""

LOOKED_AT = 20
"""Claims for one step, the first by IRI, among which the evidence that is shown is chosen."""

Ask = Callable[[str, str], Rows]
"""Asks the store: the SPARQL text, and the template whose algebra is looked at."""


def shortest(edges: Rows, params: Mapping[str, str], limit: int | None, ask: Ask) -> Rows:
    """The shortest paths between the things called ``a`` and the things called ``b``, step by step.

    Every relation counts as one step, in either direction; each step shows one piece of evidence, the first by source
    that has words. Of several shortest paths the first ``most`` are given, in the order of their IRIs.

    Raises:
        QueryError: no entity is called ``a`` or ``b``.
    """
    network, claims = nx.Graph(), defaultdict[frozenset[Value], list[tuple[str, str, Value, Value]]](list)
    ends: dict[str, set[Value]] = {"a": set(), "b": set()}
    most = 1
    for kind, subject, predicate, object_, said, number in edges:
        most = int(number or most)
        if kind in ("a", "b"):
            ends[str(kind)].add(subject)
        else:
            network.add_edge(subject, object_)
            claims[frozenset((subject, object_))].append((str(said), str(predicate), subject, object_))
    for end, found in ends.items():
        if not found:
            raise QueryError(f"nothing is called {params[end]!r} (--param {end})")
    paths = list(islice(_paths(network, ends["a"] & set(network), ends["b"] & set(network)), most))
    pairs = {frozenset(pair) for path in paths for pair in pairwise(path)}
    shown = {pair: nsmallest(LOOKED_AT, claims[pair], key=lambda c: c[:2]) for pair in pairs}
    details = _details([*set().union(*paths), *(c[0] for found in shown.values() for c in found)], ask)
    steps: list[tuple[Value, ...]] = []
    for number, path in enumerate(paths, 1):
        for step, pair in enumerate(pairwise(path), 1):
            predicate, speech, quote, subject, object_ = min(
                (
                    (re.split("[/#]", predicate)[-1], speech, quote, subject, object_)
                    for said, predicate, subject, object_ in shown[frozenset(pair)]
                    for _, speech, quote in details[said]
                ),
                key=lambda evidence: (not evidence[2], list(map(str, evidence))),
            )
            labels = (details[str(subject)][0][0], details[str(object_)][0][0])
            steps.append((number, step, labels[0], predicate, labels[1], speech or None, quote or None))
    columns = tuple(column.name for column in named()["path"].columns)
    return Rows(columns, steps[:limit], None, limit is not None and len(steps) > limit)


def _details(iris: Iterable[object], ask: Ask) -> dict[str, list[tuple[str, str, str]]]:
    """Label, speech and quotation by IRI, "" for what is not there; a claim may have several."""
    terms = " ".join(sorted({str(NamedNode(str(iri))) for iri in iris}))
    found = defaultdict[str, list[tuple[str, str, str]]](list)
    if terms:
        for of, label, speech, quote in ask(DETAILS.replace("UNDEF", terms), DETAILS):
            found[str(of)].append((str(label or ""), str(speech or ""), str(quote or "")))
    return dict(found)


def _paths(network: nx.Graph, starts: set[Value], goals: set[Value]) -> list[list[Value]]:
    """All shortest paths from any start to any goal, sorted; none longer than the shortest."""
    if starts & goals or not starts or not goals:
        return []
    network.add_edges_from((("from",), start) for start in starts)
    network.add_edges_from((goal, ("to",)) for goal in goals)
    if not nx.has_path(network, ("from",), ("to",)):
        return []
    # There may be very many: sorting a thousand of them is enough to give the same ones every time they are fewer.
    found = islice(nx.all_shortest_paths(network, ("from",), ("to",)), 1000)
    return sorted((path[1:-1] for path in found), key=lambda path: list(map(str, path)))


COMPUTED: dict[str, Callable[[Rows, Mapping[str, str], int | None, Ask], Rows]] = {"path": shortest}
"""Named queries whose answer is computed from the rows that their SPARQL gives."""
