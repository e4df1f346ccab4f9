"""Patterns that read from right to left: Chinese names put their head last and their beginning has no mark.

A grammar is written forwards with the builders of this module (``words``, ``chars``, ``seq``, ``maybe``, ``many``)
and holds for the reversed text: from the end of a name it takes in what belongs to it on its left, longest first.

>>> organ = re.compile(seq(maybe(words("省", "市")), words("委", "人大", "政府")))
>>> text = "市委、省人大和市政府"
>>> [text[slice(*span(m))] for m in scan(organ, range(len(text) + 1), text[::-1])]
['市政府', '省人大', '市委']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any


def words(*alternatives: str) -> str:
    """One of several literal words, the longest that fits, as a prefix tree (an alternation of 600 words is slow)."""
    tree: dict[str, Any] = {}
    for word in alternatives:
        node = tree
        for c in reversed(word):
            node = node.setdefault(c, {})
        node[""] = {}
    return _alternation(tree)


def _alternation(tree: dict[str, Any]) -> str:
    branches = [re.escape(c) + (_alternation(below) if below.keys() - {""} else "") for c, below in tree.items() if c]
    return f"(?:{'|'.join(sorted(branches))}){'?' if '' in tree else ''}"


def chars(inside: str, low: int = 1, high: int = 1, *, lazy: bool = False) -> str:
    """Between ``low`` and ``high`` characters of a class."""
    return f"[{inside}]{{{low},{high}}}" + ("?" if lazy else "")


def seq(*parts: str) -> str:
    """The parts one after the other, written forwards."""
    return "".join(reversed(parts))


def one(*alternatives: str) -> str:
    """One of several patterns, the first that fits."""
    return "(?:" + "|".join(alternatives) + ")"


def maybe(pattern: str) -> str:
    """The pattern or nothing."""
    return f"(?:{pattern})?"


def many(pattern: str, low: int, high: int) -> str:
    """The pattern between ``low`` and ``high`` times, as often as it fits."""
    return f"(?:{pattern}){{{low},{high}}}"


def named(name: str, pattern: str) -> str:
    """The pattern as a named group."""
    return f"(?P<{name}>{pattern})"


def before(pattern: str) -> str:
    """Holds where the pattern stands in front (to the left) of this point; takes nothing in."""
    return f"(?={pattern})"


def not_before(pattern: str) -> str:
    """Holds where the pattern does not stand in front (to the left) of this point."""
    return f"(?!{pattern})"


def not_after(pattern: str) -> str:
    """Holds where the pattern (of one fixed length) does not follow this point."""
    return f"(?<!{pattern})"


def scan(pattern: re.Pattern[str], ends: Iterable[int], reversed_text: str) -> Iterator[re.Match[str]]:
    """The matches that end at one of ``ends`` (offsets into the forward text) and do not overlap, last one first."""
    size = len(reversed_text)
    at = 0
    for end in sorted(set(ends), reverse=True):
        if size - end >= at and (m := pattern.match(reversed_text, size - end)):
            at = m.end()
            yield m


def span(m: re.Match[str], group: str | int = 0) -> tuple[int, int]:
    """Start and end of a group in the forward text; (-1, -1) where it took no part."""
    start, end = m.span(group)
    return (-1, -1) if start < 0 else (len(m.string) - end, len(m.string) - start)
