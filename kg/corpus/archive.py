"""Zip archives: their members in order, in memory, within limits. Nothing is ever written to disk."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple

from kg.corpus.draft import Unreadable
from kg.model import Problem

MAX_MEMBERS = 100_000
MAX_MEMBER = 256 * 2**20
MAX_TOTAL = 2 * 2**30
MAX_RATIO = 200
"""How many times its packed size a member may grow, once it is larger than FREE bytes; text reaches about 20."""
FREE = 2**20
CHUNK = 2**20


class Member(NamedTuple):
    """One file of an archive: its name, with ``/``, and its bytes."""

    name: str
    data: bytes


def members(stream: BinaryIO, path: str) -> Iterator[Member | Problem]:
    """Yield the files of an archive sorted by name; a member that cannot be used is a Problem, and the rest is read.

    Sizes are counted while unpacking: what the archive's directory claims is not trusted. Raises Unreadable for a
    broken archive or one beyond the limits.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"broken zip archive ({error}): pack it again") from error
    with archive:
        entries = archive.infolist()
        check_sizes(entries)
        total = 0
        for name, entry in _by_name(entries):
            label = f"{path}/{name}"
            if _escapes(name):
                yield Problem(label, "a path that leads out of the archive: not read; pack it again with plain names")
                continue
            if entry.flag_bits & 1:
                yield Problem(label, "encrypted: unpack it with its password first")
                continue
            try:
                data = _unpack(archive, entry, MAX_TOTAL - total)
            except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, struct.error) as error:
                yield Problem(label, f"cannot be unpacked ({error}): pack the archive again")
                continue
            total += len(data)
            yield Member(name, data)


def _by_name(entries: list[zipfile.ZipInfo]) -> list[tuple[str, zipfile.ZipInfo]]:
    return sorted(((member_name(entry), entry) for entry in entries if not entry.is_dir()), key=lambda pair: pair[0])


def check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """Raise Unreadable if an archive's own directory announces more than the limits allow."""
    if len(entries) > MAX_MEMBERS:
        raise Unreadable(f"{len(entries):,} files in one archive (limit {MAX_MEMBERS:,}): split it")
    total = 0
    for entry in entries:
        total += entry.file_size
        if entry.file_size > FREE and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise Unreadable(
                f"unpacks to {entry.file_size // max(1, entry.compress_size):,} times its size (limit {MAX_RATIO}):"
                " a zip bomb"
            )
    if total > MAX_TOTAL:
        raise Unreadable(f"unpacks to {total >> 20:,} MB (limit {MAX_TOTAL >> 20:,} MB): split it")


def member_name(entry: zipfile.ZipInfo) -> str:
    """The name of a member; names that Chinese Windows wrote in GBK are read as such."""
    name = entry.filename
    if not entry.flag_bits & 0x800 and not name.isascii():
        try:
            return name.encode("cp437").decode("gb18030")
        except UnicodeError:
            return name
    return name


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    limit = min(MAX_MEMBER, max(FREE, MAX_RATIO * entry.compress_size))
    chunks: list[bytes] = []
    size = 0
    with archive.open(entry) as packed:
        while chunk := packed.read(CHUNK):
            size += len(chunk)
            if size > limit or size > room:
                raise Unreadable(f"{entry.filename[:80]!r} unpacks to more than {min(limit, room):,} bytes: a zip bomb")
            chunks.append(chunk)
    return b"".join(chunks)


def _escapes(name: str) -> bool:
    parts: Iterable[str] = PurePosixPath(name.replace("\\", "/")).parts
    return name.startswith(("/", "\\")) or ".." in parts or bool(re.match(r"[A-Za-z]:", name)) or "\0" in name
