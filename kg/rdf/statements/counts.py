"""What is counted over all speeches: mentions, use year by year, co-mention, likeness."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from kg.graph import Comention, Node
from kg.measures import Likeness
from kg.model import EntityId, EntityType
from kg.rdf.names import digest, entity_path, term
from kg.rdf.statements.entities import types
from kg.rdf.statements.terms import Names, Statement, chinese, decimal

FOLLOWED: frozenset[EntityType] = frozenset(("Slogan", "Campaign", "Document"))
"""What is counted year by year."""

SUPPORT = 2
"""Shared sentences from which the strength of a co-mention (PMI) is stated: once is chance."""


def node(node: Node, known: Container[EntityId], names: Names) -> Iterator[Statement]:
    """An entity over all speeches: its one label, its classes, its place if ``known``, and how often who names it."""
    yield from whole(node, node.mentions, len(node.speeches), known, names)
    for speech_id, count in node.speeches.items():
        if count:  # else referred to, never named
            yield from usage(node.id, speech_id, count, names)


def whole(node: Node, mentions: int, speeches: int, known: Container[EntityId], names: Names) -> Iterator[Statement]:
    """What ``node`` says but for who names it: ``mentions`` in ``speeches``."""
    e = names.entity(node.id)
    yield from types(node.id, node.attributes, names)
    yield e, term("rdfs:label"), chinese(node.name)
    yield e, term("skos:prefLabel"), chinese(node.name)
    yield e, term("kg:mentionCount"), Literal(mentions)
    yield e, term("kg:speechCount"), Literal(speeches)
    if (place := place_of(node.id)) and place in known:
        yield e, term("kg:jurisdiction"), names.entity(place)


def place_of(id_: EntityId) -> EntityId | None:
    """The place that an entity belongs to, if its scope is one."""
    if not id_.scope.startswith("place:"):
        return None
    return EntityId("Place", "", id_.scope.rpartition("/")[2].removeprefix("place:"))


def slogan_count(speech_id: str, slogans: int, names: Names) -> Statement:
    """How many slogans a speech names."""
    return names("speech", speech_id), term("kg:sloganCount"), Literal(slogans)


def usage(id_: EntityId, speech_id: str, count: int, names: Names) -> Iterator[Statement]:
    """How often one speech names an entity."""
    u = names("usage", speech_id, *entity_path(id_))
    yield u, term("rdf:type"), term("kg:Usage")
    yield u, term("kg:of"), names.entity(id_)
    yield u, term("kg:in"), names("speech", speech_id)
    yield u, term("kg:mentionCount"), Literal(count)


def uses(node: Node, years: Mapping[str, int], speeches_in: Mapping[int, int], names: Names) -> Iterator[Statement]:
    """How often an entity is named year by year, and its first and last year.

    ``years`` are the years of the speeches that have one, ``speeches_in`` the speeches in each year.
    """
    by_year: dict[int, list[int]] = {}
    for speech_id, count in node.speeches.items():
        if count and speech_id in years:
            by_year.setdefault(years[speech_id], []).append(count)
    yield from yearly(node.id, {y: (len(counts), sum(counts)) for y, counts in by_year.items()}, speeches_in, names)


def yearly(
    id_: EntityId, by_year: Mapping[int, tuple[int, int]], speeches_in: Mapping[int, int], names: Names
) -> Iterator[Statement]:
    """``uses`` from the speeches and mentions of each year."""
    e = names.entity(id_)
    if by_year:
        yield e, term("kg:firstYear"), Literal(min(by_year))
        yield e, term("kg:lastYear"), Literal(max(by_year))
    if id_.type not in FOLLOWED:
        return
    for year, (speeches, mentions) in by_year.items():
        u = names("use", str(year), *entity_path(id_))
        yield u, term("rdf:type"), term("kg:YearlyUse")
        yield u, term("kg:of"), e
        yield u, term("kg:year"), Literal(year)
        yield u, term("kg:speechCount"), Literal(speeches)
        yield u, term("kg:mentionCount"), Literal(mentions)
        yield u, term("kg:share"), decimal(speeches / speeches_in[year])


def comention(
    pair: tuple[EntityId, EntityId], counts: Comention, strength: float | None, names: Names
) -> Iterator[Statement]:
    """Two entities that are named together, with the counts, and ``strength`` (PMI) where there is enough of them."""
    a, b = pair
    c = _together(pair, names)
    yield c, term("rdf:type"), term("kg:Comention")
    for id_ in pair:
        yield c, term("kg:of"), names.entity(id_)
    yield c, term("kg:sentenceCount"), Literal(counts.sentences)
    yield c, term("kg:sectionCount"), Literal(counts.sections)
    yield c, term("kg:speechCount"), Literal(counts.speeches)
    if strength is not None:
        yield pmi(pair, strength, names)
        yield c, term("kg:one"), names.entity(a)
        yield c, term("kg:other"), names.entity(b)


def pmi(pair: tuple[EntityId, EntityId], strength: float, names: Names) -> Statement:
    """How much more often two entities are named together than chance would have it."""
    return _together(pair, names), term("kg:pmi"), decimal(strength)


def _together(pair: tuple[EntityId, EntityId], names: Names) -> NamedNode:
    a, b = pair
    return names("comention", digest(*a), digest(*b), a.key, b.key)


def likeness(pair: tuple[str, str], likeness: Likeness, names: Names) -> Iterator[Statement]:
    """Two speeches that are alike, and how much."""
    n = names("likeness", *pair)
    yield n, term("rdf:type"), term("kg:Likeness")
    for speech_id in pair:
        yield n, term("kg:between"), names("speech", speech_id)
    yield n, term("kg:sharedCount"), Literal(likeness.shared)
    yield n, term("kg:similarity"), decimal(likeness.similarity)
