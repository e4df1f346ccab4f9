"""Extractions as Arrow rows, one a speech with all that was found in it, and back.

This is what workers write and what the SQL of ``kg.scale`` reads, whichever engine runs it. Nothing is lost: a row
gives back its extraction. What SQL could only find out from the text stands beside: quotations, the sentence and section
of each mention, the year.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from kg import comention
from kg.corpus import fold
from kg.model import (
    LEXICON,
    Cut,
    Directive,
    Entity,
    EntityId,
    Expansion,
    Extraction,
    Member,
    Mention,
    Relation,
    Section,
    Source,
    Speech,
)
from kg.rdf.statements import year_of

_TEXT, _INT, _REAL = pa.string(), pa.int64(), pa.float64()
ID = pa.struct([("type", _TEXT), ("scope", _TEXT), ("key", _TEXT)])
PAIR = pa.struct([("name", _TEXT), ("value", _TEXT)])
_SAID = [("start", _INT), ("end", _INT), ("quote", _TEXT), ("rule", _TEXT), ("confidence", _REAL)]
"""Where a claim stands; -1, -1 and null for the lexicon's."""

SCHEMA = pa.schema(
    [
        ("id", _TEXT),
        ("doc", _TEXT),
        ("title", _TEXT),
        ("speaker", _TEXT),
        ("occasion", _TEXT),
        ("host", _TEXT),
        ("date", _TEXT),
        ("year", _INT),
        ("place", _TEXT),
        ("url", _TEXT),
        ("metadata", _TEXT),
        ("path", _TEXT),
        ("sha256", _TEXT),
        ("format", _TEXT),
        ("encoding", _TEXT),
        ("text", _TEXT),
        ("text_sha256", _TEXT),
        ("characters", _INT),
        ("sentences", _INT),
        ("cuts", pa.list_(pa.struct([("offset", _INT), ("removed", _TEXT), ("reason", _TEXT)]))),
        (
            "sections",
            pa.list_(pa.struct([("level", _INT), ("start", _INT), ("heading_end", _INT), ("end", _INT)])),
        ),
        (
            "entities",
            pa.list_(
                pa.struct(
                    [
                        ("id", ID),
                        ("name", _TEXT),
                        ("aliases", pa.list_(_TEXT)),
                        ("attributes", pa.list_(PAIR)),
                        ("mentions", pa.list_(pa.struct([*_SAID, ("sentence", _INT), ("section", _INT)]))),
                        ("sentences", _INT),
                    ]
                )
            ),
        ),
        (
            "expansions",
            pa.list_(
                pa.struct(
                    [
                        ("slogan", ID),
                        *_SAID,
                        ("expected", _TEXT),
                        ("status", _TEXT),
                        ("date", _TEXT),
                        ("source", _TEXT),
                        (
                            "members",
                            pa.list_(
                                pa.struct(
                                    [
                                        ("position", _INT),
                                        ("label", _TEXT),
                                        ("start", _INT),
                                        ("end", _INT),
                                        ("entity", ID),
                                    ]
                                )
                            ),
                        ),
                    ]
                )
            ),
        ),
        (
            "directives",
            pa.list_(
                pa.struct(
                    [
                        ("issuer", ID),
                        ("act", _TEXT),
                        ("content", _TEXT),
                        ("about", pa.list_(ID)),
                        ("venue", ID),
                        ("date", ID),
                        ("target", _TEXT),
                        ("target_entity", ID),
                        *_SAID,
                        ("cue", _TEXT),
                    ]
                )
            ),
        ),
        (
            "relations",
            pa.list_(pa.struct([("subject", ID), ("predicate", _TEXT), ("object", ID), *_SAID, ("cue", _TEXT)])),
        ),
    ]
)
"""One row a speech; ``metadata`` is JSON. The lexicon is a row too, with the id "lexicon"."""

Row = tuple[Any, ...]


def batch(extractions: Iterable[Extraction]) -> pa.RecordBatch:
    """The extractions as one record batch of ``SCHEMA``, in order."""
    columns = list(zip(*map(row, extractions), strict=True)) or [()] * len(SCHEMA)
    return pa.record_batch(
        [pa.array(column, type=field.type) for column, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )


def row(extraction: Extraction) -> Row:
    """The values of one extraction, in the order of ``SCHEMA``."""
    s, text = extraction.speech, extraction.speech.text
    about = (s.id, s.doc, s.title, s.speaker, s.occasion, s.host, s.date, year_of(s), s.place, s.url)
    metadata = json.dumps(s.metadata, ensure_ascii=False, sort_keys=True)
    source = (metadata, s.source.path, s.source.sha256, s.source.format, s.source.encoding)
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    sentences = 0 if s.id == LEXICON else comention.sentences([extraction]).all
    unit = comention.units(extraction)

    def said(x: Mention | Expansion | Directive | Relation) -> Row:
        return x.start, x.end, text[x.start : x.end] if x.start >= 0 else None, x.rule, x.confidence

    def entity(e: Entity) -> Row:
        mentions = [(*said(m), *unit(m.start)) for m in e.mentions]
        return e.id, e.name, e.aliases, list(e.attributes.items()), mentions, len({m[-2] for m in mentions})

    return (
        *about,
        *source,
        *(text, digest, len(text), sentences),
        s.cuts,
        [(x.level, x.start, x.heading_end, x.end) for x in extraction.sections],
        [entity(e) for e in extraction.entities],
        [
            (
                x.slogan,
                *said(x),
                *(x.expected, x.status, x.date, x.source),
                [(m.position, m.label, m.start, m.end, m.entity) for m in x.members],
            )
            for x in extraction.expansions
        ],
        [
            (d.issuer, d.act, d.content, d.about, d.venue, d.date, d.target, d.target_entity, *said(d), d.cue)
            for d in extraction.directives
        ],
        [(r.subject, r.predicate, r.object, *said(r), r.cue) for r in extraction.relations],
    )


def extractions(rows: pa.RecordBatch | pa.Table) -> list[Extraction]:
    """The extractions that a record batch or table of ``SCHEMA`` holds, in order."""
    return [extraction(found) for found in rows.to_pylist()]


def extraction(found: dict[str, Any]) -> Extraction:
    """The extraction of one row, as ``to_pylist`` gives it."""
    speech = Speech(
        id=found["id"],
        doc=found["doc"],
        text=found["text"],
        folded=fold(found["text"]),
        source=Source(found["path"], found["sha256"], found["format"], found["encoding"]),
        title=found["title"],
        speaker=found["speaker"],
        occasion=found["occasion"],
        host=found["host"],
        date=found["date"],
        place=found["place"],
        url=found["url"],
        cuts=[Cut(**c) for c in found["cuts"]],
        metadata=json.loads(found["metadata"]),
    )
    return Extraction(
        speech,
        sections=[Section(**s) for s in found["sections"]],
        entities=[
            Entity(
                _required(e["id"]),
                e["name"],
                e["aliases"],
                [Mention(m["start"], m["end"], m["rule"], m["confidence"]) for m in e["mentions"]],
                _pairs(e["attributes"]),
            )
            for e in found["entities"]
        ],
        expansions=[
            Expansion(
                slogan=_required(x["slogan"]),
                members=[
                    Member(m["position"], m["label"], m["start"], m["end"], _id(m["entity"])) for m in x["members"]
                ],
                **{k: x[k] for k in ("expected", "status", "date", "source", *_SPAN)},
            )
            for x in found["expansions"]
        ],
        directives=[
            Directive(
                issuer=_required(d["issuer"]),
                about=[_required(a) for a in d["about"]],
                venue=_id(d["venue"]),
                date=_id(d["date"]),
                target_entity=_id(d["target_entity"]),
                **{k: d[k] for k in ("act", "content", "target", "cue", *_SPAN)},
            )
            for d in found["directives"]
        ],
        relations=[
            Relation(
                subject=_required(r["subject"]),
                object=_required(r["object"]),
                **{k: r[k] for k in ("predicate", "cue", *_SPAN)},
            )
            for r in found["relations"]
        ],
    )


_SPAN = ("start", "end", "rule", "confidence")


def _required(found: dict[str, Any]) -> EntityId:
    return EntityId(found["type"], found["scope"], found["key"])


def _id(found: dict[str, Any] | None) -> EntityId | None:
    return _required(found) if found else None


def _pairs(found: list[dict[str, str]]) -> dict[str, str]:
    return {pair["name"]: pair["value"] for pair in found}
