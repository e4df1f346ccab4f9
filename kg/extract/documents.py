"""Documents: titles in 《》, laws, plans, rules and decisions by name, other people's speeches, a report's own title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.anchors import Anchored
from kg.extract.boundaries import left_edge, listed
from kg.extract.found import Found
from kg.extract.heads import Heads
from kg.extract.localities import places_of
from kg.extract.people import OFFICES, find_people
from kg.lexicon import Match

_TITLE = re.compile(r"《[^《》\n]{1,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,40})?》")
PERIODICAL = re.compile(
    r"《[^《》\n]{1,14}》(?:杂志|报社|周刊|期刊)|《(?:[^《》\n]{1,12}(?:日报|晚报|晨报|时报|周报|早报|商报|小报|快报|画报|青年报|少年报|工人报|农民报|妇女报|教育报|文化报|经济报|法制报|科技报|军报|党报|商务报|体育报|健康报|旅游报|消费者报|文学报|文艺报|月刊|周刊|双周刊|学刊)|今日[^《》\n]{1,6})》"
)
"""Newspapers and magazines: institutions, not documents."""

# 关于…的决定: the words between say what it is about.
_ABOUT = re.compile(
    r"关于(?P<topic>[^，。；：！？\n《》关]{2,45}?)的(?P<head>若干(?:意见|规定|问题的决定)|实施(?:方案|意见|办法|细则)|指导意见|工作方案|行动方案|决定|决议|意见|建议|通知|决策"
    r"|方案|规划|规定|条例|办法|公报|宣言|联合声明|声明|协定|议定书|通告|通报|命令|指示|批复|报告|草案)(?![见书]|.?[精]?神的)"
)
# 出台加强对县乡人大工作联系指导的意见: without 关于, behind a verb of issuing or another document.
_STRENGTHENING = Anchored(
    r"(?:出台|印发|制定|执行好|落实|下发|、)(?P<name>(?:进一步)?(?:加强|推进|深化|促进|完善|规范|做好|支持|改进)[^，。；：\n]{3,30}?的(?:实施意见|意见|决定|办法|通知))",
    ("的实施意见", "的意见", "的决定", "的办法", "的通知"),
    back=38,
    ahead=5,
)
LAW = re.compile(
    "法(?!法|律|规|院|治|制|庭|官|人|定|学|则|典|案|轮|宝|家|师|语|国|郎|兰|西|新|军|案|力|网|理|眼|场|门|盲|度|文化|监督|检查|纪|宪)|法典"
)
_LAW_NAME = re.compile(r"(?:[一-鿿]{0,18}?)(?:法|法典)$")
NOT_LAW = listed(
    """
    办 方 司 执 立 违 依 合 守 普 书 看 想 说 做 用 无 设 非 枉 犯 宗 兵 魔 疗 乘 减 语 手 战 历 讲 辩证 学 释 变
    作 检 知 懂 尊 抗 便 玩 打 写 笔 唱 技 效 刑讯 民商 修
    """
)
_BASIC = Anchored("宪法(?!性|学|日)|党章(?!程)", ("宪法", "党章"))
HEADS = Heads(
    [
        "规划纲要",
        "发展纲要",
        "战略纲要",
        "规划",
        "计划",
        "纲要",
        "条例",
        "准则",
        "守则",
        "规则",
        "实施办法",
        "管理办法",
        "暂行办法",
        "办法",
        "实施方案",
        "工作方案",
        "方案",
        "公约",
        "协定",
        "议定书",
        "宣言",
        "公报",
        "白皮书",
        "蓝皮书",
        "负面清单",
        "简明读本",
        "读本",
        "章程",
        "党章",
        "宪章",
        "手册",
        "规定",
        "决议",
        "指导意见",
        "实施意见",
        "实施细则",
        "细则",
    ]
)
_CUES = tuple(
    sorted(
        listed(
            """
            制定 制订 出台 印发 下发 颁布 公布 发布 修订 修改 编制 实施 执行 贯彻 落实 通过 签署 签订 起草 完善 遵守 审议 批准 批准了 制定了 出台了 落实好 严格执行 全面实施 编成 汇编成 督查 制定实施 编写 缩减 启动实施 汇编成 印发了 下发了 颁布了 通过了 发表 提交
            """
        ),
        key=lambda w: (-len(w), w),
    )
)
_GENERIC = re.compile(
    r"(?:有关|相关|各项|各种|具体|详细|工作|实施|行动|总体|专项|年度|中长期|长远|初步|一系列|新的|统一|重要|重大|若干|必要|相应|配套|指导|行政|地方性|法律|党内|监管"
    r"|管理|安全|保障|国家|地方|发展|长期|五年|十年|建设|生产|基建|财政|预算|教育|经济|国民经济|整改|应急|审议|评议|调研|调查|任务|问题|责任|制度|权力|政策|战略|规章|项目|重点|产业"
    r"|区域|城市|城乡|土地|技术|科技|人才|投资|分配|改革|下列|以上|这个|这些|该|本|两个|三个|多个|技术标准|生活|训练|宏观|指令性|指导性|第一个|第二个|第三个|全部|今年|明年|整体|综合"
    r"|立法|一切|学习|采购|信贷|贷款|物资|劳动|收支|支出|培养|招生|远景|科学|农业|工业|粮食|增产|扩大|更加|远大|宏伟|单位|部门|党委|政府|上级|实事|服务|民生|监督|检查|工作计划|考核|年|月|的){0,6}"
)
_PLAN_OF_PERIOD = re.compile(
    r"“(?P<period>[一二三四五六七八九十]{1,3}五)”(?P<head>普法规划|规划纲要|规划|计划|发展规划)"
)
_RULES = Anchored(
    r"[一二三四五六七八九十]{1,2}(?:项规定|条禁令|条规定)", ("项规定", "条禁令", "条规定"), back=2, ahead=3
)
_SPEECH = re.compile(
    r"在(?P<venue>[^，。；：！？\n]{2,45}?)(?:上|时)的(?P<head>(?:重要)?(?:讲话|报告|致辞|发言|谈话|指示))"
)
_SERIES = Anchored(
    r"(?P<head>系列重要讲话|重要谈话|的谈话|视察讲话|“[^”\n]{2,12}”重要讲话)",
    ("系列重要讲话", "重要谈话", "的谈话", "视察讲话", "”重要讲话"),
    back=13,
    ahead=6,
)
_REPORT_OF = re.compile(r"党的[十二]?[一二三四五六七八九十]{1,2}大报告")
_EXCERPT = re.compile("[(（]节选[)）]$")
_VENUE = re.compile(r"\((?P<venue>[^()\s]{2,12})\)$")
_REPORT = re.compile(r"(?:工作报告|的报告|报告)$")


def find_documents(text: str, matches: Sequence[Match], places: Mapping[int, int] | None = None) -> Iterator[Found]:
    """Yield what could be a document; ``text`` is ``Speech.folded``, offsets are str indices into it, end exclusive.

    Yields the lexicon's documents too.
    """
    if places is None:
        places = places_of(text, matches)
    for match in matches:
        if match.entry.type == "Document":
            yield Found("Document", match.start, match.end, "lexicon", 0.95)
    yield from _title(text)
    for m in _TITLE.finditer(text):
        if not PERIODICAL.match(text, m.start()):
            yield Found("Document", m.start(), m.end(), "title", 0.95)
    for m in _ABOUT.finditer(text):
        start = m.start()
        if text.endswith(("政府", "法院", "检察院"), 0, start) and m["head"] in ("报告", "决定", "意见"):
            start = left_edge(text, start, places, limit=16)
        yield Found("Document", start, m.end(), "about", 0.7)
    for m in _PLAN_OF_PERIOD.finditer(text):
        start = left_edge(text, m.start(), places, limit=12)
        yield Found("Document", start, m.end(), "plan", 0.9)
    for m in _RULES.finditer(text):
        owner = next((o for o in ("党中央", "中央") if text.endswith(o, 0, m.start())), "")
        if owner:
            yield Found("Document", m.start() - len(owner), m.end(), "rules", 0.85)
    for m in _REPORT_OF.finditer(text):
        yield Found("Document", m.start(), m.end(), "congress-report", 0.9)
    for m in _BASIC.finditer(text):
        yield Found("Document", m.start(), m.end(), "law", 0.9)
    for m in _STRENGTHENING.finditer(text):
        yield Found("Document", m.start("name"), m.end(), "named", 0.7)
    yield from _speeches(text)
    yield from _laws(text, places)
    yield from _named(text, places)


def _title(text: str) -> Iterator[Found]:
    """The title of a report: it ends in 报告, or a congress stands in brackets behind it."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    line = text[start:end].rstrip() if 0 <= end - start <= 100 else ""
    title = _EXCERPT.sub("", line).rstrip()
    venue = _VENUE.search(title)
    if venue:
        title = title[: venue.start()].rstrip()
    if len(title) >= 6 and (venue or _REPORT.search(title)):
        yield Found("Document", start, start + len(title), "own-title", 0.9)


def _speeches(text: str) -> Iterator[Found]:
    for m in _SPEECH.finditer(text):
        start = _person_before(text, m.start())
        if start < m.start() and not m["venue"].startswith("在"):
            yield Found("Document", start, m.end(), "speech-of", 0.8)
    for m in _SERIES.finditer(text):
        start = _person_before(text, m.start())
        if start < m.start():
            yield Found("Document", start, m.end(), "speech-of", 0.8)


def _person_before(text: str, end: int) -> int:
    """Where the person begins who is named right before ``end``; ``end`` if nobody is."""
    if not text.endswith(OFFICES, 0, end):
        return end
    low = max(0, end - 12)
    return min((low + p.start for p in find_people(text[low:end], (), {}) if low + p.end == end), default=end)


def _laws(text: str, places: Mapping[int, int]) -> Iterator[Found]:
    for m in LAW.finditer(text):
        start = left_edge(text, m.start(), places, limit=18, linked="")
        name = text[start : m.start()]
        if m[0] == "法典" and name == "民":
            yield Found("Document", start, m.end(), "law", 0.85)
        elif (
            len(name) >= 2
            and name[-1] not in "宪过了"
            and not any(name.endswith(w) for w in NOT_LAW)
            and not _GENERIC.fullmatch(name)
        ):
            yield Found("Document", start, m.end(), "law", 0.7)


_PLAIN_HEADS = frozenset(("条例", "准则", "守则", "规则", "读本", "简明读本", "公约", "章程"))
_CLAUSE = ("", "\n", "。", "；", "，", "、", "：")


def _named(text: str, places: Mapping[int, int]) -> Iterator[Found]:
    last = -1
    for at, end, head in HEADS.find(text):
        start = left_edge(text, at, places, limit=22, linked="和")
        if start <= last < at and text[last] == "和":
            start = last + 1  # the second of two: 自贸协定和…议定书
        if text[start] == "和":
            start += 1
        cue = next((c for c in _CUES if text.startswith(c, start)), "") if text.startswith(_CUES, start) else ""
        start += len(cue)
        name = text[start:at]
        if len(name) < 3 or _GENERIC.fullmatch(name) or name.endswith(("行动", "”")) or start >= at:
            continue
        treaty = head in ("协定", "公约", "议定书", "宪章") and len(name) > 4
        listed_on = start == last + 1 and text[last] in "和、"
        plain = head in _PLAIN_HEADS and len(name) > 3 and text[start - 1 : start] in _CLAUSE
        if plain or cue or treaty or listed_on or text.endswith(_CUES, 0, start):
            last = end
            yield Found("Document", start, end, "named", 0.6)
