"""Dates as Chinese texts write them → EDTF; masked parts stay masked."""

from __future__ import annotations

import re

from kg.corpus.encoding import fold

MASK = r"(?:[XxＸ×○〇*＊]{1,4}|某某?)"
NUMERALS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "Ｏ": "0"}
YEAR = rf"(?:\d{{4}}|\d{{2}}{MASK}|{MASK}\d{{0,2}}|[一二][一二三四五六七八九〇○零]{{3}})"
SMALL = rf"(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}}|{MASK})"
DATE = re.compile(
    rf"(?<!\d)({YEAR})\s*年(?:度)?(?:\s*({SMALL})\s*月(?:份)?(?:\s*({SMALL})\s*[日号])?)?"
    r"|(?<!\d)(\d{4})([-/.])(\d{1,2})(?:\5(\d{1,2}))?(?!\d)"
)
YEAR_ONLY = re.compile(r"\d{4}|\d{2}[Xx]{2}")
EDTF = re.compile(r"\d{4}(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?)?")


def edtf(words: str) -> str:
    """A date as EDTF: 2018年7月 → 2018-07, 二〇二三年三月五日 → 2023-03-05, 2024年×月×日 → 2024-XX-XX.

    Words that are no date, have no year, or name an impossible day are given back as they are. Source: EDTF level 1,
    Library of Congress, 2019.
    """
    plain = fold(words).strip()
    if EDTF.fullmatch(plain) or YEAR_ONLY.fullmatch(plain):
        return plain.replace("x", "X") if _plausible(plain) else words
    found = DATE.search(plain)
    if found is None:
        return words
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[4], found[6], found[7])
    parts = [_year(year), *(_two(part) for part in (month, day) if part)]
    if None in parts:
        return words
    value = "-".join(part for part in parts if part)
    return value if _plausible(value) else words


def is_masked(words: str) -> bool:
    """Whether a value hides a name or number (XX市, ×月, **, 某市)."""
    return bool(re.search(r"[XxＸ×*＊]{1,4}(?![A-Za-z])|○○|某", words))


def _year(words: str) -> str | None:
    digits = "".join(NUMERALS.get(c, c) for c in words)
    digits = re.sub(r"[^\d]", "X", digits)
    return digits if len(digits) == 4 else (digits + "XX")[:4] if len(digits) in (2, 3) and "X" in digits else None


def _two(words: str) -> str | None:
    if words.isdigit():
        return f"{int(words):02d}"
    if re.fullmatch(MASK, words):
        return "XX"
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return f"0{NUMERALS[words]}" if words in NUMERALS else None
    if (tens and tens not in NUMERALS) or (ones and ones not in NUMERALS):
        return None
    return f"{NUMERALS.get(tens, '1')}{NUMERALS.get(ones, '0')}"


def _plausible(value: str) -> bool:
    _, month, day = (*value.split("-"), "XX", "XX")[:3]
    days = 29 if month == "02" else 30 if month in ("04", "06", "09", "11") else 31
    return (month == "XX" or 1 <= int(month) <= 12) and (day == "XX" or 1 <= int(day) <= days)
