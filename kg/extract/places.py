"""Places: administrative units, regions, rivers; most of them from the lexicon, the others by their last word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.boundaries import left_edge
from kg.extract.found import Found
from kg.extract.masks import MASK
from kg.lexicon import Match

HEADS = (
    "特别行政区|自治区|自治州|自治县|开发区|高新区|自贸试验区|自由贸易试验区|大湾区|经济带|经济区|经济圈|城市群|都市圈|三角洲|示范区|新区|新城|地区|副中心"
    "|高原|盆地|平原|半岛|群岛|山脉|流域|海峡|走廊|城市副中心"
)
_HEAD = re.compile(HEADS)
_SIDES = re.compile(
    r"(?:东北|西北|西南|东南|华北|华东|华南|华中|中西部|东中西部|东部|中部|西部|沿海|闽东南|环渤海)(?:沿海)?地区"
)
# Parts of the country by name. A direction alone (东部, 北方) says where, not what, unless an area is meant.
_PARTS = re.compile(
    "内地|港澳台|港澳|京津冀|长三角|珠三角|台海|(?<!新)大陆(?!架|性|法)|东北(?![部角方向风亚侧面])|华北|华东|华南|华中|西北(?![部角方向风侧面])"
    "|西南(?![部角方向风侧面])|(?<=[察下往在到赴])[南北]方|中原|两湖|两广|川渝|成渝|江浙|粤港澳|闽粤|苏北|苏南|浙东|浙西|皖北|皖南|陕北|陕南|湘西|鄂西|冀中|晋西北|胶东"
)
_MASKED = re.compile(rf"{MASK}(?:省|市|县|区|州|镇|乡|村|街道)(?![委人政纪监直级编])|{MASK}[泉山江河湖]都")
# 中国 is no place in 中国特色, 中国式, 中国共产党.
_COUNTRY = re.compile(
    "中国(?!家|特色|式|化|共产|梦|人民解放军|人民政治|人民银行|银行|科学院|工商|农业银行|建设银行|移动|电信|石油|石化)"
)
_KINDS = re.compile(
    r"(?:各|有关|部分|一些|贫困|落后|民族|农村|边疆|边远|城市|周边|其他|革命老|先进|示范|试验|发达|欠发达|少数民族|山|牧|林|灾|疫|老少边穷|实验"
    r"|经济技术|高新技术|经济|重点|国家|自由贸易|自主创新|综合|核心|多|两|几|个|全|本|我|这|那|该|某|沿海|沿边|内陆|中心|热点|国际和|国家和|国家自主创新|改革|先行"
    r"|绿色|一体化|新|现代|世界|跨境|贸易|农业|工业|产业|生态|文明|共同富裕|省级|国家级|大型|特大|超大|困难|连片|特困|集中|深度|高寒|高海拔|干旱|水源|保护|开放|城乡|民主|解放|敌占|敌后|统治)+"
)


def find_places(text: str, matches: Sequence[Match]) -> Iterator[Found]:
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
    for m in _SIDES.finditer(text):
        yield Found("Place", m.start(), m.end(), "region", 0.85)
    for m in _PARTS.finditer(text):
        yield Found("Place", m.start(), m.end(), "region", 0.8)
    for m in _MASKED.finditer(text):
        yield Found("Place", m.start(), m.end(), "masked-place", 0.7)
    for m in _HEAD.finditer(text):
        start = left_edge(text, m.start(), ends, limit=8)
        name = text[start : m.start()]
        if m[0] == "地区" and m.start() not in ends:
            continue
        if (m[0] == "副中心" and name in ("", "城市")) or (
            2 <= len(name) <= 6 and not any(c.isdigit() or c in "各同个" for c in name) and not _KINDS.fullmatch(name)
        ):
            yield Found("Place", start, m.end(), "place-head", 0.6)
