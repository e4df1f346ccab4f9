from __future__ import annotations

from kg.corpus import speech_from_text
from kg.extract import extract
from kg.model import EntityId
from tests.extract._find import EMPTY


def addressees(text: str) -> list[tuple[str | None, EntityId | None]]:
    speech = speech_from_text(f"在动员会上的讲话\n{text}")
    return [(d.target, d.target_entity) for d in extract(speech, EMPTY).directives]


def test_an_addressee_that_is_a_body_is_tied_to_it() -> None:
    [(target, body)] = addressees("年初，县委在县直机关铺开“三比三看”专项行动。")
    assert target == "县直机关"
    assert body is not None and (body.type, body.key) == ("Body", "县直机关")


def test_an_addressee_that_is_no_body_stays_words() -> None:
    assert addressees("年初，县委在村头巷尾铺开“三比三看”专项行动。") == [("村头巷尾", None)]
