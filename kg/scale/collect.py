"""Speeches in, shards out: worker processes read, extract and write rows, and hold one speech's findings at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from kg import lexicon
from kg.graph import KnowledgeGraph
from kg.lexicon import Lexicon
from kg.model import Extraction, Problem
from kg.pool import Item, batches, extracted, in_processes, items_of
from kg.scale import shards

SHARD_BYTES = 4_000_000
"""A shard ends where its texts are as long as this together: so much is read again at a time."""

SHARD_TEXTS = 4096
"""A shard ends earlier where it has so many texts."""

GROUP = 64
"""Speeches in one row group of a shard: so many extractions are held at a time."""


class Shard(NamedTuple):
    """What one worker wrote at a time: the file (None where no text could be read), and what it could not read."""

    file: Path | None
    speeches: int
    characters: int
    problems: list[Problem]


class _Task(NamedTuple):
    file: Path
    items: list[Item]
    min_confidence: float


_known: Lexicon


def collect(
    files: Iterable[Path | Problem],
    folder: Path,
    *,
    lexicon_files: Sequence[Path] = (),
    builtin: bool = True,
    jobs: int = 1,
    min_confidence: float = 0.0,
) -> Iterator[Shard]:
    """Extract from files and write ``folder/000000.parquet`` and so on, in order; yields each as it is written."""
    tasks = (
        _Task(folder / f"{number:06}.parquet", [item for _, item, _ in batch], min_confidence)
        for number, batch in enumerate(batches(items_of(files), SHARD_TEXTS, SHARD_BYTES))
    )
    return in_processes(_work, tasks, jobs, _start, (tuple(lexicon_files), builtin))


def _start(lexicon_files: tuple[Path, ...], builtin: bool) -> None:
    global _known
    _known = lexicon.load(lexicon_files, builtin=builtin)


def _work(task: _Task) -> Shard:
    found: list[Extraction] = []
    problems: list[Problem] = []
    speeches = characters = 0
    with ExitStack() as stack:
        writer: pq.ParquetWriter | None = None
        for result in (r for item in task.items for r in extracted(item, _known, task.min_confidence)):
            if isinstance(result, Problem):
                problems.append(result)
                continue
            found.append(result)
            speeches += 1
            characters += len(result.speech.text)
            if writer is None:
                writer = stack.enter_context(pq.ParquetWriter(task.file, shards.SCHEMA, compression="zstd"))
            if len(found) == GROUP:
                writer.write_batch(shards.batch(found))
                found.clear()
        if writer and found:
            writer.write_batch(shards.batch(found))
    return Shard(task.file if speeches else None, speeches, characters, problems)


def rows_of(file: Path, group: int = GROUP) -> Iterator[Extraction]:
    """Yield the extractions of a shard, ``group`` held at a time."""
    with pq.ParquetFile(file) as shard:
        for batch in shard.iter_batches(batch_size=group):
            yield from shards.extractions(batch)


def without(file: Path, dropped: set[int]) -> None:
    """Write a shard anew without some of its rows, numbered from 0."""
    new = file.with_suffix(".new")
    with pq.ParquetFile(file) as old, pq.ParquetWriter(new, shards.SCHEMA, compression="zstd") as writer:
        first = 0
        for batch in old.iter_batches(batch_size=GROUP):
            kept = [i for i in range(batch.num_rows) if first + i not in dropped]
            if kept:
                writer.write_batch(batch.take(pa.array(kept)))
            first += batch.num_rows
    new.replace(file)


def surviving(rows: Sequence[Extraction]) -> int:
    """Which of the extractions with one id counts, by the rule of the graph: the others are left out.

    Raises:
        ValueError: they are of different texts.
    """
    (kept,) = KnowledgeGraph(rows).extractions.values()
    return next(i for i, row in enumerate(rows) if row == kept)
