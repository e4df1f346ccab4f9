from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

import kg
from kg.graph import KnowledgeGraph
from kg.rdf import write
from kg.rdf.endpoint import Endpoint, StoppedError
from kg.rdf.guard import QueryError
from kg.rdf.names import graph_iri
from kg.rdf.rows import Iri
from tests.made import lexicon, made

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made_ = tmp_path_factory.mktemp("out")
    write(KnowledgeGraph.of(lexicon(), made("a"), made("b")), made_)
    return made_


@pytest.fixture(scope="module")
def out(folder: Path) -> Iterator[Endpoint]:
    with kg.open(folder) as endpoint:
        yield endpoint


def test_values_come_as_python_has_them(out: Endpoint) -> None:
    rows = out.rows(
        """SELECT ?e ?n ?c ?label ?none WHERE {
             ?e a kg:Slogan ; kg:mentionCount ?n ; rdfs:label ?label .
             ?m oa:hasBody ?e ; kg:confidence ?c
             FILTER(?label = "三个到位"@zh) } LIMIT 1"""
    )
    assert rows.columns == ("e", "n", "c", "label", "none")
    assert list(rows) == rows.rows == [("https://speech-kg.example/slogan/三个到位", 8, 1.0, "三个到位", None)]
    assert [type(cell) for cell in rows[0]] == [Iri, int, float, str, type(None)]
    assert rows[0].label == "三个到位"  # type: ignore[attr-defined]
    assert rows.triples is None and len(rows) == 1


def test_ask_construct_and_pandas(out: Endpoint) -> None:
    assert out.rows("ASK { ?s a kg:Slogan }").rows == [(True,)]
    construct = "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s a kg:Slogan ; rdfs:label ?l }"
    graph = out.query(construct)
    assert isinstance(graph, rdflib.Graph) and len(graph) == 6
    rows = out.rows(construct)
    assert rows.columns == ("subject", "predicate", "object")
    assert rows.triples is not None and len(rows.triples) == len(rows) == 6
    pandas = pytest.importorskip("pandas", reason="an optional extra")
    frame = out.rows("slogans").to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert frame.set_index("slogan").loc["三个到位", "mentions"] == 8


def test_counts_are_right_where_several_graphs_say_the_same(out: Endpoint) -> None:
    assert out.rows("SELECT (COUNT(*) AS ?n) { ?c kg:implements ?s }").rows == [(1,)]
    assert out.rows("SELECT (COUNT(?g) AS ?n) { GRAPH ?g { ?c kg:implements ?s } }").rows == [(2,)]


@pytest.mark.parametrize(
    "text",
    [
        CROSS,
        "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?e ?b",
        "SELECT (COUNT(*) AS ?n) { ?s (oa:hasBody|^oa:hasBody|rdf:type|^rdf:type|!rdf:nil)+ ?o . ?x ?y ?z }",
    ],
)
def test_a_query_is_really_stopped_and_the_next_one_answered(out: Endpoint, text: str) -> None:
    out.rows("ASK {}")
    process = out._process
    assert process
    start = time.monotonic()
    with pytest.raises(StoppedError, match=r"stopped after 0\.4 s"):
        out.rows(text, timeout=0.4)
    assert time.monotonic() - start < 2
    assert process.returncode is not None, "nothing goes on in the background"
    assert out.rows("ASK { ?s a kg:Slogan }").rows == [(True,)]


def test_the_row_limit_stops_a_cross_product(out: Endpoint) -> None:
    rows = out.rows("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", limit=1000)
    assert len(rows) == 1000 and rows.truncated
    assert not out.rows("SELECT * { ?a a kg:Slogan }", limit=6).truncated
    assert out.rows("SELECT * { ?a a kg:Slogan }", limit=5).truncated


def test_the_process_is_kept_between_queries(out: Endpoint) -> None:
    out.rows("ASK {}")
    process = out._process
    out.rows("slogans")
    with pytest.raises(QueryError):
        out.rows("SELECT nonsense")
    assert out._process is process


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts all of a process's data")
def test_memory_is_limited(folder: Path) -> None:
    with Endpoint(folder, memory=256) as small, pytest.raises(StoppedError, match=r"256 MB|stopped"):
        small.rows("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c", timeout=60)


def test_a_process_that_was_killed_is_replaced(folder: Path) -> None:
    with Endpoint(folder) as endpoint:
        endpoint.rows("ASK {}")
        assert endpoint._process
        endpoint._process.kill()
        endpoint._process.wait()
        assert endpoint.rows("ASK {}").rows == [(True,)]
    assert endpoint.rows("ASK {}").rows == [(True,)], "a closed endpoint opens again"
    endpoint.close()


def test_threads_wait_for_one_another(out: Endpoint) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(out.rows("slogans")))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [6] * 8


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_the_process_ends_with_its_parent(folder: Path) -> None:
    code = (
        "import sys, kg, threading; g = kg.open(sys.argv[1]); g.rows('ASK {}'); print(g._process.pid, flush=True);"
        f"g.rows({CROSS!r}, timeout=600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE)
    assert parent.stdout
    pid = int(parent.stdout.readline())
    os.kill(pid, 0)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return  # ended; whoever inherited it has not collected it yet
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the query went on without anybody to ask for it")


def test_a_folder_without_a_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="has no store"):
        kg.open(tmp_path)
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("nonsense")
    with Endpoint(tmp_path) as broken, pytest.raises(QueryError, match=str(tmp_path)):
        broken.rows("ASK {}")


def test_rdflib_sees_the_same_store(out: Endpoint) -> None:
    data = out.rdf()
    text = "SELECT ?s ?l { ?s a kg:Slogan ; rdfs:label ?l } ORDER BY ?s"
    assert [(str(s), str(label)) for s, label in data.query(text)] == list(out.rows(text))  # type: ignore[misc]
    assert data.query("ASK { ?s a kg:Slogan }").askAnswer is True
    label = rdflib.Literal("三个到位", lang="zh")
    bound = list(data.query("SELECT ?s ?l { ?s a kg:Slogan ; rdfs:label ?l }", initBindings={"l": label}))
    assert [str(row[0]) for row in bound] == ["https://speech-kg.example/slogan/三个到位"]  # type: ignore[index]
    construct = "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s a kg:Slogan ; rdfs:label ?l }"
    mine, theirs = out.query(construct), data.query(construct).graph
    assert isinstance(mine, rdflib.Graph) and theirs is not None and isomorphic(mine, theirs)
    name = rdflib.URIRef(graph_iri(made("a").speech.id))
    assert name in {g.identifier for g in data.graphs()}
    one = data.graph(name)
    assert {str(row[0]) for row in one.query("SELECT ?i { ?s a kg:Speech ; dcterms:identifier ?i }")} == {  # type: ignore[index]
        made("a").speech.id
    }
    assert (None, rdflib.RDF.type, rdflib.URIRef("https://speech-kg.example/ontology#Slogan")) in data


def test_rdflib_cannot_write(out: Endpoint) -> None:
    data = out.rdf()
    a = rdflib.URIRef("urn:a")
    for write_ in (
        lambda: data.add((a, a, a)),
        lambda: data.remove((a, a, a)),
        lambda: data.update("INSERT DATA { <urn:a> <urn:a> <urn:a> }"),
        lambda: data.remove_graph(next(iter(data.graphs()))),
    ):
        with pytest.raises(QueryError, match="read-only"):
            write_()


def test_the_shortest_path_in_steps(out: Endpoint) -> None:
    rows = out.rows("path", {"a": "三个到位专项行动", "b": "认识到位"})
    assert [row[1:5] for row in rows] == [
        (1, "三个到位专项行动", "implements", "三个到位"),
        (2, "三个到位", "hasMember", "认识到位"),
    ]
    assert all(str(row[6]) in made().speech.text for row in rows if row[6])
    assert out.rows("path", {"a": "江北省委", "b": "措施到位", "most": 1}).rows[0][0] == 1
    with pytest.raises(QueryError, match="nothing is called '没有'"):
        out.rows("path", {"a": "没有", "b": "认识到位"})
