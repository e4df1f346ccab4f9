from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from rich.console import Console

from kg.answers import table, text_of
from kg.rdf.guard import QueryError
from kg.rdf.rows import Iri, Rows

KNOWN = {"body": "https://x.example/body/"}
ROWS = Rows(("body", "名称", "n"), [(Iri("https://x.example/body/a"), '县"委",\n[b]', 3), (None, "", True)])
TRIPLE = Triple(NamedNode("https://x.example/body/a"), NamedNode("https://x.example/p"), Literal("词"))


def test_csv_reads_back() -> None:
    read = list(csv.reader(io.StringIO(text_of(ROWS, "csv", KNOWN))))
    assert read == [["body", "名称", "n"], ["https://x.example/body/a", '县"委",\n[b]', "3"], ["", "", "true"]]


def test_json_keeps_types() -> None:
    shown = text_of(ROWS, "json", KNOWN)
    assert json.loads(shown)[1] == {"body": None, "名称": "", "n": True}
    assert json.loads(shown)[0]["n"] == 3
    assert "名称" in shown


def test_turtle_is_for_triples() -> None:
    with pytest.raises(QueryError, match="CONSTRUCT"):
        text_of(ROWS, "ttl", KNOWN)
    rows = Rows(("subject", "predicate", "object"), [], (TRIPLE,))
    shown = text_of(rows, "ttl", KNOWN | {"other": "https://y.example/"})
    assert shown.startswith("@prefix body: <https://x.example/body/> .\nbody:a ")
    assert "other:" not in shown
    assert [q.triple for q in parse(shown.encode(), format=RdfFormat.TURTLE)] == [TRIPLE]


def test_table_shortens_iris_and_shows_words_as_they_are() -> None:
    console = Console(width=60, color_system=None, file=io.StringIO())
    console.print(table(ROWS, KNOWN))
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    assert "body:a" in shown
    assert "[b]" in shown
    assert "true" in shown


def test_an_empty_answer_has_its_columns() -> None:
    empty = Rows(("a", "b"), [])
    assert text_of(empty, "csv", {}) == "a,b\n"
    assert text_of(empty, "json", {}) == "[]\n"
    assert table(empty, {}).row_count == 0
