"""What the page shows: the graph as plain columns, in order of rank, with positions.

Offsets leave here as UTF-16 code units, because that is what JavaScript strings count in; everywhere else in the
program they are code points.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kg.graph import Evidence, KnowledgeGraph, Node
from kg.model import LEXICON, EntityId
from kg.rdf.names import iri
from kg.view.layout import beside, layout
from kg.view.look import DIRECTS, KINDS, MEMBER, TYPES

SHOWN = 1500
"""Nodes on the opening view; the page says how many there are in all and offers the next so many."""

TOGETHER = 12
"""Of the entities named in the same sentences as a node, its card lists this many, those of most sentences first."""

COMPANIONS = 2  # a node with fewer ties than this is drawn towards those it is most often named with


class Statement(NamedTuple):
    """A line of the picture: subject, one of ``look.KINDS``, object, and who says so where."""

    subject: EntityId
    kind: str
    object: EntityId
    evidence: tuple[Evidence, ...]


@dataclass(slots=True)
class Content:
    """The page's data: ``nodes`` and ``edges`` in vis-network's terms, ``facts`` and ``passages`` in ours.

    ``facts`` is read at once, ``passages`` (texts, offsets of mentions and evidence) when the first card opens.
    """

    nodes: list[dict[str, Any]] = field(default_factory=list)
    edges: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    passages: dict[str, Any] = field(default_factory=dict)
    shown: int = 0


def content(graph: KnowledgeGraph, base: str, shown: int = SHOWN) -> Content:
    """Arrange a graph for the page; ``base`` begins the IRIs, ``shown`` caps the opening view."""
    statements = list(_statements(graph))
    weight = _weights(graph, statements)
    order = sorted(graph.nodes, key=lambda id_: (-weight[id_], id_))
    number = {id_: i for i, id_ in enumerate(order)}
    first = min(shown, len(order))
    heaviest = max(weight.values(), default=1.0)
    radii = [round(4 + 12 * (weight[id_] / heaviest) ** 1.5, 1) for id_ in order]
    points, box = _positions(graph, statements, number, radii, first)
    speeches = {id_: i for i, id_ in enumerate(graph.speeches)} | {LEXICON: -1}
    types = list(TYPES)

    page = Content(shown=first)
    for i, id_ in enumerate(order):
        node = graph.nodes[id_]
        x, y = points[i]
        page.nodes.append({"id": i, "label": node.name, "x": x, "y": y, "size": radii[i], "group": id_.type})
    pairs: dict[tuple[int, int], int] = defaultdict(int)
    for s in statements:
        a, b = sorted((number[s.subject], number[s.object]))
        pairs[a, b] += len(s.evidence)
    for k, ((a, b), n) in enumerate(sorted(pairs.items())):
        page.edges.append({"id": k, "from": a, "to": b, "width": round(1.0 + 0.6 * math.log2(n), 1)})

    nodes = [graph.nodes[id_] for id_ in order]
    page.facts = {
        "shown": first,
        "box": box,
        "types": [{"id": name, **look._asdict()} for name, look in TYPES.items()],
        "speeches": _speech_columns(graph),
        "nodes": {
            "type": [types.index(n.id.type) for n in nodes],
            "key": [n.id.key if n.id.key != n.name else 0 for n in nodes],
            "scope": [n.id.scope for n in nodes],
            "iri": [iri(n.id, base) for n in nodes],
            "aliases": [_other_names(n) for n in nodes],
            "attributes": [n.attributes for n in nodes],
            "speeches": [[x for s, c in n.speeches.items() for x in (speeches[s], c)] for n in nodes],
        },
        "statements": {
            "from": [number[s.subject] for s in statements],
            "kind": [KINDS.index(s.kind) for s in statements],
            "to": [number[s.object] for s in statements],
            "count": [len(s.evidence) for s in statements],
        },
    }
    units = {id_: utf16(speech.text) for id_, speech in graph.speeches.items()}
    page.facts["expansions"] = list(_expansions(graph, number, speeches, units))
    page.facts["directives"] = list(_directives(graph, number, speeches, units))
    page.passages = _passages(graph, nodes, statements, speeches, units)
    page.passages["together"] = _together(graph, order, number)
    return page


def utf16(text: str) -> Callable[[int], int]:
    """The function from a code point index in ``text`` to the index in UTF-16 code units (-1 stays -1)."""
    astral = [i for i, c in enumerate(text) if c > "\uffff"] if text and max(text) > "\uffff" else []
    return lambda offset: offset + bisect_left(astral, offset)


# --- statements and rank -------------------------------------------------------------------------------------------


def _statements(graph: KnowledgeGraph) -> Iterable[Statement]:
    for edge in graph.edges:
        if edge.subject != edge.object:
            yield Statement(*edge)
    found: dict[tuple[EntityId, str, EntityId], list[Evidence]] = defaultdict(list)
    for speech, e in graph.expansions:
        for member in e.members:
            if member.entity and member.entity != e.slogan:
                found[e.slogan, MEMBER, member.entity].append(
                    Evidence(speech, e.start, e.end, e.rule, "", e.confidence)
                )
    for speech, d in graph.directives:
        for about in d.about:
            if about != d.issuer:
                found[d.issuer, DIRECTS, about].append(Evidence(speech, d.start, d.end, d.rule, d.cue, d.confidence))
    for (subject, kind, object_), evidence in sorted(found.items()):
        yield Statement(subject, kind, object_, tuple(sorted(evidence)))


def _weights(graph: KnowledgeGraph, statements: Iterable[Statement]) -> dict[EntityId, float]:
    """What an analyst wants to see first: slogans with members, what directives are about, then what is tied most."""
    ties: dict[EntityId, int] = defaultdict(int)
    for s in statements:
        ties[s.subject] += 1
        ties[s.object] += 1
    expanded = {claim.item.slogan for claim in graph.expansions}
    directed = {about for claim in graph.directives for about in claim.item.about}
    weight = {}
    for id_, node in graph.nodes.items():
        value = math.log2(1 + node.mentions) + math.log2(1 + len(node.speeches)) + math.log2(1 + ties[id_])
        if id_.type in ("Time", "Place"):
            value *= 0.5
        value += 3.0 * (id_ in expanded) + 2.0 * (id_ in directed) + (id_.type == "Slogan")
        weight[id_] = value if node.mentions else value * 0.5
    return weight


def _positions(
    graph: KnowledgeGraph,
    statements: Iterable[Statement],
    number: dict[EntityId, int],
    radii: list[float],
    first: int,
) -> tuple[list[tuple[float, float]], tuple[float, float, float, float]]:
    """The first nodes are laid out together; the rest finds room beside its neighbours and moves none of them."""
    ties: list[dict[int, float]] = [{} for _ in number]
    for s in statements:
        a, b = number[s.subject], number[s.object]
        ties[a][b] = ties[b][a] = ties[a].get(b, 0.0) + (3.0 if s.kind == MEMBER else 1.5)
    companions: list[list[tuple[int, int]]] = [[] for _ in number]
    for (left, right), together in graph.comentions.items():
        a, b = number[left], number[right]
        if together.sentences:
            # What opens the page is drawn to its like: the rest will find its own place beside it.
            if len(ties[a]) < COMPANIONS and (b < first or a >= first):
                companions[a].append((-together.sentences, b))
            if len(ties[b]) < COMPANIONS and (a < first or b >= first):
                companions[b].append((-together.sentences, a))
    for a, others in enumerate(companions):
        for _, b in sorted(others)[: COMPANIONS - len(ties[a])]:
            ties[a].setdefault(b, 0.5)
            ties[b].setdefault(a, 0.5)
    links = [(a, b, w) for a in range(first) for b, w in sorted(ties[a].items()) if a < b < first]
    placed = layout(radii[:first], links)
    wishes = [[b for b, _ in sorted(t.items(), key=lambda item: (-item[1], item[0]))] for t in ties]
    rest = beside(dict(enumerate(placed.points)), radii, wishes)
    return [*placed.points, *(rest[i] for i in range(first, len(radii)))], placed.box


# --- columns -------------------------------------------------------------------------------------------------------


def _speech_columns(graph: KnowledgeGraph) -> dict[str, list[str | int | None]]:
    fields = ("id", "doc", "title", "speaker", "occasion", "host", "date", "place")
    columns: dict[str, list[str | int | None]] = {f: [] for f in fields}
    for speech in graph.speeches.values():
        for f in fields:
            columns[f].append(getattr(speech, f))
    columns["length"] = [len(speech.text) for speech in graph.speeches.values()]
    return columns


def _other_names(node: Node) -> list[str]:
    return list(dict.fromkeys(name for name in (*node.aliases, *node.forms) if name != node.name))


def _expansions(
    graph: KnowledgeGraph,
    number: dict[EntityId, int],
    speeches: dict[str, int],
    units: dict[str, Callable[[int], int]],
) -> Iterable[list[Any]]:
    for speech, e in graph.expansions:
        span = _span(speech, e.start, e.end, units)
        members = [[m.label, number[m.entity] if m.entity else -1] for m in sorted(e.members, key=lambda m: m.position)]
        yield [number[e.slogan], members, e.expected, e.status, speeches[speech], *span, e.rule, e.date, e.source]


def _directives(
    graph: KnowledgeGraph,
    number: dict[EntityId, int],
    speeches: dict[str, int],
    units: dict[str, Callable[[int], int]],
) -> Iterable[list[Any]]:
    for speech, d in graph.directives:
        venue, date, target = (number[x] if x else -1 for x in (d.venue, d.date, d.target_entity))
        about = [number[x] for x in d.about]
        span = _span(speech, d.start, d.end, units)
        yield [
            number[d.issuer],
            d.act,
            d.content,
            about,
            venue,
            date,
            d.target,
            target,
            speeches[speech],
            *span,
            d.rule,
            d.cue,
        ]


def _passages(
    graph: KnowledgeGraph,
    nodes: list[Node],
    statements: list[Statement],
    speeches: dict[str, int],
    units: dict[str, Callable[[int], int]],
) -> dict[str, Any]:
    """Texts; per node flat (speech, start, end …); per statement flat (speech, start, end, rule, cue, percent …)."""
    words: dict[str, int] = {}
    mentions: dict[EntityId, list[int]] = defaultdict(list)
    for speech, extraction in graph.extractions.items():
        if speech == LEXICON:
            continue
        unit = units[speech]
        for entity in extraction.entities:
            for m in sorted(entity.mentions, key=lambda m: (m.start, m.end)):
                mentions[entity.id] += (speeches[speech], unit(m.start), unit(m.end))
    evidence = [
        [
            value
            for e in s.evidence
            for value in (
                speeches[e.speech],
                *_span(e.speech, e.start, e.end, units),
                words.setdefault(e.rule, len(words)),
                words.setdefault(e.cue, len(words)),
                round(e.confidence * 100),
            )
        ]
        for s in statements
    ]
    return {
        "texts": [speech.text for speech in graph.speeches.values()],
        "mentions": [mentions[n.id] for n in nodes],
        "evidence": evidence,
        "words": list(words),
    }


def _together(graph: KnowledgeGraph, order: list[EntityId], number: dict[EntityId, int]) -> list[list[int]]:
    """Per node: how many others share a sentence with it, then flat (node, sentences) of the first of them."""
    others: dict[EntityId, list[tuple[int, int]]] = defaultdict(list)
    for (a, b), count in graph.comentions.items():
        if count.sentences:
            others[a].append((-count.sentences, number[b]))
            others[b].append((-count.sentences, number[a]))
    return [
        [len(others[id_]), *(value for n, other in sorted(others[id_])[:TOGETHER] for value in (other, -n))]
        for id_ in order
    ]


def _span(speech: str, start: int, end: int, units: dict[str, Callable[[int], int]]) -> tuple[int, int]:
    if speech == LEXICON or start < 0:
        return -1, -1
    return units[speech](start), units[speech](end)
