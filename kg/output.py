"""The output folder: written beside, then swapped in whole, so that a run that fails or is killed leaves the last one.

Beside ``out`` a run keeps ``.out.lock`` (held while it runs, with its process number) and ``.out.new`` (what it
writes). Linux exchanges two folders in one step, so that there is an output at every moment; elsewhere the old one is
``.out.old`` for an instant. Whatever a killed run left of these, the next one puts right.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
PROGRAM = "kg"


class OutputError(Exception):
    """An output folder that cannot be used; the message says why and what to do."""


@contextmanager
def replacing(out: Path, *, wait: bool = False) -> Iterator[Path]:
    """Give an empty folder to write to; when the block ends well, it takes the place of ``out``.

    When the block raises, ``out`` stays as it was. Where another run is writing to ``out``, this one waits for its end
    with ``wait``, else it is refused.

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
    with _locked(out.with_name(f".{out.name}.lock"), out, wait):
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
            if _exchanged(new, out):
                shutil.rmtree(new)  # the old output now
                return
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


def _exchanged(a: Path, b: Path) -> bool:
    """Exchange two folders in one step of the file system; False where system or file system has no such step.

    Raises OSError where it has one that fails.
    """
    if (renameat2 := _renameat2()) is None:
        return False
    if renameat2(AT_FDCWD, os.fsencode(a), AT_FDCWD, os.fsencode(b), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(b))


AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""Of Linux's fcntl.h and fs.h; see renameat2(2)."""


@cache
def _renameat2() -> Any:
    """The C library's function of this name, which Python does not offer; None where there is none."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        function = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return None
    function.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    return function


if sys.platform == "win32":  # pragma: no cover - no advisory locks there that another process would wait for

    @contextmanager
    def _locked(lock: Path, out: Path, wait: bool) -> Iterator[None]:
        yield

else:
    import fcntl

    @contextmanager
    def _locked(lock: Path, out: Path, wait: bool) -> Iterator[None]:
        """Hold a lock that the system takes back when the process dies, however it dies."""
        try:
            while True:
                handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
                    if _is_at(lock, handle):
                        break
                except BaseException:
                    os.close(handle)
                    raise
                os.close(handle)
            os.truncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
        except BlockingIOError as error:
            raise OutputError(
                f"{out}: another kg build is writing there{_by(lock)}; wait for its end (--wait does), "
                "stop it, or choose another folder"
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

    def _by(lock: Path) -> str:
        """Which process holds the lock, as far as the file tells."""
        try:
            number = lock.read_text("ascii").strip()
        except (OSError, ValueError):
            return ""
        return f" (process {number})" if number.isdecimal() else ""
