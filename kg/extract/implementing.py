"""``implements``: what is carried out to follow, answer or realise something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.names import Names
from kg.extract.theme import main_campaign, occasion, opening_end
from kg.model import Directive, EntityId, EntityType, Relation
from kg.outline import Outline

OBJECTS: tuple[EntityType, ...] = ("Slogan", "Campaign", "Meeting", "Document")

PREDICATE = r"(?:体现|抓手|举措|必然要求|客观要求|要求|需要|深化和拓展|拓展和深化|深化|延伸|载体|行动|实践|途径|保证|部署|安排|任务|步骤)"
# 这是贯彻Z的具体体现; 开展C，是Z的深化和拓展. The scan runs on the tail, the rest is read backwards.
STEP_TAIL = re.compile(
    rf"(?:[具重有必现生实客关迫内根首主][体要力然实动际观大键切在本效]){{1,2}}(?:的)?{PREDICATE}"
    r"|的(?:深化和拓展|拓展和深化|延伸和拓展|深化|延续|拓展|继续|具体化)"
)
IS = re.compile("是")
# 以Z为主题, 紧紧围绕Z这条主线, 以Z为指导
UNDER_TAIL = re.compile(r"为(?:主题|指导|主线|目标|引领|统领|抓手|遵循)|这[一条个](?:主线|主题|目标)")
UNDER_HEAD = re.compile(r"以|围绕|按照|遵循|高举")
THEMED = re.compile(r"为主题的”?")
# 坚持Z的要求，开展C
THEN_TAIL = re.compile(r"，(?:组织|深入|扎实|广泛|集中|在[^，。；]{2,14})*(?:开展|实施|启动|推进)")
THEN_SLOGAN = re.compile(r"精神，(?:着力|努力|奋力|大力)?(?:实现|打造|推进|争创|开展)“")
THEN_HEAD = re.compile(r"坚持|按照|根据|贯彻|落实|响应|遵循|适应|融入|依据")
# 通过开展C，进一步落实Z
THROUGH = re.compile(
    r"(?:通过)?(?:开展|组织|举办)(?P<campaigns>[^；。]{4,80}?)，(?:进一步|着力|切实|推动|促使|促进|不断)*(?:落实|贯彻|践行|推进|深化|响应)(?P<objects>[^，。；]{2,40})"
)
TASK = re.compile(
    r"(?:主要任务是|目的是|主要是|为了?|就是要?)?(?:认真|深入|全面|坚决|进一步)*(?:学习贯彻落实|贯彻落实|学习贯彻|传达贯彻|传达学习|贯彻|落实)(?P<objects>[^。；]{3,120})"
)
ABOUT = re.compile(
    r"(?:就|对|推进|部署|启动|安排|动员)(?P<objects>[^。；，]{2,40}?)(?:进行|作|做|工作)?(?:动员|部署|安排|启动|活动)"
)
HELD = re.compile(
    r"今天|这次(?:会议|大会)|本次(?:会议|大会)|召开(?:这次|今天)|在这里召开|我们(?:召开|开)|召开全|会议的主要任务"
)
FOLLOWING = re.compile(r"(?:贯彻落实|贯彻|落实|学习贯彻|按照)[^。；]{0,40}$")
CARRYING_OUT = re.compile("贯彻|实施|落实|执行")
NAMING = re.compile(r"(?:方案|意见|规定|通知|办法|文件|规划|决定|细则|计划|要点|指引|条例|工作意见)》?$")


def find_implements(
    text: str, shape: Outline, names: Names, directives: list[Directive], known: frozenset[EntityId] = frozenset()
) -> Iterator[Relation]:
    """Yield ``implements`` claims; ``text`` is ``Speech.folded``."""
    yield from _by_name(text, names)
    theme = main_campaign(shape, names)
    yield from _steps(text, shape, names, theme)
    yield from _guided(text, shape, names, theme)
    meeting = occasion(shape, names)
    if meeting:
        yield from _purpose(text, shape, names, meeting)
    yield from _demanded(text, names, directives)
    yield from _aiming(text, names, known)


def _by_name(text: str, names: Names) -> Iterator[Relation]:
    """A campaign, meeting or document that carries the other in its name."""
    seen: set[tuple[EntityId, EntityId]] = set()
    for n in names.within(0, len(text), "Campaign", "Meeting", "Document"):
        kind = n.entity.id.type
        if kind == "Document" and not NAMING.search(text[n.start : n.end]):
            continue
        wanted: tuple[EntityType, ...] = ("Slogan", "Document") if kind == "Campaign" else ("Campaign", "Slogan")
        if kind == "Document" and CARRYING_OUT.search(text, n.start, n.end):
            wanted = ("Campaign", "Slogan", "Document")  # 《进一步贯彻实施…法若干问题的通知》
        for inner in names.outer(n.start, n.end, *wanted):
            if (inner.start, inner.end) == (n.start, n.end) or (n.entity.id, inner.entity.id) in seen:
                continue
            seen.add((n.entity.id, inner.entity.id))
            yield Relation(n.entity.id, "implements", inner.entity.id, n.start, n.end, "named-after", confidence=0.85)


def _subject(text: str, names: Names, low: int, high: int, theme: EntityId | None) -> EntityId | None:
    """The campaign that a sentence is about: named before the cue, else the speech's own behind 这是."""
    named = names.last(low, high, "Campaign")
    if named:
        return named.entity.id
    return theme


def _steps(text: str, shape: Outline, names: Names, theme: EntityId | None) -> Iterator[Relation]:
    for m in STEP_TAIL.finditer(text):
        low = _reach(text, m.start(), 114)
        copula = IS.search(text, low, m.start() - 3)
        if copula is None:
            continue
        sentence = shape.sentence(copula.start())
        subject = _subject(text, names, sentence.start, copula.start(), theme)
        if subject is None:
            continue
        for n in names.outer(copula.end(), m.start(), *OBJECTS):
            if n.entity.id != subject:
                yield Relation(
                    subject, "implements", n.entity.id, sentence.start, m.end(), "step-towards", "是…的", 0.7
                )


def _reach(text: str, end: int, width: int) -> int:
    """How far back from ``end`` a frame may begin: ``width`` characters, not over 。 or ；."""
    low = max(0, end - width)
    return max(low, text.rfind("。", low, end) + 1, text.rfind("；", low, end) + 1)


def _guided(text: str, shape: Outline, names: Names, theme: EntityId | None) -> Iterator[Relation]:
    done = 0
    for m in UNDER_TAIL.finditer(text):
        head = UNDER_HEAD.search(text, max(done, _reach(text, m.start(), 92)), m.start() - 1)
        if head is None:
            continue
        done = m.end()
        subject = names.last(shape.sentence(head.start()).start, head.start(), "Campaign")
        if subject is None:
            continue
        for n in names.outer(head.end(), m.start(), *OBJECTS):
            if n.entity.id != subject.entity.id:
                yield Relation(
                    subject.entity.id, "implements", n.entity.id, subject.start, m.end(), "guided-by", "以…为", 0.65
                )
    for m in THEMED.finditer(text):
        campaign = names.first(m.start(), min(len(text), m.end() + 16), "Campaign")
        if campaign:
            low = max(text.rfind(c, max(0, m.start() - 40), m.start()) for c in "，。；") + 1
            for n in names.outer(max(low, m.start() - 40), m.start(), "Slogan"):
                if n.entity.id != campaign.entity.id:
                    yield Relation(
                        campaign.entity.id, "implements", n.entity.id, m.start(), m.end(), "themed", "为主题", 0.65
                    )
    for m in THROUGH.finditer(text):
        for c in names.outer(*m.span("campaigns"), "Campaign"):
            for n in names.outer(*m.span("objects"), "Slogan", "Document", "Meeting"):
                yield Relation(c.entity.id, "implements", n.entity.id, m.start(), m.end(), "through", "通过开展", 0.55)
    for m in THEN_TAIL.finditer(text):
        low = max(_reach(text, m.start(), 66), text.rfind("，", max(0, m.start() - 66), m.start()) + 1)
        head = THEN_HEAD.search(text, low, m.start())
        if head is None:
            continue
        campaigns = names.outer(m.end(), min(len(text), m.end() + 40), "Campaign")
        campaigns = [c for c in campaigns if not re.search("[，。；]", text[m.end() : c.start])]
        for n in names.outer(head.end(), m.start(), *OBJECTS):
            for c in campaigns:
                if n.entity.id != c.entity.id:
                    yield Relation(
                        c.entity.id, "implements", n.entity.id, head.start(), c.end, "following", "，开展", 0.6
                    )


def _aiming(text: str, names: Names, known: frozenset[EntityId]) -> Iterator[Relation]:
    """贯彻M1和M2精神，着力实现“S”: a slogan of the speaker's own follows the meetings."""
    for m in THEN_SLOGAN.finditer(text):
        low = _reach(text, m.start(), 66)
        head = THEN_HEAD.search(text, low, m.start())
        slogan = names.first(m.end() - 1, m.end() + 20, "Slogan")
        if head and slogan and slogan.entity.id not in known:
            for n in names.outer(head.end(), m.start(), "Meeting"):
                yield Relation(
                    slogan.entity.id, "implements", n.entity.id, head.start(), slogan.end, "aiming", "，实现", 0.6
                )


def _purpose(text: str, shape: Outline, names: Names, meeting: EntityId) -> Iterator[Relation]:
    """What the meeting is held for, said in the opening: 今天召开…，主要任务是贯彻落实Z."""
    end = opening_end(shape)
    for sentence in shape.sentences:
        if sentence.start >= end:
            return
        if not HELD.search(text, *sentence):
            continue
        for pattern in (TASK, ABOUT):
            for m in pattern.finditer(text, *sentence):
                for n in names.outer(*m.span("objects"), "Meeting", "Document", "Campaign"):
                    if n.entity.id != meeting:
                        yield Relation(
                            meeting, "implements", n.entity.id, sentence.start, n.end, "held-for", "召开", 0.6
                        )


def _demanded(text: str, names: Names, directives: list[Directive]) -> Iterator[Relation]:
    """X就贯彻落实Z精神提出“S”: the slogan follows Z."""
    for d in directives:
        for about in d.about:
            if about.type != "Slogan":
                continue
            for n in names.outer(d.start, d.end, "Meeting"):
                if n.entity.id != d.venue and FOLLOWING.search(text[d.start : n.start]):
                    yield Relation(about, "implements", n.entity.id, d.start, d.end, "demanded-for", "贯彻落实", 0.6)
