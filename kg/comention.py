"""Co-mention: which entities the speeches name together, in a sentence and in a section."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from math import log2
from typing import NamedTuple

from kg.model import EntityId, Extraction, Section

SENTENCE_END = re.compile(r"[。！？；!?;\n]")

Pair = tuple[EntityId, EntityId]
Named = tuple[int, int, int]
"""A mention: start, minus end, and the number of its entity."""


class Comention(NamedTuple):
    """In how many sentences, innermost sections and speeches two entities are named together."""

    sentences: int
    sections: int
    speeches: int


class Together(NamedTuple):
    """What one speech names together: its entities, sorted, and flat (a, b, sentences, sections …) for each pair.

    ``a`` < ``b`` are places in ``ids``.
    """

    ids: list[EntityId]
    pairs: list[int]


def count(extractions: Iterable[Extraction]) -> dict[Pair, Comention]:
    """Count for every pair of entities (the smaller id first) where they are named together, sorted by pair.

    A sentence ends at 。！？； or a line end. A mention belongs to the innermost section that it starts in; what stands
    outside of any section is compared within its sentence only. Two mentions of which one holds the other (三个表率 in
    “三个表率”模范机关) are one piece of wording and count as no co-mention. Nothing is capped.
    """
    return add_up(map(together, extractions))


def together(extraction: Extraction) -> Together:
    """What one speech names together; ``add_up`` makes ``count`` of it."""
    ids = sorted({entity.id for entity in extraction.entities if entity.mentions})
    number = {id_: i for i, id_ in enumerate(ids)}
    unit_of = units(extraction)
    by_sentence: dict[int, list[Named]] = defaultdict(list)
    by_section: dict[int, list[Named]] = defaultdict(list)
    for named in sorted((m.start, -m.end, number[e.id]) for e in extraction.entities for m in e.mentions):
        sentence, section = unit_of(named[0])
        by_sentence[sentence].append(named)
        if section is not None:
            by_section[section].append(named)
    sentences: Counter[tuple[int, int]] = Counter()
    sections: Counter[tuple[int, int]] = Counter()
    for by_unit, counts in ((by_sentence, sentences), (by_section, sections)):
        for unit in by_unit.values():
            counts.update(_pairs(unit))
    pairs: list[int] = []
    for pair in sorted(sentences.keys() | sections.keys()):
        pairs += (*pair, sentences[pair], sections[pair])
    return Together(ids, pairs)


def add_up(parts: Iterable[Together]) -> dict[Pair, Comention]:
    """The counts of ``count`` from those of each speech."""
    parts = list(parts)
    ids = sorted({id_ for part in parts for id_ in part.ids})
    number, n = {id_: i for i, id_ in enumerate(ids)}, len(ids)
    sums: dict[int, int] = {}
    # Small numbers for pairs, and the three counts in one: a large corpus has hundreds of thousands of them.
    for part in parts:
        to = [number[id_] for id_ in part.ids]
        flat = iter(part.pairs)
        for a, b, sentences, sections in zip(flat, flat, flat, flat, strict=True):
            pair = to[a] * n + to[b]
            sums[pair] = sums.get(pair, 0) + (1 << 64 | sections << 32 | sentences)
    low = (1 << 32) - 1
    found = {}
    for pair in sorted(sums):
        c = sums[pair]
        found[ids[pair // n], ids[pair % n]] = Comention(c & low, c >> 32 & low, c >> 64)
    return found


def units(extraction: Extraction) -> Callable[[int], tuple[int, int | None]]:
    """The function from an offset to the numbers of its sentence and its innermost section (None outside of any)."""
    ends = [m.start() for m in SENTENCE_END.finditer(extraction.speech.text)]
    section_of = _innermost(extraction.sections)
    return lambda offset: (bisect_left(ends, offset), section_of(offset))


class Sentences(NamedTuple):
    """How many sentences there are, and how many name each entity."""

    all: int
    naming: Counter[EntityId]


def sentences(extractions: Iterable[Extraction]) -> Sentences:
    """Count sentences as ``count`` does; blank ones are none."""
    total, naming = 0, Counter[EntityId]()
    for extraction in extractions:
        text = extraction.speech.text
        ends = [m.start() for m in SENTENCE_END.finditer(text)]
        total += sum(
            1 for a, b in zip([0, *(e + 1 for e in ends)], [*ends, len(text)], strict=True) if text[a:b].strip()
        )
        for entity in extraction.entities:
            naming[entity.id] += len({bisect_left(ends, m.start) for m in entity.mentions})
    return Sentences(total, naming)


def pmi(pair: Pair, together: int, counted: Sentences) -> float:
    """Pointwise mutual information of two entities over sentences, in bits (Church and Hanks 1990).

    0 where they are named together as often as chance would have it, 1 for twice that. It is worth little where
    ``together`` is small: ask for a minimum.
    """
    a, b = pair
    return log2(together * counted.all / (counted.naming[a] * counted.naming[b]))


def _innermost(sections: list[Section]) -> Callable[[int], int | None]:
    """The function from an offset to the number of the innermost section around it, None outside of any."""
    ordered = sorted(sections, key=lambda s: (s.start, s.level, -s.end))
    starts = [s.start for s in ordered]

    def find(offset: int) -> int | None:
        i = bisect_right(starts, offset) - 1
        while i >= 0 and ordered[i].end <= offset:
            i -= 1
        return i if i >= 0 else None

    return find


def _pairs(unit: list[Named]) -> Iterable[tuple[int, int]]:
    """The pairs of different entities that have two mentions in the unit of which none holds the other.

    ``unit`` is sorted by start, the longer first: a mention can only stand inside one that comes before it.
    """
    if len(unit) == 1:
        return ()
    nested: Counter[tuple[int, int]] = Counter()
    around: list[tuple[int, int]] = []
    reach = 0
    for start, minus_end, number in unit:
        if start < reach:
            around = [(end, other) for end, other in around if end > start]
            for end, other in around:
                if end >= -minus_end and other != number:
                    nested[min(other, number), max(other, number)] += 1
        else:
            around = []
        around.append((-minus_end, number))
        reach = max(reach, -minus_end)
    pairs = combinations(sorted({number for _, _, number in unit}), 2)
    if not nested:
        return pairs
    mentions = Counter(number for _, _, number in unit)
    return set(pairs) - {(a, b) for (a, b), n in nested.items() if n == mentions[a] * mentions[b]}
