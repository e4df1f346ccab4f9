from __future__ import annotations

import pytest

from kg.extract.places import find_places
from tests.extract._find import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推进长江经济带建设。", ["长江经济带"]),
        ("支持西部地区发展。", ["西部地区"]),
        ("在石桥村召开现场会。", ["石桥村"]),
        ("深化内地与港澳合作。", ["内地", "港澳"]),
        ("中国愿同各国合作。", ["中国"]),
    ],
)
def test_names_places(text: str, expected: list[str]) -> None:
    assert words(find_places, text) == expected


@pytest.mark.parametrize("text", ["中国特色社会主义", "振兴乡村。", "贫困地区脱贫。", "建设示范村。", "新大陆架"])
def test_kinds_of_places_are_none(text: str) -> None:
    assert words(find_places, text) == []
