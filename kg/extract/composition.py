"""``hasPart``: what a campaign or slogan consists of, as far as the text names the parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.counts import PARTS
from kg.extract.names import Names
from kg.extract.theme import main_campaign
from kg.model import Directive, Entity, EntityId, Expansion, Relation
from kg.outline import Outline

CARRIED_OUT = re.compile(r"(?:开展|举办|开辟|深化|组织|推动|完善|充实|启动|抓好|做好|迎接)")


def find_parts(
    text: str,
    shape: Outline,
    names: Names,
    entities: Sequence[Entity],
    expansions: Sequence[Expansion],
    directives: Sequence[Directive],
    known: frozenset[EntityId],
    followed: frozenset[EntityId],
) -> Iterator[Relation]:
    """Yield ``hasPart`` claims. ``known`` are the entities of the lexicon: nobody's own campaign consists of those,
    nor of what it implements (``followed``).
    """
    yield from _members(expansions)
    yield from _composites(entities)
    yield from _nested(names, expansions)
    within = list(_carried(names, expansions, known))
    yield from within
    taken = {r.object for r in within} | {m.entity for x in expansions for m in x.members if m.entity}
    theme = main_campaign(shape, names)
    if theme is None:
        return
    issued = {e for d in directives for e in d.about}
    own = {inner.entity.id for n in names.all if n.entity.id == theme for inner in names.within(n.start, n.end)}
    for x in expansions:
        if x.status != "partial" and x.slogan not in known | issued | own | followed:
            yield Relation(theme, "hasPart", x.slogan, x.start, x.end, "set-of-theme", confidence=0.6)
    for e in entities:
        if e.id.type != "Campaign" or e.id in known | taken or e.id == theme:
            continue
        for m in e.mentions:
            low = shape.sentence(m.start).start
            clause = max(low, m.start - 14)
            if CARRIED_OUT.search(text, clause, m.start) and m.start > shape.paragraphs[0].end:
                yield Relation(theme, "hasPart", e.id, clause, m.end, "activity-of-theme", confidence=0.5)
                break


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
