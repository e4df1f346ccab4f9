from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from kg.cli import app
from kg.corpus import speech_from_text
from kg.discover import Candidate, discover, entropy, table, text_of
from kg.lexicon import load
from kg.model import Speech

EMPTY = load(builtin=False)
KNOWN = load()
VERBS = ("推进", "落实", "学习", "宣传", "检查", "讨论", "研究", "部署")
TAILS = ("很有成效。", "人人有责。", "不能放松。", "要见行动。", "深入人心。", "贵在坚持。", "重在平时。", "成在细节。")


def corpus(phrase: str, times: int = 8) -> list[Speech]:
    """Speeches in which a phrase stands among ever other words."""
    return [
        speech_from_text(f"今天各村{VERBS[i % 8]}{phrase}{TAILS[i % 8]}明天大家再来说第{i}件事情。", doc=f"{i}.txt")
        for i in range(times)
    ]


def phrases(candidates: list[Candidate]) -> list[str]:
    return [c.phrase for c in candidates]


def test_a_phrase_that_recurs_among_other_words_is_found_with_its_evidence() -> None:
    (best, *_) = discover(corpus("“三进三解”"), EMPTY)
    assert (best.phrase, best.frequency, best.speeches, best.quoted, best.pattern) == ("三进三解", 8, 8, 8, "3+3")
    assert best.cohesion is not None
    assert best.cohesion > 0.5
    assert best.left == best.right == 0.0, "its neighbours are quotation marks"
    assert "“三进三解”" in best.example
    assert best.doc.endswith(".txt")


def test_unquoted_phrases_are_told_by_their_neighbours() -> None:
    candidates = {c.phrase: c for c in discover(corpus("村村通路网"), EMPTY)}
    assert candidates["村村通路网"].left == candidates["村村通路网"].right == 3.0, "eight neighbours, each once"
    assert candidates["村村通路网"].quoted == 0
    assert "推进村村通路网" not in candidates


def test_the_example_stands_where_it_says() -> None:
    speeches = corpus("“三进三解”")
    texts = {s.doc: s.text for s in speeches}
    for c in discover(speeches, EMPTY):
        assert texts[c.doc].startswith(c.phrase, c.start)


def test_what_the_lexicon_has_is_left_out() -> None:
    speeches = corpus("“三严三实”")
    assert "三严三实" in phrases(discover(speeches, EMPTY))
    assert not [p for p in phrases(discover(speeches, KNOWN)) if p in "三严三实"]


def test_a_piece_of_a_phrase_is_no_phrase() -> None:
    found = phrases(discover(corpus("“大走访大化解大提升”"), EMPTY))
    assert "大走访大化解大提升" in found
    assert not [p for p in found if p != "大走访大化解大提升" and p in "大走访大化解大提升"]


def test_a_quoted_phrase_may_hold_separators() -> None:
    found = {c.phrase: c for c in discover(corpus("“进百家门、解百家难”"), EMPTY)}
    assert found["进百家门、解百家难"].quoted == 8


@pytest.mark.parametrize("phrase", ["百分之三十五", "一百二十三", "的时候了"])
def test_numbers_and_loose_ends_are_no_phrases(phrase: str) -> None:
    assert phrase not in phrases(discover(corpus(phrase), EMPTY))


def test_rare_phrases_wait() -> None:
    assert "三进三解" not in phrases(discover(corpus("“三进三解”", 2), EMPTY))
    assert "三进三解" in phrases(discover(corpus("“三进三解”", 2), EMPTY, min_count=2))


def test_the_order_of_the_corpus_and_repeats_make_no_difference() -> None:
    speeches = corpus("“三进三解”") + corpus("村村通路网")
    assert discover(speeches, EMPTY) == discover([*reversed(speeches), *speeches], EMPTY)
    assert len(discover(speeches, EMPTY, top=2)) == 2


def test_an_empty_corpus_has_no_phrases() -> None:
    assert discover([], KNOWN) == []
    assert discover([speech_from_text("好。")], EMPTY) == []


@given(st.dictionaries(st.text(max_size=2), st.integers(1, 50), min_size=1, max_size=9))
def test_entropy_lies_between_certainty_and_an_even_spread(counts: dict[str, int]) -> None:
    bits = entropy(Counter(counts))
    assert -1e-9 <= bits <= math.log2(len(counts)) + 1e-9
    assert entropy(Counter(dict.fromkeys(counts, 7))) == pytest.approx(math.log2(len(counts)))


def test_printed_as_lines_objects_and_table() -> None:
    candidates = discover(corpus("“三进三解”"), EMPTY, top=3)
    header, first, *_ = text_of(candidates, "tsv").splitlines()
    assert header.split("\t") == list(Candidate._fields)
    assert dict(zip(header.split("\t"), first.split("\t"), strict=True))["phrase"] == "三进三解"
    objects = json.loads(text_of(candidates, "json"))
    assert [Candidate(**o) for o in objects] == candidates
    console = Console(width=200, record=True, file=None, force_terminal=False)
    with console.capture() as capture:
        console.print(table(candidates))
    assert "三进三解" in capture.get()


def test_the_command(tmp_path: Path) -> None:
    for speech in corpus("“三进三解”[bold]"):
        (tmp_path / speech.doc).write_text(speech.text, "utf-8")
    (tmp_path / "empty.txt").touch()
    run = CliRunner().invoke(app, ["discover", str(tmp_path), "--top", "2", "--format", "tsv"])
    assert run.exit_code == 0
    assert run.stdout.splitlines()[1].startswith("三进三解\t")
    assert len(run.stdout.splitlines()) <= 3
    assert "not read" in run.stderr
    run = CliRunner().invoke(app, ["discover", str(tmp_path), "--min-count", "9"])
    assert (run.exit_code, "三进三解" in run.stdout) == (0, False)
    assert "[bold]" in CliRunner().invoke(app, ["discover", str(tmp_path)]).stdout
