"""Where all machines of a cluster write to: a folder that they share, or one of an object store by URL."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, NamedTuple

from pyarrow import ArrowException
from pyarrow.fs import FileSelector, LocalFileSystem, copy_files

from kg.output import MANIFEST, OutputError, replacing
from kg.scale.sources import SourceError, is_url, reason, system


class Place(NamedTuple):
    """Where a run writes: ``shared`` (path or URL) on all machines, ``here`` on the one that started it.

    ``result`` is what the user finds afterwards.
    """

    shared: str
    here: Path
    result: str

    def path(self, name: str) -> str:
        """A folder as workers write its name."""
        return f"{self.shared}/{name}"

    def spark(self, name: str) -> str:
        """A folder as Spark writes its name."""
        return self.path(name) if is_url(self.shared) else f"file://{self.path(name)}"

    def make(self, *names: str) -> None:
        """Make folders for the workers to write to."""
        for name in names:
            if is_url(self.shared):
                files, path = system(f"{self.shared}/{name}")
                files.create_dir(path)
            else:
                Path(self.shared, name).mkdir(parents=True, exist_ok=True)

    def unwrap(self, name: str, only: str) -> None:
        """Put the only file of a folder in the folder's place."""
        files, path = system(self.path(name)) if is_url(self.shared) else (LocalFileSystem(), self.path(name))
        files.move(f"{path}/{only}", f"{path}.only")
        files.delete_dir(path)
        files.move(f"{path}.only", path)

    def sweep(self, *names: str) -> None:
        """Remove from folders what workers that died had begun to write."""
        if not is_url(self.shared):
            for name in names:
                for left in Path(self.shared, name).rglob(".*"):
                    left.unlink()

    def remove(self, name: str) -> None:
        """Remove a folder."""
        if is_url(self.shared):
            files, path = system(f"{self.shared}/{name}")
            files.delete_dir(path)
        else:
            shutil.rmtree(Path(self.shared, name))


@contextmanager
def place(out: str | Path, *, wait: bool = False) -> Iterator[Place]:
    """Give a run its place.

    A folder is replaced as a whole when the block ends well (``kg.output.replacing``). Below a URL each run has a folder
    of its own, which is complete when it has a manifest: it is written last. Nothing there is replaced or removed.

    Raises:
        OutputError: ``out`` cannot be used.
    """
    if not is_url(out):
        with replacing(Path(out), wait=wait) as new:
            yield Place(str(new), new, str(out))
        return
    if "?" in str(out) or "#" in str(out):
        raise OutputError(f"{out}: give the URL of a folder, without ? and #")
    run = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:8]}"
    shared = f"{str(out).rstrip('/')}/{run}"
    try:
        with TemporaryDirectory(prefix="kg-") as here:
            yield Place(shared, Path(here), shared)
            files, path = system(shared)
            manifest = Path(here, MANIFEST).read_bytes()
            Path(here, MANIFEST).unlink()
            files.create_dir(path)
            copy_files(here, path, source_filesystem=LocalFileSystem(), destination_filesystem=files)
            with files.open_output_stream(f"{path}/{MANIFEST}") as last:
                last.write(manifest)
    except (ArrowException, SourceError) as error:
        raise OutputError(f"{shared}: cannot be written: {reason(error)}") from error


class Counted(io.RawIOBase):
    """A stream that knows the size and sha256 of what was written to it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.size = 0
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: object) -> int:
        """Write some bytes."""
        chunk = bytes(data)  # type: ignore[call-overload]
        self._out.write(chunk)
        self.size += len(chunk)
        self.digest.update(chunk)
        return len(chunk)


@contextmanager
def written(folder: str, name: str) -> Iterator[Counted]:
    """Write a file to a folder (path or URL): it appears under its name when all of it is written.

    Raises:
        SourceError: it cannot be written here.
    """
    try:
        if is_url(folder):
            files, path = system(folder)
            with TemporaryFile() as spool:  # an object appears when its stream is closed, even by an error
                yield Counted(spool)
                spool.seek(0)
                with files.open_output_stream(f"{path}/{name}", compression=None) as raw:  # it is packed already
                    shutil.copyfileobj(spool, raw, 1 << 20)
            return
        beside = Path(folder, f".{name}.{uuid.uuid4().hex}")
        try:
            with beside.open("wb") as file:
                yield Counted(file)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(Path(folder, name))
        finally:
            beside.unlink(missing_ok=True)
    except (OSError, ArrowException) as error:
        where = f"{folder}: {socket.gethostname()} cannot write there ({reason(error)})"
        raise SourceError(f"{where}: OUT must be a folder that all machines share, or a URL") from error


def files_in(folder: str) -> list[str]:
    """The names of the files in a folder (path or URL), sorted."""
    if not is_url(folder):
        return sorted(p.name for p in Path(folder).iterdir())
    files, path = system(folder)
    return sorted(f.base_name for f in files.get_file_info(FileSelector(path)))
