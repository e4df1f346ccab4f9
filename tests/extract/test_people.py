from __future__ import annotations

import pytest

from kg.extract.people import find_people
from tests.extract._find import entities, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("刚才，李国强书记讲了三条。", ["李国强书记"]),
        ("XX书记作了批示，×主任提了要求。", ["XX书记", "×主任"]),
        ("县委副书记何小敏同志宣读通知。", ["县委副书记何小敏同志"]),
        ("由张书记任组长。", ["张书记"]),
        ("**同志通报情况。", ["**同志"]),
    ],
)
def test_names_people_with_their_office(text: str, expected: list[str]) -> None:
    assert words(find_people, text) == expected


@pytest.mark.parametrize(
    "text", ["支部书记是第一责任人。", "年轻同志要多学。", "全体委员、各位主任。", "书记强调了纪律。"]
)
def test_an_office_is_no_person(text: str) -> None:
    assert words(find_people, text) == []


def test_forms_of_one_person_are_one_entity() -> None:
    found = entities("李国强同志来了。会上，李国强书记讲话。李书记要求抓落实。", find_people)
    assert [(e.name, e.id.key) for e in found] == [("李国强书记", "李国强")]
    assert len(found[0].mentions) == 3
