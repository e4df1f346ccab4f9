"""Plain text and Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.corpus.draft import MAX_FILE, Draft, Unreadable
from kg.corpus.encoding import decode


def drafts(stream: BinaryIO, *, markdown: bool = False) -> Iterator[Draft]:
    """Yield the one text of a file, decoded. Raises Unreadable for what is no text, empty or too big."""
    data = read_whole(stream)
    text, encoding, lost = decode(data)
    warnings = (
        (f"{lost:,} places are not valid {encoding.upper()} and are shown as U+FFFD: save it again as UTF-8",)
        if lost
        else ()
    )
    yield Draft(text, {}, encoding=encoding, warnings=warnings, markdown=markdown)


def read_whole(stream: BinaryIO) -> bytes:
    """All bytes of a stream. Raises Unreadable if it is empty or longer than MAX_FILE."""
    data = stream.read(MAX_FILE + 1)
    if not data.strip():
        raise Unreadable("empty: no text in it")
    if len(data) > MAX_FILE:
        raise Unreadable(f"larger than {MAX_FILE >> 20} MB: split it into its speeches")
    return data
