from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import Comention, KnowledgeGraph, node_id
from kg.model import LEXICON, Entity, EntityId, Extraction, Mention, Section, Source
from tests.made import (
    CAMPAIGN,
    COMMITTEE,
    MEETING,
    PARTS,
    PROVINCE,
    SET,
    SLOGAN,
    YEAR,
    extractions,
    lexicon,
    made,
    mentions,
    speech,
)


def views(graph: KnowledgeGraph) -> object:
    """Everything a graph shows, in the order in which it shows it."""
    network = graph.to_networkx(comentions=True)
    return (
        list(graph.extractions.items()),
        list(graph.nodes.items()),
        [(list(n.forms.items()), list(n.attributes.items()), list(n.speeches.items())) for n in graph.nodes.values()],
        graph.edges,
        graph.expansions,
        graph.directives,
        list(graph.comentions.items()),
        list(network.nodes(data=True)),
        list(network.edges(keys=True, data=True)),
    )


@settings(max_examples=30)
@given(st.lists(extractions(), max_size=4), st.randoms(use_true_random=False))
def test_order_and_split_of_a_corpus_do_not_matter(corpus: list[Extraction], chance: random.Random) -> None:
    whole = KnowledgeGraph.of(lexicon(), *corpus)
    shuffled = [lexicon(), *corpus]
    chance.shuffle(shuffled)
    cut = chance.randint(0, len(shuffled))
    a, b = KnowledgeGraph.of(*shuffled[:cut]), KnowledgeGraph.of(*shuffled[cut:])
    assert views(a | b) == views(b | a) == views(whole)
    assert a | b == whole


@settings(max_examples=40)
@given(extractions(), extractions(), extractions())
def test_merge_is_a_commutative_idempotent_monoid(x: Extraction, y: Extraction, z: Extraction) -> None:
    a, b, c = (KnowledgeGraph.of(e) for e in (x, y, z))
    assert (a | b) | c == a | (b | c)
    assert a | b == b | a
    assert a | a == a == a | KnowledgeGraph()


def test_the_same_text_from_two_paths_counts_once() -> None:
    first, second = made(), made()
    second.speech.source = Source("zz/a.txt", "0", "txt")
    second.entities = []
    for order in ((first, second), (second, first)):
        graph = KnowledgeGraph.of(*order)
        assert graph.speeches[first.speech.id].source.path == "in/a.txt"
        assert SLOGAN in graph.nodes


def test_two_texts_under_one_id_are_refused() -> None:
    other = made()
    other.speech = replace(other.speech, text=other.speech.text + "别的")
    with pytest.raises(ValueError, match="two different texts"):
        KnowledgeGraph.of(made(), other)


def test_two_lexicons_are_refused() -> None:
    other = lexicon()
    other.entities.pop()
    with pytest.raises(ValueError, match="different lexicons"):
        KnowledgeGraph.of(lexicon()) | KnowledgeGraph.of(other)


def test_nodes_gather_names_forms_and_counts() -> None:
    graph = KnowledgeGraph.of(made("a"), made("b"), lexicon())
    slogan = graph.nodes[SLOGAN]
    assert slogan.forms == {"三个到位": 8}
    assert len(slogan.speeches) == 2
    assert slogan.mentions == 8
    assert (slogan.name, slogan.aliases, slogan.known) == ("三个到位", ("三到位",), True)
    assert slogan.attributes == {"gloss": "three in place", "pattern": "3"}


def test_a_relative_name_is_no_alias_outside_of_its_speech() -> None:
    nodes = KnowledgeGraph.of(made(), lexicon()).nodes
    assert nodes[COMMITTEE].name == "中共临川县委"
    assert nodes[COMMITTEE].aliases == ("临川县委",)
    assert set(nodes[COMMITTEE].forms) == {"县委"}
    assert nodes[CAMPAIGN].aliases == ()
    assert nodes[SET].aliases == ("环节",), "what belongs to one speech goes by all of its names"


def test_attribute_conflicts_lexicon_then_majority_then_smallest() -> None:
    def says(stem: str, **attributes: str) -> Extraction:
        return Extraction(speech("县委。", stem), entities=[Entity(COMMITTEE, "县委", [], [], attributes)])

    majority = KnowledgeGraph.of(says("a", level="市"), says("b", level="县"), says("c", level="县"))
    assert majority.nodes[COMMITTEE].attributes == {"level": "县"}
    tie = KnowledgeGraph.of(says("a", level="B"), says("b", level="A"))
    assert tie.nodes[COMMITTEE].attributes == {"level": "A"}
    known = KnowledgeGraph.of(says("a", level="市", system="党"), says("b", level="市"), lexicon())
    assert known.nodes[COMMITTEE].attributes == {"level": "县", "role": "县委", "system": "党"}


def test_the_lexicon_shows_only_what_concerns_the_speeches() -> None:
    graph = KnowledgeGraph.of(made(), lexicon())
    assert graph.nodes[PROVINCE].mentions == 0, "the superior of a body that a speech names"
    assert EntityId("Slogan", "", "两手抓") not in graph.nodes
    assert [c.item.slogan for c in graph.expansions] == [SLOGAN]
    assert not KnowledgeGraph.of(lexicon()).nodes
    assert len(graph.extractions[LEXICON].entities) == 4


def test_edges_carry_all_their_evidence() -> None:
    graph = KnowledgeGraph.of(made("a"), made("b"), lexicon())
    edges = {(e.subject, e.predicate, e.object): e.evidence for e in graph.edges}
    organised = edges[CAMPAIGN, "organisedBy", COMMITTEE]
    assert [e.speech[0] for e in organised] == ["a", "b"]
    text = graph.speeches[organised[0].speech].text
    assert text[organised[0].start : organised[0].end] == "2021年，县委开展三个到位专项行动"
    (known,) = edges[COMMITTEE, "partOf", PROVINCE]
    assert (known.speech, known.start) == (LEXICON, -1)


def test_comention_in_sentence_and_section() -> None:
    counts = KnowledgeGraph.of(made()).comentions
    assert counts[COMMITTEE, MEETING] == Comention(1, 1, 1), "县委 before 县委工作会议, not the one inside of it"
    assert counts[CAMPAIGN, YEAR] == Comention(1, 1, 1)
    assert (CAMPAIGN, SLOGAN) in counts, "named apart in the first section"
    assert counts[CAMPAIGN, SLOGAN] == Comention(0, 1, 1)
    assert counts[CAMPAIGN, SET] == Comention(1, 1, 1)
    assert (PARTS[0], SET) not in counts, "different sections"
    assert all(a < b for a, b in counts)


def test_innermost_section_counts() -> None:
    text = "甲。乙。丙"
    a, b, c = (EntityId("Slogan", "", key) for key in "甲乙丙")
    extraction = Extraction(
        speech(text),
        sections=[Section(1, 0, 0, 5), Section(2, 0, 0, 2), Section(2, 2, 2, 4)],
        entities=[Entity(id_, id_.key, [], mentions(text, id_.key)) for id_ in (a, b, c)],
    )
    assert KnowledgeGraph.of(extraction).comentions == {}
    extraction.sections = extraction.sections[:1]
    assert set(KnowledgeGraph.of(extraction).comentions) == {tuple(sorted(p)) for p in ((a, b), (b, c), (a, c))}


@given(extractions())
def test_comention_equals_the_plain_definition(extraction: Extraction) -> None:
    text = extraction.speech.text

    def sentence(m: Mention) -> int:
        return sum(text[i] in "。！？；!?;\n" for i in range(m.start))

    together = {
        (min(e.id, f.id), max(e.id, f.id), sentence(m))
        for e in extraction.entities
        for f in extraction.entities
        for m in e.mentions
        for n in f.mentions
        if e.id != f.id
        and sentence(m) == sentence(n)
        and not (m.start <= n.start and n.end <= m.end)
        and not (n.start <= m.start and m.end <= n.end)
    }
    counts = {pair: c.sentences for pair, c in KnowledgeGraph.of(extraction).comentions.items() if c.sentences}
    plain: dict[tuple[EntityId, EntityId], int] = {}
    for a, b, _ in together:
        plain[a, b] = plain.get((a, b), 0) + 1
    assert counts == plain


def test_to_networkx() -> None:
    graph = KnowledgeGraph.of(made(), lexicon())
    network = graph.to_networkx()
    assert set(network) == {node_id(id_) for id_ in graph.nodes}
    assert network.nodes["Slogan||三个到位"]["members"] == "认识到位、责任到位、措施到位"
    assert network.nodes["Slogan||三个到位"]["attr_gloss"] == "three in place"
    assert network[node_id(SLOGAN)][node_id(PARTS[1])]["hasMember"]["position"] == 2
    assert network[node_id(COMMITTEE)][node_id(SLOGAN)]["directs"]["act"] == "要求"
    assert network[node_id(CAMPAIGN)][node_id(COMMITTEE)]["organisedBy"]["weight"] == 1
    assert "mentionedWith" in graph.to_networkx(comentions=True)[node_id(CAMPAIGN)][node_id(SET)]
