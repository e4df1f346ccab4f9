from __future__ import annotations

import pytest

from kg.extract.bodies import find_bodies
from kg.extract.meetings import find_meetings
from kg.extract.times import find_times
from kg.lexicon import load
from tests.extract._find import entities

TEXT = (
    "县人大常委会机关党组研究决定，请机关党组成员分头负责。县人大机关的同志要带头，人大机关是窗口，机关不能松。"
    "县人大及其常委会履职，常委会年底评议。全国人大也作了部署。"
)


def test_short_forms_go_to_the_fullest_form_of_the_text() -> None:
    names = {e.name: set(e.aliases) for e in entities(TEXT, find_bodies)}
    assert "机关党组" in names["县人大常委会机关党组"]
    assert {"人大机关", "机关"} <= names["县人大机关"]
    assert "常委会" in names["县人大常委会"]
    assert "全国人大" in names


def test_short_forms_without_a_fuller_one_are_dropped() -> None:
    assert entities("机关和部门都要动起来。", find_bodies) == []


def test_relative_bodies_belong_to_the_place_of_their_level() -> None:
    lexicon = load()
    found = {e.name: e.id for e in entities("市委和省委都开了会。", find_bodies, lexicon=lexicon, place="绍兴市")}
    assert (found["市委"].scope, found["市委"].key) == ("place:浙江省/绍兴市", "绍兴市委")
    assert (found["省委"].scope, found["省委"].key) == ("place:浙江省", "浙江省委")


def test_without_a_place_relative_bodies_belong_to_the_speech() -> None:
    (body,) = entities("市委开了会。", find_bodies)
    assert body.id.scope.startswith("speech:")


def test_masked_names_belong_to_the_speech() -> None:
    found = entities("X月X日，××县委开会。", find_bodies, find_times, place="绍兴市")
    assert found
    assert all(e.id.scope.startswith("speech:") for e in found)


def test_lexicon_entries_are_the_same_everywhere() -> None:
    lexicon = load()
    (one,) = entities("党中央作出部署。", find_bodies, lexicon=lexicon)
    (other,) = entities("中共中央印发通知。", find_bodies, lexicon=lexicon)
    assert one.id == other.id
    assert one.id.scope == ""
    assert (one.name, other.name) == ("党中央", "中共中央")


def test_the_name_stands_in_the_text() -> None:
    for entity in entities(TEXT, find_bodies):
        assert entity.name in TEXT or entity.name == "县人大常委会"


@pytest.mark.parametrize("short", ["作风建设会议", "部署会"])
def test_a_meeting_by_the_end_of_its_name(short: str) -> None:
    text = f"今天召开全县机关{short}。这次机关{short}很及时。"
    found = entities(text, find_meetings)
    assert [e.name for e in found] == [f"全县机关{short}"]


def test_order_of_candidates_does_not_matter() -> None:
    from kg.corpus import speech_from_text
    from kg.extract.identity import group
    from kg.extract.overlaps import resolve

    speech = speech_from_text(TEXT)
    empty = load(builtin=False)
    found = list(find_bodies(speech.folded, ()))
    forwards = group(resolve(speech.folded, found), speech, empty)
    backwards = group(resolve(speech.folded, reversed(found)), speech, empty)
    assert [(e.id, e.name, e.aliases) for e in forwards] == [(e.id, e.name, e.aliases) for e in backwards]
