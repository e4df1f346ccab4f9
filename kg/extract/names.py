"""Where the entities of a speech stand: the index that the relation rules ask."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
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
        self.all = sorted(
            (Named(m.start, m.end, e) for e in entities for m in e.mentions), key=lambda n: (n.start, -n.end)
        )
        self._starts = [n.start for n in self.all]
        self._longest = max((n.end - n.start for n in self.all), default=0)

    def within(self, low: int, high: int, *types: EntityType) -> Iterator[Named]:
        """Mentions that lie inside ``text[low:high]``, in order; of any type if none is named."""
        for i in range(bisect_left(self._starts, low), bisect_left(self._starts, high)):
            n = self.all[i]
            if n.end <= high and (not types or n.entity.id.type in types):
                yield n

    def outer(self, low: int, high: int, *types: EntityType) -> list[Named]:
        """As ``within``, without those nested in another of the same types."""
        found: list[Named] = []
        for n in self.within(low, high, *types):
            if not found or n.end > found[-1].end:
                found.append(n)
        return found

    def last(self, low: int, high: int, *types: EntityType) -> Named | None:
        """The outermost mention inside ``text[low:high]`` that ends last."""
        return max(self.outer(low, high, *types), key=lambda n: (n.end, -n.start), default=None)

    def first(self, low: int, high: int, *types: EntityType) -> Named | None:
        """The outermost mention inside ``text[low:high]`` that begins first."""
        return next(iter(self.outer(low, high, *types)), None)

    def covering(self, start: int, end: int, *types: EntityType) -> Iterator[Named]:
        """Mentions that contain ``text[start:end]``, the widest first."""
        for i in range(bisect_left(self._starts, end - self._longest), bisect_right(self._starts, start)):
            n = self.all[i]
            if n.end >= end and (not types or n.entity.id.type in types):
                yield n
