"""The queries that every engine runs over rows of ``kg.scale.shards``, a file each.

They are written for Spark SQL; ``duckdb.sql`` defines what DuckDB calls by another name. An engine gives the views
``shards`` (the speeches, each once) and ``lexicon`` (what it says of the entities concerned, as one more row), and the
function ``entity_iri(type, scope, key)``; ``VIEWS`` follow from these, in this order.
Strings compare by code point in both, as in Python.
"""

from __future__ import annotations

import re
from importlib.resources import files

VIEWS = ("everything", "entity_rows", "mention_rows", "expansion_rows")
"""Views that the other queries read."""

TABLES = ("mentions", "expansions", "members", "directives", "relations")
"""The tables of ``kg.tables`` that are the rows, taken apart and sorted; the others are counted first."""


def query(name: str, **numbers: int) -> str:
    """The text of a query, ``:name`` replaced by a number."""
    text = files("kg.scale.sql").joinpath(f"{name}.sql").read_text("utf-8")
    for parameter, value in numbers.items():
        text = re.sub(rf":{parameter}\b", str(value), text)
    return text
