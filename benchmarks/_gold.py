"""The annotated texts that the benchmarks read: the open ones of this repository, and those of ../shared where present."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg import corpus
from kg.evaluate import Document, as_gold, read_gold
from kg.extract import extract
from kg.lexicon import Lexicon, load
from kg.model import Extraction, Speech

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


class GoldSet(NamedTuple):
    """Annotation and the texts that it annotates, both as folders."""

    name: str
    gold: Path
    texts: Path


SETS = (
    GoldSet("seeds", ROOT / "seeds" / "gold", ROOT / "seeds"),
    GoldSet("shared seeds", SHARED / "gold" / "seeds", SHARED / "texts" / "seeds"),
    GoldSet("shared excerpts", SHARED / "gold" / "excerpts", SHARED / "texts" / "excerpts"),
)


def present() -> Iterator[GoldSet]:
    """The sets that are at hand."""
    return (s for s in SETS if s.gold.exists() and s.texts.exists())


def golds(of: GoldSet) -> dict[str, Document]:
    """The gold of a set by file name."""
    return read_gold(of.gold)


@cache
def speeches(of: GoldSet) -> tuple[Speech, ...]:
    """The annotated speeches of a set, in the order of their names."""
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
