"""Heads: the words that names end in, found all at once by one automaton (a regular expression of them is slow)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from daachorse import MATCH_KIND_STANDARD, CharwiseDoubleArrayAhoCorasick


class Heads:
    """A set of words to look for, longest first where several end at the same place.

    >>> heads = Heads(("会议", "工作会议", "座谈会"))
    >>> [(start, end, head) for start, end, head in heads.find("全国组织工作会议和座谈会")]
    [(4, 8, '工作会议'), (9, 12, '座谈会')]
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))
        self._automaton = CharwiseDoubleArrayAhoCorasick(self.words, MATCH_KIND_STANDARD)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end (str indices, end exclusive) and word of each occurrence, by end; one for each end."""
        words = self.words
        last, best = -1, (0, 0, 0)
        for hit in self._automaton.find_overlapping(text):
            if hit[1] == last:
                if hit[0] < best[0]:
                    best = hit
                continue
            if last >= 0:
                yield best[0], last, words[best[2]]
            last, best = hit[1], hit
        if last >= 0:
            yield best[0], last, words[best[2]]
