"""Co-mention: which entities the speeches name together, in a sentence and in a section."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from math import log2
from typing import NamedTuple

from kg.model import EntityId, Extraction, Mention, Section

SENTENCE_END = re.compile(r"[。！？；!?;\n]")

Pair = tuple[EntityId, EntityId]
Named = tuple[Mention, EntityId]


class Comention(NamedTuple):
    """In how many sentences, innermost sections and speeches two entities are named together."""

    sentences: int
    sections: int
    speeches: int


def count(extractions: Iterable[Extraction]) -> dict[Pair, Comention]:
    """Count for every pair of entities (the smaller id first) where they are named together, sorted by pair.

    A sentence ends at 。！？； or a line end. A mention belongs to the innermost section that it starts in; what stands
    outside of any section is compared within its sentence only. Two mentions of which one holds the other (三个表率 in
    “三个表率”模范机关) are one piece of wording and count as no co-mention. Nothing is capped.
    """
    sentences: Counter[Pair] = Counter()
    sections: Counter[Pair] = Counter()
    speeches: Counter[Pair] = Counter()
    for extraction in extractions:
        by_sentence: dict[int, list[Named]] = defaultdict(list)
        by_section: dict[int, list[Named]] = defaultdict(list)
        unit_of = units(extraction)
        for mention, id_ in sorted(((m, e.id) for e in extraction.entities for m in e.mentions), key=_extent):
            sentence, section = unit_of(mention.start)
            by_sentence[sentence].append((mention, id_))
            if section is not None:
                by_section[section].append((mention, id_))
        here: set[Pair] = set()
        for by_unit, counts in ((by_sentence, sentences), (by_section, sections)):
            for named in by_unit.values():
                pairs = _pairs(named)
                counts.update(pairs)
                here.update(pairs)
        speeches.update(here)
    return {pair: Comention(sentences[pair], sections[pair], n) for pair, n in sorted(speeches.items())}


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


def _extent(named: Named) -> tuple[int, int, EntityId]:
    mention, id_ = named
    return mention.start, -mention.end, id_


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


def _pairs(unit: list[Named]) -> set[Pair]:
    """The pairs of different entities that have two mentions in the unit of which none holds the other.

    ``unit`` is sorted by start, the longer first: a mention can only stand inside one that comes before it.
    """
    mentions = Counter(id_ for _, id_ in unit)
    nested: Counter[Pair] = Counter()
    around: list[tuple[int, EntityId]] = []
    for mention, id_ in unit:
        around = [(end, other) for end, other in around if end > mention.start]
        for end, other in around:
            if end >= mention.end and other != id_:
                nested[min(other, id_), max(other, id_)] += 1
        around.append((mention.end, id_))
    pairs = set(combinations(sorted(mentions), 2))
    return pairs - {(a, b) for (a, b), n in nested.items() if n == mentions[a] * mentions[b]}
