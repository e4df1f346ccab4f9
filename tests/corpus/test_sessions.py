"""Numbered national congresses tell the year; what only speaks about one does not."""

from __future__ import annotations

import pytest

from kg.corpus import speech_from_text
from kg.corpus.sessions import session_of


@pytest.mark.parametrize(
    ("title", "year", "words"),
    [
        ("在中国共产党第九次全国代表大会上的报告", "1969", "在中国共产党第九次全国代表大会上的报告"),
        ("为新的目标而奋斗 (十三大)", "1987", "十三大"),
        ("為新的目標而奮鬥（二十大）", "2022", "二十大"),
        ("第十三届全国人民代表大会第二次会议关于政府工作报告的决议", "2019", "第十三届全国人民代表大会第二次会议"),
        ("第二届全国人民代表大会第三次会议关于政府工作报告的决议", "1962", "第二届全国人民代表大会第三次会议"),
        ("第五届全国人民代表大会第一次会议", "1978", "第五届全国人民代表大会第一次会议"),
    ],
)
def test_a_title_of_a_session_tells_its_year(title: str, year: str, words: str) -> None:
    assert session_of(title) == (year, words)


@pytest.mark.parametrize(
    "title",
    [
        "在传达学习党的十九大精神会议上的讲话",
        "第二届全国人民代表大会第九次会议关于预算的决议",
        "第四十届全国人民代表大会第一次会议关于预算的决议",
        "在市第三次代表大会上的报告",
        "在共青团第十次全国代表大会上的报告",
        "",
    ],
)
def test_what_only_speaks_about_one_tells_none(title: str) -> None:
    assert session_of(title) is None


def test_an_inferred_date_says_what_it_was_inferred_from_and_a_stated_one_wins() -> None:
    body = "同志们：\n现在我代表委员会作报告。今后要继续前进。\n"
    inferred = speech_from_text(f"在中国共产党第十次全国代表大会上的报告\n\n{body}")
    assert inferred.date == "1973"
    assert inferred.metadata["date_inferred_from"] == "在中国共产党第十次全国代表大会上的报告"
    stated = speech_from_text(f"在中国共产党第十次全国代表大会上的报告\n（1973年8月24日）\n\n{body}")
    assert stated.date == "1973-08-24"
    assert "date_inferred_from" not in stated.metadata
