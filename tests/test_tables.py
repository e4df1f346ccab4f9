from __future__ import annotations

import random
import tempfile
from pathlib import Path

import networkx as nx
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import tables
from kg.graph import KnowledgeGraph, node_id
from kg.model import Entity, EntityId, Extraction, Mention
from tests.made import CAMPAIGN, COMMITTEE, SLOGAN, extractions, lexicon, made, speech


def rows(folder: Path, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return found


def files(graph: KnowledgeGraph, folder: Path) -> dict[str, bytes]:
    tables.write(graph, folder)
    tables.write_graphml(graph, folder / "graph.graphml")
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def test_tables_hold_the_graph(tmp_path: Path) -> None:
    graph = KnowledgeGraph.of(made(), lexicon())
    counts = tables.write(graph, tmp_path)
    assert set(counts) == {p.stem for p in tmp_path.iterdir()} == set(tables.SCHEMAS)
    assert counts["entities"] == len(graph.nodes)
    assert counts["mentions"] == sum(n.mentions for n in graph.nodes.values())
    (one,) = (r for r in rows(tmp_path, "entities") if r["id"] == node_id(SLOGAN))
    assert one["forms"] == [{"form": "三个到位", "count": 4}]
    assert one["attributes"] == [("gloss", "three in place"), ("pattern", "3")]
    members = rows(tmp_path, "members")
    assert [(m["position"], m["label"]) for m in members] == [(1, "认识到位"), (2, "责任到位"), (3, "措施到位")]
    (directive,) = rows(tmp_path, "directives")
    assert (directive["issuer"], directive["about"]) == (node_id(COMMITTEE), [node_id(SLOGAN)])


def test_every_quote_is_the_text_at_its_place(tmp_path: Path) -> None:
    tables.write(KnowledgeGraph.of(made("a"), made("b"), lexicon()), tmp_path)
    texts = {str(s["id"]): str(s["text"]) for s in rows(tmp_path, "speeches")}
    seen = 0
    for name in ("mentions", "expansions", "directives", "relations"):
        for row in rows(tmp_path, name):
            if row["speech"] == "lexicon":
                assert row["start"] is row["quote"] is None
                continue
            start, end = row["start"], row["end"]
            assert isinstance(start, int)
            assert isinstance(end, int)
            assert texts[str(row["speech"])][start:end] == row["quote"] != ""
            seen += 1
    assert seen > 30


def test_an_empty_graph_has_all_tables(tmp_path: Path) -> None:
    assert set(tables.write(KnowledgeGraph(), tmp_path).values()) == {0}
    assert rows(tmp_path, "members") == []
    tables.write_graphml(KnowledgeGraph(), tmp_path / "graph.graphml")
    assert len(nx.read_graphml(tmp_path / "graph.graphml")) == 0


def test_graphml_reads_back(tmp_path: Path) -> None:
    graph = KnowledgeGraph.of(made(), lexicon())
    tables.write_graphml(graph, tmp_path / "graph.graphml")
    network = graph.to_networkx()
    back = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert dict(back.nodes(data=True)) == dict(network.nodes(data=True))
    assert [(a, b, d) for a, b, d in back.edges(data=True)] == [(a, b, d) for a, b, d in network.edges(data=True)]
    assert len({key for *_, key in back.edges(keys=True)}) == back.number_of_edges()
    assert back.has_edge(node_id(CAMPAIGN), node_id(COMMITTEE))


def test_graphml_survives_hostile_words(tmp_path: Path) -> None:
    id_ = EntityId("Slogan", "", 'a<b>&"\u0000\u0007\ufffe')
    name = "</node>\u0001\ud800"
    hostile = Extraction(speech("坏。"), entities=[Entity(id_, "坏", [], [Mention(0, 1, "made")], {"gloss": name})])
    path = tmp_path / "graph.graphml"
    tables.write_graphml(KnowledgeGraph.of(hostile), path)
    ((node, attributes),) = nx.read_graphml(path).nodes(data=True)
    assert node == 'Slogan||a<b>&"\ufffd\ufffd\ufffd'
    assert attributes["attr_gloss"] == "</node>\ufffd\ufffd"


@settings(max_examples=12, deadline=None)
@given(st.lists(extractions(), max_size=4), st.randoms(use_true_random=False))
def test_order_and_split_of_a_corpus_change_no_byte(corpus: list[Extraction], chance: random.Random) -> None:
    shuffled = [lexicon(), *corpus]
    chance.shuffle(shuffled)
    cut = chance.randint(0, len(shuffled))
    with tempfile.TemporaryDirectory() as a, tempfile.TemporaryDirectory() as b:
        whole = files(KnowledgeGraph.of(lexicon(), *corpus), Path(a))
        merged = files(KnowledgeGraph.of(*shuffled[cut:]) | KnowledgeGraph.of(*shuffled[:cut]), Path(b))
        assert whole == merged
