from __future__ import annotations

import time

import pytest

from kg.extract.bodies import find_bodies
from kg.extract.documents import find_documents
from kg.extract.meetings import find_meetings
from kg.extract.people import find_people
from kg.extract.places import find_places
from kg.extract.times import find_times
from tests.extract._find import Finder

FINDERS: tuple[Finder, ...] = (find_bodies, find_documents, find_meetings, find_people, find_places, find_times)
UNITS = [
    "一",
    "第一届",
    "“",
    "《",
    "《》",
    "（",
    "关于",
    "在",
    "法",
    "会议",
    "年",
    "X",
    "市",
    "局",
    "各",
    "党的",
    "书记",
    "、",
    "的意见",
    " ",
]


@pytest.mark.parametrize("find", FINDERS, ids=lambda f: f.__name__)
def test_a_hundred_thousand_of_anything_are_read_in_time(find: Finder) -> None:
    for unit in UNITS:
        text = unit * (100_000 // len(unit))
        begin = time.process_time()
        for _ in find(text, ()):
            pass
        assert time.process_time() - begin < 2, unit
