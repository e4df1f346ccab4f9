"""Characters a second of ``kg.extract`` against ``jieba.cut``: same texts, same process, turn by turn.

    benchmarks/extract.py [PATHS…] [--repeats N] [--stages]

Without paths: the reports in ../shared/texts where they are at hand, else the sample speeches. Reading, cleaning and
both dictionaries' loading are not counted; one core does all of it. Times are processor times, so that a neighbour's
work does not count. ``--stages`` says instead which step of ``extract`` takes how much.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import jieba

import kg.extract
from kg import corpus
from kg.extract import extract, overlaps
from kg.lexicon import Lexicon, load
from kg.model import Speech

ROOT = Path(__file__).resolve().parents[1]


def speed(work: Callable[[Speech], object], speeches: Sequence[Speech]) -> float:
    """Characters a second of processor time, of one pass over all speeches."""
    start = time.process_time()
    for speech in speeches:
        work(speech)
    return sum(len(s.text) for s in speeches) / (time.process_time() - start)


STAGES = {
    "outline": ["outline"],
    "unlisted places, and the words of all recognisers": ["places_of"],
    "bodies": ["find_bodies"],
    "slogans": ["find_slogans"],
    "campaigns": ["find_campaigns"],
    "meetings": ["find_meetings"],
    "documents": ["find_documents"],
    "people": ["find_people"],
    "places": ["find_places"],
    "times": ["find_times"],
    "expansions": ["find_expansions", "_expansions"],
    "identity": ["group"],
    "index of names": ["Names"],
    "directives": ["find_directives"],
    "relations": ["find_relations"],
    "confidence": ["calibrate"],
}
"""The steps of ``extract``, and the functions in ``kg.extract`` that take them."""


@contextmanager
def timed(spent: dict[str, float]) -> Iterator[None]:
    """Inside, every step of ``extract`` adds its processor time (seconds) to ``spent``."""

    def clock(stage: str, step: Callable[..., object]) -> Callable[..., object]:
        def run(*given: object, **named: object) -> object:
            start = time.process_time()
            made = step(*given, **named)
            made = list(made) if isinstance(made, Iterator) else made  # a generator works when it is read
            spent[stage] += time.process_time() - start
            return made

        return run

    resolve, find = overlaps.resolve, Lexicon.find
    steps = {name: getattr(kg.extract, name) for names in STAGES.values() for name in names}
    counted = clock("overlaps", resolve)
    try:
        for stage, names in STAGES.items():
            for name in names:
                setattr(kg.extract, name, clock(stage, steps[name]))
        overlaps.resolve = lambda text, found: counted(text, list(found))  # type: ignore[assignment, return-value]
        Lexicon.find = clock("lexicon", find)  # type: ignore[method-assign, assignment]
        yield
    finally:
        for name, step in steps.items():
            setattr(kg.extract, name, step)
        overlaps.resolve, Lexicon.find = resolve, find  # type: ignore[method-assign]


def stages(work: Callable[[Speech], object], speeches: Sequence[Speech], repeats: int) -> Iterable[str]:
    """A table: share of the whole and characters a second of each step, over ``repeats`` passes."""
    spent: dict[str, float] = defaultdict(float)
    start = time.process_time()
    with timed(spent):
        for _ in range(repeats):
            for speech in speeches:
                work(speech)
    whole = time.process_time() - start
    characters = repeats * sum(len(s.text) for s in speeches)
    spent["all else"] = whole - sum(spent.values())
    yield f"{'step':54}{'share':>8}{'M characters/s':>18}"
    for stage, seconds in sorted(spent.items(), key=lambda s: -s[1]):
        yield f"{stage:54}{seconds / whole:>8.1%}{characters / seconds / 1e6:>18.1f}"
    yield f"{'all':54}{1:>8.1%}{characters / whole / 1e6:>18.2f}"


def row(name: str, figures: Sequence[float], unit: str) -> str:
    low, middle, high = min(figures), statistics.median(figures), max(figures)
    return f"{name:22}{low:>14,.2f}{middle:>14,.2f}{high:>14,.2f}  {unit}"


def main() -> None:
    reports = ROOT.parent / "shared" / "texts" / "reports"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path, default=[reports if reports.exists() else ROOT / "seeds"])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--stages", action="store_true", help="which step takes how much")
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
    if arguments.stages:
        print("\n".join(stages(ours, speeches, arguments.repeats)))
        return
    pairs = [(speed(ours, speeches), speed(theirs, speeches)) for _ in range(arguments.repeats)]
    print(f"{len(speeches)} speeches, {sum(len(s.text) for s in speeches):,} characters, {arguments.repeats} repeats")
    print(f"{'':22}{'min':>14}{'median':>14}{'max':>14}")
    print(row("kg.extract", [a for a, _ in pairs], "characters/s"))
    print(row("jieba.cut", [b for _, b in pairs], "characters/s"))
    print(row("ratio", [a / b for a, b in pairs], "times jieba.cut in the same repeat"))


if __name__ == "__main__":
    main()
