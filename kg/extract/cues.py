"""Where texts give the members of a set: one function a cue. The promised number decides whether a reading holds.

Every cue takes a ``Site`` and yields readings; it proposes, ``expansions`` chooses.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from kg.extract.keyed import blockwise, coded, keyed
from kg.extract.lists import OPENER, VERBS, Fits, cut, members, strip, tidy
from kg.lexicon.arity import arity, check
from kg.outline import Enumeration, Outline, Span


@lru_cache(maxsize=4096)
def promised(name: str) -> tuple[str, int] | None:
    """``arity`` remembered: a report names the same slogan dozens of times."""
    return arity(name)


@lru_cache(maxsize=4096)
def accepted(name: str) -> frozenset[int]:
    """The numbers of members that keep what ``name`` promises."""
    promise = promised(name)
    total = promise[1] if promise else 0  # or pairs of two equal numbers: half or twice as many
    return frozenset(n for n in {total // 2, total, 2 * total} if n and check(name, n) == "complete")


class Site(NamedTuple):
    """A slogan at one place: ``text[start:end]`` with its quotation marks; ``plain`` for a mere count (四个方面)."""

    text: str
    shape: Outline
    name: str
    start: int
    end: int
    fits: Fits
    plain: bool

    @property
    def inner_end(self) -> int:
        """Behind the slogan, before a closing quotation mark."""
        return self.end - (self.text[self.end - 1] in "”’")


class Reading(NamedTuple):
    """Members as one cue reads them."""

    rule: str
    confidence: float
    members: list[Span]


SHORT_HEAD = r"[^，。；：:\n“”]{0,14}?"
MEANING = re.compile(
    rf"(?:{SHORT_HEAD})(?:[，：:]|——|—)?(?:即|也就是|也即|这就是|就是(?!要)|是指|指的是|分别是|分别为|具体是|具体为|一般指|简单说就是"
    r"|的?(?:主要)?内容(?:有|是|包括)|具体包括|主要包括|包括|主要有|主要是|落点在|要义是|内涵是|重点是|核心是)[：:，]?(?:要)?"
)
TELLING = re.compile("即|就是|分别|包括|是|有")
COLON = re.compile(rf"{SHORT_HEAD}(?:[：:]|——)")
ASKED = re.compile("”?[？?]")
WHAT_IS = re.compile("(?:什么叫|什么是|何谓|何为|所谓)“?$")
BRACKETED = re.compile(r"”?(?:[\u4e00-\u9fff]{0,6})[（(](?:指|即)?([^（）()]{4,200})[）)]")
ABBREVIATION = re.compile(r"(?:简称|概括为|归纳为|概括起来(?:就是|为)?|总结为|归结为|合称|统称|称为)(?:为)?[：:“，]*$")
STAGE_NOUN = re.compile(r"(?:阶段|环节|步骤|期)$")
WHEN = re.compile(r"(?:从|自)?[\d×X*〇年月日底初旬上中下至到—-]+[，：:]?")
TIME_PHRASE = re.compile(
    r"(?:到|用|从|在|至|经过|通过)[^，。；]{2,14}(?:年|末|期|时间|内|叶|底|之前|以前|月)(?:左右|的?努力)?"
)
OBSERVING = re.compile(
    r"考虑|原因|体现在|主要基于|可圈可点|成绩|不足|特点|有这么|层面|感受|体会|启示|表现为|表现在|面临"
)
QUESTION = re.compile(r"(?:(?<=[。；：？?，])|问一问|[一二三四五六七八九十]问|问问)(?P<words>[^？?。；：]{2,30})[？?]")
ASK_LEAD = re.compile(r"(?:问一问|问问|[一二三四五六七八九十]问|自己)+[，：]?")
SET_NOUN = re.compile(r"[一二两三四五六七八九十]{1,2}[个大项条种件类点](?!更|要|不)[\u4e00-\u9fff]{1,8}$")
TWOFOLD = re.compile(r"(?:[、，]?(?:双|两)(?:手|不)?[\u4e00-\u9fff]{1,3}){1,3}")
JOINED_PAIR = re.compile(r"([\u4e00-\u9fff、]{2,16})[同和与跟]([\u4e00-\u9fff、]{2,14})$")
ACT = re.compile(r"[一二两三四五六七八九十]{1,2}个(?P<act>[\u4e00-\u9fff]{2,6})")
SPREAD_END = re.compile(r"(?:等方面|方面|上)$")
TAKEN_AS = re.compile(r"(?:把|将)(?P<list>[^。；]{4,80}?)(?:作为|列为|确定为|定为|当作)[^，。；、]{0,10}$")
ORDINARY_SET = re.compile(r"(?:方面|领域|维度|指标|项目|环节|关系|目标|问题|计划)$")
CONTAINS = re.compile(r"(?:包含|包括|分为|分成|有|是|即|：)$")
TASK = re.compile("要|必须|着力|重点|围绕")
EFFORT = re.compile(r"[上来]?(?:来)?(?:下|发力|着力|入手|用力|实现|推进|抓|做|聚焦|开展|突破|取得|展开|落实|持续|齐)")
SHORT_TAIL = re.compile(r"”?[^，。；：\n“”]{0,6}[。，\n]\n?")
STOP = re.compile("[，。；：\n]")
ANNOUNCED_BETWEEN = re.compile(r"[一二三四五六七八九十两][件个项点大][^，。；]{1,6}：")
COMMA = re.compile("、")
ANY_MARK = re.compile("[，、；]")
DEMAND = re.compile(r"就是要|就要|要|就是|是")
REACH = 400
"""How far before a slogan a list is looked for, in characters: a text may have no full stop."""
GAP = 130
"""How far behind a slogan its marked members may begin, in characters."""


def bracketed(at: Site) -> Iterator[Reading]:
    """“四抓”（抓教育实践、抓综合素质、…）."""
    m = BRACKETED.match(at.text, at.inner_end)
    if m and (spans := members(at.text, *m.span(1), at.fits)):
        yield Reading("bracketed", 0.95, tidy(at.text, spans))


def told(at: Site) -> Iterator[Reading]:
    """“五个更”的明确要求，也就是…; “六个方面”：…; 什么叫“三管三必须”？…"""
    text = at.text
    openings = [("meaning", 0.92, MEANING.match(text, at.end)), ("colon", 0.85, COLON.match(text, at.end))]
    if WHAT_IS.search(text, max(0, at.start - 5), at.start):
        openings.append(("asked", 0.9, ASKED.match(text, at.inner_end)))
    noun = STAGE_NOUN.search(at.name)
    for rule, confidence, m in openings:
        if not m or (at.plain and rule == "meaning" and not TELLING.search(m[0])):
            continue
        low = m.end()
        line = _first(text, "\n", low, min(len(text), low + 600))
        limit = min(max(at.shape.sentence(at.start).end, line), low + 600)
        for edge in (_first(text, "。", low, limit), _first(text, "；", low, limit), limit):
            spans = members(text, low, edge, at.fits) or _headed(text, low, edge, noun and noun[0], at.fits)
            if spans:
                yield Reading(rule, confidence, _clauses(at, spans))
                break


def next_sentence(at: Site) -> Iterator[Reading]:
    """关于“五项管理”。作业、睡眠、手机、读物、体质，…; “五育”课程，德、智、体、美、劳一样都不能少."""
    text = at.text
    m = None if at.plain else SHORT_TAIL.match(text, at.inner_end)
    if not m:
        return
    limit = min(len(text), m.end() + REACH)
    stop = STOP.search(text, m.end(), limit)
    pieces = cut(text, m.end(), stop.start() if stop else limit, COMMA)
    sizes = {p.end - p.start for p in pieces[:-1]}
    if len(pieces) < 3 or not at.fits(len(pieces)) or max(sizes) > 6 or max(sizes) - min(sizes) > 1:
        return
    if len(sizes) == 1:
        pieces[-1] = Span(pieces[-1].start, min(pieces[-1].end, pieces[-1].start + sizes.pop()))
    yield Reading("next-sentence", 0.75, tidy(text, pieces))


def listed_before(at: Site) -> Iterator[Reading]:
    """A、B、C三大战略; A、B、C的“三违”行为; “酒、车、枪”三个要害; A和B“双目标”; 把A、B、C作为三项准则."""
    text, low = at.text, max(at.shape.sentence(at.start).start, at.start - REACH)
    end = at.start
    while end > low and text[end - 1] in " 　“这等":
        end -= 1
    taken = TAKEN_AS.search(text, max(low, at.start - 110), at.start)
    if taken and (spans := members(text, *taken.span("list"), at.fits)):
        yield Reading("taken-as", 0.88, tidy(text, spans))
        return
    if end <= low:
        return
    if text[end - 1] == "”" and (inner := _quotation(at.shape, end - 1)):
        spans = cut(text, *inner, COMMA)
        if len(spans) > 2 and at.fits(len(spans)):
            yield Reading("quoted-before", 0.88, spans)
        return
    quoted = text[at.start] in "“‘"
    if quoted and text[end - 1] == "的" and at.start - end <= 1:
        end -= 1
        if spans := _row(at, low, end):
            yield Reading("attribute", 0.8, spans)
        return
    if text[end - 1] in "、。；：，！？和与及同或":
        return
    counted = SET_NOUN.match(at.name)
    if quoted and not counted and (spans := _small_row(at, low, end)):
        yield Reading("row-before", 0.8, spans)
    if spans := _pair(at, low, end, counted is not None):
        yield Reading("pair-before", 0.82, spans)
    if counted and (spans := _row(at, low, end)) and (not at.plain or _in_task(at, low, spans[0].start)):
        yield Reading("listed-before", 0.88, spans)


def _quotation(shape: Outline, end: int) -> Span | None:
    at = bisect_left(shape.quotes, end, key=attrgetter("end"))
    return shape.quotes[at] if at < len(shape.quotes) and shape.quotes[at].end == end else None


def _small_row(at: Site, low: int, end: int) -> list[Span]:
    """文化、科技、卫生“三下乡”; 甲江、乙溪、丙河这“一江两河”: short members of one kind right before the quotation."""
    text = at.text
    end -= text[end - 1] == "这"
    if text[end : at.start].strip("这“ ") or text[end - 1] in "、。；：，！？和与及同或":
        return []
    spans = _row(at, low, end)
    sizes = [s.end - s.start for s in spans]
    return spans if spans and max(sizes) <= 6 and max(sizes) - min(sizes) <= 2 else []


def _row(at: Site, low: int, end: int) -> list[Span]:
    """Three and more members in the clause that ends at ``end``."""
    text = at.text
    left = max(max(text.rfind(c, low, end) for c in "。；：！？\n，") + 1, text.rfind("”是", low, end) + 2, low)
    if "、" not in text[left:end]:
        return []
    spans = members(text, left, end, at.fits)
    if len(spans) < 3 or VERBS.fullmatch(text, *spans[-1]) or "、" not in text[spans[0].end : spans[1].start]:
        return []
    return tidy(text, spans)


def _pair(at: Site, low: int, end: int, counted: bool) -> list[Span]:
    """Two members joined by 和 or 同: 社会主义同资本主义两条道路, A和B“双目标”."""
    text = at.text
    twofold = TWOFOLD.fullmatch(at.name) is not None
    m = JOINED_PAIR.search(text, max(low, end - 34), end) if at.fits(2) or twofold else None
    if not m or not (counted or twofold):
        return []
    left, right = Span(*m.span(1)), Span(*m.span(2))
    if right.end - right.start > 4 and text.count("、", *right) == 1 and "、" not in text[left.start : left.end]:
        return cut(text, *right, COMMA)  # 把A同|B、C|这两个基本点统一起来
    opener = OPENER.match(text, *left)
    left = Span(opener.end() if opener else left.start, left.end)
    size = right.end - right.start
    twin = text.rfind(text[right.start : right.start + 2], left.start, left.end - 2)
    if twin >= 0:  # 坚持四项基本原则和坚持改革开放这两个基本点
        return [Span(twin, left.end), right]
    verb = VERBS.search(text, *left)
    if counted and left.end - left.start > size and size <= 6 and "、" not in text[left.start : right.end]:
        left = Span(left.end - size, left.end)
    elif (verb and not VERBS.match(text, *right) and left.end - verb.end() >= 2) or (
        verb and verb.start() <= left.start + 3 and left.end - left.start >= size + 2
    ):
        left = Span(verb.end(), left.end)
    sizes = sorted((left.end - left.start, size))
    whole = any(VERBS.fullmatch(text, *p) for p in (left, right)) or text[left.start] in "同和与跟及、"
    return [] if whole or sizes[1] > 2 * sizes[0] + 2 or sizes[0] < 2 else [left, right]


def _in_task(at: Site, low: int, start: int) -> bool:
    """Whether a plain count stands in a task (要在A、B、C三个方面下功夫), not in an account (A、B两个方面都有发展)."""
    text = at.text
    if not ORDINARY_SET.search(at.name) or CONTAINS.search(text, max(low, start - 6), start):
        return True
    return bool(TASK.search(text, low, start) and EFFORT.match(text, at.end))


def abbreviated(at: Site) -> Iterator[Reading]:
    """“抓学习、抓作风、抓党建，促改革发展”活动（简称“三抓一促”活动）."""
    m = ABBREVIATION.search(at.text, max(0, at.start - 12), at.start)
    quote = m and next((q for q in reversed(at.shape.quotes) if q.end <= m.start()), None)
    if m and quote and m.start() - quote.end < 20 and (spans := members(at.text, *quote, at.fits)):
        yield Reading("abbreviation", 0.95, spans)


def distributive(at: Site) -> Iterator[Reading]:
    """在A、B、C、D上走在前 for 四个走在前; 在A上作表率，在B上作表率，在C上作表率 for 三个表率."""
    m = ACT.fullmatch(at.name)
    if not m or at.plain:
        return
    text, shape = at.text, at.shape
    if text.count(m["act"]) <= text.count(at.name):
        return
    act = re.escape(m["act"])
    clause = re.compile(rf"(?:^|(?<=[，。；：、即]))(在[^，。；、]{{2,40}}?{act})(?=[，。；、])")
    spread = re.compile(rf"(?:在|从|于)([^。；，“”]{{6,90}}?)(?:等方面|方面|上|中|之中)?{act}")
    seen: set[Span] = set()
    for place in itertools.islice(re.finditer(re.escape(at.name), text), 20):
        sentence = shape.sentence(place.start())
        before = shape.sentence(max(sentence.start - 1, 0))
        if before.end == sentence.start:  # 在A、B上走在前。“两个走在前”…
            sentence = Span(before.start, sentence.end)
        if sentence in seen:
            continue
        seen.add(sentence)
        clauses = [Span(*c.span(1)) for c in clause.finditer(text, *sentence)]
        if len(clauses) > 1 and at.fits(len(clauses)):
            yield Reading("distributive", 0.9, clauses)
            return
        for found in spread.finditer(text, *sentence):
            spans = members(text, *found.span(1), at.fits)
            if spans and "、" in text[spans[0].end : spans[1].start]:
                inner = text.rfind("在", spans[0].start, spans[0].end)
                if inner >= 0 and inner + 3 < spans[0].end:
                    spans[0] = Span(inner + 1, spans[0].end)
                tail = SPREAD_END.search(text, *spans[-1])
                last = Span(spans[-1].start, tail.start()) if tail else spans[-1]
                yield Reading("distributive", 0.9, [*spans[:-1], last])
                return


def enumerated(at: Site) -> Iterator[Reading]:
    """一是…二是… behind the slogan, and headed sections whose number is the promised one."""
    low, high = at.shape.sentence(at.start)
    if at.plain and OBSERVING.search(at.text, max(low, at.start - REACH), min(high, at.end + REACH)):
        return
    for e in following(at.shape, at.end, 40 if at.plain else GAP):
        if at.fits(len(e.items)) and _direct(at, e):
            yield Reading("items", 0.86, [label(at.text, i.label, i.clause, i.end) for i in e.items])
            return


def following(shape: Outline, end: int, gap: int) -> Iterator[Enumeration]:
    """Enumerations that begin within ``gap`` characters behind ``end``."""
    first = bisect_left(shape.enumerations, end, key=_start)
    return itertools.takewhile(lambda e: e.start <= end + gap, itertools.islice(shape.enumerations, first, None))


def _start(e: Enumeration) -> int:
    return e.start


def _direct(at: Site, e: Enumeration) -> bool:
    """Whether nothing but the slogan's own passage stands before its first marked member."""
    gap = at.text[at.end : e.start]
    if at.plain:
        return gap.count("。") <= 1 and (gap.rstrip(" 　\n").endswith(("：", ":", "。", "，")) or "\n" in gap)
    if ANNOUNCED_BETWEEN.search(gap):
        return False  # another set is announced in between
    return gap.count("\n") <= 2 and gap.count("。") <= 3


def questions(at: Site) -> Iterator[Reading]:
    """“实干四问”：自身定位准不准？履职方向对不对？…"""
    if "问" not in at.name[-2:]:
        return
    asked = [_asked(at.text, m) for m in QUESTION.finditer(at.text, at.end, min(len(at.text), at.end + 700))]
    count = next((n for n in range(len(asked), 1, -1) if at.fits(n)), 0)
    if count:
        yield Reading("questions", 0.9, asked[:count])


def _asked(text: str, m: re.Match[str]) -> Span:
    span = strip(text, *m.span("words"))
    lead = ASK_LEAD.match(text, *span)
    return Span(lead.end(), span.end) if lead else span


def by_own_words(at: Site) -> Iterator[Reading]:
    """Members that carry the slogan's own words, or its blocks or digits explained one by one."""
    for confidence, spans in keyed(at.text, at.name, at.start, at.end):
        yield Reading("keyed", confidence, spans)
    if spans := blockwise(at.text, at.name, at.end):
        yield Reading("blockwise", 0.85, spans)


CUES: tuple[Callable[[Site], Iterator[Reading]], ...] = (
    bracketed,
    told,
    next_sentence,
    listed_before,
    abbreviated,
    distributive,
    enumerated,
    questions,
    by_own_words,
)


def code(at: Site) -> Iterator[Reading]:
    """“1235”：“1”是A，“2”是B…; “5+2”模式，即A、B."""
    if spans := coded(at.text, at.name, at.end):
        yield Reading("coded", 0.85, spans)
    terms = at.name.count("+") + 1
    if terms > 1:
        yield from told(at._replace(fits=terms.__eq__))


def label(text: str, start: int, clause: int, end: int) -> Span:
    """What a marked member is called: its leading clause, without 要 and behind a phrase of time."""
    span = strip(text, start, clause)
    while TIME_PHRASE.fullmatch(text, *span) and clause + 1 < end:
        stop = ANY_CLAUSE.search(text, clause + 1, end)
        start, clause = clause + 1, stop.start() if stop else end
        span = strip(text, start, clause)
    m = DEMAND.match(text, *span)
    return Span(m.end(), span.end) if m and span.end - m.end() >= 2 else span


ANY_CLAUSE = re.compile("[，。；：]")


def _headed(text: str, start: int, end: int, noun: str | None, fits: Fits) -> list[Span]:
    """The first pieces of a run-on list as long as they end in the slogan's noun: …阶段，…阶段，…阶段，年底收官."""
    pieces = cut(text, start, end, ANY_MARK)
    run = list(itertools.takewhile(lambda p: noun is not None and text[p.start : p.end].endswith(noun), pieces))
    return run if fits(len(run)) else []


def _clauses(at: Site, spans: list[Span]) -> list[Span]:
    """The leading clause of each member, unless the slogan counts pairs; stages by their noun."""
    text = at.text
    spans = tidy(text, spans)
    promise = promised(at.name)
    paired = promise is not None and promise[1] == 2 * len(spans)
    pairs = paired or (promise is not None and (promise[0].endswith("p") or "、" in at.name or "，" in at.name))
    noun = STAGE_NOUN.search(at.name)
    found = []
    for span in spans:
        if noun:
            stage = re.compile(rf"(?:为|是|：)?([^\d×X*〇年月日底旬至到，、。；：（）为是]{{2,8}}{noun[0]})")
            m, when = stage.search(text, *span), WHEN.match(text, *span)
            found.append(Span(*m.span(1)) if m else Span(when.end(), span.end) if when else span)
            continue
        comma = text.find("，", span.start, span.end)
        lone = span is spans[-1] and not any("，" in text[a:b] for a, b in spans[:-1])
        found.append(span if comma < 0 or len(spans) < 2 or (pairs and not lone) else Span(span.start, comma))
    return found


def _first(text: str, mark: str, start: int, limit: int) -> int:
    at = text.find(mark, start, limit)
    return limit if at < 0 else at
