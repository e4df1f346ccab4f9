"""Heads: the words that names end in."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.anchors import Words


class Heads(Words):
    """A set of words to look for, longest first where several end at the same place.

    >>> heads = Heads(("会议", "工作会议", "座谈会"))
    >>> [(start, end, head) for start, end, head in heads.find("全国组织工作会议和座谈会")]
    [(4, 8, '工作会议'), (9, 12, '座谈会')]
    """

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end (str indices, end exclusive) and word of each occurrence, by end; one for each end."""
        last = -1
        for start, end, _ in self.hits(text):
            if end != last:
                last = end
                yield start, end, text[start:end]
