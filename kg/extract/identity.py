"""Which mentions of a speech denote the same thing, under which name, and whose it is (DESIGN: Identity).

A name goes to the fullest form of the text; shorter forms become its aliases. The lexicon's entries are the same
everywhere; relative bodies (市委, 省委) go to the place of their level; what belongs to one speech stays there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from kg.extract.found import Found
from kg.extract.levels import ANY_LEVEL, GRADED, LEVEL_PAIRS, level_of
from kg.extract.masks import MASKS, is_masked
from kg.lexicon import Lexicon
from kg.model import Entity, EntityId, EntityType, Mention, Speech

_MARKS = '“”‘’"「」『』 \u3000\t\n\u200b\ufeff'
_UNMARKED = str.maketrans("", "", _MARKS)
_MARK = re.compile(f"[{_MARKS}]")
_TERM = re.compile(r"(?:第?[〇零一二三四五六七八九十\dXx×*]{1,4}|本|上|新一|历)届|新时代")
_SHORT_RULES = frozenset(("body-short", "body-collective", "institution-short"))
_LOCAL_SET = re.compile(
    r"[一二三四五六七八九十两\d]{1,2}(?:个|大|项|件|条|种)(?:阶段|方面|环节|步骤|活动|重点|关键|任务|目标|事|问题|措施|内容)"
)
# Forms that are nothing when no fuller form stands in the text.
_NOTHING_ALONE = re.compile(
    r"人民代表大会|机关|系统|部门|各?党组织|党委|党支部|支部|办公厅|直属机构|工作机构|办事机构|派出机构|主席团|单位|.+系统|所属单位|分党组|秘书处|"
    r"(?:人民)?(?:法院|检察院)|党委（.*|党委党组.*|纪委|监委|纪委监委|工委|党工委|团委|党校|日报|报社|电视台|政府|政府部门|政府机关|研究室|督查室|常务委员会|编办|委办|(?:工作|协调)?领导小组|工作小组|工作组|指挥部|(?:工作)?专班|指导组|督导组|机关工委|.*各部门.+"
)


class _Name(NamedTuple):
    """A form of the text with what is known of its mentions."""

    form: str
    times: int
    first: int
    rules: frozenset[str]
    attributes: Mapping[str, str]
    spelt: bool
    """Whether the text writes it so: a coordination (省委、市委人大工作会议) names what it does not write."""


def group(found: Sequence[Found], speech: Speech, lexicon: Lexicon) -> list[Entity]:
    """The entities of a speech from the candidates that were kept, in order of first mention.

    Mentions of one entity carry its fullest form as ``name``, the others as ``aliases``; the mentions keep their
    offsets into ``speech.text``. Short forms that find no fuller one (机关, 办公室) are dropped.
    """
    by_form: dict[tuple[EntityType, str], list[Found]] = defaultdict(list)
    titles = [m.span() for m in _TITLE.finditer(speech.folded)] if "《" in speech.folded else []
    for f in found:
        by_form[f.type, _surface(f, speech.text)].append(f)
    for key in [
        k
        for k, fs in by_form.items()
        if k[0] in ("Body", "Person") and all(f.rule == "lexicon" and _inside(f, titles) for f in fs)
    ]:
        del by_form[key]  # named inside the titles of documents only
    people = sorted((f.start, f.end) for f in found if f.type == "Person")
    for key in [
        k for k, fs in by_form.items() if k[0] == "Body" and len(k[1]) == 2 and all(_inside_any(f, people) for f in fs)
    ]:
        del by_form[key]  # 省委书记××: the committee is no more than a part of the office
    named: dict[EntityType, list[_Name]] = {f.type: [] for f in found}
    for (kind, form), fs in by_form.items():
        named[kind].append(_name(form, fs))
    entities: list[Entity] = []
    for kind, names in named.items():
        owner = _GROUPING.get(kind, _by_ending)(names, speech, lexicon, kind)
        groups: dict[str, list[_Name]] = defaultdict(list)
        for name in names:
            if (top := owner.get(name.form)) is not None:
                groups[top].append(name)
        entities += [
            _entity(kind, top, members, by_form, speech, lexicon) for top, members in groups.items() if members
        ]
    return sorted(entities, key=lambda e: (e.mentions[0].start, -e.mentions[0].end, e.id))


def _name(form: str, found: Sequence[Found]) -> _Name:
    if len(found) == 1:  # most
        (f,) = found
        return _Name(form, 1, f.start, frozenset((f.rule,)), f.attributes or {}, f.name is None)
    attributes: dict[str, str] = {}
    for f in reversed(found):
        if f.attributes:
            attributes.update(f.attributes)
    return _Name(
        form,
        len(found),
        min([f.start for f in found]),
        frozenset([f.rule for f in found]),
        attributes,
        any(f.name is None for f in found),
    )


def _unmarked(words: str) -> str:
    """Words without quotation marks and blanks. Most have none: a search for them costs a quarter of ``translate``."""
    return words.translate(_UNMARKED) if _MARK.search(words) else words


def _inside_any(f: Found, spans: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(spans, (f.start, f.start + 1000))
    return any(start <= f.start and f.end <= end for start, end in spans[max(0, at - 2) : at])


def _inside(f: Found, titles: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(titles, (f.start, len(titles) and titles[-1][1])) - 1
    return at >= 0 and titles[at][0] < f.start and f.end < titles[at][1]


_TITLE = re.compile("《[^《》\n]{1,100}》")


def _surface(f: Found, text: str) -> str:
    words = _unmarked(f.name or text[f.start : f.end])
    if "《" not in words and "》" not in words:
        return words
    titled = f.type == "Body" or (f.type == "Document" and words.startswith("《")) or "》" in words.strip("》")
    return words if titled else words.strip("《》")  # 《河道条例》执法检查 keeps its marks, too


def _canonical(kind: EntityType, form: str, lexicon: Lexicon) -> str | None:
    """The lexicon's name for a form, if it knows the form and means one thing by it."""
    entry = lexicon.get(kind, form) or (lexicon.get(kind, form.strip("《》")) if kind == "Document" else None)
    return entry.name if entry else None


# --- which forms are one ---------------------------------------------------------------------------------------------


def _merged(names: Sequence[_Name], kind: EntityType, lexicon: Lexicon) -> dict[str, str]:
    """Each form's fullest form among those of the same lexicon entry; itself where the lexicon does not know it."""
    same: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        same[_canonical(kind, name.form, lexicon) or name.form].append(name)
    owner = {}
    for members in same.values():
        top = max(members, key=lambda n: (len(n.form), n.times, -n.first)).form
        owner.update({n.form: top for n in members})
    return owner


def _by_ending(names: Sequence[_Name], speech: Speech, lexicon: Lexicon, kind: EntityType) -> dict[str, str]:
    """A form that is the end of a fuller one stands for it; of several for the last one before it."""
    owner = _merged(names, kind, lexicon)
    bared: dict[str, list[_Name]] = defaultdict(list)
    by_last: dict[str, list[tuple[str, _Name]]] = defaultdict(list)  # what ends in another ends in its last character
    for name in names:
        bare = name.form.strip("《》")
        bared[bare].append(name)
        by_last[bare[-1:]].append((bare, name))
    for name in sorted(names, key=lambda n: len(n.form)):
        bare = name.form.strip("《》")
        if len(bare) < 2 or (kind == "Meeting" and re.match(r"(?:党的)?[一二三四五六七八九十]{1,3}大$", bare)):
            fuller = [n for n in names if n.form == "党的" + bare]
        else:
            fuller = [n for words, n in by_last[bare[-1:]] if len(words) > len(bare) and words.endswith(bare)]
        fuller += [n for n in bared[bare] if len(n.form) > len(name.form)]
        if m := _MASKED_PLENUM.fullmatch(bare):
            fuller += [n for n in names if n.form != name.form and n.form.startswith(m[1]) and n.form.endswith("全会")]
        if (fuller and _canonical(kind, name.form, lexicon) is None) or (fuller and kind == "Meeting"):
            before = [n for n in fuller if n.first < name.first] or fuller
            owner[name.form] = max(before, key=lambda n: (n.first, len(n.form))).form
    return _settled(owner)


_MASKED_PLENUM = re.compile(rf"(.+[委会])[{MASKS}]+全会")


def _settled(owner: dict[str, str]) -> dict[str, str]:
    """Follow owners to the end (A → B → C)."""
    for form in owner:
        seen, top = {form}, owner[form]
        while owner.get(top, top) not in seen | {top}:
            seen.add(top)
            top = owner[top]
        owner[form] = top
    return owner


def _apart(names: Sequence[_Name], speech: Speech, lexicon: Lexicon, kind: EntityType) -> dict[str, str]:
    """Only what the lexicon calls the same is the same, and times of one date: 2019年, 二〇一九年."""
    owner = _merged(names, kind, lexicon)
    dated: dict[str, str] = {}
    for name in sorted(names, key=lambda n: n.first):
        value = name.attributes.get("edtf", "")
        if kind == "Time" and value and "X" not in value and owner[name.form] == name.form:
            owner[name.form] = dated.setdefault(value, name.form)
    return _settled(owner)


def _people(names: Sequence[_Name], speech: Speech, lexicon: Lexicon, kind: EntityType) -> dict[str, str]:
    same: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        same[name.attributes.get("bare") or name.form].append(name)
    for key in list(same):  # 习总书记 is the 总书记 whose surname is 习
        office = same[key][0].attributes.get("office", "")
        if not same[key][0].attributes.get("bare"):
            full = [
                k
                for k, ns in same.items()
                if k != key
                and k[0] == key[0]
                and any(n.attributes.get("bare") and n.attributes.get("office") == office for n in ns)
            ]
            if full:
                same[full[0]] += same.pop(key)
    owner = {}
    for members in same.values():
        top = max(
            members,
            key=lambda n: (
                "office" in n.attributes,
                n.attributes.get("office") not in ("同志", None),
                len(n.form),
                n.times,
            ),
        ).form
        owner.update({n.form: top for n in members})
    return owner


def _bodies(names: Sequence[_Name], speech: Speech, lexicon: Lexicon, kind: EntityType) -> dict[str, str]:
    owner = _merged(names, kind, lexicon)
    title = _unmarked(speech.title or speech.folded[:60])
    home = _home(names, title)
    fuller = _with_parents(names, speech.text)
    forms = {n.form: n for n in fuller}
    by_last: dict[str, list[_Name]] = defaultdict(list)
    for name in fuller:
        by_last[name.form[-1:]].append(name)
    for name in names:  # 七届市纪委 is the 市纪委 of the text, 本届政府 the 政府
        plain = _TERM.sub("", name.form)
        if plain == name.form or plain not in forms:
            continue
        if _NOTHING_ALONE.fullmatch(plain):
            owner[plain] = name.form
        elif plain in owner or name.form[0] in "本新上":
            owner[name.form] = plain
    for name in names:  # 市直各机关 are the 市直机关
        if (plain := name.form.replace("各", "", 1)) != name.form and plain in owner and name.form[0] != "各":
            owner[plain] = name.form
    for name in names:
        if name.attributes.get("level") or "lexicon" in name.rules or name.form.startswith(ANY_LEVEL):
            if _WHOLE_DIVISION.match(name.form) and name.form[1:] in forms:
                owner[name.form] = name.form[1:]
            continue
        plain = name.form.replace("各个", "各")
        candidates = [
            n
            for n in by_last[plain[-1:]]
            if n.form.endswith(plain) and n.form != name.form and _owns(n.form.removesuffix(plain), plain)
        ]
        if candidates:
            owner[name.form] = max(candidates, key=lambda n: _likeness(n, home, title)).form
    owner.update(_relative(names, owner))
    owner = _literal(_settled(owner), {n.form for n in names if n.spelt}, speech.text)
    for name in names:
        if owner[name.form] == name.form and name.rules <= _SHORT_RULES and _NOTHING_ALONE.fullmatch(name.form):
            del owner[name.form]
    return owner


_FULL_NAMES = (
    ("人民代表大会常务委员会", "人大常委会"), ("人民代表大会", "人大"), ("人民政府", "政府"), ("人民法院", "法院"),
    ("人民检察院", "检察院"), ("总工会", "工会"), ("纪律检查委员会", "纪委"), ("机关工作委员会", "机关工委"), ("中国共产党", ""),
)  # fmt: skip


def _plain(form: str) -> str:
    """A body's name in its short wording: 县人民法院 and 县法院 are one."""
    form = _TERM.sub("", form)
    for full, short in _FULL_NAMES:
        form = form.replace(full, short)
    return form.removeprefix("中共")


def _relative(names: Sequence[_Name], owner: Mapping[str, str]) -> dict[str, str]:
    """A body by its level (县法院) is that of the same wording (县人民法院), or of the one place named (青禾县人民法院)."""
    levelled = [n for n in names if n.attributes.get("level") and not n.attributes.get("collective")]
    relative = [n for n in levelled if _leading_level(n.form) and n.form[0] != "全" and owner.get(n.form) == n.form]
    if not relative:
        return {}
    plain = {n.form: _plain(n.form) for n in levelled}
    placed = [n for n in levelled if not _leading_level(n.form) and n.attributes["level"] != "中央"]
    found: dict[str, str] = {}
    for name in relative:
        whole = [
            n for n in placed if plain[n.form].endswith(plain[name.form]) and len(plain[n.form]) > len(plain[name.form])
        ]
        if len({plain[n.form] for n in whole}) == 1:
            found[name.form] = max(whole, key=lambda n: (len(n.form), -n.first)).form
            continue
        same = [n for n in relative if plain[n.form] == plain[name.form]]
        if len(same) > 1:
            top = max(same, key=lambda n: (len(n.form), n.times)).form
            if top != name.form:
                found[name.form] = top
    return found


def _literal(owner: dict[str, str], spelt: Collection[str], text: str) -> dict[str, str]:
    """The name must stand in the text: of 区人大及其常委会 and 人大常委会 the second."""
    unspelt = {form: top for form, top in owner.items() if top not in spelt}
    if not unspelt:
        return owner
    for mark in _MARKS:  # ``translate`` takes six times as long on a whole text
        text = text.replace(mark, "")
    better: dict[str, str] = {}
    for form, top in unspelt.items():
        if top not in text and form in text and not form.startswith(("本届", "新一届", "上届")):
            better[top] = max(better.get(top, ""), form, key=len)
    return {form: better.get(top, top) for form, top in owner.items()}


_WHOLE_DIVISION = re.compile("全[省市区县州].*(?:党组|党委|机关|中心组|办公室|党支部)$")
_PARENT = re.compile(
    r"(?P<city>.*?[省市州盟县区旗镇乡])(?:第?[〇零一二三四五六七八九十\dXx×*]{1,4}届)?人大(?P<committee>常委会)?(?P<office>机关)?"
)


def _with_parents(names: Sequence[_Name], text: str) -> list[_Name]:
    """The names and the congresses that longer ones begin with: 市人大常委会机关党组 names 市人大 and 市人大常委会."""
    known = {n.form for n in names}
    parents: dict[str, _Name] = {}
    for name in names:
        m = _PARENT.match(name.form)
        if m is None or name.form.startswith("全"):
            continue
        for end in (m.end("committee"), m.end("office"), m.start("committee") if m["committee"] else m.end()):
            form = name.form[: end if end > 0 else 0].removesuffix("常委会") if end < 0 else name.form[:end]
            if _TERM.search(form) and _TERM.sub("", form) in text:
                form = _TERM.sub("", form)
            if form and form not in known and not form.endswith(("省", "市", "区", "县")) and form in text:
                parents.setdefault(form, name._replace(form=form, times=name.times))
    return [*names, *parents.values()]


def _owns(prefix: str, role: str) -> bool:
    """Whether what a fuller form has in front makes it somebody's body and not a kind (各级, 地方)."""
    if prefix == "各":
        return True
    if role == "机关" and prefix.endswith(("公安", "检察", "税务", "国家")):
        return False
    if role.endswith("政府") and prefix in GRADED:
        return False  # 政府 alone is the one that speaks, not every 省级政府
    return not prefix.startswith((*ANY_LEVEL, "各", "全国", "中央", "外国")) and not prefix.endswith(("各", "各级"))


def _home(names: Iterable[_Name], title: str) -> str:
    """The level word of the speech's own bodies: of those in its title, else the lowest that it names twice."""
    counts: Counter[str] = Counter()
    for n in names:
        word = _leading_level(n.form)
        if word and not n.form.startswith((*LEVEL_PAIRS, *GRADED)):
            counts[word] += n.times + (100 if n.form in title else 0)
    if not counts:
        return ""
    titled = [w for w, c in counts.items() if c > 100]
    return max(titled or [w for w, c in counts.items() if c > 1] or list(counts), key=_LOWEST.index)


_LOWEST = ("自治区", "省", "州", "盟", "市", "旗", "县", "区", "乡", "镇", "街道", "村")


def _likeness(fuller: _Name, home: str, title: str) -> tuple[bool, bool, bool, int, int]:
    return (
        fuller.form in title,
        bool(home) and _leading_level(fuller.form) == home,
        not fuller.form.startswith("全"),
        fuller.times,
        -len(fuller.form),
    )


_GROUPING = {"Person": _people, "Body": _bodies, "Time": _apart, "Slogan": _apart, "Place": _by_ending}


# --- whose it is -----------------------------------------------------------------------------------------------------


def _entity(
    kind: EntityType,
    top: str,
    members: Sequence[_Name],
    by_form: Mapping[tuple[EntityType, str], Sequence[Found]],
    speech: Speech,
    lexicon: Lexicon,
) -> Entity:
    found = [f for n in members for f in by_form[kind, n.form]]
    found.sort(key=itemgetter(1, 2))
    attributes: dict[str, str] = {}
    for name in sorted(members, key=lambda n: n.form != top):
        for k, v in name.attributes.items():
            attributes.setdefault(k, v)
    forms = [n.form for n in members]
    return Entity(
        identify(kind, top, attributes, speech, lexicon, forms),
        top,
        sorted([form for form in forms if form != top], key=lambda form: (-len(form), form)),
        [Mention(f.start, f.end, f.rule, f.confidence) for f in found],
        attributes,
    )


def identify(
    kind: EntityType,
    name: str,
    attributes: Mapping[str, str],
    speech: Speech,
    lexicon: Lexicon,
    forms: Iterable[str] = (),
) -> EntityId:
    """The identity of what a speech calls ``name``: whose it is, and under which key.

    Lexicon entries belong to all; relative bodies to the place of their level; masked names, announced sets, bare
    offices and generic documents to the speech; other names to the speech's place, where it is known.
    """
    own = f"speech:{speech.id}"
    forms = list(forms)
    for form in (name, *forms):
        if canonical := _canonical(kind, form, lexicon):
            return EntityId(kind, "", canonical)
    if is_masked(name):
        return EntityId(kind, own, name)
    if kind == "Person":
        bare = attributes.get("bare")
        return EntityId(kind, "" if bare else own, bare or name)
    if kind == "Time":
        value = attributes.get("edtf", "")
        return EntityId(kind, "" if value and "X" not in value else own, value if value and "X" not in value else name)
    if kind == "Place":
        return EntityId(kind, "", name)
    if kind == "Slogan" and _LOCAL_SET.fullmatch(name):
        return EntityId(kind, own, name)
    if kind == "Document" and len(name.strip("《》")) <= 4 and not re.search("法$|章$|宪", name.strip("《》")):
        return EntityId(kind, own, name)
    chain = _places(speech, lexicon)
    if kind == "Body":
        relative = next((form for form in forms if _leading_level(form) and form[0] != "全"), name)
        return _body(relative if _of_level(chain, _leading_level(relative)) else name, attributes, own, chain)
    if kind in ("Meeting", "Campaign") and (level := _leading_level(name)):
        at = _of_level(chain, level)
        return EntityId(kind, f"place:{'/'.join(at)}" if at else own, name)
    return EntityId(kind, f"place:{'/'.join(chain)}" if chain else "", name)


_RELATIVE = re.compile(r"全?(?P<level>自治区|街道|[省市州盟县区旗镇乡村])(?=[一-鿿第XxＸ×*○])")


def _leading_level(name: str) -> str:
    m = _RELATIVE.match(name)
    return m["level"] if m else ""


def _body(name: str, attributes: Mapping[str, str], own: str, chain: tuple[str, ...]) -> EntityId:
    level = attributes.get("level")
    if level == "中央":
        return EntityId("Body", "", name)
    if name.startswith((*LEVEL_PAIRS, *ANY_LEVEL)) or not level:
        role = attributes.get("role", "")
        if name.startswith(ANY_LEVEL) or (attributes.get("collective") and not name.startswith(("各", "机关"))):
            return EntityId("Body", "", name)
        if attributes.get("system") is None or role != name:  # an institution with a name of its own
            return EntityId(
                "Body", f"place:{'/'.join(chain)}" if chain and role != name else "" if role != name else own, name
            )
        return EntityId("Body", own, name)
    if relative := _leading_level(name):
        at = _of_level(chain, relative)
        if not at:
            return EntityId("Body", own, name)
        rest = name.removeprefix("全").removeprefix(relative)
        return EntityId("Body", f"place:{'/'.join(at)}", f"{at[-1]}{rest}")
    return EntityId("Body", "", name)


def _places(speech: Speech, lexicon: Lexicon) -> tuple[str, ...]:
    """The speech's place with what it belongs to, outermost first; empty where it is not known for certain."""
    if not speech.place:
        return ()
    entries = lexicon.all("Place", speech.place)
    return lexicon.chain(entries[0]) if len(entries) == 1 else (speech.place,) if not entries else ()


def _of_level(chain: tuple[str, ...], level: str) -> tuple[str, ...]:
    """The part of the chain that ends at the place of a level word; empty where the chain has none."""
    wanted = level_of(level)
    for i in range(len(chain), 0, -1):
        if level_of(chain[i - 1]) == wanted:
            return chain[:i]
    return ()
