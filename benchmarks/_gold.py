"""The annotated texts that the benchmarks read: the open ones of this repository, and those of ../shared where present."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg import corpus
from kg.corpus import speech_from_text
from kg.evaluate import Document, as_gold, read_gold
from kg.extract import extract
from kg.lexicon import Lexicon, load
from kg.model import Extraction, Speech

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests import gold_texts  # noqa: E402  # the passages of tests/gold are read in one place

SHARED = ROOT.parent / "shared"


class GoldSet(NamedTuple):
    """The files of an annotation, and where its texts stand: a folder, or ``gold_texts.REPORTS`` for tests/gold."""

    name: str
    gold: tuple[Path, ...]
    texts: Path


def _folder(name: str, gold: Path, texts: Path) -> GoldSet:
    return GoldSet(name, tuple(sorted(gold.glob("*.json"))), texts)


SETS = (
    _folder("seeds", ROOT / "seeds" / "gold", ROOT / "seeds"),
    _folder("shared seeds", SHARED / "gold" / "seeds", SHARED / "texts" / "seeds"),
    _folder("shared excerpts", SHARED / "gold" / "excerpts", SHARED / "texts" / "excerpts"),
    GoldSet("first blind set", gold_texts.PATHS, gold_texts.REPORTS),
    GoldSet("second blind set", gold_texts.SECOND, gold_texts.REPORTS),
    GoldSet("third blind set", gold_texts.THIRD, gold_texts.REPORTS),
)


def present() -> Iterator[GoldSet]:
    """The sets that are at hand."""
    return (s for s in SETS if s.gold and s.texts.exists())


def golds(of: GoldSet) -> dict[str, Document]:
    """The gold of a set by file name."""
    return {doc: gold for path in of.gold for doc, gold in read_gold(path).items()}


@cache
def speeches(of: GoldSet) -> tuple[Speech, ...]:
    """The annotated speeches of a set, in the order of their names."""
    if of.texts == gold_texts.REPORTS:
        found = (speech_from_text(gold_texts.words(p), doc=gold_texts.annotation(p)["doc"]) for p in of.gold)
        return tuple(sorted(found, key=lambda s: s.doc))
    annotated = golds(of)
    return tuple(s for s in corpus.read([of.texts]) if isinstance(s, Speech) and s.doc in annotated)


@cache
def lexicon(builtin: bool) -> Lexicon:
    """The built-in lexicon, or the empty one."""
    return load(builtin=builtin)


def extractions(of: GoldSet, builtin: bool = True) -> dict[str, Extraction]:
    """What ``kg`` finds in the speeches of a set, by file name."""
    return {s.doc: extract(s, lexicon(builtin)) for s in speeches(of)}


def predictions(of: GoldSet, builtin: bool = True) -> dict[str, Document]:
    """What ``kg`` finds, in the gold schema, by file name."""
    return {doc: as_gold(x) for doc, x in extractions(of, builtin).items()}
