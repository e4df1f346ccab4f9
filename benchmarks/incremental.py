"""How long it takes to add one speech to the 88 reports and to remove one, beside a build from scratch.

    python benchmarks/incremental.py [--runs N]

Every build is a process of its own (``kg build``); medians of seconds by stage, wall and processor time. The reports are
those of ../shared/texts/reports; one of them, of middle length, is the speech that comes and goes.
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
CPU = " (processor)"
BEYOND = "beyond start-up, layout, store"
APART = ("start-up", "layout", "store")
"""What an update is measured without: imports, the places on the page, and the store."""


def build(source: Path, out: Path, *options: str) -> dict[str, float]:
    """Seconds of one build by stage, those of the processor too."""
    command = [sys.executable, "-m", "kg.cli", "build", str(source), "-o", str(out), *options]
    began, spent = time.perf_counter(), os.times()
    subprocess.run(command, check=True, capture_output=True)
    wall, after = time.perf_counter() - began, os.times()
    processor = after.children_user - spent.children_user + after.children_system - spent.children_system
    timings = json.loads((out / "timings.json").read_text("utf-8"))
    found: dict[str, float] = {}
    for kind, every, seconds in (("", wall, timings["seconds"]), (CPU, processor, timings["processor_seconds"])):
        stages = {"start-up": every - seconds.pop("all"), **seconds, "all": every}
        stages[BEYOND] = every - sum(stages.get(stage, 0.0) for stage in APART)
        found |= {stage + kind: value for stage, value in stages.items()}
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
    stages = [stage for stage in columns["add one"][0] if not stage.endswith(CPU)]
    print(f"{'seconds, wall / processor':32}" + "".join(f"{name:>16}" for name in columns))
    for stage in stages:
        figures = (
            tuple(median(run.get(stage + kind, 0.0) for run in runs_) for kind in ("", CPU))
            for runs_ in columns.values()
        )
        print(f"{stage:32}" + "".join(f"{wall:9.2f} /{processor:5.2f}" for wall, processor in figures))
    for kind in ("", CPU):
        beyond = [run[BEYOND + kind] for run in columns["add one"]]
        print(f"add one, {BEYOND}{kind}: {min(beyond):.2f} - {median(beyond):.2f} - {max(beyond):.2f} s")


if __name__ == "__main__":
    main()
