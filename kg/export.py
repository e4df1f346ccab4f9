"""An output folder in other formats: RDF of every kind, graph files for Gephi and yEd, tables as CSV or Parquet.

All of them are made from what a build wrote, so they hold the same, and need no speech to be read again.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal, cast, get_args

from kg.rdf.export import read_lines
from kg.rdf.lines import (
    by_graph,
    from_graph,
    opened,
    sorted_lines,
    triples,
    write_jsonld,
    write_trig,
    write_turtle,
)
from kg.rdf.names import DEFAULT_BASE, NQUADS, VOCABULARIES, prefixes

Format = Literal["ttl", "nt", "nq", "trig", "jsonld", "rdf", "graphml", "gexf", "csv", "parquet"]

GRAPHML = "graph.graphml"
TABLES = "tables"
FORMATS: tuple[Format, ...] = get_args(Format)
FOLDERS = ("csv", "parquet")
"""Formats of several files."""

_URI_SPACE = f"<{VOCABULARIES['void']}uriSpace>"


class ExportError(ValueError):
    """An export that cannot be made; the message says why and what to do."""


def format_of(target: Path) -> Format:
    """The format that a file name asks for by its suffix, .gz aside.

    Raises:
        ExportError: the suffix is that of no format.
    """
    name = target.name.removesuffix(".gz")
    suffix = name.rpartition(".")[2]
    for known in FORMATS:
        if known == suffix:
            return known
    raise ExportError(f"{target}: the suffix tells no format; use --format with one of {', '.join(FORMATS)}")


def export(out: Path, target: Path | None = None, format: Format | None = None) -> None:
    """Write an output folder in one format.

    RDF is written statement by statement: memory does not grow with the graph. ``ttl``, ``nt``, ``jsonld`` and ``rdf``
    (RDF/XML) hold the union of the graphs, ``nq`` and ``trig`` the named graphs. Equal folders give equal bytes.

    Args:
        out: the folder that ``kg build -o`` wrote.
        target: the file to write, compressed if it ends in .gz; a folder for ``csv`` and ``parquet``; None for
            standard output.
        format: one of ``FORMATS``; by default what the suffix of ``target`` says.

    Raises:
        ExportError: the format is not known, or takes a folder and none is given.
    """
    if format is None:
        if target is None:
            raise ExportError(f"say which format: one of {', '.join(FORMATS)}")
        format = format_of(target)
    if format in FOLDERS:
        if target is None:
            raise ExportError(f"{format} is a file for each table: give a folder with -o")
        target.mkdir(parents=True, exist_ok=True)
        for table in sorted((out / TABLES).glob("*.parquet")):
            if format == "parquet":
                _parquet(table, target / table.name)
            else:
                with opened(target / f"{table.stem}.csv") as file:
                    _csv(table, file)
        return
    with _file(target) as file:
        _WRITERS[format](out, file)


@contextmanager
def _file(target: Path | None) -> Iterator[IO[str]]:
    if target is None:
        yield sys.stdout
    else:
        with opened(target) as file:
            yield file


def _nquads(out: Path, file: IO[str]) -> None:
    file.writelines(line + "\n" for line in read_lines(out / NQUADS))


def _ntriples(out: Path, file: IO[str]) -> None:
    file.writelines(f"{s} {p} {o} .\n" for s, p, o, _ in triples(read_lines(out / NQUADS)))


def _turtle(out: Path, file: IO[str]) -> None:
    write_turtle(triples(read_lines(out / NQUADS)), file, prefixes(_base(out)))


def _jsonld(out: Path, file: IO[str]) -> None:
    write_jsonld(triples(read_lines(out / NQUADS)), file, prefixes(_base(out)))


def _trig(out: Path, file: IO[str]) -> None:
    with sorted_lines(by_graph(read_lines(out / NQUADS))) as ordered:
        write_trig(map(from_graph, ordered), file, prefixes(_base(out)))


def _rdfxml(out: Path, file: IO[str]) -> None:
    """RDF/XML by Oxigraph's writer; characters that XML cannot hold become U+FFFD."""
    from pyoxigraph import RdfFormat, parse, serialize

    lines = (f"{s} {p} {_FORBIDDEN.sub(_mark, o)} .\n" for s, p, o, _ in triples(read_lines(out / NQUADS)))
    found = (quad.triple for line in lines for quad in parse(line, format=RdfFormat.N_TRIPLES))
    serialize(found, cast(IO[bytes], _Bytes(file)), RdfFormat.RDF_XML, prefixes=VOCABULARIES)


_FORBIDDEN = re.compile(r"(\\\\)|\\u00(?:0[0-8BCEF]|1[0-9A-F])|\\[bf]|\\uFFF[EF]|[\ufffe\uffff]")
"""What XML 1.0 has no way to write, in the escapes of N-Triples; an escaped backslash is passed over."""


def _mark(found: re.Match[str]) -> str:
    return found[1] or "\ufffd"


class _Bytes(io.RawIOBase):
    """A file for bytes over one for text: Oxigraph writes UTF-8, sometimes in the middle of a character."""

    def __init__(self, file: IO[str]) -> None:
        import codecs

        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def writable(self) -> bool:
        """Whether it can be written to."""
        return True

    def write(self, data: object) -> int:
        """Write some bytes."""
        chunk = bytes(data)  # type: ignore[call-overload]
        self._file.write(self._decoder.decode(chunk))
        return len(chunk)


def _graphml(out: Path, file: IO[str]) -> None:
    with (out / GRAPHML).open(encoding="utf-8", newline="\n") as source:
        shutil.copyfileobj(source, file)


def _gexf(out: Path, file: IO[str]) -> None:
    """GEXF from the GraphML of the build, without the date that networkx puts in."""
    import networkx as nx
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph(nx.read_graphml(out / GRAPHML, force_multigraph=True))
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
    file.write(str(writer) + "\n")


def _parquet(table: Path, target: Path) -> None:
    """A table as one Parquet file: large builds keep theirs as a folder of parts."""
    if table.is_file():
        shutil.copyfile(table, target)
        return
    import pyarrow.dataset as ds
    import pyarrow.parquet as pq

    parts = ds.dataset(table, format="parquet")
    with pq.ParquetWriter(target, parts.schema, compression="zstd") as file:
        for batch in parts.to_batches(batch_size=10_000):
            file.write_batch(batch)


def _csv(table: Path, file: IO[str]) -> None:
    """A table as CSV, batch by batch; lists and maps as JSON."""
    import csv

    import pyarrow.dataset as ds

    source = ds.dataset(table, format="parquet")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(source.schema.names)
    for batch in source.to_batches(batch_size=10_000):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            writer.writerow(
                json.dumps(v, ensure_ascii=False, sort_keys=True) if isinstance(v, list | dict) else v for v in row
            )


def _base(out: Path) -> str:
    """The IRI base of the data, as its own description says."""
    manifest = out / "manifest.json"
    if manifest.exists():
        base: str = json.loads(manifest.read_text("utf-8"))["parameters"]["base"]
        return base
    for s in triples(read_lines(out / NQUADS)):
        if s.predicate == _URI_SPACE:
            return s.object[1:-1]
    return DEFAULT_BASE


_WRITERS: dict[str, Callable[[Path, IO[str]], None]] = {
    "ttl": _turtle,
    "nt": _ntriples,
    "nq": _nquads,
    "trig": _trig,
    "jsonld": _jsonld,
    "rdf": _rdfxml,
    "graphml": _graphml,
    "gexf": _gexf,
}
