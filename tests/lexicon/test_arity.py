"""How many members names promise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon.arity import arity, check, number

PROMISES = {
    "三个表率": ("3", 3),
    "三个表率，一个模范": ("3+1", 4),
    "三创三转三提": ("3+3+3", 9),
    "五好五强": ("5p", 5),
    "五带头、五标兵": ("5p", 5),
    "六多六少": ("6p", 6),
    "八荣八耻": ("8p", 8),
    "三严三实": ("3+3", 6),
    "一抓好四深化": ("1+4", 5),
    "一高两强三突出": ("1+2+3", 6),
    "三会一课": ("3+1", 4),
    "一岗双责": ("2", 2),
    "两不愁三保障": ("2+3", 5),
    "五位一体": ("5", 5),
    "四个自信": ("4", 4),
    "四个统一": ("4", 4),
    "两学一做": ("2+1", 3),
    "三去一降一补": ("3+1+1", 5),
    "双随机、一公开": ("2+1", 3),
    "一带一路": ("1+1", 2),
    "一府一委两院": ("1+1+2", 4),
    "一个中心、两个基本点": ("1+2", 3),
    "三大纪律八项注意": ("3+8", 11),
    "实干四问": ("4", 4),
    "五个更": ("5", 5),
    "四抓": ("4", 4),
    "十个要不要": ("10", 10),
    "六大活动": ("6", 6),
    "14个坚持": ("14", 14),
    "十四个坚持": ("14", 14),
    "两个一百年": ("2", 2),
    "两个一以贯之": ("2", 2),
    "五个一工程": ("5", 5),
    "双百方针": ("2", 2),
    "双一流": ("2", 2),
    "三期叠加": ("3", 3),
    "三个进一步解放": ("3", 3),
    "“三个表率”": ("3", 3),
}

NO_PROMISE = (
    "不忘初心、牢记使命 51020 十三五 十四五 第一议题 第二个百年奋斗目标 九二共识 五四精神 七一勋章 三年行动 百日攻坚 "
    "千万工程 一网通办 高效办成一件事 最多跑一次 十六字方针 统一战线 万众一心 1+N 三峡工程 "
    "公私兼顾、劳资两利、城乡互助、内外交流"
)


@pytest.mark.parametrize(("name", "promise"), PROMISES.items())
def test_reads_the_pattern(name: str, promise: tuple[str, int]) -> None:
    assert arity(name) == promise


@pytest.mark.parametrize("name", NO_PROMISE.split())
def test_promises_nothing(name: str) -> None:
    assert arity(name) is None
    assert check(name, 3) == "uncheckable"


def test_status() -> None:
    assert check("三个表率", 3) == "complete"
    assert check("三个表率", 2) == "mismatch"
    assert check("三个表率", 2, open_ended=True) == "partial"
    assert check("三个表率", 4, open_ended=True) == "mismatch"


def test_equal_numbers_are_pairs_or_single_members() -> None:
    assert [check("五好五强", n) for n in (5, 10, 7)] == ["complete", "complete", "mismatch"]
    assert [check("三严三实", n) for n in (3, 6, 5)] == ["complete", "complete", "mismatch"]


def test_a_given_pattern_goes_before_the_form() -> None:
    assert check("三严三实", 6, "3+3") == "complete"
    assert check("三严三实", 3, "3+3") == "mismatch"
    assert check("一国两制", 2, "2") == "complete"
    assert check("一国两制", 2, "none") == "uncheckable"
    assert check("放管服", 3, "3") == "complete"


def chinese(value: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(value, 10)
    return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")


@given(st.integers(1, 99))
def test_number_reads_what_is_written(value: int) -> None:
    assert number(chinese(value)) == value
    assert number(str(value)) == value


@pytest.mark.parametrize("word", ["", "百", "二〇", "个", "十十"])
def test_number_rejects_other_words(word: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        number(word)


nouns = st.sampled_from(["坚持", "自信", "意识", "提升", "带头", "表率", "保障"])


@given(st.lists(st.tuples(st.integers(2, 20), nouns), min_size=1, max_size=4))
def test_terms_add_up(terms: list[tuple[int, str]]) -> None:
    """Any row of counted nouns promises the sum of its numbers, also with separators and quotation marks."""
    counts = [count for count, _ in terms]
    for separator in ("", "、", "，"):
        name = separator.join(f"{chinese(count)}个{noun}" for count, noun in terms)
        promise = arity(f"“{name}”")
        assert promise is not None
        if len(counts) == 2 and counts[0] == counts[1] > 3:
            assert promise == (f"{counts[0]}p", counts[0])
            assert check(name, 2 * counts[0]) == "complete"
        else:
            assert promise == ("+".join(map(str, counts)), sum(counts))
            assert check(name, sum(counts) + 1) == "mismatch"
        assert check(name, promise[1]) == "complete"


@given(st.text(max_size=40), st.integers(0, 50), st.booleans())
def test_any_text_has_an_answer(name: str, found: int, open_ended: bool) -> None:
    promise = arity(name)
    status = check(name, found, open_ended=open_ended)
    assert (status == "uncheckable") == (promise is None)
    if promise:
        assert check(name, promise[1]) == "complete"
