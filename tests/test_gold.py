"""The held-out annotation is sound: its names stand in the texts, its parts fit together, nothing is said twice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.model import ENTITY_TYPES, PREDICATES
from tests import gold_texts

QUOTES_AND_SPACES = str.maketrans("", "", "“”‘’\"'「」『』 \u2003\u3000\t\n\u200b")
DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}

# Names that a text gives only in coordination: 十八届三中、四中全会 names two plenums, 创建…和…活动 two campaigns.
COORDINATED = {
    "gwr1992-a.txt": {"创建双拥模范城（县）活动"},
    "gwr2015-a.txt": {"十八届三中全会", "十八届四中全会"},
    "county-congress-2022.txt": {"省委人大工作会议", "《土壤污染防治法》执法检查"},
}

# What looks like a name and is none: announced points, figures of speech, brands, honours, scare quotes, plain counts.
TRAPS = {
    "county-flood-2021.txt": ("龙吸水", "没事"),
    "gwr1981-a.txt": (),
    "gwr2000-a.txt": (),
    "party-school-2015.txt": ("松风", "充电", "镀金", "盆景式"),
    "prefecture-poverty-1996.txt": ("黑牡丹",),
    "cpc13-a.txt": ("左", "双重任务", "两种错误思想"),
    "gwr1957-a.txt": ("社会主义革命时期",),
    "gwr1964-a.txt": ("投降主义",),
    "gwr1975-a.txt": ("洋奴哲学",),
    "gwr1982-a.txt": ("大老虎", "只打苍蝇，不打老虎"),
    "gwr1992-a.txt": ("西藏独立", "热点问题"),
    "gwr1999-a.txt": ("文山会海",),
    "gwr2002-a.txt": ("文山会海", "形象工程", "政绩工程", "三个方面"),
    "gwr2008-a.txt": ("台独",),
    "gwr2014-a.txt": ("第十二届全国运动会",),
    "gwr2015-a.txt": ("中等收入陷阱", "拦路虎"),
    "armed-police-2017.txt": ("洋相", "学费", "怕，但更怕来不及", "二级战备"),
    "county-court-2012.txt": ("老赖", "人民满意的好法庭"),
    "education-department-2021.txt": ("一刀切", "一阵风", "阴阳课表", "白名单", "五条", "五个督查组"),
    "energy-group-2023.txt": ("稳、实、进", "差不多", "金点子", "盆景式"),
    "trade-union-congress-2018.txt": ("瑶工惠", "三点希望", "老大难", "全国五一劳动奖章"),
    "county-mobilisation-2018.txt": ("走读", "沙洼红", "老羊倌", "脱贫", "军令状", "三级书记"),
    "cpc17-a.txt": ("七次全会", "改革开放", "党和国家"),
    "discipline-commission-2020.txt": ("三句话", "表哥", "灯下黑", "探头", "三板斧", "清风茶馆", "打铁还需自身硬"),
    "district-civilisation-2021.txt": (
        "盆景",
        "桐江帮",
        "三个方面",
        "八个专项组",
        "创建全国文明城区",
        "最美家庭评选",
        "三分靠建、七分靠管、十分靠人",
    ),
    "gwr1959-a.txt": ("三类地区", "试验田", "同吃同住同劳动"),
    "gwr1997-a.txt": ("台独", "两个中国", "一中一台", "自由港"),
    "vice-governor-2024.txt": ("两件事", "回头念", "小燃安", "纸面整改", "三句话"),
    "city-secretary-2024.txt": (
        "腿跑细了，嘴磨薄了",
        "临快办",
        "金牌店小二",
        "坐板凳",
        "四点",
        "27项任务",
        "五届市委第七轮巡察",
    ),
    "county-congress-2022.txt": ("二线", "列入规划", "钱袋子", "14个乡镇"),
    "grain-bureau-2019.txt": ("天下粮仓", "领导念、大家记", "文件收发室", "晒一晒", "四个督导组", "十二个字"),
    "gwr1960-a.txt": ("七十四万多个", "人民公社化"),
    "gwr1995-a.txt": ("好军嫂", "当代愚公"),
    "gwr2006-a.txt": ("全国经济普查", "非典", "亚洲金融危机", "几个问题"),
    "township-advancement-2006.txt": ("你好我好", "两张皮", "党员示范户", "两点要求", "五句话"),
}

# Entities, expansions, directives, relations: a changed number is a changed annotation, to be said in the commit.
COUNTS = {
    "county-flood-2021.txt": (49, 5, 7, 21),
    "gwr1981-a.txt": (15, 0, 1, 8),
    "gwr2000-a.txt": (28, 0, 3, 7),
    "party-school-2015.txt": (44, 5, 7, 33),
    "prefecture-poverty-1996.txt": (54, 5, 8, 30),
    "armed-police-2017.txt": (46, 7, 4, 22),
    "county-court-2012.txt": (45, 6, 4, 34),
    "cpc13-a.txt": (16, 3, 0, 5),
    "education-department-2021.txt": (48, 5, 4, 28),
    "energy-group-2023.txt": (54, 10, 3, 35),
    "gwr1957-a.txt": (14, 2, 0, 7),
    "gwr1964-a.txt": (27, 3, 1, 8),
    "gwr1975-a.txt": (24, 2, 1, 6),
    "gwr1982-a.txt": (16, 1, 0, 9),
    "gwr1992-a.txt": (23, 0, 3, 5),
    "gwr1999-a.txt": (22, 2, 0, 5),
    "gwr2002-a.txt": (24, 0, 2, 8),
    "gwr2008-a.txt": (26, 1, 0, 7),
    "gwr2014-a.txt": (34, 0, 1, 4),
    "gwr2015-a.txt": (23, 3, 1, 4),
    "trade-union-congress-2018.txt": (43, 5, 2, 13),
    "county-mobilisation-2018.txt": (62, 7, 5, 32),
    "cpc17-a.txt": (20, 0, 5, 6),
    "discipline-commission-2020.txt": (64, 8, 5, 40),
    "district-civilisation-2021.txt": (68, 5, 7, 41),
    "gwr1959-a.txt": (12, 1, 0, 3),
    "gwr1997-a.txt": (34, 0, 0, 13),
    "vice-governor-2024.txt": (59, 2, 6, 38),
    "city-secretary-2024.txt": (53, 5, 7, 35),
    "county-congress-2022.txt": (59, 7, 7, 45),
    "grain-bureau-2019.txt": (47, 5, 7, 31),
    "gwr1960-a.txt": (30, 0, 2, 17),
    "gwr1995-a.txt": (30, 1, 0, 7),
    "gwr2006-a.txt": (16, 0, 2, 12),
    "township-advancement-2006.txt": (53, 5, 7, 33),
}

BY_TYPE = {
    "Slogan": 148,
    "Campaign": 43,
    "Body": 150,
    "Document": 41,
    "Meeting": 28,
    "Person": 14,
    "Place": 21,
    "Time": 40,
}

BY_TYPE_THIRD = {
    "Slogan": 36,
    "Campaign": 13,
    "Body": 74,
    "Document": 13,
    "Meeting": 11,
    "Person": 12,
    "Place": 13,
    "Time": 18,
}

BY_TYPE_SECOND = {
    "Slogan": 129,
    "Campaign": 52,
    "Body": 213,
    "Document": 46,
    "Meeting": 37,
    "Person": 32,
    "Place": 20,
    "Time": 78,
}

NAMED_THINGS = {"Campaign", "Meeting", "Document", "Slogan"}
DOMAINS_AND_RANGES = {
    "organisedBy": ({"Campaign"}, {"Body"}),
    "implements": (NAMED_THINGS, NAMED_THINGS),
    "hasPart": ({"Campaign", "Slogan", "Document"}, {"Slogan", "Campaign"}),
    "issuedBy": ({"Slogan", "Campaign", "Document"}, {"Person", "Body"}),
    "issuedAt": ({"Slogan", "Document"}, {"Meeting"}),
    "issuedOn": (NAMED_THINGS, {"Time"}),
    "supervises": ({"Body"}, {"Body"}),
    "partOf": ({"Body"}, {"Body"}),
}

each_gold = pytest.mark.parametrize("path", gold_texts.ALL, ids=[path.stem for path in gold_texts.ALL])


def plain(name: str) -> str:
    return name.translate(QUOTES_AND_SPACES)


def letters(text: str) -> str:
    return "".join(re.findall("[\u3400-\u9fff]", text))


def forms(gold: dict[str, Any]) -> list[tuple[str, str]]:
    """Type and form of every name and alias."""
    return [(entity["type"], form) for entity in gold["entities"] for form in (entity["name"], *entity["aliases"])]


def types(gold: dict[str, Any]) -> dict[str, set[str]]:
    """The types under which each name is annotated: a movement may be Slogan and Campaign by the same words."""
    found: dict[str, set[str]] = {}
    for entity in gold["entities"]:
        found.setdefault(entity["name"], set()).add(entity["type"])
    return found


def test_every_text_is_annotated() -> None:
    assert {path.stem for path in gold_texts.SECOND} == gold_texts.SECOND_SET
    assert {path.stem for path in gold_texts.THIRD} == gold_texts.THIRD_SET
    own = {path.name for path in (gold_texts.FOLDER / "texts").iterdir()}
    golds = [gold_texts.annotation(path) for path in gold_texts.ALL]
    assert own == {gold["doc"] for gold in golds if "source" not in gold}
    assert {gold["doc"] for gold in golds} == set(TRAPS)
    assert len(own) >= 5 and len(golds) - len(own) >= 11


def test_item_counts() -> None:
    golds = [gold_texts.annotation(path) for path in gold_texts.ALL]
    parts = ("entities", "expansions", "directives", "relations")
    assert {gold["doc"]: tuple(len(gold[part]) for part in parts) for gold in golds} == COUNTS
    for paths, by_type in (
        (gold_texts.PATHS, BY_TYPE),
        (gold_texts.SECOND, BY_TYPE_SECOND),
        (gold_texts.THIRD, BY_TYPE_THIRD),
    ):
        chosen = map(gold_texts.annotation, paths)
        assert Counter(entity["type"] for gold in chosen for entity in gold["entities"]) == by_type


@each_gold
def test_schema(path: Path) -> None:
    gold = gold_texts.annotation(path)
    assert path.stem == Path(gold["doc"]).stem
    assert set(gold) - {"source"} == {"doc", "speech", "entities", "expansions", "directives", "relations"}
    assert set(gold["speech"]) == {"title", "speaker", "occasion", "host_body", "date", "place"}
    assert all(set(entity) == {"type", "name", "aliases"} for entity in gold["entities"])
    assert all(entity["type"] in ENTITY_TYPES for entity in gold["entities"])
    assert all(set(expansion) == {"slogan", "items", "complete"} for expansion in gold["expansions"])
    fields = {"issuer", "act", "content", "venue", "date", "target"}
    assert all(set(directive) == fields for directive in gold["directives"])
    assert all(predicate in PREDICATES for _, predicate, _ in gold["relations"])


@each_gold
def test_length_is_that_of_a_passage(path: Path) -> None:
    own = "source" not in gold_texts.annotation(path)
    assert 900 <= len("".join(gold_texts.words(path).split())) <= (1500 if own else 1650)


@each_gold
def test_names_stand_in_the_text(path: Path) -> None:
    speech, gold = gold_texts.pair(path)
    text = plain(speech.text)
    named = [form for _, form in forms(gold)]
    assert [form for form in named if form != plain(form)] == []
    assert {form for form in named if form not in text} == COORDINATED.get(gold["doc"], set())


@each_gold
def test_nothing_is_said_twice(path: Path) -> None:
    gold = gold_texts.annotation(path)
    assert len(forms(gold)) == len(set(forms(gold)))
    relations = [tuple(relation) for relation in gold["relations"]]
    assert len(relations) == len(set(relations))
    directives = [tuple(directive.values()) for directive in gold["directives"]]
    assert len(directives) == len(set(directives))
    slogans = [expansion["slogan"] for expansion in gold["expansions"]]
    assert len(slogans) == len(set(slogans))


@each_gold
def test_relations_join_entities_of_the_right_types(path: Path) -> None:
    gold = gold_texts.annotation(path)
    known = types(gold)
    for subject, predicate, object_ in gold["relations"]:
        assert subject != object_
        assert known.get(subject, set()) & DOMAINS_AND_RANGES[predicate][0], (subject, predicate, object_)
        assert known.get(object_, set()) & DOMAINS_AND_RANGES[predicate][1], (subject, predicate, object_)


@each_gold
def test_directives_hold_together(path: Path) -> None:
    speech, gold = gold_texts.pair(path)
    text = plain(speech.text)
    known = types(gold)
    for directive in gold["directives"]:
        assert known.get(directive["issuer"], set()) & {"Person", "Body"}, directive
        assert directive["content"] in known or plain(directive["content"]) in text, directive
        assert directive["venue"] is None or "Meeting" in known.get(directive["venue"], set()), directive
        assert directive["date"] is None or "Time" in known.get(directive["date"], set()), directive
        assert directive["target"] is None or plain(directive["target"]) in text, directive
        assert directive["act"] in text, directive


@each_gold
def test_expansions_count_what_the_slogan_promises(path: Path) -> None:
    """A numeral promises a sum (三和一少: four) or one set named twice (三多三少: three pairs)."""
    speech, gold = gold_texts.pair(path)
    text = plain(speech.text)
    known = types(gold)
    for expansion in gold["expansions"]:
        name, items = expansion["slogan"], expansion["items"]
        assert "Slogan" in known.get(name, set()), name
        assert items and len(items) == len(set(items)), name
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
    speech, gold = gold_texts.pair(path)
    text = plain(speech.text)
    named = {form for _, form in forms(gold)}
    for trap in TRAPS[gold["doc"]]:
        assert plain(trap) in text, trap
        assert trap not in named


def test_passages_of_reports_are_held_out_and_not_copied() -> None:
    """No passage shares thirty characters on end with an excerpt that the rules were written on, nor a name in its gold."""
    excerpts = gold_texts.REPORTS.parent / "excerpts"
    if not excerpts.is_dir():
        pytest.skip("../shared/texts/excerpts is not here")
    seen = [letters(path.read_text("utf-8")) for path in sorted(excerpts.glob("*.txt"))]
    for path in gold_texts.ALL:
        source = gold_texts.annotation(path).get("source")
        if source is None:
            continue
        passage = letters(gold_texts.words(path).split("\n", 1)[1])
        runs = {passage[i : i + 30] for i in range(len(passage) - 29)}
        strings = [letters(string) for string in path.read_text("utf-8").split('"')]
        for text in (*seen, *strings):
            assert not any(text[i : i + 30] in runs for i in range(len(text) - 29)), path.name
