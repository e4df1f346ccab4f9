"""Layout noise out of a text, reversibly: cleaning only removes runs, and every run is recorded as a ``Cut``.

``restore(text, cuts)`` gives the source back, character for character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.corpus import lines
from kg.model import Cut

Span = tuple[int, int, str]
"""A run to remove: start and end in the text as it stands at that moment, and the reason."""

HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
# A line that holds nothing but an invisible character is no blank line: the break is as accidental as the character.
HIDDEN = re.compile(rf"\n[{INVISIBLE}]+(?=\n)|[{INVISIBLE}]+")
UNPRINTABLE = re.compile(rf"[{CONTROL}]+")
# Note marks as encyclopaedias and PDF files leave them: [1], [注2], [CPC 1], each on lines of its own perhaps.
NOTE_MARK = re.compile(
    rf"\n?\[\n?(?:\d{{1,3}}|[注註]\s?\d{{1,3}}|[A-Z]{{2,8}} \d{{1,3}})\n?\](?:\n(?=[{HAN}，。、；：]))?"
)
# The licence notice that Wikisource prints below a text; everything after its first words is not the speech.
LICENCE = re.compile(
    r"(?m)^[ \t\u3000]{0,8}(?:本|[这這]部)(?:作品|文)(?:来自|來自|在|是|的作者|原文)[^\n]{0,200}(?=\n)"
)
LICENCE_PROOF = re.compile(r"公有[领領]域|[Pp]ublic [Dd]omain|著作[权權]|版[权權]")

_DASH, _SPACE = r"[-—–－·•_~*]{1,3}", r"[ \u3000]*"
PAGE = re.compile(
    rf"[ \t\u3000]*(?:{_DASH}{_SPACE}(\d{{1,4}}){_SPACE}{_DASH}"
    rf"|[-—–－]?{_SPACE}第{_SPACE}(\d{{1,4}}){_SPACE}[页頁]{_SPACE}"
    rf"(?:[,，/／]?{_SPACE}共{_SPACE}\d{{1,4}}{_SPACE}[页頁])?{_SPACE}[-—–－]?"
    rf"|(\d{{1,4}}){_SPACE}[/／]{_SPACE}\d{{1,4}}|[Pp]age[ ](\d{{1,4}})(?:[ ]of[ ]\d{{1,4}})?)[ \t\u3000]*"
)
NUMBER = re.compile(r"[ \t\u3000]*(\d{1,4})[ \t\u3000]*")
HEADER_LENGTH = 60
EDGE = 2
"""Lines at the head and at the foot of a page among which repeated headers and page numbers are looked for."""

GAP = r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]"
SPACES = re.compile(f"{GAP}+")
FULL_WIDTH = "，。、；：！？“”‘’（）《》「」『』【】〈〉〔〕…％"
SPACED_DIGITS = re.compile(r"(?<![\d.])\d(?: \d){1,}(?![\d.])")
_WIDE = r"(?:[\u3000\u2003]{1,2}| {2,4})"
SPACED_NAME = re.compile(rf"(?<![{HAN}])[{HAN}]{_WIDE}[{HAN}](?:{_WIDE}[{HAN}])?(?![{HAN}])")
SPACED_LINE = re.compile(rf"(?m)^[{HAN}](?:{GAP}{{1,4}}[{HAN}]){{2,24}}$")
MASK = frozenset("XＸ×")
UNIT = frozenset("年月日号届次个条项亿万元点时岁人种批名家户")

# Two asterisks before an office or 同志 mask a name (**同志通报了…); only other pairs are Markdown's strong emphasis.
MASKED = r"(?!同志|书记|主任|主席|[省市县区州镇乡村局厅部委院校年月日])"
MARKDOWN = (
    (re.compile(r"(?m)^ {0,3}(?:(?:- ?){3,}|(?:\* ?){3,}|(?:_ ?){3,}|={3,})$\n?"), "markup"),
    (re.compile(r"(?m)^ {0,3}#{1,6}[ \t\u3000]+|(?<![ \t])[ \t]+#+[ \t]*$"), "markup"),
    (re.compile(r"(?m)^ {0,3}(?:> ?)+"), "markup"),
    (re.compile(r"(?m)^[ \t]*[-*+][ \t]+(?=\S)"), "markup"),
    (re.compile(r"<!--[^<]{0,5000}?-->|!\[[^\[\]\n]{0,200}\]\([^)\n]{0,500}\)"), "markup"),
)
STRONG = re.compile(rf"(\*\*){MASKED}([^*\n]{{1,120}}?)(\*\*)|(__)([^_\n]{{1,120}}?)(__)|(`)([^`\n]{{1,120}}?)(`)")
LINK = re.compile(r"(\[)([^\[\]\n]{1,200})(\]\([^)\s]{1,500}\))")


class Cleaned(NamedTuple):
    """A cleaned text (``\\n`` between lines, no blank lines) and what was taken out, in order."""

    text: str
    cuts: list[Cut]


def clean(source: str, *, front: int = 0, markdown: bool = False) -> Cleaned:
    """Take the layout noise out of a decoded text; words stay.

    ``front`` is the length of a front matter block at the start, which is cut as a whole; ``markdown`` also takes
    Markdown's marks out. Noise is: zero-width and control characters, indentation and blank lines, line breaks inside
    sentences, page breaks, page numbers and repeated headers, spaces inside words and beside Chinese punctuation,
    note marks, and a licence notice at the end.
    """
    edit = _Edit(source)
    if front:
        edit.cut([(0, front, "front matter")])
    edit.cut(_matches(HIDDEN, edit.text, "zero-width"))
    edit.cut(_matches(UNPRINTABLE, edit.text, "control character"))
    edit.cut(licence(edit.text))
    edit.cut(_matches(NOTE_MARK, edit.text, "note mark"))
    edit.cut(page_furniture(edit.text))
    edit.cut(lines.breaks(edit.text, markdown=markdown))
    if markdown:
        for pattern, reason in MARKDOWN:
            edit.cut(_matches(pattern, edit.text, reason))
        for pattern in (STRONG, LINK):
            edit.cut(_around(pattern, edit.text))
    edit.cut(spacing(edit.text))
    return Cleaned(edit.text, edit.cuts())


def restore(text: str, cuts: Iterable[Cut]) -> str:
    """Put the cuts back: the decoded source that ``clean`` was given."""
    pieces: list[str] = []
    done = 0
    for cut in cuts:
        pieces += (text[done : cut.offset], cut.removed)
        done = cut.offset
    return "".join((*pieces, text[done:]))


def licence(text: str) -> Iterator[Span]:
    """The licence notice at the end of a page from Wikisource: from its first words to the end of the text."""
    for found in LICENCE.finditer(text, len(text) // 4):
        if LICENCE_PROOF.search(text, found.start()) and "ublic domain" in text[-400:]:
            yield len(text[: found.start()].rstrip()), len(text), "licence notice"
            return


def page_furniture(text: str) -> Iterator[Span]:
    """Page breaks, page numbers and the headers that stand on most pages, each with its line end.

    With page breaks (``\\f``) the lines at the edges of pages are compared; a bare number counts only there. Without
    them, a page number must be dressed as one (第3页, — 3 —), or the numbers must run on by one and break sentences.
    """
    if "\f" in text:
        yield from _of_pages(text)
    else:
        yield from _of_one_page(text)


def spacing(text: str) -> Iterator[Span]:
    """Spaces that separate nothing: in spelled-out names and numbers, beside Chinese punctuation, and doubled ones.

    Numbers set off from the Chinese around them (2018 年 7 月) are closed up in running prose; one space between two
    Chinese words stays, for it may stand for a comma.
    """
    gaps = [found.span() for found in SPACES.finditer(text)]
    spans: dict[int, int] = {}
    done = -1
    for start, _ in gaps:
        if start < done:
            continue
        begin, done = text.rfind("\n", 0, start) + 1, (text.find("\n", start) + 1 or len(text) + 1) - 1
        for pattern in (SPACED_LINE, SPACED_NAME, SPACED_DIGITS):
            for whole in pattern.finditer(text, begin, done):
                spans |= {gap.start(): gap.end() for gap in SPACES.finditer(text, *whole.span())}
    for start, end in gaps:
        if start in spans:
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        if before in FULL_WIDTH or after in FULL_WIDTH or _separates_number(text, start, end):
            spans[start] = end
        elif end - start > 1:
            spans[start + 1] = end
    yield from ((start, end, "spacing") for start, end in sorted(spans.items()))


def _separates_number(text: str, start: int, end: int) -> bool:
    """Whether a space sets off a number or a Latin word from the Chinese beside it, as type-setting programs do."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before.isdigit() and (after in UNIT or after in "．％%‰")) or (before == "．" and after.isdigit()):
        return True
    if end - start > 1 or not before or not after:
        return False
    if (before in MASK and _is_han(after)) or (_is_han(before) and after in MASK):
        return True
    latin_before, latin_after = (
        before.isascii() and (before.isalnum() or before == "%"),
        after.isascii() and after.isalnum(),
    )
    if not ((_is_han(before) and latin_after) or (latin_before and _is_han(after))):
        return False
    # In prose only: in a heading the space may part a number from a title.
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    return "。" in line or "，" in line


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _of_pages(text: str) -> Iterator[Span]:
    pages = [_lines(text, m.start(), m.end()) for m in re.finditer(r"[^\f]*", text) if m[0].strip()]
    heads = Counter(form for page in pages for form in {_form(text, line) for line in page[:EDGE]})
    feet = Counter(form for page in pages for form in {_form(text, line) for line in page[-EDGE:]})
    often = max(3, (len(pages) + 1) // 2)
    spans: dict[int, Span] = {m.start(): (m.start(), m.end(), "page break") for m in re.finditer("\f", text)}
    for page in pages:
        for edge, forms in ((page[:EDGE], heads), (page[-EDGE:], feet)):
            for start, end in edge:
                line = text[start:end]
                number = PAGE.fullmatch(line) or NUMBER.fullmatch(line)
                if number or (forms[_form(text, (start, end))] >= often and _may_be_header(line.strip())):
                    stop = end + 1 if text[end : end + 1] == "\n" else end
                    spans[start] = (start, stop, "page number" if number else "repeated header")
    yield from (spans[start] for start in sorted(spans))


def _of_one_page(text: str) -> Iterator[Span]:
    rows = _lines(text, 0, len(text))
    short = [(i, row) for i, row in enumerate(rows) if row[1] - row[0] <= 40]
    dressed = {i: m for i, row in short if (m := PAGE.fullmatch(text, *row))}
    pages = set(dressed)
    if len(dressed) == 1:
        # 第3页 says itself what it is; a lone “3/10” or “- 3 -” may be a fraction or an item.
        pages = {i for i, m in dressed.items() if m[2]}
    bare = [(i, int(m[1])) for i, row in short if (m := NUMBER.fullmatch(text, *row))]
    if not dressed and len(bare) < 3:
        return
    for run in _runs(bare):
        # A page number stands between two halves of a sentence; a column of figures does not.
        broken = [i for i in run if i > 0 and _is_unfinished(text[slice(*rows[i - 1])].rstrip())]
        if len(run) >= 3 and len(broken) * 2 >= len(run):
            pages |= set(run)
    beside = Counter(text[slice(*rows[j])].strip() for i in pages for j in (i - 1, i + 1) if 0 <= j < len(rows))
    for i, (start, end) in enumerate(rows):
        line = text[start:end].strip()
        header = (i - 1 in pages or i + 1 in pages) and beside[line] >= 3 and _may_be_header(line)
        if i in pages or header:
            yield start, min(end + 1, len(text)), "page number" if i in pages else "repeated header"


def _may_be_header(line: str) -> bool:
    return len(line) <= HEADER_LENGTH and not any(c in line for c in "。！？；") and not lines.is_salutation(line)


def _is_unfinished(line: str) -> bool:
    return len(line) >= 10 and (_is_han(line[-1]) or line[-1] in "，、")


def _runs(numbered: list[tuple[int, int]]) -> Iterator[list[int]]:
    """Runs of lines whose numbers go up by one."""
    run: list[int] = []
    last = -1
    for i, number in numbered:
        if run and number != last + 1:
            yield run
            run = []
        run.append(i)
        last = number
    if run:
        yield run


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the lines that are not blank."""
    return [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", text[start:end]) if not m[0].isspace()]


def _form(text: str, line: tuple[int, int]) -> str:
    return re.sub(r"\d+", "#", text[slice(*line)].strip())


def _matches(pattern: re.Pattern[str], text: str, reason: str) -> Iterator[Span]:
    return ((m.start(), m.end(), reason) for m in pattern.finditer(text))


def _around(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """The opening and the closing mark of each match: its first and last group that took part."""
    for found in pattern.finditer(text):
        groups = [i for i in range(1, (found.re.groups or 0) + 1) if found[i] is not None]
        for i in (groups[0], groups[-1]):
            yield *found.span(i), "markup"


class _Edit:
    """A text on its way from source to cleaned: ``text`` as it stands, and the source spans that are gone."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source
        self._kept = [(0, len(source))]
        self._gone: list[Span] = []

    def cut(self, spans: Iterable[Span]) -> None:
        """Remove spans of ``text``; they are sorted and do not overlap."""
        kept: list[tuple[int, int]] = []
        pieces: list[str] = []
        old = iter(self._kept)
        first, last = next(old, (0, 0))
        at = 0  # where ``first`` stands in the current text
        done = 0
        for start, end, reason in spans:
            if end <= start:
                continue
            pieces.append(self.text[done:start])
            done = end
            while at + last - first < start:
                if last > first:
                    kept.append((first, last))
                at += last - first
                first, last = next(old)
            if start > at:
                kept.append((first, first + start - at))
                first, at = first + start - at, start
            while at < end:
                step = min(end - at, last - first)
                if step:
                    self._gone.append((first, first + step, reason))
                first, at = first + step, at + step
                if first == last:
                    first, last = next(old, (0, 0))
        if not pieces:
            return
        pieces.append(self.text[done:])
        if last > first:
            kept.append((first, last))
        kept.extend(old)
        self._kept = kept
        self.text = "".join(pieces)

    def cuts(self) -> list[Cut]:
        """What is gone, in source order; neighbours of one reason are one cut."""
        cuts: list[Cut] = []
        removed = 0
        until = -1
        for start, end, reason in sorted(self._gone):
            offset = start - removed
            if cuts and until == start and cuts[-1].reason == reason:
                cuts[-1] = Cut(cuts[-1].offset, cuts[-1].removed + self.source[start:end], reason)
            else:
                cuts.append(Cut(offset, self.source[start:end], reason))
            removed += end - start
            until = end
        return cuts
