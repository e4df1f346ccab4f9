"""Reading and extraction of many files, in this process or in several, in the order in which they come."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

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
"""Bytes of input from which starting processes pays: each spends a second and a half on imports and the lexicon."""

MANY_IN_ONE = frozenset({".jsonl", ".ndjson", ".csv", ".parquet", ".zip"})
"""Files that may hold a whole corpus: they are read here and their speeches handed over, not their path."""

Item = Path | Speech | Problem
Result = Extraction | Problem


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
    jobs = jobs or (cores() if sum(map(_size, files)) >= WORTH_A_POOL else 1)
    if jobs == 1:
        return (found for file in files for found in _extracted(file, lexicon, min_confidence))
    return _pooled(files, tuple(lexicon_files), builtin, jobs, min_confidence)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _size(item: Item) -> int:
    """Bytes of a file, or about those of a speech in UTF-8."""
    if isinstance(item, Speech):
        return 3 * len(item.text)
    return item.stat().st_size if isinstance(item, Path) and item.is_file() else 0


def _extracted(item: Item, lexicon: Lexicon, min_confidence: float) -> Iterator[Result]:
    for x in read_file(item) if isinstance(item, Path) else (item,):
        try:
            yield x if isinstance(x, Problem) else above(extract(x, lexicon), min_confidence)
        except Exception as error:
            if isinstance(x, Speech):
                error.add_note(f"while extracting from {x.source.path} ({x.doc}); please report this with the text")
            raise


def _pooled(
    files: Iterable[Path | Problem], lexicon_files: tuple[Path, ...], builtin: bool, jobs: int, min_confidence: float
) -> Iterator[Result]:
    context = multiprocessing.get_context("spawn")  # safe beside the threads of a progress display, and on any system
    with ProcessPoolExecutor(jobs, context, _start, (lexicon_files, builtin)) as pool:
        waiting: deque[Future[list[Result]]] = deque()
        try:
            for batch in _batches(files):
                waiting.append(pool.submit(_work, batch, min_confidence))
                if len(waiting) > 2 * jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _batches(files: Iterable[Path | Problem]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    size = 0
    for file in files:
        here = isinstance(file, Path) and (file.suffix.lower() in MANY_IN_ONE or not file.is_file())
        for item in read_file(file) if here and isinstance(file, Path) else (file,):
            batch.append(item)
            size += _size(item)
            if len(batch) == BATCH or size >= BATCH_BYTES:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


_lexicon: Lexicon


def _start(lexicon_files: tuple[Path, ...], builtin: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    global _lexicon
    _lexicon = load(lexicon_files, builtin=builtin)


def _work(batch: list[Item], min_confidence: float) -> list[Result]:
    return [found for item in batch for found in _extracted(item, _lexicon, min_confidence)]
