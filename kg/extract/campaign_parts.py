"""``hasPart`` of campaigns: the stages, standards and activities that a speech hangs on them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.frames import sentence_of
from kg.extract.names import Named, Names
from kg.extract.theme import main_campaign
from kg.model import Entity, EntityId, Expansion, Relation
from kg.outline import Outline, Span

# What a campaign is laid out in.
STAGE = re.compile(
    r"(?:阶段|步骤|环节|关键|坚持|目标|任务|标准|带头|到位|结合|重点|个一|问|(?<!三)(?:大|项)活动|(?:个方面)(?!的?(?:问题|意见|情况|工作)))”?$"
)
STEP = re.compile("(?:阶段|步骤|环节)”?$")
FAULTS = re.compile(
    r"”?(?:等)?(?:的)?(?:突出|主要|现象和)*(?:问题|毛病|短板|差距|不足|倾向|现象|难题|病|怪圈|情况|意见)"
)
POINTED_AT = re.compile(
    r"(?:点过|点出|查摆|克服|防止|反对|纠治|杜绝|警惕|破除|存在|犯了|当前有|眼下有|还有|强调|讲|谈|提|说)(?:了|着)?[“”]?$"
)
COMPARED = re.compile(r"[它这]?[同与和]|同时|此外|它")
HEAD = re.compile(r"活动|行动|教育|会战|运动|战役|攻坚|专项|整治|大讨论|竞赛|工程")
LINKED = re.compile(
    r"(?:[，]|》，|分|有|包括|包含)(?:[^。；：]{0,60}?)(?:突破|治|做到|实行|落实|推行|抓好|抓|解决|分为?|围绕|按照|坚持|达到|实现|列出|推出|确定|突出|聚焦|即|就是|包括|有|(?:重点|内容|任务|目标|主题)(?:是|为))?(?P<list>[^，。；：]{0,34})“?$"
)
SHORTLY = 10
"""How many characters may stand between the verb and a set whose members are not among them."""
AGAIN = re.compile(
    r"(?:这次|本次|此次|这场)?[\u4e00-\u9fff]{0,4}?(?P<head>活动|行动|会战|教育|整治|工程|攻坚战)(?:大体|总共|共|主要|具体)?(?:分|有|包括)"
)


def sets_of_campaigns(
    text: str,
    shape: Outline,
    names: Names,
    expansions: Sequence[Expansion],
    apart: frozenset[EntityId],
    issued: Mapping[EntityId, frozenset[EntityId]],
) -> Iterator[Relation]:
    """Sets with members hang on the campaign of their sentence, of their section, else on the speech's own.

    Not those ``apart``, nor what somebody else than the speech's own body put forward (``issued``: slogan → issuers).
    """
    theme = main_campaign(shape, names)
    sections = _sections(text, shape, names)
    own = {inner.entity.id for n in names.all if n.entity.id == theme for inner in names.within(n.start, n.end)}
    for x in expansions:
        mention = _mention(names, x)
        if x.status == "partial" or x.slogan in apart or mention is None:
            continue
        sentence = sentence_of(shape, mention.start)
        beside = _beside(text, names, x, sentence, mention) or _again(text, names, sentence, mention)
        if beside and x.slogan not in issued:
            rule = "set-of-theme" if beside == theme else "set-of-campaign"
            yield Relation(beside, "hasPart", x.slogan, sentence.start, mention.end, rule, confidence=0.6)
            continue
        if _is_fault(text, mention) or not _ours(issued.get(x.slogan, frozenset()), names):
            continue
        if COMPARED.match(text, sentence.start) or _others(text, names, sentence, mention):
            continue
        stage = STAGE.search(text, max(0, mention.end - 8), mention.end) is not None
        if STEP.search(text, mention.end - 3, mention.end) and (
            holder := _inner(text, expansions, x, sentence, mention)
        ):
            yield Relation(holder, "hasPart", x.slogan, sentence.start, mention.end, "set-of-member", confidence=0.6)
            continue
        section = next((c for start, end, c in reversed(sections) if start <= mention.start < end), None)
        if section and section != theme:
            yield Relation(section, "hasPart", x.slogan, x.start, x.end, "set-of-section", confidence=0.5)
        elif theme and x.slogan not in own and (stage or _about(text, shape, names, x.slogan, sentence, theme)):
            yield Relation(theme, "hasPart", x.slogan, x.start, x.end, "set-of-theme", confidence=0.6)


def _mention(names: Names, x: Expansion) -> Named | None:
    low, high = max(0, x.start - 20), x.end + 20
    return next((n for n in names.within(low, high, "Slogan") if n.entity.id == x.slogan), None)


def _inner(text: str, expansions: Sequence[Expansion], x: Expansion, sentence: Span, mention: Named) -> EntityId | None:
    """The set before, one of whose members the sentence takes up: 四个阶段…。其中全面争创阶段包含…六个环节."""
    for other in expansions:
        if other is x or not other.end <= mention.start <= other.end + 160:
            continue
        words = (text[m.start : m.end] for m in other.members if m.start >= 0 and m.end - m.start >= 4)
        if other.slogan != x.slogan and any(w in text[sentence.start : mention.start] for w in words):
            return other.slogan
    return None


def _again(text: str, names: Names, sentence: Span, mention: Named) -> EntityId | None:
    """行动分“三步走”: the campaign of the sentence before that ends in the same word."""
    again = AGAIN.match(text, sentence.start, mention.start)
    if again is None or mention.start - again.end() > 2:
        return None
    before = names.last(max(0, sentence.start - 160), sentence.start, "Campaign")
    return before.entity.id if before and before.entity.id.key.endswith(again["head"]) else None


def _beside(text: str, names: Names, x: Expansion, sentence: Span, mention: Named) -> EntityId | None:
    """The campaign before a set in its own sentence: 开展C，重点突破S; 落实《关于实施C的意见》，做到S."""
    for n in reversed(names.outer(sentence.start, mention.start, "Campaign", "Document")):
        campaign = n if n.entity.id.type == "Campaign" else names.first(n.start, n.end, "Campaign")
        m = LINKED.fullmatch(text, n.end + (text[n.end : n.end + 1] == "”"), mention.start) if campaign else None
        listed = any(n.end <= p.start < mention.start for p in x.members)
        if campaign and m and (listed or m.end("list") - m.start("list") <= SHORTLY):
            return campaign.entity.id
        return None
    return None


def _is_fault(text: str, mention: Named) -> bool:
    """Whether a set is one of faults, or only pointed at: 点过“S”, “S”的问题."""
    return bool(FAULTS.match(text, mention.end) or POINTED_AT.search(text, max(0, mention.start - 8), mention.start))


OWN_BODY = re.compile(r"(?:党组|党委|党总支|党支部|支队|地委)$")


def _ours(issuers: frozenset[EntityId], names: Names) -> bool:
    """Whether nobody, or the speech's own body, put the set forward: 厅党组确定了“S”, but not 市委书记."""
    return all(i.type == "Body" and OWN_BODY.search(i.key) for i in issuers)


def _others(text: str, names: Names, sentence: Span, mention: Named) -> bool:
    """Whether a body opens the sentence or clause that has the set: what X编办 or 门诊部 does is its own."""
    low = max(sentence.start, text.rfind("，", sentence.start, mention.start) + 1)
    for start in {sentence.start, low}:
        body = names.first(start, mention.start, "Body")
        if (
            body
            and body.start == start
            and not OWN_BODY.search(body.entity.id.key)
            and "机关" not in body.entity.id.key
        ):
            return True
    return re.match(r"[X×]{2}", text[sentence.start : sentence.start + 2]) is not None


def _about(text: str, shape: Outline, names: Names, slogan: EntityId, sentence: Span, theme: EntityId) -> bool:
    """Whether the sentence, one more that names the set, or the one before in its paragraph, speaks of the campaign."""
    for n in names.within(max(0, sentence.start - 400), sentence.start, "Slogan"):
        if n.entity.id == slogan and any(
            c.entity.id == theme for c in names.within(*sentence_of(shape, n.start), "Campaign")
        ):
            return True
    start = max(shape.paragraph(sentence.start).start, sentence_of(shape, max(0, sentence.start - 1)).start)
    if any(n.entity.id == theme for n in names.within(start, sentence.end, "Campaign")):
        return True
    head = HEAD.search(theme.key[-4:])
    return head is not None and head[0] in text[start : sentence.end]


def _sections(text: str, shape: Outline, names: Names) -> list[tuple[int, int, EntityId]]:
    """Stretches that a campaign heads: its section, or from the paragraph that it opens to the next heading."""
    found: list[tuple[int, int, EntityId]] = []
    for s in shape.sections:
        heading = names.first(s.start, s.heading_end, "Campaign")
        if heading:
            found.append((s.start, s.end, heading.entity.id))
    starts = sorted(h.start for h in shape.headings)
    for p in shape.paragraphs[1:]:
        at = p.start
        marked = MARKED.match(text, at)
        at = marked.end() if marked else at
        campaign = names.first(at, min(p.end, at + 40), "Campaign")
        if campaign and campaign.start - at <= 1 and OPENS.match(text, campaign.end):
            end = p.end if marked else starts[i] if (i := bisect_right(starts, p.start)) < len(starts) else len(text)
            found.append((p.start, end, campaign.entity.id))
    return sorted(found)


MARKED = re.compile(r"[（(][一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十]{1,2}、|\d{1,2}[.．、]")
OPENS = re.compile(r"”?[，。：是]")

CARRIED_OUT = re.compile(r"(?:开展|举办|开辟|深化|组织|推动|完善|充实|启动|抓好|做好)(?!了)")
BY_OTHERS = re.compile(r"同步|迎接|配合|部署|继续")


def activities_of_theme(
    text: str,
    shape: Outline,
    names: Names,
    entities: Sequence[Entity],
    apart: frozenset[EntityId],
) -> Iterator[Relation]:
    """The activities that a speech about one campaign tells its hearers to carry out."""
    theme = main_campaign(shape, names)
    if theme is None:
        return
    for e in entities:
        if e.id.type != "Campaign" or e.id in apart or e.id == theme:
            continue
        for m in e.mentions:
            low = sentence_of(shape, m.start).start
            clause = max(low, m.start - 14)
            told = CARRIED_OUT.search(text, clause, m.start) and not BY_OTHERS.search(text, clause, m.start)
            told = told and not _run_by_others(text, names, low, m.start)
            told = told or _row(text, names, shape, m.start, m.end)
            if told and m.start > shape.paragraphs[0].end:
                yield Relation(theme, "hasPart", e.id, clause, m.end, "activity-of-theme", confidence=0.5)
                break


def _run_by_others(text: str, names: Names, low: int, high: int) -> bool:
    """Whether a body is the subject of the run-up: 组织部要…开展C."""
    return any(text[b.start - 1] in "。，；：、\n" for b in names.outer(low, high, "Body"))


def _row(text: str, names: Names, shape: Outline, start: int, end: int) -> bool:
    """Whether a campaign stands in a row of three or more: “A”主题征文活动，“B”大讲堂，“C”活动."""
    sentence = sentence_of(shape, start)
    if PAST.search(text, sentence.start, start):
        return False
    row = names.outer(sentence.start, sentence.end, "Campaign")
    at = next((i for i, n in enumerate(row) if n.start <= start < n.end), None)
    if at is None:
        return False
    low = high = at
    while low and ROW.fullmatch(text, row[low - 1].end, row[low].start):
        low -= 1
    while high + 1 < len(row) and ROW.fullmatch(text, row[high].end, row[high + 1].start):
        high += 1
    return high - low >= 2


PAST = re.compile("经过|近年|以来|去年|先后|历次|开展了|相继|一轮")
ROW = re.compile(r"[”“，、和]{1,4}[\u4e00-\u9fff]{0,2}“?")
