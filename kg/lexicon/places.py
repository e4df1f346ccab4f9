"""Administrative places as a table: ``places.tsv`` → entries.

Lines beginning with ``#`` name the source. A row is: code (GB/T 2260), name, short form (empty where the bare form
would be an ordinary word). The code says the level and the parent: 330000 province, 330600 prefecture, 330602 county. A name
that several places have (朝阳区) is shown with its prefecture (北京市朝阳区) and keeps the bare form as a shared alias.
"""

from __future__ import annotations

from collections import Counter

from kg.lexicon.files import LexiconError, Placed
from kg.lexicon.schema import Entry, Level


def read_places(name: str, content: bytes) -> list[Placed]:
    """Read a table of places. Raises ``LexiconError`` naming file and line of a row that cannot be used."""
    rows: dict[str, tuple[str, str, int]] = {}
    for number, line in enumerate(content.decode("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        match line.split("\t"):
            case [code, full, short] if len(code) == 6 and code.isdigit() and full and code not in rows:
                rows[code] = (full, short, number)
            case _:
                raise LexiconError(f"{name}:{number}: a row is code, name, short form with tabs between; codes are "
                                   "unique and have six digits")  # fmt: skip
    often = Counter(full for full, _, _ in rows.values())
    names = {code: _distinct(code, full, rows) if often[full] > 1 else full for code, (full, _, _) in rows.items()}
    placed = []
    for code, (full, short, number) in rows.items():
        key = names[code]
        parent = _parent(code, rows)
        aliases = tuple(form for form in (full, short) if form and form != key)
        entry = Entry(
            type="Place",
            name=key,
            aliases=aliases,
            shared=(full,) if often[full] > 1 else (),
            level=_level(code),
            part_of=names[parent] if parent else None,
            code=code,
        )
        placed.append(Placed(entry, f"{name}:{number}"))
    return placed


def _level(code: str) -> Level:
    return "省" if code.endswith("0000") else "市" if code.endswith("00") else "县"


def _parent(code: str, rows: dict[str, tuple[str, str, int]]) -> str | None:
    """The code of the nearest place above that the table has: counties of a 直辖市 hang on it directly."""
    above = (code[:4] + "00", code[:2] + "0000")
    return next((c for c in above if c != code and c in rows), None)


def _distinct(code: str, full: str, rows: dict[str, tuple[str, str, int]]) -> str:
    """The name with that of the place above it, for names that several places have."""
    parent = _parent(code, rows)
    return rows[parent][0] + full if parent else full
