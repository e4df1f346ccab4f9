"""Times: dates, years, named periods (2018年7月, X月X日, 十四五, 2024年×月至×月, 二十一世纪), with EDTF values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.anchors import Anchored, Words
from kg.extract.found import Found
from kg.extract.masks import MASKS
from kg.extract.numerals import value
from kg.lexicon import Match

_DIGIT = rf"[\d〇零○一二三四五六七八九{MASKS}]"
YEAR = rf"(?:(?:公元)?[12二一][\d〇零○一二三四五六七八九{MASKS}]{{3}}|[{MASKS}]{{2,4}}|20[{MASKS}]{{1,2}}|19[5-9]\d)"
NUMBER = rf"(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}}|[{MASKS}]{{1,2}})"
MONTH = rf"{NUMBER}月(?:份|底|初|中旬|下旬|上旬)?"
DAY = rf"{NUMBER}月{NUMBER}[日号]"
DATE = rf"(?:{YEAR}年(?:度|底|初|末)?(?:{DAY}|{MONTH})?(?:春夏之交|春季?|夏季?|秋季?|冬季?)?|{DAY}|{MONTH})"
RANGE = rf"{DATE}(?:至|到|—|－|-|~){DATE}|\d{{4}}(?:—|－|-|~|至)\d{{4}}年"
_FIVE = re.compile(r"五(?=”|时期|规划|计划|期间)")
_PERIOD = re.compile(r"[一二三四五六七八九十]{1,2}五")
CENTURY = Anchored(r"[一二三四五六七八九十\d]{1,4}世纪(?:[一二三四五六七八九\d]十?0?年代)?", ["世纪"], back=4, ahead=7)
_TIME = re.compile(rf"{RANGE}|{DATE}")
# A run of the characters that dates are made of: searching for it is fast, reading it is for ``_TIME``.
_RUN = re.compile(
    rf"[\d〇零○一二三四五六七八九十{MASKS}][\d〇零○一二三四五六七八九十{MASKS}年月日号度份至到底初末上中下旬—－~-]{{1,30}}"
)
_RUN_ON = frozenset("0123456789〇零○一二三四五六七八九十年月日号度份至到底初末上中下旬—－~-" + MASKS)
_DATED = Words(digit + unit for digit in "0123456789〇零○一二三四五六七八九十" + MASKS for unit in "年月")
_YEAR = re.compile(rf"^({YEAR})年(?:度)?(?:({NUMBER})月(?:({NUMBER})[日号])?)?")
_DAY = re.compile(rf"^({NUMBER})月(?:({NUMBER})[日号])?")
_NO_DATE_AFTER = frozenset("第几数这上下个半每今去明近前")
_NO_YEAR_BEFORE = ("来", "多", "间", "内", "前", "后", "的历史", "个")
_YEAR_BEGINS = frozenset("12二一" + MASKS)
_PLANS = frozenset(
    [
        "一五",
        "二五",
        "三五",
        "四五",
        "五五",
        "六五",
        "七五",
        "八五",
        "九五",
        "十五",
        "十一五",
        "十二五",
        "十三五",
        "十四五",
        "十五五",
        "十六五",
    ]
)


def find_times(text: str, matches: Sequence[Match]) -> Iterator[Found]:
    """Yield what could be a time; ``text`` is ``Speech.folded``, offsets are str indices into it, end exclusive.

    ``attributes["edtf"]`` is the EDTF value of what can be read (masked parts are X), ranges with a slash.
    """
    for match in matches:
        if match.entry.type == "Time":
            yield Found("Time", match.start, match.end, "lexicon", 0.9)
    end = 0
    for at, _, _ in _DATED.hits(text):
        if at < end:
            continue
        start = end = at
        while start and text[start - 1] in _RUN_ON:
            start -= 1
        while end < len(text) and text[end] in _RUN_ON:
            end += 1
        for run in _RUN.finditer(text, start, end):
            if "年" in run[0] or "月" in run[0]:
                yield from _dates(text, run.start(), run.end() + 4)
    for five in _FIVE.finditer(text):
        for start in (five.start() - 2, five.start() - 1):
            if (
                start >= 0
                and not text.startswith("”普法", five.end())
                and text[start : five.end()] in _PLANS
                and (quoted(text, start, five.end()))
            ):
                yield Found(
                    "Time", start, five.end(), "plan-period", 0.9, attributes={"edtf": _plan(text[start : five.end()])}
                )
                break
    for m in CENTURY.finditer(text):
        if not text.startswith("个", m.end()) and text[m.start() - 1 : m.start()] not in ("之", "半"):
            yield Found("Time", m.start(), m.end(), "century", 0.8)


def quoted(text: str, start: int, end: int) -> bool:
    """Whether a plan period stands between quotation marks or before a word that says what it is."""
    return (
        text[start - 1 : start] == "“"
        if text[end : end + 1] == "”"
        else text[start - 1 : start] not in tuple("第二三四")
    )


def _plan(name: str) -> str:
    """The years of a five-year plan: the first ran from 1953, the second from 1958, the third from 1966."""
    ordinal = value(name[:-1]) or 1
    first = 1953 + 5 * (ordinal - 1) if ordinal <= 2 else 1966 + 5 * (ordinal - 3)
    return f"{first}/{first + 4}"


def _dates(text: str, low: int, high: int) -> Iterator[Found]:
    for m in _TIME.finditer(text, low, high):
        start, end = m.span()
        words = text[start:end]
        if "年" not in words and text[start - 2 : start] in ("今年", "去年", "明年", "同年", "当年", "前年"):
            yield Found("Time", start - 2, end, "date", 0.8)
            continue
        if "年" not in words and text[start - 1 : start] in _NO_DATE_AFTER:
            continue
        if "年" in words and words[0] not in _YEAR_BEGINS and text.startswith(_NO_YEAR_BEFORE, end):
            continue
        value_ = edtf(words)
        yield Found("Time", start, end, "date", 0.85, attributes={"edtf": value_} if value_ else None)


@lru_cache(maxsize=4096)
def edtf(words: str) -> str | None:
    """The EDTF value of a date: masked digits are X; None where the words give no date.

    >>> [edtf(w) for w in ("2018年7月", "20XX年", "X月X日", "一九六六年", "2019年度", "2024年×月至×月", "9月份")]
    ['2018-07', '20XX', 'XXXX-XX-XX', '1966', '2019', '2024-XX/2024-XX', 'XXXX-09']
    """
    ends = re.split("[至到—－~-]", words)
    if len(ends) == 2 and all(ends):
        if re.fullmatch(r"\d{4}", ends[0]):
            ends[0] += "年"
        first, last = _one(ends[0], "XXXX"), _one(ends[1], _one(ends[0], "XXXX") or "XXXX")
        return f"{first}/{last}" if first and last else None
    return _one(words, "XXXX")


def _one(words: str, year: str) -> str | None:
    if m := _YEAR.match(words):
        digits = "".join("X" if c in MASKS else str(value(c)) for c in m[1])
        return "-".join([digits.rjust(4, "X"), *(_two(part) for part in m.groups()[1:] if part)])
    if m := _DAY.match(words):
        return "-".join([year[:4], *(_two(part) for part in m.groups() if part)])
    return None


def _two(numeral: str) -> str:
    number = value(numeral)
    return "XX" if number is None else f"{number:02d}"
