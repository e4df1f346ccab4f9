"""Where the entities of a speech stand: the index that the relation rules ask."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kg.model import Entity, EntityType


class Named(NamedTuple):
    """An entity at one place: ``text[start:end]``."""

    start: int
    end: int
    entity: Entity


class Names:
    """The mentions of all entities in order of appearance, outermost first."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        """Index the mentions of ``entities``."""
        self.all = [Named(m.start, m.end, e) for e in entities for m in e.mentions]
        self.all.sort(key=_outermost_first)
        self._longest = max((n.end - n.start for n in self.all), default=0)
        self._places: dict[EntityType, list[int]] = {}  # in ``all``, by type
        for i, n in enumerate(self.all):
            self._places.setdefault(n.entity.id.type, []).append(i)
        self._of: dict[tuple[EntityType, ...], tuple[list[Named], list[int]]] = {
            (): (self.all, [n.start for n in self.all])
        }

    def _among(self, types: tuple[EntityType, ...]) -> tuple[list[Named], list[int]]:
        """The mentions of some types and their starts. Rules ask for thirty combinations, thousands of times each."""
        found = self._of.get(types)
        if found is None:
            places = sorted([i for type in set(types) for i in self._places.get(type, ())])
            mentions = [self.all[i] for i in places]
            found = self._of[types] = (mentions, [n.start for n in mentions])
        return found

    def of(self, *types: EntityType) -> Sequence[Named]:
        """The mentions of some types, in order of appearance, outermost first."""
        return self._among(types)[0]

    def within(self, low: int, high: int, *types: EntityType) -> Sequence[Named]:
        """Mentions that lie inside ``text[low:high]``, in order; of any type if none is named."""
        mentions, starts = self._among(types)
        first = bisect_left(starts, low)
        last = bisect_left(starts, high, first)
        return [n for n in mentions[first:last] if n.end <= high] if first < last else ()

    def outer(self, low: int, high: int, *types: EntityType) -> list[Named]:
        """As ``within``, without those nested in another of the same types."""
        found: list[Named] = []
        reach = -1
        for n in self.within(low, high, *types):
            if n.end > reach:
                reach = n.end
                found.append(n)
        return found

    def last(self, low: int, high: int, *types: EntityType) -> Named | None:
        """The outermost mention inside ``text[low:high]`` that ends last."""
        found = self.outer(low, high, *types)
        return found[-1] if found else None

    def first(self, low: int, high: int, *types: EntityType) -> Named | None:
        """The outermost mention inside ``text[low:high]`` that begins first."""
        mentions, starts = self._among(types)
        for i in range(bisect_left(starts, low), len(starts)):
            n = mentions[i]
            if n.start >= high:
                break
            if n.end <= high:
                return n
        return None

    def covering(self, start: int, end: int, *types: EntityType) -> Sequence[Named]:
        """Mentions that contain ``text[start:end]``, the widest first."""
        mentions, starts = self._among(types)
        first = bisect_left(starts, end - self._longest)
        last = bisect_right(starts, start, first)
        return [n for n in mentions[first:last] if n.end >= end] if first < last else ()


def _outermost_first(n: Named) -> tuple[int, int]:
    return n.start, -n.end
