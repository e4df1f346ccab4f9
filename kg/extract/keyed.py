"""Members by the slogan's own words: 六保 … 保居民就业、保基本民生 …; 一城就是A，两带就是B和C; “1”是A，“2”是B."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.lists import VERBS, members, strip
from kg.lexicon.arity import number
from kg.outline import Span

BLOCK = re.compile(r"([一二两双三四五六七八九十])[个大]?([^一二两双三四五六七八九十、，个大]{1,4})")
ONE_BLOCK = re.compile("是?[一二两双三四五六七八九十][^一二两双三四五六七八九十、，]{1,3}")
PREFIX = r"(?:(?:做到|真正|坚决|切实|带头))?"
PIECE = r"[^、，；。：:？！\n“”（）]"
RUN_ON = re.compile(
    r"(?:上|方面)(?:想|下|做|用|作|见|走|出|求|取)[\u4e00-\u9fff]+$|(?:收|提|报|办|解决|完成|推出)了[\u4e00-\u9fff]+$|一体[\u4e00-\u9fff]+$"
)
BEFORE, BEHIND = 160, 640
"""How far from the slogan its members may begin, in characters before and behind it."""


def keyed(text: str, name: str, start: int, end: int) -> Iterator[tuple[float, list[Span]]]:
    """Pieces that carry the keys of ``name`` as often and in the order that it counts them, with a confidence.

    ``start``–``end`` is the slogan with its quotation marks.
    """
    wanted, least = _wanted(name)
    low, high = max(0, start - BEFORE), min(len(text), end + BEHIND)
    if len(wanted) < 2 or any(text.count(key, low, high) < n for key, n in least):
        return  # most mentions: the words are not even there
    if "\n" not in text[low:high]:  # only a list of lines may begin far away
        high = min(high, end + 90 + 16 * len(wanted))
    for form in _pieces(tuple(dict.fromkeys(wanted))):
        found = [Span(*m.span()) for m in form.finditer(text, low, high) if not start <= m.start() < end]
        for confidence, run in _runs(text, found, wanted, start, end):
            yield confidence, run
            return


@lru_cache(maxsize=4096)
def _wanted(name: str) -> tuple[list[str], list[tuple[str, int]]]:
    """The keys of a name in order, and how often each must stand around it; nothing where the name has no such form."""
    blocks = [(number(m[1]), m[2]) for m in BLOCK.finditer(name)]
    whole = "".join(m[0] for m in BLOCK.finditer(name))
    if not blocks or not re.sub("[、，]", "", name).endswith(whole) or sum(n for n, _ in blocks) > 12:
        return [], []
    wanted = [key for n, key in blocks for _ in range(n)]
    return wanted, [(k, n + name.count(k)) for k, n in Counter(wanted).items()]


@lru_cache(maxsize=512)
def _pieces(words: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Pieces that begin with one of the keys, and pieces that have one anywhere."""
    keys = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    leading = rf"(?<=[、，；。：:\n即是和“在让了（做对]){PREFIX}(?:{keys})(?!什么|哪){PIECE}{{1,12}}(?![？?])"
    inside = rf"(?<=[、，；。：:\n即是在“（]){PIECE}{{1,12}}?(?:{keys}){PIECE}{{0,4}}(?=[、，；。的”）])"
    return re.compile(leading), re.compile(f"{leading}|{inside}")


def _runs(text: str, found: list[Span], wanted: list[str], start: int, end: int) -> Iterator[tuple[float, list[Span]]]:
    last = len(wanted) - 1
    broken = bool(found) and "\n" in text[found[0].start : found[-1].end]
    for i in range(len(found) - last):
        close = 0 <= found[i].start - end <= 90 or 0 <= start - found[i + last].end <= 40
        if not close and not broken:
            continue  # most runs: far from the slogan and no list of lines
        run = found[i : i + len(wanted)]
        words = [text[a:b] for a, b in run]
        if any(ONE_BLOCK.fullmatch(w) for w in words):
            continue  # 四停，是停工、…；两撤，是撤出…: the blocks are explained one by one
        if not all(k in w != k for k, w in zip(wanted, words, strict=True)) or len(set(words)) < len(words):
            continue
        if run[0].start < start < run[-1].end:
            continue
        gaps = [b.start - a.end for a, b in itertools.pairwise(run)]
        lines = all("\n" in text[a.end : b.start] for a, b in itertools.pairwise(run)) and max(gaps) < 160
        if lines or (max(gaps) <= 2 and close and _alike(words, wanted)):
            yield 0.84 if lines else 0.9, _from_key(text, run, wanted)


def _alike(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the key stands at the beginning or end of every piece but the first, or at one place in all of them."""
    pairs = list(zip(words, wanted, strict=True))
    if all(w.startswith(k) or w.endswith(k) or len(k) == 1 for w, k in pairs[1:]):
        return True
    return len({len(w) for w in words}) == len({w.find(k) for w, k in pairs}) == 1


def _from_key(text: str, run: list[Span], wanted: list[str]) -> list[Span]:
    """Begin every member at its key where most of them do, and end the last one where the list ends."""
    for key in set(wanted):
        group = [i for i, k in enumerate(wanted) if k == key]
        if 2 * sum(text.startswith(key, run[i].start) for i in group) >= len(group):
            run = [Span(text.find(key, *r), r.end) if i in group else r for i, r in enumerate(run)]
    places = {text.find(wanted[0], *r) - r.start for r in run[1:]}
    if len(set(wanted)) == len(places) == 1:  # 使产业工人|政治上有地位、经济上有保障
        first = text.find(wanted[0], *run[0]) - places.pop()
        if first >= run[0].start + 2:  # one character less would split a word
            run = [Span(first, run[0].end), *run[1:]]
    lead = VERBS.match(text, *run[0])
    longest = max(r.end - r.start for r in run[1:])
    if lead and run[0].end - run[0].start >= longest + 2 and wanted[0] in text[lead.end() : run[0].end]:
        run = [Span(lead.end(), run[0].end), *run[1:]]
    tail = RUN_ON.search(text, *run[-1])
    end = tail.start() if tail else run[-1].end
    return [*run[:-1], Span(run[-1].start, end - (text[end - 1] == "的"))]


@lru_cache(maxsize=4096)
def _blocks(name: str) -> list[tuple[str, int]]:
    """The blocks of a name, each with its number."""
    return [(m[0], number(m[1])) for m in BLOCK.finditer(name)]


def blockwise(text: str, name: str, end: int) -> list[Span]:
    """一城就是A，两带就是B和C: each block of the name defined on its own; as many as the text defines."""
    blocks = _blocks(name)
    spans: list[Span] = []
    at = end
    for words, n in blocks if len(blocks) > 1 else ():
        if text.find(words, at, at + 300) < 0:
            break
        defined = re.compile(rf"“?{re.escape(words)}”?，?(?:就是|即|是指|指的是|是|：)(?P<list>[^，。；]{{2,120}})")
        m = defined.search(text, at, min(len(text), at + 300))
        inner = m and ([strip(text, *m.span("list"))] if n == 1 else members(text, *m.span("list"), n.__eq__))
        if not m or not inner:
            break
        spans += inner
        at = m.end()
    return spans if len(spans) > 1 else []


def coded(text: str, name: str, end: int) -> list[Span]:
    """“1”是A，“2”是B, …: every digit of a code (1235, 5+2) explained in turn; [] unless all are."""
    spans: list[Span] = []
    at = end
    for digit in re.findall(r"\d|N", name):
        explained = re.compile(
            rf"“{digit}”[，]?(?:就是|即|是指|指的是|是|指|代表)(?P<words>[^。；“”]{{2,60}}?)(?=，“|[。；])"
        )
        m = explained.search(text, at, min(len(text), at + 160))
        if not m:
            return []
        spans.append(strip(text, *m.span("words")))
        at = m.end()
    return spans if len(spans) > 1 else []


def acrostic(text: str, name: str, end: int) -> list[Span]:
    """比学赶超 … 比出干劲、学出本领、赶出实效、超出预期: each member opens with its character."""
    if not 3 <= len(name) <= 6 or not re.fullmatch(r"[\u4e00-\u9fff]+", name) or len(set(name)) < len(name):
        return []
    if any(text.find(c, end, end + 160) < 0 for c in name):
        return []
    window = text[end : end + 160]
    if sum(window.count(mark + c) for c in name[1:] for mark in "、，") < len(name) - 1:
        return []
    body = "[、，]".join(rf"({c}[^、，。；：？！“”]{{1,10}})" for c in name)
    m = re.compile(body).search(text, end, min(len(text), end + 160))
    return [Span(*m.span(i)) for i in range(1, len(name) + 1)] if m else []
