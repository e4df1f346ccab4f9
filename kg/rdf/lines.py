"""Statements as lines of N-Quads: sorted without holding them all, taken apart, and written in other formats.

Oxigraph writes one statement a line in one way only (canonical N-Quads), and its escapes are those of Turtle and JSON
too. So the formats can be written from the lines as text, which is faster than by terms, and whoever reads sorted lines
needs memory for one subject at a time.
"""

from __future__ import annotations

import gzip
import heapq
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path
from typing import IO, NamedTuple

from pyoxigraph import Quad, RdfFormat, serialize

RUN = 20_000
"""Lines that are sorted in memory at a time: more take more memory, and are not faster."""

FILES = 200
"""Sorted runs that are merged at a time: each is an open file."""

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER = re.compile(r"0|-?[1-9]\d{0,14}")

_BASE_CHARS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS = _BASE_CHARS + r"_0-9\u00b7\u0300-\u036f\u203f\u2040\-"
_PLX = r"%[0-9A-Fa-f]{2}|\\[/~!$&'()*+,;=?#@]"
LOCAL = re.compile(rf"(?:[{_BASE_CHARS}_:0-9]|{_PLX})(?:(?:[{_CHARS}.:]|{_PLX})*(?:[{_CHARS}:]|{_PLX}))?")
"""The local part of a prefixed name, as Turtle's grammar has it (PN_LOCAL)."""


class Statement(NamedTuple):
    """A line taken apart, each term in the syntax of N-Triples; ``graph`` is "" for the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str


def lines_of(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield each quad as a line of N-Quads, without the line end."""
    rest = iter(quads)
    while batch := list(islice(rest, 20_000)):
        out = io.BytesIO()
        serialize(batch, out, RdfFormat.N_QUADS)
        yield from out.getvalue().decode("utf-8").split("\n")[:-1]


@contextmanager
def sorted_lines(lines: Iterable[str], run: int = RUN, files: int = FILES) -> Iterator[Iterator[str]]:
    """Give the lines sorted and each once: in memory where they are few, else by merging sorted runs from disk."""
    rest = iter(lines)
    first = sorted(islice(rest, run))
    with ExitStack() as stack:
        levels: list[list[IO[str]]] = [[]]  # runs, runs merged of FILES runs, and so on: a line is copied once a level
        while more := sorted(islice(rest, run)):
            levels[0].append(_spooled(more, stack))
            del more
            for level, runs in enumerate(levels):
                if len(runs) == files:
                    merged = _spooled(heapq.merge(*map(_without_ends, runs)), stack)
                    for file in runs:
                        file.close()
                    runs.clear()
                    if level + 1 == len(levels):
                        levels.append([])
                    levels[level + 1].append(merged)
        spooled = [file for runs in levels for file in runs]
        ordered = heapq.merge(first, *map(_without_ends, spooled)) if spooled else iter(first)
        yield (line for line, _ in groupby(ordered))


def _spooled(lines: Iterable[str], stack: ExitStack) -> IO[str]:
    """A temporary file with these lines, at its beginning."""
    file = stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))  # noqa: SIM115
    file.writelines(line + "\n" for line in lines)
    file.seek(0)
    return file


def _without_ends(lines: Iterable[str]) -> Iterator[str]:
    return (line[:-1] for line in lines)


def statement(line: str) -> Statement:
    """Take a line apart."""
    subject, predicate, rest = line.split(" ", 2)
    rest = rest[:-2]
    if rest[0] == '"':
        before, _, last = rest.rpartition(" ")
        # A graph is an IRI after a blank; within a literal, "<" after a blank would have a quotation mark behind it.
        if last[:1] == "<" and '"' not in last:
            return Statement(subject, predicate, before, last)
        return Statement(subject, predicate, rest, "")
    object_, _, graph = rest.partition(" ")
    return Statement(subject, predicate, object_, graph)


def triples(lines: Iterable[str]) -> Iterator[Statement]:
    """Yield the union of the graphs from sorted lines: each triple once, with the graph "".

    Equal triples of several graphs are neighbours, so that nothing needs to be remembered.
    """
    last: Statement | None = None
    for line in lines:
        subject, predicate, object_, _ = statement(line)
        found = Statement(subject, predicate, object_, "")
        if found != last:
            yield found
            last = found


def by_graph(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines with the graph in front, so that sorting brings each graph together; ``from_graph`` undoes it."""
    for line in lines:
        subject, predicate, object_, graph = statement(line)
        yield f"{graph} {subject} {predicate} {object_}"


def from_graph(line: str) -> Statement:
    """Take a line of ``by_graph`` apart."""
    graph, subject, predicate, object_ = line.split(" ", 3)
    return Statement(subject, predicate, object_, graph)


class Prefixes:
    """Shortens IRIs by prefixes (prefix → namespace), none of them inside another."""

    def __init__(self, known: dict[str, str]) -> None:
        self.known = dict(sorted(known.items()))
        self._by_namespace = {namespace: prefix for prefix, namespace in known.items()}
        longest_first = sorted(map(re.escape, self._by_namespace), key=len, reverse=True)
        self._namespace = re.compile("|".join(longest_first))
        # An IRI comes back with every mention; what is kept of them is bounded.
        self.turtle = lru_cache(1 << 14)(self._turtle)
        self.compact = lru_cache(1 << 14)(self._compact)

    def _turtle(self, iri: str) -> str:
        """``<iri>`` as Turtle: a prefixed name where its grammar allows one."""
        if match := self._namespace.match(iri, 1):
            local = iri[match.end() : -1].replace("/", "\\/").replace("~", "\\~")
            if LOCAL.fullmatch(local):
                return f"{self._by_namespace[match[0]]}:{local}"
        return iri

    def _compact(self, iri: str) -> str:
        """``<iri>`` as a compact IRI of JSON-LD, in quotation marks.

        Raises:
            ValueError: the IRI's scheme is one of the prefixes, so that a reader would expand it.
        """
        match = self._namespace.match(iri, 1)
        if match and not iri.startswith("//", match.end()):
            return f'"{self._by_namespace[match[0]]}:{iri[match.end() : -1]}"'
        if (scheme := iri[1:].partition(":")[0]) in self.known and "//" not in iri[:20]:
            raise ValueError(f"{iri} would be read with the prefix {scheme}:")
        return f'"{iri[1:-1]}"'


def write_turtle(statements: Iterable[Statement], out: IO[str], known: dict[str, str]) -> None:
    """Write triples that come grouped by subject and predicate as Turtle: a block a subject, its types first."""
    prefixes = Prefixes(known)
    out.writelines(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.known.items())
    for block in blocks(statements, prefixes):
        out.write("\n" + block)


def write_trig(statements: Iterable[Statement], out: IO[str], known: dict[str, str]) -> None:
    """Write quads that come grouped by graph, then subject, then predicate, as TriG."""
    prefixes = Prefixes(known)
    out.writelines(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.known.items())
    for graph, content in groupby(statements, lambda s: s.graph):
        if graph:
            out.write(f"\n{prefixes.turtle(graph)} {{\n")
        for block in blocks(content, prefixes):
            out.write(block if graph else "\n" + block)
        if graph:
            out.write("}\n")


def blocks(statements: Iterable[Statement], prefixes: Prefixes) -> Iterator[str]:
    """Yield all statements of a subject as one block of Turtle, with its line end."""
    turtle = prefixes.turtle
    for subject, described in groupby(statements, lambda s: s.subject):
        types: list[str] = []
        others: list[str] = []
        last = None
        for _, predicate, object_, _ in described:
            written = turtle(object_) if object_[0] == "<" else _literal(object_, turtle)
            if predicate == RDF_TYPE:
                types.append(written)
            elif predicate == last:
                others[-1] += f" , {written}"
            else:
                others.append(f"{turtle(predicate)} {written}")
                last = predicate
        parts = ([f"a {' , '.join(types)}"] if types else []) + others
        yield turtle(subject) + " " + " ;\n\t".join(parts) + " .\n"


def _literal(literal: str, turtle: Callable[[str], str]) -> str:
    """A literal as Turtle: whole numbers and truth values bare, datatypes short."""
    if literal[-1] != ">":
        return literal
    value, _, datatype = literal.rpartition("^^")
    short = turtle(datatype)
    text = value[1:-1]
    if (short == "xsd:integer" and _INTEGER.fullmatch(text)) or (short == "xsd:boolean" and text in ("true", "false")):
        return text
    return f"{value}^^{short}"


def write_jsonld(statements: Iterable[Statement], out: IO[str], known: dict[str, str]) -> None:
    """Write triples that come grouped by subject and predicate as compact JSON-LD: a context, then a node a line."""
    prefixes = Prefixes(known)
    context = ",\n ".join(f'"{prefix}": "{namespace}"' for prefix, namespace in prefixes.known.items())
    out.write(f'{{"@context": {{\n {context}\n}},\n"@graph": [')
    between = "\n"
    for node in nodes(statements, prefixes):
        out.write(between + node)
        between = ",\n"
    out.write("\n]}\n")


def nodes(statements: Iterable[Statement], prefixes: Prefixes) -> Iterator[str]:
    """Yield all statements of a subject as one node of JSON-LD, on one line without its end."""
    compact = prefixes.compact
    for subject, described in groupby(statements, lambda s: s.subject):
        types: list[str] = []
        properties: list[tuple[str, list[str]]] = []
        last = None
        for _, predicate, object_, _ in described:
            if predicate == RDF_TYPE:
                types.append(compact(object_))
                continue
            written = f'{{"@id":{compact(object_)}}}' if object_[0] == "<" else _value(object_, compact)
            if predicate == last:
                properties[-1][1].append(written)
            else:
                properties.append((compact(predicate), [written]))
                last = predicate
        parts = [f'"@id":{compact(subject)}']
        if types:
            parts.append(f'"@type":[{",".join(types)}]')
        parts += [f"{key}:{v[0]}" if len(v) == 1 else f"{key}:[{','.join(v)}]" for key, v in properties]
        yield f"{{{','.join(parts)}}}"


def _value(literal: str, compact: Callable[[str], str]) -> str:
    """A literal as a JSON-LD value; the escapes of N-Triples are JSON's."""
    if literal[-1] == '"':
        return literal
    if literal[-1] != ">":
        value, _, language = literal.rpartition("@")
        return f'{{"@value":{value},"@language":"{language}"}}'
    value, _, datatype = literal.rpartition("^^")
    text = value[1:-1]
    if datatype == f"<{_XSD}integer>" and _INTEGER.fullmatch(text):
        return text
    if datatype == f"<{_XSD}boolean>" and text in ("true", "false"):
        return text
    return f'{{"@value":{value},"@type":{compact(datatype)}}}'


@contextmanager
def opened(path: Path, level: int = 9) -> Iterator[IO[str]]:
    """A text file to write, UTF-8; compressed if its name ends in .gz, with neither name nor time in it.

    ``level`` is gzip's, from 1 (fast) to 9 (small).
    """
    if path.suffix != ".gz":
        with path.open("w", encoding="utf-8", newline="\n") as plain:
            yield plain
        return
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=level, fileobj=raw, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="\n") as text,
    ):
        yield text
