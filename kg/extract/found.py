"""What a recogniser yields: a span that could be an entity."""

from __future__ import annotations

from typing import NamedTuple

from kg.model import EntityType


class Found(NamedTuple):
    """A span ``text[start:end]`` that could be an entity of ``type``, and the rule that says so.

    ``name`` is given where the name is not simply the span's own words without quotation marks and spaces: the first
    half of a coordination (省委、市委人大工作会议 → 省委人大工作会议), or the fuller form that a short form stands for.
    ``attributes`` are those of ``kg.model.Entity``.
    """

    type: EntityType
    start: int
    end: int
    rule: str
    confidence: float = 1.0
    name: str | None = None
    attributes: dict[str, str] | None = None
