"""Anchored patterns find what a scan of the whole text finds, each of them; words are found where they stand."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg.extract
from kg import corpus
from kg.extract.anchors import Anchored, Phrases, Words, joined
from kg.extract.heads import Heads
from kg.model import Speech

ANCHORED = {
    f"{name.removeprefix('kg.extract.')}.{key}": value
    for name, module in sorted(sys.modules.items())
    if name.startswith(kg.extract.__name__)
    for key, value in vars(module).items()
    if isinstance(value, Anchored)
}
ANCHORED = {k: a for k, a in ANCHORED.items() if a not in list(ANCHORED.values())[: list(ANCHORED).index(k)]}
MADE = {k: a for k, a in ANCHORED.items() if not re.search(r"\(\?<?=", a.pattern.pattern)}
"""Those that hypothesis can make matches of: without conditions on what stands around the match."""
SEEDS = [s.folded for s in corpus.read([Path(__file__).parents[2] / "seeds"]) if isinstance(s, Speech)]
MARKS = "，。；：、”“的\n（）一二十3个X在对以为是了要和"


def likely(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    """Texts in which a pattern matches, often several times close together, and texts in which it nearly does."""
    plain = "".join(sorted({*re.findall(r"[^\x00-\x7f]", pattern.pattern), *MARKS, *"0123456789甲乙赵"}))
    match = st.from_regex(pattern, fullmatch=True, alphabet=st.sampled_from(plain))
    cut = st.tuples(match, st.integers(0, 4)).map(lambda pair: pair[0][pair[1] :])
    return st.lists(st.one_of(match, cut, st.text(MARKS, max_size=3)), max_size=6).map("".join)


def spans(matches: Iterable[re.Match[str]]) -> list[tuple[tuple[int, int], tuple[str | None, ...]]]:
    return [(m.span(), m.groups()) for m in matches]


def test_there_are_anchored_patterns() -> None:
    assert len(ANCHORED) > 30


@pytest.mark.parametrize("anchored", ANCHORED.values(), ids=list(ANCHORED))
def test_on_the_sample_speeches_an_anchored_pattern_finds_what_a_scan_finds(anchored: Anchored) -> None:
    for text in SEEDS:
        assert spans(anchored.finditer(text)) == spans(anchored.pattern.finditer(text))


@pytest.mark.parametrize("anchored", MADE.values(), ids=list(MADE))
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_on_texts_made_of_matches_too(anchored: Anchored, data: st.DataObject) -> None:
    text = data.draw(likely(anchored.pattern))
    assert spans(anchored.finditer(text)) == spans(anchored.pattern.finditer(text))


@settings(max_examples=25, deadline=None)  # every set of words stays with the automaton
@given(st.text("甲乙丙", max_size=30), st.lists(st.text("甲乙", min_size=1, max_size=3), min_size=1, max_size=4))
def test_words_are_found_wherever_they_stand(text: str, wanted: list[str]) -> None:
    found = {(m.start(), m.start() + len(w)) for w in wanted for m in re.finditer(f"(?={w})", text)}
    assert {(start, end) for start, end, _ in Words(wanted).hits(text)} == found
    ends = {end: max(e - s for s, e in found if e == end) for _, end in found}
    assert {(end - start, end) for start, end, _ in Heads(wanted).find(text)} == {(n, e) for e, n in ends.items()}
    longest = "|".join(sorted(wanted, key=len, reverse=True))
    assert list(Phrases(wanted).find(text)) == [m.span() for m in re.finditer(longest, text)]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9))))
def test_joined_stretches_cover_the_same_and_do_not_overlap(pairs: list[tuple[int, int]]) -> None:
    stretches = [(low, low + size) for low, size in pairs]
    union = list(joined(stretches))
    assert {i for a, b in union for i in range(a, b)} == {i for a, b in stretches for i in range(a, b)}
    assert all(a[1] < b[0] for a, b in itertools.pairwise(union))
