"""Directives: who demanded, decided, deployed or called for what; of whom, at which meeting, when.

A frame is a cue with its slots around it. Nominal frames stand behind their content (X对Y提出的“Z”的要求), verbal ones
before it (X在M上强调，要…).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.anchors import Anchored
from kg.extract.frames import (
    CONTENTS,
    ISSUE_MIDDLE,
    ISSUERS,
    SUBJECT_MIDDLE,
    Content,
    Frame,
    bare,
    contents_of,
    issuers_of,
    joined,
    sentence_of,
    subject,
    topics_of,
)
from kg.extract.names import Named, Names
from kg.extract.pointing import pointing
from kg.extract.sayings import called, equated, verbal
from kg.extract.theme import main_campaign
from kg.model import Directive, EntityId, Expansion
from kg.outline import Outline, Span

QUALITY = r"(?:的|这一|重要|明确|目标|新|总|战略|总体|工作|最新|系列|具体|一系列|重大|伟大|指示|讲话|等)"
ACT_NOUN = r"决策部署|部署要求|安排部署|工作要求|指示精神|批示精神|讲话精神|重要论述|动员令|要求|指示|批示|部署|决策|号召|论述|倡议|规定(?=[，。、；]|要求|精神)"
NOMINAL = Anchored(
    ACT_NOUN,
    "决策部署 部署要求 安排部署 工作要求 指示精神 批示精神 讲话精神 重要论述 动员令 要求 指示 批示 部署 决策 号召 论述 倡议 规定".split(),
)
QUALIFIED = re.compile(rf"”?{QUALITY}{{0,4}}$")
_ASKED = ("部署", "要求", "指示", "批示")
_HOW = ("", "新", "重要", "明确", "系列")
ABOUT = Anchored(
    r"(?:关于|对(?![标表照于])(?=[^，。；：“对\n]{2,24}的(?:新|重要|明确|系列){0,2}(?:部署|要求|指示|批示)))(?P<topic>[^，。；：\n]{2,40}?)(?:的|作出的?|提出的?)?(?:重要|明确|系列|一系列|新|总){0,4}(?P<act>指示精神|指示|批示|要求|意见|重要论述|论述|部署|决定|号召)",
    ["关于", *(f"的{how}{too}{noun}" for how in _HOW for too in _HOW for noun in _ASKED)],
    back=26,
    ahead=70,
)
DECIDE = Anchored(
    r"(?:研究)?决定(?!性|因素|于|权|作用|的)|(?:作出|做出)了?(?:在[^，。；]{2,12})?(?:关于)?(?:组织|集中)?(?:开展|实施|启动)(?P<named>[^，。；]{2,40}?)的(?:重大|重要|战略|正确|英明)*(?P<choice>决定|决策|部署)|(?:作出|做出)了?(?P<topic>关于[^，。；]{2,30}?)的?(?:一系列)?(?P<noun>决定|决议|决策)",
    ("研究决定", "决定", "作出", "做出"),
)
LAUNCHES = "部署开展 组织开展 开展 启动 部署 发起 实施 组织 铺开 推开".split()
LAUNCH = Anchored(rf"(?:{'|'.join(LAUNCHES)})(?:了|的)?", LAUNCHES)
PRINTS = "印发 下发 出台 发布 颁布 转发 批转 制发 作出".split()
PRINT = Anchored(rf"(?:{'|'.join(PRINTS)})(?:了|的)?", PRINTS)
_DONE = [verb + aspect for verb in ("作出", "作了", "做出", "进行", "提出", "发出") for aspect in ("", "了", "过")]
ARRANGE = Anchored(
    r"(?:对|就)(?P<topic>[^。；，]{2,60}?)[，]?(?:作出|作了|做出|进行|提出|发出)[了过]?(?:重要|具体|全面|专门|专题|系统|明确|新的|新|更高|的){0,6}"
    r"(?P<act>安排部署|部署安排|决定和部署|部署|安排|要求|动员令|号召|批示|指示)",
    [
        done + behind
        for done in _DONE
        for behind in "重要 具体 全面 专门 专题 系统 明确 新 更高 的 部署 安排 决定和部署 要求 动员令 号召 批示 指示".split()
    ],
    back=62,
    ahead=40,
)
RULES = re.compile(r"(?:[一二三四五六七八九十]{1,2}(?:项|条|大)(?:规定|要求|纪律|禁令|准则|措施)|约法[一二三四五]章)$")
CENTRE = re.compile(r"(?:以[\u4e00-\u9fff]{2,4}同志为(?:核心|总书记)的)?(?:党中央|中共中央|中央)")
SPIRIT = re.compile(r"(?:重要)?(?:讲话|指示|批示|谈话)(?:精神)?$")

ADDRESSED = re.compile(r"(?:对|就)(?:做好|抓好|推进|加强|搞好)?(?P<t>[^，。；]{2,20}?)(?:提出|作出|$|“)")


def find_directives(text: str, shape: Outline, names: Names, expansions: Sequence[Expansion] = ()) -> list[Directive]:
    """All directives that a speech names, one for each issuer and content; offsets into ``text``."""
    sets = list(_sets(expansions, names))
    frames = [
        *_nominal(text, shape, names),
        *equated(text, shape, names),
        *_about(text, shape, names),
        *verbal(text, shape, names, sets),
        *_decisions(text, shape, names),
        *_arrangements(text, shape, names),
        *_printed(text, shape, names),
        *_judged(text, shape, names),
        *called(text, names, shape),
        *_pursuant(text, shape, names),
        *_inherent(text, shape, names),
        *pointing(text, shape, names),
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


def _sets(expansions: Sequence[Expansion], names: Names) -> Iterator[Named]:
    """Slogans by the stretch that names their members, where the slogan itself stands outside of it."""
    for x in expansions:
        if len(x.members) < 2 or x.status != "complete" or any(m.start < 0 for m in x.members):
            continue
        low, high = min(m.start for m in x.members), max(m.end for m in x.members)
        mention = next(
            (n for n in names.within(max(0, low - 300), high + 300, "Slogan") if n.entity.id == x.slogan), None
        )
        if mention and high - low <= 120 and not low - 30 <= mention.start < high:
            yield mention._replace(start=low, end=high)


def _worth(d: Directive) -> tuple[int, float]:
    return (sum(slot is not None for slot in (d.venue, d.date, d.target)), d.confidence)


def _fill(text: str, shape: Outline, names: Names, frame: Frame) -> Iterator[Directive]:
    sentence = sentence_of(shape, frame.cue.start)
    left = min(n.start for n in frame.issuers)
    high = frame.cue.end if frame.rule == "inherent" else frame.cue.start
    meetings = [
        n for n in names.outer(sentence.start, high, "Meeting") if VENUE.match(text, n.end) or text[n.start - 1] == "在"
    ]
    venue = next((n for n in reversed(meetings) if n.start >= left), meetings[-1] if meetings else None)
    if venue is None and AT_IT.search(text, max(sentence.start, left - 20), frame.cue.start):
        venue = names.last(max(shape.paragraph(sentence.start).start, sentence.start - 400), sentence.start, "Meeting")
    date = names.last(sentence.start, frame.cue.start, "Time")
    addressee = next(
        (n for n in names.within(*sentence, "Body") if frame.target and text[n.start : n.end] == frame.target), None
    )
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
                target_entity=addressee.entity.id if addressee else None,
                confidence=frame.confidence,
            )


AT_IT = re.compile("(?:在|这次|那次)会上|到会讲话|到会并讲话|到会时")
VENUE = re.compile(r"”?(?:上|期间|时|中|，|明确|提出|专门|作出|要求|强调|号召|指出|部署|有|报告(?:[中里上，]))")


def _act(words: str) -> str:
    for head in ("决策部署", "部署", "指示", "批示", "讲话精神", "论述", "动员令", "号召", "要求", "决定", "教导"):
        if head in words:
            return head
    return {
        "强调指出": "强调",
        "明确": "要求",
        "发出": "号召",
        "下达命令": "命令",
        "庄严宣告": "宣告",
        "明确提出": "提出",
        "鲜明提出": "提出",
    }.get(words, words)


def _nominal(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """按照X对Y提出的“Z”的明确要求; X“Z”决策部署; 落实X对Y“Z1”“Z2”要求."""
    for m in NOMINAL.finditer(text):
        sentence = sentence_of(shape, m.start())
        qualified = QUALIFIED.search(text, max(sentence.start, m.start() - 14), m.start())
        left = qualified.start() if qualified else m.start()
        contents = contents_of(text, names, sentence.start, left + (text[left] == "”"))
        if not contents:
            contents = contents_of(text, names, sentence.start, m.start())
        if not contents:
            continue
        start = contents[0].start
        while text[start - 1] in "“‘":
            start -= 1
        issuers = issuers_of(text, names, max(sentence.start, start - 70), start, ISSUE_MIDDLE)
        if not issuers and GIVEN.search(text, max(sentence.start, start - 12), start):
            issuers = subject(text, names, max(sentence.start, start - 60), start)
        if issuers:
            between = text[issuers[-1].end : start]
            target = ADDRESSED.match(between)
            named = [(c.entity.name, c) for c in contents]
            yield Frame(issuers, m[0], named, Span(left, m.end()), "nominal", 0.8, target and target["t"])


GIVEN = re.compile(r"(?:提|提出|给出|发出|作出|下达|交给|明确)(?:了|的|过)?“?$")


ABOUT_MIDDLE = re.compile(r"(?:同志)?(?:在[^，。；]{2,20})?")


def _about(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """×书记关于做好人大工作的意见; 习近平总书记关于建设…的指示精神."""
    for m in ABOUT.finditer(text):
        sentence = sentence_of(shape, m.start())
        issuers = issuers_of(text, names, max(sentence.start, m.start() - 30), m.start(), ABOUT_MIDDLE)
        if not issuers:
            continue
        yield Frame(issuers, m["act"], topics_of(text, names, Span(*m.span("topic"))), Span(*m.span()), "about", 0.75)


def _decisions(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """X研究决定，在Y组织开展C; X在Y开展了C; X作出关于Z的决定."""
    for m in DECIDE.finditer(text):
        sentence = sentence_of(shape, m.start())
        issuers = issuers_of(text, names, max(sentence.start, m.start() - 60), m.start(), SUBJECT_MIDDLE)
        if not issuers:
            continue
        if m["choice"]:
            content = names.first(*m.span("named"), "Campaign", "Slogan")
            if content:
                chosen: list[Content] = [(content.entity.name, content)]
                yield Frame(issuers, m["choice"], chosen, Span(*m.span()), "decision", 0.75)
            continue
        if m["topic"]:
            topic = m["topic"].removeprefix("关于")
            yield Frame(issuers, m["noun"], [(bare(topic), None)], Span(*m.span()), "decision", 0.7)
            continue
        limit = min(sentence.end, m.end() + 60)
        held = names.outer(m.end(), min(limit, m.end() + 30), "Meeting")[:1] if HOLD.match(text, m.end()) else []
        contents = held or names.outer(m.end(), limit, "Campaign", "Slogan", "Document")[:1]
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
        if names.first(m.end(), m.end() + 30, "Campaign", "Slogan") is None:
            continue
        sentence = sentence_of(shape, m.start())
        issuers = issuers_of(text, names, max(sentence.start, m.start() - 40), m.start(), LAUNCH_MIDDLE)
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
            ruling = None if DEPLOYING.match(m[0]) else LEADING
            if m[0].endswith("的") and ruling is LEADING:
                continue  # X开展的C: told of by the way
            if target or ruling is None or all(ruling.search(i.entity.name) for i in issuers):
                named: list[Content] = [(c.entity.name, c) for c in (_campaign_of(names, n) for n in contents)]
                if (work := WORK.match(text, contents[0].end)) and named[0][1] == contents[0]:
                    named = [(bare(text[contents[0].start : work.end()]), None)]
                yield Frame(issuers, "部署", named, Span(*m.span()), "launch", 0.6, target and target["t"])


CLAUSE_MARK = re.compile("[，。；：]")
LEADING = re.compile(r"(?:(?<!团)[省市县区州旗地乡镇校院党工]委|中央|政府|国务院|党组|委常委会)$")
DEPLOYING = re.compile("部署|发起|启动|铺开|推开")
LAUNCH_MIDDLE = re.compile(
    r"(?:今年|去年|近日|决定|已|将|即将|正在|统一|联合|深入|广泛|在[^，。；]{2,16}|，|专门|还|也|又|组织|先后|相继|随即|同步|全面|开会|集体|研究"
    r"|等[一二三四五六七八九十\d]{0,2}个?(?:部门|部委|单位))*"
)
HOLD = re.compile("(?:今天)?(?:召开|举行)")


WORK = re.compile(r"”?[\u4e00-\u9fff]{2,6}(?:建设|创建|整治)(?=[，。；])")


def _campaign_of(names: Names, slogan: Named) -> Named:
    """The campaign that a slogan at this place stands for: 开展“五抓五促”…为主题的专项行动."""
    if slogan.entity.id.type != "Slogan":
        return slogan
    named = (n for n in names.of("Campaign") if n.entity.name.startswith(slogan.entity.name))
    campaign = next(named, None)
    return slogan._replace(entity=campaign.entity) if campaign else slogan


def _judged(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """开展C，是X、Y着眼全局作出的重大决策."""
    for m in DECISION_NOUN.finditer(text):
        sentence = sentence_of(shape, m.start())
        copula = text.rfind("是", max(sentence.start, m.start() - 50), m.start())
        if copula < 0:
            continue
        first = names.first(copula, m.start(), *ISSUERS)
        content = names.last(sentence.start, copula, "Campaign", "Slogan")
        if first is None or first.start - copula > 2 or content is None:
            continue
        chain = [first]
        for n in names.outer(first.end, m.start(), *ISSUERS):
            if joined(text, chain[-1], n):
                chain.append(n)
        yield Frame(chain, m["act"], [(content.entity.name, content)], Span(copula, m.end()), "judged", 0.65)


DECISION_NOUN = re.compile(r"的(?:一项|重大|重要|战略|英明|正确)+(?P<act>决策部署|决策|部署|决定|要求)")


def _pursuant(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """根据市委统一部署，本次活动…; 按照中央和省委、市委的部署，“三严三实”专题教育…."""
    theme = main_campaign(shape, names)
    for m in PURSUANT.finditer(text):
        sentence = sentence_of(shape, m.start())
        if not BY_WORD.search(text, max(sentence.start, m.start() - 40), m.start()):
            continue
        if DEEPENED.match(text, m.end(), sentence.end):
            continue
        issuers = issuers_of(text, names, max(sentence.start, m.start() - 36), m.start(), PURSUANT_MIDDLE)
        campaign = names.first(m.end(), min(sentence.end, m.end() + 40), "Campaign")
        if campaign is None and theme and THIS_ONE.search(text, m.end(), min(sentence.end, m.end() + 30)):
            campaign = next((n for n in names.all if n.entity.id == theme), None)
        if issuers and campaign:
            yield Frame(issuers, m["act"], [(campaign.entity.name, campaign)], Span(*m.span()), "pursuant", 0.6)


PURSUANT = Anchored(
    r"(?:统一|总体|有关|工作){0,4}(?P<act>部署要求|决策部署|安排部署|部署安排|部署|安排|要求)，",
    ("部署，", "安排，", "要求，"),
    back=18,
    ahead=3,
)
PURSUANT_MIDDLE = re.compile(r"(?:的|提出的)?")
BY_WORD = re.compile(r"(?:按照|根据|遵照|依照)[^，。；]{0,30}$")
DEEPENED = re.compile("(?:以|用|把|将|结合)")
THIS_ONE = re.compile(r"(?:本次|这次|此次)(?:专项)?活动")


def _place_of_action(text: str, start: int, sentence: Span) -> str | None:
    m = re.compile(
        r"[，]?(?:今年|从[^，]{1,8}起)?在(?P<t>[^，。；“”]{2,14}?)(?:组织|深入|广泛|扎实|全面)*(?:开展|实施|启动)"
    ).match(text, start, sentence.end)
    return m["t"] if m else None


def _arrangements(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """X、Y就Z作出部署; X对Z进行了安排部署."""
    for m in ARRANGE.finditer(text):
        sentence = sentence_of(shape, m.start())
        issuers = issuers_of(text, names, max(sentence.start, m.start() - 60), m.start(), SUBJECT_MIDDLE)
        if not issuers:
            continue
        contents = topics_of(text, names, Span(*m.span("topic")))
        yield Frame(issuers, m["act"], contents, Span(*m.span()), "arrangement", 0.7)
    for m in PASSED_ON.finditer(text):
        sentence = sentence_of(shape, m.start())
        issuers = issuers_of(text, names, max(sentence.start, m.start() - 12), m.start(), SUBJECT_MIDDLE)
        campaign = names.last(sentence.start, m.start(), "Campaign")
        if issuers and campaign:
            yield Frame(issuers, m["act"], [(campaign.entity.name, campaign)], Span(*m.span()), "passed-on", 0.6)


PASSED_ON = Anchored(
    r"(?:也|随后|相继){1,2}(?:将|要|会|已)?(?:作出|作了|做出|进行|作)了?(?P<act>安排部署|部署安排|部署|安排)",
    [done + what for done in ("作", *_DONE) if done[:2] not in ("提出", "发出") for what in ("部署", "安排")],
    back=5,
    ahead=7,
)


def _printed(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """X印发《D》."""
    for m in PRINT.finditer(text):
        sentence = sentence_of(shape, m.start())
        document = names.first(m.end(), min(sentence.end, m.end() + 120), "Document")
        if document is None or document.start - m.end() > 4:
            continue
        issuers = issuers_of(text, names, max(sentence.start, m.start() - 40), m.start(), SUBJECT_MIDDLE)
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
                    (b for b in names.of("Body") if CENTRE.fullmatch(text, b.start, b.end)),
                    key=lambda b: (text[b.start : b.end] != lead[0], b.start),
                )[:1]
            act = "规定"
        elif (SPIRIT.search(words) and (words.endswith("精神") or text.startswith("精神", n.end))) or words.endswith(
            "重要论述"
        ):
            issuers, act = (
                [i for i in inner if i.entity.id.type == "Person"][:1],
                "论述" if words.endswith("论述") else "精神" if "重要讲话" in words else "讲话精神",
            )
        else:
            continue
        if issuers:
            seen.add(n.entity.id)
            yield Frame(issuers, act, [(n.entity.name, n)], Span(n.start, n.end), "inherent", 0.8)
