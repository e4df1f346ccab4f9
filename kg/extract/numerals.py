"""Numerals as official texts write them: 十九, 二〇二一, 2018, 第X, **."""

from __future__ import annotations

from kg.extract.masks import MASKS

DIGITS = "〇零一二三四五六七八九"
"""Chinese digits by value; 〇 and 零 both count as 0."""

CHINESE = "〇零○一二三四五六七八九十百两"
NUMERAL = rf"(?:[{CHINESE}]{{1,6}}|\d{{1,4}}|[{MASKS}]{{1,4}})"
"""A numeral, masked or not, as a pattern that may be read in either direction."""


_VALUES = {c: max(0, i - 1) for i, c in enumerate(DIGITS)} | {"○": 0, "两": 2}


def value(numeral: str) -> int | None:
    """The number that a Chinese or Arabic numeral below 10,000 stands for; None where it is masked or no numeral.

    >>> [value(n) for n in ("十九", "二十", "一九六六", "二〇二一", "2018", "一百零三", "X")]
    [19, 20, 1966, 2021, 2018, 103, None]
    """
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    if not numeral or any(c not in CHINESE for c in numeral):
        return None
    if "十" not in numeral and "百" not in numeral:
        return int("".join(str(_VALUES[c]) for c in numeral))
    total, last = 0, 0
    for c in numeral:
        if c in "十百":
            total += (last or 1) * (10 if c == "十" else 100)
            last = 0
        else:
            last = _VALUES[c]
    return total + last
