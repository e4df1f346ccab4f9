"""Rows of speeches: what goes in comes out, and what stands beside it is what the program counts elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kg import comention, corpus, lexicon
from kg.extract import extract
from kg.model import Extraction, Speech
from kg.scale import shards

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def found() -> list[Extraction]:
    known = lexicon.load()
    return [known.as_extraction(), *(extract(s, known) for s in corpus.read([SEEDS]) if isinstance(s, Speech))]


def test_rows_give_the_extractions_back_even_through_parquet(found: list[Extraction]) -> None:
    file = io.BytesIO()
    table = shards.batch(found)
    with pq.ParquetWriter(file, shards.SCHEMA) as writer:
        writer.write_batch(table)
    assert shards.extractions(pq.read_table(file)) == found
    assert shards.extractions(table) == found


def test_quotations_sentences_and_sections_stand_beside_mentions(found: list[Extraction]) -> None:
    rows = shards.batch(found[1:]).to_pylist()
    for row, extraction in zip(rows, found[1:], strict=True):
        unit = comention.units(extraction)
        mentions = [m for e in row["entities"] for m in e["mentions"]]
        assert mentions
        assert all(m["quote"] == row["text"][m["start"] : m["end"]] for m in mentions)
        assert all((m["sentence"], m["section"]) == unit(m["start"]) for m in mentions)
        naming = comention.sentences([extraction]).naming
        assert [e["sentences"] for e in row["entities"]] == [naming[e.id] for e in extraction.entities]
        assert row["sentences"] == comention.sentences([extraction]).all


def test_no_extraction_makes_an_empty_batch() -> None:
    assert shards.batch([]).num_rows == 0
    assert shards.batch([]).schema == shards.SCHEMA
