"""Arguments → files: folders walked in order, what is not a speech passed over by name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.corpus.encoding import printable
from kg.corpus.sniff import SUFFIXES
from kg.model import Problem

STDIN = Path("-")
GOLD = "gold"


def paths_of(paths: Iterable[str | Path]) -> Iterator[Path | Problem]:
    """Yield the files that arguments stand for: a file, ``-`` (standard input), or all in a folder, sorted by name.

    In folders ``gold/``, README files, hidden files and unknown suffixes are passed over, each with a Problem of kind
    "skipped"; a path that does not exist or cannot be listed gives an error. Links to folders are not followed.
    """
    for given in paths:
        path = Path(given)
        if str(given) == "-":
            yield STDIN
        elif path.is_dir():
            yield from _walk(path)
        elif path.exists():
            yield path
        else:
            yield Problem(
                show(path), "no such file or folder" if not path.is_symlink() else "a link that leads nowhere"
            )


def passed_over(name: str) -> str | None:
    """Why a file of this name in a folder or archive is not read; None if it is."""
    path = Path(name)
    if any(part.startswith(".") or part == "__MACOSX" for part in path.parts):
        return "hidden file"
    if GOLD in path.parts[:-1]:
        return "annotation, not a speech"
    if path.stem.upper() == "README" or path.stem.upper().startswith("README."):
        return "README, not a speech"
    if path.name.startswith("~$"):
        return "lock file of an open Word document"
    if path.suffix.lower() not in SUFFIXES:
        return f"unknown suffix {path.suffix!r}" if path.suffix else "no suffix"
    return None


def show(path: str | Path) -> str:
    """A path as text that every output can carry: bytes that are no UTF-8 become U+FFFD, controls become ``?``."""
    return printable(os.fsencode(path).decode("utf-8", "replace"))


def _walk(folder: Path) -> Iterator[Path | Problem]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(show(folder), f"folder cannot be listed: {error.strerror}")
        return
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir():
            if entry.is_symlink():
                yield Problem(show(path), "link to a folder: name it as an argument to read it", "skipped")
            elif entry.name == GOLD or entry.name.startswith(".") or entry.name == "__MACOSX":
                what = "annotation" if entry.name == GOLD else "hidden folder"
                yield Problem(show(path), what, "skipped")
            else:
                yield from _walk(path)
            continue
        reason = passed_over(entry.name)
        if reason:
            yield Problem(show(path), reason, "skipped")
        elif entry.is_file():
            yield path
        elif entry.is_symlink():
            yield Problem(show(path), "a link that leads nowhere")
        else:
            yield Problem(show(path), "not a regular file", "skipped")
