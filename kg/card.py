"""What ``kg show`` prints: an entity on a card, read from the tables of an output folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from kg.comention import SENTENCE_END
from kg.model import LEXICON, EntityType
from kg.output import is_output
from kg.view.look import TYPES, WORDS

AROUND = 60
"""Characters of a sentence that a card shows on either side of the words quoted."""

FEW = 3
"""Up to so many facts of one kind, a card says of each who claims it; the tables have it for all."""

QUOTATIONS = 5
"""Quotations on a card unless more are asked for; the card says how many there are."""

MARKS = str.maketrans(dict.fromkeys("“”‘’\"'「」『』 \u3000\t"))
"""What a name is searched without, as entity keys are written."""

STATUS = {"complete": "✓", "partial": "…", "mismatch": "✗", "uncheckable": "–"}
STATUS_ZH = {"complete": "齐全", "partial": "原文只列举部分", "mismatch": "数目不符", "uncheckable": "提法未言明数目"}

SCOPES = {"place": "属", "speech": "仅见于"}
ATTRIBUTES = {
    "bare": "姓名",
    "collective": "集合名称",
    "edtf": "日期",
    "inferred": "日期系推断",
    "kind": "类别",
    "level": "级别",
    "office": "职务",
    "origin_at": "首次提出场合",
    "origin_by": "首次提出者",
    "origin_date": "首次提出时间",
    "pattern": "数目",
    "role": "职能",
    "since": "始于",
    "source": "出处",
    "system": "系统",
    "until": "止于",
}
"""Labels of ``kg.model.Entity.attributes``; what is not here goes by its own name."""

Row = dict[str, Any]


class CardError(Exception):
    """There is no card to show; the message says why and what there is instead."""


class Quotation(NamedTuple):
    """Words (``text[start:end]`` of a speech) in their sentence; ``before`` and ``after`` may be cut, marked with …."""

    before: str
    words: str
    after: str
    speech: str
    start: int
    end: int


class Listing(NamedTuple):
    """What a slogan consists of, with the count check, and who says so: titles of speeches or 词库, with the date."""

    members: tuple[str, ...]
    expected: str | None
    status: str
    sources: tuple[str, ...]


class Fact(NamedTuple):
    """A relation: its label seen from this entity, the other's name, and the speeches that say so (or 词库)."""

    label: str
    other: str
    sources: tuple[str, ...]


class Request(NamedTuple):
    """A directive that the entity issues, is about, or receives."""

    issuer: str
    act: str
    content: str
    venue: str | None
    date: str | None
    target: str | None
    sources: tuple[str, ...]


class Card(NamedTuple):
    """All that the graph knows about one entity."""

    id: str
    type: EntityType
    name: str
    scope: str
    aliases: tuple[str, ...]
    forms: tuple[tuple[str, int], ...]
    attributes: dict[str, str]
    mentions: int
    speeches: int
    listings: tuple[Listing, ...]
    facts: tuple[Fact, ...]
    requests: tuple[Request, ...]
    quotations: tuple[Quotation, ...]


class Cards:
    """The cards of an output folder.

    Raises:
        CardError: ``out`` is no output of kg.
    """

    def __init__(self, out: Path) -> None:
        if not is_output(out):
            raise CardError(f"{out}: no output of kg; make one with: kg build PATHS… -o {out}")
        self.tables = out / "tables"

    def find(self, name: str, *, quotations: int = QUOTATIONS) -> list[Card]:
        """The cards of every entity that goes by ``name``: the most mentioned first.

        ``name`` is a name, alias, a form of the texts (quotation marks and spaces aside), an id (``type|scope|key``) or
        an IRI. Names and aliases go before forms of the texts.

        Raises:
            CardError: nothing goes by that name; the message offers near ones.
        """
        plain = name.translate(MARKS)
        ways: tuple[Any, ...] = (
            lambda e: name in (e["id"], e["iri"]),
            lambda e: plain in {n.translate(MARKS) for n in (e["name"], e["key"], *e["aliases"])},
            lambda e: plain in {f["form"].translate(MARKS) for f in e["forms"]},
        )
        for way in ways:
            if found := [e for e in self._entities.values() if way(e)]:
                found.sort(key=lambda e: (-e["mentions"], e["id"]))
                return [self._card(e, quotations) for e in found]
        raise CardError(f"nothing is called {name!r} here{self._near(plain)}")

    def _near(self, name: str) -> str:
        names = {e["name"]: None for e in sorted(self._entities.values(), key=lambda e: -e["mentions"])}
        near = [n for n in names if name and (name in n or n in name)][:5] or get_close_matches(name, names, 5, 0.4)
        return f"; near: {'、'.join(near)}" if near else ""

    @cached_property
    def _entities(self) -> dict[str, Row]:
        return {e["id"]: e for e in self._rows("entities")}

    @cached_property
    def _speeches(self) -> dict[str, Row]:
        return {s["id"]: s for s in self._rows("speeches")}

    def _rows(self, table: str, **equal: str) -> list[Row]:
        """The rows of a table in which one of the columns has the value given for it."""
        filters = [[(column, "=", value)] for column, value in equal.items()] or None
        rows: list[Row] = pq.read_table(self.tables / f"{table}.parquet", filters=filters).to_pylist()
        return rows

    def _name(self, id_: str | None) -> str | None:
        return self._entities[id_]["name"] if id_ else None

    def _source(self, speech: str) -> str:
        """How a card calls a speech: its title, else its file."""
        if speech == LEXICON:
            return "词库"
        row = self._speeches[speech]
        return str(row["title"] or row["doc"])

    def _card(self, e: Row, quotations: int) -> Card:
        return Card(
            id=e["id"],
            type=e["type"],
            name=e["name"],
            scope=e["scope"],
            aliases=tuple(e["aliases"]),
            forms=tuple((f["form"], f["count"]) for f in e["forms"]),
            attributes=dict(e["attributes"]),
            mentions=e["mentions"],
            speeches=e["speeches"],
            listings=tuple(self._listings(e["id"])),
            facts=tuple(self._facts(e["id"])),
            requests=tuple(self._requests(e["id"])),
            quotations=tuple(self._quotations(e["id"], quotations)),
        )

    def _listings(self, id_: str) -> Iterator[Listing]:
        members: dict[int, list[Row]] = defaultdict(list)
        for m in self._rows("members", slogan=id_):
            members[m["number"]].append(m)
        sources: dict[tuple[tuple[str, ...], str | None, str], list[str]] = defaultdict(list)
        for x in self._rows("expansions", slogan=id_):
            labels = tuple(m["label"] for m in members[x["number"]])
            date = f" {x['date']}" if x["date"] else ""
            sources[labels, x["expected"], x["status"]].append(f"{self._source(x['speech'])}{date}")
        for listing, said in sources.items():
            yield Listing(*listing, tuple(dict.fromkeys(said)))

    def _facts(self, id_: str) -> Iterator[Fact]:
        sources: dict[tuple[str, str], list[str]] = defaultdict(list)
        for r in self._rows("relations", subject=id_, object=id_):
            words = WORDS[r["predicate"]]
            if r["subject"] == id_:
                sources[words.zh, r["object"]].append(r["speech"])
            if r["object"] == id_:
                sources[words.zh_inverse, r["subject"]].append(r["speech"])
        labels = [label for words in WORDS.values() for label in (words.zh, words.zh_inverse)]
        # What most speeches say comes first under each label.
        ranked = sorted(sources.items(), key=lambda item: (labels.index(item[0][0]), -len(item[1]), item[0][1]))
        for (label, other), said in ranked:
            yield Fact(label, self._name(other) or other, tuple(dict.fromkeys(map(self._source, said))))

    def _requests(self, id_: str) -> Iterator[Request]:
        sources: dict[tuple[Any, ...], list[str]] = defaultdict(list)
        for d in self._rows("directives"):
            if id_ in (d["issuer"], d["venue"], d["target_entity"], *d["about"]):
                ends = (self._name(d["venue"]), self._name(d["date"]), d["target"])
                sources[self._name(d["issuer"]), d["act"], d["content"], *ends].append(self._source(d["speech"]))
        for request, said in sources.items():
            yield Request._make((*request, tuple(dict.fromkeys(said))))

    def _quotations(self, id_: str, limit: int) -> Iterator[Quotation]:
        """The first mention in each speech, then the second in each, and so on."""
        by_speech: dict[str, list[Row]] = defaultdict(list)
        for m in sorted(self._rows("mentions", entity=id_), key=lambda m: (m["speech"], m["start"])):
            by_speech[m["speech"]].append(m)
        turns = sorted(((i, m) for ms in by_speech.values() for i, m in enumerate(ms)), key=lambda turn: turn[0])
        for _, m in turns[:limit]:
            text = self._speeches[m["speech"]]["text"]
            start, end = m["start"], m["end"]
            before, after = sentence(text, start, end)
            yield Quotation(before, text[start:end], after, self._source(m["speech"]), start, end)


def sentence(text: str, start: int, end: int, around: int = AROUND) -> tuple[str, str]:
    """What stands before and after ``text[start:end]`` in its sentence, each at most ``around`` characters, cut with ….

    >>> sentence("一是早。二是抓小、抓细！三", 9, 11)
    ('二是抓小、', '！')
    >>> sentence("二是抓小、抓细！", 5, 7, around=2)
    ('…小、', '！')
    """
    first = max((m.end() for m in SENTENCE_END.finditer(text, 0, start)), default=0)
    last = SENTENCE_END.search(text, end - 1)
    before, after = text[first:start], text[end : last.end() if last else None]
    cut_before = f"…{before[-around:]}" if len(before) > around else before
    cut_after = f"{after[:around]}…" if len(after) > around else after
    return cut_before.lstrip(), cut_after.rstrip()


def render(card: Card) -> RenderableType:
    """A card for the terminal. Words of speeches are shown as they are: nothing in them is markup here."""
    look = TYPES[card.type]
    head = Text.assemble((card.name, "bold"), "  ", (f"{look.zh} {look.en}", look.dark))
    if gloss := card.attributes.get("gloss"):
        head.append(f"  {gloss}", "italic")
    parts: list[RenderableType] = [head]

    def section(title: str, lines: list[Text]) -> None:
        if lines:
            parts.append(Text(f"\n{title}", "bold"))
            parts.extend(Padding(line, (0, 0, 0, 2)) for line in lines)

    about = []
    if card.scope:
        kind, where = card.scope.split(":", 1)
        about.append(Text(f"{SCOPES.get(kind, kind)} {where.replace('/', '') if kind == 'place' else where}"))
    if card.aliases:
        about.append(Text(f"别名 {'、'.join(card.aliases)}"))
    if other := [f"{form}×{n}" for form, n in card.forms if form != card.name]:
        about.append(Text(f"写法 {'、'.join(other)}"))
    about += [Text(f"{ATTRIBUTES.get(k, k)} {value}") for k, value in card.attributes.items() if k != "gloss"]
    about.append(Text(f"出现 {card.mentions} 次，见于 {card.speeches} 篇讲话"))
    parts.extend(Padding(line, (0, 0, 0, 2)) for line in about)
    section("内容", [line for listing in card.listings for line in _listing(listing)])
    section("关系", list(_facts(card.facts)))
    section("要求部署", [_request(r) for r in card.requests])
    quotations = [
        Text.assemble(q.before, (q.words, f"bold {look.dark}"), q.after, (f" ——{q.speech} [{q.start}–{q.end}]", "dim"))
        for q in card.quotations
    ]
    more = (
        f"（{card.mentions} 处中的 {len(quotations)} 处；--quotations N 可多列）"
        if len(quotations) < card.mentions
        else ""
    )
    section(f"原文{more}", quotations)
    return Panel(Group(*parts), title=Text(card.id, "dim"), title_align="right", border_style=look.dark)


def check(listing: Listing) -> str:
    """The count check in brief.

    >>> check(Listing(("严", "实"), "3", "mismatch", ("词库",)))
    '✗ 2/3 数目不符'
    >>> check(Listing(("保甲，压乙", "保丙，压丁"), "2+2", "complete", ("词库",)))
    '✓ 2 项（2+2） 齐全'
    """
    found, expected = str(len(listing.members)), listing.expected
    if expected and expected.isdecimal():
        found = f"{found}/{expected}"
    elif expected:  # 3+3, or 5p: five pairs; members may be counted one by one or in pairs
        found = f"{found} 项（{expected.replace('p', ' 对')}）"
    return f"{STATUS[listing.status]} {found} {STATUS_ZH[listing.status]}"


def _listing(listing: Listing) -> list[Text]:
    style = {"complete": "green", "mismatch": "red"}.get(listing.status, "yellow")
    head = Text.assemble((check(listing), style), (f"  {_sources(listing.sources)}", "dim"))
    return [head, *(Text(f"  {i}. {label}") for i, label in enumerate(listing.members, start=1))]


def _facts(facts: tuple[Fact, ...]) -> Iterator[Text]:
    """One line a label; who says so where there are few of them."""
    for label, group in groupby(facts, key=lambda f: f.label):
        found = list(group)
        line = Text(f"{label}：")
        for i, fact in enumerate(found):
            line.append("、" if i else "").append(fact.other)
            if len(found) <= FEW:
                line.append(f"（{_sources(fact.sources)}）", "dim")
        if len(found) > FEW:
            line.append(f"（{len(found)} 项）", "dim")
        yield line


def _sources(sources: tuple[str, ...]) -> str:
    return "；".join(sources[:3]) + (f" 等 {len(sources)} 处" if len(sources) > 3 else "")


def _request(r: Request) -> Text:
    where = f"在{r.venue}" if r.venue else ""
    to = f" → {r.target}" if r.target else ""
    return Text.assemble(
        f"{r.date or ''}{r.issuer}{where}{r.act}：{r.content}{to}", (f"（{_sources(r.sources)}）", "dim")
    )
