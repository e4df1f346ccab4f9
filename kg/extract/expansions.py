"""Expansions: what a speech itself says a slogan consists of, with the count check.

Each cue below is one way in which texts give members. A cue proposes spans; the number that the slogan promises decides
between readings, and where none fits the program abstains.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from kg.extract.counts import ANNOUNCED, PARTS
from kg.extract.found import Found
from kg.extract.lists import VERBS, Fits, cut, members, strip, tidy
from kg.lexicon import Lexicon
from kg.lexicon.arity import arity, check, number
from kg.model import Status
from kg.outline import Enumeration, Outline, Span

CLOSE = "”’）) 　"
SHORT_HEAD = r"[^，。；：:\n“”]{0,14}?"
MEANING = re.compile(
    rf"(?:{SHORT_HEAD})(?:[，：:]|——|—)?(?:即|也就是|也即|这就是|就是(?!要)|是指|指的是|分别是|分别为|具体是|具体为|一般指|简单说就是"
    r"|的?(?:主要)?内容(?:有|是|包括)|具体包括|主要包括|包括|主要有|主要是|落点在|要义是|内涵是|重点是|核心是)[：:，]?(?:要)?"
)
BRACKETED = re.compile(r"”?(?:[\u4e00-\u9fff]{0,6})[（(]([^（）()]{4,200})[）)]")
COLON = re.compile(rf"{SHORT_HEAD}(?:[：:]|——)")
ABBREVIATION = re.compile(r"(?:简称|概括为|归纳为|概括起来(?:就是|为)?|总结为|合称|统称|称为)(?:为)?[：:“，]*$")
WHEN = re.compile(r"(?:从|自)?[\d×X*〇年月日底初旬上中下至到—-]+[，：:]?")
STAGE_NOUN = re.compile(r"(?:阶段|环节|步骤|期)$")
OBSERVING = re.compile(
    r"考虑|原因|体现在|主要基于|可圈可点|成绩|不足|特点|有这么|层面|感受|体会|启示|表现为|表现在|面临"
)
QUESTION = re.compile(r"(?:(?<=[。；：？?，])|问一问|[一二三四五六七八九十]问|问问)(?P<words>[^？?。；：]{2,30})[？?]")
ASK_LEAD = re.compile(r"(?:问一问|问问|[一二三四五六七八九十]问|自己)+[，：]?")
KEYED = re.compile(r"([一二两三四五六七八九十])[个大]?([^一二两三四五六七八九十、，个大]{1,4})")
KEYED_WHOLE = re.compile(r"([一二两三四五六七八九十])[个大]?[^一二两三四五六七八九十、，个大]{1,4}")
RUN_ON = re.compile(r"(?:上|方面)(?:想|下|做|用|作|见|走|出|求|取)[\u4e00-\u9fff]+$")
PREFIX = r"(?:(?:做到|真正|坚决|切实|带头))?"
EMPHASIS = re.compile(r"”?[^，。；“”]{0,6}?[，、]?(?:特别是|尤其是|重点是|其中包括|其中有)(?P<list>[^，。；]{2,30})")
AND_OTHERS = re.compile(r"(?:包括|推进|推动|实施|抓好|开展|做好|落实|以)(?P<list>[^，。；：“”]{2,50})等“?$")
COUNTED_OFF = re.compile(r"等?[一二两三四五六七八九十]项$")
FAULT_VERB = re.compile(r"(?:坚决|重点|着力)*(?:纠治|整治|反对|防止|克服|解决|力戒)(?=[\u4e00-\u9fff]{2})")
FRONT = re.compile(r"(?P<word>[^，。；“”、]{2,14})[^，。；“”]{0,8}(?:摆在|列为|放在|位居|居|纳入)“?$")
SET_NOUN = re.compile(r"[一二两三四五六七八九十\d]{1,2}[个大项条种件类](?!更|要|不)[\u4e00-\u9fff]{1,8}$")
TWOFOLD = re.compile(
    r"(?:[、，]?(?:双|两)(?:胜利|赢|促进|不误|手抓|手硬|提升|丰收|达标|领先|过硬|融合|推进|同步|提高|加强)){1,3}"
)
JOINED_PAIR = re.compile(r"([\u4e00-\u9fff]{2,10})[同和与跟]([\u4e00-\u9fff]{2,8})$")
ACT = re.compile(r"[一二两三四五六七八九十]{1,2}个(?P<act>[\u4e00-\u9fff]{2,6})")
SPREAD_END = re.compile(r"(?:等方面|方面|上)$")
ATTRIBUTE = re.compile(r"((?:[\u4e00-\u9fff]{2,5}、){2,}[\u4e00-\u9fff]{2,5})的“?$")
ORDINARY_SET = re.compile(r"(?:方面|领域|维度|指标|项目|环节|关系|目标|问题|计划)$")
CONTAINS = re.compile(r"(?:包含|包括|分为|分成|有|是|即|：)$")
TASK = re.compile("要|必须|着力|重点|围绕")
EFFORT = re.compile(r"[上来]?(?:来)?(?:下|发力|着力|入手|用力|实现|推进|抓|做|聚焦|开展|突破|取得|展开|落实|持续|齐)")
GAP = 130  # how far behind a slogan its marked members may begin


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
        claims = [c for place in places for c in _readings(text, shape, name, place, lexicon)]
        if claims:
            yield max(claims, key=lambda c: (c.status == "complete", c.confidence, -c.start))


def _name(text: str, found: Found) -> str:
    return found.name or re.sub(r"[“”‘’\s]", "", text[found.start : found.end])


def _readings(text: str, shape: Outline, name: str, at: Found, lexicon: Lexicon) -> Iterator[Claim]:
    promise = arity(name)
    expected = promise[0] if promise else None
    end = at.end
    while end < len(text) and text[end] in "”’":
        end += 1
    start = at.start
    while start and text[start - 1] in "“‘":
        start -= 1

    def claim(spans: Sequence[Span], rule: str, confidence: float, partial: bool = False) -> Claim:
        status = check(name, len(spans), open_ended=True) if promise else "uncheckable"
        if partial and status != "complete":
            status = "partial"
        left = min(start, spans[0].start)
        return Claim(at, tuple(spans), expected, status, left, max(end, spans[-1].end), rule, confidence)

    def fits(n: int) -> bool:
        return check(name, n) == "complete"

    plain = at.rule == "announced-set"
    entry = None if plain else lexicon.get("Slogan", name)
    if promise:
        for rule, confidence, spans in _promised(text, shape, name, start, end, fits, plain):
            if rule == "keyed" and entry and not _agree(text, spans, entry.members):
                continue  # 两个中国 … 一个中国, 发展中国家: words of the name, not its members
            yield claim(spans, rule, confidence)
    else:
        parts = [p for p in PARTS.split(name) if p]
        if 3 <= len(parts) <= 8:
            for e in _following(shape, end, len(parts), GAP):
                if all(_echo(part, text[i.label : i.clause]) for part, i in zip(parts, e.items, strict=True)):
                    yield claim([_label(text, i.label, i.clause) for i in e.items], "echoed-items", 0.85)
        yield from (claim(s, "acrostic", 0.8) for s in _acrostic(text, name, end))
        yield from (claim(s, "attribute", 0.8) for s in _attributed(text, start, shape.sentence(start).start))
    for spans in _partial(text, shape, name, start, end, entry.members if entry else ()):
        yield claim(spans, "partial-list", 0.6, partial=True)


def _agree(text: str, spans: Sequence[Span], known: Sequence[str]) -> bool:
    """Whether most members are among those that the lexicon gives (as wholes or in longer wording)."""
    words = [text[a:b] for a, b in spans]
    return 2 * sum(any(k in w or w in k for k in known) for w in words) >= len(words) and bool(known)


def _promised(
    text: str, shape: Outline, name: str, start: int, end: int, fits: Fits, plain: bool
) -> Iterator[tuple[str, float, list[Span]]]:
    sentence = shape.sentence(start)
    stop = sentence.end
    # “四抓”（抓教育实践、抓综合素质、…）
    bracket = BRACKETED.match(text, end if text[end - 1] != "”" else end - 1)
    if bracket and (spans := members(text, bracket.start(1), bracket.end(1), fits)):
        yield "bracketed", 0.95, tidy(text, spans)
    # “五个更”的明确要求，也就是…
    for pattern, rule, confidence in ((MEANING, "meaning", 0.92), (COLON, "colon", 0.85)):
        m = pattern.match(text, end)
        if not m or (plain and rule == "meaning" and not re.search("即|就是|分别|包括|是|有", m[0])):
            continue
        limit = _list_end(text, m.end(), max(stop, _line_end(text, m.end())))
        noun = STAGE_NOUN.search(name)
        for edge in (_first(text, "。", m.end(), limit), _first(text, "；", m.end(), limit), limit):
            spans = members(text, m.end(), edge, fits) or _headed(text, m.end(), edge, noun and noun[0], fits)
            if spans:
                yield rule, confidence, _clauses(text, name, spans)
                break
    # A、B、C三大战略
    if (spans := _before(text, name, start, sentence.start, fits)) and not (
        plain and ORDINARY_SET.search(name) and not _in_task(text, sentence.start, spans[0].start, end)
    ):
        yield "listed-before", 0.88, spans
    # 抓学习、抓作风、抓党建，促改革发展（简称“三抓一促”）
    abbreviated = ABBREVIATION.search(text, max(0, start - 12), start)
    if abbreviated:
        quote = next((q for q in reversed(shape.quotes) if q.end <= abbreviated.start()), None)
        if quote and abbreviated.start() - quote.end < 20 and (spans := members(text, *quote, fits)):
            yield "abbreviation", 0.95, spans
    # 在A、B、C、D上走在前 … “四个走在前”
    if not plain and (spans := _distributed(text, shape, name, fits)):
        yield "distributive", 0.9, spans
    # 一是…二是… and headed sections
    if not (plain and OBSERVING.search(text, sentence.start, sentence.end)):
        for e in _following(shape, end, 0, 40 if plain else GAP):
            if fits(len(e.items)) and _direct(text, end, e, plain):
                yield "items", 0.86, [_label(text, i.label, i.clause) for i in e.items]
                break
    if name[-1] == "问" or "问" in name[-2:]:
        asked = [_asked(text, m) for m in QUESTION.finditer(text, end, min(len(text), end + 700))]
        count = next((n for n in range(len(asked), 1, -1) if fits(n)), 0)
        if count:
            yield "questions", 0.9, asked[:count]
    yield from _keyed(text, shape, name, start, end)
    yield from _blockwise(text, name, end)


def _asked(text: str, m: re.Match[str]) -> Span:
    span = strip(text, *m.span("words"))
    lead = ASK_LEAD.match(text, *span)
    return Span(lead.end(), span.end) if lead else span


def _keyed(text: str, shape: Outline, name: str, start: int, end: int) -> Iterator[tuple[str, float, list[Span]]]:
    """Members that carry the slogan's own words: 六保 … 保居民就业、保基本民生 …; 三清两改一提升 … 清垃圾、…、改厕所、…

    The keys must come as often and in the order that the name counts them.
    """
    blocks = [(number(n), key) for n, key in KEYED.findall(name)]
    if not blocks or sum(n for n, _ in blocks) > 12:
        return
    if not re.sub(r"[、，]", "", name).endswith("".join(m[0] for m in KEYED_WHOLE.finditer(name))):
        return
    wanted = [key for n, key in blocks for _ in range(n)]
    if len(wanted) < 2:
        return
    keys = sorted({re.escape(k) for _, k in blocks}, key=len, reverse=True)
    low, high = max(0, start - 160), min(len(text), end + 640)
    either = "|".join(keys)
    leading = re.compile(rf"(?<=[、，；。：:\n即是和“在让了（做]){PREFIX}(?:{either})[^、，；。：:？！\n”）]{{1,12}}")
    inside = re.compile(
        rf"(?<=[、，；。：:\n即是在“（])[^、，；。：:？！\n“”（）]{{1,6}}(?:{either})[^、，；。：:？！\n“”]{{0,4}}(?=[、，；。的”）])"
    )
    for pattern in (leading, re.compile(f"{leading.pattern}|{inside.pattern}")):
        found = [Span(*m.span()) for m in pattern.finditer(text, low, high) if not start <= m.start() < end]
        for rule, confidence, run in _runs(text, found, wanted, start, end):
            yield rule, confidence, run
            return


def _runs(
    text: str, found: list[Span], wanted: list[str], start: int, end: int
) -> Iterator[tuple[str, float, list[Span]]]:
    for i in range(len(found) - len(wanted) + 1):
        run = found[i : i + len(wanted)]
        words = [text[a:b] for a, b in run]
        if not all(k in w for k, w in zip(wanted, words, strict=True)) or len(set(words)) < len(words):
            continue
        gaps = [b.start - a.end for a, b in itertools.pairwise(run)]
        tight = max(gaps) <= 2
        lines = all("\n" in text[a.end : b.start] for a, b in itertools.pairwise(run)) and max(gaps) < 160
        close = 0 <= run[0].start - end <= 90 or 0 <= start - run[-1].end <= 40
        pairs = list(zip(wanted, words, strict=True))[1:]
        whole = all(w.startswith(k) or w.endswith(k) or len(k) == 1 for k, w in pairs)
        if ((tight and close and whole) or lines) and not (run[0].start < start < run[-1].end):
            yield "keyed", 0.9 if tight else 0.84, _from_key(text, run, wanted)


def _from_key(text: str, run: list[Span], wanted: list[str]) -> list[Span]:
    """Begin every member at its key where most of them do, and end the last one where the list ends."""
    for key in set(wanted):
        group = [i for i, k in enumerate(wanted) if k == key]
        if 2 * sum(text.startswith(key, run[i].start) for i in group) >= len(group):
            run = [Span(text.find(key, *r), r.end) if i in group else r for i, r in enumerate(run)]
    lead = VERBS.match(text, *run[0])
    if (
        lead
        and run[0].end - run[0].start >= max(r.end - r.start for r in run[1:]) + 2
        and wanted[0] in text[lead.end() : run[0].end]
    ):
        run = [Span(lead.end(), run[0].end), *run[1:]]
    tail = RUN_ON.search(text, *run[-1])
    return [*run[:-1], Span(run[-1].start, tail.start())] if tail else run


def _blockwise(text: str, name: str, end: int) -> Iterator[tuple[str, float, list[Span]]]:
    """一城就是A，两带就是B和C: each block of the name defined on its own."""
    blocks = [(m[0], number(m[1])) for m in KEYED_WHOLE.finditer(name)]
    if len(blocks) < 2:
        return
    spans: list[Span] = []
    at = end
    for words, n in blocks:
        m = re.compile(rf"“?{re.escape(words)}”?，?(?:就是|即|是指|指的是|是|：)(?P<list>[^，。；]{{2,120}})").search(
            text, at, min(len(text), at + 300)
        )
        if not m:
            break
        inner = [strip(text, *m.span("list"))] if n == 1 else members(text, *m.span("list"), n.__eq__)
        if not inner:
            break
        spans += inner
        at = m.end()
    if len(spans) > 1:
        yield "blockwise", 0.85, spans


def _in_task(text: str, low: int, start: int, end: int) -> bool:
    """Whether a plain count stands in a task (要在A、B、C三个方面下功夫), not in an account (A、B两个方面都有发展)."""
    return bool(
        CONTAINS.search(text, max(low, start - 6), start) or (TASK.search(text, low, start) and EFFORT.match(text, end))
    )


def _headed(text: str, start: int, end: int, noun: str | None, fits: Fits) -> list[Span]:
    """The first pieces of a run-on list as long as they end in the slogan's noun: …阶段，…阶段，…阶段，年底收官."""
    pieces = cut(text, start, end, re.compile("[，、；]"))
    run = list(itertools.takewhile(lambda p: noun is not None and text[p.start : p.end].endswith(noun), pieces))
    return run if fits(len(run)) else []


def _direct(text: str, end: int, e: Enumeration, plain: bool) -> bool:
    """Whether nothing but the slogan's own sentence stands before its first marked member."""
    gap = text[end : e.start]
    if plain:
        return gap.count("。") <= 1 and (gap.rstrip(" 　\n").endswith(("：", ":", "。", "，")) or "\n" in gap)
    return gap.count("\n") <= 2 and gap.count("。") <= 3


def _following(shape: Outline, end: int, count: int, gap: int) -> Iterator[Enumeration]:
    for e in shape.enumerations:
        if end <= e.start <= end + gap and (not count or len(e.items) == count):
            yield e


def _echo(part: str, words: str) -> bool:
    return any(c in words for c in part)


def _label(text: str, start: int, end: int) -> Span:
    """The leading clause of a marked member without a leading 要."""
    span = strip(text, start, end)
    m = re.compile(r"(?:就是要|就要|要|就是|是)").match(text, span.start, span.end)
    return Span(m.end(), span.end) if m and span.end - m.end() >= 2 else span


def _clauses(text: str, name: str, spans: list[Span]) -> list[Span]:
    """Members cut at ；: the leading clause of each, unless the slogan counts pairs; then stages by their noun."""
    spans = tidy(text, spans)
    promise = arity(name)
    paired = promise is not None and promise[1] == 2 * len(spans)
    pairs = paired or (promise is not None and (promise[0].endswith("p") or "、" in name or "，" in name))
    noun = STAGE_NOUN.search(name)
    found = []
    for span in spans:
        if noun:
            m = re.compile(rf"(?:为|是|：)?([^\d×X*〇年月日底旬至到，、。；：（）为是]{{2,8}}{noun[0]})").search(
                text, *span
            )
            when = WHEN.match(text, *span)
            found.append(Span(*m.span(1)) if m else Span(when.end(), span.end) if when else span)
            continue
        comma = text.find("，", span.start, span.end)
        found.append(span if pairs or comma < 0 or len(spans) < 2 else Span(span.start, comma))
    return found


def _first(text: str, mark: str, start: int, limit: int) -> int:
    at = text.find(mark, start, limit)
    return limit if at < 0 else at


def _line_end(text: str, start: int) -> int:
    return _first(text, "\n", start, len(text))


def _list_end(text: str, start: int, limit: int) -> int:
    return min(limit, start + 600)


def _before(text: str, name: str, start: int, low: int, fits: Fits) -> list[Span]:
    """Members that stand right before the slogan: A、B、C(这)三大战略, 社会主义同资本主义两条道路, A和B“双胜利”."""
    end = start
    while end > low and (text[end - 1] in " 　“" or text[end - 1] in "这等"):
        end -= 1
    if end <= low or text[end - 1] in "、。；：，！？和与及同或":
        return []
    counted = SET_NOUN.match(name)
    if fits(2) or TWOFOLD.fullmatch(name):
        m = JOINED_PAIR.search(text, max(low, end - 24), end)
        if m and counted:
            size = m.end(2) - m.start(2)
            if m.end(1) - size >= m.start(1) and text[m.end(1) - size] not in "同和与跟及":
                return [Span(m.end(1) - size, m.end(1)), Span(*m.span(2))]
        if m and TWOFOLD.fullmatch(name):
            pair = tidy(text, [Span(*m.span(1)), Span(*m.span(2))])
            lead = VERBS.match(text, *pair[0])
            if lead and pair[0].end - lead.end() >= 2 and not VERBS.match(text, *pair[1]):
                pair[0] = Span(lead.end(), pair[0].end)
            if not any(VERBS.fullmatch(text, *p) for p in pair):
                return pair
    if not counted:
        return []
    left = max(max(text.rfind(c, low, end) for c in "。；：！？\n，") + 1, low)
    if "、" not in text[left:end]:
        return []
    spans = members(text, left, end, fits)
    if len(spans) < 3 or VERBS.fullmatch(text, *spans[-1]) or "、" not in text[spans[0].end : spans[1].start]:
        return []
    return tidy(text, spans)


def _distributed(text: str, shape: Outline, name: str, fits: Fits) -> list[Span]:
    """在A、B、C、D上走在前 for 四个走在前; 在A上作表率，在B上作表率，在C上作表率 for 三个表率."""
    m = ACT.fullmatch(name)
    if not m:
        return []
    act = re.escape(m["act"])
    clause = re.compile(rf"(?:^|(?<=[，。；：、即]))(在[^，。；、]{{2,40}}?{act})(?=[，。；、])")
    spread = re.compile(rf"(?:在|从|于)([^。；，“”]{{6,90}}?)(?:等方面|方面|上|中|之中)?{act}")
    seen: set[Span] = set()
    for place in islice(re.finditer(re.escape(name), text), 20):
        at = shape.sentence_at(place.start())
        sentence = shape.sentences[at]
        before = shape.sentences[max(at - 1, 0)]
        if before.end == sentence.start:  # 在A、B上走在前。“两个走在前”…
            sentence = Span(before.start, sentence.end)
        if sentence in seen:
            continue
        seen.add(sentence)
        clauses = [Span(*c.span(1)) for c in clause.finditer(text, *sentence)]
        if len(clauses) > 1 and fits(len(clauses)):
            return clauses
        for found in spread.finditer(text, *sentence):
            spans = members(text, *found.span(1), fits)
            if spans and "、" in text[spans[0].end : spans[1].start]:
                inner = text.rfind("在", spans[0].start, spans[0].end)
                if inner >= 0 and inner + 3 < spans[0].end:
                    spans[0] = Span(inner + 1, spans[0].end)
                tail = SPREAD_END.search(text, *spans[-1])
                return [*spans[:-1], Span(spans[-1].start, tail.start())] if tail else spans
    return []


def _attributed(text: str, start: int, low: int) -> Iterator[list[Span]]:
    """互信、互利、平等、协作的新安全观: four or more even words that the text gives as the slogan's attribute."""
    m = ATTRIBUTE.search(text, max(low, start - 60), start)
    if m:
        pieces = tidy(text, cut(text, *m.span(1), re.compile("、")))
        sizes = [p.end - p.start for p in pieces]
        if max(sizes) - min(sizes) <= 1:
            yield pieces


def _unverbed(text: str, span: Span) -> Span:
    m = FAULT_VERB.match(text, *span)
    return Span(m.end(), span.end) if m else span


def _acrostic(text: str, name: str, end: int) -> Iterator[list[Span]]:
    """比学赶超 … 比出干劲、学出本领、赶出实效、超出预期: each member opens with its character."""
    if not 3 <= len(name) <= 6 or not re.fullmatch(r"[\u4e00-\u9fff]+", name) or len(set(name)) < len(name):
        return
    body = "[、，]".join(rf"({c}[^、，。；：？！“”]{{1,10}})" for c in name)
    m = re.compile(body).search(text, end, min(len(text), end + 160))
    if m:
        yield [Span(*m.span(i)) for i in range(1, len(name) + 1)]


def _partial(text: str, shape: Outline, name: str, start: int, end: int, known: Sequence[str]) -> Iterator[list[Span]]:
    """Some of the members: “四风”特别是形式主义、官僚主义; or known members in the slogan's own sentence."""
    emphasis = EMPHASIS.match(text, end - 1 if text[end - 1] == "”" else end)
    if emphasis and arity(name):
        counted = COUNTED_OFF.search(text, *emphasis.span("list"))
        stop = counted.start() if counted else emphasis.end("list")
        spans = [_unverbed(text, s) for s in cut(text, emphasis.start("list"), stop, re.compile("、|和"))]
        if len(spans) >= 1 and all(s.end - s.start <= 10 for s in spans):
            yield spans
    row = AND_OTHERS.search(text, max(0, start - 60), start)
    if row and (promise := arity(name)) and SET_NOUN.match(name):
        pieces = tidy(text, cut(text, *row.span("list"), re.compile("、|和")))
        if len(pieces) < promise[1]:
            yield pieces
    if not known:
        return
    low, high = shape.sentence(start)
    if high - low < 40 and text[high : high + 1] == "\n":
        high = _line_end(text, high + 1)
    spans = []
    for member in known:
        if len(member) < 3:
            return
        at = text.find(member, low, high)
        if at >= 0 and not start <= at < end:
            spans.append(Span(at, at + len(member)))
    if spans:
        yield sorted(spans)


def is_announcement(text: str, found: Found) -> bool:
    """Whether a found set is a plain count that only its members make a slogan."""
    return found.rule == "announced-set" and ANNOUNCED.fullmatch(text, found.start, found.end) is not None


__all__ = ["Claim", "find_expansions", "is_announcement"]
