"""How soon the page answers, how smoothly it moves, how fast it finds: in a headless Chromium, beside pyvis's own page.

    benchmarks/page.py [--nodes N …] [--repeats N] [--peer N] [--patience SECONDS]

Synthetic graphs of N entities in themes of about forty, two relations each, all of them on the opening view. "ready"
is the time from navigation until the page has drawn itself and the next frame has come; "frames" are those of two
seconds of dragging the picture; "search" is the time from the key stroke to the list of suggestions. pyvis's default
page gets the same nodes and edges (in bulk: its own add_edge is quadratic) and is ready when its layout is; its
Bootstrap, which it would fetch, is refused at once. Where its patience ends, the figure is a lower bound.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright
from pyvis.network import Network

from kg.graph import KnowledgeGraph
from kg.model import Entity, EntityId, EntityType, Extraction, Mention, Relation, Source, Speech
from kg.view import write
from kg.view.layout import layout

SYLLABLES = "一二三四五六七八九十个大讲严抓促转提创比学赶超思想政治组织作风纪律制度廉洁服务基层群众改革发展稳定"
TYPES: tuple[EntityType, ...] = ("Slogan", "Campaign", "Body", "Document", "Meeting")
DRAG_SECONDS = 2.0


def graph(nodes: int, seed: int = 0) -> tuple[KnowledgeGraph, list[tuple[int, int]]]:
    """A graph in themes, and its edges by number."""
    rng = random.Random(seed)
    names = [f"{''.join(rng.choices(SYLLABLES, k=rng.randint(3, 7)))}{i}" for i in range(nodes)]
    text = "。".join(names)
    speech = Speech("made-00000000", "made.txt", text, text, Source("made.txt", "", "txt"), date="2020-01-01")
    entities, at = [], 0
    for i, name in enumerate(names):
        id_ = EntityId(TYPES[i % len(TYPES)], "", name)
        entities.append(Entity(id_, name, mentions=[Mention(at, at + len(name), "made")]))
        at += len(name) + 1
    pairs = set()
    for i in range(1, nodes):
        theme = i - i % 40
        for _ in range(2):
            near = rng.randrange(theme, i) if i > theme and rng.random() < 0.9 else rng.randrange(i)
            pairs.add((near, i))
    edges = sorted(pairs)
    relations = []
    for a, b in edges:
        words = entities[b].mentions[0]
        relations.append(Relation(entities[b].id, "implements", entities[a].id, words.start, words.end, "made"))
    return KnowledgeGraph([Extraction(speech, entities=entities, relations=relations)]), edges


def ready(browser: Browser, file: Path) -> float:
    """Seconds from navigation to the first frame after the page said that it is ready."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    start = time.perf_counter()
    page.goto(file.as_uri(), wait_until="commit")
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    seconds = time.perf_counter() - start
    page.close()
    return seconds


def frames(browser: Browser, file: Path) -> float:
    """Frames a second while the picture is dragged."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    page.evaluate(
        """() => {
            window.times = [];
            const tick = (now) => { window.times.push(now); requestAnimationFrame(tick); };
            requestAnimationFrame(tick);
        }"""
    )
    page.mouse.move(400, 740)  # outside of the nodes: what is dragged is the whole picture
    page.mouse.down()
    page.evaluate("window.times.length = 0")
    end = time.perf_counter() + DRAG_SECONDS
    step = 0
    while time.perf_counter() < end:
        step += 1
        page.mouse.move(400 + (step * 7) % 200, 740 - (step * 3) % 120)
    times: list[float] = page.evaluate("window.times")
    page.mouse.up()
    page.close()
    return 1000 * (len(times) - 1) / (times[-1] - times[0])


def search(browser: Browser, file: Path) -> float:
    """Milliseconds of the slowest of some searches, after the first has built the index."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    times: list[float] = page.evaluate(
        """() => ["三", "组织", "zz", "sgb", "作风纪律", "查无此名"].map((words) => {
            const box = document.querySelector("#search");
            const start = performance.now();
            box.value = words;
            box.dispatchEvent(new InputEvent("input", { bubbles: true }));
            return performance.now() - start;
        })"""
    )
    page.close()
    return max(times[1:])


def peer(
    browser: Browser, knowledge: KnowledgeGraph, edges: Sequence[tuple[int, int]], folder: Path, patience: float
) -> float | None:
    """Seconds until pyvis's default page has laid out the same graph; None where that takes longer than ``patience``."""
    network = Network(directed=True, cdn_resources="in_line")
    names = [e.name for e in knowledge.extractions["made-00000000"].entities]
    network.nodes = [{"id": i, "label": name, "shape": "dot", "color": "#97c2fc"} for i, name in enumerate(names)]
    network.edges = [{"from": b, "to": a, "arrows": "to"} for a, b in edges]
    file = folder / "peer.html"
    file.write_text(network.generate_html(), "utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.route("http*://**", lambda route: route.abort())
    start = time.perf_counter()
    try:
        page.goto(file.as_uri(), wait_until="commit", timeout=1000 * patience)
        page.wait_for_function(
            "() => window.network && network.physics.ready && network.physics.stabilized", timeout=1000 * patience
        )
        return time.perf_counter() - start
    except Error:
        return None
    finally:
        page.close()


def row(name: str, figures: Sequence[float], unit: str) -> str:
    low, middle, high = min(figures), statistics.median(figures), max(figures)
    return f"{name:34}{low:>10,.2f}{middle:>10,.2f}{high:>10,.2f}  {unit}"


def report(browser: Browser, nodes: int, repeats: int, with_peer: bool, patience: float, folder: Path) -> Iterator[str]:
    knowledge, edges = graph(nodes)
    file = folder / f"{nodes}.html"
    start = time.perf_counter()
    layout([6.0] * nodes, [(a, b, 1.0) for a, b in edges])
    laid = time.perf_counter() - start
    start = time.perf_counter()
    write(knowledge, file, max_nodes=nodes)
    built = time.perf_counter() - start
    yield f"\n{nodes:,} nodes, {len(edges):,} edges: {file.stat().st_size / 1e6:.2f} MB"
    yield row("layout", [laid], "s")
    yield row("write, layout included", [built], "s")
    opening = [ready(browser, file) for _ in range(repeats)]
    yield row("ready", opening, "s")
    yield row("frames while dragging", [frames(browser, file) for _ in range(repeats)], "a second")
    yield row("search", [search(browser, file) for _ in range(repeats)], "ms")
    if with_peer:
        seconds = peer(browser, knowledge, edges, folder, patience)
        ours = statistics.median(opening)
        if seconds is None:
            yield f"{'pyvis default page, ready':34}not within {patience:.0f} s: more than {patience / ours:,.0f} times ours"
        else:
            yield row("pyvis default page, ready", [seconds], f"s: {seconds / ours:,.0f} times ours")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=[300, 1500, 5000, 20000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--peer", type=int, default=1500, help="the largest graph that pyvis's page is tried with")
    parser.add_argument("--patience", type=float, default=120.0, help="seconds that pyvis's page may take")
    arguments = parser.parse_args()
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    executable = next((found for name in names if (found := shutil.which(name))), None)
    if executable is None:
        parser.error(f"no Chromium on the PATH ({', '.join(names)}): on Debian, apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        print(f"Chromium {browser.version}, headless, {arguments.repeats} repeats")
        print(f"{'':34}{'min':>10}{'median':>10}{'max':>10}")
        for nodes in arguments.nodes:
            for line in report(
                browser, nodes, arguments.repeats, nodes <= arguments.peer, arguments.patience, Path(folder)
            ):
                print(line, flush=True)
        browser.close()


if __name__ == "__main__":
    main()
