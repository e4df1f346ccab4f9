"""``implements``: what is carried out to follow, answer or realise something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.anchors import Anchored, Phrases, joined
from kg.extract.names import Named, Names
from kg.extract.theme import main_campaign, occasion, opening_end
from kg.model import Directive, EntityId, EntityType, Relation
from kg.outline import Outline

OBJECTS: tuple[EntityType, ...] = ("Slogan", "Campaign", "Meeting", "Document")

PREDICATE = r"(?:体现|抓手|举措|必然要求|客观要求|要求|需要|深化和拓展|拓展和深化|深化|延伸|载体|行动|实践|途径|保证|部署|安排|任务|步骤)"
# 这是贯彻Z的具体体现; 开展C，是Z的深化和拓展. The scan runs on the tail, the rest is read backwards.
STEP_TAIL = Anchored(
    rf"(?:[具重有必现生实客关迫内根首主][体要力然实动际观大键切在本效]){{1,2}}(?:的)?{PREDICATE}"
    r"|的(?:深化和拓展|拓展和深化|延伸和拓展|深化|延续|拓展|继续|具体化)",
    (
        *(a + b for a in "具重有必现生实客关迫内根首主" for b in "体要力然实动际观大键切在本效"),
        *("的深化", "的拓展", "的延伸和拓展", "的延续", "的继续", "的具体化"),
    ),
)
IS = re.compile("是")
# 以Z为主题, 紧紧围绕Z这条主线, 以Z为指导
UNDER_TAIL = Phrases(
    (
        *("为主题", "为指导", "为主线", "为目标", "为引领", "为统领", "为抓手", "为遵循"),
        *(this + theme for this in ("这一", "这条", "这个") for theme in ("主线", "主题", "目标")),
    )
)
UNDER_HEAD = re.compile(r"以|围绕|按照|遵循|高举")
THEMED = re.compile(r"为主题的”?")
# 坚持Z的要求，开展C
THEN_TAIL = re.compile(
    r"，(?:组织|深入|扎实|广泛|集中|研究|及时|在[^，。；]{2,14})*(?:[^，。；“》]{2,12}(?:决定|研究|部署)，(?:从[^，。；]{2,10}起，)?(?:在[^，。；]{2,14})?)?(?:[^，。；“》]{2,12})??(?:开展|实施|启动|推进|出台|编制|制定|印发)了?"
)
THEN_SLOGAN = re.compile(
    r"，(?:着力|努力|奋力|大力|全面|坚决|扎实)?(?:实现|打造|推进|争创|开展|突出|聚焦|抓好|打赢|打好|实施)“?"
)
FOLLOWED = re.compile(
    r"》?”?(?:[、和及](?:[^，。；]{0,40}?))?(?:关于[^，。；]{2,20})?的?(?:精神|理念|原则|总?要求|工作思路|部署|方针|为指导|重要论述|意见)+，|》，"
)
THEN_HEAD = re.compile(
    r"坚持(?=[^，。；]{3,50}的(?:总)?(?:要求|方针|原则)，)|按照|根据|围绕|响应|遵循|遵照|适应|融入|依据|紧扣|对标"
)
# 通过开展C，进一步落实Z
AIM_HEAD = re.compile(r"坚持|按照|根据|贯彻|落实|响应|遵循|适应|融入|依据")
_LEADING = ("进一步", "着力", "切实", "推动", "促使", "促进", "不断")
_DOING = ("落实", "贯彻", "践行", "推进", "深化", "响应")
THROUGH = Anchored(
    rf"(?:通过)?(?:开展|组织|举办)(?P<campaigns>[^；。]{{4,80}}?)，(?:{'|'.join(_LEADING)}){{0,3}}(?:{'|'.join(_DOING)})(?P<objects>[^，。；]{{2,40}})",
    ["，" + word for word in (*_LEADING, *_DOING)],
    back=84,
    ahead=70,
)
TASK = re.compile(
    r"(?:主要任务是|目的是|主要是|为了?|就是要?)?(?:认真|深入|全面|坚决|进一步)*(?:学习贯彻落实|贯彻落实|学习贯彻|传达贯彻|传达学习|贯彻|落实)(?P<objects>[^。；]{3,120})"
)
ABOUT = re.compile(
    r"(?:就|对|推进|部署|启动|安排|动员)(?P<objects>[^。；，]{2,40}?)(?:进行|作|做|工作)?(?:动员|部署|安排|启动|活动)"
)
HELD = re.compile(
    r"会议的(?:主要|中心)?任务|大会的(?:主要|中心)?任务|今天|这次(?:会议|大会)|本次(?:会议|大会)|召开(?:这次|今天)|在这里召开|我们(?:召开|开)|召开全|会议的主要任务"
)
FOLLOWING = re.compile(r"(?:贯彻落实|贯彻|落实|学习贯彻|按照)[^。；]{0,40}$")
CARRYING_OUT = re.compile("贯彻|实施|落实|执行")
NAMING = re.compile(r"(?:方案|意见|规定|通知|办法|文件|规划|决定|细则|计划|要点|指引|条例|工作意见)》?$")


def find_implements(
    text: str, shape: Outline, names: Names, directives: list[Directive], known: frozenset[EntityId] = frozenset()
) -> Iterator[Relation]:
    """Yield ``implements`` claims; ``text`` is ``Speech.folded``."""
    theme = main_campaign(shape, names)
    yield from _by_name(text, names, theme)
    yield from _steps(text, shape, names, theme)
    yield from _guided(text, shape, names, theme)
    meeting = occasion(shape, names)
    if meeting:
        yield from _purpose(text, shape, names, meeting)
    yield from _demanded(text, names, directives, theme)
    yield from _answering(text, shape, names)
    yield from _aiming(text, names, known)


def _by_name(text: str, names: Names, theme: EntityId | None) -> Iterator[Relation]:
    """A campaign, meeting or document that carries the other in its name."""
    seen: set[tuple[EntityId, EntityId]] = set()
    campaigns = {e.key: e for e in sorted({n.entity.id for n in names.of("Campaign")})}
    for n in names.within(0, len(text), "Campaign", "Meeting", "Document"):
        kind = n.entity.id.type
        if kind == "Document" and not NAMING.search(text[n.start : n.end]):
            continue
        wanted: tuple[EntityType, ...] = ("Slogan", "Document") if kind == "Campaign" else ("Campaign", "Slogan")
        if kind == "Document" and CARRYING_OUT.search(text, n.start, n.end):
            wanted = ("Campaign", "Slogan", "Document")  # 《进一步贯彻实施…法若干问题的通知》
        carried = [i for i in _inside(names, n, *wanted) if not _looks_back(text, n, i)]
        if kind == "Campaign" and len(carried) > 1 and carried[0].start == n.start and carried[-1].end == n.end:
            continue  # 三反五反: made of the two
        targets = [i.entity.id for i in carried]
        if kind == "Meeting":  # “S”百日攻坚动员大会: of the campaign that is named after S, where there is one
            targets = [next((e for key, e in campaigns.items() if key.startswith(t.key)), t) for t in targets]
        if kind == "Document" and not carried and theme and _short(text, n, theme):
            targets = [theme]
        for target in targets:
            if target != n.entity.id and (n.entity.id, target) not in seen:
                seen.add((n.entity.id, target))
                yield Relation(n.entity.id, "implements", target, n.start, n.end, "named-after", confidence=0.85)


def _inside(names: Names, outer: Named, *types: EntityType) -> list[Named]:
    """The outermost mentions of these types strictly inside another."""
    found: list[Named] = []
    for n in names.within(outer.start, outer.end, *types):
        if n.entity is not outer.entity and n[:2] != outer[:2] and (not found or n.end > found[-1].end):
            found.append(n)
    return found


def _looks_back(text: str, outer: Named, inner: Named) -> bool:
    """Whether the name only sums up the other (…主题教育总结大会), or is its very plan (《…三年行动方案》, 《…行动计划》)."""
    if SUMMING_UP.match(text, inner.end, outer.end):
        return True
    bare = outer.entity.id.type == "Document" and text[inner.end - 1] != "”"
    return bare and OWN_PLAN.fullmatch(text, max(inner.start, inner.end - 4), outer.end) is not None


SUMMING_UP = re.compile("(?:活动)?(?:总结|表彰|表扬|评比)")
OWN_PLAN = re.compile("[\u4e00-\u9fff]{0,2}行动计划》?")
SHORT_HEADS = ("主题教育", "学习教育", "教育实践活动", "专项行动", "专项活动")


def _short(text: str, document: Named, theme: EntityId) -> bool:
    """Whether a document's name holds the speech's own campaign by its last word alone: 《X学院主题教育实施方案》."""
    return any(theme.key.endswith(head) and head in text[document.start : document.end] for head in SHORT_HEADS)


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
    for tail, end in UNDER_TAIL.find(text):
        head = UNDER_HEAD.search(text, max(done, _reach(text, tail, 92)), tail - 1)
        if head is None:
            continue
        done = end
        subject = names.last(shape.sentence(head.start()).start, head.start(), "Campaign")
        if subject is None:
            continue
        for n in names.outer(head.end(), tail, *OBJECTS):
            if n.entity.id != subject.entity.id:
                yield Relation(
                    subject.entity.id, "implements", n.entity.id, subject.start, end, "guided-by", "以…为", 0.65
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
    for m in _followed(text, names):
        low = max(_reach(text, m.start(), 66), text.rfind("，", max(0, m.start() - 66), m.start()) + 1)
        head = THEN_HEAD.search(text, low, m.start() + 1)
        if head is None:
            continue
        campaigns = names.outer(m.end(), min(len(text), m.end() + 60), "Campaign", "Document")
        campaigns = [c for c in campaigns if not re.search("[，。；]", text[m.end() : c.start])]
        for n in names.outer(head.end(), m.start(), *OBJECTS):
            for c in campaigns:
                if n.entity.id != c.entity.id:
                    yield Relation(
                        c.entity.id, "implements", n.entity.id, head.start(), c.end, "following", "，开展", 0.6
                    )


def _followed(text: str, names: Names) -> Iterator[re.Match[str]]:
    """What ``THEN_TAIL`` finds at most 60 characters before a campaign or document: elsewhere it says nothing."""
    for low, high in joined((max(0, n.start - 140), n.start) for n in names.of("Campaign", "Document")):
        yield from THEN_TAIL.finditer(text, low, high)


def _aiming(text: str, names: Names, known: frozenset[EntityId]) -> Iterator[Relation]:
    """贯彻M1和M2精神，着力实现“S”: a slogan of the speaker's own follows the meetings."""
    for m in THEN_SLOGAN.finditer(text):
        low = _reach(text, m.start(), 120)
        head = AIM_HEAD.search(text, low, m.start())
        slogan = names.first(m.end() - (text[m.end() - 1] == "“"), m.end() + 20, "Slogan")
        if head and slogan and slogan.start <= m.end() and slogan.entity.id not in known:
            for n in names.outer(head.end(), m.start(), *OBJECTS):
                if n.entity.id == slogan.entity.id or not FOLLOWED.match(text, n.end, m.start() + 1):
                    continue
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


# 用C来响应O; C，紧扣O; C都是为了让O落地
ANSWER = re.compile(
    r"”?(?:的(?:新|实际|扎实)*(?:成效|成果|行动|成绩|实践))?[，]?(?:就|都|也|正)?(?P<how>来?(?:响应|回应|回答|贯彻|落实|践行|助力|服务|深化|巩固)"
    r"|(?:要|着力|重在|务必)*(?:扣住|紧扣|围绕|紧紧围绕|对标|响应|落实|贯彻)|(?:就)?是(?:为了|要)?(?:让|使|把)|是为了(?:贯彻|落实|响应|践行|让|使)?|旨在(?:贯彻|落实|践行)?|主题(?:就)?(?:定为|确定为|是|为))"
    r"[^，。；：]{0,16}?“?$"
)


def _answering(text: str, shape: Outline, names: Names) -> Iterator[Relation]:
    """用C来响应O; C，紧扣O的部署; C1和C2都是为了让O落到人头; C，主题定为O: a campaign before the verb, the object behind it."""
    for n in names.within(0, len(text), "Campaign"):
        sentence = shape.sentence(n.start)
        for o in names.outer(n.end, min(sentence.end, n.end + 48), "Slogan", "Campaign", "Document"):
            m = ANSWER.match(text, n.end, o.start)
            if m is None:
                break
            if o.entity.id == n.entity.id or (o.entity.id.type == "Campaign" and not m["how"].endswith(ANSWERS)):
                break
            for c in (n, *_listed_before(text, names, n)):
                yield Relation(c.entity.id, "implements", o.entity.id, c.start, o.end, "answering", m["how"], 0.6)
            break


ANSWERS = ("响应", "回应", "贯彻", "落实", "深化", "巩固")


def _listed_before(text: str, names: Names, last: Named) -> list[Named]:
    """The campaigns that are coordinated with one: C1、C2和|C3."""
    found: list[Named] = []
    at = last.start
    for n in reversed(names.outer(max(0, last.start - 80), last.start, "Campaign")):
        if text[n.end : at].strip("“”") not in ("、", "和", "以及", "", "及"):
            break
        found.append(n)
        at = n.start
    return found


def _demanded(text: str, names: Names, directives: list[Directive], theme: EntityId | None) -> Iterator[Relation]:
    """X就贯彻落实Z精神提出“S”: the slogan follows Z. A campaign's 总要求 is what it carries out."""
    for d in directives:
        for about in d.about:
            if about.type != "Slogan":
                continue
            if d.rule == "copular" and theme and d.cue.rstrip().endswith("总要求"):
                yield Relation(theme, "implements", about, d.start, d.end, "general-demand", "总要求", 0.65)
            if d.venue and d.rule.startswith("verbal"):
                for n in names.within(max(0, d.start - 120), d.end, "Meeting"):
                    campaign = names.first(n.start, n.end, "Campaign") if n.entity.id == d.venue else None
                    if campaign:
                        start = min(n.start, d.start)
                        yield Relation(
                            campaign.entity.id, "implements", about, start, d.end, "asked-at-its-start", "", 0.6
                        )
                        break
            for n in names.within(d.start, d.end, "Meeting"):  # 省委、市委人大工作会议 are two on the same words
                if n.entity.id != d.venue and FOLLOWING.search(text[d.start : n.start]):
                    yield Relation(about, "implements", n.entity.id, d.start, d.end, "demanded-for", "贯彻落实", 0.6)
