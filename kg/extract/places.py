"""Places: administrative units, regions, rivers; most of them from the lexicon, the others by their last word."""

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

AREAS = listed(
    """
    特别行政区 自治区 自治州 自治县 开发区 高新区 自贸试验区 自由贸易试验区 大湾区 经济带 经济区 经济圈 城市群
    都市圈 三角洲 示范区 新区 新城 地区 副中心 高原 盆地 平原 半岛 群岛 山脉 流域 海峡 走廊
    """
)
"""Heads of areas: 长江经济带, 珠江三角洲."""

SIDES = {
    side + coast + "地区"
    for side in "东北 西北 西南 东南 华北 华东 华南 华中 中西部 东中西部 东部 中部 西部 沿海 闽东南 环渤海".split()
    for coast in ("", "沿海")
}
"""Parts of the country by direction, where an area is meant."""

PARTS: dict[str, str] = dict.fromkeys(
    listed(
        """
        内地 港澳台 港澳 京津冀 长三角 珠三角 台海 华北 华东 华南 华中 中原 两湖 两广 川渝 成渝 江浙 粤港澳 闽粤
        苏北 苏南 浙东 浙西 皖北 皖南 陕北 陕南 湘西 鄂西 冀中 晋西北 胶东
        """
    ),
    "",
) | {"大陆": "架性法", **dict.fromkeys(("东北", "西北", "西南"), "部角方向风侧面亚")}
"""Parts of the country by name, with the characters that make another word of them."""

_HEADS = Heads(AREAS | SIDES | set(PARTS))
_MASKED = Anchored(rf"{MASK}(?:省|市|县|区|州|镇|乡|村|街道)(?![委人政纪监直级编])|{MASK}[泉山江河湖]都", MASKS)
# 中国 is no place in 中国特色, 中国式, 中国共产党.
_COUNTRY = re.compile("中国(?!家|特色|式|化|共产|梦)")
_GENERIC = re.compile(
    r"(?:各|有关|部分|一些|贫困|落后|民族|农村|边疆|边远|城市|周边|其他|革命老|先进|示范|试验|发达|欠发达|少数民族|山|牧|林|灾|疫"
    r"|老少边穷|实验|经济技术|高新技术|经济|重点|国家|自由贸易|自主创新|综合|核心|多|两|几|个|全|本|我|这|那|该|某|沿海|沿边|内陆|中心"
    r"|热点|国际和|国家和|国家自主创新|改革|先行|绿色|一体化|新|现代|世界|跨境|贸易|农业|工业|产业|生态|文明|共同富裕|省级|国家级|大型"
    r"|特大|超大|困难|连片|特困|集中|深度|高寒|高海拔|干旱|水源|保护|开放|城乡|民主|解放|敌占|敌后|统治|条|高速|铁路|公路)+"
)


def find_places(text: str, matches: Sequence[Match], places: Mapping[int, int] | None = None) -> Iterator[Found]:
    """Yield what could be a place; ``text`` is ``Speech.folded``, offsets are str indices into it, end exclusive.

    Yields the lexicon's places too. Places inside other names are left to ``overlaps.resolve``.
    """
    ends: dict[int, int] = {}
    for match in matches:
        if match.entry.type == "Place":
            if match.form == "中国":
                continue
            ends.setdefault(match.end, match.start)
            yield Found("Place", match.start, match.end, "lexicon", 0.9)
    for m in _COUNTRY.finditer(text):
        yield Found("Place", m.start(), m.end(), "country", 0.8)
    for m in _MASKED.finditer(text):
        yield Found("Place", m.start(), m.end(), "masked-place", 0.7)
    for at, end, head in _HEADS.find(text):
        if head in SIDES or head in PARTS:
            after = text[end : end + 1]
            if not after or after not in PARTS.get(head, ""):
                yield Found("Place", at, end, "region", 0.8)
        elif head in AREAS:
            yield from _area(text, at, end, head, ends)
    for end, start in (places_of(text, matches) if places is None else places).items():
        if end not in ends and text[start:end] != "中国":
            yield Found("Place", start, end, "settlement", 0.6)


def _area(text: str, at: int, end: int, head: str, places: Mapping[int, int]) -> Iterator[Found]:
    if head == "地区" and at not in places:
        return
    start = left_edge(text, at, places, limit=8)
    name = text[start:at]
    if head == "副中心" and name in ("", "城市"):
        yield Found("Place", start, end, "place-head", 0.6)
        return
    if 2 <= len(name) <= 6 and not any(c.isdigit() or c in "各同个" for c in name) and not _GENERIC.fullmatch(name):
        yield Found("Place", start, end, "place-head", 0.6)
