"""Answers of ``kg query`` as text: a table for people, CSV, JSON and Turtle for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Literal

from pyoxigraph import RdfFormat, serialize
from rich.table import Table

from kg.rdf.guard import QueryError
from kg.rdf.rows import Iri, Rows, Value
from kg.rdf.store import shorten
from kg.terminal import plain


def text_of(rows: Rows, format: Literal["csv", "json", "ttl"], known: Mapping[str, str]) -> str:
    """An answer as one text, line end included.

    ``csv`` has a header line; an unbound variable is an empty field. ``json`` is a list of objects in which it is null,
    numbers and truth values are such. ``ttl`` takes what CONSTRUCT and DESCRIBE give, with the ``known`` prefixes.

    Raises:
        QueryError: Turtle was asked of a query that gives no triples.
    """
    if format == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(rows.columns)
        writer.writerows([_cell(v) for v in row] for row in rows.rows)
        return out.getvalue()
    if format == "json":
        objects = [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]
        return json.dumps(objects, ensure_ascii=False, indent=1) + "\n"
    if rows.triples is None:
        raise QueryError("ttl is for triples: ask with CONSTRUCT or DESCRIBE, or choose table, csv or json")
    turtle = io.BytesIO()
    serialize(rows.triples, turtle, RdfFormat.TURTLE, prefixes=dict(known))
    lines = turtle.getvalue().decode().splitlines(keepends=True)
    body = [line for line in lines if not line.startswith("@prefix ")]
    # Oxigraph gives the prefixes in an order of its own, and all of them.
    used = [line for line in lines if line.startswith("@prefix ") and any(line.split()[1] in b for b in body)]
    return "".join([*sorted(used), *body])


def table(rows: Rows, known: Mapping[str, str]) -> Table:
    """An answer for the terminal: IRIs shortened by the ``known`` prefixes, numbers to the right."""
    shown = Table(box=None, header_style="bold", pad_edge=False)
    for i, column in enumerate(rows.columns):
        numbers = all(isinstance(row[i], int | float) for row in rows.rows)
        shown.add_column(plain(column), justify="right" if numbers and rows.rows else "left", overflow="fold")
    for row in rows.rows:
        shown.add_row(*(plain(shorten(v, known) if isinstance(v, Iri) else _cell(v)) for v in row))
    return shown


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
