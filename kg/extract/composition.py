"""``hasPart``: what a campaign or slogan consists of, as far as the text names the parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.extract.campaign_parts import activities_of_theme, sets_of_campaigns
from kg.extract.counts import PARTS
from kg.extract.names import Names
from kg.model import Entity, EntityId, Expansion, Relation
from kg.outline import Outline


def find_parts(
    text: str,
    shape: Outline,
    names: Names,
    entities: Sequence[Entity],
    expansions: Sequence[Expansion],
    known: frozenset[EntityId],
    followed: frozenset[EntityId],
    issued: Mapping[EntityId, frozenset[EntityId]],
) -> Iterator[Relation]:
    """Yield ``hasPart`` claims. ``known`` are the entities of the lexicon: nobody's own campaign consists of those,
    nor of what it implements (``followed``). ``issued`` tells who put a slogan forward.
    """
    members = list(_members(expansions))
    yield from members
    yield from _composites(entities)
    yield from _nested(names, expansions)
    within = list(_carried(names, expansions, known))
    yield from within
    taken = {r.object for r in within} | {m.entity for x in expansions for m in x.members if m.entity}
    apart = followed | {r.object for r in members if r.rule == "same-members" and not _named_at_once(text, names, r)}
    yield from sets_of_campaigns(text, shape, names, expansions, known | apart, issued)
    yield from activities_of_theme(text, shape, names, entities, known | taken)


def _named_at_once(text: str, names: Names, r: Relation) -> bool:
    """Whether a phrase and its count are one: “A、B、C”这三个方面."""
    phrases = (n for n in names.within(max(0, r.start - 200), r.end, "Slogan") if n.entity.id == r.object)
    return any(
        (count := names.first(p.end, p.end + 12, "Slogan")) is not None
        and count.entity.id == r.subject
        and text[p.end : count.start].strip("”“") in ("", "这", "的")
        for p in phrases
    )


def _carried(names: Names, expansions: Sequence[Expansion], known: frozenset[EntityId]) -> Iterator[Relation]:
    """What is named inside the members of a local set carries them: 抓好…，深入开展“日阅一文…”活动；深化…"""
    for x in expansions:
        spans = [m for m in x.members if m.start >= x.start]
        clauses = x.rule in ("meaning", "colon", "bracketed")
        if not clauses or x.slogan in known or len(spans) < 2 or x.end - x.start < 25 * len(spans):
            continue
        low = spans[0].start
        own = {x.slogan, *(m.entity for m in spans)}
        for n in names.outer(low, x.end, "Campaign", "Slogan"):
            if n.entity.id not in own | known:
                yield Relation(x.slogan, "hasPart", n.entity.id, n.start, n.end, "carried-by", confidence=0.5)


def _members(expansions: Sequence[Expansion]) -> Iterator[Relation]:
    for x in expansions:
        for m in x.members:
            if m.entity and m.entity != x.slogan:
                yield Relation(x.slogan, "hasPart", m.entity, x.start, x.end, "member", confidence=0.8)
    for x in expansions:  # 三个关键 … “走心、走深、走实”: the same members under a count and under a phrase
        spans = [(m.start, m.end) for m in x.members]
        for y in expansions:
            if x is not y and x.expected and not y.expected and [(m.start, m.end) for m in y.members] == spans:
                yield Relation(x.slogan, "hasPart", y.slogan, x.start, x.end, "same-members", confidence=0.6)


def _nested(names: Names, expansions: Sequence[Expansion]) -> Iterator[Relation]:
    """Sets inside the members of another: “1235” … 推进…两项攻坚，…三个板块."""
    sets = {x.slogan for x in expansions}
    for x in expansions:
        for m in x.members:
            for n in names.outer(m.start, m.end, "Slogan") if m.start >= 0 else ():
                if n.entity.id in sets and n.entity.id not in (x.slogan, m.entity):
                    yield Relation(x.slogan, "hasPart", n.entity.id, m.start, m.end, "nested-set", confidence=0.6)


def _composites(entities: Sequence[Entity]) -> Iterator[Relation]:
    """和平统一、一国两制 hasPart 一国两制."""
    slogans = {e.name: e for e in entities if e.id.type == "Slogan"}
    for name, whole in slogans.items():
        parts = PARTS.split(name)
        if len(parts) == 1:  # 五讲四美三热爱 = 五讲四美 + 三热爱
            halves = ((name[:i], name[i:]) for i in range(2, len(name) - 1))
            parts = list(next((h for h in halves if h[0] in slogans and h[1] in slogans), (name,)))
        if len(parts) > 1 and whole.mentions:
            first = whole.mentions[0]
            for part in (p for p in parts if p in slogans):
                if part != name:
                    yield Relation(
                        whole.id, "hasPart", slogans[part].id, first.start, first.end, "composite", confidence=0.8
                    )
