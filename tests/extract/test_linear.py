"""No pattern is superlinear: a hundred thousand of anything are read about as fast, a character, as a thousand."""

from __future__ import annotations

import gc
import time

import pytest

from kg.extract import extract
from kg.extract.bodies import find_bodies
from kg.extract.documents import find_documents
from kg.extract.meetings import find_meetings
from kg.extract.people import find_people
from kg.extract.places import find_places
from kg.extract.times import find_times
from kg.lexicon import load
from kg.model import Source, Speech
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


LEXICON = load()
SMALL, LARGE = 25_000, 100_000
WHOLE = {
    "numerals": "一二三",
    "opening quotes": "“",
    "quotes": "“”",
    "brackets": "（）",
    "open brackets": "（三个",
    "titles": "《",
    "is": "是",
    "of": "的",
    "commas": "、",
    "lines": "\n甲",
    "headings": "一、甲\n",
    "inner headings": "（一）甲\n",
    "items": "一是甲。二是乙。",
    "at": "在甲上",
    "distributive": "在县上走在前",
    "blocks": "三创三转",
    "pairs": "五好五强、",
    "plain counts": "四个方面",
    "quoted counts": "“三个到位”",
    "listed before": "甲、乙、丙三项工程，",
    "bodies": "县委、",
    "demands": "县委要求",
    "demanded slogans": "县委要求“三个到位”，",
    "campaigns": "县委开展清河行动，",
    "activities": "县委要开展“清河”行动，开展“爱河”行动、",
    "on behalf": "我代表县委，讲“三个到位”，",
    "supervision": "县委监督县政府，",
    "plans": "县委印发《关于开展清河行动的意见》，",
    "answers": "用清河行动来落实“三个到位”，",
    "years": "2020年",
    "masks": "X",
    "repeats": "“比学赶超”比学赶超",
    "known members": "形式主义、官僚主义、“四风”",
    "mixed": "“三个到位”，即甲、乙、丙。在甲、乙、丙上走在前。县委要求（一）《甲》是的、一是甲。二是乙。\n",
}


def seconds(unit: str, size: int) -> float:
    """Processor time of ``extract`` on a text of ``size`` characters that is nothing but ``unit``."""
    text = unit * (size // len(unit))
    speech = Speech("a", "a.txt", text, text, Source("a.txt", "0" * 64, "txt"))
    gc.disable()  # it walks what other tests left behind, the more often the longer the text
    try:
        begin = time.process_time()
        extract(speech, LEXICON)
        return time.process_time() - begin
    finally:
        gc.enable()


@pytest.mark.slow
@pytest.mark.parametrize("unit", WHOLE.values(), ids=list(WHOLE))
def test_four_times_the_text_takes_about_four_times_as_long(unit: str) -> None:
    """Linear is 4, n^1.5 is 8, quadratic 16. What a neighbour's noise may have spoilt is measured again: the best counts."""
    small = seconds(unit, SMALL)
    assert small < 2.5, f"{small:.1f} s for {SMALL:,} characters"
    large = seconds(unit, LARGE)
    for _ in range(3):
        if large < 7 * small + 0.1 or large > 14 * small:
            break
        small, large = min(small, seconds(unit, SMALL)), min(large, seconds(unit, LARGE))
    assert large < 7 * small + 0.1, f"{small:.2f} s for {SMALL:,} characters, {large:.2f} s for {LARGE:,}"
