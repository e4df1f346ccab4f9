"""Slogans (提法): numeral sets, quoted units of policy, doctrines, labelled formulas, and their unquoted repeats."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.extract.anchors import Anchored
from kg.extract.counts import ANNOUNCED, ANNOUNCING, COUNTED_OFF, DEFINITE, unquoted_counts
from kg.extract.doctrines import doctrines, formulas
from kg.extract.found import Found
from kg.extract.quotations import Verdict, judge
from kg.lexicon import Match
from kg.outline import Outline, Span

LISTED_THINGS = re.compile(
    r"等(?:几个|几项|一些|若干|各类|各种)?[^，。；]{0,6}(?:指标|问题|现象|想法|说法|倾向|错误|情况|单位|品牌)"
)
ROW = ("”“", "”、“", "”和“", "”，“", "”及“")
SEPARATORS = re.compile("[、，；,;]")
SHORTENED = re.compile(r"简称[：:]?“?$")
TENTATIVE = "announced-set"
"""The rule of plain counts (四个方面): slogans only where the members are found."""


def find_slogans(text: str, shape: Outline, matches: Sequence[Match]) -> Iterator[Found]:
    """Yield what could be a slogan, in no particular order; ``text`` is ``Speech.folded``.

    Plain counts come with the rule ``announced-set``: they are slogans only where their members are found.
    """
    for known in matches:
        entry = known.entry
        if entry.type == "Slogan" and (known.form == entry.name or entry.name not in known.form):
            # 一国两制方针 is passed over: the name alone is found as well, its head is no part of it
            yield Found("Slogan", known.start, known.end, "lexicon", 0.97, attributes={"kind": entry.kind or ""})
    quoted = list(_quoted(text, shape))
    yield from quoted
    yield from _repeats(text, quoted)
    yield from _blocks(text, quoted)
    for start, end in unquoted_counts(text):
        yield Found("Slogan", start, end, "count", 0.75)
    for m in DEFINITE.finditer(text):
        yield Found("Slogan", m.start(), m.end(), "definite-set", 0.72)
    yield from formulas(text)
    yield from doctrines(text)
    yield from _called_for(text)
    for m in COUNTED_OFF.finditer(text):
        yield Found("Slogan", m.start(), m.end(), TENTATIVE, 0.7)
    for m in ANNOUNCED.finditer(text):
        if not text.startswith(ANNOUNCING, m.end()):
            yield Found("Slogan", m.start(), m.end(), TENTATIVE, 0.7)


def _called_for(text: str) -> Iterator[Found]:
    """号召全党学史明理、学史增信、学史崇德、学史力行，…: even clauses that somebody calls for."""
    for m in CALLED_FOR.finditer(text):
        start = m.end()
        for clause in CLAUSE.finditer(text, start, min(len(text), start + 60)):
            if clause.start() != start:
                break
            sizes = {len(p) for p in clause[0].split("、")}
            if len(sizes) != 1 or "、" not in clause[0] or max(sizes) < 3:
                break
            yield Found("Slogan", *clause.span(), "called-for", 0.7)
            start = clause.end() + 1


CALLED_FOR = Anchored(
    r"(?:号召|要求|激励|教育)(?:全党同志|全党|全国人民|全军|大家|广大(?:党员干部|党员|干部))(?:要)?",
    [verb + whom for verb in ("号召", "要求", "激励", "教育") for whom in ("全党", "全国人民", "全军", "大家", "广大")],
)
CLAUSE = re.compile(r"[\u4e00-\u9fff、]+")


def _quoted(text: str, shape: Outline) -> Iterator[Found]:
    counts = Counter(text[q.start : q.end] for q in shape.quotes)
    verdicts = [(q, judge(text, q.start, q.end, counts[text[q.start : q.end]])) for q in shape.quotes]
    good = {text[q.start : q.end] for q, v in verdicts if v.score > 0}
    short = _abbreviations(text, shape)
    rows = _rows(text, verdicts)
    previous_end, previous_good = -9, False
    for q, verdict in verdicts:
        words = text[q.start : q.end]
        score = verdict.score
        neighbour = previous_good and text[previous_end : q.start] in ROW
        if (neighbour or q in rows) and -1.5 < score <= 0:
            score += 1.6  # kept company: “打虎”、“拍蝇”、“猎狐”
        if score > 0 or (words in good and score > -2.5):
            previous_good = True
            confidence = 1 / (1 + math.exp(-0.3 - score))
            name = short.get(SEPARATORS.sub("", words))
            yield Found("Slogan", q.start, q.end, verdict.rule, round(min(confidence, 0.97), 2), name=name)
        else:
            previous_good = False
        previous_end = q.end


def _rows(text: str, verdicts: list[tuple[Span, Verdict]]) -> set[Span]:
    """Quotations in rows of three and more that nothing speaks against."""
    found: set[Span] = set()
    row: list[tuple[Span, Verdict]] = []
    for q, verdict in [*verdicts, (Span(len(text) + 9, len(text) + 9), Verdict(0.0, ""))]:
        if row and text[row[-1][0].end : q.start] not in ROW:
            end = row[-1][0].end + 1
            named = text[end : end + 1] in "，。；、等" and not LISTED_THINGS.match(text, end)
            if len(row) > 2 and all(v.score > -1.5 for _, v in row) and named:
                found.update(span for span, _ in row)
            row = []
        row.append((q, verdict))
    return found


def _blocks(text: str, quoted: list[Found]) -> Iterator[Found]:
    """“一主线三聚焦两提升”。…；三聚焦，就是…: a block of a compound that the text explains on its own."""
    compounds = {text[f.start : f.end] for f in quoted if f.rule == "quoted-count"}
    runs = [RUN.findall(name) for name in compounds]
    blocks = {block for found in runs if len(found) > 2 for block in found if block[0] != "一"}
    if not blocks:
        return
    explained = re.compile(
        rf"(?<=[。；，\n“])(?P<block>{'|'.join(map(re.escape, sorted(blocks)))})(?=”?，(?:就是|即|是指|指的是|分别是)|”?：)"
    )
    for m in explained.finditer(text):
        yield Found("Slogan", *m.span("block"), "block", 0.75)


RUN = re.compile(r"[一二两三四五六七八九十][^一二两三四五六七八九十、，“”]{1,4}")


def _abbreviations(text: str, shape: Outline) -> dict[str, str]:
    """Long forms (separators dropped) and what the text shortens them to: “抓学习、抓作风”活动（简称“两抓”活动）."""
    found: dict[str, str] = {}
    for long, brief in itertools.pairwise(shape.quotes):
        if brief.start - long.end < 20 and SHORTENED.search(text, long.end, brief.start):
            found[SEPARATORS.sub("", text[long.start : long.end])] = text[brief.start : brief.end]
    return found


def _repeats(text: str, quoted: list[Found]) -> Iterator[Found]:
    """Slogans that come again without quotation marks."""
    names = {text[f.start : f.end] for f in quoted if f.end - f.start >= 4 and f.confidence > 0.6}
    if not names:
        return
    spans = {f.start for f in quoted}
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for m in pattern.finditer(text):
        if m.start() not in spans:
            yield Found("Slogan", m.start(), m.end(), "repeat", 0.85)
