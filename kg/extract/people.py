"""People: a name with its office (习近平总书记, 任书记, XX书记, ×主任), and names that the lexicon knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.boundaries import STRONG, WEAK, left_edge, listed
from kg.extract.found import Found
from kg.extract.localities import places_of
from kg.extract.masks import MASKS
from kg.extract.surnames import EVERYDAY, SURNAMES
from kg.lexicon import Match

OFFICES = tuple(
    "总书记 副书记 书记 国家主席 主席 副主席 总理 副总理 国务委员 委员长 副委员长 省长 副省长 市长 副市长 州长 县长 副县长 区长 副区长 镇长 乡长 部长 副部长 局长 副局长 "
    "厅长 副厅长 主任 副主任 秘书长 院长 检察长 校长 总统 首相 常委 同志 先生 女士 司令员 政委 将军 元帅 委员 教授 院士 会长 处长 科长 所长 站长 总经理 董事长".split()
)
OFFICE = "|".join(sorted(OFFICES, key=len, reverse=True))
# What stands where a given name could: 支部书记, 年轻同志, 全体同志.
_NO_NAME = listed(
    """
    支部 党委 党组 市委 省委 县委 区委 州委 镇委 纪委 组织 机关 总支 分管 主要 年轻 全体 各位 有关 领导 老年 青年 有些 党政 革命 基层
    常务 人大 政协 政府 政法 宣传 统战 办公 专职 副总 理事 部门 单位 广大 部分 这些 那些 许多 党内 中央 国家 年老 老 女 男
    政法委 第一 执行 大队 军队 地方 多数 少数 同级 上级 下级 前任 现任 历任 原任 时任 总支部 支部副 党委副 任命 任期 应当 于是 和各 全党 全体党 党员
    向各 向全 高级 国务 公司 村支部 成员 双方 平常 常委 常任 全国 国家副 东方 万名 中共 居民 向上 相关 金融 计划 关于 方面 时候 经过 应届
    """
)
_NO_NAME_PARTS = tuple(sorted(w for w in _NO_NAME if len(w) > 1))
_NAME = re.compile(
    rf"(?P<name>[{SURNAMES}][一-鿿]{{1,2}}|[{MASKS}]{{1,3}}|[{SURNAMES}]|某某?|[{SURNAMES}][{MASKS}某]{{1,2}})(?P<office>{OFFICE})"
    r"(?![一-鿿]?(?:处|办公室|会议|团|们|制))"
)
# An office before the name: 县委书记林致远, 市人大常委会主任沈国梁, 主任张**同志.
_TITLES = "总书记|副书记|书记|副主席|主席|副总理|总理|副省长|省长|副市长|市长|副县长|县长|副区长|区长|镇长|乡长|副部长|部长|副局长|局长|副厅长|厅长|副主任|主任|秘书长|院长|检察长|校长|组长|副组长|处长|科长|站长|所长|总经理|董事长|司令员|政委|委员长|委员|总统|首相"
_TITLED = re.compile(
    rf"(?:{_TITLES})[ 　]{{0,2}}(?P<name>(?:[{SURNAMES}][一-鿿]{{1,2}}?(?=同志)|[{SURNAMES}][一-鿿]{{1,2}}|[{SURNAMES}]?[{MASKS}]{{1,3}}|[{SURNAMES}]某某?))(?P<comrade>同志)?"
)
_AFTER_NAME = (
    *"，。；：、！？”）)\n 　的在对说作同和与率向带就为所将已还亲今昨", "主持", "指出", "强调", "要求", "出席", "宣读", "通报", "传达", "讲话", "提出", "表示", "介绍", "汇报", "作了", "代表", "一行", "调研", "参加", "批示", "担任", "任", "等", "到", "来", "曾", "等同志",
)  # fmt: skip
_VERBS = STRONG | WEAK
_OFFICE = re.compile(OFFICE)
_SPACE_LEFT = frozenset(
    "，。；：、！？“”（）()《》\n 　的和对向由与在是请经按照据让听受以为到跟同就着了及将把给如像委府大"
)


def find_people(text: str, matches: Sequence[Match], places: Mapping[int, int] | None = None) -> Iterator[Found]:
    """Yield what could be a person; ``text`` is ``Speech.folded``, offsets are str indices into it, end exclusive.

    Yields the lexicon's people too, extended by an office that follows (习近平|总书记). ``attributes`` hold the bare
    name and the office.
    """
    taken = 0
    for match in matches:
        if match.entry.type != "Person" or match.start < taken:
            continue
        office = _OFFICE.match(text, match.end)
        taken = office.end() if office else match.end
        attributes = {"bare": match.entry.name} | ({"office": office[0]} if office else {})
        yield Found("Person", match.start, taken, "lexicon", 0.95, attributes=attributes)
    if places is None:
        places = places_of(text, matches)
    yield from _titled(text, places)
    known = {m.start for m in matches if m.entry.type == "Person"}
    for office in _OFFICE.finditer(text):
        for size in (3, 2, 1):
            start = office.start() - size
            if start < 0 or start in known:
                continue
            m = _NAME.fullmatch(text, start, office.end())
            if m and _is_name(text, start, m["name"], m["office"]):
                bare = m["name"] if len(m["name"]) > 1 and m["name"][0] not in MASKS else ""
                attributes = {"office": m["office"]} | ({"bare": bare} if bare else {})
                yield Found("Person", start, office.end(), "name-and-office", 0.85, attributes=attributes)
                break


def _titled(text: str, places: Mapping[int, int]) -> Iterator[Found]:
    for m in _TITLED.finditer(text):
        name, end = m["name"], m.end()
        if not m["comrade"]:
            if len(name) == 3 and not text.startswith(_AFTER_NAME, end):
                name, end = name[:2], end - 1
            if not text.startswith(_AFTER_NAME, end) and end < len(text):
                continue
        if (
            name in _NO_NAME
            or name[0] == "任"
            or name[:2] in _VERBS
            or (name[0] in EVERYDAY and not m["comrade"])
            or name[-1] in "的了和在对是要把同会"
        ):
            continue
        start = left_edge(text, m.start(), places, limit=18)
        title = text[start : m.start("name")]
        masked = any(c in MASKS for c in name)
        attributes = {"office": title} | ({} if masked or len(name) < 2 else {"bare": name})
        yield Found("Person", start, end, "office-and-name", 0.8, attributes=attributes)


def _is_name(text: str, start: int, name: str, office: str) -> bool:
    """Whether the characters before an office are a name and not the end of another word."""
    if name[0] in MASKS or name[0] == "某":
        return start == 0 or text[start - 1] not in MASKS
    if name in _NO_NAME or name.startswith(_NO_NAME_PARTS) or name.endswith(_NO_NAME_PARTS):
        return False
    before = text[start - 1] if start else "\n"
    if len(name) == 1:
        return (
            office != "同志"
            and name not in EVERYDAY
            and office not in ("常委", "委员", "教授", "会长")
            and (before in _SPACE_LEFT or text[max(0, start - 2) : start] in _VERBS)
        )
    if name[0] in EVERYDAY:
        return before in _SPACE_LEFT and office == "同志"
    return before in _SPACE_LEFT or not ("一" <= before <= "鿿") or text[max(0, start - 2) : start] in _VERBS
