"""Directives by what somebody says: X在M上强调，要…; X提出“Z”; 他对…的要求是“Z”; X发出…的号召."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.anchors import Anchored
from kg.extract.frames import CONTENTS, SUBJECT_MIDDLE, Content, Frame, bare, issuers_of, sentence_of, subject
from kg.extract.names import Named, Names
from kg.outline import Outline, Span

VERBAL = Anchored(
    r"(?P<act>说(?=[：，]“)|点出|确定|明确宣告|庄严宣告|强调指出|明确提出|明确要求|鲜明提出|强调|指出|提出|要求|号召(?!力)|教导|明确|宣告|发出"
    r"|指示(?=各|全|我|[：:])|勉励|嘱托|责成|下达命令)(?:了|过|我们)?(?P<mark>[，：:]|要)?",
    "说：“ 说，“ 点出 确定 明确宣告 庄严宣告 强调指出 明确提出 明确要求 鲜明提出 强调 指出 提出 要求 号召 教导 明确 宣告 发出"
    " 指示 勉励 嘱托 责成 下达命令".split(),
)
TARGET = re.compile(r"^(?P<target>[^，。；：“”]{2,26}?)[，]?(?:要|都要|必须|应当?|应该|做到|务必)")
TOPIC_LEAD = re.compile(r"(?:要|必须|应当|应该|务必|就是要|必须要|需要)")
CLAUSE = re.compile(r"[^，。；：！？“”\n]+")


def verbal(text: str, shape: Outline, names: Names, sets: Sequence[Named] = ()) -> Iterator[Frame]:
    """X在M上强调，要…; X提出“Z”; 他强调 with the issuer of the sentence before.

    ``sets`` are slogans by where their members stand: who demands the members demands the slogan.
    """
    for m in VERBAL.finditer(text):
        sentence = sentence_of(shape, m.start())
        if any(True for n in names.within(max(0, m.start() - 30), m.start(), *CONTENTS) if n.end == m.start()):
            continue  # 落实全面从严治党要求
        if text[m.end() : m.end() + 1] in NOUN_END or NOUN_FRONT.search(text, max(0, m.start() - 10), m.start()):
            continue
        issuers = issuers_of(text, names, max(sentence.start, m.start() - 90), m.start(), SUBJECT_MIDDLE)
        rule, confidence = "verbal", 0.75
        if issuers and BY_WORD_OF.search(text, max(sentence.start, issuers[0].start - 22), issuers[0].start):
            continue  # 按照中央精神和区委要求，…: whose demand it is, not what is demanded
        if not issuers:
            issuers = subject(text, names, max(sentence.start, m.start() - 70), m.start())
            rule, confidence = "verbal-distant", 0.5
        if not issuers and CARRIED.search(text, max(0, m.start() - 12), m.start()):
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
        if demanded := [s for s in sets if m.end() <= s.start and s.end <= sentence.end]:
            plain = [c for c in contents if c[1]]
            known = "".join(words for words, _ in plain)
            contents = [*plain, *((s.entity.name, s) for s in demanded if s.entity.name not in known)]
        if m["act"] == "提出":  # a report or a bill is submitted, not demanded
            contents = [c for c in contents if not (c[1] and c[1].entity.id.type == "Document")]
        if rule == "verbal-distant":
            contents = [c for c in contents if c[1]]
        if contents:
            yield Frame(issuers, m["act"], contents, Span(*m.span()), rule, confidence, target)


CARRIED = re.compile(r"[。，\n](?:他|她|总书记)(?:还|同时|又|再次|反复|特别|明确)*$")
NOUN_END = frozenset("。、；和与及”》来是方")
BY_WORD_OF = re.compile(r"(?:按照|根据|依照|遵照|落实|对照|围绕|紧扣|对标)[^，。；]{0,16}$")
NOUN_FRONT = re.compile(r"(?:工作|明确|新|有关|的|具体|总|总体|基本|目标|根本|满足.{0,8})$")


def _said(
    text: str, shape: Outline, names: Names, cue: re.Match[str], sentence: Span
) -> tuple[list[Content], str | None]:
    """What stands behind a verb of saying: quotations, slogans, else the clause that says what must be done."""
    start, end = cue.end() - (cue["mark"] == "要"), sentence.end
    while start < end and text[start] in "，：: 要了的":
        start += 1
    addressed = ADDRESSED.match(text, start, end) if cue["act"] in DEMANDING else None
    if addressed and (
        addressed[0][0] in ADDRESSED_FIRST
        or any(n.start == start for n in names.within(start, addressed.end(), "Body", "Place"))
    ):
        start = addressed.end()
        while start < end and text[start] in "，：:":
            start += 1
        contents, more = _contents(text, shape, names, cue, start, end)
        return contents, more or addressed["target"]
    return _contents(text, shape, names, cue, start, end)


DEMANDING = frozenset(("要求", "明确要求", "号召", "教导", "勉励", "嘱托", "责成", "指示", "下达命令"))
ADDRESSED_FIRST = frozenset("全各广领党一所有中我")
# Whom a demand is put to, right behind its verb: 要求|领导干部|全面增强…, 号召|全国人民和一切工作人员|一致起来.
ADDRESSED = re.compile(
    r"(?P<target>(?:全[党国省市县区军体校院厅]|各[级地县市区乡单部院校]|广大|领导|党员|一切|所有|有关|中央和|我[省市县区支总]|[\u4e00-\u9fff]{2,6}?)[^，。；：“”、]{0,20}?"
    r"(?:人民|干部|党员|群众|职工|同志|青年|代表|机关|部门|单位|组织|地区|人员|官兵|师生|系统|企业|学校|医院|党委|政府|支部|支队)(?:和[^，。；：“”、]{2,12}?(?:人民|干部|党员|群众|职工|人员|部门|单位))?"
    r"|全[党国省市县区军](?!面|体)|各[县市区地]|[\u4e00-\u9fff]{2,4}(?=“))(?:，)?(?=[^，。；和的]{4,}|“)"
)


def _contents(
    text: str, shape: Outline, names: Names, cue: re.Match[str], start: int, end: int
) -> tuple[list[Content], str | None]:
    called = CALLED.match(text, start, end)
    if called:
        return _quoted(text, shape, names, called.end() - 1, end), called["target"]
    target = TARGET.match(text[start:end])
    addressee = target["target"].rstrip("，") if target else None
    if addressee and NO_TARGET.search(addressee):
        addressee = None
    if text[start : start + 1] == "“" and not (cue["act"] in STATING and _told(text, start, end)):
        return _quoted(text, shape, names, start, end), addressee
    clause = CLAUSE.match(text, start, end)
    limit = min(end, start + 90)
    explained = EXPLAINED.search(text, start, limit)
    near = names.outer(start, explained.start() if explained else limit, *CONTENTS)
    if cue["act"].endswith("宣告") and clause and 4 <= len(clause[0]) <= 30:
        return [(bare(clause[0]), None)], addressee
    if cue["act"] in ("强调", "指出", "强调指出") and clause and near and len(clause[0]) <= 24:
        first = near[0]
        if clause.start() < first.start and first.end < clause.end() and not VAGUE.match(clause[0]):
            return [(bare(clause[0]), None)], addressee
    if clause and near and cue["act"] in DEMANDING and _within_more(text, clause, near[0]):
        return [(bare(_whole(text, clause, end)), None)], addressee
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
        return [(bare(judged["topic"]), None)], addressee
    if clause and asking and 4 <= len(clause[0]) <= 30 and not NO_TOPIC.search(clause[0]):
        return [(bare(HEED.sub("", _whole(text, clause, end))), None)], addressee
    return [], None


STATING = frozenset(("强调", "指出", "强调指出"))


def _told(text: str, start: int, end: int) -> bool:
    """Whether a quotation behind 强调 only begins a statement that ends in a demand: “S”在眼下交汇，…，要…."""
    close = text.find("”", start, end)
    return close > 0 and text[close + 1 : close + 2] not in ENDS and TOPIC_LEAD.search(text, close, end) is not None


ENDS = frozenset(("，", "。", "、", "；", "“", "的", "和", ""))


def _within_more(text: str, clause: re.Match[str], name: Named) -> bool:
    """Whether an unquoted slogan is only a word of what is demanded: 掀起|比学赶超|热潮、…."""
    return (
        clause.start() < name.start
        and name.end < clause.end()
        and text[name.end] not in "要的"
        and name.entity.id.type == "Slogan"
        and "“" not in clause[0]
        and len(clause[0]) - (name.end - name.start) >= 8
        and len(clause[0]) <= 32
    )


def _whole(text: str, clause: re.Match[str], end: int) -> str:
    """The clause, and the next one where both are halves of one formula: 增加生产，厉行节约."""
    follows = CLAUSE.match(text, clause.end() + 1, end) if text.startswith("，", clause.end()) else None
    if follows and len(follows[0]) == len(clause[0]) <= 6:
        return text[clause.start() : follows.end()]
    return clause[0]


NO_TOPIC = re.compile(
    r"的$|^在[^，]*[中上下里]$|^(?:以下|许多|一些|一系列|下列)|(?:建议|意见|指标|报告|问题|议案|草案)$"
)
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
        words = bare(text[q.start : q.end]).rstrip("。！")
        if whole and (whole.end - whole.start >= q.end - q.start - 1 or len(words) > 40):
            row.append((whole.entity.name, whole))
        elif len(words) <= 40:
            row.append((words.removeprefix("要") if len(words) > 12 and "，" not in words else words, None))
        at = q.end + 1
    return row


DEMANDS = Anchored(
    r"(?:要求|期望|希望)(?:就)?是[：，]?",
    [noun + copula for noun in ("要求", "期望", "希望") for copula in ("是", "就是")],
)
DEMANDED_OF = re.compile(r"(?P<who>他|她)?(?:对|给)(?P<target>[^，。；]{2,16}?)(?:的|提出的)(?:明确|具体|总|新)*$")


def equated(text: str, shape: Outline, names: Names) -> Iterator[Frame]:
    """他对人大工作的要求是“S1”“S2”; X对Y的要求就是S."""
    for m in DEMANDS.finditer(text):
        head = DEMANDED_OF.search(text, max(0, m.start() - 28), m.start())
        if head is None:
            continue
        sentence = sentence_of(shape, m.start())
        contents = names.outer(m.end(), min(sentence.end, m.end() + 40), "Slogan")
        chain = [n for i, n in enumerate(contents) if i == 0 or n.start - contents[i - 1].end <= 3]
        if not chain or chain[0].start - m.end() > 2:
            continue
        if head["who"]:
            paragraph = shape.paragraph(m.start())
            before = names.last(max(paragraph.start, m.start() - 160), head.start(), "Person")
            issuers = [before] if before else []
        else:
            issuers = issuers_of(text, names, max(sentence.start, head.start() - 20), head.start(), re.compile(""))
        if issuers:
            named: list[Content] = [(c.entity.name, c) for c in chain]
            yield Frame(issuers, "要求", named, Span(head.start(), m.end()), "equated", 0.65, head["target"])


def called(text: str, names: Names, shape: Outline) -> Iterator[Frame]:
    """X发出了…的伟大号召."""
    for m in CALL.finditer(text):
        sentence = sentence_of(shape, m.start())
        issuers = issuers_of(text, names, max(sentence.start, m.start() - 60), m.start(), SUBJECT_MIDDLE)
        if issuers:
            inner = [n for n in names.outer(*m.span("words"), *CONTENTS) if n.end - n.start >= len(m["words"]) - 2]
            words: list[Content] = [(n.entity.name, n) for n in inner] or [(bare(m["words"]), None)]
            yield Frame(issuers, "号召", words, Span(*m.span()), "called", 0.75)


CALL = Anchored(
    r"(?:发出|提出)了?(?P<words>[^，。；]{3,34}?)的(?:伟大|庄严|响亮|战斗)?(?:号召|口号|倡议)",
    [how + noun for how in ("的", "的伟大", "的庄严", "的响亮", "的战斗") for noun in ("号召", "口号", "倡议")],
    back=37,
    ahead=5,
)
