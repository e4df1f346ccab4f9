"""Departments of one house in a row or at work: 药学部、设备科; 教务处牵头; 护理部、急诊科从5月起."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.anchors import Anchored
from kg.extract.boundaries import left_edge
from kg.extract.found import Found

_HEAD = Anchored(
    "[处科部办](?=(?P<next>[、和，]|牵头|负责|承办|会同|组织|每月|每周|每季|从[5-9\\d]|的“|要))",
    [
        head + behind
        for head in "处科部办"
        for behind in "、 和 ， 牵头 负责 承办 会同 组织 每月 每周 每季 从 的“ 要".split()
    ],
)
_ACTING = ("组织", "牵头", "负责", "承办", "会同", "每月", "每周", "每季")
# Words that end in the same characters and are no department.
_OTHER = re.compile(
    "(?:干|内|全|外|局|东|西|南|北|中|大|总|乐|支|战|每|有关|相关|主管|自|[一两这那某该])[处科部办]$"
    "|[好到之难用坏长短深各何害益痛妙共相查惩论所远近暗明]处$|[学文理专本百前]科$"
    "|[么创主承兴举督交申合开照严查会难易快就可能没法不要去来也]办$"
)
_LEFT = frozenset("\n、，。；：“（(和由请与")


def find_departments(text: str) -> Iterator[Found]:
    """Yield departments that stand in a row of two and more, or that are said to do something; ``text`` is folded."""
    row: list[tuple[int, int, bool]] = []
    for m in _HEAD.finditer(text):
        start = left_edge(text, m.start(), {}, limit=7)
        end = m.end()
        length = end - start
        if not 2 <= length <= 7 or _OTHER.search(text, start, end) or (start and text[start - 1] not in _LEFT):
            continue
        acting = m["next"] in _ACTING
        if row and start == row[-1][1] + 1 and text[row[-1][1]] in "、和":
            row.append((start, end, acting))
            continue
        yield from _row(row)
        row = [(start, end, acting)]
    yield from _row(row)


def _row(row: list[tuple[int, int, bool]]) -> Iterator[Found]:
    if len(row) > 1 or any(acting for _, _, acting in row):
        for start, end, _ in row:
            yield Found("Body", start, end, "department", 0.7)
