"""People: a name with its office (习近平总书记, 任书记, XX书记, ×主任), and names that the lexicon knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.anchors import Phrases
from kg.extract.boundaries import STRONG, WEAK, left_edge, listed
from kg.extract.found import Found
from kg.extract.heads import Heads
from kg.extract.localities import places_of
from kg.extract.masks import MASKS
from kg.extract.surnames import EVERYDAY, SURNAMES, TRANSLITERATED, WORDS_WITH_SURNAME
from kg.lexicon import Match

OFFICES = tuple(
    "总书记 副书记 书记 国家主席 主席 副主席 总理 副总理 国务委员 委员长 副委员长 省长 副省长 市长 副市长 州长 县长 副县长 区长 副区长 镇长 乡长 部长 副部长 局长 副局长 "
    "厅长 副厅长 主任 副主任 秘书长 院长 检察长 校长 总统 首相 常委 同志 先生 女士 司令员 政委 将军 元帅 委员 教授 院士 会长 处长 科长 所长 站长 总经理 副总经理 经理 董事长 副董事长 厂长 矿长 行长 社长 馆长 庭长 队长 军长 师长 旅长 团长 营长 连长 政治委员 指导员 教导员 同学 老师 医生 博士 夫人 大使 议长 外长 外相 国王 师傅 法官 检察官 工程师 研究员 副教授 大夫 烈士 少将 中将 上将 大校 主教 支书 村长 发言人 主编 书记员".split()
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
_TITLES = listed(
    """
    总书记 书记 主席 总理 省长 市长 州长 县长 区长 镇长 乡长 村长 部长 局长 厅长 主任 秘书长 院长 检察长 校长 组长 处长 科长 股长 站长 所长 段长 总经理 经理 董事长 司令员 司令 政委 政治委员 委员长 委员
    总统 首相 议长 议员 外长 外相 防长 财长 国务卿 国王 女王 亲王 王储 酋长 大使 公使 领事 参赞 发言人 大臣 会长 理事长 干事长 主教 厂长 矿长 队长 大队长 中队长 支队长 总队长 军长 师长 旅长 团长 营长 连长
    排长 班长 参谋长 参谋 干事 士官 指导员 教导员 记者 通讯员 编辑 主编 总编辑 总编 社长 台长 行长 庭长 审判长 法官 检察官 审判员 教授 研究员 工程师 总工程师 总会计师 总经济师 总监 专员 督导员 调研员 巡视员 园长 馆长 导演
    教练 支书 车间主任 负责人 劳模 劳动模范 烈士 英雄 院士 博士 老师 教师 医生 护士 护士长 焊工 钳工 车工 电工 矿工 钻工 瓦工 司机 列车员 营业员 售货员 邮递员 民警 干警 警员 战士 教员 学员 队员 官员 先生 女士 夫人
    作家 画家 诗人 演员 歌手 科学家 经济学家 企业家 代表 退休工人 退休教师 同学 老人 阿姨 大爷 大娘 大妈 嫂子 站务员 飞行员 驾驶员 船长 机长 主持人 策划人 法人代表 党组成员 党委委员 常委
    """
)
_TRADES = listed(
    """
    焊工 钳工 车工 电工 矿工 钻工 瓦工 司机 列车员 营业员 售货员 邮递员 老人 阿姨 大爷 大娘 大妈 嫂子 站务员 飞行员 驾驶员 战士 学员 官员 同学 退休工人
    """
)
"""What somebody does, no office: the name stands without it."""
_STRONG_TITLE = "|".join(sorted(_TITLES, key=len, reverse=True))
_TITLE_END = re.compile(f"(?:{_STRONG_TITLE}|常委|党组成员|成员|委员|代表)$")
_HONOUR = (
    "同志|先生|女士|教授|院士|同学|老师|烈士|博士|医生|师傅|上将|中将|少将|大校|上校|中校|少校|夫人|阁下|殿下|大使"
)
_ANY_TITLE = Heads(_TITLES)
_NAME_BEHIND = re.compile(
    rf"[ 　]{{0,3}}(?P<name>[{SURNAMES}][一-鿿]{{1,2}}?(?={_HONOUR})|[{SURNAMES}]某某?|[{SURNAMES}]?[{MASKS}]{{1,3}}|[{SURNAMES}][ 　]?[一-鿿]{{1,2}})(?P<comrade>{_HONOUR})?"
)
_HONOURED = re.compile(_HONOUR)
_FOREIGN = re.compile(rf"[{TRANSLITERATED}]{{2,8}}(?:·[{TRANSLITERATED}]{{1,8}}){{0,3}}")
_DOTTED = re.compile(rf"[{TRANSLITERATED}]{{1,7}}(?:·[{TRANSLITERATED}]{{1,8}}){{1,3}}")
_FOREIGN_OFFICES = "总统|总理|首相|外长|外相|国务卿|主席|国王|女王|部长|将军|大使|先生|女士|夫人|议长|教授|博士"
_FOREIGN_OFFICE = re.compile(_FOREIGN_OFFICES)
_ANY_FOREIGN_OFFICE = Phrases(_FOREIGN_OFFICES.split("|"))
_AFTER_NAME = (
    *"，。；：、！？”）)(（\n 　的在对说作同和与率向带就为所将已还亲今昨是去从到把被用给让又也都正刚不有没自个一二三四五六七八九十两几兼告认透称回荣获连摆介等来曾任编担坚组创领坦激多总曾应应先深走见接手身看想听撰著谈主参",
    "报道", "通报", "传达", "出席", "批示", "宣布", "宣读", "请", "带领", "负责", "分别", "以及", "代表", "调研", "强调", "汇报", "表示", "指出", "要求", "讲话", "提出",
)  # fmt: skip
# A third character that rather begins the next word: 记者高山|在, 县长陈云|说.
_NOT_GIVEN = frozenset("说在的是对为将与和等也都就从向到把被又还同今率将所已曾来去便即因，去了着过及或并以至于给让请把")
_NOT_NAME = re.compile("[的了和在对是要把同会们这那有不与及]$")
_VERBS = STRONG | WEAK
_OFFICE = re.compile(OFFICE)
_OFFICES = Heads(OFFICES)
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
    found = [*_titled(text, places), *_dotted(text, places)]
    yield from found
    full: dict[str, set[str]] = {}
    for head in _MASKED_HEAD.finditer(text):
        full.setdefault(head["short"], set()).add(head[0])
    yield from _again(text, found)
    known = {m.start for m in matches if m.entry.type == "Person"}
    heads = [m for m in matches if m.entry.type == "Person" and text.startswith("总书记", m.end)]
    if heads and len({m.entry.name for m in heads}) == 1:
        yield from _bare_head(text, heads[0])
    for at, end, _ in _OFFICES.find(text):
        for size in (3, 2, 1):
            start = at - size
            if start < 0 or start in known:
                continue
            m = _NAME.fullmatch(text, start, end)
            if m and _is_name(text, start, m["name"], m["office"]):
                bare = m["name"] if len(m["name"]) > 1 and m["name"][0] not in MASKS else ""
                attributes = {"office": m["office"]} | ({"bare": bare} if bare else {})
                forms = full.get(text[start:end], set())
                if committee := _COMMITTEE.search(text, max(0, start - 4), start) if forms else None:
                    start = committee.start()  # 市委|XX书记
                name = next(iter(forms)) if len(forms) == 1 else None
                yield Found("Person", start, end, "name-and-office", 0.85, name, attributes)
                break


def _bare_head(text: str, full: Match) -> Iterator[Found]:
    """总书记 alone, where the speech names only one: 总书记指出."""
    name = text[full.start : full.end] + "总书记"
    for m in _BARE_HEAD.finditer(text):
        attributes = {"bare": full.entry.name, "office": "总书记"}
        yield Found("Person", m.start(), m.end(), "office-again", 0.7, name, attributes)


_BARE_HEAD = re.compile("(?<![一-鿿])总书记(?=[的在指强要提对关号，明又还多再亲])")


_COMMITTEE = re.compile("(?:省|市|县|区|州|镇|乡|工)委$")
# 市委XX书记, 区委梁书记: who has no given name is known by the committee.
_MASKED_HEAD = re.compile(
    rf"(?:省|市|县|区|州|镇|乡|工)委(?P<short>(?:[{MASKS}]{{1,3}}|某某?|[{SURNAMES}])(?:副?书记|主任))"
)


def _titled(text: str, places: Mapping[int, int]) -> Iterator[Found]:
    """A name behind its office; offices in a row (党委书记、董事长) are one."""
    for at, title_end, title in _ANY_TITLE.find(text):
        foreign = _FOREIGN.match(text, title_end)
        span = _foreign(foreign, places) if foreign and (len(foreign[0]) > 3 or "·" in foreign[0]) else None
        if span is None and (m := _NAME_BEHIND.match(text, title_end)):
            span = _after_title(text, m)
        if span is None and foreign:
            span = _foreign(foreign, places)
        if span is None:
            continue
        begin, name_end, end = span
        if title in ("记者", "通讯员", "特派记者", "代表"):
            start = at
        else:
            start = begin if title in _TRADES else _offices_before(text, left_edge(text, at, places, limit=22), places)
        name = text[begin:name_end]
        masked = any(c in MASKS for c in name)
        bare = name.replace(" ", "").replace("\u3000", "")
        office = text[start:begin].rstrip()
        attributes = ({"office": office} if office else {}) | ({} if masked or len(bare) < 2 else {"bare": bare})
        yield Found("Person", start, end, "office-and-name", 0.8, attributes=attributes)
        if title in ("记者", "通讯员", "特派记者", "代表", "委员"):
            yield from _colleagues(text, end)


_COLLEAGUE = re.compile(rf"[、 　](?P<name>[{SURNAMES}][一-鿿]{{1,2}})(?=[、，。）)]|报道|报导|摄)")


def _colleagues(text: str, end: int) -> Iterator[Found]:
    """记者张忠、|王建新报道: the further names of a row."""
    while m := _COLLEAGUE.match(text, end):
        end = m.end()
        yield Found("Person", *m.span("name"), "office-and-name", 0.75, attributes={"bare": m["name"]})


def _after_title(text: str, m: re.Match[str]) -> tuple[int, int, int] | None:
    """Start and end of the name behind a title and the end of what honours it; None where no name stands there."""
    name, end = m["name"], m.end()
    begin, name_end = m.span("name")
    if not m["comrade"]:
        if (
            len(name) == 3
            and name[1] not in " \u3000"
            and (name[2] in _NOT_GIVEN or not text.startswith(_AFTER_NAME, end))
        ):
            if name[2] not in _NOT_GIVEN and not text.startswith(_AFTER_NAME, end - 1):
                return None
            name, end, name_end = name[:2], end - 1, name_end - 1
        if not text.startswith(_AFTER_NAME, end) and end < len(text):
            return None
    if (
        name in _NO_NAME
        or name[0] == "任"
        or name[:2] in _VERBS
        or name.startswith(WORDS_WITH_SURNAME)
        or (name[0] in EVERYDAY and m["comrade"] not in ("同志", "先生", "女士"))
        or (_NOT_NAME.search(name) and not m["comrade"])
        or (len(name) == 1 and name not in MASKS)
    ):
        return None
    return begin, name_end, end


def _foreign(m: re.Match[str], places: Mapping[int, int]) -> tuple[int, int, int] | None:
    if m.end() - m.start() < 3 or m.end() in places:
        return None
    honour = _HONOURED.match(m.string, m.end())
    return m.start(), m.end(), honour.end() if honour else m.end()


def _offices_before(text: str, start: int, places: Mapping[int, int]) -> int:
    """Where a row of offices begins: 集团党委书记、|董事长."""
    for _ in range(3):
        if text[start - 1 : start] != "、" or not _TITLE_END.search(text, max(0, start - 8), start - 1):
            break
        before = left_edge(text, start - 1, places, limit=18)
        if before == start - 1:
            break
        start = before
    return start


def _dotted(text: str, places: Mapping[int, int]) -> Iterator[Found]:
    """弗拉基米尔·伊里奇: a foreign name of several parts, or one before its office (希拉克总统)."""
    for m in _DOTTED.finditer(text) if "·" in text else ():
        if m.end() not in places:
            office = _FOREIGN_OFFICE.match(text, m.end())
            yield Found(
                "Person", m.start(), office.end() if office else m.end(), "foreign", 0.75, attributes={"bare": m[0]}
            )
    for end, office_end in _ANY_FOREIGN_OFFICE.find(text):
        start = end
        while start > max(0, end - 7) and text[start - 1] in TRANSLITERATED:
            start -= 1
        if 2 <= end - start <= 6 and end not in places and not any(e in places for e in range(start + 1, end)):
            before = text[start - 1 : start]
            if before in _SPACE_LEFT or not "一" <= before <= "鿿" or text[max(0, start - 2) : start] in _VERBS:
                yield Found(
                    "Person",
                    start,
                    office_end,
                    "foreign",
                    0.7,
                    attributes={"office": text[end:office_end], "bare": text[start:end]},
                )


def _again(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """The further mentions of who was named in full, without office."""
    covered = {at for f in found for at in range(f.start, f.end)}
    names = (
        {f.attributes.get("bare", "") for f in found if f.attributes and f.rule in ("office-and-name", "foreign")}
        if found
        else set()
    )
    for name in sorted(n for n in names if 2 <= len(n) <= 12):
        at = text.find(name)
        while at >= 0:
            if at not in covered:
                yield Found("Person", at, at + len(name), "name-again", 0.7, attributes={"bare": name})
            at = text.find(name, at + len(name))


_PERSONAL = frozenset(("同志", "教授", "先生", "女士", "同学", "老师", "院士", "博士", "医生", "烈士", "师傅", "大夫"))
_HOUSE_END = frozenset("院校系部局厅处科室团会司厂社所矿队连村家工长员者班师生民年")


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
    if name.startswith(WORDS_WITH_SURNAME):
        return False
    if office in _PERSONAL and before in _HOUSE_END and len(name) > 1:
        return True
    return before in _SPACE_LEFT or not ("一" <= before <= "鿿") or text[max(0, start - 2) : start] in _VERBS
