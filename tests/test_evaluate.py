from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kg.evaluate import MEASURES, Document, Score, as_gold, by_doc, compare, read_gold, score
from kg.model import ENTITY_TYPES, Relation
from tests.made import CAMPAIGN, COMMITTEE, PROVINCE, made

SHARED = Path(__file__).resolve().parents[2] / "shared"
needs_shared = pytest.mark.skipif(
    not (SHARED / "tools" / "score.py").exists(), reason="the reference scorer is not in ../shared"
)


def test_as_gold_quotes_the_text() -> None:
    extraction = made()
    document = as_gold(extraction)
    text = extraction.speech.text
    assert document["doc"] == "a.txt"
    assert document["speech"]["title"] == "在三个到位专项行动动员会上的讲话"
    items = [*document["entities"], *document["expansions"], *document["directives"]]
    places = [m for item in items for m in item["mentions"]]
    places += [m for mentions in document["relation_mentions"] for m in mentions]
    assert len(places) > 15
    for place in places:
        assert place["quote"] == text[place["start"] : place["end"]]
        assert place["rule"]


def test_as_gold_has_the_schema() -> None:
    document = as_gold(made())
    assert {"type": "Campaign", "name": "三个到位专项行动", "aliases": ["专项行动"]}.items() <= document["entities"][
        4
    ].items()
    (expansion,) = document["expansions"]
    assert expansion["items"] == ["认识到位", "责任到位", "措施到位"]
    assert [m["quote"] for m in expansion["item_mentions"]] == expansion["items"]
    assert (expansion["slogan"], expansion["complete"], expansion["expected"]) == ("三个到位", True, "3")
    (directive,) = document["directives"]
    assert (directive["issuer"], directive["act"], directive["venue"]) == ("县委", "要求", "县委工作会议")
    assert ["三个到位专项行动", "organisedBy", "县委"] in document["relations"]
    assert all(len(r) == 3 for r in document["relations"])
    assert len(document["relation_mentions"]) == len(document["relations"])
    assert json.loads(json.dumps(document)) == document


def test_what_is_said_twice_is_one_item_with_two_mentions() -> None:
    extraction = made()
    extraction.relations.append(Relation(CAMPAIGN, "organisedBy", COMMITTEE, 0, 3, "again"))
    extraction.expansions *= 2
    extraction.directives *= 2
    document = as_gold(extraction)
    at = document["relations"].index(["三个到位专项行动", "organisedBy", "县委"])
    assert [m["rule"] for m in document["relation_mentions"][at]] == ["relation.subject", "again"]
    assert [len(document[k][0]["mentions"]) for k in ("expansions", "directives")] == [2, 2]


def test_an_id_that_the_text_does_not_name_goes_by_its_key() -> None:
    extraction = made()
    extraction.relations = [Relation(COMMITTEE, "partOf", PROVINCE, 0, 3, "made")]
    assert as_gold(extraction)["relations"] == [["县委", "partOf", "江北省委"]]


def test_gold_against_itself_is_perfect() -> None:
    document = as_gold(made())
    figures = score({"a": document}, {"a": document})
    assert all(s.fp == s.fn == 0 for s in figures.values())
    assert figures["strict entities"] == Score(9, 0, 0)
    assert figures["strict entities"].f1 == 1.0


def test_a_missing_document_is_all_missed() -> None:
    figures = score({"a": as_gold(made())}, {})
    assert figures["strict entities"] == Score(0, 0, 9)
    assert figures["strict expansion items"] == Score(0, 0, 3)
    assert figures["lenient relations"].f1 == 0.0


def test_only_gold_aliases_prove_anything() -> None:
    gold = {"entities": [{"type": "Body", "name": "县委", "aliases": ["中共临川县委"]}]}
    for name, hits in (("中共临川县委", 1), ("“县委”", 1), ("县政府", 0)):
        pred = {"entities": [{"type": "Body", "name": name, "aliases": ["县委"]}]}
        assert score({"a": gold}, {"a": pred})["strict Body"].tp == hits


def test_expansion_whole_asks_for_order_and_completeness() -> None:
    gold = {"expansions": [{"slogan": "两抓", "items": ["抓早", "抓小"], "complete": True}]}
    for items, complete, whole in (
        (["抓早", "抓小"], True, 1),
        (["抓小", "抓早"], True, 0),
        (["抓早", "抓小"], False, 0),
        (["抓早"], True, 0),
    ):
        pred = {"expansions": [{"slogan": "两抓", "items": items, "complete": complete}]}
        figures = score({"a": gold}, {"a": pred})
        assert figures["strict expansion whole"].tp == whole
        assert figures["strict expansion items"].tp == len(items)


def test_compare_names_what_was_missed() -> None:
    gold, pred = as_gold(made()), as_gold(made())
    pred["entities"][0]["name"] = "三个不到位"
    alone = [o for o in compare({"a": gold}, {"a": pred}, "strict") if None in (o.gold, o.predicted)]
    assert {(o.measure, o.gold, o.predicted) for o in alone} >= {
        ("Slogan", "三个到位", None),
        ("Slogan", None, "三个不到位"),
    }


def test_read_gold_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no gold annotation"):
        read_gold(tmp_path)
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(ValueError, match=r"bad\.json: not JSON"):
        read_gold(tmp_path)
    (tmp_path / "bad.json").write_text("[]")
    with pytest.raises(ValueError, match=r"bad\.json: no gold"):
        read_gold(tmp_path)


def test_by_doc_drops_folders() -> None:
    assert set(by_doc([{"doc": "in/a.txt"}, {"doc": "b.jsonl#7"}])) == {"a.txt", "b.jsonl#7"}


def disturbed(document: Document, chance: random.Random) -> Document:
    """A copy with all kinds of errors that a prediction can have."""
    document = copy.deepcopy(document)

    def wrong(name: str | None) -> str | None:
        kind = chance.random()
        if not name or kind < 0.6:
            return name
        return name[:-1] if kind < 0.8 else f"“{name}”" if kind < 0.9 else chance.choice(["别的", "，"])

    for e in document["entities"]:
        e["type"] = chance.choice(ENTITY_TYPES) if chance.random() < 0.2 else e["type"]
        e["name"] = e["aliases"][0] if chance.random() < 0.2 and e["aliases"] else wrong(e["name"])
    for x in document["expansions"]:
        x["slogan"] = wrong(x["slogan"])
        x["items"] = [wrong(i) for i in x["items"] if chance.random() < 0.95]
        x["complete"] = chance.random() < 0.8
        if chance.random() < 0.2:
            chance.shuffle(x["items"])
    for d in document["directives"]:
        d |= {slot: wrong(d.get(slot)) for slot in ("issuer", "content", "act", "venue", "date", "target")}
    document["relations"] = [[wrong(a), p, wrong(b)] for a, p, b in document["relations"] if chance.random() < 0.9]
    for key in ("entities", "expansions", "directives", "relations"):
        if document[key] and chance.random() < 0.5:
            document[key].insert(0, chance.choice(document[key]))
    return document


@needs_shared
@pytest.mark.parametrize("seed", range(8))
def test_figures_equal_the_reference_scorer(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    golds = read_gold(SHARED / "gold")
    preds = {doc: disturbed(gold, chance) for doc, gold in golds.items() if chance.random() < 0.9}
    lines = tmp_path / "predicted.jsonl"
    lines.write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in preds.values()), "utf-8")
    run = subprocess.run(
        [sys.executable, SHARED / "tools" / "score.py", SHARED / "gold", lines, "--json"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    reference = json.loads(run.stdout)
    figures = {k: {"p": s.p, "r": s.r, "f1": s.f1, **s._asdict()} for k, s in score(golds, preds).items()}
    assert figures == reference
    assert {k.split(" ", 1)[1] for k in figures} == set(MEASURES)
    assert 0.2 < figures["strict entities"]["f1"] < figures["lenient entities"]["f1"] < 1
