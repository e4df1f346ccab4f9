"""Characters a second of ``kg.extract`` against ``jieba.cut``: same texts, same process, turn by turn.

    benchmarks/extract.py [PATHS…] [--repeats N]

Without paths: the reports in ../shared/texts where they are at hand, else the sample speeches. Reading, cleaning and
both dictionaries' loading are not counted; one core does all of it.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba

from kg import corpus
from kg.extract import extract
from kg.lexicon import load
from kg.model import Speech

ROOT = Path(__file__).resolve().parents[1]


def speed(work: Callable[[Speech], object], speeches: Sequence[Speech]) -> float:
    """Characters a second of one pass over all speeches."""
    start = time.perf_counter()
    for speech in speeches:
        work(speech)
    return sum(len(s.text) for s in speeches) / (time.perf_counter() - start)


def row(name: str, figures: Sequence[float], unit: str) -> str:
    low, middle, high = min(figures), statistics.median(figures), max(figures)
    return f"{name:22}{low:>14,.2f}{middle:>14,.2f}{high:>14,.2f}  {unit}"


def main() -> None:
    reports = ROOT.parent / "shared" / "texts" / "reports"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path, default=[reports if reports.exists() else ROOT / "seeds"])
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    speeches = [s for s in corpus.read(arguments.paths) if isinstance(s, Speech)]
    lexicon = load()
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()

    def ours(speech: Speech) -> object:
        return extract(speech, lexicon)

    def theirs(speech: Speech) -> object:
        return deque(jieba.cut(speech.text), maxlen=0)

    shortest = min(speeches, key=lambda s: len(s.text))
    ours(shortest)
    theirs(shortest)
    pairs = [(speed(ours, speeches), speed(theirs, speeches)) for _ in range(arguments.repeats)]
    print(f"{len(speeches)} speeches, {sum(len(s.text) for s in speeches):,} characters, {arguments.repeats} repeats")
    print(f"{'':22}{'min':>14}{'median':>14}{'max':>14}")
    print(row("kg.extract", [a for a, _ in pairs], "characters/s"))
    print(row("jieba.cut", [b for _, b in pairs], "characters/s"))
    print(row("ratio", [a / b for a, b in pairs], "times jieba.cut in the same repeat"))


if __name__ == "__main__":
    main()
