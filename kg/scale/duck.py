"""DuckDB as the engine of ``kg.scale.sql`` on one machine: in bounded memory, spilling to disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from kg.model import EntityId, EntityType
from kg.rdf.names import iri
from kg.scale.sql import VIEWS, query

MEMORY = "400MB"
"""What DuckDB may hold; what does not fit goes to its temporary folder."""

GROUP = "16MB"
"""A row group of a table: DuckDB holds one a thread, however long its texts are, and cannot spill it."""

PIECE = 200_000
"""Rows of an ordered stream that are worked on at a time."""


class Duck:
    """A session whose tables are Parquet files in ``work``; ``spill`` beside them takes what memory does not."""

    def __init__(self, work: Path, base: str, *, memory: str = MEMORY, threads: int = 2) -> None:
        self.work, self.base = work, base
        self.db = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": memory,
                "temp_directory": str(work / "spill"),
                "threads": threads,
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        self._prepare(self.db)

    def _prepare(self, db: duckdb.DuckDBPyConnection) -> None:
        db.execute(files("kg.scale.sql").joinpath("duckdb.sql").read_text("utf-8"))
        text, base = "VARCHAR", self.base

        def entity_iri(type_: EntityType, scope: str, key: str) -> str:
            return iri(EntityId(type_, scope, key), base)

        db.create_function("entity_iri", entity_iri, [text, text, text], text)

    def __enter__(self) -> Duck:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.db.close()

    def view(self, name: str, source: str | Path | Sequence[Path]) -> None:
        """Make a view of a query, or of Parquet files."""
        if not isinstance(source, str):
            source = f"SELECT * FROM {self.scan([source] if isinstance(source, Path) else source)}"
        self.db.execute(f"CREATE OR REPLACE VIEW {name} AS {source}")

    def scan(self, files: Sequence[Path]) -> str:
        """Parquet files as a relation: their columns, ``filename`` and ``file_row_number`` (from 0)."""
        listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
        return f"read_parquet([{listed}])"

    def views(self, shards: Sequence[Path], lexicon: Path) -> None:
        """Make the views that the queries read."""
        self.view("shards", shards)
        self.view("lexicon", lexicon)
        for name in VIEWS:
            self.view(name, query(name))

    def write(self, select: str, file: Path) -> int:
        """Write what a query gives to a Parquet file, in its order; returns the number of rows."""
        target = str(file).replace("'", "''")
        counted = self.db.execute(
            f"COPY ({select}) TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE_BYTES '{GROUP}')"
        ).fetchone()
        return int(counted[0]) if counted else 0

    def step(self, name: str, **numbers: int) -> int:
        """Run a query of ``kg.scale.sql`` into ``work`` and make a view of what it gave; returns the number of rows."""
        file = self.work / f"{name}.parquet"
        rows = self.write(query(name, **numbers), file)
        self.view(name, file)
        return rows

    def rows(self, select: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What a query gives, all of it."""
        return self.db.execute(select, parameters).fetchall()

    def speeches(self, ids: Sequence[str] | None = None) -> pa.Table:
        """Rows of ``shards``: those with some ids, or all."""
        if ids is None:
            return self.db.sql("SELECT * FROM shards").to_arrow_table()
        return self.db.sql("SELECT * FROM shards WHERE list_contains(?, id)", params=[list(ids)]).to_arrow_table()

    def batches(self, select: str, rows: int = 10_000) -> Iterator[pa.RecordBatch]:
        """Yield what a query gives, as it comes."""
        with self.db.cursor() as cursor:
            found: pa.RecordBatchReader = cursor.sql(select).to_arrow_reader(rows)
            yield from found

    def per_piece(self, ordered: str, keys: Sequence[str], name: str, step: str) -> Iterator[pa.Table]:
        """Run a query over an ordered stream, a piece at a time, and yield each answer.

        A piece has all rows of each of its ``keys``, by which ``ordered`` comes sorted; the query ``step`` sees it as the
        view ``name``. So what one piece takes bounds the memory, however long the stream.
        """
        with duckdb.connect(":memory:", config={"threads": 2}) as db:
            self._prepare(db)
            text = query(step)
            for piece in _whole(self.batches(ordered), keys):
                db.register(name, piece)
                yield db.sql(text).to_arrow_table()
                db.unregister(name)


def _whole(batches: Iterable[pa.RecordBatch], keys: Sequence[str]) -> Iterator[pa.Table]:
    """Join the batches of an ordered stream to tables of about ``PIECE`` rows that end where the keys change."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows < PIECE or not batch.num_rows:
            continue
        last = pa.Table.from_batches([batch.slice(batch.num_rows - 1)])
        table = pa.Table.from_batches(held)
        same = None
        for key in keys:
            equal = pc.equal(table[key], last[key][0])
            same = equal if same is None else pc.and_(same, equal)
        ends = pc.index(same, True).as_py()  # the first row of the last key: it may go on
        if ends > 0:
            yield table.slice(0, ends)
            held = table.slice(ends).to_batches()
            rows -= ends
    if held:
        yield pa.Table.from_batches(held)
