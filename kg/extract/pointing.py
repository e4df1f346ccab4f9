"""Directives whose content stands before the frame or in another sentence.

“S”，是X提出的总要求; 这是X的决定; X提出这个要求; X召开M，提出了具体要求; 《D》 … X的批示.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.anchors import Anchored
from kg.extract.frames import ISSUERS, SUBJECT_MIDDLE, Content, Frame, issuers_of, joined, sentence_of
from kg.extract.names import Named, Names
from kg.extract.theme import main_campaign
from kg.model import EntityType
from kg.outline import Outline, Span

DEMAND = r"总要求|要求|决策部署|决策|决定|部署|任务|方针|原则|号召|指示|目标|期望|嘱托|思路|战略|规矩|工作法|动员令"
COPULA = re.compile(r"”?[，]?(?:这)?(?:就|正|都|也)?是(?:由|在)?$")
OWNED = re.compile(
    rf"”?(?:同志)?(?:(?:给|对|为|向|在)[^，。；]{{1,14}})?(?P<how>(?:亲自|明确|统一|首次|共同|研究|联合)?"
    rf"(?:提出|确定|确立|定下|作出|做出|下达|部署|交给|赋予|发出|制定|要求)[^，。；]{{0,12}}?)?的?[^，。；的]{{0,6}}?(?P<act>{DEMAND})(?=[，。；]|$)"
)
THIS_IS = re.compile(r"(?:这|那)(?:就|正|也)?是$")
THIS_DEMAND = Anchored(
    rf"(?:提出|作出|发出|下达|明确)了?(?:这[个一项些条]+|上述|以上)(?:重要|明确|总|工作|战略|重大)*(?P<act>{DEMAND})",
    [
        verb + done + this
        for verb in ("提出", "作出", "发出", "下达", "明确")
        for done in ("", "了")
        for this in ("这", "上述", "以上")
    ],
)
BARE_DEMAND = Anchored(
    r"(?:提出|作出|做出|作|进行)了?(?:具体|明确|全面|专门|新的|系统|重要|进一步|统一){0,4}的?(?P<act>动员讲话|工作要求|要求|动员部署|安排部署|部署安排|部署|安排|动员)(?=[，。；])",
    [act + mark for act in ("讲话", "要求", "部署", "安排", "动员") for mark in "，。；"],
    back=19,
    ahead=3,
)
REMARK = re.compile(r"(?:同志)?的(?:重要|专门)*(?P<act>批示|指示|批语|重要论述)")


def pointing(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """Frames whose content is named before them; ``text`` is ``Speech.folded``."""
    yield from _copular(text, shape, names)
    yield from _this_demand(text, shape, names)
    yield from _bare(text, shape, names)
    yield from _remarks(text, shape, names)


def _chain(text: str, names: Names, first: Named, high: int) -> list[Named]:
    """``first`` and the issuers that are coordinated with it: 省委、省政府."""
    chain = [first]
    for n in names.outer(first.end, high, *ISSUERS):
        if joined(text, chain[-1], n):
            chain.append(n)
    return chain


def _copular(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """“S”，是X提出的总要求; 这是X的决定, of the campaign that the sentence before names."""
    done = -1
    for n in names.within(0, len(text), *ISSUERS):
        if n.start < done or not COPULA.search(text, max(0, n.start - 6), n.start):
            continue
        sentence = sentence_of(shape, n.start)
        chain = _chain(text, names, n, min(sentence.end, n.end + 40))
        done = chain[-1].end
        owned = OWNED.match(text, done, sentence.end)
        if owned is None:
            continue
        copula = text.rfind("是", sentence.start, n.start)
        if this := THIS_IS.search(text, sentence.start, copula + 1):
            content = _campaign_before(shape, names, this.start())
            rule = "this-is"
        else:
            content = _slogan_at(text, names, sentence.start, copula)
            rule = "copular"
        if content and (content.entity.id.type == "Campaign" or owned["how"] or rule == "copular"):
            named: list[Content] = [(content.entity.name, content)]
            yield Frame(chain, owned["act"], named, Span(copula, owned.end()), rule, 0.7)


def _slogan_at(text: str, names: Names, low: int, high: int) -> Named | None:
    """The slogan or campaign that ends right before a copula: “S”，|是; 这“S”，|就是."""
    n = names.last(low, high, "Slogan", "Campaign")
    return n if n and UP_TO_COPULA.fullmatch(text, n.end, high) else None


UP_TO_COPULA = re.compile(r"”?[\u4e00-\u9fff]{0,6}[，]?(?:这[\u4e00-\u9fff]{0,4}，?)?(?:就|正|都|也|既|还)?")


def _campaign_before(shape: Outline, names: Names, at: int) -> Named | None:
    """The campaign of the sentence before, in the same paragraph."""
    start = max(shape.paragraph(at).start, at - 120)
    return names.last(start, at, "Campaign")


def _this_demand(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """“S”就是…。X提出这个要求: the slogan that the sentences before are about."""
    for m in THIS_DEMAND.finditer(text):
        sentence = sentence_of(shape, m.start())
        issuers = issuers_of(text, names, max(sentence.start, m.start() - 60), m.start(), SUBJECT_MIDDLE)
        start = max(shape.paragraph(m.start()).start, sentence.start - 100)
        before = names.outer(start, sentence.start, "Slogan", "Campaign")
        if issuers and before:
            content = next((n for n in reversed(before) if n.entity is before[0].entity), before[-1])
            yield Frame(issuers, m["act"], [(content.entity.name, content)], Span(*m.span()), "this-demand", 0.65)


def _bare(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """X召开M，提出了具体要求; X在M上作了动员讲话: about the campaign that the meeting is named after."""
    theme = main_campaign(shape, names)
    for m in BARE_DEMAND.finditer(text):
        sentence = sentence_of(shape, m.start())
        meeting = names.last(max(sentence.start, m.start() - 60), m.start(), "Meeting")
        if meeting is None or "；" in text[meeting.end : m.start()]:
            continue
        low = max(sentence.start, m.start() - 80)
        issuers = issuers_of(text, names, low, m.start(), SUBJECT_MIDDLE)
        if not issuers:
            body = names.last(low, meeting.start, "Body")
            issuers = [body] if body and HOLDS.fullmatch(text, body.end, meeting.start) else []
        inner = names.first(meeting.start, meeting.end, "Campaign")
        own = next((n for n in names.all if theme and n.entity.id == theme), None)
        content = own if own and inner and own.entity.name.endswith(inner.entity.name[-4:]) else inner
        if issuers and content and not GOES_ON.match(text, m.end(), sentence.end):
            yield Frame(issuers, m["act"], [(content.entity.name, content)], Span(*m.span()), "bare-demand", 0.6)


GOES_ON = re.compile(r"[，：][^。；，]{0,20}(?:要|必须|应当|做到|坚持)")
HOLDS = re.compile(r"(?:\d{1,2}月(?:\d{1,2}日)?)?(?:专门|又|也|及时|随即)?(?:召开|举行|开)了?(?:的)?")


def _remarks(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """《D》，还登了X的批示; 《D》和X的批示: remarks on what is named right before."""
    for n in names.within(0, len(text), "Person"):
        m = REMARK.match(text, n.end)
        if m is None:
            continue
        sentence = sentence_of(shape, n.start)
        content = names.last(max(sentence.start, n.start - 40), n.start, *REMARKED)
        if content and REMARK_ON.fullmatch(text, content.end, n.start):
            yield Frame([n], m["act"], [(content.entity.name, content)], Span(n.end, m.end()), "remark", 0.65)


REMARKED: tuple[EntityType, ...] = ("Document",)
REMARK_ON = re.compile(r"》?(?:[，、和及]|[^，。；]{0,4}，)(?:还|同时|一并|并)?(?:登|刊|印|附|转)?[\u4e00-\u9fff]{0,3}")
