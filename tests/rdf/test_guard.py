from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store
from rdflib import URIRef
from rdflib.plugins.sparql import prepareQuery

from kg.graph import KnowledgeGraph
from kg.rdf import write
from kg.rdf.endpoint import Endpoint
from kg.rdf.guard import QueryError, UnreadError, guard, look, tokens
from kg.rdf.names import graph_iri
from tests.made import lexicon, made

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
    "PREFIX x: <URL> SELECT * FROM x: { ?s ?p ?o }",
    "PREFIX x: <URL> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { { ?s ?p ?o } UNION { OPTIONAL { SERVICE SILENT <URL> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "ASK { FILTER NOT EXISTS { { SELECT ?s { { SERVICE <URL> { ?s ?p ?o } } } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "LOAD <URL>",
    "LOAD SILENT <URL> INTO GRAPH <a:b>",
    "INSERT DATA { <a:b> <a:b> <a:b> }",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP GRAPH <a:b>",
    "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    folder = tmp_path_factory.mktemp("out")
    write(KnowledgeGraph.of(lexicon(), made("a"), made("b")), folder)
    with Endpoint(folder) as endpoint:
        yield endpoint


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


def test_the_listener_hears_an_unguarded_query(listener: tuple[str, list[object]]) -> None:
    """Else its silence would prove nothing."""
    url, heard = listener
    with pytest.raises(OSError):
        list(Store().query(HOSTILE[0].replace("URL", url)))  # type: ignore[arg-type]
    assert heard


def test_no_query_leaves_the_machine_or_writes(out: Endpoint, listener: tuple[str, list[object]]) -> None:
    url, heard = listener
    data = out.rdf()
    graph = next(iter(data.graphs()))
    before = len(data)
    for text in HOSTILE:
        hostile = text.replace("URL", url)
        for ask in (out.query, out.rows, data.query, data.update, graph.query, data.default_graph.query):
            with pytest.raises(QueryError, match=r"refused|backslash"):
                ask(hostile)
    assert not heard
    assert len(data) == before


def test_rdflib_is_never_left_to_its_own_processor(out: Endpoint, listener: tuple[str, list[object]]) -> None:
    url, heard = listener
    hostile = HOSTILE[0].replace("URL", url)
    data = out.rdf()
    for graph in (data, next(iter(data.graphs())), data.graph(URIRef(graph_iri(made().speech.id)))):
        for ask in (
            lambda graph=graph: graph.query(hostile, use_store_provided=False),
            lambda graph=graph: graph.query(prepareQuery(hostile)),
            lambda graph=graph: graph.query(hostile, "sparql"),
            lambda graph=graph: graph.query(hostile, processor="sparql", use_store_provided=False),
            lambda graph=graph: graph.update(f"LOAD <{url}>", use_store_provided=False),
        ):
            with pytest.raises(QueryError):
                ask()  # type: ignore[no-untyped-call]
    assert not heard


@pytest.mark.parametrize("text", HOSTILE)
def test_each_of_the_two_readers_refuses_by_itself(text: str) -> None:
    hostile = text.replace("URL", "http://127.0.0.1:9/")
    with pytest.raises(QueryError, match=r"refused|backslash"):
        guard(hostile)
    with pytest.raises(QueryError, match=r"refused|SPARQL"):
        look(hostile)


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
def test_words_in_strings_names_and_comments_are_free(out: Endpoint, text: str) -> None:
    assert out.rows(text).rows == []


def test_from_may_name_a_graph_of_the_data_set(out: Endpoint) -> None:
    speech = made("a").speech
    name = graph_iri(speech.id)
    text = f"SELECT DISTINCT ?id FROM <{name}> {{ ?s a kg:Speech ; dcterms:identifier ?id }}"
    assert out.rows(text).rows == [(speech.id,)]
    assert out.rows(f"ASK FROM NAMED <{name}> {{ GRAPH <{name}> {{ ?s a kg:Speech }} }}").rows == [(True,)]
    with pytest.raises(QueryError, match="FROM is refused"):
        out.rows(text.replace(speech.id, "x"))


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


@settings(deadline=None, max_examples=50)
@given(st.text(st.sampled_from("<>\"'#\\ \n?:@ab_.u0041{}()*/|^"), max_size=40))
def test_looking_at_the_algebra_never_breaks(text: str) -> None:
    try:
        look(f"SELECT * {{ ?s ?p ?o {text} }}")
    except UnreadError as error:
        assert "SPARQL" in str(error)


def test_deep_nesting_is_refused_not_crashed_on(out: Endpoint) -> None:
    with pytest.raises(QueryError, match="nested too deeply"):
        out.rows("ASK " + "{" * 3000 + "}" * 3000)
    assert out.rows("ASK {}").rows == [(True,)]


def test_errors_say_where_and_what_to_do(out: Endpoint) -> None:
    with pytest.raises(QueryError, match=r"line 2, column \d+: nope: is not declared.*slogan"):
        out.query("SELECT * {\n ?s a nope:Thing }")
    with pytest.raises(QueryError, match=r"line 2, column 3"):
        out.query("SELECT * {\n}}")
    with pytest.raises(QueryError, match="line 1, column 12: SERVICE is refused"):
        out.query("SELECT * { SERVICE <http://a/> {} }")
