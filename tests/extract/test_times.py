from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.times import edtf, find_times
from tests.extract._find import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年3月5日开会。", ["2021年3月5日"]),
        ("X月X日至X月底自查。", ["X月X日至X月底"]),
        ("“十四五”时期开局。", ["十四五"]),
        ("一九七八年以来。", ["一九七八年"]),
        ("到2035年建成。", ["2035年"]),
        ("2019年度考核。", ["2019年度"]),
        ("面向二十一世纪。", ["二十一世纪"]),
    ],
)
def test_names_times(text: str, expected: list[str]) -> None:
    assert words(find_times, text) == expected


@pytest.mark.parametrize(
    "text", ["近日开会。", "三个月内。", "第二年见效。", "四分之一世纪。", "排名第五。", "“八五”普法"]
)
def test_what_names_no_time(text: str) -> None:
    assert words(find_times, text) == []


def test_plan_periods_have_their_years() -> None:
    values = {f.attributes["edtf"] for f in find_times("“一五”时期、“十四五”规划", ()) if f.attributes}
    assert values == {"1953/1957", "2021/2025"}


@given(st.integers(1000, 9999), st.integers(1, 12))
def test_edtf_of_a_month(year: int, month: int) -> None:
    if str(year)[0] in "12":
        assert edtf(f"{year}年{month}月") == f"{year}-{month:02d}"
