"""The top of a graph that is too large to be looked at: its first entities, the most telling speeches, their claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

import pyarrow as pa

from kg.graph import KnowledgeGraph
from kg.model import Entity, EntityId, Extraction
from kg.scale import shards
from kg.scale.sql import query

ENTITIES = 3000
"""Entities of the top; what they are said to consist of comes on top of it."""

SPEECHES = 500
CHARACTERS = 500_000
"""Speeches of the top, and all of their characters: their texts are in the page."""

NOTE = "corpus"
"""The attribute of an entity of the top that says how often the whole corpus names it."""


class Top(NamedTuple):
    """The graph of the top; of how many entities and speeches it shows how many."""

    graph: KnowledgeGraph
    entities: tuple[int, int]
    speeches: tuple[int, int]


class Session(Protocol):
    """An engine with the finished tables as views."""

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """What a query gives, all of it."""

    def step(self, name: str, **numbers: int) -> int:
        """Run a query of ``kg.scale.sql`` and make a view of what it gave; returns the number of rows."""

    def speeches(self, ids: Sequence[str] | None = None) -> pa.Table:
        """Rows of ``shards``: those with some ids, or all."""


def top(session: Session, lexicon: Extraction, named: int, speeches: int, characters: int) -> Top:
    """Make the graph of the top from the finished tables; all of it where that is little enough.

    ``named``, ``speeches`` and ``characters`` are what the corpus has of them. Counts in the graph are those of the
    speeches that it shows; the note of each entity has the number of the whole corpus.
    """
    if named <= ENTITIES and speeches <= SPEECHES and characters <= CHARACTERS:
        found = shards.extractions(session.speeches())
        return Top(KnowledgeGraph([lexicon, *found]), (named, named), (speeches, speeches))
    session.step("top", entities=ENTITIES)
    chosen: list[str] = []
    size = 0
    for id_, length in session.rows(query("telling", speeches=SPEECHES)):
        if (size := size + length) > CHARACTERS and chosen:
            break
        chosen.append(id_)
    notes = {
        EntityId(type_, scope, key): f"{mentions:,} mentions in {naming:,} of {speeches:,} speeches"
        for type_, scope, key, mentions, naming in session.rows("SELECT type, scope, key, mentions, naming FROM top")
    }
    found = shards.extractions(session.speeches(chosen))
    wanted = set(notes) | {
        m.entity for e in found for x in e.expansions if x.slogan in notes for m in x.members if m.entity
    }
    graph = KnowledgeGraph([lexicon, *(_only(e, wanted, notes) for e in found)])
    shown = sum(1 for node in graph.nodes.values() if node.mentions)
    return Top(graph, (shown, named), (len(chosen), speeches))


def _only(extraction: Extraction, wanted: set[EntityId], notes: dict[EntityId, str]) -> Extraction:
    """What one speech says of the wanted entities."""

    def kept(id_: EntityId | None) -> EntityId | None:
        return id_ if id_ in wanted else None

    for directive in extraction.directives:
        directive.about = [a for a in directive.about if a in wanted]
        directive.venue, directive.date = kept(directive.venue), kept(directive.date)
        directive.target_entity = kept(directive.target_entity)
    return Extraction(
        extraction.speech,
        extraction.sections,
        list(_noted((e for e in extraction.entities if e.id in wanted), notes)),
        [x for x in extraction.expansions if x.slogan in wanted],
        [d for d in extraction.directives if d.issuer in wanted],
        [r for r in extraction.relations if r.subject in wanted and r.object in wanted],
    )


def _noted(entities: Iterable[Entity], notes: dict[EntityId, str]) -> Iterable[Entity]:
    for entity in entities:
        if entity.id in notes:
            entity.attributes = entity.attributes | {NOTE: notes[entity.id]}
        yield entity
