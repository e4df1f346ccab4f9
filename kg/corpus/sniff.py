"""What a file holds, by its first bytes; its suffix only where these say “text”."""

from __future__ import annotations

import zipfile
from pathlib import PurePath
from typing import BinaryIO

from kg.corpus.draft import Unreadable

SUFFIXES = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".zip": "zip",
}
BINARY = ("docx", "pdf", "parquet", "zip")
HEAD = 4096

# First bytes of what people put among their speeches, and what to do with it.
FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file: save it as .docx or .txt"),
    (b"{\\rtf", "Rich Text: save it as .docx or .txt"),
    (b"\x1f\x8b", "gzip: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it, or pack it as .zip"),
    (b"Rar!", "a RAR archive: unpack it, or pack it as .zip"),
    (b"\x89PNG", "a picture: run text recognition (OCR) on it first"),
    (b"\xff\xd8\xff", "a picture: run text recognition (OCR) on it first"),
    (b"GIF8", "a picture: run text recognition (OCR) on it first"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database: export its table as CSV"),
)


def format_of(stream: BinaryIO, name: str) -> str:
    """The format of a stream: text, markdown, docx, pdf, html, jsonl, csv, parquet or zip; the stream is rewound.

    Raises Unreadable for a format that is known and not read.
    """
    head = stream.read(HEAD)
    stream.seek(0)
    for magic, what in FOREIGN:
        if head.startswith(magic):
            raise Unreadable(what)
    suffix = SUFFIXES.get(PurePath(name).suffix.lower())
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(stream, suffix)
    if suffix == "zip" and head:
        raise Unreadable("broken zip archive: its first bytes are not those of one; pack it again")
    if suffix in BINARY and b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"broken {suffix} file: its first bytes are not those of one")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")) and (
        b"<html" in start or suffix not in ("text", "markdown")
    ):
        return "html"
    if start.startswith(b'{"') and suffix in ("text", "csv", None, *BINARY):
        return "jsonl"
    return suffix if suffix and suffix not in BINARY else "text"


def _zipped(stream: BinaryIO, suffix: str | None) -> str:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist()[:1000])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        kind = "Word document" if suffix == "docx" else "zip archive"
        raise Unreadable(f"broken {kind} ({error}): save or pack it again") from error
    finally:
        stream.seek(0)
    if "word/document.xml" in names:
        return "docx"
    for sign, what in (
        ("xl/workbook.xml", "an Excel file: save it as CSV"),
        ("ppt/presentation.xml", "a PowerPoint file: save its text as .txt"),
        ("content.xml", "an OpenDocument file: save it as .docx"),
    ):
        if sign in names:
            raise Unreadable(what)
    return "zip"
