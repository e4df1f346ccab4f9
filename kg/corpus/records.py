"""Files of records, a speech each: JSON Lines, CSV, Parquet. Read row by row: a file may be larger than memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from kg.corpus import encoding
from kg.corpus.draft import MAX_TEXT, Draft, Unreadable
from kg.corpus.metadata import field_name
from kg.model import Problem

TEXT = ("text", "content", "full_text", "fulltext", "body", "正文", "内容", "全文", "文本")
KEYS = ("id", "key", "doc_id", "docid", "uuid", "编号")
MAX_RECORD = 64 * 2**20
"""Bytes of one line of JSON Lines."""
SAMPLE = 2**20


def jsonl_drafts(stream: BinaryIO, path: str) -> Iterator[Draft | Problem]:
    """Yield the texts of JSON Lines; a line that cannot be used is a Problem with its number, and the rest is read.

    Raises Unreadable if no line has a text column.
    """
    name = _encoding(stream)
    if name.startswith(("utf-16", "utf-32")):
        stream = io.BytesIO(stream.read().decode(name).encode())  # lines cannot be found in the bytes
        name = "utf-8"
    yield from _drafts(_json_rows(stream, path, name), path, name)


def csv_drafts(stream: BinaryIO, path: str) -> Iterator[Draft | Problem]:
    """Yield the texts of a CSV file with a header row (comma, semicolon or tab). Raises Unreadable as above."""
    name = _encoding(stream)
    csv.field_size_limit(MAX_TEXT)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig" if name == "utf-8" else name, newline="")
    try:
        yield from _drafts(_csv_rows(text, path), path, name)
    except UnicodeDecodeError as error:
        raise Unreadable(f"not valid {name.upper()} throughout ({error.reason}): save it as UTF-8") from error
    finally:
        text.detach()


def parquet_drafts(stream: BinaryIO, path: str) -> Iterator[Draft | Problem]:
    """Yield the texts of a Parquet file. Raises Unreadable as above, or for a broken file."""
    import pyarrow  # here, for it takes a tenth of a second to load
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.ParquetFile(stream)
        columns = table.schema_arrow.names
        if _text_column(columns) is None:
            raise Unreadable(_no_text(columns))
        rows = (
            (i, row) for i, row in enumerate((r for b in table.iter_batches(batch_size=64) for r in b.to_pylist()), 1)
        )
        yield from _drafts(rows, path, None)
    except (pyarrow.ArrowException, OSError, ValueError) as error:  # ValueError: a damaged string
        raise Unreadable(f"broken Parquet file ({str(error).splitlines()[0][:120]}): write it again") from error


def _drafts(
    rows: Iterable[tuple[int, Mapping[str, Any]] | Problem], path: str, name: str | None
) -> Iterator[Draft | Problem]:
    seen = used = 0
    columns: dict[str, None] = {}
    for row in rows:
        if isinstance(row, Problem):
            yield row
            continue
        number, record = row
        seen += 1
        text_column = _text_column(record)
        if text_column is None:
            columns |= dict.fromkeys(map(str, list(record)[:20]))
            if used:
                yield Problem(f"{path}#{number}", _no_text(record))
            continue
        if not used and seen > 1:
            yield Problem(path, f"{seen - 1} records before record {number} skipped: {_no_text(columns)}")
        used += 1
        yield _draft(number, record, text_column, name)
    if not used:
        raise Unreadable(_no_text(columns) if seen else "no records in it")


def _draft(number: int, record: Mapping[str, Any], text_column: str, name: str | None) -> Draft:
    fields: dict[str, str] = {}
    key = ""
    for column, value in record.items():
        words = _words(value)
        if column == text_column or not words:
            continue
        if str(column).strip().lower() in KEYS and not key:
            key = encoding.printable(words.strip())[:200]
        field = field_name(str(column))
        if field == "date" and len(fields.get("date", "")) > len(words):
            continue  # of year and date the longer stays, in whatever order they come
        fields[field] = words
    return Draft(_words(record[text_column]), fields, key=key or str(number), numbered=not key, encoding=name)


def _json_rows(stream: BinaryIO, path: str, name: str) -> Iterator[tuple[int, Mapping[str, Any]] | Problem]:
    number = 0
    while line := stream.readline(MAX_RECORD + 1):
        number += 1
        if len(line) > MAX_RECORD:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_RECORD)
            yield Problem(f"{path}#{number}", f"line {number} is longer than {MAX_RECORD >> 20} MB: one speech a line")
            continue
        if not line.strip():
            continue
        try:
            record = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode(name))
        except (ValueError, RecursionError) as error:
            reason = "nested too deep" if isinstance(error, RecursionError) else str(error)[:100]
            yield Problem(f"{path}#{number}", f"line {number} is not JSON ({reason}): one object a line")
            continue
        if not isinstance(record, dict):
            yield Problem(
                f"{path}#{number}", f"line {number} is not a JSON object: one object with a text column a line"
            )
            continue
        yield number, record


def _csv_rows(text: io.TextIOWrapper, path: str) -> Iterator[tuple[int, Mapping[str, Any]] | Problem]:
    first = text.readline(MAX_TEXT)
    if not first.strip():
        raise Unreadable("no header row: the first row names the columns")
    delimiter = max(",;\t", key=first.count)
    header = next(csv.reader([first], delimiter=delimiter))
    rows = csv.reader(text, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(f"{path}#{number}", f"record {number} (line {rows.line_num + 1}) is not CSV ({error})")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            wide = f"record {number} has {len(cells)} cells for {len(header)} columns"
            yield Problem(f"{path}#{number}", f"{wide}: put texts with {delimiter!r} in quotes")
            continue
        yield number, dict(zip(header, cells, strict=False))


def _encoding(stream: BinaryIO) -> str:
    """The encoding of a stream by its first megabyte; the stream is back where it was."""
    start = stream.tell()
    sample = stream.read(SAMPLE)
    stream.seek(start)
    for mark, name in encoding.BOMS:
        if sample.startswith(mark):
            if name != "utf-8":
                stream.seek(start + len(mark))
            return name
    cut = sample[: sample.rfind(b"\n") + 1] or sample
    return encoding.decode(cut).encoding


def _text_column(columns: Iterable[Any]) -> str | None:
    by_name = {str(column).strip().lower(): column for column in columns}
    return next((by_name[name] for name in TEXT if name in by_name), None)


def _no_text(columns: Iterable[Any]) -> str:
    found = ", ".join(str(column)[:40] for column in list(columns)[:20]) or "none"
    return f"no text column (found: {found}): name it text, content or full_text"


def _words(value: Any) -> str:
    if value is None or value != value:  # NaN is what data frames write for nothing
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a year column with a gap became a column of floats
    return str(value)
