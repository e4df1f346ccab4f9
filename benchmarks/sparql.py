"""The named queries: seconds and answers of our store beside rdflib's memory store on the same data, in one run.

    python benchmarks/sparql.py [OUT] [--cap SECONDS] [--small]

Two runs. The first is on the seeds, where rdflib is given all the time that it wants: so every answer is compared. The
second is for speed, on OUT, an output folder of ``kg build``; without one, ``../shared/texts/reports`` is built. There
rdflib is stopped after ``--cap`` seconds a query, and its time then counts as that much: the ratio is at least what is
shown, and the answer is not compared. ``--small`` leaves the second run out.

Ours is measured as users have it: asked through ``kg.open``, in its process, answers as Python values.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

import rdflib

import kg
from kg.build import build
from kg.rdf import queries
from kg.rdf.paths import COMPUTED
from kg.rdf.rows import Value

ROOT = Path(__file__).parents[1]
REPORTS = ROOT.parent / "shared" / "texts" / "reports"
RUNS = 7
WARM = 20.0
"""Seconds that the copy to memory may take."""

LARGE = {
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
SMALL = {
    "name": "三创三转三提",
    "slogan": "四个全面",
    "about": "三抓一促",
    "body": "院党委理论学习中心组",
    "a": "三个表率",
    "b": "全面依法治国",
    "with": "全面从严治党",
    "without": "两个维护",
    "year": "2020",
    "since": "2021",
    "from": "2021",
    "to": "2023",
}
"""Parameters that have an answer in the reports, and in the seeds."""


class TooLong(Exception):  # noqa: N818 - no error, only the end of patience
    pass


def main() -> int:
    """Run the comparisons; 1 where answers differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=Path)
    parser.add_argument("--cap", type=float, default=20.0)
    parser.add_argument("--small", action="store_true")
    arguments = parser.parse_args()
    equal = True
    with tempfile.TemporaryDirectory() as name:
        small = Path(name) / "seeds"
        build([ROOT / "seeds"], small)
        equal &= compare(small, None, SMALL)
        if not arguments.small:
            out = arguments.out
            if out is None and REPORTS.exists():
                out = Path(name) / "reports"
                build([REPORTS], out)
            if out is not None:
                equal &= compare(out, arguments.cap, LARGE)
    return 0 if equal else 1


def compare(out: Path, cap: float | None, asked: dict[str, str]) -> bool:
    """Print seconds and ratios for every named query; whether all answers that rdflib gave are ours too."""
    start = time.perf_counter()
    graph = rdflib.Graph().parse(out / "graph.ttl")
    print(f"{len(graph):,} triples of {out.name}; rdflib read them in {time.perf_counter() - start:.0f} s")
    ratios, warm = [], []
    differing, stopped, empty = [], [], []
    with kg.open(out) as endpoint:
        alike = endpoint.rows("speeches-alike").rows[0]  # the parameters that are speeches: the two that share most
        for _ in range(5):  # warm: from the third query on, the process copies the store to memory
            endpoint.rows("years")
        time.sleep(WARM)
        print(f"{'query':24}{'rows':>6}{'ms':>9}{'rdflib ms':>12}{'ratio':>9}")
        for name, query in queries.named().items():
            given = {p.name: asked[p.name] for p in query.parameters if p.required and p.type != "speech"}
            speeches = iter((str(alike[0]), str(alike[2])))
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
            if name in COMPUTED:  # SPARQL gives its edges: those are compared
                mine = endpoint.rows(text)
            theirs, found = by_rdflib(graph, text, dict(endpoint.prefixes), cap)
            ratios.append(theirs / ours)
            note = " "
            if found is None:
                note = ">"
                stopped.append(name)
            elif found != multiset(mine.rows):
                note = f" DIFFERS: {len(mine)} and {len(found)} rows"
                differing.append(name)
            if not mine.rows:
                empty.append(name)
            print(f"{name:24}{len(mine):6}{ours * 1e3:9.1f}{theirs * 1e3:12.1f}{ratios[-1]:9.1f} {note}", flush=True)
    ranked = sorted(warm)
    same = len(ratios) - len(differing) - len(stopped)
    print(f"equal answers: {same} of {len(ratios)}" + f"; differing: {', '.join(differing)}" * bool(differing))
    if stopped:
        print(f"not compared here, rdflib stopped after {cap:g} s: {', '.join(stopped)}")
    if empty:
        print(f"without rows: {', '.join(empty)}")
    print(f"median ratio {statistics.median(ratios):.1f} (wanted: ≥ 15), least {min(ratios):.2f} (wanted: ≥ 1)")
    print(
        f"p95 {ranked[int(len(ranked) * 0.95)] * 1e3:.1f} ms once warm (wanted: < 100), "
        f"median {statistics.median(warm) * 1e3:.1f} ms\n"
    )
    return not differing


def by_rdflib(
    graph: rdflib.Graph, text: str, known: dict[str, str], cap: float | None
) -> tuple[float, list[str] | None]:
    """Seconds and answer; no answer where it took longer than ``cap``, if there is one."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, cap or 0)
    start = time.perf_counter()
    try:
        rows = [tuple(None if c is None else c.toPython() for c in row) for row in graph.query(text, initNs=known)]  # type: ignore[union-attr]
    except TooLong:
        return cap or 0.0, None
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
    sys.exit(main())
