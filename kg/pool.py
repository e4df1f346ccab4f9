"""Reading and extraction of many files, in this process or in several, in the order in which they come."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from kg.corpus import read_file
from kg.extract import extract
from kg.extract.threshold import above
from kg.lexicon import Lexicon, load
from kg.model import Extraction, Problem, Speech

BATCH = 32
"""Texts handed to a process at a time: enough to make handing over cheap, few enough to share out evenly."""

BATCH_BYTES = 1_000_000
"""A batch ends earlier where its texts are as long as this together."""

WORTH_A_POOL = 8_000_000
"""Bytes to extract from, from which starting processes pays: each spends a second and a half on imports and the lexicon."""

MANY_IN_ONE = frozenset({".jsonl", ".ndjson", ".csv", ".parquet", ".zip"})
"""Files that may hold a whole corpus: they are read here and their speeches handed over, not their path."""

Item = Path | Speech | Problem
Task = TypeVar("Task")
Done = TypeVar("Done")
Result = Extraction | Problem
Known = Callable[[Speech], Extraction | None]

Entry = tuple[int, Item, Extraction | None]
"""The number of the file, what it holds, and the extraction where it is known."""


def extract_all(
    files: Sequence[Path | Problem],
    lexicon: Lexicon,
    *,
    lexicon_files: Sequence[Path] = (),
    builtin: bool = True,
    jobs: int | None = None,
    min_confidence: float = 0.0,
) -> Iterator[Result]:
    """Yield an extraction for every speech in ``files``, and every problem, in order.

    ``lexicon`` is ``load(lexicon_files, builtin=builtin)``; other processes load it again from there. ``jobs`` is the
    number of processes; None takes one for small corpora, else one a core. Findings below ``min_confidence`` are left out.
    """
    for _, found in extract_each(
        files, lexicon, lexicon_files=lexicon_files, builtin=builtin, jobs=jobs, min_confidence=min_confidence
    ):
        yield found


def extract_each(
    files: Sequence[Path | Problem],
    lexicon: Lexicon,
    *,
    lexicon_files: Sequence[Path] = (),
    builtin: bool = True,
    jobs: int | None = None,
    min_confidence: float = 0.0,
    known: Known = lambda speech: None,
) -> Iterator[tuple[int, Result]]:
    """As ``extract_all``, each result with the number of its file.

    Files that may hold a whole corpus are read in this process; an extraction that ``known`` gives for one of their
    speeches is not made again.
    """
    items = items_of(files, known)
    if jobs is None:
        ahead, size = [], 0
        for entry in items:
            ahead.append(entry)
            size += work_in(entry)
            if size >= WORTH_A_POOL:
                break
        jobs, items = cores() if size >= WORTH_A_POOL else 1, chain(ahead, items)
    if jobs == 1:
        for number, item, done in items:
            yield from ((number, found) for found in ([done] if done else extracted(item, lexicon, min_confidence)))
    else:
        yield from _pooled(items, tuple(lexicon_files), builtin, jobs, min_confidence)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def work_in(entry: Entry) -> int:
    """Bytes that are still to be extracted from: those of a file, or about those of a speech in UTF-8."""
    _, item, done = entry
    if done:
        return 0
    if isinstance(item, Speech):
        return 3 * len(item.text)
    return item.stat().st_size if isinstance(item, Path) and item.is_file() else 0


def extracted(item: Item, lexicon: Lexicon, min_confidence: float) -> Iterator[Result]:
    """Yield what an item holds: an extraction or a problem for each of its texts."""
    for x in read_file(item) if isinstance(item, Path) else (item,):
        try:
            yield x if isinstance(x, Problem) else above(extract(x, lexicon), min_confidence)
        except Exception as error:
            if isinstance(x, Speech):
                error.add_note(f"while extracting from {x.source.path} ({x.doc}); please report this with the text")
            raise


def _pooled(
    items: Iterable[Entry], lexicon_files: tuple[Path, ...], builtin: bool, jobs: int, min_confidence: float
) -> Iterator[tuple[int, Result]]:
    context = multiprocessing.get_context("spawn")  # safe beside the threads of a progress display, and on any system
    with ProcessPoolExecutor(jobs, context, _start, (lexicon_files, builtin)) as pool:
        waiting: deque[tuple[list[Entry], Future[list[list[Result]]]]] = deque()
        try:
            for batch in batches(items, BATCH, BATCH_BYTES):
                todo = [item for _, item, done in batch if done is None]
                waiting.append((batch, pool.submit(_work, todo, min_confidence)))
                if len(waiting) > 2 * jobs:
                    yield from _in_order(*waiting.popleft())
            while waiting:
                yield from _in_order(*waiting.popleft())
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def in_processes(
    work: Callable[[Task], Done], tasks: Iterable[Task], jobs: int, start: Callable[..., None], args: tuple[Any, ...]
) -> Iterator[Done]:
    """Yield what ``work`` gives for each task, in order, from ``jobs`` processes; no more tasks are drawn than pay.

    ``start(*args)`` prepares each process; with one job it is this one.
    """
    if jobs == 1:
        start(*args)
        yield from map(work, tasks)
        return
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin, (start, args)) as pool:
        waiting: deque[Future[Done]] = deque()
        try:
            for task in tasks:
                waiting.append(pool.submit(work, task))
                if len(waiting) > 2 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _begin(start: Callable[..., None], args: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    start(*args)


def _in_order(batch: list[Entry], work: Future[list[list[Result]]]) -> Iterator[tuple[int, Result]]:
    made = iter(work.result())
    for number, _, done in batch:
        for found in [done] if done else next(made):
            yield number, found


def batches(entries: Iterable[Entry], most: int, size: int) -> Iterator[list[Entry]]:
    """Entries in lists of up to ``most``; a list ends, too, once it holds ``size`` bytes of work."""
    batch: list[Entry] = []
    held = 0
    for entry in entries:
        batch.append(entry)
        held += work_in(entry)
        if len(batch) == most or held >= size:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def items_of(files: Iterable[Path | Problem], known: Known = lambda speech: None) -> Iterator[Entry]:
    """What is handed over, with the number of its file: each file, or the speeches of one that may hold many."""
    for number, file in enumerate(files):
        if isinstance(file, Path) and (file.suffix.lower() in MANY_IN_ONE or not file.is_file()):
            for item in read_file(file):
                yield number, item, known(item) if isinstance(item, Speech) else None
        else:
            yield number, file, None


_lexicon: Lexicon


def _start(lexicon_files: tuple[Path, ...], builtin: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    global _lexicon
    _lexicon = load(lexicon_files, builtin=builtin)


def _work(batch: list[Item], min_confidence: float) -> list[list[Result]]:
    return [list(extracted(item, _lexicon, min_confidence)) for item in batch]
