"""How time, memory and size of a build grow with the number of speeches.

A corpus of N speeches of about 1,000 characters each (paragraphs of the reports in ../shared, else of seeds/, drawn with a
fixed seed) is written as JSONL and built in a child process, as ``kg build`` does. The memory is that of the whole process
tree, sampled four times a second (later once), by stage; so are the CPU seconds, which other work on the machine changes
less than the time. The exponent of a figure is the slope of its logarithm over that of N: 1 is linear.

    python benchmarks/scale.py                     # 1,000 and 3,000 speeches
    python benchmarks/scale.py 1000 10000 100000 --json scale.json --plot docs/img/scale.svg
    python benchmarks/scale.py --json scale.json   # the table of what was measured before
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from kg import corpus
from kg.build import build
from kg.model import Speech
from kg.scale import Engine

ROOT = Path(__file__).parents[1]
REPORTS = ROOT.parent / "shared" / "texts" / "reports"
LENGTH = 1000
FORECAST = 2_500_000
SEED = 6


class Run(NamedTuple):
    """One build: seconds and CPU seconds by stage, the peak memory of its processes together by stage, sizes in bytes."""

    speeches: int
    characters: int
    engine: str
    seconds: dict[str, float]
    cpu: dict[str, float]
    peak: dict[str, int]
    input: int
    tables: int
    nquads: int
    top: int
    counts: dict[str, int]


def paragraphs() -> list[str]:
    """The paragraphs that speeches are made of."""
    folder = REPORTS if REPORTS.is_dir() else ROOT / "seeds"
    texts = [s.text for s in corpus.read([folder]) if isinstance(s, Speech)]
    return [line for text in texts for line in text.split("\n") if len(line) >= 20]


def speeches(n: int, source: Sequence[str]) -> Iterator[dict[str, str]]:
    """N speeches, each with a number, a year and about ``LENGTH`` characters; the same for the same N and source."""
    draw = random.Random(SEED)
    for number in range(n):
        lines = [f"在第{number}次工作会议上的讲话"]
        while sum(map(len, lines)) < LENGTH:
            lines.append(draw.choice(source)[:LENGTH])
        yield {"id": f"s{number}", "date": str(draw.randint(1990, 2024)), "text": "\n".join(lines)}


def run(n: int, source: Sequence[str], folder: Path, engine: str) -> Run:
    """Build a corpus of N speeches in a child process."""
    file, out = folder / f"{n}.jsonl", folder / f"{n}"
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(s, ensure_ascii=False) + "\n" for s in speeches(n, source))
    command = [sys.executable, __file__, "--child", str(file), str(out), engine]
    path = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=path, stdout=subprocess.PIPE, text=True) as child:
        cpu, peak = _watch(child)
    if child.returncode:
        raise SystemExit(f"kg build of {n:,} speeches failed with status {child.returncode}")
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    counts = {k: v for k, v in manifest["counts"].items() if isinstance(v, int)}
    return Run(
        n,
        counts["characters"],
        engine,
        json.loads((out / "timings.json").read_text("utf-8"))["seconds"],
        cpu,
        peak,
        file.stat().st_size,
        _size(out / "tables"),
        _size(out / "nquads"),
        _size(out) - _size(out / "tables") - _size(out / "nquads"),
        counts,
    )


def _child(file: str, out: str, engine: Engine) -> None:
    """Build, and print each stage as it begins."""
    last = ""

    def progress(stage: str, done: int, total: int | None) -> None:
        nonlocal last
        if stage != last:
            print(stage, flush=True)
            last = stage

    build([file], out, engine=engine, progress=progress)


def _watch(child: subprocess.Popen[str]) -> tuple[dict[str, float], dict[str, int]]:
    """For each stage CPU seconds of a process and its descendants, and the most memory that they held together.

    Pages that processes share count once.
    """
    peaks: dict[str, int] = {}
    seconds: dict[str, float] = {}
    stage = ["start"]

    def read() -> None:
        assert child.stdout
        for line in child.stdout:
            stage[0] = line.strip()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    tree = psutil.Process(child.pid)
    before = 0.0
    while child.poll() is None:
        now, held, used = stage[0], 0, 0.0
        for process in _tree(tree):
            with suppress(psutil.Error):
                held += process.memory_full_info().pss if sys.platform == "linux" else process.memory_info().rss
                times = process.cpu_times()
                ended = times.children_user + times.children_system if process == tree else 0.0
                used += times.user + times.system + ended
        peaks[now] = max(peaks.get(now, 0), held)
        seconds[now] = seconds.get(now, 0.0) + max(0.0, used - before)
        before = max(before, used)
        time.sleep(0.25 if sum(seconds.values()) < 60 else 1.0)
    reader.join()
    return seconds, peaks


def _tree(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _size(folder: Path) -> int:
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())


def figures(r: Run) -> dict[str, float]:
    """What is plotted and reported of a run."""
    times = {f"CPU of {stage} (s)": r.cpu.get(stage, 0.0) for stage in r.seconds if stage != "all"}
    sizes = {"tables": r.tables, "nquads": r.nquads, "page, store, triples of the top": r.top}
    return {
        **times,
        "CPU (s)": sum(r.cpu.values()),
        "time (s)": r.seconds["all"],
        "peak memory (MB)": max(r.peak.values()) / 1e6,
        **{f"peak of {stage} (MB)": size / 1e6 for stage, size in r.peak.items() if stage in r.seconds},
        **{f"{name} (MB)": size / 1e6 for name, size in sizes.items()},
        **{name: float(n) for name, n in r.counts.items() if name in ("entities", "mentions", "comentions", "quads")},
    }


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the least-squares line through the logarithms of the points; NaN where there are fewer than two."""
    logs = [(math.log(x), math.log(y)) for x, y in points if y > 0]
    if len(logs) < 2:
        return math.nan
    mean_x, mean_y = (sum(c) / len(logs) for c in zip(*logs, strict=True))
    slope: float = sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)
    return slope


def forecast(points: Sequence[tuple[float, float]]) -> float:
    """A figure at ``FORECAST`` speeches: each more speech adds as much as between the last two runs.

    Where that is more than linear, the power law through them. NaN with fewer than two runs.
    """
    if len(points) < 2 or not points[-2][1]:
        return math.nan
    (x, y), (last, value) = points[-2:]
    power = exponent(points[-2:])
    if power > 1:
        return float(value * (FORECAST / last) ** power)
    return value + max(0.0, value - y) / (last - x) * (FORECAST - last)


def table(runs: Sequence[Run]) -> Iterator[str]:
    """The figures as a Markdown table, with the exponent of all, that between the last two, and the forecast."""
    rows = [figures(r) for r in runs]
    heads = [f"{r.speeches:,}" for r in runs]
    yield f"| speeches | {' | '.join(heads)} | exponent | last two | forecast for {FORECAST:,} |"
    yield f"|---|{'---:|' * (len(runs) + 3)}"
    for name in rows[-1]:
        points = [(float(r.speeches), row.get(name, 0.0)) for r, row in zip(runs, rows, strict=True)]
        local = exponent(points[-2:])
        ahead = math.nan if name.startswith("peak") else forecast(points)
        values = " | ".join(_short(y) for _, y in points)
        yield f"| {name} | {values} | {exponent(points):.2f} | {local:.2f} | {_short(ahead)} |"


def _short(value: float) -> str:
    if math.isnan(value):
        return ""
    return f"{value:,.0f}" if value >= 100 or value == 0 else f"{value:.3g}"


WIDTH, HEIGHT, MARGIN = 760, 460, 60
COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf", "#ff7f0e")


def plot(runs: Sequence[Run], names: Sequence[str]) -> str:
    """The figures over the number of speeches as SVG, both axes logarithmic; a dashed line is linear growth."""
    rows = [figures(r) for r in runs]
    xs = [float(r.speeches) for r in runs]
    lines = {name: [(x, row[name]) for x, row in zip(xs, rows, strict=True) if row.get(name, 0) > 0] for name in names}
    values = [y for points in lines.values() for _, y in points]
    low_x, high_x = math.log10(min(xs)), math.log10(max(xs))
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    right = WIDTH - 240

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            MARGIN + (math.log10(x) - low_x) / (high_x - low_x or 1) * (right - MARGIN),
            HEIGHT - MARGIN - (math.log10(y) - low) / (high - low) * (HEIGHT - 2 * MARGIN),
        )

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{MARGIN}" y="24" font-size="14">kg build --engine disk: cost over speeches of 1,000 characters</text>',
    ]
    for power in range(low, high + 1):
        _, y = at(xs[0], 10.0**power)
        out.append(f'<path d="M{MARGIN} {y:.1f}H{right}" stroke="#ddd"/>')
        out.append(f'<text x="{MARGIN - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,.10g}</text>')
    for x in xs:
        left, _ = at(x, 10.0**low)
        out.append(f'<path d="M{left:.1f} {MARGIN}V{HEIGHT - MARGIN}" stroke="#ddd"/>')
        out.append(f'<text x="{left:.1f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{x:,.0f}</text>')
    x0, y0 = at(xs[0], values[0])
    x1, y1 = at(xs[-1], min(10.0**high, values[0] * xs[-1] / xs[0]))
    out.append(f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" stroke="#999" stroke-dasharray="5 4"/>')
    labels: list[float] = []
    for i, points in enumerate(lines.values()):
        colour = COLOURS[i % len(COLOURS)]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in (at(*p) for p in points))
        out.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in (at(*p) for p in points)]
        labels.append(at(*points[-1])[1])
    places = sorted(range(len(labels)), key=labels.__getitem__)
    for a, b in pairwise(places):  # names that would lie on one another move down
        labels[b] = max(labels[b], labels[a] + 15)
    for i, name in enumerate(lines):
        slope = exponent(lines[name])
        out.append(
            f'<text x="{right + 8}" y="{labels[i] + 4:.1f}" fill="{COLOURS[i % len(COLOURS)]}">{name}: N^{slope:.2f}</text>'
        )
    return "\n".join([*out, "</svg>", ""])


PLOTTED = (
    *(f"CPU of {stage} (s)" for stage in ("extract", "tables", "entities", "comentions", "nquads", "top", "rdf")),
    *("peak memory (MB)", "tables (MB)", "nquads (MB)"),
)


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        file, out, engine = sys.argv[2:]
        _child(file, out, "memory" if engine == "memory" else "disk")
        return
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("n", nargs="*", type=int, help="numbers of speeches; 1,000 and 3,000")
    parser.add_argument("--engine", default="disk", choices=["memory", "disk"])
    parser.add_argument("--json", type=Path, help="keep the figures here; those of other N that it holds are kept")
    parser.add_argument("--plot", type=Path, help="write a plot (SVG)")
    parser.add_argument("--work", type=Path, help="where corpora and outputs are written; else a temporary folder")
    options = parser.parse_args()
    source = paragraphs()
    runs: dict[int, Run] = {}
    if options.json and options.json.exists():
        runs = {r["speeches"]: Run(**r) for r in json.loads(options.json.read_text("utf-8"))}
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        for n in options.n or ([] if runs else [1000, 3000]):
            start = time.perf_counter()
            runs[n] = run(n, source, Path(folder), options.engine)
            print(f"{n:,} speeches: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
            if options.json:
                kept: list[dict[str, Any]] = [r._asdict() for _, r in sorted(runs.items())]
                options.json.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    found = [r for _, r in sorted(runs.items())]
    print("\n".join(table(found)))
    if options.plot:
        options.plot.write_text(plot(found, PLOTTED), "utf-8")


if __name__ == "__main__":
    main()
