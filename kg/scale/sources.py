"""Inputs that a worker can open by itself: files of a folder that all machines see, and objects of a store by URL.

Listing happens once, where the run starts; opening happens on the workers, which stream what they read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import quote, urlsplit

from pyarrow import ArrowException, NativeFile
from pyarrow.fs import FileSelector, FileSystem, FileType

from kg.corpus import read_stream
from kg.corpus.paths import passed_over, show
from kg.model import Problem, Speech

BUFFER = 1 << 20
"""Bytes that one request to an object store asks for at least."""

_BARE = re.compile(r"[^!-~]+|[\"<>\\^`{|}]+|%(?![0-9A-Fa-f]{2})")
"""What people write in a URL as it is, and what a URL must write with %."""


class Input(NamedTuple):
    """A file as a worker opens it: ``root`` is "" for a path of this machine, else the URL of its file system.

    ``label`` is how the user knows it, ``size`` its bytes.
    """

    root: str
    path: str
    label: str
    size: int


class SourceError(Exception):
    """An input that ought to be there and cannot be read; the message says why and what to do."""


def is_url(path: str | Path) -> bool:
    """Whether an argument is a URL (``s3://bucket/folder``, ``file:///data``) and no path."""
    return "://" in str(path)


def local(files: Iterable[Path | Problem]) -> Iterator[Input | Problem]:
    """Yield files of this machine as inputs, in order."""
    for file in files:
        if isinstance(file, Problem):
            yield file
        elif not file.is_file():
            yield Problem(show(file), "not a regular file: a cluster reads files and URLs")
        else:
            yield Input("", str(file.absolute()), show(file), file.stat().st_size)


def listed(url: str) -> Iterator[Input | Problem]:
    """Yield the files at a URL: one file, or all under a folder by name; the rest with a reason, as in local folders.

    Raises:
        SourceError: the URL is none, or its store cannot be reached or listed.
    """
    files, path = system(url)
    scheme = urlsplit(url).scheme
    try:
        found = files.get_file_info(path)
        if found.type == FileType.NotFound:
            yield Problem(f"{scheme}://{path}", "no such file or folder")
            return
        folder = found.type == FileType.Directory
        below = files.get_file_info(FileSelector(path, recursive=True)) if folder else [found]
    except (OSError, ArrowException) as error:
        raise SourceError(f"{scheme}://{path}: cannot be listed: {reason(error)}") from error
    for file in sorted(below, key=lambda f: str(f.path)):
        if file.type != FileType.File:
            continue
        label = show(f"{scheme}://{file.path}" if scheme != "file" else file.path)
        why = passed_over(file.path.removeprefix(path).lstrip("/")) if folder else None
        yield Problem(label, why, "skipped") if why else Input(url, file.path, label, file.size)


def read(source: Input) -> Iterator[Speech | Problem]:
    """Read one input, on whatever machine: a Speech or Problem for each text in it.

    Raises:
        SourceError: this machine cannot open what the one that started the run has listed.
    """
    with _opened(source) as stream:
        yield from read_stream(stream, source.label, show(Path(source.path).name))


@contextmanager
def _opened(source: Input) -> Iterator[BinaryIO]:
    stream: BinaryIO | io.BufferedReader
    if not source.root:
        try:
            stream = Path(source.path).open("rb")  # noqa: SIM115 - closed below
        except OSError as error:
            raise SourceError(
                f"{source.path}: a worker cannot open it ({error.strerror}): put the texts in a folder that all machines "
                "see at the same path, or in an object store, and name that"
            ) from error
    else:
        files, _ = system(source.root)
        try:
            raw = files.open_input_file(source.path)
        except (OSError, ArrowException) as error:
            raise SourceError(f"{source.label}: a worker cannot open it: {reason(error)}") from error
        stream = io.BufferedReader(_Object(raw, source.label), BUFFER)
    with stream:
        yield stream


class _Object(io.RawIOBase):
    """An object of a store as a stream. A connection that breaks must not pass for a broken file."""

    def __init__(self, raw: NativeFile, label: str) -> None:
        self._raw = raw
        self._label = label

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer; returns the bytes read, 0 at the end."""
        return int(self._ask(self._raw.readinto, buffer))

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        self._ask(self._raw.seek, offset, whence)
        return self.tell()

    def tell(self) -> int:
        """The place."""
        return int(self._ask(self._raw.tell))

    def close(self) -> None:
        """Let go of it."""
        self._raw.close()
        super().close()

    def _ask(self, what: Callable[..., Any], *arguments: object) -> Any:
        try:
            return what(*arguments)
        except (OSError, ArrowException) as error:
            raise SourceError(f"{self._label}: lost while reading: {reason(error)}") from error


@lru_cache(16)
def system(url: str) -> tuple[FileSystem, str]:
    """The file system behind a URL, and the path in it. Hadoop's names for S3 are understood too."""
    scheme, _, rest = url.partition("://")
    rest = _BARE.sub(lambda m: quote(m[0]), rest)
    try:
        files, path = FileSystem.from_uri(f"{'s3' if scheme in ('s3a', 's3n') else scheme}://{rest}")
    except (ValueError, OSError, ArrowException) as error:
        raise SourceError(f"{scheme}://…: cannot be used: {reason(error)}") from error
    return files, path


def reason(error: Exception) -> str:
    """The first line of what an error says."""
    return next(iter(str(error).splitlines()), type(error).__name__)[:300]
