"""What a build keeps so that the next one need not read and extract again what has not changed.

In the output folder, as MessagePack: data that is checked against its types when it is read and can run nothing, since
an output may come from somebody else.

``cache/files.msgpack``: for every input file, by file name and sha256 of its bytes, the texts and problems found in it.
``cache/texts/00`` … ``ff``: the extractions, each with the pairs of entities that it names together, by the sha256 of
what was read of a text (``key``), one file for all keys that begin with the same two digits. What is the same from
build to build is linked, not written again.
``cache/speeches.msgpack``: the speeches of the graph that the output shows: key and source of each.

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

from kg.comention import Together, together
from kg.graph import KnowledgeGraph
from kg.model import LEXICON, Extraction, Problem, Source, Speech

FOLDER = "cache"
FILES = "files.msgpack"
SPEECHES = "speeches.msgpack"
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


class Kept(NamedTuple):
    """What is kept of a text."""

    extraction: Extraction
    together: Together


_decode_files = msgspec.msgpack.Decoder(dict[str, list[Found]]).decode
_decode_texts = msgspec.msgpack.Decoder(dict[str, msgspec.Raw]).decode
_decode_speeches = msgspec.msgpack.Decoder(list[tuple[str, Source]]).decode
_decode = msgspec.msgpack.Decoder(Kept).decode
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
        self._together: dict[str, Together] = {}

    def speeches(self) -> list[tuple[str, Source]]:
        """Key and source of the speeches of the graph that the output shows, by speech id."""
        return _decode_speeches((self._folder / SPEECHES).read_bytes()) if self._folder else []

    def extraction(self, key: str, source: Source) -> Extraction:
        """A kept extraction, as if its text had been read from ``source``.

        Raises ValueError where there is none of this key.
        """
        found = self._extraction(key, source)
        if found is None:
            raise ValueError(f"{self._folder}: no text {key}")
        return found

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
        return self.extraction(item.key, Source(path + item.where, item.sha256, item.format, item.encoding))

    def _extraction(self, key: str, source: Source) -> Extraction | None:
        raw = self._shard(key[:2]).get(key)
        if raw is None:
            return None
        extraction, self._together[key] = _decode(raw)
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
        self._texts: dict[str, dict[str, Kept]] = defaultdict(dict)
        self._keys: dict[int, tuple[str, Extraction]] = {}

    def add(self, results: Iterable[Result], path: str = "", name: str = "", sha256: str = "") -> None:
        """Keep what was found, and as the content of a file where its path, name and sha256 are given."""
        found = []
        for result in results:
            where = result.path if isinstance(result, Problem) else result.speech.source.path
            if not where.startswith(path):  # never seen: every reader names what it found by the file's path
                raise ValueError(f"{where}: is not named by its file, {path}")
            where = where.removeprefix(path)
            if isinstance(result, Problem):
                found.append(Found(where, reason=result.reason, kind=result.kind))
            else:
                source, key_ = result.speech.source, self.key(result)
                if key_ not in (texts := self._texts[key_[:2]]):
                    texts[key_] = Kept(result, self._old._together.get(key_) or together(result))
                found.append(Found(where, key_, source.sha256, source.format, source.encoding))
        if sha256:
            self._files[_file_key(name, sha256)] = found

    def key(self, extraction: Extraction) -> str:
        """The key of an extraction's text; the extraction must not change any more."""
        known = self._keys.get(id(extraction))
        if known is None:
            known = self._keys[id(extraction)] = key(extraction.speech), extraction
        return known[0]

    def together(self, extraction: Extraction) -> Together:
        """What an extraction names together, if it was added or comes from ``old``."""
        key_ = self.key(extraction)
        kept = self._texts[key_[:2]].get(key_)
        return kept.together if kept else self._old._together[key_]

    def earlier(self, now: KnowledgeGraph) -> KnowledgeGraph:
        """The graph that the earlier output shows, with the lexicon of this one; what did not change is shared."""
        shared = {(self.key(e), *_of(e.speech.source)): e for id_, e in now.extractions.items() if id_ != LEXICON}
        extractions = [
            shared.get((key_, *_of(source))) or self._old.extraction(key_, source)
            for key_, source in self._old.speeches()
        ]
        return KnowledgeGraph([now.extractions[LEXICON], *extractions], together=self.together)

    def write(self, out: Path, graph: KnowledgeGraph) -> None:
        """Write ``out/cache``; ``graph`` is made of what was added."""
        folder = out / FOLDER
        (folder / TEXTS).mkdir(parents=True)
        (folder / FILES).write_bytes(_encode(dict(sorted(self._files.items()))))
        said = (e for id_, e in graph.extractions.items() if id_ != LEXICON)
        (folder / SPEECHES).write_bytes(_encode([(self.key(e), e.speech.source) for e in said]))
        for prefix, texts in self._texts.items():
            target, known = folder / TEXTS / prefix, self._old._shard(prefix)
            if self._old._folder and known.keys() == texts.keys():
                link(self._old._folder / TEXTS / prefix, target)
            elif texts:
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


def _of(source: Source) -> tuple[str, ...]:
    return source.path, source.sha256, source.format, source.encoding or ""


def _file_key(name: str, sha256: str) -> str:
    return f"{sha256} {name}"


def _without_source(kept: Kept) -> Kept:
    extraction = kept.extraction
    return Kept(replace(extraction, speech=replace(extraction.speech, source=NOWHERE)), kept.together)
