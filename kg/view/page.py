"""pyvis's Network as the builder of the page, with our own template, script and style.

Holes of pyvis 0.3.2 that this class stays out of: its template loads Bootstrap from a CDN in every mode, prints the
heading unescaped, runs titles that contain “href” as HTML and lets option strings close the script element; its
``add_node`` is quadratic; its ``write_html`` names no encoding. Here nodes and edges are appended in bulk, the template
escapes by itself, and speech texts reach the page as inert JSON only.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import pyvis
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.graph import KnowledgeGraph
from kg.rdf.names import DEFAULT_BASE, VOCABULARIES
from kg.view.content import SHOWN, Content, content
from kg.view.look import KINDS, WORDS

TITLE = "讲话知识图谱"
TITLE_EN = "Knowledge graph of speeches"

# The script is split by concern and joined here, in this order, inside one strict function.
SCRIPTS = (
    "words",
    "data",
    "dom",
    "shapes",
    "passages",
    "state",
    "arrange",
    "labels",
    "canvas",
    "keys",
    "quotes",
    "card",
    "actions",
    "start",
    "fulltext",
    "search",
    "legend",
    "filters",
    "trees",
    "cascade",
    "timeline",
    "table",
    "compare",
    "reader",
    "picture",
    "rows",
    "exports",
    "views",
    "address",
    "main",
)

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1, "borderWidthSelected": 1, "shadow": False, "chosen": False},
    "edges": {"smooth": False, "shadow": False, "chosen": False, "hoverWidth": 0, "selectionWidth": 0},
    "interaction": {
        "hover": True,
        "keyboard": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "navigationButtons": False,
    },
}


class PageOptions(NamedTuple):
    """What a user may choose of the page: its heading, the nodes on its opening view, and whether texts are in it."""

    title: str | None = None
    max_nodes: int = SHOWN
    texts: bool = True


class PageCounts(NamedTuple):
    """What stands in the page: all its nodes and lines, and the nodes on the opening view.

    ``layout`` is how many seconds it took to find their places, and how many of the processor.
    """

    nodes: int
    edges: int
    shown: int
    layout: tuple[float, float]


class Page(Network):  # type: ignore[misc]  # pyvis carries no types
    """A pyvis network that renders itself through the template of this package."""

    def __init__(self, page: Content, *, title: str) -> None:
        super().__init__(directed=True, cdn_resources="in_line", heading=title)
        self.nodes.extend(page.nodes)
        self.edges.extend(page.edges)
        self.facts = page.facts
        self.passages = page.passages
        self.options = OPTIONS
        self.path = "template.html.j2"
        self.templateEnv = Environment(loader=PackageLoader("kg.view", "."), autoescape=True, undefined=StrictUndefined)

    def generate_html(self, name: str = "graph.html", local: bool = True, notebook: bool = False) -> str:
        """The page as one string; the arguments are pyvis's and change nothing here."""
        network = {"nodes": _columns(self.nodes), "edges": _columns(self.edges), "options": self.options}
        english = TITLE_EN if self.heading == TITLE else self.heading
        facts = self.facts | {
            "title": self.heading,
            "title_en": english,
            "network": network,
            "kinds": _kinds(),
            "prefixes": VOCABULARIES,
        }
        library, script, style = _library(), _script(), _source("page.css")
        policy = "; ".join(
            (
                "default-src 'none'",
                f"script-src {_digest(library)} {_digest(script)}",
                f"style-src {_digest(style)}",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )
        return str(
            self.templateEnv.get_template(self.path).render(
                title=self.heading,
                policy=policy,
                library=Markup(library),
                script=Markup(script),
                style=Markup(style),
                facts=Markup(inert(facts)),
                passages=Markup(base64.b64encode(zlib.compress(_json(self.passages).encode())).decode()),
            )
        )

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the page as UTF-8, whatever the platform's own encoding is."""
        Path(name).write_text(self.generate_html(), encoding="utf-8", newline="\n")


def write(
    graph: KnowledgeGraph,
    path: Path,
    *,
    title: str | None = None,
    base: str = DEFAULT_BASE,
    max_nodes: int = SHOWN,
    texts: bool = True,
) -> PageCounts:
    """Write a graph as one HTML file that opens without a network.

    Args:
        graph: the graph; all of it is in the page and can be found by its search.
        path: the file to write; its folder must exist.
        title: heading of the page, plain text.
        base: the beginning of the entities' IRIs.
        max_nodes: nodes on the opening view; the page says so and offers the rest.
        texts: False leaves the words of the speeches out, where they may not be passed on.

    Raises:
        OSError: the file cannot be written.
    """
    page = content(graph, base, max_nodes, texts=texts)
    Page(page, title=title or TITLE).write_html(str(path))
    return PageCounts(len(page.nodes), len(page.edges), page.shown, page.layout)


def inert(value: Any) -> str:
    """JSON that cannot end the script element it stands in, nor begin a comment there."""
    return _json(value).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Line separators end a line in old script engines; lone surrogates cannot be written as UTF-8.
    return re.sub("[\u2028\u2029\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", text)


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {key: [row[key] for row in rows] for key in (rows[0] if rows else ())}


def _kinds() -> list[dict[str, str]]:
    return [{"id": kind, **WORDS[kind]._asdict()} for kind in KINDS]


def _source(name: str) -> str:
    return files("kg.view").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _script() -> str:
    parts = [_source(f"js/{name}.js") for name in SCRIPTS]
    return _embeddable("(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();\n", "js/*.js")


def _library() -> str:
    """The vis-network that pyvis brings along, without the pointer to a source map that is not there."""
    folder = Path(pyvis.__file__).parent / "lib"
    found = sorted(
        folder.glob("vis-9*/vis-network.min.js"), key=lambda p: [int(n) for n in re.findall(r"\d+", p.parent.name)]
    )
    if not found:
        raise FileNotFoundError(f"no vis-network 9 in {folder}: install pyvis 0.3.2 or newer of the 0.3 line")
    text = found[-1].read_text(encoding="utf-8").replace("\r\n", "\n")
    return _embeddable(re.sub(r"\n?//# sourceMappingURL=\S+", "", text), found[-1].name)


def _embeddable(script: str, name: str) -> str:
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        raise ValueError(f"{name} holds “</script” or “<!--” and cannot stand inside a page")
    return script


def _digest(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
