"""Associations, commissions and houses in their short forms, behind what owns them: 某省美协, 中国足协, 某市儿艺, 某县计委."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.extract.boundaries import OPENERS, listed
from kg.extract.found import Found
from kg.extract.heads import Heads
from kg.extract.organs import system_of

ASSOCIATIONS = listed(
    """
    足协 篮协 排协 乒协 羽协 棋协 田协 泳协 体协 冰协 网协 拳协 武协 奥委会 足联 篮联 排联 田联 泳联 体总 美协 音协 剧协 曲协 舞协 书协 摄协 影协 视协 民协 杂协 作协 科协 文联 记协 侨联 台联 工商联
    消协 企协 质协 律协 法学会 艺委会 残联 妇联 青联 学联 社联 贸促会 钢协 棉协 银协 证券业协会
    """
)
"""Associations of the arts, of sport, of trades: behind a country, a place, 全国 or a continent."""

COMMISSIONS = listed(
    """
    计委 经委 科委 体委 教委 建委 农委 外委 侨委 民委 财委 交委 文委 卫委 国资委 发改委 经贸委 体改委 计经委 外经委 外经贸委 计生委 科工委 国土委 编委 语委
    外经贸厅 经协办 外办 侨办 台办 体改办 农办 社院 打假办 扫黄办 纠风办 清欠办
    """
)
"""Commissions and offices of a government."""

HOUSES = listed(
    "儿艺 人艺 青艺 话剧团 歌舞团 京剧院 豫剧团 越剧团 川剧院 沪剧院 评剧院 昆剧团 曲艺团 画院 美院 音乐厅乐团 国乐团 爱乐 芭蕾舞团"
)
"""Houses of the stage and of art."""

_HEADS = Heads(ASSOCIATIONS | COMMISSIONS | HOUSES)
_LEVELS = frozenset("省市县区州旗")
_NO_LEVEL_AFTER = frozenset("城超夜都上地社园山灾特景战禁老片")
_CONTINENTS = ("亚洲", "欧洲", "非洲", "美洲", "亚太", "国际", "世界")


def find_unions(text: str, places: Mapping[int, int], known: Mapping[int, int]) -> Iterator[Found]:
    """Yield what could be one; ``places`` and ``known`` map ends of named places and of the lexicon's bodies to their starts.

    ``text`` is ``Speech.folded``, offsets are str indices into it, end exclusive.
    """
    for at, end, word in _HEADS.find(text):
        if text.startswith(("会", "员", "部"), end) and word[-1] != "会":
            continue
        start = _owner(text, at, places)
        if start == at and word in COMMISSIONS and at in known:
            start = known[at]  # a commission of a congress
        if start == at and word in COMMISSIONS and text.endswith("人大", 0, at):
            start = _owner(text, at - 2, places)
        if start < at:
            yield Found("Body", start, end, "union", 0.75, attributes=_attributes(text[start:end], word))

    for m in _QUOTED.finditer(text):
        start = _owner(text, m.start(), places)
        if start < m.start():
            yield Found("Body", start, m.end(), "union", 0.7)


# 全国“扫黄办”, 某县“农函大”: a short form in quotation marks behind its owner.
_QUOTED = re.compile("“[一-鿿]{1,5}(?:[协办社院]|函大|电大|夜大|职大)”")


def _owner(text: str, at: int, places: Mapping[int, int]) -> int:
    if at in places:
        return places[at]
    if text[at - 1 : at] in _LEVELS and text[at - 2 : at - 1] not in _NO_LEVEL_AFTER and at - 1:
        return at - 1
    return next((at - len(o) for o in (*OPENERS, *_CONTINENTS) if text.endswith(o, 0, at)), at)


def _attributes(name: str, role: str) -> dict[str, str]:
    system = system_of(name)
    return {"role": role} | ({"system": system} if system else {})
