"""Bodies of other countries and in them: 某国国防部, 俄外交部, 某国国务院, 驻某国大使馆, 某国《晨报》."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.boundaries import listed
from kg.extract.found import Found
from kg.extract.heads import Heads
from kg.extract.organs import FUNCTIONS
from kg.lexicon import Match

COUNTRY_CHARACTERS = frozenset(
    "美英法德意俄苏日韩朝越老柬缅泰马新菲印巴孟尼斯伊叙约黎以沙埃阿土希西葡荷比瑞奥匈波捷罗保塞丹挪芬冰加墨古智秘澳蒙哈吉塔乌南肯坦赞津刚"
)
"""The first characters that newspapers call countries by."""

MINISTRIES = listed(
    """
    外交和合作 内政 国防 外交 财政 农林 农业 卫生 司法 教育 文化 能源 交通 运输 工业 商业 商务 贸易 外贸 经济 计划 旅游 环境 环保 劳工 劳动 移民 新闻 宣传 内务 安全 国家安全 公安 治安 科技 科研 通信 邮电
    建设 水利 矿业 石油 渔业 林业 住房 社会福利 社会保障 体育 青年 妇女 宗教 侨务 殖民 陆军 海军 空军 紧急情况 紧急状态 民防 信息 文化遗产 遗产 财经 经贸 工商 厚生 通产 外务 大藏 文部 防务 财务 监察
    """
)
"""What a ministry is for."""

_MINISTRY = Heads({f + "部" for f in MINISTRIES | FUNCTIONS} | {f"{f}和{g}部" for f in MINISTRIES for g in MINISTRIES})
_ORGANS = Heads(
    {"议会", "国会", "众院", "参院", "众议院", "参议院", "宪法法院", "央行", "中央银行", "总统府", "内阁"}
    | {"最高" + court for court in ("法院", "检察院")}
)
_EDGE = frozenset(("", *"\n，。、；：（(“”—…●和与同及向据由对在并请是等访"))
_MISSION = re.compile(
    "驻(?P<to>[一-鿿·]{1,10}?)(?:大使馆|使馆|总领事馆|总领馆|领事馆|领馆|使团|商务代表处|代表处|记者站|办事处)"
)
_NOWHERE = ("外", "各国", "海外", "国外", "境外", "各地", "外地", "当地")
_PERIODICAL = re.compile("《[^《》\n]{1,14}(?:报|刊|周刊|月刊|杂志|时代|邮报|电讯)》(?:杂志|周刊|月刊)?")
_BARE = frozenset(f + "部" for f in ("内政", "内务", "劳工", "移民", "紧急情况", "文化遗产", "住房"))
_CHAMBERS = Heads(("国会", "众议院", "参议院", "众院", "参院", "内阁"))
_BEFORE_CHAMBER = frozenset("在新将被经为些数的了届两使让")
_NO_CHAMBER = re.compile("议(?![员长])|[面谈商晤]|制|民主|图书")
_GOES_ON = frozenset("分门队落件族位署")


def find_abroad(text: str, matches: Sequence[Match], places: Mapping[int, int]) -> Iterator[Found]:
    """Yield what could be a body of another country or a mission to one.

    ``text`` is ``Speech.folded``; ``places`` maps the end of each named place to its start. Countries are the places
    of ``matches`` that have no level, and the characters that newspapers call them by at the beginning of a phrase.
    """
    countries = {
        m.end: m.start for m in matches if m.entry.type == "Place" and not m.entry.level and m.entry.name != "中国"
    }
    for heads in (_MINISTRY, _ORGANS):
        for at, end, word in heads.find(text):
            start = countries.get(at, at)
            if start == at and text[at - 1 : at] in COUNTRY_CHARACTERS and text[at - 2 : at - 1] in _EDGE:
                start = at - 1
            if start == at and word in _BARE:
                yield Found("Body", start, end, "abroad", 0.6)
            elif start < at and text[end : end + 1] not in _GOES_ON:
                yield Found("Body", start, end, "abroad", 0.75)
    for at, end, _ in _CHAMBERS.find(text):
        if text[at - 1 : at] in _EDGE | _BEFORE_CHAMBER and not _NO_CHAMBER.match(text, end):
            yield Found("Body", at, end, "abroad", 0.6)
    for match in matches:  # the ministries of other countries are called as ours are
        if match.entry.type == "Body" and match.entry.level == "中央" and match.entry.system in (None, "政府", "军队"):
            form = text[match.start : match.end]
            if match.start in countries and form[:2] not in ("中国", "中华", "国家"):
                yield Found("Body", countries[match.start], match.end, "abroad", 0.75)
    if "驻" in text:
        for m in _MISSION.finditer(text):
            start = m.start()
            if m["to"] in _NOWHERE or (len(m["to"]) == 1 and m["to"] not in COUNTRY_CHARACTERS | {"华"}):
                continue
            start = start - 2 if text.endswith("中国", 0, start) else countries.get(start, start)
            yield Found("Body", start, m.end(), "abroad", 0.75)
    for m in _PERIODICAL.finditer(text):
        if m.start() in countries:
            yield Found("Body", countries[m.start()], m.end(), "periodical", 0.85, attributes={"system": "媒体"})
