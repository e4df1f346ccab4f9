from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.rdf import write
from kg.rdf.guard import QueryError
from kg.rdf.store import base_of, evaluate, graphs, open_store, shorten
from tests.made import SLOGAN, made


def test_terms_are_plain_data(tmp_path: Path) -> None:
    write(KnowledgeGraph.of(made()), tmp_path)
    answer = evaluate(
        open_store(tmp_path),
        'SELECT ?e ?n ?label ?none { ?e a kg:Slogan ; kg:mentionCount ?n ; rdfs:label ?label FILTER(STR(?label) = "三个到位") }',
    )
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert answer.columns == ("e", "n", "label", "none")
    assert answer.rows == [("https://speech-kg.example/slogan/三个到位", ("4", integer), ("三个到位", "@zh"), None)]


def test_a_folder_without_a_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="has no store"):
        open_store(tmp_path)


def test_prefixes_follow_the_base_of_the_data(tmp_path: Path) -> None:
    base = "https://data.example.org/kg/"
    write(KnowledgeGraph.of(made()), tmp_path, base)
    store = open_store(tmp_path)
    assert base_of(store) == base
    assert all(graph.startswith(base) for graph in graphs(store))
    known = {"slogan": f"{base}slogan/", "kg": "https://speech-kg.example/ontology#"}
    assert evaluate(store, f"ASK {{ slogan:{SLOGAN.key} a kg:Slogan }}", known=known).rows[0][0][0] == "true"  # type: ignore[index]


def test_shorten_takes_the_longest_prefix() -> None:
    known = {"a": "http://a/", "ab": "http://a/b/"}
    assert shorten("http://a/b/c", known) == "ab:c"
    assert shorten("http://x/", known) == "http://x/"
