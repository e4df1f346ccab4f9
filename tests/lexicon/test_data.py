"""The data that come with the program: every promise counted, nothing local, nothing dangling."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import kg.lexicon
from kg.corpus.encoding import fold
from kg.lexicon import Entry, Lexicon, load
from kg.lexicon.arity import arity, check
from kg.lexicon.forms import spellings
from kg.lexicon.unused import main, unused

DATA = Path(__file__).parents[2] / "kg" / "lexicon" / "data"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load()


def of(lexicon: Lexicon, *types: str) -> Iterator[Entry]:
    return (entry for entry in lexicon.entries if entry.type in types)


def test_every_member_list_keeps_the_promise_of_its_name(lexicon: Lexicon) -> None:
    broken = [
        (entry.name, members.members)
        for entry in lexicon.entries
        for members in entry.expansions
        if check(entry.name, len(members.members), members.pattern or entry.pattern) == "mismatch"
    ]
    assert broken == []
    assert len([entry for entry in of(lexicon, "Slogan") if entry.expansions]) > 50


def test_every_numeral_slogan_promises_a_number(lexicon: Lexicon) -> None:
    silent = [
        entry.name
        for entry in of(lexicon, "Slogan")
        if entry.kind == "numeral" and not arity(entry.name) and not entry.promise
    ]
    assert silent == []


def test_the_example_of_the_package_is_true() -> None:
    assert doctest.testmod(kg.lexicon).failed == 0


def test_every_numeral_slogan_with_members_is_counted(lexicon: Lexicon) -> None:
    """None of them escapes the count: each list is complete, none merely uncheckable."""
    counted = {
        (entry.name, members.members): check(entry.name, len(members.members), members.pattern or entry.pattern)
        for entry in of(lexicon, "Slogan")
        if entry.kind == "numeral"
        for members in entry.expansions
    }
    assert len(counted) > 150
    assert [name for (name, _), status in counted.items() if status != "complete"] == []


def test_no_member_is_listed_twice(lexicon: Lexicon) -> None:
    lists = [(e.name, m.members) for e in of(lexicon, "Slogan", "Body") for m in e.expansions]
    assert [name for name, members in lists if len(set(members)) < len(members)] == []


def test_every_slogan_says_what_it_is_and_where_it_can_be_checked(lexicon: Lexicon) -> None:
    slogans = list(of(lexicon, "Slogan"))
    assert len(slogans) >= 250
    assert [e.name for e in slogans if not e.kind] == []
    assert [e.name for e in slogans if not e.gloss or re.search("[\u4e00-\u9fff]", e.gloss)] == []
    assert [e.name for e in slogans if not e.source] == []


CONGRESS_DAYS = {
    "九": "1969-04-01",
    "十": "1973-08-24",
    "十一": "1977-08-12",
    "十二": "1982-09-01",
    "十三": "1987-10-25",
    "十四": "1992-10-12",
    "十五": "1997-09-12",
    "十六": "2002-11-08",
    "十七": "2007-10-15",
    "十八": "2012-11-08",
    "十九": "2017-10-18",
    "二十": "2022-10-16",
}
"""The days on which the reports to the party congresses were given."""


def test_a_report_is_cited_with_its_day(lexicon: Lexicon) -> None:
    cited = [
        (e.name, congress, day)
        for e in of(lexicon, "Slogan")
        for congress, day in re.findall(r"党的([一二三四五六七八九十]+)大报告(?:, (\d{4}-\d\d-\d\d))?", e.source or "")
    ]
    assert len(cited) > 80
    assert [name for name, congress, day in cited if CONGRESS_DAYS[congress] != day] == []


def test_nothing_is_older_than_its_origin(lexicon: Lexicon) -> None:
    """A list of members cannot hold before its slogan was put forward; EDTF dates sort as their common prefix."""
    early = [
        (e.name, e.origin.date, m.since)
        for e in of(lexicon, "Slogan")
        if e.origin and e.origin.date
        for m in e.expansions
        if m.since and m.since < e.origin.date[: len(m.since)]
    ]
    assert early == []


CLASS_WORDS = ("方针", "原则", "改革", "制度", "政策", "总要求", "工作", "任务", "要求")


def test_an_alias_is_more_than_the_name_with_a_class_word(lexicon: Lexicon) -> None:
    """六稳工作 is 六稳 and a class word: the name is found in it, its head is no part of it."""
    bare = {e.name: {a.replace("“", "").replace("”", "") for a in e.aliases} for e in of(lexicon, "Slogan")}
    heads = [
        (name, head) for name in bare for head in CLASS_WORDS for de in ("", "的") if name + de + head in bare[name]
    ]
    assert heads == []


def test_what_campaigns_are_named_after_is_there(lexicon: Lexicon) -> None:
    named = [(e.name, e.named_after) for e in of(lexicon, "Campaign", "Meeting") if e.named_after]
    assert len(named) > 15
    known = [(name, after) for name, after in named if lexicon.get("Slogan", after) or lexicon.get("Document", after)]
    assert sorted(set(named) - set(known)) == []


def test_every_name_can_be_found_in_a_folded_text(lexicon: Lexicon) -> None:
    lost = [
        form
        for entry in lexicon.entries
        for form in entry.forms
        if fold(form) != form and (fold(form), form) not in set(spellings(entry))
    ]
    assert lost == []


def test_what_entries_belong_to_is_there(lexicon: Lexicon) -> None:
    assert [(e.name, e.part_of) for e in lexicon.entries if e.part_of and not lexicon.get(e.type, e.part_of)] == []
    officers = [(e.name, o.body) for e in lexicon.entries for o in e.offices if o.body]
    assert [(name, body) for name, body in officers if not lexicon.get("Body", body)] == []


RELATIVE = re.compile(r"^(?:我|本|全)?[省市县区州乡镇](?:委|政府|人大|政协|纪委|直)|我[省市县区]")
"""市委, 省政府, 我省: bodies and places that mean another one in every speech."""


NATIONAL = {"延安整风运动", "延安整风", "工业学大庆", "工业学大庆运动"}
"""Campaigns of the whole country that carry a town's name."""


def test_nothing_is_local(lexicon: Lexicon) -> None:
    """No slogan, campaign or body is named after a prefecture or county, or relative to some place."""
    towns = {form for e in of(lexicon, "Place") if e.code and e.level != "省" for form in e.forms}
    local = [
        (entry.type, form)
        for entry in of(lexicon, "Slogan", "Campaign", "Body")
        for form in entry.forms
        if form not in NATIONAL
        if RELATIVE.search(form) or any(m.form in towns for m in lexicon.find(form) if m.entry.type == "Place")
    ]
    assert local == []


def test_a_person_is_named_in_full(lexicon: Lexicon) -> None:
    assert [e.name for e in of(lexicon, "Person") if not 2 <= len(e.name) <= 6] == []


def test_meetings_follow_each_other(lexicon: Lexicon) -> None:
    """The plenums of a central committee lie between its congress and the next, each after the one before."""
    digits = [*"一二三四五六七八九十", *(f"十{n}" for n in "一二三四五六七八九"), "二十"]
    dates: list[tuple[str, str]] = []
    for term in digits[5:]:
        congress = lexicon.get("Meeting", f"党的{term}大")
        assert congress is not None
        dates.append((congress.name, congress.since or ""))
        plenums = (lexicon.get("Meeting", f"党的{term}届{number}中全会") for number in digits[:12])
        dates += [(plenum.name, plenum.since or "") for plenum in plenums if plenum]
    assert len(dates) > 100
    assert [name for (name, date), (_, next_date) in pairwise(dates) if date > next_date] == []


def test_every_file_says_where_its_facts_come_from() -> None:
    silent = [path.name for path in sorted(DATA.iterdir()) if not path.read_text("utf-8").startswith("#")]
    assert silent == []


def test_what_occurs_nowhere_is_listed(lexicon: Lexicon, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = {entry.name for entry in unused(lexicon, ["学习党章，向雷锋同志学习"])}
    assert not {"中国共产党章程", "雷锋"} & missing
    assert {"国务院", "焦裕禄"} <= missing
    (tmp_path / "speech.txt").write_text("向雷锋同志学习，向焦裕禄同志学习。", encoding="utf-8")
    assert main([str(tmp_path), "--type", "Person"]) == 0
    printed = capsys.readouterr()
    assert "Person\t孔繁森\n" in printed.out
    assert "雷锋" not in printed.out
    assert "occur nowhere" in printed.err
