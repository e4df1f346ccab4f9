"""The RDF files of an output written from those of an earlier one and the lines that changed.

The files are sorted by subject, so what is said of one subject stands together in each of them, and everything between
two subjects that changed is copied as it is. A place in a file is found by bisection; nothing is held in memory but what
changed. The result is what ``export.write`` would have written.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from kg.rdf.lines import Prefixes, Statement, blocks, nodes, triples
from kg.rdf.names import JSONLD, NQUADS, TURTLE, prefixes

NEAR = 1 << 12
"""Bytes in which the next subject is looked for first: changes come in clusters."""

BUFFER = 1 << 20

GRAPH = b'"@graph": ['
NODE = b'{"@id":"'
LAST = b"\n]}\n"


class Changes(NamedTuple):
    """Lines of N-Quads, without line ends, that an earlier output has and the new one has not, and the other way."""

    removed: set[str]
    added: set[str]


class Patched(NamedTuple):
    """What changed, as N-Quads: the statements of the named graphs, and the union of all graphs as triples."""

    named: Changes
    union: Changes


class Parts:
    """A file as its parts, each about one subject (N-Quads: a line, so that a subject has several).

    ``mark`` stands between two parts, and its first character still belongs to the first of them. ``subject`` gives
    the subject of the part at an offset as ``<iri>``; parts are sorted by it.
    """

    def __init__(
        self, data: mmap.mmap, body: int, end: int, mark: bytes, subject: Callable[[mmap.mmap, int], bytes]
    ) -> None:
        self.data, self.body, self.end = data, body, end
        self._mark, self._subject = mark, subject

    def find(self, subject: bytes, low: int) -> tuple[int, int]:
        """Start and end of what is said of a subject, from ``low`` on; equal where it would have to stand."""
        high, step = self.end, NEAR
        while low + step < self.end:
            start = self._start(low, low + step)
            if self._subject(self.data, start) >= subject:
                high = start
                break
            low, step = self._next(start), 4 * step
        while low < high:
            start = self._start(low, (low + high) // 2)
            if self._subject(self.data, start) < subject:
                low = self._next(start)
            else:
                high = start
        while high < self.end and self._subject(self.data, high) == subject:
            high = self._next(high)
        return low, high

    def _start(self, low: int, offset: int) -> int:
        """Where the part around an offset begins, if that is not before ``low``."""
        found = self.data.rfind(self._mark, low, offset - 1 + len(self._mark))
        return low if found < 0 else found + 1

    def _next(self, start: int) -> int:
        found = self.data.find(self._mark, start, self.end)
        return self.end if found < 0 else found + 1


class Nquads:
    """An N-Quads file, open for looking up subjects."""

    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        self._parts = Parts(data, 0, len(data), b"\n", lambda d, start: d[start : d.find(b" ", start)])

    def find(self, subject: bytes, low: int = 0) -> tuple[int, int]:
        """Start and end of a subject's lines."""
        return self._parts.find(subject, low)

    def lines(self, start: int, end: int) -> list[str]:
        """The lines between two offsets."""
        return self._data[start:end].decode("utf-8").split("\n")[:-1]

    def of(self, subject: str) -> list[str]:
        """The lines of a subject (``<iri>``)."""
        return self.lines(*self.find(subject.encode()))


@contextmanager
def mapped(path: Path) -> Iterator[mmap.mmap]:
    """A file as bytes that are read where they are looked at."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data


def patch(old: Path, new: Path, changes: Changes, base: str) -> Patched:
    """Write N-Quads, Turtle and JSON-LD to the folder ``new``: those of ``old``, with changes.

    Raises:
        ValueError: a line to remove is not there, or one to add is.
    """
    known = prefixes(base)
    by_subject: dict[str, tuple[set[str], set[str]]] = {}
    for which, lines in enumerate(changes):
        for line in lines:
            by_subject.setdefault(line[: line.index(" ")], (set(), set()))[which].add(line)
    patched = Patched(Changes(set(), set()), Changes(set(), set()))
    with ExitStack() as stack:
        nquads = stack.enter_context(mapped(old / NQUADS))
        outs = [stack.enter_context((new / name).open("wb", BUFFER)) for name in (NQUADS, TURTLE, JSONLD)]
        lines_of, lines_to = Nquads(nquads), _Text(outs[0], nquads, 0)
        turtle, to_turtle = _turtle(stack.enter_context(mapped(old / TURTLE)), outs[1], known)
        jsonld, to_jsonld = _jsonld(stack.enter_context(mapped(old / JSONLD)), outs[2], known)
        short = Prefixes(known)
        for subject in sorted(by_subject):
            removed, added = by_subject[subject]
            key = subject.encode()
            start, end = lines_of.find(key, lines_to.done)
            before = lines_of.lines(start, end)
            there = set(before)
            if not removed <= there or added & there:
                raise ValueError(f"{old / NQUADS}: what it says of {subject} is not what its build wrote")
            after = sorted((there - removed) | added)
            lines_to.replace(start, end, "".join(line + "\n" for line in after).encode())
            _note(patched.named, removed, added)
            said, saying = list(triples(before)), list(triples(after))
            if said != saying:
                _note(patched.union, *map(_as_lines, (set(said) - set(saying), set(saying) - set(said))))
                block = "".join("\n" + block for block in blocks(saying, short))
                to_turtle.replace(*turtle.find(key, to_turtle.done), block.encode())
                to_jsonld.replace(*jsonld.find(key, to_jsonld.done), "".join(nodes(saying, short)).encode())
        for to in (lines_to, to_turtle, to_jsonld):
            to.finish()
    return patched


def _note(changes: Changes, removed: Iterable[str], added: Iterable[str]) -> None:
    changes.removed.update(removed)
    changes.added.update(added)


def _as_lines(statements: Iterable[Statement]) -> Iterator[str]:
    return (f"{s.subject} {s.predicate} {s.object} ." for s in statements)


class _Text:
    """Writes a file as it was, with parts replaced; ``done`` is how far it has been copied, ``body`` to begin with."""

    def __init__(self, out: IO[bytes], data: mmap.mmap, body: int) -> None:
        self._out, self._data, self.done = out, data, body
        out.write(data[:body])

    def replace(self, start: int, end: int, part: bytes) -> None:
        """Copy up to ``start``, write ``part``, and go on behind ``end``."""
        self._copy(start)
        self._out.write(part)
        self.done = end

    def finish(self) -> None:
        """Copy the rest."""
        self._copy(len(self._data))

    def _copy(self, end: int) -> None:
        if self.done < end:
            self._out.write(self._data[self.done : end])


class _Nodes(_Text):
    """The same for JSON-LD, where commas stand between nodes and not behind the last."""

    def __init__(self, out: IO[bytes], data: mmap.mmap, body: int) -> None:
        super().__init__(out, data, body - 1)
        self.done, self._between = body, b"\n"

    def replace(self, start: int, end: int, part: bytes) -> None:
        self._copy(start)
        if part:
            self._write(part)
        self.done = end

    def finish(self) -> None:
        self._copy(len(self._data) - len(LAST) + 1)
        self._out.write(LAST)

    def _copy(self, end: int) -> None:
        if self.done < end:
            last = end - 1  # the line end
            self._write(self._data[self.done : last - (self._data[last - 1] == ord(","))])

    def _write(self, part: bytes) -> None:
        self._out.write(self._between)
        self._out.write(part)
        self._between = b",\n"


def _turtle(data: mmap.mmap, out: IO[bytes], known: dict[str, str]) -> tuple[Parts, _Text]:
    body = data.find(b"\n\n") + 1 or len(data)
    namespaces = {prefix.encode(): namespace.encode() for prefix, namespace in known.items()}

    def subject(data: mmap.mmap, start: int) -> bytes:
        token = data[start + 1 : data.find(b" ", start)]
        if token[:1] == b"<":
            return token
        prefix, _, local = token.partition(b":")
        return b"<%b%b>" % (namespaces[prefix], local.replace(b"\\/", b"/").replace(b"\\~", b"~"))

    return Parts(data, body, len(data), b"\n\n", subject), _Text(out, data, body)


def _jsonld(data: mmap.mmap, out: IO[bytes], known: dict[str, str]) -> tuple[Parts, _Nodes]:
    body = data.find(GRAPH) + len(GRAPH) + 1
    namespaces = {prefix.encode(): namespace.encode() for prefix, namespace in known.items()}

    def subject(data: mmap.mmap, start: int) -> bytes:
        start += len(NODE)
        token = data[start : data.find(b'"', start)]
        prefix, _, local = token.partition(b":")
        return b"<%b>" % (token if local[:2] == b"//" else namespaces.get(prefix, prefix + b":") + local)

    return Parts(data, body, len(data) - len(LAST) + 1, b"\n", subject), _Nodes(out, data, body)
