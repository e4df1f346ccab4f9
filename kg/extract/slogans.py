"""Slogans (提法): numeral sets, quoted units of policy, doctrines, labelled formulas, and their unquoted repeats."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.extract.counts import ANNOUNCED, ANNOUNCING, DEFINITE, unquoted_counts
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

# 某某总书记关于…的重要思想: read backwards from the head.
DOCTRINE = re.compile(r"重要(?:思想|论述|理论)")
DOCTRINE_OF = re.compile(r"[\u4e00-\u9fff]{2,3}(?:总书记|主席|同志|总理)?关于(?:(?!关于)[\u4e00-\u9fff、“”]){2,24}$")
BEFORE_NAME = re.compile(
    r"(?:深入|认真|系统|全面)?(?:学习贯彻|贯彻落实|学习|贯彻|落实|领会|践行|开展|坚持|把|将|以|用|对|按照|遵循|围绕|和|及|与|在)+"
)
# 按照政治合格、军事过硬…的总要求: parallel clauses that the text itself labels as a formula.
WORD = r"(?:(?!的)[\u4e00-\u9fff])"
LABEL = r"(?:[\u4e00-\u9fff]{0,4}(?:方针|总要求|总目标|总基调)|原则|目标要求|工作思路|总体思路|基本思路|主线|要求|理念|改革|工作目标|格局)"
FORMULA = re.compile(
    rf"(?:按照|坚持|贯彻|遵循|实行|秉持|本着|围绕|落实|深化|推进|执行|奉行|在|和)了?(?P<words>"
    rf"{WORD}{{2,9}}(?:[、，]{WORD}{{2,9}}){{0,5}}[、，]{WORD}{{2,9}}?)(?P<de>的?)(?P<label>{LABEL})"
)
# 正确政绩观, 全球发展倡议, 人类命运共同体: coined concepts by their head, read backwards.
CONCEPT = re.compile(r"观(?![念察点众测光望看摩感赏赛景瞻])|共同体(?:意识)?|倡议|总体方略")
CONCEPT_OF = re.compile(
    rf"(?:(?P<view>(?:正确的?|科学|新|总体国家){WORD}{{1,3}}(?<![客宏主微悲乐可直]))|构建(?P<community>{WORD}{{2,8}})"
    rf"|铸牢(?P<sense>{WORD}{{2,8}})|落实(?P<call>{WORD}{{2,6}})|贯彻(?P<strategy>(?:新时代)?{WORD}{{2,12}}))$"
)
CONCEPT_HEADS = {"view": "观", "community": "共同体", "sense": "共同体意识", "call": "倡议", "strategy": "总体方略"}


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
    for start, end in unquoted_counts(text):
        yield Found("Slogan", start, end, "count", 0.75)
    for m in DEFINITE.finditer(text):
        yield Found("Slogan", m.start(), m.end(), "definite-set", 0.72)
    yield from _formulas(text)
    yield from _called_for(text)
    yield from _doctrines(text)
    yield from _concepts(text)
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


CALLED_FOR = re.compile(
    r"(?:号召|要求|激励|教育)(?:全党同志|全党|全国人民|全军|大家|广大(?:党员干部|党员|干部))(?:要)?"
)
CLAUSE = re.compile(r"[\u4e00-\u9fff、]+")


def _doctrines(text: str) -> Iterator[Found]:
    for m in DOCTRINE.finditer(text):
        low = max(text.rfind(c, max(0, m.start() - 34), m.start()) for c in "。，；：\n") + 1
        name = DOCTRINE_OF.search(text, max(low, m.start() - 34), m.start())
        if name:
            lead = BEFORE_NAME.match(text, name.start(), m.start())
            yield Found("Slogan", lead.end() if lead else name.start(), m.end(), "doctrine", 0.85)


def _concepts(text: str) -> Iterator[Found]:
    for m in CONCEPT.finditer(text):
        of = CONCEPT_OF.search(text, max(0, m.start() - 16), m.start())
        if of and of.lastgroup and CONCEPT_HEADS[of.lastgroup] == m[0]:
            yield Found("Slogan", of.start(of.lastgroup), m.end(), "concept", 0.7)


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


def _formulas(text: str) -> Iterator[Found]:
    for m in FORMULA.finditer(text):
        words = m["words"]
        parts = re.split("[、，]", words)
        sizes = [len(p) for p in parts]
        if max(sizes) - min(sizes) > 1 or len(parts) < (2 if m["de"] and sizes[0] >= 4 else 3):
            continue
        if not m["de"] and not m["label"].endswith(("改革", "方针", "原则")):
            continue
        yield Found("Slogan", m.start("words"), m.end("words"), "formula", 0.65)
