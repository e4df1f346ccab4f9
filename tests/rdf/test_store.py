from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import KnowledgeGraph
from kg.rdf import queries, write
from kg.rdf.store import Iri, QueryError, base_of, guard, open_store, query, shorten, tokens
from tests.made import SLOGAN, lexicon, made


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write(KnowledgeGraph.of(lexicon(), made("a"), made("b")), folder)
    return folder


def test_values_come_as_python_has_them(out: Path) -> None:
    rows = query(
        open_store(out),
        """SELECT ?e ?n ?c ?label ?none WHERE {
             ?e a kg:Slogan ; kg:mentionCount ?n ; rdfs:label ?label .
             ?m oa:hasBody ?e ; kg:confidence ?c
             FILTER(?label = "三个到位"@zh) } LIMIT 1""",
    )
    assert rows.columns == ("e", "n", "c", "label", "none")
    assert rows.rows == [("https://speech-kg.example/slogan/三个到位", 8, 1.0, "三个到位", None)]
    assert [type(cell) for cell in rows.rows[0]] == [Iri, int, float, str, type(None)]
    assert rows.triples is None


def test_ask_and_construct(out: Path) -> None:
    store = open_store(out)
    assert query(store, "ASK { ?s a kg:Slogan }").rows == [(True,)]
    made_ = query(store, "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s a kg:Slogan ; rdfs:label ?l }")
    assert made_.columns == ("subject", "predicate", "object")
    assert made_.triples is not None and len(made_.triples) == len(made_.rows) == 6


def test_counts_are_right_where_several_graphs_say_the_same(out: Path) -> None:
    store = open_store(out)
    assert query(store, "SELECT (COUNT(*) AS ?n) { ?c kg:implements ?s }").rows == [(1,)]
    assert query(store, "SELECT (COUNT(?g) AS ?n) { GRAPH ?g { ?c kg:implements ?s } }").rows == [(2,)]


HOSTILE = (
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE# comment\n<URL> { ?s ?p ?o } }",
    "SELECT * { #\nSERVICE<URL>{?s ?p ?o} }",
    "SELECT * { SERV\\u0049CE <URL> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { <http://a/\\u0041#> ?p ?x . SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    'SELECT * { ?s ?p "\\"" . SERVICE <URL> { ?s ?p ?o } } #"',
    "SELECT * { ?s ?p '''a'b''' . SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { FILTER(?a<?b) SERVICE <URL> { ?s ?p ?o } FILTER(?c>?d) }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "PREFIX x: <URL> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "LOAD <URL>",
    "LOAD SILENT <URL> INTO GRAPH <a:b>",
    "INSERT DATA { <a:b> <a:b> <a:b> }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP GRAPH <a:b>",
    "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """A server on loopback, and what has called it."""
    heard: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                heard.append(address)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql", heard
        stop.set()
        thread.join()


def test_no_query_leaves_the_machine_or_writes(out: Path, listener: tuple[str, list[object]]) -> None:
    url, heard = listener
    store = open_store(out)
    before = len(store)
    for text in HOSTILE:
        with pytest.raises(QueryError, match=r"refused|backslash"):
            query(store, text.replace("URL", url))
    assert not heard
    assert len(store) == before


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service ?from { ?service ?from 'LOAD from SERVICE' }",
        "SELECT * { ?s kg:nothing ?o } # FROM here on a comment about SERVICE",
        "SELECT * { <http://a/SERVICE> <http://a/from#LOAD> ?x }",
        "PREFIX service: <http://a/> SELECT * { ?s service:from service:LOAD }",
        'SELECT * { ?s ?p """a "quoted" SERVICE\n""" , \'\'\'FROM\'\'\' , "x"@from }',
        "SELECT * { ?s <http://a/\\u0041> ?o FILTER(?o < 3 && ?o > 1) }",
        "SELECT * { ?s kg:a\\-b ?o }",
    ],
)
def test_words_in_strings_names_and_comments_are_free(out: Path, text: str) -> None:
    assert query(open_store(out), text).rows == []


@settings(deadline=None)
@given(st.text(st.sampled_from("<>\"'#\\ \n?:@ab_.u0041SERVICE{}"), max_size=60))
def test_tokens_never_overlap_and_guard_never_breaks(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.start >= end and text[token.start : token.end] == token.text
        end = token.end
    try:
        guard(text)
    except QueryError as error:
        assert str(error).startswith("line ")


def test_errors_say_where_and_what_to_do(out: Path) -> None:
    store = open_store(out)
    with pytest.raises(QueryError, match=r"line 2, column \d+: nope: is not declared.*slogan"):
        query(store, "SELECT * {\n ?s a nope:Thing }")
    with pytest.raises(QueryError, match=r"line 2, column 3"):
        query(store, "SELECT * {\n}}")
    with pytest.raises(QueryError, match="line 1, column 12: SERVICE is refused"):
        query(store, "SELECT * { SERVICE <http://a/> {} }")


def test_a_folder_without_a_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="has no store"):
        open_store(tmp_path)


def test_prefixes_follow_the_base_of_the_data(tmp_path: Path) -> None:
    base = "https://data.example.org/kg/"
    write(KnowledgeGraph.of(made()), tmp_path, base)
    store = open_store(tmp_path)
    assert base_of(store) == base
    assert query(store, f"ASK {{ slogan:{SLOGAN.key} a kg:Slogan }}").rows == [(True,)]
    assert queries.run(tmp_path, "slogans").rows[0][0] == "三个到位"


def test_shorten_takes_the_longest_prefix() -> None:
    known = {"a": "http://a/", "ab": "http://a/b/"}
    assert shorten("http://a/b/c", known) == "ab:c"
    assert shorten("http://x/", known) == "http://x/"
