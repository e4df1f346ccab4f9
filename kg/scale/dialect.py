"""The queries of ``kg.scale.sql`` on Spark: what they use beside standard SQL, by its names in Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import EntityId
from kg.rdf.names import iri, speech_iri
from kg.scale import sql

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_ID = "STRUCT<type: STRING, scope: STRING, key: STRING>"
_RANKED = "STRUCT<minus: BIGINT, value: STRING>"
_NAMED = "STRUCT<name: STRING, value: STRING>"

FUNCTIONS = (
    f"ranked(minus BIGINT, value STRING) RETURNS {_RANKED} RETURN named_struct('minus', minus, 'value', value)",
    f"named(name STRING, value STRING) RETURNS {_NAMED} RETURN named_struct('name', name, 'value', value)",
    "in_year(year BIGINT, speeches BIGINT, mentions BIGINT)"
    " RETURNS STRUCT<year: BIGINT, speeches: BIGINT, mentions: BIGINT>"
    " RETURN named_struct('year', year, 'speeches', speeches, 'mentions', mentions)",
    f"forms_of(l ARRAY<{_RANKED}>) RETURNS ARRAY<STRUCT<form: STRING, count: BIGINT>>"
    " RETURN transform(array_sort(l), x -> named_struct('form', x.value, 'count', -x.minus))",
    f"map_of(l ARRAY<{_NAMED}>) RETURNS MAP<STRING, STRING> RETURN map_from_entries(array_sort(l))",
    f"ids_of(l ARRAY<{_ID}>) RETURNS ARRAY<STRING> RETURN transform(l, x -> concat_ws('|', x.type, x.scope, x.key))",
)
"""What takes one type of argument, as functions of SQL."""

RENAMED = {"sorted_of(": "array_sort(", "without(": "array_remove(", "CAST(name AS BIGINT)": "try_cast(name AS BIGINT)"}
"""What takes several. ``collect_list`` gives no null here."""

SETTINGS = {"spark.sql.ansi.enabled": "true", "spark.sql.ansi.doubleQuotedIdentifiers": "true"}
"""How the queries write names."""


def prepare(spark: SparkSession, base: str) -> None:
    """Define the functions that the queries use; IRIs begin with ``base``."""
    for function in FUNCTIONS:
        spark.sql(f"CREATE OR REPLACE TEMPORARY FUNCTION {function}")
    spark.udf.register("entity_iri", lambda type_, scope, key: iri(EntityId(type_, scope, key), base), "string")
    spark.udf.register("speech_iri", lambda id_: speech_iri(id_, base), "string")


def run(spark: SparkSession, name: str, **numbers: int) -> DataFrame:
    """The result of a query of ``kg.scale.sql``."""
    return spark.sql(spoken(sql.query(name, **numbers)))


def spoken(query: str) -> str:
    """A query as Spark understands it."""
    for there, here in RENAMED.items():
        query = query.replace(there, here)
    return query
