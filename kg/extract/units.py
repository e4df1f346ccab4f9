"""Units: of the army and the police (一团三营七连, 特战中队), of works and mines (二号车间, 综采二队, 红柳沟矿)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.extract.anchors import Anchored
from kg.extract.boundaries import left_edge, listed
from kg.extract.found import Found
from kg.extract.heads import Heads
from kg.extract.masks import MASKS

ARMS = listed(
    """
    炮兵 工兵 通信 通信兵 侦察 侦察兵 特战 特种作战 特种兵 防化 防化兵 汽车 汽车运输 坦克 高炮 高射炮兵 警卫 机动 步兵 摩步 摩托化步兵 机步 机械化步兵 装甲 装甲兵 装步 合成 导弹
    航空兵 骑兵 铁道兵 雷达 雷达兵 运输 警通 教导 空降兵 空降 陆航 陆军航空兵 边防 海防 防空 电子对抗 独立 红军 女兵 女子 新兵 修理 舟桥 炊事 火力 榴炮 榴弹炮 火箭炮 反坦克
    喷火 机枪 迫击炮 无人机 军乐 仪仗 儿童 民兵 预备役 生产建设 潜艇 护卫舰 陆战 海军陆战 歼击航空兵 轰炸航空兵 伞兵 野战 加强
    """
)
"""Arms that name a unit of their own: 通信营, 炮兵团."""

SERVICES = listed(
    """
    特战 机动 教导 侦察 保障 勤务 后勤保障 建设 测绘 气象 巡逻 缉私 缉毒 禁毒 刑警 交警 巡警 特警 治安 消防 森林消防 消防救援 救援 抢险 应急 抗洪 经侦 网安 巡特警 骑警 武警 森警
    交通 高速 执法 执勤 看押 看守 通信 运输 防化 工兵 民兵 海警 边防 女子 水电 黄金 森林 综合执法 城管执法 行政执法 环境监察 卫生监督 文化执法
    """
)
"""What a force of police or soldiers is for: 刑警支队, 特战中队."""

FORCES = listed("武警 武装警察 消防 消防救援 公安 公安消防 边防 公安边防 交警 海警 森林消防 武警部队")
"""Forces that have a unit for each place: 武警××市支队."""

TRADES = listed(
    """
    综采 综掘 综放 采煤 掘进 开拓 机电 通风 运输 安装 总装 装配 炼钢 炼铁 轧钢 焊接 铆焊 加工 机加 采油 采气 钻井 勘探 施工 维修 检修 机修 生产 电气 锅炉 汽机 热处理 铸造 锻造 冲压 涂装
    准备 修井 作业 采 掘 运 通 装 地质 物探 测井
    """
)
"""What a numbered team of works and mines is for: 综采二队, 总装二班."""

_DIGITS = "一二三四五六七八九十百零〇○\\d"
_NUMERAL = f"[{_DIGITS}]{{1,5}}"
_BANDS = ("大队", "中队", "支队", "总队", "分队", "小队")
_ARMED = Heads(
    {a + h for a in ARMS for h in (*"师旅团营连", *_BANDS)}
    | {a + h for a in SERVICES for h in _BANDS}
    | {a + "队" for a in ("教导", "仪仗", "军乐", "钻井", "采油", "采煤", "掘进", "地质", "勘探", "物探", "测井")}
)
_WORKS = Heads(("车间", "工段", "工区", "作业区"))
_BAND = Heads(_BANDS[:4])
# 一团三营七连, 某师某团, 38军112师: two ranks on end are always a unit.
_DIGIT = _DIGITS.replace("\\d", "0123456789") + "某"
_RANKED = Anchored(
    rf"(?:集团军|[军师旅团营连])(?:(?<=[某{_DIGITS}{MASKS}].)|(?<=[某{_DIGITS}{MASKS}]集团军))第?(?:{_NUMERAL}|某|[{MASKS}]{{1,4}})[师旅团营连排班](?:第?(?:{_NUMERAL}|某|[{MASKS}]{{1,4}})[旅团营连排班]){{0,3}}",
    [digit + rank for digit in _DIGIT + MASKS for rank in "师旅团营连排班"],
    back=9,
    ahead=26,
)
_NUMBERED = Heads(digit + rank for digit in _DIGIT for rank in (*"师旅团营连队班", "大队", "中队", "支队"))
_NUMBER_BEFORE = re.compile(rf"第?(?:{_NUMERAL}|某|[{MASKS}]{{1,4}})$")
_TRADE = re.compile("(?:" + "|".join(sorted(TRADES, key=len, reverse=True)) + ")$")
_PLACE_BEFORE = re.compile(rf"[{MASKS}某]{{1,4}}[省市县区州]?$")
_FORCE = re.compile("(?:" + "|".join(sorted(FORCES, key=len, reverse=True)) + ")$")
# Behind a unit of one rank: who leads it, what it does, or the end of the clause; 一团和气, 一连三天 are none.
_AFTER_ONE = re.compile(
    "[，。、；：”）)\n在的和与是向对]|副?[连营团旅师排班]长|副?政委|政治|指导员|教导员|参谋|党|官兵|战士|干部|全体|机关|司令|医院|后勤|驻|奉命|担任|战友|文书|炊事|排长|士官|卫生"
)
_ARMY = re.compile("部队|连队|官兵|指战员|战士|司令部|政治部|军区|集团军|[师团旅]党委|支队|中队")
_OTHER_WORD = {
    "团": "结体圆员购伙伍聚", "营": "业养销救运商造收私盘利", "连": "续接锁环带忙夜任冠贯同云心衣年日锅理", "班": "子次级车组底主期长",
    "师": "生范资傅德", "旅": "游客行店途程", "队": "伍员列", "排": "放名列除查污水队练", "大队": "伍", "中队": "伍", "支队": "伍", "总队": "伍",
    "分队": "伍", "小队": "伍",
}  # fmt: skip
_NO_WORKS = re.compile(
    "(?:生产|扶贫|就业|帮扶|社区|加工|智能|数字化|标准|无人|有关|基层|重点|家庭|试验|示范|全部|工厂|无尘|联合|主要|辅助|各个?|每个|所有|一个|个|座)$|^[各每这那]|[万千百多几个座条]"
)
_MINE = re.compile("矿(?![山业工产物区藏石长务难井种层床权料泉质机企场冶渣脉源体灯])(?<=[一-鿿]{2}.)")
_NO_MINE = re.compile(
    "(?:[采开煤铁金铜铝工办探选厂原富贫油钨铀锂盐锡磷锌铅锰钛]|露天|小|大中|国有|地方|乡镇|个体|稀土|找|共生|非?金属|硫|处理)$|[各每全该本我第]|大型|重点|^处"
)


def find_units(text: str, places: Mapping[int, int]) -> Iterator[Found]:
    """Yield what could be a unit; ``text`` is ``Speech.folded``, ``places`` maps ends of named places to their starts.

    A unit of one rank and number alone (二团, 九连) counts only in a text about soldiers.
    """
    ranked: set[int] = set()
    for m in _RANKED.finditer(text):
        if text[m.end() : m.end() + 1] not in tuple(_OTHER_WORD.get(text[m.end() - 1], "")):
            ranked.add(m.end())
            yield Found("Body", _numbered(text, m.start()), m.end(), "unit", 0.85, attributes=_SOLDIERS)
    for at, end, words in _ARMED.find(text):
        if text[end : end + 1] not in tuple(_OTHER_WORD.get(words[-2:], _OTHER_WORD.get(words[-1], ""))):
            start = _numbered(text, at)
            yield Found("Body", places.get(start, start), end, "unit", 0.75, attributes=_SOLDIERS)
    army: bool | None = None
    for at, end, numbered in _NUMBERED.find(text):
        at, head = at + 1, numbered[1:]
        if end in ranked or text[end : end + 1] in tuple(_OTHER_WORD.get(head, "")):
            continue
        start = _numbered(text, at)
        if head in "队班":
            if trade := _TRADE.search(text, max(0, start - 3), start):
                yield Found("Body", trade.start(), end, "unit", 0.75)
        elif _counts(text, start):
            continue
        elif len(head) == 2:
            yield Found("Body", start, end, "unit", 0.75, attributes=_SOLDIERS)
        elif _AFTER_ONE.match(text, end):
            if army is None:
                army = len(_ARMY.findall(text)) >= 3
            if army:
                yield Found("Body", start, end, "unit", 0.7, attributes=_SOLDIERS)
    yield from _joined(_of_places(text, places))
    for at, end, _ in _WORKS.find(text):
        start = left_edge(text, at, places, limit=8)
        if 2 <= at - start <= 7 and not _NO_WORKS.search(text, start, at):
            yield Found("Body", start, end, "unit", 0.65)
    for m in _MINE.finditer(text):
        start = left_edge(text, m.start(), places, limit=6)
        if 2 <= m.start() - start <= 4 and not _NO_MINE.search(text, start, m.start()):
            yield Found("Body", start, m.end(), "unit", 0.6)


_SOLDIERS = {"system": "军队"}


def _joined(units: Iterable[Found]) -> Iterator[Found]:
    """The units, and as one those that stand side by side: 武警××总队|××市支队."""
    last: Found | None = None
    for unit in units:
        yield unit
        if last and last.end == unit.start:
            unit = unit._replace(start=last.start)
            yield unit
        last = unit


def _of_places(text: str, places: Mapping[int, int]) -> Iterator[Found]:
    """武警××市支队: the unit of a force for a place, or of a place alone."""
    for at, end, _ in _BAND.find(text):
        if text[end : end + 1] == "伍":
            continue
        start = places.get(at, at)
        if start == at and (masked := _PLACE_BEFORE.search(text, max(0, at - 6), at)):
            start = masked.start()
        force = _FORCE.search(text, max(0, start - 5), start)
        if force or start < at:
            yield Found("Body", force.start() if force else start, end, "unit", 0.75, attributes=_SOLDIERS)


def _counts(text: str, start: int) -> bool:
    """Whether a number before a unit counts units (派出一支队, 两大队): what stands before says so."""
    return text[start] in "两几数" or text.endswith(("出", "了", "有", "约", "这", "那", "共", "达", "个"), 0, start)


def _numbered(text: str, start: int) -> int:
    """Where a unit begins with its number (第41|野战|医院); ``start`` where it has none."""
    m = _NUMBER_BEFORE.search(text, max(0, start - 6), start)
    return m.start() if m else start
