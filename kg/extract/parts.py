"""How the bodies of a speech hang together: partOf by the build of their names, supervises by cue words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.anchors import Anchored
from kg.extract.levels import LEVEL_PAIRS
from kg.extract.names import Named, Names
from kg.model import Entity, EntityId, Predicate, Relation

# What a body's name goes on with when it names a part of it (市人大|常委会, 市委|办公室, 机关|各部门).
_DIVISION = re.compile(
    r"(?:理论学习)?中心组|各|常委会|常务委员会|机关|党组|党委|党支部|党总支|办公室|办公厅|部门|领导小组|领导集体|政治局|工作机构|研究室|秘书处|[一-鿿]{2,6}[科处室]$"
    r"|直属|离退休|[一-鿿]{1,16}(?:[部委办司局厅处科股室]|委员会|委员会办公室|小组|小组办公室|工会|团委|中队|大队|支队|营|连|车间|分公司|分行|支行|法庭|学院|医院|研究所|研究院|中心|报社|部队|[一二三四五六七八九十\d]+[团营连排队班])$|[纪监团工编][委会办]|[一-鿿]{0,6}办$|[一-鿿]{0,12}?(?:第[一二三四五六七八九十]+)?(?:巡回|专项|驻点)?(?:巡视|巡察|督导|指导|督查|工作|代表)[组团]$|[一-鿿]{2}机构$|党校$|主席团$"
)
# Units that a text calls by their last word (支队党委 is of 武警××市支队), with what the full name may end in.
_UNIT = {
    "支队": ("支队",), "总队": ("总队",), "大队": ("大队",), "集团": ("集团", "集团公司", "集团有限公司", "集团有限责任公司", "集团股份有限公司"), "公司": ("公司",),
    "校": ("大学", "学院", "学校", "党校", "中学", "小学"), "学校": ("大学", "学院", "学校", "中学", "小学"), "院": ("医院", "法院", "检察院", "学院", "研究院", "设计院"),
    "医院": ("医院",), "厅": ("厅",), "局": ("局",), "矿": ("矿", "煤矿"), "厂": ("厂",), "军": ("军",), "师": ("师",), "团": ("团",), "社": ("社",), "行": ("银行", "分行", "支行"),
}  # fmt: skip
# The collectives of an office that speaks to its own people.
_OWN = re.compile(r"各(?:党支部|支部|委办室|委室|办室|办公室|处室|科室|部门|单位|组织)|党支部|群团组织|机关.+")
_OFFICE = re.compile(r".+(?:人大|政协|常委会|委|政府|局|厅|院)机关")
_MEMBERS = re.compile(r"等(?=[一-鿿]{2,6}(?:组织|团体|部门|机关|单位))")
_SET_UP = Anchored(
    r"(?:专门|牵头|联合)?(?:成立|设立|组建)了?(?:[一-鿿]{0,6}的)?",
    [how + verb for how in ("", "专门", "牵头", "联合") for verb in ("成立", "设立", "组建")],
)
_TEAM = re.compile(r"(?:小组|专班|指挥部|委员会|工作组|专班|办公室)$")
_GROUP_OFFICE = re.compile(r"(?:领导小组|指挥部|工作专班|委员会)办公室")
_PARTY = ("我们党", "全党", "中国共产党")
_BOTH = re.compile("纪委监委$")
_COUNTED = re.compile(r"[一二两三]+[府院委]")

_ACCEPT = re.compile("接受")
_SUPERVISE = re.compile(r"(?:的)?(?:法律|民主|工作|依法|全程|日常)?(?:监督|督查|监察)")
_TOWARDS = re.compile(r"[^，。；\n]{0,24}?(?:进行)?(?:监督|督促检查|督查|督导|督促|巡察|巡视)")
_URGE = re.compile("督促|监督推动|监督支持|推动和监督")
_SUBJECT = re.compile(r"(?:及其[一-鿿]{2,6})?(?:都|也|还)?(?:要|必须|应当?|须)")


def find_part_of(text: str, names: Names, entities: Sequence[Entity]) -> Iterator[Relation]:
    """Yield which body of the speech belongs to which, by their names and by what the speech says it set up."""
    bodies = [e for e in entities if e.id.type == "Body"]
    forms = {form: e for e in bodies for form in (*e.aliases, e.name)}
    official = {form: e for form, e in forms.items() if len(form) > 7 and "国" in form}
    said = list(_said_to_be(text, names))
    yield from said
    settled = {r.subject for r in said}
    for body in bodies:
        own = (body.name, *body.aliases)
        if both := _BOTH.search(body.name):  # 市纪委 and 市监委 are the two of 市纪委监委
            for part in (body.name[: both.start()] + one for one in ("纪委", "监委")):
                if part in forms and forms[part] is not body:
                    yield _claim(forms[part], "partOf", body, "set", 0.7)
            continue
        parent = _owner(own, forms, official, body) or _unit(own, bodies, body) or _office_of(own, bodies, body)
        if parent is not None and body.id not in settled:
            yield _claim(body, "partOf", parent, "name-chain", 0.9)
    yield from _own_people(bodies)
    yield from _own_units(bodies, settled)
    yield from _levels_and_sets(bodies, forms)
    yield from _listed(text, names)
    yield from _set_up(text, names)


def find_supervises(text: str, names: Names, own: Named | None = None) -> Iterator[Relation]:
    """Yield which body supervises which: 接受…监督, 在…监督下, 对…进行督促检查, 督促…, 监督…

    ``own`` is the body whose report the speech is: it is meant where a sentence names nobody.
    """
    yield from _under(text, names)
    for cue in _ACCEPT.finditer(text):
        overseer = names.first(cue.end(), cue.end() + 24, "Body")
        if overseer is None or text[cue.end() : overseer.start].strip("“"):
            continue
        supervised = _accepts(text, names, cue.start()) or _subject(text, names, cue.start()) or own
        tail = _SUPERVISE.match(text, overseer.end)
        if tail and supervised and supervised.entity is not overseer.entity:
            yield _said(overseer, "supervises", supervised, cue.start(), tail.end(), "accepts-supervision")
    for body in names.within(0, len(text), "Body"):
        if any(names.covering(body.start, body.end, "Campaign", "Slogan", "Document", "Meeting")):
            continue
        before = body.start - (text[body.start - 1 : body.start] == "“")
        end = body.end + (text[body.end : body.end + 1] == "”")
        if text[before - 1 : before] == "对":
            tail = _TOWARDS.match(text, end)
            overseer = _speaker(text, names, before - 1) if tail else None
            if tail and overseer:
                yield _said(overseer, "supervises", body, overseer.start, tail.end(), "supervision-of")
        elif text.endswith("督促", 0, before) or _WATCH.search(text, max(0, before - 6), before):
            overseer = _speaker(text, names, before - 2)
            if overseer and overseer.entity is not body.entity:
                yield _said(overseer, "supervises", body, overseer.start, end, "urges")


_WATCH = re.compile(r"(?<![的受律主作常程法])监督(?:支持|推动|检查)?$")
_UNDER = re.compile(r"的?(?:法律|民主|工作)?监督[^，。；]{0,16}下")
_WILLING = re.compile(r"(?:将|要|会|都|也|还|更|就|应当?|必须|须|主动|自觉|依法|坚持|积极|严格|始终)*")


def _under(text: str, names: Names) -> Iterator[Relation]:
    """县法院在县委领导、县人大监督下: who opens the sentence is supervised."""
    for n in names.within(0, len(text), "Body"):
        tail = _UNDER.match(text, n.end)
        if tail is None:
            continue
        low = _clause_start(text, n.start, 120)
        first = names.first(low, n.start, "Body")
        if first and first.entity is not n.entity and text[first.end : first.end + 1] == "在":
            yield _said(n, "supervises", first, first.start, tail.end(), "under-supervision")


def _accepts(text: str, names: Names, end: int) -> Named | None:
    """The body right before 接受, or before an earlier 接受 of the same sentence."""
    low = _clause_start(text, end, 160)
    for at in (end, text.find("接受", low, end)):
        body = names.last(low, at, "Body") if at > low else None
        if body and _WILLING.fullmatch(text, body.end, at):
            return body
    return None


def _clause_start(text: str, end: int, width: int) -> int:
    """Where the sentence before ``end`` begins, at most ``width`` characters back."""
    low = max(0, end - width)
    return max(low, *(text.rfind(c, low, end) + 1 for c in "。！？\n"))


def _owner(
    own: Sequence[str], forms: Mapping[str, Entity], official: Mapping[str, Entity], body: Entity
) -> Entity | None:
    """The body whose form begins one of the own forms, the longest such form; the rest must name a division."""
    best: tuple[int, Entity] | None = None
    for form in own:
        for size in range(len(form) - 1, 0, -1):
            parent = forms.get(form[:size]) or _ending(official, form[:size])
            if parent is None and form.endswith("政府", 0, size):
                parent = forms.get(form[: size - 2] + "人民政府")
            if parent is not None and form[:size] == "机关" and not _is_office(parent):
                parent = None
            if parent is None or parent is body or not _DIVISION.match(form, size):
                continue
            if form[:size].endswith("中央") and form.startswith("纪委", size):
                continue
            if best is None or size > best[0]:
                best = (size, parent)
            break
    return best[1] if best else None


def _office_of(own: Sequence[str], bodies: Sequence[Entity], body: Entity) -> Entity | None:
    """The one leading group of the text that 领导小组办公室 without more belongs to."""
    office = next((form for form in own if _GROUP_OFFICE.fullmatch(form)), None)
    if office is None:
        return None
    groups = [b for b in bodies if b is not body and b.name.endswith(office.removesuffix("办公室"))]
    return groups[0] if len(groups) == 1 else None


def _unit(own: Sequence[str], bodies: Sequence[Entity], body: Entity) -> Entity | None:
    """The one body of the text that the first word of a name stands for: 支队|党委, 厅|机关, 校|团委."""
    for form in own:
        for word, ends in _UNIT.items():
            if not form.startswith(word) or not _DIVISION.match(form, len(word)):
                continue
            whole = [
                b for b in bodies if b is not body and b.name != word and b.name.endswith(ends) and len(b.name) > 2
            ]
            whole = [b for b in whole if not b.name.startswith(("各", "上级"))] or whole
            if whole:
                return min(whole, key=lambda b: b.mentions[0].start)
            alone = [b for b in bodies if b is not body and b.name == word]
            return alone[0] if alone else None
    return None


def _ending(official: Mapping[str, Entity], end: str) -> Entity | None:
    """The body whose official name ends in these words (国务院 of 中华人民共和国国务院)."""
    if len(end) < 3:
        return None
    return next((e for form, e in official.items() if form.endswith("国" + end) and len(form) > len(end) + 4), None)


def _is_office(body: Entity) -> bool:
    return any(_OFFICE.fullmatch(form) for form in (body.name, *body.aliases))


def _own_people(bodies: Sequence[Entity]) -> Iterator[Relation]:
    """各支部, 机关党委 … belong to the office that the speech is about, if it names one (市人大机关)."""
    offices = [b for b in bodies if _is_office(b)]
    if not offices:
        return
    office = max(offices, key=lambda b: ("机关" in b.aliases, len(b.mentions)))
    for body in bodies:
        if body is not office and any(_OWN.fullmatch(form) for form in (body.name, *body.aliases)):
            yield _claim(body, "partOf", office, "own-office", 0.8)


_RANKS = ("总队", "支队", "大队", "中队")


def _own_units(bodies: Sequence[Entity], settled: set[EntityId]) -> Iterator[Relation]:
    """一大队, 特战中队 belong to the force that the speech is given in (武警××市支队)."""
    home = next((b for b in bodies if b.mentions[0].start < 60 and b.name.endswith(_RANKS[:2])), None)
    if home is None:
        return
    for body in bodies:
        if body.name.endswith(_RANKS[2:]) and body.mentions[0].rule == "unit" and body.id not in settled:
            yield _claim(body, "partOf", home, "own-units", 0.7)


def _levels_and_sets(bodies: Sequence[Entity], forms: dict[str, Entity]) -> Iterator[Relation]:
    for whole in bodies:
        pair = next((p for p in sorted(LEVEL_PAIRS, key=len, reverse=True) if whole.name.startswith(p)), None)
        if pair:
            organ = whole.name[len(pair) :].removeprefix("两级").removeprefix("三级").removeprefix("四级")
            for form, part in forms.items():
                level = form.removesuffix(organ) if organ and form.endswith(organ) else ""
                if level and level != pair and level in pair and part is not whole:
                    yield _claim(part, "partOf", whole, "levels", 0.8)
        if _COUNTED.match(whole.name):
            for form, part in forms.items():
                if part is not whole and _COUNTED.match(form) and whole.name.endswith(form):
                    yield _claim(part, "partOf", whole, "set", 0.9)
    yield from _houses(bodies)
    party = next((forms[f] for f in _PARTY if f in forms), None)
    if party is not None:
        for form in ("中央", "党中央", "中共中央", "省级党委", "各级党委"):
            if form == "中央" and not any(f in forms for f in _PARTY[:2]):
                continue
            if form in forms and forms[form] is not party:
                yield _claim(forms[form], "partOf", party, "party", 0.7)


def _listed(text: str, names: Names) -> Iterator[Relation]:
    """工会、共青团、妇联等群团组织: those before 等 are of the kind behind it."""
    for cue in _MEMBERS.finditer(text):
        whole = names.first(cue.end(), cue.end() + 12, "Body")
        if whole is None or whole.start != cue.end():
            continue
        at = cue.start()
        while (part := names.last(max(0, at - 12), at, "Body")) is not None and part.end == at:
            yield _said(part, "partOf", whole, part.start, whole.end, "listed-members")
            at = part.start - (text[part.start - 1 : part.start] in "、和")
            if at == part.start:
                break


_HOUSES = re.compile("一府[一二两]?委?[一二两]院")
_HOUSE = re.compile(
    "(?P<level>[省市县区州旗])(?:人民政府|政府|监委|监察委员会|(?:高级|中级|高|中)?(?:人民)?(?:法院|检察院))$"
)


def _houses(bodies: Sequence[Entity]) -> Iterator[Relation]:
    """一府两院: government, court and procuratorate of the level that most of the three are named at."""
    whole = next((b for b in bodies if _HOUSES.fullmatch(b.name)), None)
    if whole is None:
        return
    parts = [(m["level"], b) for b in bodies for m in [_HOUSE.search(b.name)] if m]
    levels = Counter(level for level, _ in parts)
    for level, part in parts:
        if levels[level] == max(levels.values()) > 1:
            yield _claim(part, "partOf", whole, "set", 0.8)


_KINDS = ("办事机构", "工作机构", "派出机构", "组成部门", "直属机构", "直属单位", "下属单位", "内设机构")
_SAID = Anchored(
    rf"(?:作为|是)(?=[^，。；\n]{{2,20}}的(?:{'|'.join(_KINDS)}))", ["的" + kind for kind in _KINDS], back=22, ahead=5
)


def _said_to_be(text: str, names: Names) -> Iterator[Relation]:
    """人大机关作为人大常委会的办事机构: the one is called an organ of the other."""
    for cue in _SAID.finditer(text):
        part = names.last(max(0, cue.start() - 20), cue.start(), "Body")
        whole = names.first(cue.end(), cue.end() + 20, "Body")
        if part and whole and part.end == cue.start() and whole.start == cue.end() and part.entity is not whole.entity:
            yield _said(part, "partOf", whole, part.start, whole.end, "said-to-be")


def _set_up(text: str, names: Names) -> Iterator[Relation]:
    for cue in _SET_UP.finditer(text):
        team = names.first(cue.end(), cue.end() + 30, "Body")
        if team is None or team.start > cue.end() + 1 or not _TEAM.search(text[team.start : team.end]):
            continue
        founder = _speaker(text, names, cue.start())
        if founder and founder.entity is not team.entity and "各" not in text[founder.start : founder.end]:
            yield _said(team, "partOf", founder, founder.start, team.end, "set-up")


def _speaker(text: str, names: Names, end: int) -> Named | None:
    """The body that the clause or sentence before ``end`` has for its subject: its last outermost body."""
    low = _clause_start(text, end, 120)
    return names.last(low, end, "Body")


def _subject(text: str, names: Names, end: int) -> Named | None:
    """The last body before ``end`` that is told what to do (各级政府要…)."""
    told = [n for n in names.outer(max(0, end - 700), end, "Body") if _SUBJECT.match(text, n.end)]
    return told[-1] if told else None


def _claim(subject: Entity, predicate: Predicate, target: Entity, rule: str, confidence: float) -> Relation:
    at = subject.mentions[0]
    return Relation(subject.id, predicate, target.id, at.start, at.end, rule, "", confidence)


def _said(subject: Named, predicate: Predicate, target: Named, start: int, end: int, rule: str) -> Relation:
    low, high = min(start, subject.start, target.start), max(end, subject.end, target.end)
    return Relation(subject.entity.id, predicate, target.entity.id, low, high, rule, "", 0.8)
