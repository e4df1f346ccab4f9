"""The year of a text that is named after a numbered national congress: 第十三届全国人民代表大会第二次会议 → 2019.

Party congresses: the years in which they met. People's congresses: the first session of each term and, for the four
terms that did not meet once a year, each session. Source: the official lists of the congresses' sessions.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.corpus.encoding import fold

PARTY_CONGRESSES = dict(
    enumerate([1921, 1922, 1923, 1925, 1927, 1928, 1945, 1956, 1969, 1973, *range(1977, 2023, 5)], 1)
)
IRREGULAR_TERMS = {1: range(1954, 1959), 2: (1959, 1960, 1962, 1963), 3: (1964,), 4: (1975,)}
FIRST_YEARLY_TERM, FIRST_YEAR, YEARS = 5, 1978, 5
LAST_KNOWN_TERM = 14

_NUMBER = "[一二三四五六七八九十]{1,3}"
_PARTY = re.compile(
    rf"(?:在|^)(?:中国共产党|中共|党的?)?第({_NUMBER})次全国代表大会上的(?:政治|工作)*报告|[（(](?:中共|党的)?({_NUMBER})大[）)]$"
)
_PEOPLE = re.compile(rf"^(?:在)?第({_NUMBER})届全国人民代表大会(?:第({_NUMBER})次会议)(?:[上关的]|$)")
_DIGITS = {c: i for i, c in enumerate("一二三四五六七八九", 1)}


class Session(NamedTuple):
    """A year as four digits, and the words of the title that tell it."""

    year: str
    words: str


def session_of(title: str) -> Session | None:
    """The session at which the text of this title was given or adopted; None where the title names no session so.

    A title that only speaks about a congress (学习贯彻党的十九大精神) tells no year.
    """
    plain = fold(title).strip()
    if found := _PARTY.search(plain):
        year = PARTY_CONGRESSES.get(_number(found[1] or found[2]))
    elif found := _PEOPLE.search(plain):
        year = _people(_number(found[1]), _number(found[2]))
    else:
        return None
    return Session(str(year), title.strip()[found.start() : found.end()].strip("（()）关上的")) if year else None


def _people(term: int, session: int) -> int | None:
    if term in IRREGULAR_TERMS:
        years = IRREGULAR_TERMS[term]
        return years[session - 1] if session <= len(years) else None
    if FIRST_YEARLY_TERM <= term <= LAST_KNOWN_TERM and 1 <= session <= YEARS:
        return FIRST_YEAR + YEARS * (term - FIRST_YEARLY_TERM) + session - 1
    return None


def _number(words: str) -> int:
    """十四 → 14, 二十 → 20."""
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return _DIGITS.get(words, 0)
    return 10 * (_DIGITS.get(tens, 1) if tens else 1) + _DIGITS.get(ones, 0)
