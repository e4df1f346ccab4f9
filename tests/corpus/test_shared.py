"""The shared texts: real files with real noise."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.corpus import read
from kg.corpus.cleaning import restore
from kg.model import Problem, Speech

TEXTS = Path(__file__).parents[3] / "shared" / "texts"
pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="../shared/texts is not here")


@pytest.fixture(scope="module")
def found() -> dict[str, Speech]:
    items = list(read([TEXTS]))
    assert [item for item in items if isinstance(item, Problem)] == []
    return {item.doc: item for item in items if isinstance(item, Speech)}


def test_all_are_read_with_ids_of_their_own(found: dict[str, Speech]) -> None:
    assert len(found) == 110
    assert len({s.id for s in found.values()}) == 110
    assert all(len(s.text) == len(s.folded) for s in found.values())


def test_text_files_can_be_restored(found: dict[str, Speech]) -> None:
    for path in TEXTS.rglob("*.txt"):
        speech = found[path.name]
        assert restore(speech.text, speech.cuts) == path.read_text("utf-8")


def test_titles_and_meetings(found: dict[str, Speech]) -> None:
    by_stem = {doc[:3]: s for doc, s in found.items() if doc.endswith(".txt") and doc[0] == "0"}
    assert by_stem["000"].title == "在机关“三创三转三提”专项活动动员会上的讲话"
    assert by_stem["000"].host == "常委会机关党组"
    assert by_stem["001"].host == "市人大机关"
    assert by_stem["002"].title == "在市直机关“三抓一促”活动动员大会上的讲话"
    assert by_stem["002"].host == "市委"
    assert by_stem["003"].occasion == "2024-2024年机关科以上工作人员会议"
    assert by_stem["004"].title is None
    assert all(s.place is None for s in found.values())


def test_reports_have_no_broken_titles_names_or_notices(found: dict[str, Speech]) -> None:
    reports = [s for doc, s in found.items() if doc.startswith("gov")]
    spoken = {s.date: s for s in reports if s.speaker}
    assert spoken["2024-03-05"].speaker == "国务院总理 李强"
    assert spoken["2024-03-05"].occasion == "第十四届全国人民代表大会第二次会议"
    assert spoken["2021-03-05"].text.startswith("政府工作报告\n——2021年3月5日")
    assert not any("ublic domain" in s.text or "\u200b" in s.text for s in reports)
    assert sum("（PM2.5）" in s.text for s in reports) >= 4


def test_hardly_a_line_begins_or_ends_in_the_middle_of_a_sentence(found: dict[str, Speech]) -> None:
    lines = [line for s in found.values() for line in s.text.split("\n")]
    assert sum(line[0] in "，。、；：》”）" for line in lines) <= 2
    assert sum(line[-1] in "、《“（" for line in lines) == 0
