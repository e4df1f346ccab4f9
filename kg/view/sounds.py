"""Pinyin initials, so that 三个表率 is found by typing sgbl.

The page gets a small table of the characters that its names use, each with the first letters of its readings; the
script does the matching, so that aliases need no columns of their own and 重 answers to both c and z.
"""

from __future__ import annotations

from collections.abc import Iterable

from pypinyin import Style, pinyin

READINGS = 3
"""Of a character's readings the page knows the first so many: the rest is hardly ever meant."""


def initials(names: Iterable[str]) -> dict[str, str]:
    """The characters of the names by the letters that their readings begin with.

    >>> initials(["重庆", "A1"])
    {'cz': '重', 'q': '庆'}
    """
    found: dict[str, list[str]] = {}
    for char in sorted({c for name in names for c in name if "\u3400" <= c <= "\u9fff"}):
        (readings,) = pinyin(char, heteronym=True, style=Style.FIRST_LETTER, errors="ignore") or ([],)
        letters = "".join(sorted({r[0] for r in readings[:READINGS] if r[:1].isascii() and r[:1].isalpha()}))
        if letters:
            found.setdefault(letters, []).append(char)
    return {letters: "".join(chars) for letters, chars in sorted(found.items())}
