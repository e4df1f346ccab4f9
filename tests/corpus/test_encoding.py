from __future__ import annotations

import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corpus.draft import Unreadable
from kg.corpus.encoding import _folding, decode, fold, universal_newlines

from .samples import SPEECH, TRADITIONAL

ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_simplified_text_in_every_encoding(encoding: str) -> None:
    assert decode(SPEECH.encode(encoding)).text == SPEECH


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "cp950", "gb18030", "utf-16-le", "utf-16-be"])
def test_traditional_text_in_every_encoding(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)).text == TRADITIONAL


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_short_excerpts_are_told_apart(encoding: str) -> None:
    for start in range(0, len(SPEECH) - 24, 5):
        words = SPEECH[start : start + 24]
        assert decode(words.encode(encoding)).text == words


def test_the_encoding_is_named() -> None:
    assert decode("通知".encode("utf-8-sig")).encoding == "utf-8"
    assert decode(SPEECH.encode("gbk")).encoding == "gb18030"
    assert decode(TRADITIONAL.encode("big5")).encoding == "cp950"


def test_ascii_and_english_utf16_are_text() -> None:
    assert decode(b"plain words").text == "plain words"
    assert decode("plain words in a file from Windows".encode("utf-16-le")).text == "plain words in a file from Windows"


def test_a_few_damaged_bytes_are_counted_not_hidden() -> None:
    data = bytearray((SPEECH * 20).encode("gb18030"))
    data[1000] = 0xFF
    decoded = decode(bytes(data))
    assert decoded.encoding == "gb18030"
    assert 1 <= decoded.lost <= 2
    assert decoded.text.count("\ufffd") == decoded.lost


def test_a_damaged_utf8_file_is_read_as_utf8() -> None:
    data = bytearray((SPEECH * 20).encode())
    data[1500] = 0xFF
    decoded = decode(bytes(data))
    assert decoded.encoding == "utf-8"
    assert decoded.lost >= 1
    assert decoded.text.endswith(SPEECH)


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_are_no_text(seed: int) -> None:
    with pytest.raises(Unreadable):
        decode(random.Random(seed).randbytes(2000))


def test_a_program_is_no_text() -> None:
    with open(os.path.realpath("/proc/self/exe"), "rb") as program, pytest.raises(Unreadable):  # noqa: PTH123
        decode(program.read(100_000))


def test_line_ends_of_all_systems_become_one() -> None:
    assert universal_newlines("甲\r\n乙\r丙\u2028丁\x85戊\x0b己") == "甲\n乙\n丙\n丁\n戊\n己"
    assert universal_newlines("甲\f乙\n\f丙") == "甲\n\f乙\n\f丙"
    assert universal_newlines("甲\ud800乙") == "甲\ufffd乙"


def test_folding_makes_simplified_half_width_copies() -> None:
    assert fold("開展「三嚴三實」專題教育") == "开展“三严三实”专题教育"
    assert fold("『Ａｚ０９』\u3000\u00a0") == "‘Az09’  "
    assert fold("⼯作⼈员") == "工作人员"
    assert fold("，。：；！？（）“”‘’、《》％") == "，。：；！？（）“”‘’、《》％"


@given(st.text(), st.text())
def test_folding_keeps_length_and_does_not_look_around(a: str, b: str) -> None:
    assert len(fold(a)) == len(a)
    assert fold(a + b) == fold(a) + fold(b)


@given(st.text(alphabet=st.sampled_from(sorted(map(chr, _folding())))))
def test_folding_twice_is_folding_once(words: str) -> None:
    assert fold(fold(words)) == fold(words)
