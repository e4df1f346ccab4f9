"""What a speech is about: the campaign that it launches or drives, and the meeting at which it is held."""

from __future__ import annotations

import re
from collections import Counter

from kg.extract.names import Named, Names
from kg.model import EntityId, EntityType
from kg.outline import Outline

OPENING = 3
"""How many paragraphs belong to the opening, the title among them."""


def _titled(shape: Outline, names: Names, type: EntityType) -> Named | None:
    for p in shape.paragraphs[:2]:
        if p.end - p.start < 60 and (found := names.first(p.start, p.end, type)):
            return found
    return None


def main_campaign(shape: Outline, names: Names) -> EntityId | None:
    """The campaign of the title, else the one that is named far more often than any other; None without either."""
    if titled := _titled(shape, names, "Campaign"):
        return titled.entity.id
    counts = Counter([n.entity.id for n in names.of("Campaign")]).most_common(2)
    length = shape.paragraphs[-1].end
    often = counts and counts[0][1] >= max(4, length / 700)
    if often and (len(counts) == 1 or counts[0][1] >= 2 * counts[1][1]):
        return counts[0][0]
    return None


def occasion(shape: Outline, names: Names) -> EntityId | None:
    """The meeting of the title: the one that the speech is held at."""
    titled = _titled(shape, names, "Meeting")
    return titled.entity.id if titled else None


def opening_end(shape: Outline) -> int:
    """Offset behind the opening paragraphs."""
    return shape.paragraphs[min(OPENING + 2, len(shape.paragraphs)) - 1].end


WORK_REPORT = re.compile("工作报告|述职报告|总结报告")


def host(text: str, shape: Outline, names: Names, known: frozenset[EntityId]) -> Named | None:
    """The body whose work report this is: what was done there without a subject, it did.

    None for other speeches, and for a body of the lexicon (``known``), which is a national one: a national report tells
    what the whole country did.
    """
    for p in shape.paragraphs[:2]:
        if p.end - p.start < 60 and WORK_REPORT.search(text, *p):
            body = names.first(*p, "Body")
            return body if body and body.entity.id not in known else None
    return None
