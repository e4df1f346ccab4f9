"""What a build on Spark costs, stage by stage, in processor seconds and bytes, and what a billion texts would cost.

A corpus of N speeches of about 1,000 characters (as in ``scale.py``) is built in a ``local[2]`` session. Processor time is
that of this process, Java and its Pythons, so other work on the machine matters little; the first session of a Java is
slow, so a small corpus is built first. The forecast is linear: ``docs/scale.md`` says what of it is not.

    python benchmarks/cluster.py            # 3,000 speeches
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import psutil
from scale import paragraphs, speeches

from kg.build import build
from kg.scale.cluster import ClusterError, check_java

TEXTS = 1_000_000_000
PARTS = 16
CONF = {"spark.driver.memory": "2g", "spark.sql.shuffle.partitions": "8"}


class Meter:
    """Processor seconds by stage, called as the progress of a build."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self._stage, self._before = "", _seconds()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        if stage != self._stage:
            now = _seconds()
            if self._stage:
                self.stages[self._stage] = self.stages.get(self._stage, 0.0) + now - self._before
            self._stage, self._before = stage, now


def _seconds() -> float:
    """Processor seconds of this process, and of those that it has started and that still run."""
    total = 0.0
    this = psutil.Process()
    for process in (this, *this.children(recursive=True)):
        try:
            times = process.cpu_times()
            total += times.user + times.system
        except psutil.NoSuchProcess:
            continue
    return total


def _corpus(n: int, folder: Path) -> None:
    records = list(speeches(n, paragraphs()))
    folder.mkdir()
    for i in range(PARTS):
        lines = [json.dumps(record, ensure_ascii=False) for record in records[i::PARTS]]
        (folder / f"{i:02}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def _size(folder: Path) -> int:
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())


def main() -> None:
    try:
        check_java()
    except ClusterError as error:
        sys.exit(f"benchmarks/cluster.py: {error}")
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for size, out in ((32, "warm"), (n, "out")):
            _corpus(size, work / f"texts-{out}")
            meter = Meter()
            summary = build(
                [work / f"texts-{out}"], work / out, engine="spark", master="local[2]", spark_conf=CONF, progress=meter
            )
            meter("end", 0, None)
        counts = summary.manifest["counts"]
        texts, characters = counts["speeches"], counts["characters"]
        print(f"{texts:,} texts, {characters:,} characters, {counts['quads']:,} quads")
        print(f"{'stage':12}{'cpu s':>9}{'characters a cpu second':>26}{'core hours for 10^9 texts':>28}")
        for stage, seconds in meter.stages.items():
            rate = f"{characters / seconds:,.0f}" if seconds > 0.05 else "-"
            print(f"{stage:12}{seconds:9.1f}{rate:>26}{seconds / texts * TEXTS / 3600:28,.0f}")
        for what in ("texts-out", "out/tables", "out/nquads"):
            size = _size(work / what)
            print(f"{what:12}{size:>14,} bytes, {size / texts:,.0f} a text, {size / texts * TEXTS / 1e12:.2f} TB")


if __name__ == "__main__":
    main()
