from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import KnowledgeGraph
from kg.measures import centrality, communities, projection, shared
from kg.model import Extraction
from tests.made import CAMPAIGN, COMMITTEE, MEETING, PARTS, PROVINCE, SET, SLOGAN, YEAR, extractions, lexicon, made

GRAPH = KnowledgeGraph.of(made("a"), made("b"), lexicon())


def test_projection_adds_up_what_ties() -> None:
    network = projection(GRAPH)
    assert set(network) == set(GRAPH.nodes)
    # organisedBy in two speeches, and named together in one sentence of each
    assert network[CAMPAIGN][COMMITTEE]["weight"] == 4
    # member in two speeches, and named in one sentence
    assert network[SLOGAN][PARTS[0]]["weight"] == 4
    assert network[COMMITTEE][PROVINCE]["weight"] == 1
    assert not projection(GRAPH, minimum=2).has_edge(COMMITTEE, PROVINCE)
    assert set(projection(GRAPH, ["Body"])) == {COMMITTEE, PROVINCE}


def test_centrality() -> None:
    found = centrality(projection(GRAPH))
    assert found[PROVINCE] == (1, 1, 0.0)
    assert found[COMMITTEE].degree == len({SLOGAN, *PARTS, MEETING, CAMPAIGN, YEAR, PROVINCE})
    assert found[COMMITTEE].betweenness > 0, "the only way to the province"
    assert centrality(projection(KnowledgeGraph())) == {}


def test_communities_are_a_partition() -> None:
    found = communities(projection(GRAPH))
    assert sorted(id_ for c in found for id_ in c) == list(GRAPH.nodes)
    assert len(found[0]) == max(map(len, found))
    assert any({SLOGAN, *PARTS} <= set(c) for c in found)
    assert any({CAMPAIGN, SET} <= set(c) for c in found)
    assert communities(projection(KnowledgeGraph())) == []


def test_shared() -> None:
    a, b = GRAPH.speeches
    assert shared(GRAPH) == {(a, b): tuple(sorted([SLOGAN, *PARTS]))}
    assert shared(GRAPH, "Time") == {(a, b): (YEAR,)}
    assert shared(KnowledgeGraph.of(made())) == {}


@settings(max_examples=20)
@given(st.lists(extractions(), max_size=3))
def test_order_does_not_matter(corpus: list[Extraction]) -> None:
    there, back = KnowledgeGraph.of(*corpus), KnowledgeGraph.of(*reversed(corpus))
    assert communities(projection(there)) == communities(projection(back))
    assert centrality(projection(there)) == centrality(projection(back))
    assert shared(there) == shared(back)
