from __future__ import annotations

import pytest

from kg.extract.meetings import find_meetings
from tests.extract._find import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学习党的二十大精神。", ["党的二十大"]),
        ("贯彻十九届四中全会部署。", ["十九届四中全会"]),
        ("县委十四届三次全会开过了。", ["县委十四届三次全会"]),
        ("筹备市×届人大×次会议。", ["市×届人大×次会议"]),
        ("刚刚开完全县招商引资动员大会。", ["全县招商引资动员大会"]),
        ("今年全国“两会”闭幕不久。", ["全国“两会”"]),
        ("昨天召开了市委农村工作会议。", ["市委农村工作会议"]),
        ("中国共产党第二十次全国代表大会开幕。", ["中国共产党第二十次全国代表大会"]),
    ],
)
def test_names_meetings(text: str, expected: list[str]) -> None:
    assert words(find_meetings, text) == expected


def test_a_coordination_names_each_meeting_in_full() -> None:
    assert sorted(words(find_meetings, "落实十九届三中、四中全会精神。")) == ["十九届三中全会", "十九届四中全会"]
    assert set(words(find_meetings, "落实省委、市委人才工作会议精神。")) == {"省委人才工作会议", "市委人才工作会议"}


@pytest.mark.parametrize(
    "text",
    [
        "今天的会议很重要。",
        "提请常委会会议审议。",
        "先后召开七次全会。",
        "发展十大产业。",
        "坚持三会一课。",
        "开会讨论。",
    ],
)
def test_generic_meetings_are_none(text: str) -> None:
    assert words(find_meetings, text) == []
