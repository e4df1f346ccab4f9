"""Where to look: the words that recognisers start from, found for all of them in one pass over a text.

A pattern that begins with a choice of words or a character class is tried at every character: 5–15 ns each, and there
are sixty such patterns. One automaton over the words of all of them costs as much as two. What a recogniser looks for
is said where the recogniser is; this module only gathers the words, and remembers what it found in the last texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from daachorse import MATCH_KIND_STANDARD, CharwiseDoubleArrayAhoCorasick

Hit = tuple[int, int, int]
"""Start and end of a word in the text (str indices, end exclusive), and its number."""

_SETS: list[frozenset[str]] = []


class Words:
    """A set of words to look for."""

    def __init__(self, words: Iterable[str]) -> None:
        """Join the words to those of all other sets; the next text is read for them too."""
        self._number = len(_SETS)
        _SETS.append(frozenset(words))
        _automaton.cache_clear()
        _hits.cache_clear()

    def hits(self, text: str) -> list[Hit]:
        """All occurrences, overlapping ones too, by end; of those that end at one place the longest first."""
        return _hits(text)[self._number]


@lru_cache(maxsize=1)
def _automaton() -> tuple[CharwiseDoubleArrayAhoCorasick, list[tuple[int, ...]]]:
    """The automaton over all words, and the numbers of the sets that each word is in."""
    sets: dict[str, list[int]] = {}
    for number, words in enumerate(_SETS):
        for word in words:
            sets.setdefault(word, []).append(number)
    return CharwiseDoubleArrayAhoCorasick(list(sets), MATCH_KIND_STANDARD), [tuple(s) for s in sets.values()]


@lru_cache(maxsize=4)
def _hits(text: str) -> list[list[Hit]]:
    """The occurrences of each set's words."""
    automaton, sets = _automaton()
    found: list[list[Hit]] = [[] for _ in _SETS]
    for hit in automaton.find_overlapping(text):
        for number in sets[hit[2]]:
            found[number].append(hit)
    return found


class Phrases(Words):
    """Words that do not overlap where they are found: the leftmost counts, of several that begin there the longest.

    >>> list(Phrases(("行动", "行动计划", "计划")).find("开展行动计划和计划"))
    [(2, 6), (7, 9)]
    """

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end (str indices, end exclusive) of each, in order."""
        last = 0
        for start, end, _ in sorted(self.hits(text), key=_leftmost_longest):
            if start >= last:
                last = end
                yield start, end


def _leftmost_longest(hit: Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


class Anchored:
    """A pattern that is tried only where one of its words stands: ``finditer`` finds what that of ``re`` finds.

    Every match must hold one of ``words``, beginning at most ``back`` characters behind the match's start, and must
    end, with what the pattern looks at behind it, at most ``ahead`` characters behind the word's start. Without
    ``back`` a match begins with the word, and ``ahead`` is not asked for.

    >>> century = Anchored("[一二十]{1,3}世纪", ["世纪"], back=3, ahead=2)
    >>> [m[0] for m in century.finditer("从十九世纪到二十一世纪")]
    ['十九世纪', '二十一世纪']
    """

    def __init__(self, pattern: str, words: Iterable[str], *, back: int = 0, ahead: int = 0) -> None:
        self.pattern = re.compile(pattern)
        self._words = Words(words)
        self._back, self._ahead = back, ahead

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches that do not overlap, in order."""
        if self._back:
            for low, high in self.windows(text):
                yield from self.pattern.finditer(text, low, high)
            return
        match, end = self.pattern.match, 0
        for start in sorted({hit[0] for hit in self._words.hits(text)}):
            if start >= end and (m := match(text, start)):
                end = m.end()
                yield m

    def windows(self, text: str) -> Iterator[tuple[int, int]]:
        """The stretches outside of which no match can be, in order; no two touch."""
        back, ahead = self._back, self._ahead
        return joined((max(0, hit[0] - back), hit[0] + ahead) for hit in self._words.hits(text))


def joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The union of stretches, in order; no two of them overlap."""
    low = high = -1
    for start, end in sorted(spans):
        if start <= high:
            high = max(high, end)
            continue
        if high >= 0:
            yield low, high
        low, high = start, end
    if high >= 0:
        yield low, high
