"""The graph as tables (Parquet) and as GraphML.

Entities go by their id ``type|scope|key`` in every table, so that tables join on it; ``entities.iri`` and
``speeches.iri`` lead to the RDF. A place in a text is ``start``–``end`` (str indices into ``speeches.text``, end
exclusive; code points, as Parquet's own string functions count them) with its ``quote``; what comes from the lexicon
has no place (null). Rows are sorted, so equal graphs give equal bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq

from kg.graph import KnowledgeGraph, node_id
from kg.model import LEXICON, EntityId, Expansion
from kg.rdf.names import DEFAULT_BASE, iri, speech_iri

Row = tuple[object, ...]

_TEXT, _INT, _REAL = pa.string(), pa.int64(), pa.float64()
_PLACE = [
    ("speech", _TEXT),
    ("start", _INT),
    ("end", _INT),
    ("quote", _TEXT),
    ("rule", _TEXT),
    ("confidence", _REAL),
]

SCHEMAS: dict[str, pa.Schema] = {
    "speeches": pa.schema(
        [
            ("id", _TEXT),
            ("doc", _TEXT),
            ("title", _TEXT),
            ("speaker", _TEXT),
            ("occasion", _TEXT),
            ("host", _TEXT),
            ("date", _TEXT),
            ("place", _TEXT),
            ("url", _TEXT),
            ("metadata", _TEXT),
            ("path", _TEXT),
            ("sha256", _TEXT),
            ("format", _TEXT),
            ("encoding", _TEXT),
            ("cuts", _INT),
            ("text", _TEXT),
            ("iri", _TEXT),
        ]
    ),
    "entities": pa.schema(
        [
            ("id", _TEXT),
            ("type", _TEXT),
            ("scope", _TEXT),
            ("key", _TEXT),
            ("name", _TEXT),
            ("aliases", pa.list_(_TEXT)),
            ("forms", pa.list_(pa.struct([("form", _TEXT), ("count", _INT)]))),
            ("attributes", pa.map_(_TEXT, _TEXT)),
            ("mentions", _INT),
            ("speeches", _INT),
            ("known", pa.bool_()),
            ("iri", _TEXT),
        ]
    ),
    "mentions": pa.schema([("entity", _TEXT), *_PLACE]),
    "expansions": pa.schema(
        [
            ("slogan", _TEXT),
            ("number", _INT),
            *_PLACE,
            ("expected", _TEXT),
            ("found", _INT),
            ("status", _TEXT),
            ("date", _TEXT),
            ("source", _TEXT),
        ]
    ),
    "members": pa.schema(
        [
            ("slogan", _TEXT),
            ("number", _INT),
            ("speech", _TEXT),
            ("position", _INT),
            ("label", _TEXT),
            ("start", _INT),
            ("end", _INT),
            ("entity", _TEXT),
        ]
    ),
    "directives": pa.schema(
        [
            ("issuer", _TEXT),
            ("act", _TEXT),
            ("content", _TEXT),
            ("about", pa.list_(_TEXT)),
            ("venue", _TEXT),
            ("date", _TEXT),
            ("target", _TEXT),
            ("target_entity", _TEXT),
            *_PLACE,
            ("cue", _TEXT),
        ]
    ),
    "relations": pa.schema([("subject", _TEXT), ("predicate", _TEXT), ("object", _TEXT), *_PLACE, ("cue", _TEXT)]),
    "comentions": pa.schema([("a", _TEXT), ("b", _TEXT), ("sentences", _INT), ("sections", _INT), ("speeches", _INT)]),
}
"""The tables and their columns. ``number`` tells the expansions of one slogan apart, from 1, over all sources."""

_ILLEGAL_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(graph: KnowledgeGraph, folder: Path, base: str = DEFAULT_BASE) -> dict[str, int]:
    """Write every table of ``SCHEMAS`` as ``folder/<name>.parquet``; returns the rows in each."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = {}
    for name, schema in SCHEMAS.items():
        table = _table(schema, rows(name, graph, base))
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
        counts[name] = table.num_rows
    return counts


def rows(name: str, graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> Iterator[Row]:
    """Yield the rows of one table of ``SCHEMAS``, sorted."""
    return _ROWS[name](graph, base)


def write_graphml(graph: KnowledgeGraph, path: Path) -> None:
    """Write ``graph.to_networkx()`` as GraphML: entities, relations, members and directives.

    Characters that XML cannot hold become U+FFFD. Edges get ids of their own (e0, e1, …): viewers want them unique.
    Co-mentions are in the table of that name only: they would outnumber everything else here.
    """
    network = graph.to_networkx()
    plain = nx.MultiDiGraph()
    for id_, attributes in network.nodes(data=True):
        plain.add_node(_xml(id_), **{k: _xml(v) for k, v in attributes.items()})
    for i, (subject, object_, attributes) in enumerate(network.edges(data=True)):
        plain.add_edge(_xml(subject), _xml(object_), key=f"e{i}", **{k: _xml(v) for k, v in attributes.items()})
    # Not write_graphml: that one picks lxml where it is installed, and other bytes with it.
    nx.readwrite.graphml.write_graphml_xml(plain, path, encoding="utf-8")


def _xml(value: object) -> object:
    return _ILLEGAL_IN_XML.sub("\ufffd", value) if isinstance(value, str) else value


def _table(schema: pa.Schema, rows: Iterator[Row]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table(
        [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def _id(id_: EntityId | None) -> str | None:
    return node_id(id_) if id_ else None


def _place(graph: KnowledgeGraph, speech: str, start: int, end: int, rule: str, confidence: float) -> Row:
    if start < 0:
        return speech, None, None, None, rule, confidence
    return speech, start, end, graph.extractions[speech].speech.text[start:end], rule, confidence


def _speeches(graph: KnowledgeGraph, base: str) -> Iterator[Row]:
    for s in graph.speeches.values():
        metadata = json.dumps(s.metadata, ensure_ascii=False, sort_keys=True)
        about = (s.title, s.speaker, s.occasion, s.host, s.date, s.place, s.url, metadata)
        source = (s.source.path, s.source.sha256, s.source.format, s.source.encoding)
        yield s.id, s.doc, *about, *source, len(s.cuts), s.text, speech_iri(s.id, base)


def _entities(graph: KnowledgeGraph, base: str) -> Iterator[Row]:
    for id_, node in graph.nodes.items():
        forms = [{"form": form, "count": count} for form, count in node.forms.items()]
        counts = (node.mentions, len(node.speeches), node.known)
        values = (list(node.aliases), forms, list(node.attributes.items()))
        yield node_id(id_), *id_, node.name, *values, *counts, iri(id_, base)


def _mentions(graph: KnowledgeGraph, _: str) -> Iterator[Row]:
    rows = sorted(
        (e.id, speech, m.start, m.end, m.rule, m.confidence)
        for speech, extraction in graph.extractions.items()
        if speech != LEXICON
        for e in extraction.entities
        for m in e.mentions
    )
    for id_, speech, start, end, rule, confidence in rows:
        yield node_id(id_), *_place(graph, speech, start, end, rule, confidence)


def _expansions(graph: KnowledgeGraph, _: str) -> Iterator[Row]:
    for number, speech, x in _numbered(graph):
        place = _place(graph, speech, x.start, x.end, x.rule, x.confidence)
        yield node_id(x.slogan), number, *place, x.expected, x.found, x.status, x.date, x.source


def _members(graph: KnowledgeGraph, _: str) -> Iterator[Row]:
    for number, speech, x in _numbered(graph):
        for m in x.members:
            span = (m.start, m.end) if m.start >= 0 else (None, None)
            yield node_id(x.slogan), number, speech, m.position, m.label, *span, _id(m.entity)


def _numbered(graph: KnowledgeGraph) -> Iterator[tuple[int, str, Expansion]]:
    slogan, number = None, 0
    for speech, x in graph.expansions:
        slogan, number = x.slogan, number + 1 if x.slogan == slogan else 1
        yield number, speech, x


def _directives(graph: KnowledgeGraph, _: str) -> Iterator[Row]:
    for speech, d in graph.directives:
        place = _place(graph, speech, d.start, d.end, d.rule, d.confidence)
        about = [node_id(a) for a in d.about]
        ends = (_id(d.venue), _id(d.date), d.target, _id(d.target_entity))
        yield node_id(d.issuer), d.act, d.content, about, *ends, *place, d.cue


def _relations(graph: KnowledgeGraph, _: str) -> Iterator[Row]:
    for edge in graph.edges:
        for e in edge.evidence:
            place = _place(graph, e.speech, e.start, e.end, e.rule, e.confidence)
            yield node_id(edge.subject), edge.predicate, node_id(edge.object), *place, e.cue


def _comentions(graph: KnowledgeGraph, _: str) -> Iterator[Row]:
    names = {id_: node_id(id_) for id_ in graph.nodes}  # each comes dozens of times
    for (a, b), count in graph.comentions.items():
        yield names[a], names[b], *count


_ROWS = {
    "speeches": _speeches,
    "entities": _entities,
    "mentions": _mentions,
    "expansions": _expansions,
    "members": _members,
    "directives": _directives,
    "relations": _relations,
    "comentions": _comentions,
}
