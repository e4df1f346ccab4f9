"""The same build for corpora that one machine's memory, or one machine, does not hold.

``shards``: extractions as Arrow rows, which every engine writes and reads; ``sql``: what is counted over them;
``disk``: the engine for one machine; ``spark``: the one for a cluster.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from kg.corpus import paths_of

Engine = Literal["auto", "memory", "disk", "spark"]
"""How a graph is built: in memory, over files on disk, or on a cluster; ``auto`` takes the first or, where ``is_large``
says so, the second."""

Mentions = Literal["counts", "full"]
"""What the N-Quads of the engines for large corpora have of mentions: how many a speech has of an entity, or also each with its place."""

LARGE_TEXTS = 20_000
LARGE_BYTES = 12_000_000
"""From so many files, or bytes of them together, a corpus is large: in memory, reports of 4.3 MB took 450 MB, of which 200 MB
are the program, so that a gigabyte would be full with about 13 MB."""

PACKED = frozenset({".zip", ".parquet"})
UNPACKED = 4
"""Of packed files each byte counts as so many."""


def is_large(paths: Iterable[str | Path]) -> bool:
    """Whether inputs are so much that they are better built on disk; standard input counts as nothing."""
    size = 0
    for number, file in enumerate(paths_of(paths)):
        if isinstance(file, Path) and file.is_file():
            size += file.stat().st_size * (UNPACKED if file.suffix.lower() in PACKED else 1)
        if number >= LARGE_TEXTS or size >= LARGE_BYTES:
            return True
    return False
