"""The sample speeches and their annotation agree: the gold names what stands in the text, and its parts fit."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.corpus import read
from kg.model import ENTITY_TYPES, PREDICATES, Speech

SEEDS = Path(__file__).parents[1] / "seeds"
GOLD = sorted((SEEDS / "gold").glob("*.json"))
PASSED_OVER = {"README.md"}

QUOTES_AND_SPACES = str.maketrans("", "", "“”‘’\"'「」『』 \u2003\u3000\t\n")
DIGITS = {"一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}

# Names that a text gives only in coordination: 十九届三中、四中全会 names two plenums, “甲”“乙”创建活动 two campaigns.
COORDINATED = {
    "03-sanzhua-mobilisation.txt": {"十九届三中全会", "十九届四中全会", "党建工作先进单位创建活动"},
    "02-work-style-meeting.txt": {"省委人大工作会议"},
    "05-organ-building-year.txt": {"市委人大工作会议"},
}

# What looks like a name and is none: announced points, figures of speech, brands, honours, apps, plain counts.
TRAPS = {
    "01-sanchuang-mobilisation.txt": ("定盘星", "17个方面", "八个落点"),
    "02-work-style-meeting.txt": ("最强音", "牛鼻子", "硬骨头", "一盘棋", "一亩三分地", "一等等次", "三个会"),
    "03-sanzhua-mobilisation.txt": ("三个问题", "一把手"),
    "04-pioneer-cherish-posts.txt": ("两次讲话", "拿岗位当儿戏、混饭吃、作践岗位"),
    "05-organ-building-year.txt": ("三点意见", "橡皮筋"),
    "06-county-style-campaign.txt": ("三个方面", "差不多", "皮球", "亲清在线", "攻坚之星", "蜗牛奖", "青屏发布"),
    "07-town-village-cleaning.md": ("二十个字", "垃圾靠风刮，污水靠蒸发", "最美庭院"),
    "08-standing-committee-2015.txt": ("四点意见", "六句话", "三个调研组", "年年审、年年改、年年犯"),
    "09-party-history-education.txt": ("划重点", "背答案", "上热中温下冷", "一刀切"),
    "10-three-antis-1952-traditional.txt": ("泥菩薩", "三種毛病", "兩條"),
    "11-city-government-report.docx": ("春风贷", "望易办", "望川红", "老码头", "2个贫困乡镇"),
    "12-university-theme-education.html": ("吃老本", "材料出政绩", "青椒", "四句话", "集结号"),
    "13-sanjiang-1999-gb18030.txt": ("三条", "老好人", "第一责任人", "补课", "六个巡视组"),
    "14-hospital-discipline-education.txt": ("三点要求", "免疫力", "病灶", "党员示范岗", "胸痛中心", "夜门诊"),
}


def plain(words: str) -> str:
    return words.translate(QUOTES_AND_SPACES)


@cache
def speeches() -> dict[str, Speech]:
    return {speech.doc: speech for speech in read([SEEDS]) if isinstance(speech, Speech)}


def gold(path: Path) -> dict[str, Any]:
    annotation: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return annotation


def ends(annotation: dict[str, Any]) -> set[str]:
    return {entity["name"] for entity in annotation["entities"]}


def doc_of(path: Path) -> str:
    return str(gold(path)["doc"])


each_gold = pytest.mark.parametrize("path", GOLD, ids=[path.stem for path in GOLD])


def test_every_speech_is_read_and_annotated() -> None:
    files = {path.name for path in SEEDS.iterdir() if path.is_file()} - PASSED_OVER
    assert files == set(speeches()) == {doc_of(path) for path in GOLD} == set(TRAPS)
    assert len(files) >= 12


def test_the_formats_promised_are_there() -> None:
    assert {Path(doc).suffix for doc in speeches()} >= {".txt", ".md", ".docx", ".html"}
    assert "gb18030" in {speech.source.encoding for speech in speeches().values()}
    assert any(speech.text != speech.folded and "會" in speech.text for speech in speeches().values())


@each_gold
def test_length_is_that_of_a_short_speech(path: Path) -> None:
    assert 800 <= len("".join(speeches()[doc_of(path)].text.split())) <= 2500


@each_gold
def test_metadata_are_read_as_annotated(path: Path) -> None:
    annotation = gold(path)
    speech = speeches()[annotation["doc"]]
    assert (speech.title, speech.date) == (annotation["speech"]["title"], annotation["speech"]["date"])
    assert plain(speech.occasion or "") == plain(annotation["speech"]["occasion"])


@each_gold
def test_schema(path: Path) -> None:
    annotation = gold(path)
    assert path.stem == Path(annotation["doc"]).stem
    assert set(annotation) == {"doc", "speech", "entities", "expansions", "directives", "relations"}
    assert set(annotation["speech"]) == {"title", "speaker", "occasion", "host_body", "date", "place"}
    assert all(set(entity) == {"type", "name", "aliases"} for entity in annotation["entities"])
    assert all(entity["type"] in ENTITY_TYPES for entity in annotation["entities"])
    assert all(set(expansion) == {"slogan", "items", "complete"} for expansion in annotation["expansions"])
    fields = {"issuer", "act", "content", "venue", "date", "target"}
    assert all(set(directive) == fields for directive in annotation["directives"])
    assert all(predicate in PREDICATES for _, predicate, _ in annotation["relations"])


@each_gold
def test_names_stand_in_the_text(path: Path) -> None:
    annotation = gold(path)
    text = plain(speeches()[annotation["doc"]].text)
    named = [name for entity in annotation["entities"] for name in (entity["name"], *entity["aliases"])]
    assert [name for name in named if name != plain(name)] == []
    absent = {name for name in named if name not in text}
    assert absent == COORDINATED.get(annotation["doc"], set())


@each_gold
def test_nothing_is_said_twice(path: Path) -> None:
    annotation = gold(path)
    typed = [
        (entity["type"], name) for entity in annotation["entities"] for name in (entity["name"], *entity["aliases"])
    ]
    assert len(typed) == len(set(typed))
    relations = [tuple(relation) for relation in annotation["relations"]]
    assert len(relations) == len(set(relations))
    directives = [
        (directive["issuer"], directive["content"], directive["venue"]) for directive in annotation["directives"]
    ]
    assert len(directives) == len(set(directives))
    slogans = [expansion["slogan"] for expansion in annotation["expansions"]]
    assert len(slogans) == len(set(slogans))


@each_gold
def test_relations_join_entities_of_the_right_types(path: Path) -> None:
    """The domains and ranges of GUIDELINES.md."""
    annotation = gold(path)
    types: dict[str, set[str]] = {}
    for entity in annotation["entities"]:
        types.setdefault(entity["name"], set()).add(entity["type"])
    named_things = {"Campaign", "Meeting", "Document", "Slogan"}
    allowed = {
        "organisedBy": ({"Campaign"}, {"Body"}),
        "implements": (named_things, named_things),
        "hasPart": ({"Campaign", "Slogan", "Document"}, {"Slogan", "Campaign"}),
        "issuedBy": ({"Slogan", "Campaign", "Document"}, {"Person", "Body"}),
        "issuedAt": ({"Slogan", "Document"}, {"Meeting"}),
        "issuedOn": ({"Slogan", "Document", "Meeting", "Campaign"}, {"Time"}),
        "supervises": ({"Body"}, {"Body"}),
        "partOf": ({"Body"}, {"Body"}),
    }
    wrong = [
        relation
        for relation in annotation["relations"]
        if not types.get(relation[0], set()) & allowed[relation[1]][0]
        or not types.get(relation[2], set()) & allowed[relation[1]][1]
        or relation[0] == relation[2]
    ]
    assert wrong == []


@each_gold
def test_directives_hold_together(path: Path) -> None:
    annotation = gold(path)
    text = plain(speeches()[annotation["doc"]].text)
    names = ends(annotation)
    by_type = {kind: {e["name"] for e in annotation["entities"] if e["type"] == kind} for kind in ENTITY_TYPES}
    for directive in annotation["directives"]:
        assert directive["issuer"] in by_type["Person"] | by_type["Body"], directive
        assert directive["content"] in names or directive["content"] in text, directive
        assert directive["venue"] is None or directive["venue"] in by_type["Meeting"], directive
        assert directive["date"] is None or directive["date"] in by_type["Time"], directive
        assert directive["target"] is None or plain(directive["target"]) in text, directive
        assert directive["act"], directive


@each_gold
def test_expansions_count_what_the_slogan_promises(path: Path) -> None:
    """A numeral promises a sum (三清两改一提升), pairs (五好五强) or one set named twice (三查三看)."""
    annotation = gold(path)
    text = plain(speeches()[annotation["doc"]].text)
    slogans = {entity["name"] for entity in annotation["entities"] if entity["type"] == "Slogan"}
    for expansion in annotation["expansions"]:
        name, items = expansion["slogan"], expansion["items"]
        assert name in slogans
        assert items and len(items) == len(set(items))
        assert [item for item in items if plain(item) not in text] == [], name
        numerals = [DIGITS[sign] for sign in re.findall(f"[{''.join(DIGITS)}]", name)]
        if not numerals:
            continue
        if expansion["complete"]:
            assert len(items) in {sum(numerals), max(numerals)}, name
        else:
            assert len(items) < sum(numerals), name


@each_gold
def test_what_only_looks_like_a_name_is_not_annotated(path: Path) -> None:
    annotation = gold(path)
    text = plain(speeches()[annotation["doc"]].text)
    named = {name for entity in annotation["entities"] for name in (entity["name"], *entity["aliases"])}
    for words in TRAPS[annotation["doc"]]:
        assert words in text
        assert words not in named
