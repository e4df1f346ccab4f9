"""The graph as many files of N-Quads, each sorted and gzipped, written by worker processes from Parquet files.

All files together hold each quad once. A file is made of one shard of speeches, or one piece of what was counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from kg.comention import Comention, Sentences
from kg.graph import Node
from kg.model import EntityId
from kg.pool import in_processes
from kg.rdf.lines import opened, sorted_lines
from kg.rdf.statements import Names, Statement
from kg.scale import quads
from kg.scale.collect import rows_of

LEVEL = 4
"""Of gzip: two thirds of the time of writing would go to making the files a tenth smaller."""


RUN = 30_000
"""Lines that a process sorts in memory at a time."""


class Counted(NamedTuple):
    """What the statements on entities and pairs need to know of the whole corpus."""

    speeches_in: dict[int, int]
    places: frozenset[str]
    sentences: int


class Part(NamedTuple):
    """A file to write: ``kind`` (speeches, entities or comentions) of the Parquet file ``source``, the row groups of
    it from ``first`` to before ``last`` (all if None)."""

    kind: str
    source: Path
    target: Path
    first: int = 0
    last: int | None = None


class Written(NamedTuple):
    """The lines in a file, and how many of them are in the graph of what is derived."""

    quads: int
    derived: int


_names: Names
_counted: Counted
_mentions: bool


def write(parts: Iterable[Part], base: str, counted: Counted, *, mentions: bool, jobs: int) -> Iterator[Written]:
    """Write the files of ``parts``, in order; ``mentions`` says whether with each place where an entity is named."""
    return in_processes(_write, parts, jobs, _start, (base, counted, mentions))


def write_lines(lines: Iterable[str], target: Path) -> int:
    """Write lines sorted, each once; returns their number."""
    count = 0
    with sorted_lines(lines, RUN) as ordered, opened(target, LEVEL) as out:
        for line in ordered:
            out.write(line + "\n")
            count += 1
    return count


def _start(base: str, counted: Counted, mentions: bool) -> None:
    global _names, _counted, _mentions
    _names, _counted, _mentions = Names(base), counted, mentions


def _write(part: Part) -> Written:
    derived: Counter[str] = Counter()
    names = Names(_names.base)  # it keeps the IRIs of entities: those of one file are enough

    def lines() -> Iterator[str]:
        for piece in _PIECES[part.kind](part, names):
            derived[part.kind] += piece.derived
            yield from piece.lines

    return Written(write_lines(lines(), part.target), derived.total())


def _speeches(part: Part, names: Names) -> Iterator[quads.Lines]:
    for extraction in rows_of(part.source):
        yield quads.of_one(extraction, names, mentions=_mentions)


def _entities(part: Part, names: Names) -> Iterator[quads.Lines]:
    columns = ["type", "scope", "key", "name", "attributes", "mentions", "speeches", "years"]
    for rows in _rows(part, columns):
        yield quads.derived((s for row in rows for s in _entity(row, _counted, names)), names)


def _entity(row: dict[str, Any], counted: Counted, names: Names) -> Iterator[Statement]:
    id_ = EntityId(row["type"], row["scope"], row["key"])
    node = Node(id_, row["name"], attributes=dict(row["attributes"]))
    by_year = {y["year"]: (y["speeches"], y["mentions"]) for y in row["years"]}
    place = id_.scope.startswith("place:") and id_.scope.rpartition("/")[2].removeprefix("place:") in counted.places
    return quads.of_entity(node, row["mentions"], row["speeches"], place, by_year, counted.speeches_in, names)


def _comentions(part: Part, names: Names) -> Iterator[quads.Lines]:
    for rows in _rows(part, None):
        yield quads.derived((s for row in rows for s in _comention(row, _counted, names)), names)


def _comention(row: dict[str, Any], counted: Counted, names: Names) -> Iterator[Statement]:
    a, b = (EntityId(row[f"{x}_type"], row[f"{x}_scope"], row[f"{x}_key"]) for x in "ab")
    sentences = Sentences(counted.sentences, Counter({a: row["a_sentences"], b: row["b_sentences"]}))
    return quads.of_pair((a, b), Comention(row["sentences"], row["sections"], row["speeches"]), sentences, names)


def counts(
    kind: Literal["entities", "comentions"], rows: Iterable[pa.RecordBatch], counted: Counted, base: str
) -> Iterator[quads.Lines]:
    """Yield what is said of entities or pairs, from rows of the query of that name."""
    say = _entity if kind == "entities" else _comention
    for batch in rows:
        names = Names(base)
        yield quads.derived((s for row in batch.to_pylist() for s in say(row, counted, names)), names)


def _rows(part: Part, columns: list[str] | None) -> Iterator[list[dict[str, Any]]]:
    with pq.ParquetFile(part.source) as file:
        groups = range(part.first, file.num_row_groups if part.last is None else part.last)
        for batch in file.iter_batches(batch_size=2000, row_groups=list(groups), columns=columns):
            yield batch.to_pylist()


_PIECES = {"speeches": _speeches, "entities": _entities, "comentions": _comentions}
