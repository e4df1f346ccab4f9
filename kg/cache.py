"""What a build keeps so that the next one need not read and extract again what has not changed.

In the output folder, as MessagePack: data that is checked against its types when it is read and can run nothing, since
an output may come from somebody else.

``cache/files.msgpack``: for every input file, by file name and sha256 of its bytes, the texts and problems found in it.
``cache/texts/00`` … ``ff``: the extractions, by the sha256 of what was read of a text (``key``), one file for all keys
that begin with the same two digits. What is the same from build to build is linked, not written again.

All of it holds for one way of extraction (``kg.manifest.reading``): with another lexicon, program or threshold
nothing of it is used. The same inputs give the same cache, byte for byte.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from kg.model import Extraction, Problem, Source, Speech

FOLDER = "cache"
FILES = "files.msgpack"
TEXTS = "texts"

Result = Extraction | Problem

NOWHERE = Source("", "", "")
"""The source of a text in the cache: the same text may come from several files."""


class Found(NamedTuple):
    """Something found in a file: ``where`` is what follows the file's own path; a text by its key, or a problem."""

    where: str
    key: str = ""
    sha256: str = ""
    format: str = ""
    encoding: str | None = None
    reason: str = ""
    kind: Literal["error", "skipped"] = "error"


_decode_files = msgspec.msgpack.Decoder(dict[str, list[Found]]).decode
_decode_texts = msgspec.msgpack.Decoder(dict[str, msgspec.Raw]).decode
_decode = msgspec.msgpack.Decoder(Extraction).decode
_encode = msgspec.msgpack.Encoder().encode


class Cache:
    """Extractions by text, and texts by file. ``Cache()`` knows nothing; ``Cache(out)`` what the build of ``out`` kept.

    Raises:
        ValueError, OSError: from any method, where the files are damaged or gone.
    """

    def __init__(self, out: Path | None = None) -> None:
        self._folder = out / FOLDER if out else None
        self._files = _decode_files((self._folder / FILES).read_bytes()) if self._folder else {}
        self._texts: dict[str, dict[str, msgspec.Raw]] = {}

    def __len__(self) -> int:
        """The number of files that are known."""
        return len(self._files)

    def file(self, path: str, name: str, sha256: str) -> list[Result] | None:
        """What was found in a file of this name and content, as if it had been read at ``path``; None if unknown."""
        found = self._files.get(_file_key(name, sha256))
        return None if found is None else [self._result(path, item) for item in found]

    def text(self, speech: Speech) -> Extraction | None:
        """The extraction of a text that has been read; None if unknown."""
        return self._extraction(key(speech), speech.source)

    def _result(self, path: str, item: Found) -> Result:
        if not item.key:
            return Problem(path + item.where, item.reason, item.kind)
        found = self._extraction(item.key, Source(path + item.where, item.sha256, item.format, item.encoding))
        if found is None:
            raise ValueError(f"{self._folder}: no text {item.key}")
        return found

    def _extraction(self, key: str, source: Source) -> Extraction | None:
        raw = self._shard(key[:2]).get(key)
        if raw is None:
            return None
        extraction = _decode(raw)
        extraction.speech.source = source
        return extraction

    def _shard(self, prefix: str) -> dict[str, msgspec.Raw]:
        if prefix not in self._texts:
            path = self._folder / TEXTS / prefix if self._folder else None
            self._texts[prefix] = _decode_texts(path.read_bytes()) if path and path.exists() else {}
        return self._texts[prefix]


class Keeper:
    """Collects what was found, and writes it as the next cache; texts that ``old`` has are taken from there."""

    def __init__(self, old: Cache) -> None:
        self._old = old
        self._files: dict[str, list[Found]] = {}
        self._texts: dict[str, dict[str, Extraction]] = defaultdict(dict)

    def add(self, results: Iterable[Result], path: str = "", name: str = "", sha256: str = "") -> None:
        """Keep what was found, and as the content of a file where its path, name and sha256 are given."""
        found = []
        for result in results:
            if isinstance(result, Problem):
                found.append(Found(result.path.removeprefix(path), reason=result.reason, kind=result.kind))
                apart = not result.path.startswith(path)
            else:
                source = result.speech.source
                key_ = key(result.speech)
                self._texts[key_[:2]].setdefault(key_, result)
                found.append(Found(source.path.removeprefix(path), key_, source.sha256, source.format, source.encoding))
                apart = not source.path.startswith(path)
            if apart:  # never seen: every reader names what it found by the file's path
                raise ValueError(f"{result}: is not named by its file, {path}")
        if sha256:
            self._files[_file_key(name, sha256)] = found

    def write(self, out: Path) -> None:
        """Write ``out/cache``."""
        folder = out / FOLDER
        (folder / TEXTS).mkdir(parents=True)
        (folder / FILES).write_bytes(_encode(dict(sorted(self._files.items()))))
        for prefix, texts in self._texts.items():
            target, known = folder / TEXTS / prefix, self._old._shard(prefix)
            if self._old._folder and known.keys() == texts.keys():
                link(self._old._folder / TEXTS / prefix, target)
            else:
                content = {k: known[k] if k in known else _without_source(texts[k]) for k in sorted(texts)}
                target.write_bytes(_encode(content))


def key(speech: Speech) -> str:
    """What tells texts apart that extract differently: the sha256 of all that was read, but for where it stood."""
    return hashlib.sha256(_encode(replace(speech, source=NOWHERE))).hexdigest()


def link(source: Path, target: Path) -> None:
    """Give a file that will never be changed a second name; copy it where the file system has no such thing."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _file_key(name: str, sha256: str) -> str:
    return f"{sha256} {name}"


def _without_source(extraction: Extraction) -> Extraction:
    return replace(extraction, speech=replace(extraction.speech, source=NOWHERE))
