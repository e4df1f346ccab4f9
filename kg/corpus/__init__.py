"""A path or archive becomes speeches.

``read`` takes paths and yields a ``Speech`` for each text and a ``Problem`` for each input that could not be read; a
bad file never ends the run. ``paths_of``, ``read_file`` and ``unique`` are its parts, for a pool of processes;
``read_stream`` is for what is no file of this machine.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kg.corpus import archive, records, text
from kg.corpus.draft import MAX_FILE, Draft, Unreadable
from kg.corpus.encoding import fold
from kg.corpus.metadata import field_name
from kg.corpus.paths import STDIN, passed_over, paths_of, show
from kg.corpus.sniff import format_of
from kg.corpus.speech import speech_of
from kg.model import Problem, Source, Speech

__all__ = ["fold", "paths_of", "read", "read_file", "read_stream", "speech_from_text", "unique"]


def read(paths: Iterable[str | Path]) -> Iterator[Speech | Problem]:
    """Read files, folders and ``-`` (standard input): a Speech for each text, a Problem for each that failed.

    The order is that of the arguments, in folders and archives by name, in files of records by row.
    """
    return unique(
        item for path in paths_of(paths) for item in ((path,) if isinstance(path, Problem) else read_file(path))
    )


def read_file(path: str | Path) -> Iterator[Speech | Problem]:
    """Read one file (``-``: standard input): a Speech or Problem for each text, record or archive member in it."""
    path = Path(path)
    if path == STDIN:
        yield from _whole(sys.stdin.buffer, "-", "stdin.txt")
        return
    label = show(path)
    try:
        if path.is_file():
            with path.open("rb") as stream:
                yield from read_stream(stream, label, show(path.name))
        elif path.is_fifo():
            with path.open("rb") as stream:
                yield from _whole(stream, label, show(path.name))
        else:
            yield Problem(label, "no such file" if not path.exists() else "not a regular file")
    except OSError as error:
        yield Problem(label, f"cannot be read: {error.strerror or error}")


def unique(items: Iterable[Speech | Problem]) -> Iterator[Speech | Problem]:
    """Pass each speech once: a second one of the same id, that is name and text, becomes a skipped Problem."""
    seen: dict[str, tuple[str, str]] = {}
    for item in items:
        if isinstance(item, Problem):
            yield item
            continue
        digest = _digest(item.text)
        first = seen.get(item.id)
        if first is None:
            seen[item.id] = (item.source.path, digest)
            yield item
        elif first[1] == digest:
            yield Problem(item.source.path, f"the same name and text as {first[0]}: read once", "skipped")
        else:
            yield Problem(item.source.path, f"its id {item.id} is that of another text, {first[0]}: rename the file")


def speech_from_text(words: str, *, doc: str = "text.txt", **metadata: str) -> Speech:
    """A speech from a text in memory, cleaned, folded, its metadata found; ``metadata`` given here has precedence.

    Raises kg.corpus.draft.Unreadable if no text is left.
    """
    source = Source(path=doc, sha256=_digest(words), format="text")
    fields = {field_name(name): value for name, value in metadata.items()}
    return speech_of(Draft(words, fields), source, doc)


def _whole(stream: BinaryIO, label: str, name: str) -> Iterator[Speech | Problem]:
    """Read a stream that cannot be rewound: all of it first."""
    data = stream.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        yield Problem(label, f"more than {MAX_FILE >> 20} MB on a pipe: name the file instead")
        return
    yield from read_stream(io.BytesIO(data), label, name)


def read_stream(stream: BinaryIO, label: str, name: str, *, nested: bool = False) -> Iterator[Speech | Problem]:
    """Read one file or archive member from a stream that can be rewound.

    ``label`` names it to the user and in ``Source.path``, ``name`` is its file name. ``nested``: it comes out of an
    archive, so that it may be none itself.
    """
    try:
        kind = format_of(stream, name)
        if kind == "zip":
            if nested:
                raise Unreadable("an archive inside an archive: unpack it first")
            yield from _members(stream, label)
            return
        sha256 = hashlib.sha256()
        while chunk := stream.read(2**20):
            sha256.update(chunk)
        stream.seek(0)
        for draft in _drafts(stream, kind, label):
            if isinstance(draft, Problem):
                yield draft
                continue
            doc = f"{name}#{draft.key}" if draft.key else name
            path = f"{label}#{draft.key}" if draft.key else label
            try:
                yield speech_of(draft, Source(path, sha256.hexdigest(), kind, draft.encoding), doc)
            except Unreadable as error:
                yield Problem(path, str(error))
            yield from (Problem(path, warning) for warning in draft.warnings)
    except Unreadable as error:
        yield Problem(label, str(error))


def _drafts(stream: BinaryIO, kind: str, label: str) -> Iterator[Draft | Problem]:
    # The libraries behind these three take longer to load than most files to read: only where they are needed.
    match kind:
        case "docx":
            from kg.corpus import word

            return word.drafts(stream)
        case "pdf":
            from kg.corpus import pdf

            return pdf.drafts(stream)
        case "html":
            from kg.corpus import html

            return html.drafts(stream)
        case "jsonl":
            return records.jsonl_drafts(stream, label)
        case "csv":
            return records.csv_drafts(stream, label)
        case "parquet":
            return records.parquet_drafts(stream, label)
        case _:
            return text.drafts(stream, markdown=kind == "markdown")


def _members(stream: BinaryIO, label: str) -> Iterator[Speech | Problem]:
    empty = True
    for member in archive.members(stream, label):
        empty = False
        if isinstance(member, Problem):
            yield member
            continue
        path = f"{label}/{show(member.name)}"
        reason = passed_over(member.name)
        if reason:
            yield Problem(path, reason, "skipped")
            continue
        yield from read_stream(io.BytesIO(member.data), path, show(PurePosixPath(member.name).name), nested=True)
    if empty:
        raise Unreadable("an archive without files")


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
