"""Write ``docs/queries.md``: every named query with its header and its first rows on ``seeds/``.

python docs/queries.py            write it
python docs/queries.py --check    status 1 if it is out of date
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import kg
from kg.build import build
from kg.rdf.endpoint import Endpoint
from kg.rdf.queries import NamedQuery, named
from kg.rdf.rows import Iri, Value
from kg.rdf.store import shorten

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "queries.md"
ROWS = 3
WIDTH = 40
"""Characters of a cell that are shown."""

EXAMPLES: dict[str, dict[str, str]] = {
    "slogan-strength": {"least": "2"},
    "slogan-origin": {"slogan": "四个全面"},
    "slogan-members": {"slogan": "三全育人"},
    "members-over-time": {"slogan": "四个全面"},
    "directive-levels": {"about": "三抓一促"},
    "slogans-new": {"year": "2020"},
    "slogans-dropped": {"since": "2021", "least": "1"},
    "slogans-rising": {"from": "2021", "to": "2023"},
    "superiors": {"body": "院党委理论学习中心组"},
    "path": {"a": "三个表率", "b": "全面依法治国"},
    "shared-slogans": {"a": "01-sanchuang-mobilisation.txt", "b": "05-organ-building-year.txt"},
    "with-without": {"with": "全面从严治党", "without": "两个维护"},
}
"""Parameters of the examples, where the samples below have no answer."""

SAMPLES = {
    "speech": "01-sanchuang-mobilisation.txt",
    "name": "三创三转三提",
    "slogan": "三创三转三提",
    "about": "三创三转三提",
}


def main() -> int:
    """Write or check the page; the exit status."""
    with tempfile.TemporaryDirectory() as name:
        build([ROOT / "seeds"], Path(name) / "out")
        with kg.open(Path(name) / "out") as endpoint:
            text = "\n".join(page(endpoint)) + "\n"
    if "--check" in sys.argv:
        return int(PAGE.read_text("utf-8") != text)
    PAGE.write_text(text, "utf-8")
    return 0


def page(endpoint: Endpoint) -> Iterator[str]:
    """The lines of the page."""
    yield "# Named queries"
    yield ""
    yield "Made by `python docs/queries.py` from the headers in `kg/rdf/queries/` and a build of `seeds/`: do not edit."
    yield f"`kg query --list` shows the list, `kg query OUT --name NAME --param k=v` asks. {len(named())} queries:"
    yield ""
    for query in named().values():
        yield f"- [{query.name}](#{query.name}) {query.zh} {query.en}"
    for query in named().values():
        yield from section(query, endpoint)


def section(query: NamedQuery, endpoint: Endpoint) -> Iterator[str]:
    """The lines about one query."""
    yield ""
    yield f"## {query.name}"
    yield ""
    yield f"{query.zh} {query.en}"
    yield ""
    for p in query.parameters:
        yield f"- parameter `{p.name}` ({p.type}{', required' if p.required else ''}): {p.help}"
    for column in query.columns:
        yield f"- column `{column.name}`: {column.help}"
    given = EXAMPLES.get(query.name) or {
        p.name: SAMPLES.get(p.name, SAMPLES.get(p.type, "2018")) for p in query.parameters if p.required
    }
    asked = "".join(f" --param {k}={v}" for k, v in given.items())
    rows = endpoint.rows(query.name, given)
    yield ""
    yield f"`kg query out --name {query.name}{asked}` gives {len(rows)} rows" + (":" if rows else ".")
    if not rows.rows:
        return
    yield ""
    yield "| " + " | ".join(rows.columns) + " |"
    yield "|" + "---|" * len(rows.columns)
    for row in rows.rows[:ROWS]:
        yield "| " + " | ".join(cell(v, endpoint) for v in row) + " |"


def cell(value: Value, endpoint: Endpoint) -> str:
    """A cell of a Markdown table: one line, cut, without markup."""
    text = shorten(value, endpoint.prefixes) if isinstance(value, Iri) else "" if value is None else str(value)
    text = " ".join(text.split())
    short = text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
    return short.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    sys.exit(main())
