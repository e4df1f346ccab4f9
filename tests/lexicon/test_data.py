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


def test_every_slogan_says_what_it_is(lexicon: Lexicon) -> None:
    assert [e.name for e in of(lexicon, "Slogan") if not e.kind] == []


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
