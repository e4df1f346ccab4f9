"""Extraction of many speeches, in this process or in several, in the order in which they come."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain
from pathlib import Path

from kg.extract import extract
from kg.lexicon import Lexicon, load
from kg.model import Extraction, Problem, Speech

BATCH = 32
"""Speeches handed to a process at a time: large enough that handing over costs little, small enough to share out."""

WORTH_A_POOL = 4_000_000
"""Characters from which starting processes and handing results back pays, measured at 1 M characters/s a process."""

Input = Speech | Problem
Result = Extraction | Problem


def extract_all(
    inputs: Iterable[Input],
    lexicon: Lexicon,
    *,
    files: Sequence[Path] = (),
    builtin: bool = True,
    jobs: int | None = None,
) -> Iterator[Result]:
    """Yield an extraction for every speech, and every problem as it is, in order.

    ``lexicon`` is ``load(files, builtin=builtin)``; other processes load it again from there. ``jobs`` is the number of
    processes; None takes one for small corpora, else one a core.
    """
    inputs = iter(inputs)
    if jobs is None:
        first, long = _first(inputs, WORTH_A_POOL)
        inputs, jobs = chain(first, inputs), cores() if long else 1
    if jobs == 1:
        return (x if isinstance(x, Problem) else extract(x, lexicon) for x in inputs)
    return _pooled(inputs, files, builtin, jobs)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _first(inputs: Iterator[Input], characters: int) -> tuple[list[Input], bool]:
    """The first inputs up to that many characters, and whether there are as many."""
    taken: list[Input] = []
    for x in inputs:
        taken.append(x)
        characters -= len(x.text) if isinstance(x, Speech) else 0
        if characters <= 0:
            return taken, True
    return taken, False


def _pooled(inputs: Iterator[Input], files: Sequence[Path], builtin: bool, jobs: int) -> Iterator[Result]:
    context = multiprocessing.get_context(
        "spawn"
    )  # safe beside threads (progress display, Oxigraph), and on any system
    with ProcessPoolExecutor(jobs, context, _start, (tuple(files), builtin)) as pool:
        waiting: deque[Future[list[Result]]] = deque()
        try:
            for batch in _batches(inputs):
                waiting.append(pool.submit(_work, batch))
                if len(waiting) > 2 * jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _batches(inputs: Iterable[Input]) -> Iterator[list[Input]]:
    batch: list[Input] = []
    for x in inputs:
        batch.append(x)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


_lexicon: Lexicon


def _start(files: tuple[Path, ...], builtin: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    global _lexicon
    _lexicon = load(files, builtin=builtin)


def _work(batch: list[Input]) -> list[Result]:
    return [x if isinstance(x, Problem) else extract(x, _lexicon) for x in batch]
