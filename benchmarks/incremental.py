"""How long it takes to add one speech to the 88 reports and to remove one, beside a build from scratch.

    python benchmarks/incremental.py [--runs N]

Every build is a process of its own (``kg build``); seconds of wall time by stage, and of processor time in all. The
reports are those of ../shared/texts/reports; one of them, of middle length, is the speech that comes and goes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

REPORTS = Path(__file__).parents[2] / "shared" / "texts" / "reports"
APART = ("start-up", "layout", "store")
"""What an update is measured without: imports, the places on the page, and the store."""


def build(source: Path, out: Path, *options: str) -> dict[str, float]:
    """Seconds by stage of one build."""
    command = [sys.executable, "-m", "kg.cli", "build", str(source), "-o", str(out), *options]
    began, spent = time.perf_counter(), os.times()
    subprocess.run(command, check=True, capture_output=True)
    wall, after = time.perf_counter() - began, os.times()
    seconds: dict[str, float] = json.loads((out / "timings.json").read_text("utf-8"))["seconds"]
    start = wall - seconds.pop("all")
    found = {"start-up": start, **seconds, "all": wall}
    found["beyond start-up, layout, store"] = wall - sum(found.get(stage, 0.0) for stage in APART)
    found["processor"] = after.children_user - spent.children_user + after.children_system - spent.children_system
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="how often each speech comes and goes")
    runs = parser.parse_args().runs
    if not REPORTS.is_dir():
        print(f"{REPORTS}: not there, nothing to measure")
        return
    with tempfile.TemporaryDirectory() as folder:
        source, out, scratch = (Path(folder) / name for name in ("in", "out", "scratch"))
        shutil.copytree(REPORTS, source)
        lines = [line for f in source.glob("*.jsonl") for line in f.read_text("utf-8").splitlines() if line.strip()]
        one = sorted(lines, key=len)[len(lines) // 2]
        for file in source.glob("*.jsonl"):
            rest = [line for line in file.read_text("utf-8").splitlines() if line.strip() and line != one]
            file.write_text("\n".join(rest) + "\n", "utf-8")
        extra = source / "one.jsonl"
        columns: dict[str, list[dict[str, float]]] = {"from scratch": [], "add one": [], "remove one": []}
        build(source, out)
        for _ in range(runs):
            extra.write_text(one + "\n", "utf-8")
            columns["add one"].append(build(source, out))
            extra.unlink()
            columns["remove one"].append(build(source, out))
        extra.write_text(one + "\n", "utf-8")
        columns["from scratch"].append(build(source, scratch))
    stages = list(dict.fromkeys(stage for runs_ in columns.values() for run in runs_ for stage in run))
    stages.sort(key=lambda stage: stage in ("all", "beyond start-up, layout, store", "processor"))
    print(f"{'seconds (median)':32}" + "".join(f"{name:>14}" for name in columns))
    for stage in stages:
        figures = (median(run.get(stage, 0.0) for run in runs_) for runs_ in columns.values())
        print(f"{stage:32}" + "".join(f"{figure:14.2f}" for figure in figures))
    updates = columns["add one"]
    beyond = [run["beyond start-up, layout, store"] for run in updates]
    print(
        f"add one, beyond start-up, layout, store: {min(beyond):.2f}-{median(beyond):.2f}-{max(beyond):.2f} s of wall time"
    )


if __name__ == "__main__":
    main()
