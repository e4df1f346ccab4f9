"""The shape of a speech: headings, paragraphs, sentences, quotations and enumerations, all as offsets.

Everything here is found by whole-document scans on ``Speech.folded``; offsets are str indices, end exclusive, and hold
for ``Speech.text`` as well, since the two are equally long.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model import Section, Speech

DIGITS = "一二三四五六七八九十"
ORDINAL = rf"[{DIGITS}]{{1,3}}"

RANKS = {
    # kinds of marker from the outermost to the innermost; a marker closes every open list of an inner rank
    "chapter": 1,  # 第一部分
    "section": 2,  # 一、
    "part": 3,  # （一）
    "point": 4,  # 1.
    "subpoint": 5,  # （1）
    "circle": 5,  # ①
    "matter": 6,  # 第一件事， 第一方面，
    "first": 6,  # 第一，
    "nth": 6,  # 第一个是
    "is": 7,  # 一是
    "must": 7,  # 一要
}
# At the beginning of a line.
_LINE_MARKER = re.compile(
    rf"[ 　]*(?:(?P<chapter>第{ORDINAL}(?:部分|章|编)[ 、:：，]?)|(?P<section>{ORDINAL}、)|(?P<point>\d{{1,2}}[.．、](?!\d)))"
)
# Anywhere: the first character is consumed as a class, so that the scan runs on it alone.
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"
_INLINE_MARKER = re.compile(
    rf"[第（({_CIRCLES}{DIGITS}](?:"
    rf"(?<=[（(])(?:(?P<part>{ORDINAL}[）)])|(?P<subpoint>\d{{1,2}}[）)]))"
    rf"|(?<=第)(?:(?P<matter>{ORDINAL}(?:件事情?|个?方面|[个项条步段种][\u4e00-\u9fff]{{0,3}}(?=[，:：]))[，、:：]?(?:就?是)?)"
    rf"|(?P<first>{ORDINAL}[，、:：](?:就?是)?)|(?P<nth>{ORDINAL}[个条点项种]?是))"
    rf"|(?<=[{DIGITS}])(?:(?P<is>[{DIGITS}]{{0,2}}就?是(?:要)?(?!一|否|不是))|(?P<must>[{DIGITS}]{{0,2}}要))"
    rf"|(?P<circle>(?<=[{_CIRCLES}])))"
)
_NUMERAL = re.compile(rf"[{DIGITS}]+|\d+|[{_CIRCLES}]")
_LEADS = "。！？!?；;：:，,\n（( 　”"  # what may stand before an inline marker
_SENTENCE = re.compile(r"[^。！？!?\n]+(?:[。！？!?]+[”’」』）)]*)?")
_LINE = re.compile(r"[^\n]+")
# Every branch begins with its mark, so that the scan runs on the three marks alone.
_QUOTE = re.compile(r"“([^“”\n]{1,120})”|\"([^\"“”\n]{1,120})\"|‘(?<![“‘]‘)([^‘’“”\n]{1,60})’")
_CLAUSE_END = re.compile(r"[，。；：:;,！？!?\n]")
_CIRCLED = {c: i for i, c in enumerate(_CIRCLES, 1)}


class Span(NamedTuple):
    """``text[start:end]``."""

    start: int
    end: int


class Heading(NamedTuple):
    """A heading line: ``level`` 1 is the outermost, ``label`` the offset at which its words begin."""

    level: int
    start: int
    label: int
    end: int
    number: int


class Item(NamedTuple):
    """One member of an enumeration: marker at ``start``, words from ``label``, leading clause up to ``clause``."""

    number: int
    start: int
    label: int
    clause: int
    end: int


@dataclass(slots=True)
class Enumeration:
    """Members marked 1, 2, 3 … by one kind of marker (一、 （一） 1. 第一， 一是 一要), in order."""

    kind: str
    items: list[Item] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Offset of the first marker."""
        return self.items[0].start

    @property
    def end(self) -> int:
        """Offset behind the last member."""
        return self.items[-1].end


@dataclass(slots=True)
class Outline:
    """Headings, paragraphs (lines), sentences, quotations (inner spans) and enumerations of one speech."""

    paragraphs: list[Span]
    headings: list[Heading]
    sections: list[Section]
    quotes: list[Span]
    enumerations: list[Enumeration]
    _sentences: list[tuple[int, int]]
    _sentence_starts: list[int]
    _paragraph_starts: list[int]

    @property
    def sentences(self) -> list[Span]:
        """All sentences. Made when asked for: a report has thousands, and the rules look at few."""
        return [Span(*s) for s in self._sentences]

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that ``offset`` stands in (the last one that begins at or before it)."""
        return max(bisect_right(self._sentence_starts, offset) - 1, 0)

    def sentence(self, offset: int) -> Span:
        """The sentence that ``offset`` stands in."""
        return Span(*self._sentences[self.sentence_at(offset)])

    def paragraph(self, offset: int) -> Span:
        """The line that ``offset`` stands in."""
        return self.paragraphs[max(bisect_right(self._paragraph_starts, offset) - 1, 0)]


def number_of(numeral: str) -> int:
    """The value of a Chinese (up to 99), Arabic or circled numeral; 0 where it is none."""
    if numeral in _CIRCLED:
        return _CIRCLED[numeral]
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, units = numeral.rpartition("十")
    if not ten:
        return DIGITS.find(numeral) + 1 if len(numeral) == 1 else 0
    if len(tens) > 1 or len(units) > 1 or "十" in tens + units:
        return 0
    return 10 * (DIGITS.find(tens) + 1 if tens else 1) + (DIGITS.find(units) + 1 if units else 0)


def outline(speech: Speech) -> Outline:
    """Read the shape of a speech. Linear in its length."""
    text = speech.folded
    paragraphs = [Span(*m.span()) for m in _LINE.finditer(text)]
    sentences = [m.span() for m in _SENTENCE.finditer(text)] or [(0, len(text))]
    quotes = [Span(*m.span(m.lastindex or 0)) for m in _QUOTE.finditer(text)]
    markers = _markers(text, paragraphs)
    headings = _headings(text, paragraphs, markers)
    return Outline(
        paragraphs=paragraphs or [Span(0, len(text))],
        headings=headings,
        sections=_sections(headings, len(text)),
        quotes=quotes,
        enumerations=_enumerations(text, markers),
        _sentences=sentences,
        _sentence_starts=[start for start, _ in sentences],
        _paragraph_starts=[p.start for p in paragraphs] or [0],
    )


class _Marker(NamedTuple):
    kind: str
    number: int
    start: int
    end: int


def _markers(text: str, paragraphs: list[Span]) -> list[_Marker]:
    found = []
    for p in paragraphs:
        m = _LINE_MARKER.match(text, *p)
        if m and (marker := _marker(text, m)):
            found.append(marker)
    taken = {m.start for m in found}
    for m in _INLINE_MARKER.finditer(text):
        start = m.start()
        if (not start or text[start - 1] in _LEADS) and start not in taken and (marker := _marker(text, m)):
            found.append(marker)
    return sorted(found, key=_by_start)


def _marker(text: str, m: re.Match[str]) -> _Marker | None:
    kind, (start, end) = m.lastgroup, m.span()
    assert kind is not None
    while text[start] in " 　":
        start += 1
    numeral = _NUMERAL.search(text, start, end)
    number = number_of(numeral[0]) if numeral else 0
    return _Marker(kind, number, start, end) if number else None


def _by_start(marker: _Marker) -> int:
    return marker.start


def _headings(text: str, paragraphs: list[Span], markers: list[_Marker]) -> list[Heading]:
    """Lines that begin with a marker and are short: a heading does not run on behind its first sentence."""
    first = {m.start: m for m in markers}
    found = []
    for p in paragraphs:
        start = p.start
        while start < p.end and text[start] in " 　":
            start += 1
        marker = first.get(start)
        if marker is None or p.end - start > 60 or RANKS[marker.kind] > 6:
            continue
        if "。" in text[start : p.end].rstrip()[:-1]:
            continue
        found.append(Heading(RANKS[marker.kind], start, marker.end, p.end, marker.number))
    levels = sorted({h.level for h in found})
    return [h._replace(level=levels.index(h.level) + 1) for h in found]


def _sections(headings: list[Heading], length: int) -> list[Section]:
    found: list[Section] = []
    later: dict[int, int] = {}  # where the next heading of each level begins
    for h in reversed(headings):
        for level in [level for level in later if level > h.level]:
            del later[level]
        found.append(Section(h.level, h.start, h.end, min(later.values(), default=length)))
        later[h.level] = h.start
    return found[::-1]


def _enumerations(text: str, markers: list[_Marker]) -> list[Enumeration]:
    """Join markers of one kind that count 1, 2, 3 …; a marker of an outer rank closes the inner lists."""
    done: list[Enumeration] = []
    lists: dict[str, list[_Marker]] = {}

    def close(kind: str, end: int) -> None:
        marks = lists.pop(kind)
        if len(marks) < 2:
            return
        stops = [m.start for m in marks[1:]] + [_last_end(text, marks, end)]
        done.append(Enumeration(kind, [_item(text, m, stop) for m, stop in zip(marks, stops, strict=True)]))

    for m in markers:
        rank = RANKS[m.kind]
        for kind in [k for k in lists if RANKS[k] > rank]:
            close(kind, m.start)
        open_list = lists.get(m.kind)
        if m.number == 1:
            if open_list:
                close(m.kind, m.start)
            lists[m.kind] = [m]
        elif open_list and m.number == open_list[-1].number + 1:
            open_list.append(m)
    for kind in list(lists):
        close(kind, len(text))
    return sorted(done, key=lambda e: (e.start, -e.end))


def _last_end(text: str, marks: list[_Marker], limit: int) -> int:
    """Where the last member ends: with its sentence if the members stood in one line, else with its paragraph."""
    last = marks[-1]
    line_end = text.find("\n", last.end, limit)
    line_end = limit if line_end < 0 else line_end
    in_one_line = "\n" not in text[marks[0].start : last.start]
    if in_one_line and "。" not in text[marks[0].start : last.start]:
        stop = text.find("。", last.end, line_end)
        return line_end if stop < 0 else stop
    return line_end


def _item(text: str, marker: _Marker, end: int) -> Item:
    label = marker.end
    while label < end and text[label] in "，、:： 　“":
        label += 1
    clause = _CLAUSE_END.search(text, label, end)
    return Item(marker.number, marker.start, label, clause.start() if clause else end, end)
