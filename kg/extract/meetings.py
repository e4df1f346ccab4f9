"""Meetings: congresses, sessions, plenums and named conferences (党的二十大, 十九届四中全会, 全市服务高质量发展作风建设大会)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.anchors import Anchored
from kg.extract.boundaries import left_edge, listed
from kg.extract.found import Found
from kg.extract.heads import Heads
from kg.extract.localities import places_of
from kg.extract.masks import MASK, MASKS
from kg.lexicon import Match

_CN = "一二三四五六七八九十"
ORDINAL = rf"(?:[{_CN}]{{1,3}}|\d{{1,2}}|[{MASKS}]{{1,3}})"
_CONGRESS = Anchored(rf"[{_CN}]大(?!报告)", [digit + "大" for digit in _CN])
_CONGRESS_NAME = re.compile(rf"党的[{_CN}]{{1,3}}大|(?<![{_CN}第])(?:十[一二三四五六七八九]|二十[一二三四五]?)大")
_COUNTED = tuple(
    listed(
        """
        产业 行动 工程 任务 重点 体系 举措 领域 专项 类 方面 板块 系列 项目 关系 战略 平台 工作 行业 活动 政策 措施 目标 特色 特点 优势 问题 机制 部分 商 国 城市 品牌 功能 片区 基地 集群 中心 要素 突破 提升 攻坚 步骤 国有 民生 新闻 件 个 项 学 量 人 会 型
        """
    )
)
_PLENUM = re.compile(
    rf"(?:党的)?(?P<term>第?{ORDINAL}届)?(?P<body>(?:[省市州区县]委|中央纪委|[省市州区县]纪委|中央|[省市州区县]政协))?(?:第?{ORDINAL}届)?"
    rf"(?P<numbers>(?:第?{ORDINAL}[中次]|历次)(?:(?:、|和|及){ORDINAL}[中次])*)(?:全体会议|全会)|(?P<masked>[省市州区县]委{MASK}全会)"
)
_SESSION_HEAD = Heads(("会议", "大会"))
_SESSION = re.compile(
    rf"第?{ORDINAL}(?:届)?次(?:全体)?(?:代表)?会议|第{ORDINAL}次(?:全国|全省|全市|全区|全县)?(?:代表|党员代表)?大会|(?:全国|党员|人民)代表大会"
)
_TWO = Anchored("[两三]会(?!”?一课)", ("两会", "三会"))
_LEVELS = ("全国“", "省“", "市“", "区“", "县“", "州“", "全国", "省", "市", "区", "县", "州", "“")
HEADS = Heads(
    [
        "动员部署会议",
        "动员部署会",
        "动员大会",
        "动员会议",
        "动员会",
        "总结表彰大会",
        "表彰大会",
        "表彰会",
        "总结大会",
        "总结会议",
        "总结会",
        "推进会议",
        "推进会",
        "推进大会",
        "部署会议",
        "部署会",
        "座谈会",
        "工作会议",
        "工作会",
        "领导干部会议",
        "领导干部大会",
        "干部大会",
        "全体会议",
        "全体人员会议",
        "全体工作人员会议",
        "工作人员会议",
        "读书会",
        "研讨会",
        "交流会",
        "现场会",
        "经验交流会",
        "现场推进会",
        "启动仪式",
        "启动会",
        "启动大会",
        "电视电话会议",
        "视频会议",
        "专题会议",
        "专题会",
        "联席会议",
        "建设会议",
        "建设大会",
        "代表大会",
        "党代会",
        "职代会",
        "职工代表大会",
        "团代会",
        "妇代会",
        "工代会",
        "科代会",
        "文代会",
        "扩大会议",
        "运动员大会",
        "分析会",
        "调度会",
        "例会",
        "年会",
        "学术研讨会",
        "首脑会议",
        "外长会议",
        "部长会议",
        "高峰会议",
        "协商会议",
        "听证会",
        "恳谈会",
        "汇报会",
        "报告会",
        "通报会",
        "誓师会",
        "洽谈会",
        "协调会",
        "讨论会",
        "人代会",
        "庆祝大会",
        "纪念大会",
        "誓师大会",
        "发展大会",
        "论坛",
        "峰会",
        "系列峰会",
        "会晤",
        "非正式会议",
        "系列会议",
        "部长级会议",
        "大会",
        "会议",
    ]
)
_FOLLOWED = ("室", "厅", "精神的", "纪要", "制度", "记录", "材料", "议", "堂", "员", "费", "常务")
GENERIC = listed(
    """
    学术 职工 教职工 全国职工 党组扩大 党委扩大 常委扩大 政治局扩大 年终 季度 月度 年中 生产 安全生产 现场 情况 事故 案情 案例 形势 先进事迹 事迹 工作情况 经济形势 专家 论证 听取 周 各地 各部门 经济 社会各界 各界人士 民主协商 两国 各国 有关方面 春季 秋季 国家 政府首脑
    常委会 主任 党组 常务 常务委员会 专委会 党委 书记办公 办公 政府常务 办公室 这次 本次 今天 此次 次 召开 上级 各种 各类 有关 相关 重要 重大 国际 全体 代表 党员 党员代表 人民代表 人民 职工代表
    党委会 党组会 组织 专题 各级 一次 历次 多次 前次 上次 全体代表 扩大 预备 领导 专门 民主 组织生活 干部 群众 工作 全体人员 大型 小型 中央 党 两次 几次 两个 一个 这个 该 开 紧急 届 股东 董事 联席
    例行 年度 历届 专业 学术 国内外 系列 双边 多边 非正式 高层 首脑 领导人 电视电话 视频 开好 新闻 精简 减少 少开 会期 会前 全国 上述 双周协商 党内 民主生活 动员 总结 座谈 会员 社员 村民 居民 理事 常委 全党 党员干部 贫下中农
    """
)


def find_meetings(text: str, matches: Sequence[Match], places: Mapping[int, int] | None = None) -> Iterator[Found]:
    """Yield what could be a meeting; ``text`` is ``Speech.folded``, offsets are str indices into it, end exclusive.

    Yields the lexicon's meetings too. A coordination (省委、市委人大工作会议, 十九届三中、四中全会) gives one finding a
    meeting, each with its full name.
    """
    if places is None:
        places = places_of(text, matches)
    for match in matches:
        if match.entry.type == "Meeting":
            yield Found("Meeting", match.start, match.end, "lexicon", 0.95)
    for end in _CONGRESS.finditer(text):
        m = _CONGRESS_NAME.search(text, max(0, end.start() - 4), end.end())
        if m and m.end() == end.end() and not text.startswith(_COUNTED, m.end()):
            yield Found("Meeting", m.start(), m.end(), "congress", 0.9)
    yield from _plenums(text, places)
    yield from _sessions(text, places)
    for m in _TWO.finditer(text):
        before = next((b for b in _LEVELS if text.endswith(b, 0, m.start())), "")
        closing = text[m.end() : m.end() + 1] == "”"
        if before and ("“" in before) == closing:
            yield Found("Meeting", m.start() - len(before), m.end() + closing, "two-sessions", 0.85)
    yield from _conferences(text, places)
    for m in _VENUE.finditer(text, 0, 300):
        name = m["name"]
        if (
            name not in GENERIC
            and not name.startswith(("今天", "这次", "此次", "昨天", "上述"))
            and not _OWN_VENUE.search(name)
        ):
            yield Found("Meeting", *m.span("name"), "venue", 0.8)


_PLENUM_HEAD = Heads(("全会", "全体会议"))


_PLENARY = ("党委", "工会", "团委", "纪委", "妇联", "科协", "文联", "协会", "委员会", "党工委", "工商联")


def _plenums(text: str, places: Mapping[int, int]) -> Iterator[Found]:
    for at, end, _ in _PLENUM_HEAD.find(text):
        m = _PLENUM.search(text, max(0, at - 26), end)
        if m is None or m.end() != end:
            continue
        if m["masked"]:
            yield Found("Meeting", m.start(), end, "plenum", 0.8)
            continue
        if not (m["term"] or m["body"] or "中" in m["numbers"] or "第" in m["numbers"] or "历" in m["numbers"]):
            continue  # 召开七次全会: how many, not which
        start = places.get(m.start() + 1, places.get(m.start(), m.start())) if m["body"] else m.start()
        if not m["body"] and m["term"] and text.endswith(_PLENARY, 0, m.start()):
            start = left_edge(text, m.start(), places, limit=14)
        numbers = re.split("[、和及]", m["numbers"])
        head, tail = text[start : m.start("numbers")], text[m.end("numbers") : end]
        for number in numbers:
            name = head + number + tail if len(numbers) > 1 else None
            yield Found("Meeting", start, end, "plenum", 0.9, name)


_STANDING = ("常务", "常委", "制度", "及其", "的", "是", "代表")  # 人民代表大会 as a body, not as a session
_CONVENED = re.compile(
    rf"(?:中国共产党|党的|(?P<term>第?{ORDINAL}届)?(?:[一-鿿]{{0,4}}(?:[省市州区县]|全国))(?:{MASK}届|第?{ORDINAL}届)?(?:人大常委会|人民代表大会常务委员会|人大|人民代表大会|政协|党代会|委员会|常委会|政协常委会)?)$"
)


def _sessions(text: str, places: Mapping[int, int]) -> Iterator[Found]:
    for at, end, _ in _SESSION_HEAD.find(text):
        m = next((m for m in _SESSION.finditer(text, max(0, at - 10), end) if m.end() == end), None)
        if m is None:
            continue
        window = text[max(0, m.start() - 18) : m.start()]
        owner = _CONVENED.search(window)
        if owner is None or text.startswith(_STANDING, end) or text.endswith("人民代表大会", 0, end):
            continue
        start = m.start() - len(owner[0])
        start = max(start, left_edge(text, m.start(), places, limit=18))
        yield Found("Meeting", start, m.end(), "session", 0.85)


_OWNER = re.compile("^(?:中央|[省市州区县]委|全[国省市])")
_OWNERS = re.compile(r"(?P<list>(?:(?:中央|[省市州区县]委|党中央|全国|全省|全市)、)+)$")


_BEFORE_NAME = re.compile(
    rf"(?:今年|去年|\d{{4}}年(?=\d{{1,2}}月)|(?:[一二三四五六七八九十\\d]{{1,3}}|[{MASKS}]{{1,2}})[月日号](?:份|底|初)?|[请回来去]*开(?![发放幕学业采拓展])|[上下这那前后]一?次|[一两二三四五几\\d]次|久|前不久)+"
)


# 在X会上的讲话: what stands between is the meeting's name, also with verbs in it.
_OWN_VENUE = re.compile("^(?:全体|有关|各种|一次|党的[十二一三四五六七八九]+大)$|常委会$")
_VENUE = re.compile(
    r"(?<=在)(?P<name>[^，。；：！？\n在]{4,50}?(?:会|会议|大会|仪式))(?:开幕[式会]|闭幕[式会])?上的(?:重要)?(?:讲话|致辞|致词|发言|报告|总结|提纲|汇报|演讲)"
)
_NUMBERED = re.compile(rf"{ORDINAL}次|首次")


def _conferences(text: str, places: Mapping[int, int]) -> Iterator[Found]:
    ends: dict[int, int] = {}
    for at, end, head in HEADS.find(text):
        if text.startswith(_FOLLOWED, end):
            continue
        start = left_edge(text, at, places, limit=34, linked="-—")
        if lead := _BEFORE_NAME.match(text, start, at):
            start = lead.end()
        if text[start] == "暨" and start in ends:
            start = ends[start]
        name = text[start:at]
        if len(name) < 2 or name in GENERIC or (head in ("会议", "大会") and len(name) < 4):
            continue
        if head == "代表大会" and not _NUMBERED.search(name):
            continue  # 全国人民代表大会 is a body, 职工代表大会 a kind
        ends[end] = start
        yield Found("Meeting", start, end, "conference", 0.7)
        if owners := _OWNERS.search(text, max(0, start - 16), start):
            for owner in owners["list"].split("、"):
                rest = _OWNER.sub("", text[start:end])
                if owner and rest != text[start:end]:
                    yield Found("Meeting", owners.start(), end, "conference-owners", 0.75, owner + rest)
