"""Places that no list knows: an unlisted name before 县, 镇, 村, 河 …, bounded on its left, and what follows from it.

The recognisers of bodies, meetings and documents take such a place for the owner of what stands behind it; the
recogniser of places yields it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.extract.anchors import Anchored
from kg.extract.boundaries import HARD, left_edge, listed
from kg.extract.heads import Heads
from kg.extract.levels import NOT_LEVEL_AFTER
from kg.extract.surnames import SURNAMES
from kg.lexicon import Match

UNITS = listed("自治县 自治州 街道 县城 县 市 州 镇 乡 村 区")
"""Heads of inhabited and administrative places."""

WATERS = listed("河 江 湖 山 岛")
"""Heads of rivers, lakes, mountains and islands."""

_HEADS = Heads(UNITS | WATERS)
_NOT_AFTER = {h: frozenset(cs) for h, cs in NOT_LEVEL_AFTER.items()} | {
    "市": frozenset("城超股上闹夜门都早罢楼集菜黑后牛熊入开地省县本全各该我某两三四五六七八九十级"),
    "县": frozenset("市省区各该本全我某两三四五六七八九十级郡强大穷产困贫区点范进工业粮棉油牧农林"),
    "州": frozenset("各该本全我五九神两三市"),
    "镇": frozenset("城重村乡集建各该本全我某两三四五六七八九十小大星心"),
    "乡": frozenset("城下家老返故他还各该本全我某两三四五六七八九十水思异外望"),
    "村": frozenset("农新入驻乡进山渔下各该本全我某两三四五六七八九十个级社镇行空人城度整联小"),
    "河": frozenset("运内界江银拔过护治沿母天各条大小先黄渠冰开山"),
    "江": frozenset("沿临过大满跨渡沿各条领春"),
    "湖": frozenset("江大小各个淡盐围"),
    "山": frozenset("江火矿高大青荒登靠深上下进群雪假爬冰人刀秃石开见环泰封"),
    "岛": frozenset("海孤小离全各半群列诸登环琼"),
    "区": frozenset(
        "治地社园山城校灾特景库战辖牧林老片展禁各该本全我某两三四五六七八九十郊市新苏边厂港矿疫小街选误盲雷"
    ),
}
_CONTINUED = {  # a character behind the head that makes another word of it
    "县": frozenset("级长里域处团乡以情官太改"),
    "市": frozenset("场民长区级里面政值郊价属中内外容况直管话"),
    "州": frozenset("长级里内"),
    "镇": frozenset("长里区级上办静压定江痛守域"),
    "乡": frozenset("亲镇长里下土愁级音村党"),
    "村": frozenset("民干里级庄集寨规口医镇落头容务企霸"),
    "河": frozenset("道山流长湖床水蟹北南谷坝堤渠内西"),
    "江": frozenset("山河湖水面苏西北南左浙豚"),
    "湖": frozenset("泊水北南面州区滨"),
    "山": frozenset("水区东西头地坡村林川路脉脚顶上石体海河洪峰寨货南沟"),
    "岛": frozenset("屿国内"),
    "区": frozenset("域别间分块内位级长里"),
}
# 区 is many things; it is a place of its own only where a city stands before or an organ behind it.
_ORGAN = re.compile("[委政人法检纪监公组党]")
_GENERIC = re.compile(
    "[各该本以县省辖届名如域]|^[一二三四五六七八九十]|摘帽|愚公|公款|金山|城带|入[河乡]|青年团|地球|攻坚|直管|[各该本我全这那某每几多两]|第[一-十]|一[个些座条]|行政|自然|贫困|示范|先进|落后|美丽|空心|城中|特色|中心|重点|建制|工业|文明|小康|薄弱|试点|样板|标杆|明星"
    "|边境|边远|偏远|产粮|百强|经济|旅游|历史|文化|国家|城关|有关|少数|其他|所有|全部|资源|直辖|地级|副省|城乡|乡镇|开放|沿海|沿江|沿边|牧业|农业|民族|解放|革命|收费|集中|专业|移民|搬迁|卫生|生态|智慧|数字"
    "|黑臭|排污|病险|大中小|小型|大型|中型|绿水|青山|大小|江河|湖泊|超市|城市|地区|部门|干部|群众|单位|驻|包|帮扶|脱贫|扶贫|后进|软弱|整|治理|建设|发展|改革|完善|推进|时期|万|亿|个|条|座|和谐|幸福|宜居|区域|中等|撤县|扩权|强县|富县|兴|设"
)
_HOW_MANY = Anchored(
    "[两二三四五六七八九十]个?(?:乡镇|县市|[县市区镇乡村省州地旗])(?![长级])",
    [count + of + unit for count in "两二三四五六七八九十" for of in ("", "个") for unit in "县市区镇乡村省州地旗"],
)
_LIST = re.compile("(?:(?<=[\\n，。；：（(在从到去至与于赴是由向对请的括及和])|^)(?:[一-鿿]{2,4}、){1,12}[一-鿿]{2,4}$")
_DATELINE = Anchored(
    r"(?:本报|新华社|中新社|本社|本台)(?P<place>[一-鿿·]{2,8}?)\d{1,2}(?:月\d{1,2}日)?(?:电|讯|专电)",
    ("本报", "新华社", "中新社", "本社", "本台"),
)
_COMMON = listed(
    "东方 城关 中山 平安 太平 光明 红旗 和平 新华 人民 胜利 解放 民主 向阳 东风 团结 幸福 友谊 兴隆 长安 大同 文明 新民 河口 山口 江口 江北 江南 河东 河西 河南 河北 城东 城西 城南 城北 开发 中心 高新 经济 新城 东城 西城 工业"
)


class Locality(NamedTuple):
    """A mention ``text[start:end]`` of an unlisted place; ``head`` is "" where it stands without one (临川 of 临川市)."""

    start: int
    end: int
    head: str


def find_localities(text: str, places: Mapping[int, int]) -> list[Locality]:
    """The mentions of unlisted places in ``text`` (``Speech.folded``), by end; ``places`` maps ends of known ones."""
    taken = dict(places)
    found: list[Locality] = []
    for m in _DATELINE.finditer(text):
        if m.end("place") not in taken:
            found.append(Locality(*m.span("place"), ""))
    for at, end, head in _HEADS.find(text):
        if (
            end in taken
            or text[at - 1 : at] in _NOT_AFTER.get(head, ())
            or text[end : end + 1] in _CONTINUED.get(head, ())
        ):
            continue
        if head == "区" and not (_ORGAN.match(text, end) or at in taken or text[at - 3 : at - 2] == "市"):
            continue
        start = left_edge(text, at, places, limit=_REACH)
        while start < at and (inner := next((e for e in range(at, start, -1) if e in taken), start)) > start:
            start = inner  # 临川市|嵩湖乡: what the upper place leaves
        name = text[start:at]
        if (
            not _LEAST.get(head, 2) <= len(name) <= 3
            or _GENERIC.search(name)
            or not name.isalpha()
            or name.isascii()
            or (head in ("山", "江") and name[0] in SURNAMES)
        ):
            continue
        taken[end] = start
        found.append(Locality(start, end, head))
    found += _in_lists(text, taken)
    found += _again(text, found, taken)
    return sorted(found, key=lambda p: (p.end, p.start))


_REACH = 5
_LEAST = {"河": 1, "江": 1, "湖": 1, "县": 1}  # the fewest characters of a name before a head: 抚河, 岷县; else two


def _in_lists(text: str, taken: dict[int, int]) -> Iterator[Locality]:
    """云门、怀阳、大河口三县: places by what is said behind them."""
    for tail in _HOW_MANY.finditer(text):
        low = max(0, tail.start() - 60)
        if "、" not in text[max(low, tail.start() - 5) : tail.start()]:
            continue
        if (m := _LIST.search(text, low, tail.start())) is None:
            continue
        start = m.start()
        start += _before_list(m[0])
        for name in text[start : m.end()].split("、"):
            end = start + len(name)
            if end not in taken and not _GENERIC.search(name):
                taken[end] = start
                yield Locality(start, end, "")
            start = end + 1


def _before_list(words: str) -> int:
    """How many characters before the first name of a list belong to the sentence (请|云门、怀阳)."""
    return 1 if words[0] in HARD and words.index("、") > 2 else 0


def _again(text: str, found: Sequence[Locality], taken: dict[int, int]) -> Iterator[Locality]:
    """Further mentions: of the whole name anywhere, of the bare name where the place is of this speech."""
    seen: dict[str, int] = {}
    heads: dict[str, str] = {}
    for p in found:
        name = text[p.start : p.end]
        seen[name] = seen.get(name, 0) + 1
        heads.setdefault(name, p.head)
    for name, times in seen.items():
        head = heads[name]
        bare = name.removesuffix(head) if head in _BARE else ""
        if bare and (len(bare) < 2 or bare in _COMMON or not (times > 1 or text.find(name, 0, 150) >= 0)):
            bare = ""
        for form in filter(None, (name, bare)):
            at = text.find(form)
            while at >= 0:
                end = at + len(form)
                if end not in taken and not (form == bare and text.startswith(head, end)):
                    taken[end] = at
                    yield Locality(at, end, head if form == name else "")
                at = text.find(form, end)


_BARE = frozenset("县市州镇乡村")


def places_of(text: str, matches: Sequence[Match]) -> dict[int, int]:
    """The end of each place that is named in ``text`` to its start: those of the lexicon's matches and the unlisted."""
    known = {m.end: m.start for m in reversed(matches) if m.entry.type == "Place"}
    return known | {p.end: p.start for p in find_localities(text, known)}
