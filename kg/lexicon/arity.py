"""How many members a numeral name promises, and whether a list keeps the promise.

三个表率 promises 3, 三会一课 3+1, 五好五强 five pairs (or ten single members). 不忘初心、牢记使命 promises nothing, nor
do ordinals (第一议题), dates and plan periods (十四五, 五四), durations (三年行动), codes (51020) and a lone 一
(一网通办).
"""

from __future__ import annotations

import re

from kg.model import Status

DIGIT = "一二三四五六七八九"
VALUE = {c: i for i, c in enumerate(DIGIT, 1)} | {"两": 2, "双": 2}
NUMERAL = rf"(?:[{DIGIT}]?十[{DIGIT}]?|[{DIGIT}两双])"
CLASSIFIER = "个|大|项|条|种|类|件|方面|点"

ORDINAL = rf"第(?:{NUMERAL}|\d+)"
"""第一, 第二: a place in a row, not a number of members."""

LARGE = rf"(?<!双)(?:[{DIGIT}十两]?[百千万亿])+"
"""一百年, 千万工程: large numbers are not counts of members (but 双百 is two hundreds)."""

STRING = (
    rf"[{DIGIT}十〇零两]*(?:[{DIGIT}〇零两][{DIGIT}〇零]|十[{DIGIT}]{{2}}|[{DIGIT}]十[{DIGIT}]{{2}})[{DIGIT}十〇零]*"
)
"""五四, 九二, 十四五, 二〇三五: digits in a row are a date, a year or a code."""

UNIT = "周年|年|个月|月|日|天|小时|分钟|周|届|次|级|度|号|字|期(?:工程|建设|项目)|代|世纪|元|亩|公里|岁|中全会"
MEASURE = rf"{NUMERAL}(?:{UNIT})"
"""Durations, dates, ranks and amounts."""

WORD = (
    "进一步|逐一|一步|一系列|一盘棋|一把手|统一|唯一|专一|单一|万一|同一|划一|归一|合一|一体化|"
    "一致|一切|一些|一定|一样|一起|一律|一贯|一流|一般|一直|一以贯之|一票否决"
)
PLACE = (
    "三峡|三江源|四川|三亚|三明|三门峡|九江|五台|五指山|六盘水|六安|八达岭|十堰|双鸭山|双流|七台河|九寨沟|九华山|三沙"
)
"""Words and places that only look like a numeral."""

BODY = rf"[^{DIGIT}十两双]*"
TERM = rf"(?P<numeral>{NUMERAL}|(?<!\d)\d{{1,2}}(?={CLASSIFIER}))(?P<classifier>{CLASSIFIER})?一?(?P<body>{BODY})"
IN_ONE = re.compile(rf"({NUMERAL})位一体")
DOUBLE_DUTY = re.compile(rf"^一[^{DIGIT}十两双]双[^{DIGIT}十两双]$")
SKIPPED = re.compile("|".join((ORDINAL, STRING, LARGE, MEASURE, WORD, PLACE)))
TERMS = re.compile(TERM)
SEPARATOR = re.compile("[、，,。；;]")
MARKS = re.compile(r"[“”‘’「」『』\"'\s]")
"""Quotation marks and spaces inside a name say nothing about its members."""


def arity(name: str) -> tuple[str, int] | None:
    """The pattern of ``name`` and the number of members it promises; None where its form promises none.

    三个表率 → ("3", 3); 三创三转三提 → ("3+3+3", 9); 一抓好四深化 → ("1+4", 5); 五好五强 → ("5p", 5): from four on, two
    equal numbers are read as pairs (班子好、战斗力强), up to three as two lists: 三严三实 → ("3+3", 6).
    """
    name = MARKS.sub("", name)
    if whole := IN_ONE.search(name):
        count = number(whole[1])
        return str(count), count
    if DOUBLE_DUTY.match(name):  # 一岗双责: one post, two duties
        return "2", 2
    parts = [_counts(part) for part in SEPARATOR.split(SKIPPED.sub(_blank, name))]
    if not all(parts):  # 公私兼顾、劳资两利、城乡互助: a list that happens to contain a number
        return None
    counts = [count for part in parts for count in part]
    if counts == [1]:
        return None
    if len(counts) == 2 and counts[0] == counts[1] > 3:
        return f"{counts[0]}p", counts[0]
    return "+".join(map(str, counts)), sum(counts)


def check(name: str, found: int, pattern: str | None = None, *, open_ended: bool = False) -> Status:
    """Whether ``found`` members keep what ``name`` promises.

    ``pattern`` goes before the form of the name; "none" says that it promises nothing. A name of two equal numbers
    (三严三实, 五好五强) takes pairs and single members alike, unless ``pattern`` is given. ``open_ended`` says that the
    list declares itself unfinished (等, ……): fewer members are then "partial", not "mismatch".
    """
    if pattern is None:
        promise = arity(name)
        accepted = _accepted(promise[0], paired=True) if promise else frozenset()
    else:
        accepted = _accepted(pattern, paired=False)
    if not accepted:
        return "uncheckable"
    if found in accepted:
        return "complete"
    return "partial" if open_ended and found < max(accepted) else "mismatch"


def number(numeral: str) -> int:
    """The value of a numeral up to 99: 十二 → 12, 两 → 2, 8 → 8. Raises ``ValueError`` for anything else."""
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    if not re.fullmatch(NUMERAL, numeral):
        raise ValueError(f"not a numeral up to 99: {numeral!r}")
    tens, ten, ones = numeral.rpartition("十")
    return (VALUE.get(tens, 1) * 10 if ten else 0) + VALUE.get(ones, 0)


def _counts(part: str) -> list[int]:
    return [
        number(term["numeral"])
        for term in TERMS.finditer(part)
        if term["numeral"] != "一" or term["body"].strip("·+和与及的")
    ]


def _blank(match: re.Match[str]) -> str:
    """As many filler characters as were matched, so that what follows is not torn from its numeral."""
    return "甲" * len(match[0])


def _accepted(pattern: str, *, paired: bool) -> frozenset[int]:
    """The numbers of members that satisfy ``pattern``."""
    if pattern == "none":
        return frozenset()
    terms = pattern.split("+")
    sums = {0}
    for term in terms:
        count = int(term.rstrip("p"))
        sums = {s + c for s in sums for c in ({count, 2 * count} if term.endswith("p") else {count})}
    if paired and len(terms) == 2 and terms[0] == terms[1]:
        sums.add(int(terms[0]))
    return frozenset(sums)
