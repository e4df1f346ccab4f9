"""What the workers of a cluster do: read, extract and write their part. Everything here runs in their Python.

A task always gives the same bytes, and its file appears whole or not at all. So it does not matter how often a task is
run, or whether a worker that was given up for lost goes on: whoever comes last writes what is there already.
"""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from kg import __version__, lexicon, manifest, tables
from kg.extract import extract
from kg.extract.threshold import above
from kg.lexicon import Lexicon
from kg.model import Extraction, Problem, Speech
from kg.rdf.statements import Names
from kg.scale import quads, shards
from kg.scale.places import written
from kg.scale.sources import Input, read

ROW_GROUP = 1_000_000
"""Characters of speeches that are held and written together."""

GROUP_BYTES, GROUP_ROWS = 1 << 27, 1 << 20
"""A row group of a table ends at the one or the other."""

REPORT = pa.schema(
    [
        ("task", pa.int64()),
        ("file", pa.string()),
        ("bytes", pa.int64()),
        ("sha256", pa.string()),
        ("rows", pa.int64()),
        ("derived", pa.int64()),
        ("path", pa.string()),
        ("reason", pa.string()),
        ("kind", pa.string()),
    ]
)
"""What a task says of itself: a row with the file that it wrote, if any, and a row a problem."""


class Rules(NamedTuple):
    """What to extract with, in a form that travels: the user's lexicon files by name and content, and the rest.

    ``reading`` is ``kg.manifest.reading`` where the run started: a worker with another program, lexicon or libraries
    refuses.
    """

    files: tuple[tuple[str, bytes], ...]
    builtin: bool
    least: float
    reading: str


class WorkerError(Exception):
    """A worker that cannot do its part; the message says why and what to do."""


def rules(files: Sequence[Path], parameters: dict[str, Any]) -> Rules:
    """The rules of a run: its lexicon files, and the parameters of its manifest."""
    contents = tuple((path.name, path.read_bytes()) for path in files)
    return Rules(contents, parameters["lexicon_builtin"], parameters["min_confidence"], manifest.reading(parameters))


def extracted(task: int, inputs: Iterable[Input], given: Rules, folder: str) -> Iterator[pa.RecordBatch]:
    """Read and extract; the rows (``shards.SCHEMA``) go to a file in ``folder``. Yields a ``REPORT``.

    Raises:
        SourceError: an input cannot be opened on this machine.
        WorkerError: this machine has another kg or lexicon than the one that started the run, or cannot write.
    """
    known = _lexicon(given)
    name = f"part-{task:06}.parquet"
    problems: list[Problem] = []
    rows = 0
    with written(folder, name) as out, pq.ParquetWriter(out, shards.SCHEMA, compression="zstd") as writer:
        for speeches in _groups((found for item in inputs for found in read(item)), problems):
            writer.write_batch(shards.batch(_extracted(speech, known, given.least) for speech in speeches))
            rows += len(speeches)
    report = [{"task": task, "file": name, "bytes": out.size, "sha256": out.digest.hexdigest(), "rows": rows}]
    report += [{"task": task, "path": p.path, "reason": p.reason, "kind": p.kind} for p in problems]
    yield pa.RecordBatch.from_pylist(report, schema=REPORT)


def said(task: int, rows: Iterable[pa.RecordBatch], base: str, folder: str, mentions: bool) -> Iterator[pa.RecordBatch]:
    """Write what each speech says, and what is counted in it, as gzipped N-Quads in ``folder``. Yields a ``REPORT``."""
    pieces = (
        quads.of_one(found, names, mentions=mentions)
        for batch in rows
        for names in [Names(base)]
        for found in _parted(batch)
    )
    yield written_lines(f"speeches-{task:06}", pieces, folder, task)


def tabled(
    task: int, rows: Iterable[pa.RecordBatch], name: str, folder: str, *, empty: bool = False
) -> Iterator[pa.RecordBatch]:
    """Write sorted rows of a table of ``kg.tables`` to a file in ``folder``. Yields a ``REPORT``.

    Where there are none, there is no file, unless ``empty`` asks for it.
    """
    schema = tables.SCHEMAS[name]
    rows = (batch for batch in rows if batch.num_rows)
    first = next(rows, None)
    if first is None and not empty:
        return
    rows = chain([first] if first else [], rows)
    file = f"part-{task:06}.parquet"
    count = 0
    with written(folder, file) as out, pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for group in _filled(rows):
            columns = [group.column(field.name).cast(field.type) for field in schema]
            writer.write_table(pa.table(columns, schema=schema).combine_chunks())
            count += group.num_rows
    row = {"task": task, "file": file, "bytes": out.size, "sha256": out.digest.hexdigest(), "rows": count}
    yield pa.RecordBatch.from_pylist([row], schema=REPORT)


def _filled(rows: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Batches put together until they fill a row group."""
    group: list[pa.RecordBatch] = []
    size = count = 0
    for batch in rows:
        group.append(batch)
        size += batch.nbytes
        count += batch.num_rows
        if size >= GROUP_BYTES or count >= GROUP_ROWS:
            yield pa.Table.from_batches(group)
            group, size, count = [], 0, 0
    if group:
        yield pa.Table.from_batches(group)


def written_lines(stem: str, pieces: Iterable[quads.Lines], folder: str, task: int = 0) -> pa.RecordBatch:
    """Write lines of N-Quads to ``folder/stem.nq.gz``: a ``REPORT``."""
    count = derived = 0
    with (
        written(folder, f"{stem}.nq.gz") as out,
        # Neither name nor time in it: equal lines give equal bytes.
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=out, mtime=0) as packed,
    ):
        for piece in pieces:
            packed.write("".join(line + "\n" for line in piece.lines).encode())
            count += len(piece.lines)
            derived += piece.derived
    row = {"task": task, "file": f"{stem}.nq.gz", "bytes": out.size, "sha256": out.digest.hexdigest()}
    return pa.RecordBatch.from_pylist([row | {"rows": count, "derived": derived}], schema=REPORT)


@lru_cache(1)
def _lexicon(given: Rules) -> Lexicon:
    """The lexicon of a run, loaded once in a worker process, however many tasks it gets."""
    with TemporaryDirectory() as folder:
        paths = []
        for i, (name, content) in enumerate(given.files):
            path = Path(folder, str(i), name)
            path.parent.mkdir()
            path.write_bytes(content)
            paths.append(path)
        known = lexicon.load(paths, builtin=given.builtin)
    used = known.version if given.builtin or given.files else None
    here = manifest.reading({"lexicon": used, "lexicon_builtin": given.builtin, "min_confidence": given.least})
    if here != given.reading:
        raise WorkerError(
            f"{socket.gethostname()} has another kg {__version__}, lexicon or libraries than the machine that started the "
            "run: give all of them the same environment (docs/scale.md)"
        )
    return known


def _groups(items: Iterable[Speech | Problem], problems: list[Problem]) -> Iterator[list[Speech]]:
    """Speeches, so many at a time that they fill a row group; problems go to ``problems``."""
    group: list[Speech] = []
    characters = 0
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
            continue
        group.append(item)
        characters += len(item.text)
        if characters >= ROW_GROUP:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _extracted(speech: Speech, known: Lexicon, least: float) -> Extraction:
    try:
        return above(extract(speech, known), least)
    except Exception as error:
        error.add_note(f"while extracting from {speech.source.path} ({speech.doc}); please report this with the text")
        raise


def _parted(batch: pa.RecordBatch) -> Iterator[Extraction]:
    """The extractions of a batch, one at a time."""
    return (found for i in range(batch.num_rows) for found in shards.extractions(batch.slice(i, 1)))
