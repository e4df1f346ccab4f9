"""Line breaks: which end a line, and which only broke a sentence.

Files break Chinese text in three ways. Paragraph a line (most files); paragraphs parted by blank lines, where a single
break is an accident of the page it was copied from (links, formulas, bold leads); and lines wrapped at one width (mail,
PDF). Headings, titles and names end without punctuation too, so a break goes only where something speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

FINAL = frozenset("。！？!?…；;：:")
CLOSERS = "”’」』）)》】〕"
# What a new line cannot begin with, and what a line cannot end with.
CLOSING = frozenset("，。、；：！？”’」』）》〉】〕％,;)%")
OPENING = frozenset("（《〈“‘「『【〔(")
NUMERAL = "一二三四五六七八九十百"
MARKER = re.compile(
    rf"第?[{NUMERAL}]{{1,4}}[、，．.是要]|[（(]\s*[{NUMERAL}\d]{{1,4}}\s*[）)]|第(?:[{NUMERAL}]{{1,4}}|\d{{1,3}})[章节節篇部条條]"
    r"|\d{1,3}[、．]|\d{1,2}[.)](?!\d)|[①-⑳⑴-⑽]|——|[*#>|+•●■◆]|-\s"
)
NUMERAL_ALONE = re.compile(rf"[{NUMERAL}]{{1,3}}|[（(][{NUMERAL}\d]{{1,3}}[）)]")
SALUTATION = re.compile(
    r"(?:尊敬的|敬[爱愛]的)?(?:各位|[同女先]|全[体體]|代表|委员|委員|朋友|[来來][宾賓]|[领領][导導])[^。，,]{0,40}?"
    r"(?:同志[们們]?|代表|委员|委員|[来來][宾賓]|朋友[们們]?|嘉[宾賓]|[领領][导導]|女士|先生|各位|同仁|[乡鄉][亲親][们們]?)"
    r"[^。，,]{0,30}[：:！!]"
)
SHORT_SALUTATION = re.compile(r"同志[们們][：:！!，,]?|各位(?:代表|委员|委員|同志|[领領][导導]|朋友)[：:！!]")
TITLE_END = re.compile(
    r"(?:讲话|講話|报告|報告|发言|發言|致辞|致辭|致词|讲稿|党课|總結|总结|表态|演讲|演講|谈话|談話|贺词|祝词|决议|決議)"
    r"(?:提纲|摘要|稿)?(?:[（(][^（()）]{1,20}[）)])?$"
)
TITLE_START = re.compile(r"[——《\s]*(?:在|于|关于|關於)")
OFFICE_END = re.compile(
    r"(?:总理|總理|书记|書記|主席|主任|[省市县縣区區州镇鎮乡鄉部厅廳局院校]长|[检檢]察[长長]|部[长長]|秘书长)$"
)
NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff][\u3000 ]+[\u3400-\u9fff]")
DATE_LINE = re.compile(
    r"[（(]?\s*(?:\d{4}|[一二〇○零\dX×x三四五六七八九]{4})\s*年\s*(?:[\d一二三四五六七八九十X×x*＊]{1,4}\s*月"
    r"(?:\s*[\d一二三四五六七八九十X×x*＊]{1,4}\s*[日号])?)?(?:\s*[，,\s][^）)。]{0,20})?[）)]?\s*$"
)
BLANK = re.compile(r"\s*")
LONG = 60
"""Characters from which on a line is prose, not part of the head of a text."""


MEMORY = 500
"""Characters before a break that are looked at: many joined lines must not cost time squared."""


class Style(NamedTuple):
    """How a text breaks its lines: blank lines between paragraphs; wrapped at ``width`` columns (0: not); indents."""

    blank: bool
    width: int
    indented: bool


class Line(NamedTuple):
    """A line that is not blank: the span of its words, its indent in columns, and whether a blank line follows."""

    start: int
    end: int
    indent: int
    blank_after: bool


def is_salutation(line: str) -> bool:
    """Whether a line addresses the audience (同志们：, 各位代表！)."""
    return bool(SHORT_SALUTATION.fullmatch(line) or SALUTATION.fullmatch(line))


def breaks(text: str, *, markdown: bool = False) -> Iterator[tuple[int, int, str]]:
    """Yield the spans to cut, in order: indents, trailing spaces, blank lines, and breaks inside sentences.

    What stays is the lines with one ``\\n`` between them.
    """
    rows = list(_rows(text))
    if not rows:
        if text:
            yield 0, len(text), "blank line"
        return
    style = style_of(text, rows)
    head = next((i for i, r in enumerate(rows) if r.end - r.start >= LONG or is_salutation(text[r.start : r.end])), 0)
    if rows[0].start:
        yield 0, rows[0].start, "blank line" if "\n" in text[: rows[0].start] else "indent"
    begin = rows[0].start  # where the sentence that may be broken began: several breaks can follow each other
    for i, (row, after) in enumerate(pairwise(rows)):
        joined = _joined(text, begin, row, after, style, in_head=i + 1 <= head, markdown=markdown)
        if joined:
            yield from _spans(text, row.end, after.start, keep=joined == "spaced")
        else:
            begin = after.start
            newline = text.index("\n", row.end)
            if newline > row.end:
                yield row.end, newline, "trailing space"
            if after.start > newline + 1:
                yield newline + 1, after.start, "blank line" if "\n" in text[newline + 1 : after.start] else "indent"
    if rows[-1].end < len(text):
        yield rows[-1].end, len(text), "blank line" if "\n" in text[rows[-1].end :] else "trailing space"


def style_of(text: str, rows: list[Line]) -> Style:
    """Tell how a text breaks its lines, from where its sentences end and how wide its lines are."""
    ends = [r.blank_after for r in rows[:-1] if r.end - r.start >= 20 and _ends_sentence(text, r.start, r.end)]
    blank = sum(ends) >= 3 and sum(ends) * 4 >= len(ends) * 3
    indented = sum(r.indent > 0 for r in rows) >= 2
    width = 0
    if len(rows) >= 6:
        widths = [_width(text, r) for r in rows]
        full = sorted(widths)[len(widths) * 3 // 4]
        near = [r for r, w in zip(rows, widths, strict=True) if full - 4 <= w <= full + 4]
        broken = sum(not _ends_sentence(text, r.start, r.end) for r in near)
        if (
            30 <= full <= 200
            and len(near) * 2 >= len(rows)
            and max(widths) <= full * 5 // 4
            and broken * 2 >= len(near)
        ):
            width = full
    return Style(blank, width, indented)


def _joined(
    text: str, begin: int, row: Line, after: Line, style: Style, *, in_head: bool, markdown: bool
) -> str | None:
    """Whether the break between two lines broke a sentence: None, "joined", or "spaced" where a space must stay."""
    last, first = text[row.end - 1], text[after.start]
    line, following = text[row.start : row.end], text[after.start : after.end]
    if last.isascii() and first.isascii() and (last + first).isalnum() and last.isalpha() == first.isalpha():
        # Only removals are possible: two Latin words can be joined where a space stands beside the break.
        spaced = text[row.end] == " " or text[after.start - 1] == " "
        return "spaced" if spaced and style.width and not in_head else None
    if markdown and (line[0] in "#|>" or following[0] in "#|>-*+"):
        return None
    final = _ends_sentence(text, max(begin, row.end - MEMORY), row.end)
    if first in CLOSING and not (final and first in "，。、；："):
        return "joined"
    sentence = text[max(begin, row.end - MEMORY) : row.end]
    if row.blank_after and last != "、":
        # A long paragraph that stops in the middle of a word, and prose after it.
        stops = "\u3400" <= last <= "\u9fff" and len(line) >= LONG and "。" in sentence and "。" in following
        return "joined" if stops and not after.indent and not MARKER.match(following) else None
    if last in OPENING:
        return "joined"
    if in_head:
        return _joined_in_head(line, following, style)
    marked = MARKER.match(following) or NUMERAL_ALONE.fullmatch(following) or is_salutation(following)
    if style.width:
        columns = _width(text, row)
        if columns >= style.width - 6:
            return None if _opens_paragraph(columns, final, bool(marked), last, after, style) else "joined"
        # The first line of a paragraph lacks its indent in PDF text, squeezed signs make others shorter.
        heading = MARKER.match(sentence) and "。" not in sentence
        if columns * 4 >= style.width * 3 and not (final or marked or heading):
            return "joined"
    bare_marker = MARKER.fullmatch(line) or (len(line) <= 4 and MARKER.fullmatch(line[:-1]))
    if bare_marker and last in "，、是要":
        return "joined"
    if final or marked:
        return None
    if last in "，、":
        return "joined"
    if MARKER.match(sentence) and len(sentence) <= 50 and "。" not in sentence and len(sentence) >= 6:
        return None  # a heading
    if style.blank:
        return "joined"
    inside = any(c in sentence[:-1] for c in "。！？；")
    unclosed = sentence.count("《") > sentence.count("》") or sentence.count("（") > sentence.count("）")
    return "joined" if (inside and len(sentence) >= 15) or unclosed else None


def _opens_paragraph(columns: int, final: bool, marked: bool, last: str, after: Line, style: Style) -> bool:
    """Whether a new paragraph begins after a full line of wrapped text."""
    if marked and (final or last in "，、"):
        return True
    if style.indented:
        return after.indent > 0
    # Without indents the last line of a paragraph is rarely full to the edge, but a sentence may end there.
    return final and not style.blank and columns < style.width - 3


def _joined_in_head(line: str, following: str, style: Style) -> str | None:
    """Joins among title, date and speaker: a title broken in two, its last character alone, an office and its name."""
    if MARKER.match(following) or NUMERAL_ALONE.fullmatch(following) or DATE_LINE.match(following):
        return None
    if OFFICE_END.search(line) and len(line) <= 20 and NAME.fullmatch(following):
        return "spaced"
    if TITLE_END.search(line) or len(line) + len(following) > 70:
        return None
    if TITLE_START.match(line) and TITLE_END.search(following) and not TITLE_START.match(following):
        return "joined"
    return "joined" if style.blank and len(following) <= 2 < len(line) and line[-1] not in FINAL else None


def _spans(text: str, end: int, start: int, *, keep: bool) -> Iterator[tuple[int, int, str]]:
    """The run between two joined lines, less one space that is to stay if there is one."""
    space = next((i for i in range(end, start) if text[i] in " \u3000\u00a0"), None) if keep else None
    if space is None:
        yield end, start, "line break in sentence"
        return
    if space > end:
        yield end, space, "line break in sentence"
    if start > space + 1:
        yield space + 1, start, "line break in sentence"


def _rows(text: str) -> Iterator[Line]:
    for found in re.finditer(r"[^\n]+", text):
        start, end = found.span()
        if found[0].isspace():
            continue
        line = found[0]
        start += len(line) - len(line.lstrip())
        end -= len(line) - len(line.rstrip())
        gap = BLANK.match(text, end)
        blank_after = gap is not None and gap[0].count("\n") > 1
        yield Line(start, end, _columns(text[found.start() : start]), blank_after)


def _ends_sentence(text: str, start: int, end: int) -> bool:
    while end > start and text[end - 1] in CLOSERS:
        end -= 1
    return end > start and text[end - 1] in FINAL


def _columns(line: str) -> int:
    """Width on a fixed-width screen, where Chinese characters and full-width signs take two columns.

    The length in GB18030 is that width: one byte for ASCII, two for what Chinese screens show wide.
    """
    return len(line.encode("gb18030", "replace"))


def _width(text: str, row: Line) -> int:
    """Columns of a line with its indent; spaces inside are left out, for PDF text has them around signs at random."""
    return _columns(text[row.start : row.end].replace(" ", "")) + row.indent
