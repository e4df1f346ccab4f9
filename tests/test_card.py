from __future__ import annotations

import doctest
import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from kg import card, tables
from kg.card import CardError, Cards, check, render, sentence
from kg.graph import KnowledgeGraph
from kg.model import Expansion, Member
from tests.made import CAMPAIGN, SLOGAN, lexicon, made


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    known = lexicon()
    known.expansions.append(
        Expansion(SLOGAN, [Member(1, "认识到位"), Member(2, "责任到位")], "3", "mismatch", -1, -1, "lexicon")
    )
    tables.write(KnowledgeGraph.of(made("a"), made("b"), known), folder / "tables")
    (folder / "manifest.json").write_text(json.dumps({"program": "kg"}))
    return folder


def printed(found: card.Card, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(render(found))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_card_has_the_count_check_and_quotations(out: Path) -> None:
    (found,) = Cards(out).find("三个到位")
    assert [check(x) for x in found.listings] == ["✓ 3/3 齐全", "✗ 2/3 数目不符"]
    assert found.listings[0].members == ("认识到位", "责任到位", "措施到位")
    assert found.listings[0].sources == ("在三个到位专项行动动员会上的讲话 2021",)
    assert found.listings[1].sources == ("词库",)
    assert len(found.quotations) == 5
    assert all(q.words == "三个到位" for q in found.quotations)
    assert {(f.label, f.other) for f in found.facts} == {("落实它的", "三个到位专项行动"), ("提出场合", "县委工作会议")}
    shown = printed(found)
    for words in (
        "three in place",
        "✓ 3/3",
        "✗ 2/3",
        "1. 认识到位",
        "（8 处中的 5 处",
        "中共临川县委在县委工作会议要求：三个到位",
    ):
        assert words in shown


def test_quotations_come_from_all_speeches(out: Path) -> None:
    (found,) = Cards(out).find("三个到位", quotations=2)
    assert len(found.quotations) == 2
    assert found.quotations[0].start == found.quotations[1].start
    (found,) = Cards(out).find("三个到位", quotations=99)
    assert len(found.quotations) == found.mentions == 8


@pytest.mark.parametrize("name", ["三个到位专项行动", "“三个到位”专项行动", "|".join(CAMPAIGN)])
def test_ways_to_call_it(out: Path, name: str) -> None:
    (found,) = Cards(out).find(name)
    assert found.id == "|".join(CAMPAIGN)


def test_names_go_before_forms(out: Path) -> None:
    cards = Cards(out)
    assert [c.name for c in cards.find("县委")] == ["中共临川县委"], "a form of the texts"
    assert [c.name for c in cards.find("临川县委")] == ["中共临川县委"], "an alias"
    assert len(cards.find("四个环节")) == 2, "two speeches, two things"


def test_nothing_of_that_name(out: Path) -> None:
    with pytest.raises(CardError, match="near: 三个到位"):
        Cards(out).find("三个到位了")
    with pytest.raises(CardError, match="nothing is called ''"):
        Cards(out).find("")


def test_no_output(tmp_path: Path) -> None:
    with pytest.raises(CardError, match="no output of kg"):
        Cards(tmp_path)


def test_words_are_no_markup(out: Path) -> None:
    (found,) = Cards(out).find("三个到位")
    hostile = found._replace(name="[red]x[/red] [link=javascript:1]", aliases=("[/]",))
    assert "[red]x[/red] [link=javascript:1]" in printed(hostile)
    assert "[/]" in printed(hostile)


def test_sentence() -> None:
    assert doctest.testmod(card).failed == 0
    assert sentence("早。", 0, 2) == ("", "")
    assert sentence("早", 0, 1) == ("", "")
    assert sentence("甲\n乙丙丁\n戊", 3, 4) == ("乙", "丁")
