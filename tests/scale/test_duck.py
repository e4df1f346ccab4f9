"""DuckDB in bounded memory: sorted tables larger than it, and ordered streams cut where their keys change."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.names import DEFAULT_BASE
from kg.scale import duck
from kg.scale.duck import Duck


@pytest.mark.slow
def test_a_table_is_sorted_in_less_memory_than_it_has(tmp_path: Path) -> None:
    rows = (
        "SELECT md5(CAST(i AS VARCHAR)) AS id, repeat(md5(CAST(-i AS VARCHAR)), 18) AS text FROM range(600000) AS t(i)"
    )
    with Duck(tmp_path, DEFAULT_BASE, memory="300MB") as db:  # of 365 MB
        assert db.write(f"{rows} ORDER BY id", tmp_path / "t.parquet") == 600_000
    ids = pq.read_table(tmp_path / "t.parquet", columns=["id"])["id"]
    assert ids.to_pylist() == sorted(ids.to_pylist())


@given(st.lists(st.integers(0, 5), max_size=60), st.integers(1, 12), st.integers(1, 7))
def test_pieces_have_all_rows_of_each_key_in_order(keys: list[int], piece: int, batch: int) -> None:
    keys = sorted(keys)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duck, "PIECE", piece)
        table = pa.table({"key": keys, "n": list(range(len(keys)))})
        pieces = list(duck._whole(table.to_batches(batch), ["key"]))
    found = [row for p in pieces for row in p["n"].to_pylist()]
    assert found == list(range(len(keys)))
    seen = [set(p["key"].to_pylist()) for p in pieces]
    assert sum(map(len, seen)) == len(set(keys))


def test_iris_come_from_the_program(tmp_path: Path) -> None:
    with Duck(tmp_path, "https://例.example/") as db:
        ((entity,),) = db.rows("SELECT entity_iri('Body', 'place:浙江省/绍兴市', '市委')")
    assert entity == "https://例.example/body/place:浙江省/绍兴市/市委"
