"""Administrative places as a table: ``places.tsv`` → entries.

Lines beginning with ``#`` name the source. A row is: code (GB/T 2260), name, bare form (绍兴; empty where it would be
an ordinary word), "-" where the full name alone reads like ordinary words too (老城区), and the longer words in which
the bare form is something else (隆重庆祝). The code says the level and
the parent: 330000 province, 330600 prefecture, 330602 county. A name that several places have (朝阳区), and one that is
not matched alone, is shown with the place above it (北京市朝阳区); the former keeps the name alone as a shared alias.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from kg.lexicon.files import LexiconError, Placed
from kg.lexicon.schema import Entry, Level


def read_places(name: str, content: bytes) -> list[Placed]:
    """Read a table of places. Raises ``LexiconError`` naming file and line of a row that cannot be used."""
    rows: dict[str, Row] = {}
    for number, line in enumerate(content.decode("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        code, full, bare, mark, not_in, *more = [*line.split("\t"), "", "", "", ""]
        if not (len(code) == 6 and code.isdigit() and full and mark in ("", "-") and not any(more)) or code in rows:
            raise LexiconError(
                f"{name}:{number}: a row is code, name, bare form, -, not in, with tabs between; codes have six digits "
                "and are given once"
            )
        rows[code] = Row(full, bare, mark == "-", tuple(not_in.split()), number)
    often = Counter(row.full for row in rows.values())
    names = {code: _name(code, row, rows, often) for code, row in rows.items()}
    return [Placed(_entry(code, row, rows, names, often), f"{name}:{row.line}") for code, row in rows.items()]


class Row(NamedTuple):
    """A line of the table, by its columns; ``line`` counts from 1."""

    full: str
    bare: str
    ordinary: bool
    not_in: tuple[str, ...]
    line: int


def _entry(code: str, row: Row, rows: dict[str, Row], names: dict[str, str], often: Counter[str]) -> Entry:
    several = often[row.full] > 1 and not row.ordinary
    alone = row.full if several else ""
    parent = _parent(code, rows)
    return Entry(
        type="Place",
        name=names[code],
        aliases=tuple(form for form in (alone, row.bare) if form),
        shared=(row.full,) if several else (),
        not_in=row.not_in,
        level=_level(code),
        part_of=names[parent] if parent else None,
        code=code,
    )


def _name(code: str, row: Row, rows: dict[str, Row], often: Counter[str]) -> str:
    parent = _parent(code, rows)
    return rows[parent].full + row.full if parent and (often[row.full] > 1 or row.ordinary) else row.full


def _level(code: str) -> Level:
    return "省" if code.endswith("0000") else "市" if code.endswith("00") else "县"


def _parent(code: str, rows: dict[str, Row]) -> str | None:
    """The code of the nearest place above that the table has: counties of a 直辖市 hang on it directly."""
    above = (code[:4] + "00", code[:2] + "0000")
    return next((c for c in above if c != code and c in rows), None)
