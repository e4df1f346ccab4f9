"""What is counted over all speeches: mentions, use year by year, co-mention, likeness."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from pyoxigraph import Literal

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
    e = names.entity(node.id)
    yield from types(node.id, node.attributes, names)
    yield e, term("rdfs:label"), chinese(node.name)
    yield e, term("skos:prefLabel"), chinese(node.name)
    yield e, term("kg:mentionCount"), Literal(node.mentions)
    yield e, term("kg:speechCount"), Literal(len(node.speeches))
    if node.id.scope.startswith("place:"):
        place = EntityId("Place", "", node.id.scope.rpartition("/")[2].removeprefix("place:"))
        if place in known:
            yield e, term("kg:jurisdiction"), names.entity(place)
    for speech_id, count in node.speeches.items():
        if not count:  # referred to, never named
            continue
        u = names("usage", speech_id, *entity_path(node.id))
        yield u, term("rdf:type"), term("kg:Usage")
        yield u, term("kg:of"), e
        yield u, term("kg:in"), names("speech", speech_id)
        yield u, term("kg:mentionCount"), Literal(count)


def uses(node: Node, years: Mapping[str, int], speeches_in: Mapping[int, int], names: Names) -> Iterator[Statement]:
    """How often an entity is named year by year, and its first and last year.

    ``years`` are the years of the speeches that have one, ``speeches_in`` the speeches in each year.
    """
    e = names.entity(node.id)
    by_year: dict[int, list[int]] = {}
    for speech_id, count in node.speeches.items():
        if count and speech_id in years:
            by_year.setdefault(years[speech_id], []).append(count)
    if by_year:
        yield e, term("kg:firstYear"), Literal(min(by_year))
        yield e, term("kg:lastYear"), Literal(max(by_year))
    if node.id.type not in FOLLOWED:
        return
    for year, counts in by_year.items():
        u = names("use", str(year), *entity_path(node.id))
        yield u, term("rdf:type"), term("kg:YearlyUse")
        yield u, term("kg:of"), e
        yield u, term("kg:year"), Literal(year)
        yield u, term("kg:speechCount"), Literal(len(counts))
        yield u, term("kg:mentionCount"), Literal(sum(counts))
        yield u, term("kg:share"), decimal(len(counts) / speeches_in[year])


def comention(
    pair: tuple[EntityId, EntityId], counts: Comention, strength: float | None, names: Names
) -> Iterator[Statement]:
    """Two entities that are named together, with the counts, and ``strength`` (PMI) where there is enough of them."""
    a, b = pair
    c = names("comention", digest(*a), digest(*b), a.key, b.key)
    yield c, term("rdf:type"), term("kg:Comention")
    for id_ in pair:
        yield c, term("kg:of"), names.entity(id_)
    yield c, term("kg:sentenceCount"), Literal(counts.sentences)
    yield c, term("kg:sectionCount"), Literal(counts.sections)
    yield c, term("kg:speechCount"), Literal(counts.speeches)
    if strength is not None:
        yield c, term("kg:pmi"), decimal(strength)
        yield c, term("kg:one"), names.entity(a)
        yield c, term("kg:other"), names.entity(b)


def likeness(pair: tuple[str, str], likeness: Likeness, names: Names) -> Iterator[Statement]:
    """Two speeches that are alike, and how much."""
    n = names("likeness", *pair)
    yield n, term("rdf:type"), term("kg:Likeness")
    for speech_id in pair:
        yield n, term("kg:between"), names("speech", speech_id)
    yield n, term("kg:sharedCount"), Literal(likeness.shared)
    yield n, term("kg:similarity"), decimal(likeness.similarity)
