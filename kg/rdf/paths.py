"""Shortest paths between two entities: what SPARQL cannot say, in Python on the edges that ``path.rq`` gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import islice, pairwise

import networkx as nx

from kg.rdf.guard import QueryError
from kg.rdf.queries import named
from kg.rdf.rows import Rows, Value

Edge = tuple[Value, ...]


def shortest(edges: Rows, params: Mapping[str, str], limit: int | None) -> Rows:
    """The shortest paths between the things called ``a`` and the things called ``b``, step by step.

    Every relation counts as one step, in either direction; each step shows one piece of evidence, the first by source.
    Of several shortest paths the first ``most`` are given, in the order of their IRIs.

    Raises:
        QueryError: no entity is called ``a`` or ``b``.
    """
    network, evidence, labels = nx.Graph(), defaultdict(list), dict[Value, Value]()
    ends: dict[str, set[Value]] = {"a": set(), "b": set()}
    most = 1
    for kind, subject, subject_label, predicate, object_, object_label, speech, quote, number in edges:
        most = int(number or most)
        labels |= {subject: subject_label, object_: object_label}
        if kind in ("a", "b"):
            ends[str(kind)].add(subject)
        else:
            network.add_edge(subject, object_)
            evidence[frozenset((subject, object_))].append(
                (str(predicate), str(speech or ""), str(quote or ""), subject, object_)
            )
    for end, found in ends.items():
        if not found:
            raise QueryError(f"nothing is called {params[end]!r} (--param {end})")
    starts, goals = ends["a"] & set(network), ends["b"] & set(network)
    columns = tuple(column.name for column in named()["path"].columns)
    steps: list[tuple[Value, ...]] = []
    for number, path in enumerate(islice(_paths(network, starts, goals), most), 1):
        for step, pair in enumerate(pairwise(path), 1):
            predicate, speech, quote, subject, object_ = min(evidence[frozenset(pair)], key=lambda e: (not e[2], e))
            steps.append((number, step, labels[subject], predicate, labels[object_], speech or None, quote or None))
    return Rows(columns, steps[:limit], None, limit is not None and len(steps) > limit)


def _paths(network: nx.Graph, starts: set[Value], goals: set[Value]) -> list[list[Value]]:
    """All shortest paths from any start to any goal, sorted; none longer than the shortest."""
    if starts & goals:
        return []
    network = network.copy()
    network.add_edges_from((("from",), start) for start in starts)
    network.add_edges_from((goal, ("to",)) for goal in goals)
    if not starts or not goals or not nx.has_path(network, ("from",), ("to",)):
        return []
    # There may be very many: sorting a thousand of them is enough to give the same ones every time they are fewer.
    found = islice(nx.all_shortest_paths(network, ("from",), ("to",)), 1000)
    return sorted((path[1:-1] for path in found), key=lambda path: list(map(str, path)))


COMPUTED: dict[str, Callable[[Rows, Mapping[str, str], int | None], Rows]] = {"path": shortest}
"""Named queries whose answer is computed from the rows that their SPARQL gives."""
