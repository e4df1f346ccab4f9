"""Directives by frame, each in a sentence of our own."""

from __future__ import annotations

import pytest

from kg.corpus import speech_from_text
from kg.extract import extract
from kg.lexicon import load
from kg.model import EntityId
from tests.extract._find import EMPTY

LEXICON = load()


def found(text: str) -> set[tuple[str, str]]:
    """Issuer and content of every directive in ``text``."""
    x = extract(speech_from_text(f"在会上的讲话\n{text}"), LEXICON)
    names = {e.id: e.name for e in x.entities}
    return {(names[d.issuer], d.content) for d in x.directives}


@pytest.mark.parametrize(
    ("text", "issuer", "content"),
    [
        # whom it is put to is no part of what is demanded
        ("省委书记丁一要求领导干部时刻绷紧廉洁这根弦。", "省委书记丁一", "时刻绷紧廉洁这根弦"),
        # the subject stays over clauses of its own
        (
            "去年5月，省委书记丁一到我市调研，要求江平“三年翻身、五年领跑”，把路走稳。",
            "省委书记丁一",
            "三年翻身、五年领跑",
        ),
        # who demands the members demands the slogan
        ("县委专题研究，要求守住底线、守住良心、守住账本。“三个守住”要记牢。", "县委", "三个守住"),
        ("“四个必到”，是市委定下的工作要求。“四个必到”即现场必到、群众必到、责任必到、整改必到。", "市委", "四个必到"),
        ("我们要抓好“清河护水”专项行动。这是县委的决定。", "县委", "清河护水专项行动"),
        (
            "“三个先”，就是先调研、先论证、先公开。市委书记丁一去年在开发区视察工作时提出这个要求。",
            "市委书记丁一",
            "三个先",
        ),
        ("县委、县政府作出开展“清河护水”专项行动的决策。", "县政府", "清河护水专项行动"),
        ("省水利厅等部门部署开展“清河护水”专项行动。", "省水利厅", "清河护水专项行动"),
        ("今天的报纸登了《一封举报信的启示》和丁书记的批示。", "丁书记", "《一封举报信的启示》"),
        # in the script of the speech
        ("毛主席號召全國人民愛惜糧食，反對浪費。", "毛主席", "愛惜糧食，反對浪費"),
    ],
)
def test_frame(text: str, issuer: str, content: str) -> None:
    assert (issuer, content) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "县教育局组织开展的“清河护水”专项行动，我们也参加了。",  # told of by the way
        "县委办公室制定了《公文处理办法》。",  # made, not demanded
        "市委书记丁一指出，在县城的街道上，变化看得见。",
    ],
)
def test_no_directive(text: str) -> None:
    assert found(text) == set()


def addressees(text: str) -> list[tuple[str | None, EntityId | None]]:
    speech = speech_from_text(f"在动员会上的讲话\n{text}")
    return [(d.target, d.target_entity) for d in extract(speech, EMPTY).directives]


def test_an_addressee_that_is_a_body_is_tied_to_it() -> None:
    [(target, body)] = addressees("年初，县委在县直机关铺开“三比三看”专项行动。")
    assert target == "县直机关"
    assert body is not None and (body.type, body.key) == ("Body", "县直机关")


def test_an_addressee_that_is_no_body_stays_words() -> None:
    assert addressees("年初，县委在村头巷尾铺开“三比三看”专项行动。") == [("村头巷尾", None)]
