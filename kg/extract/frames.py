"""What the frames of directives share: who issues, what the directive is about, how far its words reach."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.extract.lists import cut
from kg.extract.names import Named, Names
from kg.model import EntityType
from kg.outline import Outline, Span

ISSUERS: tuple[EntityType, ...] = ("Person", "Body")
CONTENTS: tuple[EntityType, ...] = ("Slogan", "Campaign", "Document")
HOLDERS: tuple[EntityType, ...] = ("Meeting", "Document", "Campaign")
ADDRESSING = frozenset("在对向于给")

ISSUE_MIDDLE = re.compile(
    r"(?:同志|总书记|党组)?(?:(?:明确|提出|确定|下达|部署)的[^，。；]{0,24}|[，]?(?:在|对|就|关于|于)[^。；]{0,36}|明确|提出|作出|发出|强调|的|要求|中|上|所|专门|多次|再次|所提出|两次|[，“]|给我们|向全党|为我们)*"
)
SUBJECT_MIDDLE = re.compile(
    r"(?:同志|总书记)?(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{4}年|再次|多次|接连|连续|还|又|明确|专门|反复|经常|特别|深刻|鲜明地?|也|曾|已经|已|会前|近日|近期|最近|前不久|今年以来|今年|去年|专题|集体|认真|及时|统一|联合|迅速|共同|相继|先后|分别|集体|研究|即将|将"
    r"|[，]?(?:在|就|对|向|于|经|从|为)[^。；]{0,40}?|(?:发表|作)了?(?:重要|专题|动员)*讲话[，时]|[，]?到[^，。；]{1,12}(?:调研|视察|考察|检查|慰问)(?:时|期间|，)|到会讲话，|商量[以之]?后|开会|连夜|反复|研究，|讨论，"
    r"|[，]?结合[^，。；]{0,16}|[\u4e00-\u9fff]{1,4}了《[^》]{1,40}》，|，|我们|召开[^。；]{0,16}(?:会议|大会|全会)|系统|全面)*"
)
CHAIN = frozenset(("", "、", "和", "”“", "”、“", "”和“", "“", "”", "，", "及", "”，“", "与", "”“", "”与“"))
PARALLEL_VERB = re.compile(r"[、和](?:打造|践行|坚持|建设|推进|实现|加强|遵循|贯彻|落实)“?")

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


def sentence_of(shape: Outline, at: int) -> Span:
    """The sentence around ``at``; of one without end (a list without full stops) what stands near."""
    whole = shape.sentence(at)
    return Span(max(whole.start, at - REACH), min(whole.end, at + REACH))


REACH = 400
"""How far from its cue a frame's slots are looked for, in characters."""


def issuers_of(text: str, names: Names, low: int, high: int, middle: re.Pattern[str]) -> list[Named]:
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
                if joined(text, other, chain[-1]):
                    chain.append(other)
            nearer = names.last(n.end, high, "Meeting")
            host = names.first(nearer.start, nearer.end, "Body") if nearer else None
            if nearer and MEETING_SAYS.match(text, nearer.end):
                if host and host.start == nearer.start:
                    return [host]
                if text[nearer.start - 1] in "，；":
                    return []
            return chain[::-1]
    meeting = names.last(low, high, "Meeting")  # 市委九届三次全会提出…: the body whose meeting it is
    if meeting and middle.fullmatch(text, meeting.end, high):
        host = names.first(meeting.start, meeting.end, "Body")
        if host and host.start == meeting.start:
            return [host]
    return []


MEETING_SAYS = re.compile(r"(?:明确|鲜明)?(?:提出|强调|作出|要求|有)的?")


def joined(text: str, left: Named, right: Named) -> bool:
    """Whether two issuers are coordinated: 省委、省政府; 市委市政府 (but not 市委|XX书记)."""
    between = text[left.end : right.start]
    return between in ("和", "、", "与") or (not between and left.entity.id.type == right.entity.id.type)


def contents_of(text: str, names: Names, low: int, high: int) -> list[Named]:
    """The content mentions that end right before ``high``, coordinated ones together."""
    found: list[Named] = []
    end = high
    for n in reversed(names.outer(low, high, *CONTENTS)):
        between = text[n.end : end].strip("”’")
        if n.end <= end and (between in CHAIN or PARALLEL_VERB.fullmatch(between)):
            found.append(n)
            end = n.start
    return found[::-1]


SELF = re.compile(
    r"我们|我(?![省市县区州旗镇乡村校院厅局部委司国军])|大家|同志们|(?<![重主需首])要(?![求点闻])|应当|必须"
)


def subject(text: str, names: Names, low: int, high: int) -> list[Named]:
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
        if joined(text, other, chain[-1]):
            chain.append(other)
    return chain[::-1]


SUBJECT_EDGE = frozenset("。，！？；：\n、和，")


def topics_of(text: str, names: Names, topic: Span) -> list[Content]:
    """What a frame is about: the names in it where they are all of it, else its own words; 、 joins several."""
    pieces = cut(text, *topic, TOPIC_JOINT)
    found: list[Content] = []
    lead = TOPIC_VERB.match(text, *topic)
    named = names.first(lead.end(), topic.end, *CONTENTS) if lead and lead.end() > topic.start else None
    if not lead or lead.end() == topic.start:
        placed = names.first(*topic, "Place")
        whole = names.first(placed.end, topic.end, *CONTENTS) if placed and placed.start == topic.start else None
        if placed and whole and topic.end - whole.end <= 1 and whole.start - placed.end <= 1:
            return [(whole.entity.name, whole)]  # 对浙江“千万工程”作出批示
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
            found.append((bare(text[piece.start : end]), None))
    return found


TOPIC_JOINT = re.compile("、")
TOPIC_TAIL = re.compile(r"等(?:重大|重要|方面)?(?:问题|工作|任务|方面)?[，]?$")
TOPIC_VERB = re.compile(r"(?:深入|扎实|全面)*(?:推进|制定|开展|做好|抓好|贯彻|落实|实施|加强)(?:好|和)?")


def bare(words: str) -> str:
    """The words without quotation marks and blanks, as a directive's content is written."""
    return re.sub(r"[“”‘’\s]", "", words)
