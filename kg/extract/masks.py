"""Masks: the signs that stand for words taken out of a published speech (XX书记, ×月×日, **届, ○○市)."""

from __future__ import annotations

import re

MASKS = "Xx×＊*○●〇△▲□"
"""The signs, as the inside of a character class. Patterns run on folded text, where Ｘ and ＊ are already X and *."""

MASK = rf"[{MASKS}]{{1,6}}"
_MASKED = re.compile(rf"[{MASKS}]|某")


def is_masked(name: str) -> bool:
    """Whether a name has a part that was masked, so that it denotes something in its own speech only.

    >>> [is_masked(n) for n in ("XX书记", "市×届人大", "某县", "绍兴市委")]
    [True, True, True, False]
    """
    return _MASKED.search(name) is not None
