"""Expansions: what a speech itself says a slogan consists of, with the count check.

``cues`` proposes readings; the number that the slogan promises decides between them, and where none fits the program
abstains.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.extract.counts import ANNOUNCED, PARTS
from kg.extract.cues import CUES, GAP, SET_NOUN, Site, accepted, code, distributive, following, label, promised
from kg.extract.found import Found
from kg.extract.keyed import acrostic
from kg.extract.lists import are_members, cut, tidy
from kg.lexicon import Lexicon
from kg.lexicon.arity import check
from kg.model import Status
from kg.outline import Outline, Span

EMPHASIS = re.compile(r"”?[^，。；“”]{0,6}?[，、]?(?:特别是|尤其是|重点是|其中包括|其中有)(?P<list>[^，。；]{2,30})")
AND_OTHERS = re.compile(r"(?:包括|推进|推动|实施|抓好|开展|做好|落实|以)(?P<list>[^，。；：“”]{2,50})等“?$")
COUNTED_OFF = re.compile(r"等?[一二两三四五六七八九十]项$")
FAULT_VERB = re.compile(r"(?:坚决|重点|着力)*(?:纠治|整治|反对|防止|克服|解决|力戒)(?=[\u4e00-\u9fff]{2})")
AMONG = re.compile(r"(?:摆在|列为|放在|位居|纳入|之首|之一)")
ATTRIBUTE = re.compile(r"((?:[\u4e00-\u9fff]{2,8}、){2,}[\u4e00-\u9fff]{2,5})的“?$")
NAME_ENDS = re.compile(r"”?(?:$|[^\u4e00-\u9fff]|[的和与是为])")
CODE = re.compile(r"[\dN]+(?:\+[\dN]+)*")


LONGER = 4
"""How many characters a text may add to a known member: 农业 → 农业要更强, but not 千方百计推动农业增效益."""


class Claim(NamedTuple):
    """An expansion that the text gives: the slogan as found, its members as spans, and the words that say so."""

    slogan: Found
    members: tuple[Span, ...]
    expected: str | None
    status: Status
    start: int
    end: int
    rule: str
    confidence: float


def find_expansions(text: str, shape: Outline, slogans: Sequence[Found], lexicon: Lexicon) -> Iterator[Claim]:
    """Yield one claim for each slogan whose members the text gives; ``text`` is ``Speech.folded``.

    Of several readings the one that keeps the promised number wins, then the more explicit cue, then the earlier.
    """
    by_name: dict[str, list[Found]] = defaultdict(list)
    for found in slogans:
        by_name[_name(text, found)].append(found)
    for name, places in by_name.items():
        claims = [c for i, place in enumerate(places) for c in _readings(text, shape, name, place, lexicon, i == 0)]
        if claims:
            yield max(claims, key=lambda c: (c.status == "complete", c.confidence, -c.start))


def is_announcement(text: str, found: Found) -> bool:
    """Whether a found set is a plain count that only its members make a slogan."""
    return found.rule == "announced-set" and ANNOUNCED.pattern.fullmatch(text, found.start, found.end) is not None


def _name(text: str, found: Found) -> str:
    return found.name or re.sub(r"[“”‘’\s]", "", text[found.start : found.end])


def _readings(text: str, shape: Outline, name: str, found: Found, lexicon: Lexicon, first: bool) -> Iterator[Claim]:
    """The readings at one mention; cues that look at all mentions at once run at the ``first``."""
    promise = promised(name)
    expected = promise[0] if promise else None
    start, end = found.start, found.end
    while end < len(text) and text[end] in "”’":
        end += 1
    while start and text[start - 1] in "“‘":
        start -= 1
    at = Site(text, shape, name, start, end, accepted(name).__contains__, found.rule == "announced-set")
    entry = None if at.plain else lexicon.get("Slogan", name)

    def claim(spans: Sequence[Span], rule: str, confidence: float, partial: bool = False) -> Claim:
        status = check(name, len(spans), open_ended=True) if promise else "uncheckable"
        if partial and status != "complete":
            status = "partial"
        left = min(start, spans[0].start)
        return Claim(found, tuple(spans), expected, status, left, max(end, spans[-1].end), rule, confidence)

    if promise:
        for reading in (r for cue in CUES if first or cue is not distributive for r in cue(at)):
            if not are_members(text, reading.members):
                continue
            if reading.rule == "keyed" and entry and not _agree(at, reading.members, entry.members):
                continue  # 两个中国 … 一个中国, 发展中国家: words of the name, not its members
            yield claim(reading.members, reading.rule, reading.confidence)
    elif CODE.fullmatch(name):
        yield from (claim(r.members, r.rule, r.confidence) for r in code(at))
    else:
        yield from (claim(spans, rule, confidence) for rule, confidence, spans in _unpromised(at))
    for spans in _partial(at, entry.members if entry else ()):
        yield claim(spans, "partial-list", 0.6, partial=True)


def _agree(at: Site, spans: Sequence[Span], known: Sequence[str]) -> bool:
    """Whether members touch the slogan, or most of them are among those that the lexicon gives."""
    if -3 <= at.start - spans[-1].end <= 3:
        return True
    words = [at.text[a:b] for a, b in spans]
    agreeing = sum(any((k in w and len(w) <= len(k) + LONGER) or w in k for k in known) for w in words)
    return 2 * agreeing >= len(words) and bool(known)


def _unpromised(at: Site) -> Iterator[tuple[str, float, list[Span]]]:
    """Members of names that promise no number: 走心、走深、走实; 比学赶超; 互信、互利、平等、协作的新安全观."""
    text = at.text
    parts = [p for p in PARTS.split(at.name) if p]
    if 3 <= len(parts) <= 8:
        for e in following(at.shape, at.end, GAP):
            items = [label(text, i.label, i.clause, i.end) for i in e.items]
            if len(items) == len(parts) and all(
                set(part) & set(text[a:b]) for part, (a, b) in zip(parts, items, strict=True)
            ):
                yield "echoed-items", 0.85, items
    if spans := acrostic(text, at.name, at.end):
        yield "acrostic", 0.8, spans
    if not text.endswith(("的", "的“"), 0, at.start):
        return
    low = max(at.shape.sentence(at.start).start, at.start - 60)
    m = ATTRIBUTE.search(text, low, at.start)
    if m and NAME_ENDS.match(text, at.inner_end):  # not 学习型、服务型、创新型的|马克思主义|执政党
        spans = tidy(text, cut(text, *m.span(1), re.compile("、")))
        sizes = [p.end - p.start for p in spans]
        if min(sizes[1:]) == max(sizes[1:]) < sizes[0]:  # 推动建设|相互尊重、公平正义、合作共赢
            spans[0] = Span(spans[0].end - sizes[1], spans[0].end)
            sizes[0] = sizes[1]
        if max(sizes) - min(sizes) <= 1:
            yield "attribute", 0.8, spans


WIDE = 600
"""How far around a slogan its known members are looked for, in characters."""


def _partial(at: Site, known: Sequence[str]) -> Iterator[list[Span]]:
    """Some of the members: “四风”特别是形式主义、官僚主义; or known members in the slogan's own sentence."""
    text, promise = at.text, promised(at.name)
    emphasis = EMPHASIS.match(text, at.inner_end) if promise else None
    if emphasis:
        counted = COUNTED_OFF.search(text, *emphasis.span("list"))
        stop = counted.start() if counted else emphasis.end("list")
        spans = [_unverbed(text, s) for s in cut(text, emphasis.start("list"), stop, re.compile("、|和"))]
        if spans and all(s.end - s.start <= 10 for s in spans):
            yield spans
    set_of = promise and SET_NOUN.match(at.name)
    if promise and set_of and (row := AND_OTHERS.search(text, max(0, at.start - 60), at.start)):
        pieces = tidy(text, cut(text, *row.span("list"), re.compile("、|和")))
        if len(pieces) < promise[1]:
            yield pieces
    if not known or any(len(member) < 3 for member in known):
        return
    low, high = at.shape.sentence(at.start)
    if high - low < 40 and text[high : high + 1] == "\n":
        line = text.find("\n", high + 1)
        high = len(text) if line < 0 else line
    low, high = max(low, at.start - WIDE), min(high, at.end + WIDE)
    found = [(text.find(member, low, high), len(member)) for member in known]
    spans = [Span(a, a + n) for a, n in found if a >= 0 and not at.start <= a < at.end]
    if len(spans) > 1 or (spans and AMONG.search(text, low, high)):
        yield sorted(spans)


def _unverbed(text: str, span: Span) -> Span:
    m = FAULT_VERB.match(text, *span)
    return Span(m.end(), span.end) if m else span
