"""The inputs of a build: which files, what of them the last build's cache knows, and what is extracted anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kg import corpus, manifest
from kg.cache import Cache, Keeper, Result
from kg.corpus.paths import show
from kg.lexicon import Lexicon
from kg.model import Extraction, Problem, Speech
from kg.output import within
from kg.pool import extract_each


class Read(NamedTuple):
    """What the inputs hold: the extractions, and the problems, in order; ``new`` counts the texts extracted anew.

    ``keeper`` has it all for the next cache.
    """

    extractions: list[Extraction]
    problems: list[Problem]
    new: int
    keeper: Keeper


def last(out: Path, before: dict[str, Any] | None, parameters: dict[str, Any]) -> tuple[Cache, str]:
    """What the output in ``out`` knows for builds with these parameters, and why that is nothing, if it is.

    ``before`` is its manifest.
    """
    if before is None:
        return Cache(), "no earlier output"
    if before.get("reading") != manifest.reading(parameters):
        return Cache(), "another program, lexicon or threshold made the earlier output"
    if not manifest.intact(out, before, *manifest.CACHE):
        return Cache(), "the earlier output's cache is damaged or gone"
    return Cache(out), ""


def read(
    files: Sequence[Path | Problem],
    known: Lexicon,
    old: Cache,
    *,
    lexicon_files: Sequence[Path] = (),
    builtin: bool = True,
    jobs: int | None = None,
    min_confidence: float = 0.0,
    report: Callable[[int], None] = lambda texts: None,
) -> Read:
    """Extract from the files; what ``old`` knows, by the bytes of a file or the text of a record, comes from there.

    ``report`` is called with the number of texts that are done. See ``kg.pool.extract_each`` for the other arguments.
    """
    digests = [_digest(file) for file in files]
    results: list[list[Result] | None] = []
    for file, digest in zip(files, digests, strict=True):
        path = isinstance(file, Path) and digest
        results.append(old.file(show(file), show(file.name), digest) if path and isinstance(file, Path) else None)
    done = sum(_texts(found) for found in results if found)
    again = 0

    def from_cache(speech: Speech) -> Extraction | None:
        nonlocal again
        found = old.text(speech)
        again += found is not None
        return found

    todo = [number for number, found in enumerate(results) if found is None]
    anew: dict[int, list[Result]] = {number: [] for number in todo}
    options = {"lexicon_files": lexicon_files, "builtin": builtin, "jobs": jobs, "min_confidence": min_confidence}
    texts = done
    for i, result in extract_each([files[number] for number in todo], known, known=from_cache, **options):  # type: ignore[arg-type]
        anew[todo[i]].append(result)
        if isinstance(result, Extraction):
            texts += 1
            report(texts)
    keeper = Keeper(old)
    read = Read([], [], texts - done - again, keeper)
    for number, (file, digest, found) in enumerate(zip(files, digests, results, strict=True)):
        here = anew[number] if found is None else found
        # A file that was written to while it was read has no content to know it by.
        if isinstance(file, Path) and digest and (found is not None or _digest(file) == digest):
            keeper.add(here, show(file), show(file.name), digest)
        else:
            keeper.add(here)
        for result in here:
            if isinstance(result, Problem):
                read.problems.append(result)
            else:
                read.extractions.append(result)
    return read


def _digest(file: Path | Problem) -> str:
    """The sha256 of a regular file, "" for all else and for what cannot be read."""
    try:
        return manifest.sha256(file) if isinstance(file, Path) and file.is_file() else ""
    except OSError:
        return ""


def _texts(results: Iterable[Result]) -> int:
    return sum(isinstance(result, Extraction) for result in results)


def sources(paths: Sequence[str | Path]) -> Iterator[Path | Problem]:
    """The files that paths stand for, each once, and the problems on the way.

    What lies in an output of kg is no source, unless the user names it as one.
    """
    given = [Path(p).resolve() for p in paths]
    passed: Counter[Path] = Counter()
    seen: set[Path] = set()

    @cache
    def output(folder: Path) -> Path | None:
        around = within(folder)
        return None if around is None or any(g.is_relative_to(around) for g in given) else around

    for file in corpus.paths_of(paths):
        path = Path(file.path) if isinstance(file, Problem) else file
        if folder := output(path.parent):
            passed[folder] += 1
        elif path not in seen or isinstance(file, Problem):
            seen.add(path)
            yield file
    for folder, n in sorted(passed.items()):
        yield Problem(show(folder), f"an output of kg ({n} files), not a source", "skipped")
