import base64
import hashlib
import html
import json
import os
import re
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyvis.network import Network

from kg.graph import KnowledgeGraph
from kg.view import write
from kg.view.content import content
from kg.view.page import Page, inert
from tests.view.sample import hostile, sample


class Outline(HTMLParser):
    """The page as a browser's parser sees it: tags, their attributes, and what scripts and styles hold."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.held: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.held.append("")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", {}))
        self.held.append("")

    def handle_data(self, data: str) -> None:
        if self.held:
            self.held[-1] += data

    def of(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attrs, held) for (name, attrs), held in zip(self.tags, self.held, strict=True) if name == tag]


def page(graph: KnowledgeGraph, folder: Path, **options: Any) -> str:
    path = folder / "graph.html"
    write(graph, path, **options)
    return path.read_bytes().decode("utf-8")


def facts(source: str) -> Any:
    (held,) = [held for attrs, held in Outline(source).of("script") if attrs.get("id") == "facts"]
    return json.loads(held)


def test_counts_say_what_is_in_the_page(tmp_path: Path) -> None:
    graph = sample()
    counts = write(graph, tmp_path / "graph.html", max_nodes=5)
    assert counts[:3] == (len(graph.nodes), 10, 5)


def test_the_builder_is_pyvis() -> None:
    built = Page(content(sample(), "https://example.org/"), title="题")
    assert isinstance(built, Network)
    assert {node["label"] for node in built.nodes} >= {"三勤", "县委办公室"}
    assert built.edges[0].keys() >= {"from", "to"}


def test_nothing_points_out_of_the_file(tmp_path: Path) -> None:
    outline = Outline(page(sample(), tmp_path))
    for tag, attrs in outline.tags:
        assert not attrs.keys() & {"src", "srcset", "action", "onload", "onclick", "style"}, (tag, attrs)
        assert (attrs.get("href") or "data:,") == "data:,"
    (style,) = [held for _, held in outline.of("style")]
    assert "url(" not in style and "@import" not in style


def test_the_policy_admits_the_page_s_own_script_and_nothing_else(tmp_path: Path) -> None:
    outline = Outline(page(sample(), tmp_path))
    (policy,) = [
        attrs["content"] or ""
        for attrs, _ in outline.of("meta")
        if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = {name: values for name, *values in (rule.split() for rule in policy.split(";"))}
    code = [held for attrs, held in outline.of("script") if "type" not in attrs]
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(c.encode()).digest()).decode()}'" for c in code]
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == hashes
    assert "unsafe" not in policy and "http" not in policy


def test_hostile_names_stay_data(tmp_path: Path) -> None:
    graph = hostile()
    title = "</title><script>window.ran=9</script>"
    source = page(graph, tmp_path, title=title)
    harmless = page(sample(), tmp_path)
    assert [tag for tag, _ in Outline(source).tags] == [tag for tag, _ in Outline(harmless).tags]
    assert html.escape(title) in source
    assert set(facts(source)["network"]["nodes"]["label"]) == {node.name for node in graph.nodes.values()}


def test_texts_come_back_whole(tmp_path: Path) -> None:
    (packed,) = [
        held for attrs, held in Outline(page(sample(), tmp_path)).of("script") if attrs.get("id") == "passages"
    ]
    read = json.loads(zlib.decompress(base64.b64decode(packed)))
    assert read["texts"] == [speech.text for speech in sample().speeches.values()]


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_inert_json_reads_back_and_cannot_leave_its_element(value: Any) -> None:
    text = inert(value)
    assert json.loads(text) == value
    assert not re.search("[<>&\u2028\u2029]", text)
    text.encode("utf-8")


def test_lone_surrogates_can_be_written() -> None:
    assert json.loads(inert("\ud800x").encode("utf-8")) == "\ud800x"


def test_an_empty_graph_makes_a_page(tmp_path: Path) -> None:
    assert write(KnowledgeGraph(), tmp_path / "graph.html")[:3] == (0, 0, 0)


def test_the_page_is_the_same_whatever_the_order_the_hash_seed_and_the_locale(tmp_path: Path) -> None:
    extractions = list(sample().extractions.values())
    here = page(KnowledgeGraph(reversed(extractions)), tmp_path)
    other = tmp_path / "other.html"
    code = (
        "import sys; from pathlib import Path; from kg.view import write; from tests.view.sample import sample;"
        "write(sample(), Path(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    subprocess.run([sys.executable, "-c", code, str(other)], check=True, env=environment, cwd=Path(__file__).parents[2])
    assert other.read_bytes().decode("utf-8") == here


def test_a_folder_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write(sample(), tmp_path / "none" / "graph.html")
