"""The named queries: seconds and answers of our store beside rdflib's memory store on the same data, in one run.

    python benchmarks/sparql.py [OUT] [--cap SECONDS]

OUT is an output folder of ``kg build``; without one, ``../shared/texts/reports`` is built (the seeds where it is not
there). Ours is measured as users have it: asked through ``kg.open``, in its process, answers as Python values. rdflib is
stopped after ``--cap`` seconds a query, and its time then counts as that much: the ratio is at least what is shown.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import tempfile
import time
from pathlib import Path
from types import FrameType

import rdflib

import kg
from kg.build import build
from kg.rdf import queries
from kg.rdf.endpoint import Endpoint
from kg.rdf.paths import COMPUTED
from kg.rdf.rows import Value

ROOT = Path(__file__).parents[1]
REPORTS = ROOT.parent / "shared" / "texts" / "reports"
RUNS = 7
ASKED = {
    "name": "三个代表",
    "slogan": "四个全面",
    "about": "三个代表",
    "body": "国务院",
    "a": "三个代表",
    "b": "四个全面",
    "with": "两个维护",
    "without": "两个确立",
    "year": "2013",
    "since": "2010",
    "from": "2012",
    "to": "2017",
}


class TooLong(Exception):  # noqa: N818 - no error, only the end of patience
    pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=Path)
    parser.add_argument("--cap", type=float, default=20.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        out = arguments.out
        if out is None:
            out = Path(name) / "out"
            build([REPORTS if REPORTS.exists() else ROOT / "seeds"], out)
        with kg.open(out) as endpoint:
            compare(endpoint, out, arguments.cap)


def compare(endpoint: Endpoint, out: Path, cap: float) -> None:
    start = time.perf_counter()
    graph = rdflib.Graph().parse(out / "graph.ttl")
    print(f"{len(graph):,} triples of {out.name}; rdflib read them in {time.perf_counter() - start:.0f} s")
    ids = [str(row[0]) for row in endpoint.rows("SELECT ?i { ?s a kg:Speech ; dcterms:identifier ?i } ORDER BY ?i")]
    for _ in range(5):  # warm: from the third query on, the process copies the store to memory
        endpoint.rows("years")
    time.sleep(10)
    ratios, warm = [], []
    print(f"{'query':24}{'rows':>6}{'ms':>9}{'rdflib ms':>12}{'ratio':>9}")
    for name, query in queries.named().items():
        given = {p.name: ASKED[p.name] for p in query.parameters if p.required and p.type != "speech"}
        speeches = iter((ids[len(ids) // 2], ids[len(ids) // 2 + 1]))
        given |= {p.name: next(speeches) for p in query.parameters if p.required and p.type == "speech"}
        endpoint.rows(name, given)
        seconds = []
        for _ in range(RUNS):
            start = time.perf_counter()
            mine = endpoint.rows(name, given)
            seconds.append(time.perf_counter() - start)
        warm += seconds
        ours = statistics.median(seconds)
        text, _ = queries.text_of(name, given)
        if name in COMPUTED:
            mine = endpoint.rows(text)
        theirs, found = by_rdflib(graph, text, dict(endpoint.prefixes), cap)
        ratios.append(theirs / ours)
        note = ">" if found is None else " "
        if found is not None and found != multiset(mine.rows):
            note += f" DIFFERS: {len(mine)} and {len(found)} rows"
        print(f"{name:24}{len(mine):6}{ours * 1e3:9.1f}{theirs * 1e3:12.1f}{ratios[-1]:9.1f} {note}", flush=True)
    ranked = sorted(warm)
    print(f"median ratio {statistics.median(ratios):.1f} (wanted: ≥ 15), least {min(ratios):.2f} (wanted: ≥ 1)")
    print(
        f"p95 {ranked[int(len(ranked) * 0.95)] * 1e3:.1f} ms once warm (wanted: < 100), median {statistics.median(warm) * 1e3:.1f} ms"
    )


def by_rdflib(graph: rdflib.Graph, text: str, known: dict[str, str], cap: float) -> tuple[float, list[str] | None]:
    """Seconds and answer; no answer where it took longer than ``cap``."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, cap)
    start = time.perf_counter()
    try:
        rows = [tuple(None if c is None else c.toPython() for c in row) for row in graph.query(text, initNs=known)]  # type: ignore[union-attr]
    except TooLong:
        return cap, None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return time.perf_counter() - start, multiset(rows)


def multiset(rows: list[tuple[Value, ...]]) -> list[str]:
    return sorted(str([cell(v) for v in row]) for row in rows)


def cell(value: object) -> str:
    """A value as text, whatever kind of number holds it."""
    try:
        return f"{float(value):.4f}"  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return str(value)


if __name__ == "__main__":
    main()
