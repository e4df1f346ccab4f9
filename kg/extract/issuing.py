"""``issuedBy``, ``issuedAt``, ``issuedOn``: whom, where and when the text names as the origin of something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.anchors import Anchored
from kg.extract.frames import SUBJECT_MIDDLE, issuers_of
from kg.extract.names import Names
from kg.extract.theme import host, occasion
from kg.model import Directive, EntityId, EntityType, Predicate, Relation
from kg.outline import Outline

ISSUING_ACTS = frozenset(
    (
        "要求",
        "确定",
        "指示",
        "动员令",
        "号召",
        "决策部署",
        "论述",
        "规定",
        "印发",
        "教导",
        "讲话精神",
        "意见",
        "提出",
        "决定",
    )
)
COINED = re.compile(r"(?:所)?(?:提出|炮制|倡导|制定|创立|首创|阐述|概括)?的”?(?:[\u4e00-\u9fff]{0,2})“?$")
MEETING_SAYS = re.compile(
    r"”?(?:[^。；，]{0,12}(?:比较系统地|明确|鲜明|全面|首次|深刻|正式))?(?:[^。；，]{0,4}(?:提出|确立|制定|阐发|论述|概括|作出|通过))"
    r"|的主要历史功绩"
)
SPEECH_AT = re.compile(r"在(?P<at>.+?)上的(?:重要)?(?:讲话|报告|发言|讲座|谈话)")
REPORT = re.compile(r"(?:政府)?工作报告$")
HELD = re.compile(r"(?:召开|举行|开幕|闭幕)(?:了|的)?")
CLAIMING_RULES = frozenset(("nominal", "inherent", "equated", "copular", "this-demand"))
PUT_FORWARD = re.compile(r"(?:明确|鲜明|首次)?(?:提出|概括|阐发|制定)")
OWN_WORK = re.compile("关于|工作手册|[^》]{0,8}(?:公报|工作规则|章程)")
PUT_BESIDE = re.compile(r"(?:等[一二三四五六七八九十]{0,2}(?:部门|部委|单位))?(?:关于|的)?$")
AT_SESSION = re.compile("上[ 　]*(?:$|\n)")
TITLE_MEETING = re.compile(r"[ 　]*[（(][ 　]*$")


def find_issuing(
    text: str, shape: Outline, names: Names, directives: Sequence[Directive], known: frozenset[EntityId]
) -> Iterator[Relation]:
    """Yield ``issuedBy``/``At``/``On`` claims; ``text`` is ``Speech.folded``.

    Established slogans (``known``) are on everybody's lips: only a cue that says who put them forward counts.
    """
    found = list(_found(text, shape, names, directives, known))
    yield from found
    held = {r.subject: r for r in found if r.predicate == "issuedOn" and r.subject.type == "Meeting"}
    for r in found:  # what was put forward at a meeting was put forward on its date
        if r.predicate == "issuedAt" and (when := held.get(r.object)):
            low, high = min(r.start, when.start), max(r.end, when.end)
            if high - low <= NEAR:
                yield Relation(r.subject, "issuedOn", when.object, low, high, "meeting-date", when.cue, 0.7)


NEAR = 400
"""How far apart, in characters, the date of a meeting and what was said there may stand."""


def _found(
    text: str, shape: Outline, names: Names, directives: Sequence[Directive], known: frozenset[EntityId]
) -> Iterator[Relation]:
    yield from _directed(text, directives, known)
    yield from _titled(text, shape, names)
    yield from _inside_names(text, names)
    yield from _coined(text, names, known)
    yield from _put_forward(text, shape, names)
    yield from _beside(text, names)
    yield from _made(text, shape, names, known)
    yield from _own_meeting(text, shape, names)
    yield from _at_meetings(text, shape, names, known)
    yield from _held(text, shape, names)
    yield from _campaign_times(text, shape, names)
    yield from _articles(text, shape, names)


BARELY = re.compile(r"(?:要求|号召)[^，。；、]{0,6}[，：]?[^，。；]{4,40}$")
HELD_TO = re.compile(r"(?:[，要]把|学习|推广|复制|借鉴|贯彻|落实|按照|围绕|对照|进一步)[^，。]{0,12}$")


def _directed(text: str, directives: Sequence[Directive], known: frozenset[EntityId]) -> Iterator[Relation]:
    for d in directives:
        if d.venue and d.date:
            yield Relation(d.venue, "issuedOn", d.date, d.start, d.end, "directive", d.cue, 0.6)
        if len(d.about) != 1:
            continue
        content = d.about[0]
        if content.type not in ("Slogan", "Document") or not (d.act in ISSUING_ACTS or d.rule == "copular"):
            continue
        if d.rule.startswith("verbal") and not PUT_FORWARD.match(d.cue) and content.type == "Slogan":
            said = text[d.start : d.end]
            quoted = "”" in said[-2:] + text[d.end : d.end + 1]
            if HELD_TO.search(said) or (content in known and not (quoted or BARELY.search(said))):
                continue  # asked to be followed or spread, as something that is there
        slots: tuple[tuple[Predicate, EntityId | None], ...] = (
            ("issuedBy", d.issuer),
            ("issuedAt", d.venue),
            ("issuedOn", d.date),
        )
        for predicate, value in slots:
            if value and value != content:
                yield Relation(content, predicate, value, d.start, d.end, f"directive-{d.rule}", d.cue, d.confidence)


def _inside_names(text: str, names: Names) -> Iterator[Relation]:
    """Names that tell their origin: 习近平总书记在…会议上的讲话, 2016年国务院政府工作报告, 市人民政府关于…的报告."""
    seen: set[EntityId] = set()
    for n in names.within(0, len(text), "Document", "Slogan"):
        if n.entity.id in seen:
            continue
        words = text[n.start : n.end]
        inner = [
            i for i in names.outer(n.start, n.end, "Person", "Body", "Meeting", "Time") if i.entity.id != n.entity.id
        ]
        if n.entity.id.type == "Slogan":
            if re.search(r"关于.+(?:重要思想|重要论述)$", words):
                inner = [i for i in inner if i.start == n.start and i.entity.id.type == "Person"]
            else:
                continue
        elif (first := next(iter(inner), None)) and first.start == n.start and text.startswith("关于", first.end):
            inner = [first] if first.entity.id.type in ("Person", "Body") else []
        elif REPORT.search(words):
            inner = [i for i in inner if i.entity.id.type in ("Body", "Time")]
        elif re.search(r"(?:讲话|谈话|报告)(?:精神)?$", words):
            inner = [
                i
                for i in inner
                if (i.entity.id.type == "Person" and i.start == n.start) or i.entity.id.type in ("Meeting", "Time")
            ]
        elif (first := next(iter(inner), None)) and first.start == n.start + words.startswith("《"):
            inner = [first] if first.entity.id.type == "Body" and OWN_WORK.match(text, first.end) else []
        else:
            continue
        for i in inner:
            seen.add(n.entity.id)
            predicate = PREDICATE_OF[i.entity.id.type]
            yield Relation(n.entity.id, predicate, i.entity.id, n.start, n.end, "name-tells", confidence=0.85)


def _titled(text: str, shape: Outline, names: Names) -> Iterator[Relation]:
    """A report whose title line names the congress it was given to (加快改革开放… (十四大)), or the line under it."""
    line = shape.paragraphs[0]
    if len(shape.paragraphs) > 1 and (report := names.first(*line, "Document")) and report.start == line.start:
        under = shape.paragraphs[1]
        time, session = names.first(*under, "Time"), names.last(*under, "Meeting")
        inner = names.last(line.start, report.end, "Meeting")
        if inner and REPORT.search(text, report.start, report.end):
            yield Relation(report.entity.id, "issuedAt", inner.entity.id, line.start, line.end, "title", "", 0.85)
            dates = [p for p in shape.paragraphs[1:4] if p.end - p.start < 30]
            when = next((t for p in dates if (t := names.first(*p, "Time"))), None)
            if when:
                yield Relation(report.entity.id, "issuedOn", when.entity.id, line.start, when.end, "title", "", 0.8)
        if session and AT_SESSION.match(text, session.end) and (not time or time.end <= session.start):
            yield Relation(report.entity.id, "issuedAt", session.entity.id, line.start, session.end, "title", "", 0.85)
            if time:
                yield Relation(report.entity.id, "issuedOn", time.entity.id, line.start, time.end, "title", "", 0.85)
    document = names.first(line.start, line.end, "Document")
    meeting = names.last(line.start, line.end, "Meeting")
    if (
        document
        and meeting
        and document.end <= meeting.start
        and TITLE_MEETING.fullmatch(text, document.end, meeting.start)
    ):
        yield Relation(
            document.entity.id, "issuedAt", meeting.entity.id, document.start, meeting.end, "title", confidence=0.85
        )


def _beside(text: str, names: Names) -> Iterator[Relation]:
    """落实中共中央、国务院《…改革方案》; 教育部等九部门《…行动计划》: the bodies right before the title."""
    for n in names.within(0, len(text), "Document"):
        if text[n.start] != "《":
            continue
        bodies = names.outer(max(0, n.start - 60), n.start, "Body")
        end = n.start
        for b in reversed(bodies):
            between = text[b.end : end]
            if not (PUT_BESIDE.fullmatch(between) if end == n.start else between in ("、", "和", "", "，")):
                break
            yield Relation(n.entity.id, "issuedBy", b.entity.id, b.start, n.end, "beside-title", between, 0.6)
            end = b.start


MAKE = r"(?:报送|编制|起草|制定|修订|出台|印发|下发|发布|颁布|公布|转发|批转|制发|作出|审议通过|表决通过|讨论通过|通过)"
MADE = re.compile(rf"(?:研究|联合|专门|集体)?{MAKE}(?:实施)?(?:了|的)?(?:新?修订的?|修改后的|新制定的)?$")
MADE_BY = re.compile(rf"由(?P<by>[^，。；]{{2,20}}?)(?:研究)?{MAKE}")
SESSION = re.compile("第?[^会]{1,4}次(?:全体)?会议$")
SAYS_IN = re.compile(r"(?:里|中)?(?:专门|明确|深刻|突出)*(?:指出|强调|提出|要求|讲|写|引用|阐述)")


def _made(text: str, shape: Outline, names: Names, known: frozenset[EntityId]) -> Iterator[Relation]:
    """市政府编制了《D》; 会议表决通过了《D》; 《D》由X审议通过; M《D》; 《D》 with no subject in a body's own report."""
    own = host(text, shape, names, known)
    for n in names.outer(0, len(text), "Document"):
        sentence = shape.sentence(n.start)
        document = n.entity.id
        if passive := MADE_BY.match(text, n.end, min(sentence.end, n.end + 40)):
            for b in names.outer(*passive.span("by"), "Body"):
                yield Relation(document, "issuedBy", b.entity.id, n.start, passive.end(), "made-by", "由", 0.7)
        before = names.last(max(sentence.start, n.start - 24), n.start, "Meeting")
        if before and before.end == n.start and text[n.start] == "《":
            yield Relation(document, "issuedAt", before.entity.id, before.start, n.end, "meetings-own", "", 0.7)
        titled = text[n.start] == "《" or "关于" in text[n.start : n.end]
        made = MADE.search(text, max(sentence.start, n.start - 10), n.start) if titled else None
        if made is None:
            speaker = names.last(max(sentence.start, n.start - 24), n.start, "Person")
            if speaker and text[speaker.end : n.start] == "在" and SAYS_IN.match(text, n.end):
                yield Relation(document, "issuedBy", speaker.entity.id, speaker.start, n.end, "says-in", "在", 0.7)
            continue
        meeting = names.last(max(sentence.start, made.start() - 160), made.start(), "Meeting")
        at = meeting is not None and meeting.end == made.start()
        low = max(sentence.start, made.start() - 60)
        makers = [] if at else issuers_of(text, names, low, made.start(), SUBJECT_MIDDLE)
        if not makers:
            if meeting is None and THE_MEETING.match(text, sentence.start):
                meeting = names.last(max(0, sentence.start - 300), sentence.start, "Meeting")
            if meeting and (at or not _agents(names, max(meeting.end, sentence.start), made.start())):
                yield Relation(document, "issuedAt", meeting.entity.id, meeting.start, n.end, "passed-at", made[0], 0.7)
                body = names.first(meeting.start, meeting.end, "Body")
                makers = [body] if body and SESSION.fullmatch(text, body.end, meeting.end) else []
            elif own and not OTHER_SUBJECT.search(text, max(sentence.start, made.start() - 160), made.start()):
                makers = [own]
        for b in makers:
            low = b.start if sentence.start <= b.start < n.start else made.start()
            yield Relation(document, "issuedBy", b.entity.id, low, n.end, "made", made[0], 0.65)
            time = names.last(max(sentence.start, low - 20), made.start(), "Time")
            if time and low == b.start and (text[time.end : low] in ("", "，") or time.start >= b.end):
                yield Relation(document, "issuedOn", time.entity.id, time.start, n.end, "made", made[0], 0.65)


def _agents(names: Names, low: int, high: int) -> bool:
    """Whether somebody is named there who may be the subject: not only inside the name of a document."""
    return any(not any(names.covering(n.start, n.end, "Document")) for n in names.within(low, high, "Body", "Person"))


THE_MEETING = re.compile("(?:这次|本次|此次)?(?:会议|大会|全会)")
OTHER_SUBJECT = re.compile("你们|他们|[上各]级")


def _own_meeting(text: str, shape: Outline, names: Names) -> Iterator[Relation]:
    """The speech's own meeting, with the date line under its title."""
    lines = [p for p in shape.paragraphs[:4] if p.end - p.start < 60]
    meeting = next((n for p in lines[:2] if (n := names.first(*p, "Meeting"))), None)
    for p in lines[1:] if meeting else ():
        time = names.first(*p, "Time")
        if meeting and time and DATE_LINE.fullmatch(text[p.start : time.start] + text[time.end : p.end]):
            yield Relation(
                meeting.entity.id, "issuedOn", time.entity.id, meeting.start, time.end, "date-line", "", 0.75
            )


DATE_LINE = re.compile(r"[（(）)\s　]*")

PREDICATE_OF: dict[EntityType, Predicate] = {
    "Person": "issuedBy",
    "Body": "issuedBy",
    "Meeting": "issuedAt",
    "Time": "issuedOn",
}


def _coined(text: str, names: Names, known: frozenset[EntityId]) -> Iterator[Relation]:
    """“四人帮”炮制的“两个估计”, 陈独秀的“一切联合，否认斗争”."""
    for n in names.within(0, len(text), "Slogan"):
        issuer = names.last(max(0, n.start - 20), n.start, "Person", "Body")
        if issuer and COINED.fullmatch(text[issuer.end : n.start].lstrip("”")):
            between = text[issuer.end : n.start]
            if between == "的" and n.entity.id in known:
                continue
            if issuer.entity.id.type == "Person" or len(between) > 3:
                yield Relation(n.entity.id, "issuedBy", issuer.entity.id, issuer.start, n.end, "coined", between, 0.55)


PUT = re.compile(
    r"(?:提出|提|讲|确定|明确|归结为|概括为|归纳为|总结为|总结出|概括出|推出|列出|定下|立下|划定|点过|点出|点到|叫响|喊出|编制|摸索出|探索出|形成|首创|创造|打造出)"
    r"(?:了|过|的)*(?:第?[一二三四五六七八九十]{1,2}[个批条项]|自己的|新的|以下)?[“：，]?$"
)
ON_BEHALF = re.compile(r"我(?:谨)?(?:代表|受)")
OF_WHOM = re.compile(r"(?:的?委托)?[，]?[^。；]{0,60}")


def _put_forward(text: str, shape: Outline, names: Names) -> Iterator[Relation]:
    """县委归结为“S”; 我在M上点过“S”; 我代表B讲几句，归总是“S”: of the speech's own meeting."""
    for n in names.within(0, len(text), "Slogan"):
        sentence = shape.sentence(n.start)
        put = PUT.search(text, max(sentence.start, n.start - 14), n.start)
        if put is None:
            continue
        low = max(sentence.start, put.start() - 60)
        issuers = issuers_of(text, names, low, put.start(), SUBJECT_MIDDLE)
        for i in issuers:
            at = i.start if sentence.start <= i.start < n.start else put.start()
            yield Relation(n.entity.id, "issuedBy", i.entity.id, at, n.end, "put-forward", put[0], 0.6)
        meeting = names.last(low, put.start(), "Meeting")
        if meeting and AT_MEETING.match(text, meeting.end):
            yield Relation(n.entity.id, "issuedAt", meeting.entity.id, meeting.start, n.end, "put-forward", put[0], 0.6)
    for m in PASSED.finditer(text):
        sentence = shape.sentence(m.start())
        meeting = names.first(m.end(), min(sentence.end, m.end() + 30), "Meeting")
        if meeting is None or meeting.start > m.end() or not PASSED_THERE.match(text, meeting.end):
            continue
        slogan = names.last(max(sentence.start, m.start() - 40), m.start(), "Slogan")
        if slogan is None and THIS_THING.match(text, sentence.start):
            slogan = names.first(max(shape.paragraph(m.start()).start, sentence.start - 260), sentence.start, "Slogan")
        if slogan:
            yield Relation(
                slogan.entity.id, "issuedAt", meeting.entity.id, slogan.start, meeting.end, "passed-there", "经", 0.65
            )
    own = occasion(shape, names)
    report = names.first(*shape.paragraphs[0], "Document")
    for m in ON_BEHALF.finditer(text):
        body = names.first(m.end(), m.end() + 16, "Body")
        if body is None or body.start != m.end():
            continue
        sentence = shape.sentence(m.start())
        if report and report.start == shape.paragraphs[0].start and REPORTS.search(text, body.end, sentence.end):
            yield Relation(report.entity.id, "issuedBy", body.entity.id, m.start(), body.end, "on-behalf", m[0], 0.75)
        for s in names.outer(body.end, min(sentence.end, body.end + 90), "Slogan"):
            if SUMMED.search(text, max(body.end, s.start - 14), s.start):
                yield Relation(s.entity.id, "issuedBy", body.entity.id, m.start(), s.end, "on-behalf", m[0], 0.6)
                if own:
                    yield Relation(s.entity.id, "issuedAt", own, m.start(), s.end, "on-behalf", m[0], 0.6)


PASSED = Anchored("(?:已|业|已经)经?(?=[^，。；]{4,40}通过)", ["通过"], back=43, ahead=2)
PASSED_THERE = re.compile("(?:审议|表决|票决|讨论|研究|一致|审查)*通过")
THIS_THING = re.compile(
    "(?:这[个一些套]|上述)[\u4e00-\u9fff]{0,4}(?:思路|目标|布局|方案|部署|清单|战略|蓝图|意见|决策)"
)
REPORTS = re.compile(r"(?:作|做)(?:工作)?报告|报告工作")
AT_MEETING = re.compile(r"”?(?:上|中|期间|时)")
SUMMED = re.compile(
    r"(?:归总|归结|概括|归纳|总的|主要|就|也就|说到底)(?:起来)?(?:就)?(?:是|为|有|叫)[^，。；]{0,8}$|(?:讲|提|做好|干好|抓好|办好)[^，。；]{0,6}$"
)


def _at_meetings(text: str, shape: Outline, names: Names, known: frozenset[EntityId]) -> Iterator[Relation]:
    """党的十五大…提出S; 市委全会明确提出S."""
    for n in names.within(0, len(text), "Meeting"):
        sentence = shape.sentence(n.start)
        again = AGAIN.match(text, sentence.end, sentence.end + 40)
        m = MEETING_SAYS.match(text, n.end) or (again and MEETING_SAYS.match(text, again.end()))
        if not m:
            continue
        for s in names.outer(m.end(), min(shape.sentence(m.start()).end, m.end() + 70), "Slogan"):
            decided = m[0].endswith("作出") and s.start - m.end() <= 3 and DECIDED.match(text, s.end)
            if s.entity.id not in known or PUT_FORWARD.search(text, m.start(), s.start) or decided:
                yield Relation(s.entity.id, "issuedAt", n.entity.id, n.start, s.end, "meeting-says", m[0], 0.6)


DECIDED = re.compile(r"”?的(?:重大|战略|重要|历史性)*(?:决策|部署|决定|任务)")
AGAIN = re.compile(r"\s*(?:这次|本次)(?:大会|会议|全会)")


def _held(text: str, shape: Outline, names: Names) -> Iterator[Relation]:
    """一九八七年召开了M; M于T举行; T，X在M上."""
    for n in names.within(0, len(text), "Meeting"):
        sentence = shape.sentence(n.start)
        time = names.last(max(sentence.start, n.start - 24), n.start, "Time")
        if time and re.fullmatch(
            r"[，]?(?:我们?)?(?:在|召开了?|举行了?|的|我在)?”?“?(?:[^，。；]{0,16}?(?:召开|举行)了?的?)?“?",
            text[time.end : n.start],
        ):
            yield Relation(n.entity.id, "issuedOn", time.entity.id, time.start, n.end, "held", HELD.pattern[:0], 0.6)


TIME_THEN = re.compile(
    r"(?:起|开始)?[，]?(?:由[^，。；]{2,24}?(?:牵头|负责)，)?(?:在[^，。；]{2,20}|集中|深入|广泛|组织|部署|全面|正式|就|[\u4e00-\u9fff]{2,8})?(?:开展|启动|实施|组织|发起)了?(?:的)?[^，。；“]{0,12}“?"
)
CAMPAIGN_THEN = re.compile(r"(?:于|从|自)?$")
BEGINS = re.compile(r"起?(?:正式|全面)?(?:启动|开始|展开|铺开|在[^，。；]{2,24}(?:中|内)?(?:开展|启动|展开|铺开|进行))")


def _campaign_times(text: str, shape: Outline, names: Names) -> Iterator[Relation]:
    """从6月到9月底开展C; C 9月启动: when a campaign is run."""
    for n in names.within(0, len(text), "Campaign"):
        sentence = shape.sentence(n.start)
        before = names.last(max(sentence.start, n.start - 60), n.start, "Time")
        if before and text[before.start - 1] not in "到至" and TIME_THEN.fullmatch(text, before.end, n.start):
            yield Relation(n.entity.id, "issuedOn", before.entity.id, before.start, n.end, "run-on", "开展", 0.6)
        after = names.first(n.end, min(sentence.end, n.end + 16), "Time")
        if after and CAMPAIGN_THEN.fullmatch(text, n.end, after.start) and BEGINS.match(text, after.end):
            yield Relation(n.entity.id, "issuedOn", after.entity.id, n.start, after.end, "run-on", "启动", 0.6)


ARTICLE = Anchored(
    r"(?P<how>刊发|刊登|刊载|登载|发表|登|载|转载)了?(?P<of>[^，。；《]{0,20}?)(?:的)?(?:一篇)?(?:重要|署名|评论员|理论)*(?:文章|社论|评论|通讯|报道)[，]?(?:题目(?:叫|是|为))?《",
    "刊发 刊登 刊载 登载 发表 登 载 转载".split(),
)


def _articles(text: str, shape: Outline, names: Names) -> Iterator[Relation]:
    """《X日报》刊发了Y的署名文章《D》: by the paper and by whom it is signed."""
    for m in ARTICLE.finditer(text):
        sentence = shape.sentence(m.start())
        document = names.first(m.end() - 1, min(sentence.end, m.end() + 80), "Document")
        paper = names.last(max(sentence.start, m.start() - 30), m.start(), "Body", "Person")
        if document is None or document.start != m.end() - 1 or paper is None:
            continue
        if text[paper.end : m.start()] not in ("", "》", "，", "》，", "近日", "又", "还"):
            continue
        low = paper.start
        for n in (paper, *names.outer(*m.span("of"), "Body", "Person")):
            yield Relation(document.entity.id, "issuedBy", n.entity.id, low, document.end, "article", m["how"], 0.7)
        time = names.last(max(sentence.start, low - 16), low, "Time")
        if time and text[time.end : low].strip("，的在《") == "":
            yield Relation(document.entity.id, "issuedOn", time.entity.id, time.start, document.end, "article", "", 0.7)
