"""What a format module hands over: decoded text and the fields that the file itself names."""

from __future__ import annotations

from typing import NamedTuple

MAX_FILE = 256 * 2**20
"""Bytes of a file that is read whole (text, Word, PDF, HTML, standard input). Record files are streamed."""

MAX_TEXT = 20_000_000
"""Characters of one speech: a thousand times a long report."""

MAX_LINE = 1_000_000
"""Characters of one line of a speech; the longest speech known has a twentieth of that in all its lines."""


class Unreadable(Exception):  # noqa: N818 - raised as a statement about the file
    """A whole input cannot be read; the message tells a person why and what to do."""


class Draft(NamedTuple):
    """One text as decoded, before cleaning.

    ``fields`` are the file's own words under the names of ``metadata.FIELDS`` where one fits. ``key`` is the record's
    key in a file of records; ``numbered`` says that it is only its row's number. ``warnings`` say what was lost on the
    way (undecodable bytes, pages without text).
    """

    text: str
    fields: dict[str, str]
    key: str | None = None
    numbered: bool = False
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    markdown: bool = False
