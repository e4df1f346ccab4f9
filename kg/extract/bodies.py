"""Bodies of the official system: organs of every level (市委, 省人大常委会), their divisions and collectives (各支部).

Such a body is a chain: term, place or level, organ, divisions. The grammar reads it from the head to the left
(``kg.extract.backwards``). Companies, schools, associations and leading groups are in ``kg.extract.institutions``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.abroad import find_abroad
from kg.extract.anchors import Anchored
from kg.extract.backwards import (
    before,
    chars,
    many,
    maybe,
    named,
    not_after,
    not_before,
    one,
    scan,
    seq,
    span,
    words,
)
from kg.extract.boundaries import HARD
from kg.extract.departments import find_departments
from kg.extract.documents import PERIODICAL
from kg.extract.fields import BUREAUS, CENTRES, FIELDS, ROOMS
from kg.extract.found import Found
from kg.extract.heads import Heads
from kg.extract.institutions import find_institutions
from kg.extract.levels import ANY_LEVEL, EVERY, GRADED, LEVEL_PAIRS, LEVEL_WORDS, NOT_LEVEL_AFTER, UNITS, level_of
from kg.extract.localities import places_of
from kg.extract.masks import MASKS
from kg.extract.numerals import NUMERAL
from kg.extract.organs import (
    ADDRESSED,
    ADDRESSED_BY,
    DIVISIONS,
    FUNCTIONS,
    OFFICES,
    ORGANS,
    SHORT_ADDRESSED,
    WHOLE,
    system_of,
)
from kg.extract.teams import find_teams
from kg.extract.unions import find_unions
from kg.extract.units import find_units
from kg.lexicon import Match

HAN = "一-鿿"

# --- the chain, smallest pieces first ------------------------------------------------------------------------------

TERM = one(seq(maybe("第"), NUMERAL, "届"), words("历届"))
LEVEL_CHARACTER = one(*(seq(not_before(f"[{c}]"), word) for word, c in NOT_LEVEL_AFTER.items() if c))
LEVEL_NAME = one(LEVEL_CHARACTER, words(*(w for w in LEVEL_WORDS if not NOT_LEVEL_AFTER.get(w))))
LEVEL = one(
    seq("各", words(*EVERY)),
    seq(words(*LEVEL_PAIRS), maybe(words("两级", "三级", "四级"))),
    words(*GRADED),
    words(*ANY_LEVEL),
    seq(maybe("全"), LEVEL_NAME),
)
# A unit owns what a level owns where one of its own organs follows: 厅党组, 校党委, 全校各级党组织.
UNIT = seq(
    maybe("全"),
    one(
        *(seq(not_before(f"[{c}]"), word) for word, c in UNITS.items() if c),
        words(*(w for w, c in UNITS.items() if not c)),
    ),
    not_after("[长员门子里中内外上下级]"),
)
COMMITTEE = seq(before(LEVEL), "委", not_after("[员]"))
OFFICE = one(
    seq(
        one(
            seq(maybe(words(*FIELDS, *FUNCTIONS)), words(*FIELDS, *FUNCTIONS), words(*ROOMS)),
            seq(maybe(words(*FIELDS, *FUNCTIONS)), words(*FUNCTIONS), words(*OFFICES)),
            seq(words(*BUREAUS), "局"),
        ),
        not_after("[门长委属队位员分件署学技研普教理置罚境法好公案于方份权东票内外落机级下在]"),
    ),
    seq(words(*CENTRES), words("中心")),
)
LOCAL_OFFICE = seq(
    before(LEVEL),
    chars(HAN, 1, 7, lazy=True),
    f"(?![布格大全好当战开结残变时政新棋])[{HAN}]",
    words("局", "厅"),
    not_after("[面势部限长局]"),
)
COLLECTIVE = seq(
    maybe(words("直属", "所属", "下属")),
    "各",
    maybe(words("级", "个", "条", "类")),
    maybe(words(*ADDRESSED_BY)),
    one(words(*ADDRESSED), *(seq(short, not_after(f"[{more}]")) for short, more in SHORT_ADDRESSED.items())),
)
GUARD = not_after("[员派化性型伍]")
ORGAN = named("organ", seq(one(words(*(w for ws in ORGANS.values() for w in ws)), OFFICE), GUARD))
DIVISION = seq(one(COLLECTIVE, words(*DIVISIONS), OFFICE), GUARD)
# 党委（党组）, 机关党委（党总支、党支部）: an organ with its variants.
VARIANTS = seq("[（(]", words("党组", "党委", "党总支", "党总支、党支部", "党支部", "总支", "支部"), "[）)]")
OWNER = one(ORGAN, COMMITTEE, named("local", LOCAL_OFFICE))

CHAIN = re.compile(
    seq(
        maybe(seq(maybe(TERM), one(named("level", LEVEL), named("unit", UNIT)))),
        maybe(named("term", TERM)),
        one(
            seq(named("whole", words(*WHOLE)), many(DIVISION, 0, 4)),
            seq(maybe(OWNER), many(seq(DIVISION, maybe(VARIANTS)), 1, 4)),
            seq(OWNER.replace("?P<organ>", "?P<head>").replace("?P<local>", "?P<local_head>"), maybe(VARIANTS)),
        ),
    )
)
# Every chain ends in one of these: the grammar is tried there only.
TAILS = Heads(
    {"委", "局", "厅"}
    | {w for ws in ORGANS.values() for w in ws}
    | DIVISIONS
    | ADDRESSED
    | WHOLE
    | {f + o for f in FUNCTIONS for o in OFFICES}
    | {f + o for f in FIELDS for o in ROOMS}
    | {f + "局" for f in BUREAUS}
    | {f + "中心" for f in CENTRES}
    | {"各" + word for word in SHORT_ADDRESSED}
    | {f"{o}{right}" for o in ("党组", "党委", "党总支", "党支部", "总支", "支部") for right in "）)"}
)

PLAIN = re.compile(  # organs that are nothing without their level or a fuller form before
    r"(?:政府|法院|检察院|人民法院|人民检察院|党委|党组|党工委|工委|机关工委|纪委|监委|纪委监委|团委|党校|日报|晚报|晨报|报社|电视台|人大|政协"
    r"|人民代表大会|广播电台|府办|政府办|监察委|政府部门|政府机关)(?:[（(].*)?"
)
ALONE = re.compile(r"机关(?:党委|党组|党支部|党总支|党组织|工会)(?:[（(].*)?|各.+|.*纪检监察组|基层党组织")
NOT_A_BODY = {  # words behind the chain that make something else of it
    "人大": ("代表", "制度", "主导", "工作者"),
    "人民代表大会": ("代表", "制度"),
    "政协": ("委员", "提案"),
    "政府": (*"性采职债信管网购支预收主", "工作报告"),
    "支部": ("书记", "工作", "委员"),
    "党组织": ("书记",),
    "部门": ("负责人", "和单位负责"),
}
# 中央 in front of what is done or owned centrally is no body: 中央环保督察, 中央八项规定, 中央财政.
_CENTRAL_SOMETHING = re.compile(
    "[一二三四五六七八九十]|委员(?!会)|环境|环保|生态|财政|预算|企业|苏区|空调|电视|商务|银行|督察|巡视|投资|转移|储备|经济|会议|文献|台办|军委|纪委"
)
_TWO_COMMITTEES = Anchored(
    "(?:村（社区）|村、社区|村社区|村居|社区|村)“?[两三]委(?!员)”?", ("两委", "三委"), back=6, ahead=4
)
_UNIT_ORGAN = re.compile(
    "党委|党组|纪委|工会|团委|机关|党总支|直属|理论学习|各级|离退休|老干部|学生会|关工委|司令部|政治部|后勤部|装备部|教导队|卫生队|军人服务社|党支部"
)
_CLAUSE = ("", "\n", "。", "，", "；", "：")
_NOT_TAILS = tuple(NOT_A_BODY)
_WITH_DO = tuple("事学好理法公实起成案得")
_KIND_BEFORE = ("型", "阶级", "炮打", "先进", "优秀", "红旗", "”", "先进机关")


def find_bodies(text: str, matches: Sequence[Match], places: Mapping[int, int] | None = None) -> Iterator[Found]:
    """Yield what could be a body; ``text`` is ``Speech.folded``, offsets are str indices into it, end exclusive.

    Yields the lexicon's bodies too. Short forms (常委会, 机关, 党组, 人大) carry the rule ``body-short``: they are
    something only where ``kg.extract.identity`` finds the fuller form.
    """
    if places is None:
        places = places_of(text, matches)
    known: dict[int, int] = {}
    for match in matches:
        if match.entry.type == "Body" and not (match.form == "中央" and _CENTRAL_SOMETHING.match(text, match.end)):
            known.setdefault(match.end, match.start)
            yield Found("Body", match.start, match.end, "lexicon", 0.95)
            if text[match.start - 1 : match.start] == "届" and (
                m := _TERMS.search(text, max(0, match.start - 16), match.start)
            ):
                yield Found("Body", m.start(), match.end, "body-level", 0.85)
    chains = list(_chains(text, places, known))
    yield from chains
    institutions = list(
        find_institutions(text, places, sorted(f.start for f in chains if f.rule == "body-level"), known)
    )
    yield from institutions
    yield from _divisions(chains, institutions)
    yield from _sections(text, chains, known)
    yield from _branches(text)
    yield from find_departments(text)
    yield from find_units(text, places)
    yield from find_unions(text, places, known)
    yield from find_abroad(text, matches, places)
    yield from find_teams(text, places)
    for m in PERIODICAL.finditer(text):
        marks = m[0].endswith("》")  # 《青山日报》 is 青山日报, 《青山》杂志 the whole
        yield Found("Body", m.start() + marks, m.end() - marks, "periodical", 0.85, attributes={"system": "媒体"})
    for m in _TWO_COMMITTEES.finditer(text):
        yield Found(
            "Body", m.start(), m.end(), "two-committees", 0.85, attributes={"collective": "true", "level": "村"}
        )


def _chains(text: str, places: Mapping[int, int], known: Mapping[int, int]) -> Iterator[Found]:
    committee = -1  # where a 常委会 behind 及其 begins: the next chain to the left owns it
    for m in scan(CHAIN, (end for _, end, _ in TAILS.find(text)), text[::-1]):
        start, end = span(m)
        level_start, level_end = span(m, "level")
        level = text[level_start:level_end] if level_start >= 0 else ""
        if m["unit"] and not _UNIT_ORGAN.match(text, span(m, "unit")[1]):
            start = span(m, "unit")[1]
        name = text[start:end]
        if name in ("常委会", "常务委员会") and text.startswith("及其", start - 2):
            committee = start
            continue
        if committee == end + 2:
            yield from _with_committee(
                text, start, end, committee + (3 if text.startswith("常委会", committee) else 5), level
            )
        if name.endswith("政府办") and text[end : end + 1] in _WITH_DO:
            end, name = end - 1, name[:-1]
        if (
            name.endswith(_NOT_TAILS)
            and any(name.endswith(tail) and text.startswith(after, end) for tail, after in NOT_A_BODY.items())
            and not (level_of(level) and name.endswith("人民政府"))
        ):  # 市人民政府工作报告
            continue
        if text.endswith(_KIND_BEFORE, 0, start) and (not level or level in ANY_LEVEL):
            continue
        if (
            name.endswith("委")
            and text.startswith("会", end)
            and text[end + 1 : end + 2] not in tuple("议同见商合谈晤上前期")
        ):
            continue  # 村委会 is an institution
        if name.endswith("卫生室"):
            continue  # 村卫生室: a kind
        if name.endswith(("总工会", "工会")) and level[:1] == "全" and text.startswith(("干部", "会员"), end):
            continue
        if name.endswith("单位") and "各" not in name and level not in GRADED:
            continue
        if level == "地区" and name.endswith(("政府", "人大", "部门")):
            continue
        if (level in ("中央", "国家") and "人大" in name) or (
            (level in ANY_LEVEL or level[0:1] == "全") and "人大" in name and text.startswith("工作", end)
        ):
            continue
        if name in ("纪检监察组", "纪检组") and (seat := _STATIONED.search(text, max(0, start - 16), start)):
            start, name = seat.start(), text[seat.start() : end]
        local = (m["local"] or m["local_head"]) is not None
        begin = _extended(text, start, level_start, level, places, known)
        if local and begin == start and level not in ("国家", "省", "市", "县", "区"):
            continue
        if level or begin < start or (m["unit"] and start < span(m, "unit")[1]):
            if (
                level in ("国家", "全国", "地方", "基层")
                and not (m["organ"] or m["head"])
                and not name.startswith(("基层党", "地方党", "地方各级"))
            ):
                continue
            rule, confidence = "body-level", 0.9
        elif name == "政府" and text[start - 1 : start] in _CLAUSE and text.startswith(("要", "必须", "应"), end):
            rule, confidence = "body-organ", 0.6
        elif ALONE.fullmatch(name):
            rule, confidence = "body-collective", 0.8
        elif name in ("党支部", "党总支") and text[start - 1 : start] == "、" and before_is_body(text, start - 1):
            rule, confidence = "body-coordinated", 0.6
        elif name == "办公室" and (
            _ROOM.search(text, max(0, start - 2), start)
            or text.startswith(("设在", "备案"), end)
            or text[start - 1 : start] == "设"
        ):
            continue
        elif PLAIN.fullmatch(name) or name in DIVISIONS:
            rule, confidence = "body-short", 0.5
        else:
            rule, confidence = "body-organ", 0.8
        yield Found(
            "Body", begin, end, rule, confidence, attributes=_attributes(text[begin:end], text[start:end], level)
        )


_STATIONED = re.compile("(?<!派)驻[一-鿿]{1,12}(?:局|厅|委|部|办|院|署|行|集团|公司|单位|机关)$")
_ROOM = re.compile("[里间个进出到座某新在]$|[^，。；：]的$|豪华$|住在$")


def _divisions(chains: Sequence[Found], institutions: Sequence[Found]) -> Iterator[Found]:
    """Organs of an institution: 学院|党委, 某军区|政治部 (where 军区政治部 is one chain)."""
    ends: dict[int, Found] = {}
    for f in institutions:
        if f.rule == "institution":
            head = (f.attributes or {}).get("role", "")
            ends.update(dict.fromkeys(range(f.end - len(head), f.end + 1), f))
    for c in chains:
        owner = ends.get(c.start)
        if owner and owner.start < c.start and owner.end < c.end and not (c.attributes or {}).get("collective"):
            yield Found("Body", owner.start, c.end, c.rule.replace("short", "level"), 0.75, attributes=c.attributes)


_SECTION = re.compile(
    "[一-鿿]{2,5}?(?:处|科|司|室|局)(?=[，。、；：）)向在的与和对将从于为负主副处科司室局教研书干党支日今昨]|$)"
)
_OFFICES = tuple("局厅部委署院")


def _sections(text: str, chains: Sequence[Found], known: Mapping[int, int]) -> Iterator[Found]:
    """Sections of an office: 某市水产局|渔政处, 某部|礼宾司."""
    ends = {f.end: f.start for f in chains if f.rule == "body-level" and not (f.attributes or {}).get("collective")}
    for end, start in {**known, **ends}.items():
        if text[end - 1] in _OFFICES and (m := _SECTION.match(text, end)) and not HARD.intersection(m[0]):
            yield Found("Body", start, m.end(), "body-level", 0.7, attributes={"role": m[0]})


_TERMS = re.compile("第?(?:[一二三四五六七八九十]{1,3}、){0,4}[一二三四五六七八九十]{1,3}届$")


_BRANCH = re.compile(
    "(?P<name>[一-鿿]{2,6}?)(?:中央局|分局|局|党部|特别支部|总支部|支部|特委|临委|边委|工委|临时委员会|特别委员会|第[一二三四五六七八九十\\d]{1,3}[军师])(?![长面])"
)


def _branches(text: str) -> Iterator[Found]:
    """Branches of a party by place: 中共|某地|分局."""
    for party in ("中共", "国民党", "共产党", "共青团"):
        at = text.find(party)
        while at >= 0:
            m = _BRANCH.match(text, at + len(party))
            if m and not HARD.intersection(m["name"]) and "中央" not in m["name"]:
                yield Found("Body", at, m.end(), "party-branch", 0.8, attributes={"system": "党"})
            at = text.find(party, at + 1)


def before_is_body(text: str, end: int) -> bool:
    """Whether the words before ``end`` end as collectives of an office do (各办室、|党支部)."""
    return _COLLECTIVE_END.search(text, max(0, end - 8), end) is not None


_COLLECTIVE_END = re.compile("各[一-鿿]{1,5}$|党[委组]$|党总支$")


def _with_committee(text: str, start: int, end: int, last: int, level: str) -> Iterator[Found]:
    """X人大及其常委会: one collective for a level that is none (同级), else X人大常委会 besides X人大."""
    if level in ANY_LEVEL:
        attributes = _attributes(text[start:last], text[start:last], level) | {"collective": "true"}
        yield Found("Body", start, last, "body-and-committee", 0.9, attributes=attributes)
    else:
        role = text[start:end] + "常委会"
        yield Found("Body", end + 2, last, "body-and-committee", 0.9, role, _attributes(role, role, level))


def _extended(
    text: str, start: int, level_start: int, level: str, places: Mapping[int, int], known: Mapping[int, int]
) -> int:
    """Where the chain begins with the place, mask or body that stands before it (绍兴|市委, X|市编办, 国务院|办公厅)."""
    for end in (level_end for level_end in (level_start + len(level), start) if level_end >= 0):
        for owner in (places, known):
            if owner.get(end, start) < start:
                begin = owner[end]
                begin = places.get(begin, begin)  # 安徽|铜官山
                return begin - 2 if text.endswith("中共", 0, begin) else begin
    back = start
    if text.endswith("中共", 0, start):
        return start - 2
    while back > start - 4 and text[back - 1 : back] and (text[back - 1] in MASKS or text[back - 1] == "某"):
        back -= 1
    return back


def _attributes(name: str, role: str, level: str) -> dict[str, str]:
    found = {"role": role.removeprefix("全") if level else role}
    if grade := level_of(level) if level else None:
        found["level"] = grade
    if system := system_of(role):
        found["system"] = system
    if "各" in name or "级" in level or level in LEVEL_PAIRS or name in WHOLE:
        found["collective"] = "true"
    return found
