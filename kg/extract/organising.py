"""``organisedBy``: which body runs or launched a campaign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.anchors import Anchored
from kg.extract.names import Named, Names
from kg.extract.theme import host, main_campaign
from kg.model import Directive, EntityId, Expansion, Relation
from kg.outline import Outline

RUN = Anchored(
    r"(?:开展|启动|部署(?!要求|会)|发起|实施|组织|举办|进行|推进|抓好|打响|打好)(?:了|的|好)?",
    "开展 启动 部署 发起 实施 组织 举办 进行 推进 抓好 打响 打好".split(),
)
BEFORE = re.compile(
    r"(?:(?:总|具体)?牵头|会同[^，。；]{2,20}|随即|当即|立即|率先|着手|全面|[从自]?\d[^，。；]{0,12}(?:起|开始|至|到)[^，。；]{0,8}|用[^，。；]{2,10}时间|今年|去年|近日|决定|已|将|即将|统一|联合|深入|广泛|扎实|经[^，。]{0,6}|研究|在[^，。；]{2,20}|，|专门|还|也|组织|精心|继续|要[^。；]{0,24}[，、]?"
    r"|在全党|召开[^。；]{2,20}会|[，]?持续)*"
)
LED_BY = re.compile(r"由(?P<by>[^，。；]{2,20}?)(?:牵头|组织|负责|主办|承办|统一)")
GROUP = re.compile(r"(?:领导小组|指挥部|工作专班|筹备组|协调小组|推进组)$")
GENERIC = re.compile(r"(?:活动|行动|教育|整治|工程|工作)$")
IN_CHARGE = re.compile(r"(?:具体)?(?:负责|承办|承担|主办)")
TOGETHER_WITH = re.compile(r"(?:会同|协同|商)$")
LEADS = re.compile(r"(?:发挥|扛起|履行|负责|承担)[^，。；]{0,8}(?:牵头|统筹|组织|协调)")
UNIFIED = re.compile(r"统一(?:部署|安排)")
ADDRESSING = frozenset("在对向于给")


def find_organisers(
    text: str,
    shape: Outline,
    names: Names,
    expansions: Sequence[Expansion],
    directives: Sequence[Directive],
    known: frozenset[EntityId],
) -> Iterator[Relation]:
    """Yield ``organisedBy`` claims; ``text`` is ``Speech.folded``. Who runs a set of campaigns (六大行动) runs each of
    them, unless somebody else is named for one.
    """
    found = list(_found(text, shape, names, directives, known))
    yield from found
    taken = {r.subject for r in found}
    parts = {x.slogan: {m.entity for m in x.members if m.entity} for x in expansions}
    for r in _sets_run(text, shape, names, frozenset(parts)):
        for part in parts[r.subject]:
            if part.type == "Campaign" and part not in taken:
                yield Relation(part, "organisedBy", r.object, r.start, r.end, r.rule, r.cue, r.confidence)


def _sets_run(text: str, shape: Outline, names: Names, sets: frozenset[EntityId]) -> Iterator[Relation]:
    """区创建办牵头，开展六大行动; 四个攻坚战由省住建厅牵头: the set and who runs it."""
    for n in names.within(0, len(text), "Slogan"):
        if n.entity.id not in sets:
            continue
        sentence = shape.sentence(n.start)
        run = RUN_UP.search(text, max(sentence.start, n.start - 12), n.start)
        led = LED_BY.search(text, n.end, min(sentence.end, n.end + 30))
        bodies = _runners(text, names, max(sentence.start, run.start() - 48), run.start()) if run else []
        if led:
            bodies = [*bodies, *names.outer(*led.span("by"), "Body")[:1]]
        for b in bodies:
            low, high = min(b.start, n.start), max(b.end, n.end)
            yield Relation(n.entity.id, "organisedBy", b.entity.id, low, high, "set-run-by", "", 0.6)


RUN_UP = re.compile(r"(?:开展|启动|实施|组织|推进|抓好|打响|打好)(?:了|好)?“?$")
PLAN_FOR = re.compile(r"(?:开展|实施|打赢|打好|推进|启动)[^，。；“]{0,8}“?$")
OFFICE = re.compile(r"(?:办公厅|办公室|办)$")


def _by_plan(text: str, names: Names) -> Iterator[Relation]:
    """B作出《关于打赢C的决定》, B《关于实施C的意见》: who issues the plan runs the campaign."""
    for d in names.within(0, len(text), "Document"):
        if "关于" not in text[d.start : d.start + 24]:
            continue
        c = names.first(d.start, d.end, "Campaign")
        if c is None or not PLAN_FOR.search(text, d.start, c.start):
            continue
        bodies = names.outer(max(0, d.start - 50), d.start, "Body")
        for i, b in enumerate(reversed(bodies)):
            right = bodies[len(bodies) - i].start if i else d.start
            between = text[b.end : right]
            if not (BY_PLAN.fullmatch(between) if i == 0 else between in ("、", "和", "")):
                break
            if not OFFICE.search(b.entity.id.key):
                yield Relation(c.entity.id, "organisedBy", b.entity.id, b.start, d.end, "by-plan", "", 0.6)


BY_PLAN = re.compile(
    r"(?:已经|已|连夜|专门|反复|集体|联合|研究|，|近日|今年|去年)*(?:印发|下发|出台|作出|制定|发布)?了?的?"
)


def _found(
    text: str, shape: Outline, names: Names, directives: Sequence[Directive], known: frozenset[EntityId]
) -> Iterator[Relation]:
    yield from _by_plan(text, names)
    theme = main_campaign(shape, names)
    for d in directives:
        if (d.act in ("决定", "决策") or UNIFIED.match(d.cue)) and d.issuer.type == "Body":
            for e in d.about:
                if e.type == "Campaign":
                    yield Relation(e, "organisedBy", d.issuer, d.start, d.end, "decided", d.cue, 0.7)
    own = host(text, shape, names, known)
    for m in RUN.finditer(text):
        if names.first(m.end(), m.end() + 24, "Campaign") is None:
            continue  # nine in ten: not worth asking for the sentence
        sentence = shape.sentence(m.start())
        campaign = names.first(m.end(), min(sentence.end, m.end() + 24), "Campaign")
        if campaign is None or ANY_MARK.search(text, m.end(), campaign.start):
            continue
        rule, confidence = "launch", 0.65
        runners = _runners(text, names, max(sentence.start, m.start() - 48), m.start())
        if not runners and campaign.entity.id != theme and (addressed := _addressed(text, shape, names, m.start())):
            rule, confidence, runners = "launch-addressed", 0.55, [addressed]
        elif not runners and (subject := _subject(text, names, sentence.start, m.start())):
            rule, confidence, runners = "launch-carried", 0.55, [subject]
        elif not runners and own and not _other_subject(text, names, sentence.start, m.start()):
            rule, confidence, runners = "launch-own", 0.5, [own]
        also = _row(text, names, campaign, sentence.end)
        for body in runners:
            for other in also:
                yield _relation(
                    other.entity.id,
                    body,
                    body.start if body.start < other.start else m.start(),
                    other.end,
                    rule,
                    m[0],
                    confidence,
                )
            near = body.start if sentence.start <= body.start < m.start() else m.start()
            yield _relation(campaign.entity.id, body, near, campaign.end, rule, m[0], confidence)
    for m in LED_BY.finditer(text):
        sentence = shape.sentence(m.start())
        campaign = names.last(sentence.start, m.start(), "Campaign")
        if campaign is None and GENERIC.search(text, sentence.start, m.start()):  # 活动由…牵头
            campaign = names.last(shape.paragraph(m.start()).start, m.start(), "Campaign")
        for leader in names.outer(*m.span("by"), "Body"):
            if campaign is None:
                break
            yield _relation(campaign.entity.id, leader, campaign.start, m.end(), "led-by", "由", 0.6)
    for campaign in names.within(0, len(text), "Campaign"):
        yield from _in_charge(text, shape, names, campaign)
    seen: set[EntityId] = set()
    for n in names.within(0, len(text), "Body"):
        if n.entity.id in seen:
            continue
        if GROUP.search(n.entity.name):
            seen.add(n.entity.id)
            inner = names.first(n.start, n.end, "Campaign")
            target = inner.entity.id if inner else theme
            if target:
                yield _relation(target, n, n.start, n.end, "leading-group", "领导小组", 0.6)
        elif theme and LEADS.match(text, n.end + (text[n.end : n.end + 1] == "要")):
            seen.add(n.entity.id)
            yield _relation(theme, n, n.start, n.end + 12, "leads", "牵头", 0.5)


def _in_charge(text: str, shape: Outline, names: Names, campaign: Named) -> Iterator[Relation]:
    """实施“一村一品”工程，县农业局负责技术，供销社负责销路; 县妇联、团县委的“巧手脱贫”培训计划."""
    start = campaign.start - (text[campaign.start - 1 : campaign.start] == "“")
    if text[start - 1 : start] == "的":
        for body in _chain(names.outer(max(0, start - 40), start, "Body"), text, start - 1):
            yield _relation(campaign.entity.id, body, body.start, campaign.end, "owned", "的", 0.55)
    end = min(shape.sentence(campaign.start).end, campaign.end + 200)
    for body in names.outer(campaign.end, end, "Body"):
        cue = IN_CHARGE.match(text, body.end)
        if (
            cue
            and text[body.start - 1 : body.start] in "，；、："
            and not names.first(campaign.end, body.start, "Campaign")
        ):
            yield _relation(campaign.entity.id, body, campaign.start, cue.end(), "in-charge", cue[0], 0.6)


def _row(text: str, names: Names, first: Named, end: int) -> list[Named]:
    """The campaigns that one verb runs beside the first: 六大行动：甲行动、乙行动; 《A》和《B》执法检查."""
    row = [n for n in names.within(first.start, first.end, "Campaign") if n.entity.id != first.entity.id]
    at = first.end
    while (other := names.first(at, min(end, at + 20), "Campaign")) and text[at : other.start].strip("“”") in (
        "、",
        "：",
    ):
        row.append(other)
        at = other.end
    return row


def _chain(bodies: Sequence[Named], text: str, end: int) -> list[Named]:
    """The bodies that stand in one row up to ``end``: 县妇联、团县委; [] where none ends there."""
    chain: list[Named] = []
    for body in reversed(bodies):
        left = chain[-1].start if chain else end
        if body.end <= left and text[body.end : left] in (("、", "和") if chain else ("",)):
            chain.append(body)
    return chain[::-1]


def _addressed(text: str, shape: Outline, names: Names, at: int) -> Named | None:
    """The body that the paragraph tells what to do: 各级政府要…。…深入开展“双拥”活动."""
    paragraph = shape.paragraph(at)
    told = [
        b
        for b in names.within(paragraph.start, at, "Body")
        if MUST.match(text, b.end) and text[b.start - 1 : b.start] in STARTS
    ]
    return told[-1] if told else None


def _subject(text: str, names: Names, low: int, high: int) -> Named | None:
    """The body that opens the sentence and runs what comes clauses later, where nobody else comes between."""
    first = names.first(low, high, "Body")
    if first is None or text[low : first.start].strip("“ 　") or text[first.end : first.end + 1] in "，、的：和":
        return None
    others = [b for b in names.outer(first.end, high, "Body", "Person") if text[b.start - 1 : b.start] in "，；"]
    return None if others or OTHERS.search(text, low, high) or "：" in text[low:high] else first


def _other_subject(text: str, names: Names, low: int, high: int) -> bool:
    """Whether somebody else stands in the sentence before the cue: a body, or you (你们)."""
    return bool(OTHERS.search(text, low, high)) or names.first(low, high, "Body", "Person") is not None


MUST = re.compile(r"(?:及其工作人员)?(?:都)?(?:要|必须|应当?|须)(?!求)")
STARTS = frozenset("。，；\n、")
OTHERS = re.compile("你们|他们|有的|一些")
ANY_MARK = re.compile("[，。；]")


def _runners(text: str, names: Names, low: int, high: int) -> list[Named]:
    bodies = [
        b
        for b in names.outer(low, high, "Body")
        if text[b.start - 1 : b.start] not in ADDRESSING
        and not any(names.covering(b.start, b.end, "Meeting", "Document", "Campaign"))
    ]
    for b in reversed(bodies):
        if BEFORE.fullmatch(text, b.end, high):
            chain = [b]
            for other in reversed([o for o in bodies if o.end <= b.start]):
                if text[other.end : chain[-1].start] in ("", "和", "、"):
                    chain.append(other)
                elif TOGETHER_WITH.fullmatch(text, other.end, chain[-1].start):
                    chain.append(other)  # 市纪委会同市委宣传部、市妇联开展…
            return chain[::-1]
    return []


def _relation(
    campaign: EntityId, body: Named, start: int, end: int, rule: str, cue: str, confidence: float
) -> Relation:
    return Relation(campaign, "organisedBy", body.entity.id, start, end, rule, cue, confidence)
