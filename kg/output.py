"""The output folder: written beside, then swapped in whole, so that a run that fails or is killed leaves the last one.

Beside ``out`` a run keeps ``.out.lock`` (held while it runs), ``.out.new`` (what it writes) and for a moment
``.out.old`` (what it replaces). Whatever a killed run left of these, the next one puts right.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MANIFEST = "manifest.json"
PROGRAM = "kg"


class OutputError(Exception):
    """An output folder that cannot be used; the message says why and what to do."""


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Give an empty folder to write to; when the block ends well, it takes the place of ``out``.

    When the block raises, ``out`` stays as it was.

    Raises:
        OutputError: ``out`` is a file, holds something else than an earlier output, is being written by another run,
            or cannot be replaced.
    """
    out = _absolute(out)
    check(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{out.parent}: cannot be made: {error.strerror}") from error
    with _locked(out.with_name(f".{out.name}.lock"), out):
        _recover(out)
        new = out.with_name(f".{out.name}.new")
        new.mkdir()
        try:
            yield new
            if not (new / MANIFEST).exists():
                raise OutputError(f"{new}: the run wrote no {MANIFEST}")
            check(out)
            _swap(new, out)
        finally:
            if new.exists():
                shutil.rmtree(new)


def check(out: Path) -> None:
    """Raise ``OutputError`` unless ``out`` is free, empty or an earlier output."""
    out = _absolute(out)
    if not out.name:
        raise OutputError(f"{out}: cannot be replaced; choose a folder below it")
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out}: is a file; choose a folder for the output")
    if out.is_dir() and any(out.iterdir()) and not is_output(out):
        raise OutputError(
            f"{out}: holds files that kg did not write (no {MANIFEST} of its own), and a build would replace them all; "
            "choose another folder or empty this one"
        )


def is_output(folder: Path) -> bool:
    """Whether kg wrote this folder: its manifest says so."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("program") == PROGRAM


def within(folder: Path) -> Path | None:
    """The output of kg that ``folder`` is, or that it lies in; None if neither."""
    folder = _absolute(folder)
    return next((f for f in (folder, *folder.parents) if is_output(f)), None)


def _absolute(path: Path) -> Path:
    """Without links, so that the folder is replaced and not the link to it."""
    return path.resolve()


def _recover(out: Path) -> None:
    """Put right what a killed run left, under the lock."""
    old, new = out.with_name(f".{out.name}.old"), out.with_name(f".{out.name}.new")
    if old.exists():
        if out.exists() and any(out.iterdir()):
            shutil.rmtree(old)  # the swap was done, only the cleaning was not
        else:
            if out.exists():
                out.rmdir()
            old.rename(out)
    if new.exists():
        shutil.rmtree(new)


def _swap(new: Path, out: Path) -> None:
    old = out.with_name(f".{out.name}.old")
    try:
        if out.exists():
            out.rename(old)
        try:
            new.rename(out)
        except OSError:
            if old.exists():
                old.rename(out)
            raise
    except OSError as error:
        raise OutputError(f"{out}: cannot be replaced: {error.strerror}; it stays as it was") from error
    if old.exists():
        shutil.rmtree(old)


if sys.platform == "win32":  # pragma: no cover - no advisory locks there that another process would wait for

    @contextmanager
    def _locked(lock: Path, out: Path) -> Iterator[None]:
        yield

else:
    import fcntl

    @contextmanager
    def _locked(lock: Path, out: Path) -> Iterator[None]:
        """Hold a lock that the system takes back when the process dies, however it dies."""
        try:
            while True:
                handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if _is_at(lock, handle):
                        break
                except BaseException:
                    os.close(handle)
                    raise
                os.close(handle)
        except BlockingIOError as error:
            raise OutputError(
                f"{out}: another kg build is writing there; wait for it or choose another folder"
            ) from error
        except OSError as error:
            raise OutputError(f"{out.parent}: cannot be written: {error.strerror}") from error
        try:
            yield
        finally:
            lock.unlink()
            os.close(handle)

    def _is_at(lock: Path, handle: int) -> bool:
        """Whether the open file is still the one at ``lock``: who held it before may have removed it meanwhile."""
        try:
            return os.path.samestat(os.fstat(handle), lock.stat())
        except FileNotFoundError:
            return False
