"""Directives: who demanded, decided, deployed or called for what; of whom, at which meeting, when.

A frame is a cue with its slots around it. Nominal frames stand behind their content (X对Y提出的“Z”的要求), verbal ones
before it (X在M上强调，要…).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.extract.lists import cut
from kg.extract.names import Named, Names
from kg.extract.theme import main_campaign
from kg.model import Directive, EntityId, EntityType
from kg.outline import Outline, Span

ISSUERS: tuple[EntityType, ...] = ("Person", "Body")
CONTENTS: tuple[EntityType, ...] = ("Slogan", "Campaign", "Document")
HOLDERS: tuple[EntityType, ...] = ("Meeting", "Document", "Campaign")
ADDRESSING = frozenset("在对向于给")

QUALITY = r"(?:的|这一|重要|明确|目标|新|总|战略|总体|工作|最新|系列|具体|一系列|重大|伟大|指示|讲话|等)"
ACT_NOUN = r"决策部署|部署要求|安排部署|工作要求|指示精神|批示精神|讲话精神|重要论述|动员令|要求|指示|批示|部署|决策|号召|论述|倡议|规定(?=[，。、；]|要求|精神)"
NOMINAL = re.compile(ACT_NOUN)
QUALIFIED = re.compile(rf"”?{QUALITY}{{0,4}}$")
ABOUT = re.compile(
    r"(?:关于|对(?![标表照于])(?=[^，。；：“对\n]{2,24}的(?:新|重要|明确|系列)*(?:部署|要求|指示|批示)))(?P<topic>[^，。；：\n]{2,40}?)(?:的|作出的?|提出的?)?(?:重要|明确|系列|一系列|新|总)*(?P<act>指示精神|指示|批示|要求|意见|重要论述|论述|部署|决定|号召)"
)
VERBAL = re.compile(
    r"(?P<act>说(?=[：，]“)|点出|确定|明确宣告|庄严宣告|强调指出|明确提出|明确要求|鲜明提出|强调|指出|提出|要求|号召(?!力)|教导|明确|宣告|发出)(?:了|过|我们)?(?P<mark>[，：:]|要)?"
)
DECIDE = re.compile(
    r"(?:研究)?决定(?!性|因素|于|权|作用|的)|(?:作出|做出)了?(?P<topic>关于[^，。；]{2,30}?)的?(?:一系列)?(?P<noun>决定|决议|决策)"
)
LAUNCH = re.compile(r"(?:部署开展|组织开展|开展|启动|部署|发起|实施|组织|铺开|推开)(?:了|的)?")
PRINT = re.compile(r"(?:印发|下发|出台|发布|颁布|转发|批转|制发|通过|作出|制定)(?:了|的)?")
ARRANGE = re.compile(
    r"(?:对|就)(?P<topic>[^。；，]{2,60}?)[，]?(?:作出|作了|做出|进行|提出|发出)[了过]?(?:重要|具体|全面|专门|专题|系统|明确|新的|新|更高|的)*"
    r"(?P<act>安排部署|部署安排|决定和部署|部署|安排|要求|动员令|号召|批示|指示)"
)
RULES = re.compile(r"(?:[一二三四五六七八九十]{1,2}(?:项|条|大)(?:规定|要求|纪律|禁令|准则|措施)|约法[一二三四五]章)$")
CENTRE = re.compile(r"(?:以[\u4e00-\u9fff]{2,4}同志为(?:核心|总书记)的)?(?:党中央|中共中央|中央)")
SPIRIT = re.compile(r"(?:重要)?(?:讲话|指示|批示|谈话)(?:精神)?$")

ISSUE_MIDDLE = re.compile(
    r"(?:同志|总书记|党组)?(?:(?:明确|提出|确定|下达|部署)的[^，。；]{0,24}|[，]?(?:在|对|就|关于|于)[^。；]{0,36}|明确|提出|作出|发出|强调|的|要求|中|上|所|专门|多次|再次|所提出|两次|[，“]|给我们|向全党|为我们)*"
)
SUBJECT_MIDDLE = re.compile(
    r"(?:同志|总书记)?(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{4}年|再次|多次|还|又|明确|专门|反复|经常|特别|深刻|鲜明地?|也|曾|已经|已|会前|近日|近期|最近|前不久|今年以来|今年|去年|专题|集体|认真|及时|统一|联合|迅速|共同|相继|先后|分别|集体|研究|即将|将"
    r"|[，]?(?:在|就|对|向|于|经|从|为)[^。；]{0,40}?|[，]?结合[^，。；]{0,16}|[\u4e00-\u9fff]{1,4}了《[^》]{1,40}》，|，|我们|召开[^。；]{0,16}(?:会议|大会|全会)|系统|全面)*"
)
TARGET = re.compile(r"^(?P<target>[^，。；：“”]{2,26}?)[，]?(?:要|都要|必须|应当?|应该|做到|务必)")
TOPIC_LEAD = re.compile(r"(?:要|必须|应当|应该|务必|就是要|必须要|需要)")
ADDRESSED = re.compile(r"(?:对|就)(?:做好|抓好|推进|加强|搞好)?(?P<t>[^，。；]{2,20}?)(?:提出|作出|$|“)")
CHAIN = frozenset(("", "、", "和", "”“", "”、“", "”和“", "“", "”", "，", "及", "”，“", "与", "”“", "”与“"))
PARALLEL_VERB = re.compile(r"[、和](?:打造|践行|坚持|建设|推进|实现|加强|遵循|贯彻|落实)“?")
CLAUSE = re.compile(r"[^，。；：！？“”\n]+")


Content = tuple[str, Named | None]
"""What a directive is about: its words, and the entity that they name if they name one."""


class Frame(NamedTuple):
    """Issuers, act, contents and their evidence; ``find_directives`` adds venue, date and target."""

    issuers: Sequence[Named]
    act: str
    contents: Sequence[Content]
    cue: Span
    rule: str
    confidence: float
    target: str | None = None


def find_directives(text: str, shape: Outline, names: Names) -> list[Directive]:
    """All directives that a speech names, one for each issuer and content; offsets into ``text``."""
    frames = [
        *_nominal(text, shape, names),
        *_equated(text, shape, names),
        *_about(text, shape, names),
        *_verbal(text, shape, names),
        *_decisions(text, shape, names),
        *_arrangements(text, shape, names),
        *_printed(text, shape, names),
        *_judged(text, shape, names),
        *_called(text, names, shape),
        *_pursuant(text, shape, names),
        *_inherent(text, shape, names),
    ]
    best: dict[tuple[EntityId, str], Directive] = {}
    whole = [f.cue for f in frames if f.rule in ("about", "arrangement", "called")]
    for frame in frames:
        if frame.rule in ("nominal", "verbal", "verbal-distant") and any(
            c.start <= frame.cue.start and frame.cue.end <= c.end for c in whole
        ):
            continue
        for directive in _fill(text, shape, names, frame):
            key = (directive.issuer, directive.content)
            held = best.get(key)
            if held is None or _worth(directive) > _worth(held):
                best[key] = directive
    return sorted(best.values(), key=lambda d: (d.start, d.end, d.issuer, d.content))


def _sentence(shape: Outline, at: int) -> Span:
    """The sentence around ``at``; of one without end (a list without full stops) what stands near."""
    whole = shape.sentence(at)
    return Span(max(whole.start, at - REACH), min(whole.end, at + REACH))


REACH = 400
"""How far from its cue a frame's slots are looked for, in characters."""


def _worth(d: Directive) -> tuple[int, float]:
    return (sum(slot is not None for slot in (d.venue, d.date, d.target)), d.confidence)


def _fill(text: str, shape: Outline, names: Names, frame: Frame) -> Iterator[Directive]:
    sentence = _sentence(shape, frame.cue.start)
    left = min(n.start for n in frame.issuers)
    high = frame.cue.end if frame.rule == "inherent" else frame.cue.start
    meetings = [n for n in names.outer(sentence.start, high, "Meeting") if VENUE.match(text, n.end)]
    venue = next((n for n in reversed(meetings) if n.start >= left), meetings[-1] if meetings else None)
    date = names.last(sentence.start, frame.cue.start, "Time")
    for issuer in frame.issuers:
        for content, entity in frame.contents:
            if not content or (entity and entity.entity is issuer.entity):
                continue
            near = entity if entity and sentence.start <= entity.start < sentence.end else None
            who = issuer.start if sentence.start - 200 <= issuer.start < sentence.end else frame.cue.start
            low = min(who, frame.cue.start, near.start if near else frame.cue.start)
            high = max(frame.cue.end, near.end if near else frame.cue.end, issuer.end if who == issuer.start else 0)
            yield Directive(
                issuer=issuer.entity.id,
                act=_act(frame.act),
                content=content,
                about=[entity.entity.id]
                if entity
                else [n.entity.id for n in names.outer(frame.cue.end, high, *CONTENTS)],
                start=low,
                end=high,
                rule=frame.rule,
                cue=text[frame.cue.start : frame.cue.end],
                venue=venue.entity.id if venue else None,
                date=date.entity.id if date else None,
                target=frame.target,
                confidence=frame.confidence,
            )


VENUE = re.compile(r"”?(?:上|期间|时|中|，|明确|提出|专门|作出)")


def _act(words: str) -> str:
    for head in ("决策部署", "部署", "指示", "批示", "讲话精神", "论述", "动员令", "号召", "要求", "决定", "教导"):
        if head in words:
            return head
    return {"明确提出": "要求", "提出": "要求", "强调指出": "强调", "明确": "要求", "发出": "号召"}.get(words, words)


def _issuers(text: str, names: Names, low: int, high: int, middle: re.Pattern[str]) -> list[Named]:
    """The nearest issuer whose words up to ``high`` are a frame's middle, and those it is coordinated with.

    A body inside the name of a meeting, document or campaign issues nothing, and one behind 在, 对 or 向 is addressed.
    """
    candidates = [
        n
        for n in names.outer(low, high, *ISSUERS)
        if text[n.start - 1 : n.start] not in ADDRESSING and not any(names.covering(n.start, n.end, *HOLDERS))
    ]
    for n in reversed(candidates):
        if middle.fullmatch(text, n.end, high):
            chain = [n]
            for other in reversed([c for c in candidates if c.end <= n.start]):
                if _joined(text, other, chain[-1]):
                    chain.append(other)
            nearer = names.last(n.end, high, "Meeting")
            host = names.first(nearer.start, nearer.end, "Body") if nearer else None
            if nearer and host and host.start == nearer.start and MEETING_SAYS.match(text, nearer.end):
                return [host]
            return chain[::-1]
    meeting = names.last(low, high, "Meeting")  # 市委九届三次全会提出…: the body whose meeting it is
    if meeting and middle.fullmatch(text, meeting.end, high):
        host = names.first(meeting.start, meeting.end, "Body")
        if host and host.start == meeting.start:
            return [host]
    return []


MEETING_SAYS = re.compile(r"(?:明确|鲜明)?(?:提出|强调|作出|要求)的?")


def _joined(text: str, left: Named, right: Named) -> bool:
    """Whether two issuers are coordinated: 省委、省政府; 市委市政府 (but not 市委|XX书记)."""
    between = text[left.end : right.start]
    return between in ("和", "、", "与") or (not between and left.entity.id.type == right.entity.id.type)


def _contents(text: str, names: Names, low: int, high: int) -> list[Named]:
    """The content mentions that end right before ``high``, coordinated ones together."""
    found: list[Named] = []
    end = high
    for n in reversed(names.outer(low, high, *CONTENTS)):
        between = text[n.end : end].strip("”’")
        if n.end <= end and (between in CHAIN or PARALLEL_VERB.fullmatch(between)):
            found.append(n)
            end = n.start
    return found[::-1]


def _nominal(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """按照X对Y提出的“Z”的明确要求; X“Z”决策部署; 落实X对Y“Z1”“Z2”要求."""
    for m in NOMINAL.finditer(text):
        sentence = _sentence(shape, m.start())
        qualified = QUALIFIED.search(text, max(sentence.start, m.start() - 14), m.start())
        left = qualified.start() if qualified else m.start()
        contents = _contents(text, names, sentence.start, left + (text[left] == "”"))
        if not contents:
            contents = _contents(text, names, sentence.start, m.start())
        if not contents:
            continue
        start = contents[0].start
        while text[start - 1] in "“‘":
            start -= 1
        issuers = _issuers(text, names, max(sentence.start, start - 70), start, ISSUE_MIDDLE)
        if not issuers and GIVEN.search(text, max(sentence.start, start - 12), start):
            issuers = _subject(text, names, max(sentence.start, start - 60), start)
        if issuers:
            between = text[issuers[-1].end : start]
            target = ADDRESSED.match(between)
            named = [(c.entity.name, c) for c in contents]
            yield Frame(issuers, m[0], named, Span(left, m.end()), "nominal", 0.8, target and target["t"])


GIVEN = re.compile(r"(?:提|提出|给出|发出|作出|下达|交给|明确)(?:了|的|过)?“?$")
DEMANDS = re.compile(r"(?:要求|期望|希望)(?:就)?是[：，]?")
DEMANDED_OF = re.compile(r"(?P<who>他|她)?(?:对|给)(?P<target>[^，。；]{2,16}?)(?:的|提出的)(?:明确|具体|总|新)*$")


def _equated(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """他对人大工作的要求是“S1”“S2”; X对Y的要求就是S."""
    for m in DEMANDS.finditer(text):
        head = DEMANDED_OF.search(text, max(0, m.start() - 28), m.start())
        if head is None:
            continue
        sentence = _sentence(shape, m.start())
        contents = names.outer(m.end(), min(sentence.end, m.end() + 40), "Slogan")
        chain = [n for i, n in enumerate(contents) if i == 0 or n.start - contents[i - 1].end <= 3]
        if not chain or chain[0].start - m.end() > 2:
            continue
        if head["who"]:
            paragraph = shape.paragraph(m.start())
            before = names.last(max(paragraph.start, m.start() - 160), head.start(), "Person")
            issuers = [before] if before else []
        else:
            issuers = _issuers(text, names, max(sentence.start, head.start() - 20), head.start(), re.compile(""))
        if issuers:
            named: list[Content] = [(c.entity.name, c) for c in chain]
            yield Frame(issuers, "要求", named, Span(head.start(), m.end()), "equated", 0.65, head["target"])


ABOUT_MIDDLE = re.compile(r"(?:同志)?(?:在[^，。；]{2,20})?")


def _about(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """×书记关于做好人大工作的意见; 习近平总书记关于建设…的指示精神."""
    for m in ABOUT.finditer(text):
        sentence = _sentence(shape, m.start())
        issuers = _issuers(text, names, max(sentence.start, m.start() - 30), m.start(), ABOUT_MIDDLE)
        if not issuers:
            continue
        yield Frame(issuers, m["act"], _topics(text, names, Span(*m.span("topic"))), Span(*m.span()), "about", 0.75)


def _verbal(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """X在M上强调，要…; X提出“Z”; 他强调 with the issuer of the sentence before."""
    for m in VERBAL.finditer(text):
        sentence = _sentence(shape, m.start())
        if any(True for n in names.within(max(0, m.start() - 30), m.start(), *CONTENTS) if n.end == m.start()):
            continue  # 落实全面从严治党要求
        if text[m.end() : m.end() + 1] in NOUN_END or NOUN_FRONT.search(text, max(0, m.start() - 3), m.start()):
            continue
        issuers = _issuers(text, names, max(sentence.start, m.start() - 90), m.start(), SUBJECT_MIDDLE)
        rule, confidence = "verbal", 0.75
        if issuers and BY_WORD_OF.search(text, max(sentence.start, issuers[0].start - 22), issuers[0].start):
            continue  # 按照中央精神和区委要求，…: whose demand it is, not what is demanded
        if not issuers:
            issuers = _subject(text, names, max(sentence.start, m.start() - 70), m.start())
            rule, confidence = "verbal-distant", 0.5
        if not issuers and re.fullmatch(r"(?:他|总书记)(?:还|同时|又)?", text[sentence.start : m.start()]):
            paragraph = shape.paragraph(m.start())
            before = names.last(paragraph.start, sentence.start, "Person")
            after = names.first(m.end(), min(paragraph.end, m.end() + 400), "Person")
            issuers = [n for n in (before or after,) if n]
            rule, confidence = "verbal-carried", 0.55
        if not issuers:
            continue
        if text.startswith("的", m.end()) and (m["act"] != "提出" or text[m.end() + 1] != "“"):
            continue
        contents, target = _said(text, shape, names, m, sentence)
        if m["act"] == "提出":  # a report or a bill is submitted, not demanded
            contents = [c for c in contents if not (c[1] and c[1].entity.id.type == "Document")]
        if rule == "verbal-distant":
            contents = [c for c in contents if c[1]]
        if contents:
            yield Frame(issuers, m["act"], contents, Span(*m.span()), rule, confidence, target)


NOUN_END = frozenset("。、；和与及”》来")
BY_WORD_OF = re.compile(r"(?:按照|根据|依照|遵照|落实|对照|围绕|紧扣|对标)[^，。；]{0,16}$")
NOUN_FRONT = re.compile(r"(?:工作|明确|新|有关|的|具体|总)$")
SELF = re.compile(r"我们?|大家|同志们|[要应须]")


def _subject(text: str, names: Names, low: int, high: int) -> list[Named]:
    """The only issuer of a sentence's run-up that stands where a subject stands: at its start or behind a comma."""
    candidates = [
        n
        for n in names.outer(low, high, *ISSUERS)
        if text[n.start - 1 : n.start] in SUBJECT_EDGE and not any(names.covering(n.start, n.end, *HOLDERS))
    ]
    if not candidates:
        return []
    last = candidates[-1]
    if SELF.search(text, last.end, high) or "；" in text[last.end : high]:
        return []
    chain = [last]
    for other in reversed(candidates[:-1]):
        if _joined(text, other, chain[-1]):
            chain.append(other)
    return chain[::-1]


SUBJECT_EDGE = frozenset("。，！？；：\n、和，")


def _said(
    text: str, shape: Outline, names: Names, cue: re.Match[str], sentence: Span
) -> tuple[list[Content], str | None]:
    """What stands behind a verb of saying: quotations, slogans, else the clause that says what must be done."""
    start, end = cue.end() - (cue["mark"] == "要"), sentence.end
    while start < end and text[start] in "，：: 要了的":
        start += 1
    called = CALLED.match(text, start, end)
    if called:
        return _quoted(text, shape, names, called.end() - 1, end), called["target"]
    target = TARGET.match(text[start:end])
    addressee = target["target"].rstrip("，") if target else None
    if addressee and NO_TARGET.search(addressee):
        addressee = None
    if text[start : start + 1] == "“":
        return _quoted(text, shape, names, start, end), addressee
    clause = CLAUSE.match(text, start, end)
    limit = min(end, start + 90)
    explained = EXPLAINED.search(text, start, limit)
    near = names.outer(start, explained.start() if explained else limit, *CONTENTS)
    if cue["act"].endswith("宣告") and clause and 4 <= len(clause[0]) <= 30:
        return [(_bare(clause[0]), None)], addressee
    if cue["act"] in ("强调", "指出", "强调指出") and clause and near and len(clause[0]) <= 24:
        first = near[0]
        if clause.start() < first.start and first.end < clause.end() and not VAGUE.match(clause[0]):
            return [(_bare(clause[0]), None)], addressee
    if near:
        chain = [near[0]]
        for n in near[1:]:
            if n.start - chain[-1].end <= 30 and "；" not in text[chain[-1].end : n.start]:
                chain.append(n)
        if cue["act"] in ("强调", "指出", "强调指出"):
            chain = chain[-1:]
        return [(n.entity.name, n) for n in chain], addressee
    must = TOPIC_LEAD.search(text, start, min(end, start + 80))
    clause = CLAUSE.search(text, must.end() if must else start, end)
    asking = must or cue["act"] in ("要求", "号召", "强调", "指出", "强调指出", "教导", "明确要求")
    if clause and (judged := JUDGED_TOPIC.match(clause[0])):
        return [(_bare(judged["topic"]), None)], addressee
    if clause and asking and 4 <= len(clause[0]) <= 30 and not NO_TOPIC.search(clause[0]):
        return [(_bare(HEED.sub("", clause[0])), None)], addressee
    return [], None


NO_TOPIC = re.compile(r"的$|^(?:以下|许多|一些|一系列|下列)|(?:建议|意见|指标|报告|问题|议案|草案)$")
JUDGED_TOPIC = re.compile(r"(?P<topic>[^的是]{2,10})是[^，。；]{2,14}的一[个项条][^，。；]{2,6}$")
HEED = re.compile(r"^(?:注意|警惕|牢记|重视)(?=[^，。；]{4,})")
CALLED = re.compile(r"(?P<target>[^，。；：“”]{1,10})：“")
NO_TARGET = re.compile(r"[了在是把]|我们|制度|^(?:继续|坚持|全面|进一步|当前|如何)")
EXPLAINED = re.compile(r"，(?:即|也就是|这就是)")
VAGUE = re.compile(r"当前|如何|今年|今天|现在|目前|做好")


def _quoted(text: str, shape: Outline, names: Names, start: int, end: int) -> list[Content]:
    """Quotations in a row from ``start``: slogans by name, short words as they stand, long ones by what they name."""
    row: list[Content] = []
    at = start
    for q in (q for q in shape.quotes if start <= q.start <= end):
        between = text[at : q.start - 1]
        if at > start and between not in ("", "、", "和", "的"):
            break
        if between == "的" and at > start:
            row.clear()  # 提出“到2035年…样板”的“20年之问”: the head is meant
        whole = next(iter(names.outer(q.start - 1, q.end + 1, *CONTENTS)), None)
        words = _bare(text[q.start : q.end]).rstrip("。！")
        if whole and (whole.end - whole.start >= q.end - q.start - 1 or len(words) > 40):
            row.append((whole.entity.name, whole))
        elif len(words) <= 40:
            row.append((words.removeprefix("要") if len(words) > 12 and "，" not in words else words, None))
        at = q.end + 1
    return row


def _decisions(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """X研究决定，在Y组织开展C; X在Y开展了C; X作出关于Z的决定."""
    for m in DECIDE.finditer(text):
        sentence = _sentence(shape, m.start())
        issuers = _issuers(text, names, max(sentence.start, m.start() - 60), m.start(), SUBJECT_MIDDLE)
        if not issuers:
            continue
        if m["topic"]:
            topic = m["topic"].removeprefix("关于")
            yield Frame(issuers, m["noun"], [(_bare(topic), None)], Span(*m.span()), "decision", 0.7)
            continue
        contents = names.outer(m.end(), min(sentence.end, m.end() + 60), "Campaign", "Slogan", "Document")[:1]
        if contents:
            yield Frame(
                issuers,
                "决定",
                [(c.entity.name, c) for c in contents],
                Span(*m.span()),
                "decision",
                0.8,
                _place_of_action(text, m.end(), sentence),
            )
    for m in LAUNCH.finditer(text):
        sentence = _sentence(shape, m.start())
        issuers = _issuers(text, names, max(sentence.start, m.start() - 40), m.start(), LAUNCH_MIDDLE)
        contents = names.outer(m.end(), min(sentence.end, m.end() + 30), "Campaign", "Slogan")[:1]
        if (
            issuers
            and contents
            and not CLAUSE_MARK.search(text, m.end(), contents[0].start)
            and issuers[0].entity.id.type == "Body"
        ):
            target = re.search(
                r"在(?P<t>[^，。；在]{2,14}?)(?:深入|组织|广泛|扎实|部署)*$", text[issuers[-1].end : m.start()]
            )
            if target or RULING.search(issuers[-1].entity.name):
                named: list[Content] = [(c.entity.name, c) for c in (_campaign_of(names, n) for n in contents)]
                yield Frame(issuers, "部署", named, Span(*m.span()), "launch", 0.6, target and target["t"])


CLAUSE_MARK = re.compile("[，。；：]")
RULING = re.compile(r"(?:委|中央|政府|国务院|党组|人大|党委|委员会|总工会|团中央|部|厅|法院|检察院|军区|司令部)$")
LAUNCH_MIDDLE = re.compile(
    r"(?:今年|去年|近日|决定|已|将|即将|统一|联合|深入|广泛|在[^，。；]{2,16}|，|专门|还|也|组织)*"
)


def _campaign_of(names: Names, slogan: Named) -> Named:
    """The campaign that a slogan at this place stands for: 开展“五抓五促”…为主题的专项行动."""
    if slogan.entity.id.type != "Slogan":
        return slogan
    named = (n for n in names.all if n.entity.id.type == "Campaign" and n.entity.name.startswith(slogan.entity.name))
    campaign = next(named, None)
    return slogan._replace(entity=campaign.entity) if campaign else slogan


def _judged(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """开展C，是X、Y着眼全局作出的重大决策."""
    for m in DECISION_NOUN.finditer(text):
        sentence = _sentence(shape, m.start())
        copula = text.rfind("是", max(sentence.start, m.start() - 50), m.start())
        if copula < 0:
            continue
        first = names.first(copula, m.start(), *ISSUERS)
        content = names.last(sentence.start, copula, "Campaign", "Slogan")
        if first is None or first.start - copula > 2 or content is None:
            continue
        chain = [first]
        for n in names.outer(first.end, m.start(), *ISSUERS):
            if _joined(text, chain[-1], n):
                chain.append(n)
        yield Frame(chain, m["act"], [(content.entity.name, content)], Span(copula, m.end()), "judged", 0.65)


DECISION_NOUN = re.compile(r"的(?:一项|重大|重要|战略|英明|正确)+(?P<act>决策部署|决策|部署|决定|要求)")


def _pursuant(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """根据市委统一部署，本次活动…; 按照中央和省委、市委的部署，“三严三实”专题教育…."""
    theme = main_campaign(shape, names)
    for m in PURSUANT.finditer(text):
        sentence = _sentence(shape, m.start())
        if not BY_WORD.search(text, max(sentence.start, m.start() - 40), m.start()):
            continue
        issuers = _issuers(text, names, max(sentence.start, m.start() - 36), m.start(), PURSUANT_MIDDLE)
        campaign = names.first(m.end(), min(sentence.end, m.end() + 40), "Campaign")
        if campaign is None and theme and THIS_ONE.search(text, m.end(), min(sentence.end, m.end() + 30)):
            campaign = next((n for n in names.all if n.entity.id == theme), None)
        if issuers and campaign:
            yield Frame(issuers, m["act"], [(campaign.entity.name, campaign)], Span(*m.span()), "pursuant", 0.6)


PURSUANT = re.compile(r"(?:统一|总体|有关|工作)*(?P<act>部署要求|决策部署|安排部署|部署安排|部署|安排|要求)，")
PURSUANT_MIDDLE = re.compile(r"(?:的|提出的)?")
BY_WORD = re.compile(r"(?:按照|根据|遵照|依照)[^，。；]{0,30}$")
THIS_ONE = re.compile(r"(?:本次|这次|此次)(?:专项)?活动")


def _called(text: str, names: Names, shape: Outline) -> Iterator[Frame]:
    """X发出了…的伟大号召."""
    for m in CALL.finditer(text):
        sentence = _sentence(shape, m.start())
        issuers = _issuers(text, names, max(sentence.start, m.start() - 60), m.start(), SUBJECT_MIDDLE)
        if issuers:
            inner = [n for n in names.outer(*m.span("words"), *CONTENTS) if n.end - n.start >= len(m["words"]) - 2]
            words: list[Content] = [(n.entity.name, n) for n in inner] or [(_bare(m["words"]), None)]
            yield Frame(issuers, "号召", words, Span(*m.span()), "called", 0.75)


CALL = re.compile(r"(?:发出|提出)了?(?P<words>[^，。；]{3,34}?)的(?:伟大|庄严|响亮|战斗)?(?:号召|口号|倡议)")


def _place_of_action(text: str, start: int, sentence: Span) -> str | None:
    m = re.compile(
        r"[，]?(?:今年|从[^，]{1,8}起)?在(?P<t>[^，。；“”]{2,14}?)(?:组织|深入|广泛|扎实|全面)*(?:开展|实施|启动)"
    ).match(text, start, sentence.end)
    return m["t"] if m else None


def _arrangements(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """X、Y就Z作出部署; X对Z进行了安排部署."""
    for m in ARRANGE.finditer(text):
        sentence = _sentence(shape, m.start())
        issuers = _issuers(text, names, max(sentence.start, m.start() - 60), m.start(), SUBJECT_MIDDLE)
        if not issuers:
            continue
        contents = _topics(text, names, Span(*m.span("topic")))
        yield Frame(issuers, m["act"], contents, Span(*m.span()), "arrangement", 0.7)
    for m in PASSED_ON.finditer(text):
        sentence = _sentence(shape, m.start())
        issuers = _issuers(text, names, max(sentence.start, m.start() - 12), m.start(), SUBJECT_MIDDLE)
        campaign = names.last(sentence.start, m.start(), "Campaign")
        if issuers and campaign:
            yield Frame(issuers, m["act"], [(campaign.entity.name, campaign)], Span(*m.span()), "passed-on", 0.6)


PASSED_ON = re.compile(
    r"(?:也|随后|相继)(?:将|要|会|已)?(?:作出|作了|做出|进行)了?(?P<act>安排部署|部署安排|部署|安排)"
)


def _topics(text: str, names: Names, topic: Span) -> list[Content]:
    """What a frame is about: the names in it where they are all of it, else its own words; 、 joins several."""
    pieces = cut(text, *topic, TOPIC_JOINT)
    found: list[Content] = []
    lead = TOPIC_VERB.match(text, *topic)
    named = names.first(lead.end(), topic.end, *CONTENTS) if lead and lead.end() > topic.start else None
    if lead and named and named.start == lead.end() and text[named.end : named.end + 1] in ("、", "，"):
        return [(named.entity.name, named)]  # 对深入推进“S”、发扬…作出部署: what the list begins with is its theme
    several = len(pieces) > 2 or TOPIC_TAIL.search(text, *topic)
    for piece in pieces if several and all(p.end - p.start >= 4 for p in pieces) else [topic]:
        end = piece.end
        tail = TOPIC_TAIL.search(text, *piece)
        end = tail.start() if tail else end
        lead = TOPIC_VERB.match(text, piece.start, end)
        start = lead.end() if lead else piece.start
        inner = names.outer(start, end, *CONTENTS)
        if inner and sum(n.end - n.start for n in inner) >= len(text[start:end].strip("“”")) - 2:
            found.extend((n.entity.name, n) for n in inner)
        else:
            found.append((_bare(text[piece.start : end]), None))
    return found


TOPIC_JOINT = re.compile("、")
TOPIC_TAIL = re.compile(r"等(?:重大|重要|方面)?(?:问题|工作|任务|方面)?[，]?$")
TOPIC_VERB = re.compile(r"(?:深入|扎实|全面)*(?:推进|开展|做好|抓好|贯彻|落实|实施|加强)(?:好|和)?")


def _printed(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """X印发《D》."""
    for m in PRINT.finditer(text):
        sentence = _sentence(shape, m.start())
        document = names.first(m.end(), min(sentence.end, m.end() + 40), "Document")
        if document is None or document.start - m.end() > 3:
            continue
        issuers = _issuers(text, names, max(sentence.start, m.start() - 40), m.start(), SUBJECT_MIDDLE)
        if issuers:
            act = m[0].rstrip("了的")
            yield Frame(
                issuers,
                "决定" if act == "作出" else act,
                [(document.entity.name, document)],
                Span(*m.span()),
                "printed",
                0.85,
            )


def _inherent(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """Directives that a name itself tells: 中央八项规定, 习近平总书记在…上的重要讲话, …的重要论述."""
    seen: set[EntityId] = set()
    for n in names.within(0, len(text), "Document", "Slogan"):
        if n.entity.id in seen:
            continue
        words = text[n.start : n.end]
        inner = [i for i in names.within(n.start, n.end, *ISSUERS) if i.start <= n.start + 1]
        if RULES.search(words):
            before = names.last(max(0, n.start - 8), n.start, "Body")
            issuers = inner[:1] or ([before] if before and text[before.end : n.start] in ("“", "") else [])
            if not issuers and (lead := CENTRE.match(words)):
                issuers = sorted(
                    (b for b in names.all if b.entity.id.type == "Body" and CENTRE.fullmatch(text, b.start, b.end)),
                    key=lambda b: (text[b.start : b.end] != lead[0], b.start),
                )[:1]
            act = "规定"
        elif (SPIRIT.search(words) and (words.endswith("精神") or text.startswith("精神", n.end))) or words.endswith(
            "重要论述"
        ):
            issuers, act = (
                [i for i in inner if i.entity.id.type == "Person"][:1],
                "论述" if words.endswith("论述") else "讲话精神",
            )
        else:
            continue
        if issuers:
            seen.add(n.entity.id)
            yield Frame(issuers, act, [(n.entity.name, n)], Span(n.start, n.end), "inherent", 0.8)


def _bare(words: str) -> str:
    return re.sub(r"[“”‘’\s]", "", words)
