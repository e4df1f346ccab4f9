"""Campaigns: named drives, activities, programmes and educations, found by their head noun and read backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.anchors import Anchored, Phrases
from kg.extract.counts import ANNOUNCED
from kg.extract.found import Found
from kg.lexicon import Match
from kg.outline import Outline

# Heads that make a campaign of whatever name stands before them.
STRONG_HEAD = (
    r"主题教育|专题教育|学习教育|集中教育|警示教育|教育实践活动|实践活动|主题活动|专项活动|创建活动|教育活动|主题实践活动|专项整治行动"
    r"|专项整治|集中整治|专项治理|专项斗争|专项行动|专项检查|执法检查|攻坚战|歼灭战|阻击战|持久战|人民战争|会战|大会战|三年行动|五年行动"
    r"|行动计划|行动方案|攻坚行动|提升行动|示范行动|大讨论|大开发|大比武|技能比武|岗位练兵|技能竞赛|劳动竞赛|大走访|大调研|大排查|大整治|大竞赛|集中行动|整训"
    r"|建设年|提升年|攻坚年|落实年|创新年|规范年|服务年|学习年|调研年|突破年|治理年|主题年|项目年|管理年"
)
WEAK_HEAD = r"活动|行动|工程|计划|战役|运动|斗争|讲堂|比赛|竞赛|大赛"
HEAD = Phrases(f"{STRONG_HEAD}|{WEAK_HEAD}".split("|"))

QUOTED_HEADS = re.compile(
    r"”(?P<modifier>[\u4e00-\u9fff]{0,6}?)(?P<head>主题教育实践活动|主题教育|专题教育|学习教育活动|学习教育|集中教育活动|集中教育"
    r"|教育实践活动|主题活动|专项活动|活动|专项行动|行动计划|行动|工程|攻坚计划|计划|专项整治|集中整治|专项治理|技能竞赛|攻坚战|演讲比赛|竞赛|大赛|大比武|建设年|战役"
    r"|(?:的)?(?:大讨论|路线教育|群众运动))"
)
QUOTED_NAME = re.compile(
    r"[\u4e00-\u9fff×XＸ*A-Za-z0-9]{2,14}(?:建设年|提升年|攻坚年|落实年|创新年|服务年|年活动|大讲堂|讲堂|大学堂|论坛|见面日|接待日)"
)

# Where the name begins: behind one of these, reading backwards from the head.
VERB = (
    r"(?:一场|一次|一项|一批|开展|实施|推进|启动|组织|参与|参加|加强|落实|完成|打好|打赢|打响|持续|深入|扎实|巩固|结合|通过|抓好|做好|搞好|举办|坚持|推动|进行|配合"
    r"|支持|投身|深化|继续|广泛|积极|大力|全面|认真|部署|出台|制定|发起|迎接|确保|抓住|围绕|按照|响应|突出|紧扣|统筹|加快|如期|坚决|切实"
    r"|建设|强化|编制|根据|关于|对于|以及|其中|包括|实行|胜利|决定|要求|提出|发动|经过|正在|常态化|滚动|相继|先后|成功|实现|体现|发挥好?|展示|检验|拓展|保证|作为|成效|促进|反对|遏制|打击|严厉|依法|大打|投入|做到|属于|具有|我们|年终|引导|召开|成立|认识|监督|顺着|拿一?次?|报|谈|写|参照|保持|成为|报送|设立|汇报|总结)"
)
STOP = re.compile(rf"[，。；：、！？“”（）()《》\s]|[的了同在将把对为以与和及等从到由使让是就要向给这该本各]|{VERB}")
PUNCTUATION = "，。；、”"
GENERIC = re.compile(
    r"(?:这次|本次|此次|全[省市县区州局厅校院乡镇系]|党内|党员|干部|职工|群众|治理|整治|一批|一场|一次|一项|各项|各类|各种|一系列|系列|专项|主题|实践|教育|活动|重大|重点|日常|具体|有关|相关|整个|多种|其他|学习|主要|全部|每项|[一二三四五六七八九十两]{1,2}[大个项场]?"
    r"|重要|伟大|基础|系统|建筑|土木|水利|民生|民心|形象|政绩|面子|配套|骨干|项目|大型|骨干|基建|年度|工作|五年|十年|长远|整体|总体)*"
)
# 活动, 工程, 行动 name countless things that are no campaign; these words before them say that they do.
WEAK_SIGN = re.compile(
    r"(?:教育|学习|实践|创建|主题|专项|研讨|评议|双拥|拥军优属|拥政爱民|征文|志愿|下乡|先进性|文明|共建|争创|创先|争优|争先|评比|竞赛|练兵"
    r"|比武|宣讲|讲堂|读书|阅读|走访|调研|服务|扶贫|帮扶|结对|健身|植树|爱国卫生|安居|惠民|希望|富民|振兴|更新|提升|改造|示范|治理|整治|倍增"
    r"|再就业|安全|净化|清洁|绿化|健康|培育|培训|素质|科普|普法|春风|攻坚|质量|强基|固本|互联网|科教|建设|揭批|增产节约|国土|创新|人才|英才|计划)"
)
WEAK_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9+×]{3,16}")
MARKS = re.compile(r"[“”‘’\s]")
HAN = re.compile(r"[\u4e00-\u9fff]+")
SHORT_HEAD = re.compile(r"(?<=.{3})(?:专项活动|主题活动|活动|专项行动|行动)$")
HEADING_NAME = re.compile(r"(?P<whole>(?P<name>[\u4e00-\u9fff“”]{3,14}?)(?:行动|工程|活动|计划|攻坚战))[。：]?$")
LINE_NAME = Anchored(
    r"(?<=[）、])(?P<whole>(?P<name>[\u4e00-\u9fff“”]{3,14}?)(?:行动|工程|活动|计划|攻坚战))。由",
    ["。由"],
    back=17,
    ahead=2,
)
JOINT = re.compile(r"(?:[，、。；]|开展|组织|拓展|深化)(?P<name>[\u4e00-\u9fff]{2,5}与[\u4e00-\u9fff]{2,4})$")
SINCE = re.compile("来|年|之后|以后|期间")
DRIVEN = re.compile("揭批|批判|反对|学习|争做|打击|清查|肃清")
PREFIX_EDGE = frozenset("展施动行进织化，、。；\n")
WATERWORKS = re.compile(r"[河江湖海淮库渠堤坝闸港桥路]")
COUNTED_SET = re.compile(r"[一二两三四五六七八九十]大$|(?:重大|重点)$")
PLANNED = re.compile(r"方案|计划书|的?通知|办法|意见|[终度末中初份]")
GENERIC_NAME = re.compile(r"(?:主题|专项|专题|学习|集中|实践|创建)*(?:教育|活动|行动|整治)")
WEAK_HEADS = frozenset(WEAK_HEAD.split("|"))
NO_MODIFIER = re.compile(r"[的了在和与及是]|等|这|各|开展|推动|组织|作为|成为|分裂|阴谋|犯罪|破坏|颠覆|非法")
PLAN = re.compile(r"[一二三四五六七八九十]{1,2}五")
_KINDS = ("一系列", "系列", "各类", "各项", "主题", "专题", "专项", "集中", "党内", "教育", "活动", "行动")
LISTED_HEADS = Anchored(
    r"”?等(?:一系列|系列|各类|各项)?(?:主题|专题|专项|集中|党内)?(?:教育|活动|行动|教育活动)",
    [f"{mark}等{kind}" for mark in ("", "”") for kind in _KINDS],
)
ABBREVIATED = re.compile(r"（?(?:简称|以下简称|下称)[：:]?“?")
CAMPAIGN_VERB = re.compile(r"(?:打好|打赢|打响|开展|实施|推进|启动|组织|展开)$")
LAST_VERB = re.compile(rf"{VERB}$")
QUOTED_WHOLE = re.compile(
    r"[^“”]{2,20}(?:主题教育|学习教育|专题教育|专项活动|主题活动|活动|专项行动|行动|专项整治|集中整治|攻坚战)|[^“”、，]{3,10}工程"
)
INSPECTION = re.compile(r"(?P<law>《[^《》]{2,40}》)(?P<more>(?:[和、]《[^《》]{2,40}》)*)的?执法检查")
DRIVE = Anchored(
    r"(?:开展|部署|组织|发起|进行)(?:了|的)?“(?P<name>大?[\u4e00-\u9fff]{0,4}(?:清查|整治|排查|走访|讨论|调研|比武|练兵|会战|整改|治理))”",
    [verb + of + "“" for verb in ("开展", "部署", "组织", "发起", "进行") for of in ("", "了", "的")],
)
EVERYDAY = re.compile(
    r"(?:犯罪|违法|分裂|破坏|颠覆|恐怖|间谍|迷信|阴谋|走私|经济|社会|生产|经营|商业|交易|文化|娱乐|体育|外交|科研|创业|思想|执法|行政|立法|司法"
    r"|金融|投资|贸易|教学|人类|党内|组织|宗派|派别|反革命|革命|群众性|政治|军事|实际|侵略|统一|集体|一致|自觉|个人|我们|代表|监督|检查|视察|创造性|创新|庆祝|纪念"
    r"|建设|施工|承包|水利枢纽|水利|交通|基本建设|分洪|引水|调水|治污|重点|系统|基础|民生|五年|生产|年度|财政|国民经济|发展|预算|工作|立法|学习|利用|阶级)$"
)


def find_campaigns(text: str, shape: Outline, matches: Sequence[Match], bodies: Sequence[Found]) -> Iterator[Found]:
    """Yield what could be a campaign; ``text`` is ``Speech.folded``, offsets as there.

    ``bodies`` are candidates of that type: whose campaign it is is no part of an unquoted name.
    """
    known = [Found("Campaign", m.start, m.end, "lexicon", 0.95) for m in matches if m.entry.type == "Campaign"]
    owners = {f.start: f.end for f in sorted(bodies, key=lambda f: f.end)}
    quoted = list(_quoted(text, shape, owners))
    yield from known
    yield from _listed(text, shape, {m.end: m.start for m in matches if m.entry.type == "Slogan"})
    yield from _headings(text, shape)
    yield from _lectures(text)
    yield from _battles(text)
    names = {bare(f.name or text[f.start : f.end]) for f in quoted}
    fuller = {SHORT_HEAD.sub("", n): n for n in names if SHORT_HEAD.search(n)}
    for f in quoted:  # “机关建设年” is “机关建设年”活动 where the text has both
        yield f._replace(name=fuller[words]) if (words := bare(f.name or text[f.start : f.end])) in fuller else f
    for m in INSPECTION.finditer(text):
        yield Found("Campaign", m.start("law"), m.end(), "inspection", 0.8, name=m["law"] + "执法检查")
        for law in re.finditer("《[^《》]+》", m["more"]):
            start = m.start("more") + law.start()
            yield Found("Campaign", start, m.end(), "inspection", 0.7, name=law[0] + "执法检查")
    for m in DRIVE.finditer(text):
        yield Found("Campaign", *m.span("name"), "quoted-drive", 0.8)
    known_ends = {f.end for f in known}
    slogans = [(m.start, m.end) for m in matches if m.entry.type == "Slogan"]
    for f in _plain(text, {n for n in names if len(n) >= 4}):
        if f.end in known_ends:
            continue
        if cut := next((s for s, e in slogans if s < f.start < e < f.end), None):
            yield f._replace(start=cut, confidence=0.85)  # 我为|群众办实事实践活动
            continue
        start = owners.get(f.start, f.start)
        if f.rule == "repeat" or start == f.start:
            yield f._replace(name=fuller.get(bare(text[f.start : f.end])))
        elif f.end - start >= 6 and not GENERIC_NAME.fullmatch(text, start, f.end):
            yield f._replace(start=start)


def bare(words: str) -> str:
    """Words without quotation marks and spaces."""
    return MARKS.sub("", words)


def _prefix(text: str, quote: int, owners: dict[int, int]) -> int:
    """Where the name of a campaign begins that has words before its quotation; ``quote`` where it has none."""
    low = max(0, quote - 14)
    start = low
    for stop in STOP.finditer(text, low, quote):
        start = stop.end()
    if text[start - 1 : start] == "与" and (joint := JOINT.search(text, low, quote)):
        start = joint.start("name")  # 人大代表与选民“统一见面日”活动
    size = quote - start
    noun = (
        4 <= size <= 10
        and not SINCE.search(text, start, quote)
        and start > low
        and text[start - 1] in PREFIX_EDGE
        and HAN.fullmatch(text, start, quote)
    )
    return start if noun and start not in owners and not GENERIC.fullmatch(text, start, quote) else quote


def _quoted(text: str, shape: Outline, owners: dict[int, int]) -> Iterator[Found]:
    """“X”主题教育, “A”“B”创建活动, “机关建设年”活动 and quoted names that are campaigns by themselves."""
    opening = {q.end: q.start for q in shape.quotes}
    for m in QUOTED_HEADS.finditer(text):
        start = opening.get(m.start())
        if start is None or PLAN.fullmatch(text, start, m.start()) or NO_MODIFIER.search(m["modifier"]):
            continue
        short = ABBREVIATED.match(text, m.end())
        name = None
        if short:  # “抓学习、抓作风、抓党建”活动（简称“三抓一建”活动）
            close = text.find("”", short.end(), short.end() + 20)
            name = text[short.end() : close] + m["head"] if close > 0 else None
        left = _prefix(text, start - 1, owners)
        if m["head"].startswith("的") and DRIVEN.fullmatch(text, start - 3, start - 1):
            left = start - 3  # 揭批“…”的群众运动
        if name is None and left < start - 1:  # 县中振兴“百校牵手”工程
            yield Found("Campaign", left, m.end(), "quoted-head-prefixed", 0.8)
        else:
            yield Found("Campaign", start - 1, m.end(), "quoted-head", 0.9, name=name)
        # “党建工作先进单位”“红旗党支部”创建活动: the head serves both
        before = start - 1
        while text[before - 1] in "”、":
            end = before - 1 if text[before - 1] == "”" else before - 2
            other = opening.get(end)
            if other is None:
                break
            yield Found("Campaign", other, end, "shared-head", 0.7, name=text[other:end] + m["modifier"] + m["head"])
            before = other - 1
    for q in shape.quotes:
        whole = QUOTED_WHOLE.fullmatch(text, q.start, q.end) and not ANNOUNCED.pattern.fullmatch(text, q.start, q.end)
        if whole or QUOTED_NAME.fullmatch(text, q.start, q.end):
            yield Found("Campaign", q.start, q.end, "quoted-name", 0.85)


def _headings(text: str, shape: Outline) -> Iterator[Found]:
    """A heading that is the name of a campaign and nothing else: （二）营商环境清障行动。"""
    for h in shape.headings:
        m = HEADING_NAME.match(text, h.label, h.end)
        if m and not GENERIC.fullmatch(m["name"]):
            yield Found("Campaign", *m.span("whole"), "heading", 0.7)
    for m in LINE_NAME.finditer(text):
        if not GENERIC.fullmatch(m["name"]) and not EVERYDAY.search(m["name"]):
            yield Found("Campaign", *m.span("whole"), "heading", 0.65)


def _lectures(text: str) -> Iterator[Found]:
    """开辟市场大学、法治讲堂、廉政文化等专题讲座: every name of the row."""
    for m in LECTURES.finditer(text):
        start = m.start("row")
        for name in m["row"].split("、"):
            yield Found("Campaign", start, start + len(name), "listed-events", 0.6)
            start += len(name) + 1


def _battles(text: str) -> Iterator[Found]:
    """打好A、B、C的攻坚战: one campaign with all its fronts."""
    for m in BATTLE.finditer(text):
        yield Found("Campaign", *m.span("name"), "battle", 0.7)


LECTURES = Anchored(
    r"(?:开辟|举办|开设|开展|组织)了?(?P<row>[\u4e00-\u9fff]{3,6}(?:、[\u4e00-\u9fff]{3,6}){1,5})等(?:专题|系列|特色|品牌|主题)(?:讲座|讲堂|论坛|活动)",
    ("等专题", "等系列", "等特色", "等品牌", "等主题"),
    back=44,
    ahead=5,
)
BATTLE = re.compile(
    r"(?:打好|打赢|打响)(?P<name>[\u4e00-\u9fff]{3,10}(?:、[\u4e00-\u9fff]{3,10}){1,3}的?(?:攻坚战|持久战|硬仗))"
)


def _listed(text: str, shape: Outline, slogans: dict[int, int]) -> Iterator[Found]:
    """群众路线、“两学一做”“不忘初心、牢记使命”等一系列教育活动: every name of the row is a campaign."""
    opening = {q.end: q.start for q in shape.quotes}
    for m in LISTED_HEADS.finditer(text):
        end, before = m.start(), m.start()
        while (start := opening.get(end)) is not None:
            yield Found("Campaign", start, end, "listed", 0.6)
            before = start - 1
            end = start - 2 if text[start - 2] == "”" else start - 3
        if end != m.start() and text[before - 1] == "、" and (plain := slogans.get(before - 1)) is not None:
            yield Found("Campaign", plain, before - 1, "listed", 0.6)


def _plain(text: str, names: set[str]) -> Iterator[Found]:
    endings = tuple(names)
    for at, end in HEAD.find(text):
        if text[at - 1 : at] == "”" or PLANNED.match(text, end):
            continue
        start = max(0, at - 24)
        for mark in PUNCTUATION:  # no verb goes over a mark: most of the stretch need not be read
            start = max(start, text.rfind(mark, start, at) + 1)
        for stop in STOP.finditer(text, start, at):
            start = stop.end()
        start = _further(text, start, at)
        if text.endswith(endings, start, end):
            known = next(n for n in names if text.endswith(n, start, end))
            yield Found("Campaign", end - len(known), end, "repeat", 0.85)
            continue
        name, head = text[start:at], text[at:end]
        if len(name) < 2 or GENERIC.fullmatch(name) or COUNTED_SET.search(name):
            continue
        if head in WEAK_HEADS:
            if head == "工程" and WATERWORKS.search(name):
                continue
            launched = len(name) >= 4 and CAMPAIGN_VERB.search(text, max(0, start - 4), start)
            if WEAK_NAME.fullmatch(name) and not EVERYDAY.search(name) and (launched or WEAK_SIGN.search(name)):
                yield Found("Campaign", start, end, "plain-weak-head", 0.55)
        else:
            yield Found("Campaign", start, end, "plain-head", 0.75)


def _further(text: str, start: int, head: int) -> int:
    """Read on to the left where the name goes on: 打好|实现…攻坚战, 拥军优属、|拥政爱民活动."""
    verb = LAST_VERB.search(text, max(0, start - 4), start)
    if verb and CAMPAIGN_VERB.search(text, max(0, verb.start() - 2), verb.start()) and head - start >= 4:
        return verb.start()
    if text[start - 1 : start] == "和":  # 严守政治纪律和政治规矩教育活动
        left = start - 1
        for stop in STOP.finditer(text, max(0, start - 14), start - 1):
            left = stop.end()
        if left < start - 1 and head - start >= 2 and text[start : start + 2] in text[left : start - 1]:
            return left
    if text[start - 1 : start] == "、":
        size = head - start
        left = start - 1 - size
        if 3 <= size <= 6 and left >= 0 and HAN.fullmatch(text, left, start - 1) and STOP.match(text, left - 1):
            return left
        if (
            3 <= size <= 6
            and left >= 2
            and HAN.fullmatch(text, left, start - 1)
            and LAST_VERB.search(text, left - 2, left)
        ):
            return left
    return start
