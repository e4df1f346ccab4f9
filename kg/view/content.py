"""What the page shows: the graph as plain columns, in order of rank, with positions.

Offsets leave here as UTF-16 code units, because that is what JavaScript strings count in; everywhere else in the
program they are code points.
"""

from __future__ import annotations

import math
import re
import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from kg.graph import KnowledgeGraph, Node
from kg.model import LEXICON, EntityId
from kg.rdf.names import iri, speech_iri
from kg.view.layout import Layout, beside, layout
from kg.view.look import KINDS, MEMBER, TYPES
from kg.view.rank import hubs, weights
from kg.view.sounds import initials
from kg.view.statements import Statement
from kg.view.statements import statements as statements_of

SHOWN = 1500
"""Nodes on the opening view; the page says how many there are in all and offers the next so many."""

TOGETHER = 12
"""Of the entities named in the same sentences as a node, its card lists this many, those of most sentences first."""

QUIET = 7.0  # hubs are drawn no larger than this: they are everywhere and tell little
COMPANIONS = 2  # a node with fewer ties than this is drawn towards those it is most often named with


@dataclass(slots=True)
class Content:
    """The page's data: ``nodes`` and ``edges`` in vis-network's terms, ``facts`` and ``passages`` in ours.

    ``facts`` is read at once, ``passages`` (texts, offsets of mentions and evidence) when the first card opens.
    ``layout`` is how many seconds the nodes' places took, and how many of the processor.
    """

    nodes: list[dict[str, Any]] = field(default_factory=list)
    edges: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    passages: dict[str, Any] = field(default_factory=dict)
    shown: int = 0
    layout: tuple[float, float] = (0.0, 0.0)


def content(graph: KnowledgeGraph, base: str, shown: int = SHOWN, *, texts: bool = True) -> Content:
    """Arrange a graph for the page; ``base`` begins the IRIs, ``shown`` caps the opening view.

    Without ``texts`` no words of the speeches are in the page, but for the names and claims found in them.
    """
    statements = list(statements_of(graph))
    weight = weights(graph, statements)
    quiet = hubs(statements)
    order = sorted(graph.nodes, key=lambda id_: (-weight[id_], id_))
    number = {id_: i for i, id_ in enumerate(order)}
    first = min(shown, len(order))
    heaviest = max(weight.values(), default=1.0)
    radii = [round(min(4 + 12 * (weight[id_] / heaviest) ** 1.5, QUIET if id_ in quiet else 16), 1) for id_ in order]
    began, spent = time.perf_counter(), time.process_time()
    points, placed = _positions(graph, statements, number, radii, first)
    took = time.perf_counter() - began, time.process_time() - spent
    speeches = {id_: i for i, id_ in enumerate(graph.speeches)} | {LEXICON: -1}
    types = list(TYPES)

    page = Content(shown=first, layout=took)
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
        "box": placed.box,
        "apart": placed.apart,
        "types": [{"id": name, **look._asdict()} for name, look in TYPES.items()],
        "speeches": _speech_columns(graph, texts=texts),
        "nodes": {
            "type": [types.index(n.id.type) for n in nodes],
            "key": [n.id.key if n.id.key != n.name else 0 for n in nodes],
            "scope": [n.id.scope for n in nodes],
            "aliases": [_other_names(n) for n in nodes],
            "attributes": [n.attributes for n in nodes],
            "speeches": [[x for s, c in n.speeches.items() for x in (speeches[s], c)] for n in nodes],
        },
        "statements": {
            "from": [number[s.subject] for s in statements],
            "kind": [KINDS.index(s.kind) for s in statements],
            "to": [number[s.object] for s in statements],
            "count": [len(s.evidence) for s in statements],
            "confidence": [round(100 * max(e.confidence for e in s.evidence)) for s in statements],
            "speeches": [sorted({speeches[e.speech] for e in s.evidence}) for s in statements],
        },
        "hubs": sorted(number[id_] for id_ in quiet),
        "initials": initials(name for n in nodes for name in (n.name, *n.aliases, *n.forms)),
        "texts": texts,
    }
    units = {id_: utf16(speech.text) for id_, speech in graph.speeches.items()}
    page.facts["expansions"] = list(_expansions(graph, number, speeches, units))
    page.facts["directives"] = list(_directives(graph, number, speeches, units))
    page.passages = _passages(graph, nodes, statements, speeches, units)
    page.passages |= {
        "texts": [speech.text if texts else "" for speech in graph.speeches.values()],
        "sections": [list(_sections(graph, id_, units[id_])) for id_ in graph.speeches],
        "iri": [iri(n.id, base) for n in nodes],
        "speech_iri": [speech_iri(id_, base) for id_ in graph.speeches],
    }
    page.passages["together"] = _together(graph, order, number)
    return page


def utf16(text: str) -> Callable[[int], int]:
    """The function from a code point index in ``text`` to the index in UTF-16 code units (-1 stays -1)."""
    astral = [i for i, c in enumerate(text) if c > "\uffff"] if text and max(text) > "\uffff" else []
    return lambda offset: offset + bisect_left(astral, offset)


# --- positions ------------------------------------------------------------------------------------------------------


def _positions(
    graph: KnowledgeGraph,
    statements: Iterable[Statement],
    number: dict[EntityId, int],
    radii: list[float],
    first: int,
) -> tuple[list[tuple[float, float]], Layout]:
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
    return [*placed.points, *(rest[i] for i in range(first, len(radii)))], placed


# --- columns -------------------------------------------------------------------------------------------------------


def _speech_columns(graph: KnowledgeGraph, *, texts: bool) -> dict[str, list[str | int | None]]:
    fields = ("id", "doc", "title", "speaker", "occasion", "host", "date", "place")
    columns: dict[str, list[str | int | None]] = {f: [] for f in fields}
    for speech in graph.speeches.values():
        for f in fields:
            columns[f].append(getattr(speech, f))
    columns["opening"] = [
        _opening(speech.text) if texts and not speech.title else "" for speech in graph.speeches.values()
    ]
    columns["length"] = [len(speech.text) for speech in graph.speeches.values()]
    columns["year"] = [_year(speech.date) for speech in graph.speeches.values()]
    return columns


def _opening(text: str) -> str:
    """The first words of a speech that has no title: its first line that says something, cut at a stop or at 20 letters."""
    for line in text.splitlines():
        words = re.sub(r"\s+", " ", re.split("[。！？!?]", line.strip())[0])
        if len(re.findall(r"\w", words)) > 2:
            return words[:20].rstrip("，、：；,:; ")
    return ""


def _year(date: str | None) -> int:
    """The year of an EDTF date (of an interval the first one given); 0 where there is none."""
    found = re.search(r"(?<!\d)[12]\d{3}(?!\d)", date or "")
    return int(found[0]) if found else 0


def _sections(graph: KnowledgeGraph, speech: str, unit: Callable[[int], int]) -> Iterable[tuple[int, int, int]]:
    """Level, start and end of each heading."""
    for section in sorted(graph.extractions[speech].sections, key=lambda s: (s.start, s.level)):
        yield section.level, unit(section.start), unit(section.heading_end)


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
            round(100 * d.confidence),
        ]


def _passages(
    graph: KnowledgeGraph,
    nodes: list[Node],
    statements: list[Statement],
    speeches: dict[str, int],
    units: dict[str, Callable[[int], int]],
) -> dict[str, Any]:
    """Per node flat (speech, start, end …); per statement flat (speech, start, end, rule, cue, percent …)."""
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
