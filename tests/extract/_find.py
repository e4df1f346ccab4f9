"""What the recogniser tests share: run one on a text and read back the words it found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.corpus import speech_from_text
from kg.extract.found import Found
from kg.extract.identity import group
from kg.extract.overlaps import resolve
from kg.lexicon import Lexicon, Match, load
from kg.model import Entity

Finder = Callable[[str, Sequence[Match]], Iterator[Found]]
EMPTY = load(builtin=False)


def words(find: Finder, text: str) -> list[str]:
    """The names found in a text without a lexicon, longest reading each, in order."""
    kept = resolve_one(find, text)
    return [f.name or text[f.start : f.end] for f in kept]


def resolve_one(find: Finder, text: str) -> list[Found]:
    """What ``find`` yields, one reading of every stretch."""
    return resolve(text, find(text, ()))


def entities(text: str, *finders: Finder, lexicon: Lexicon = EMPTY, **metadata: str) -> list[Entity]:
    """The entities of a text, grouped as ``kg.extract.identity`` does."""
    speech = speech_from_text(text, **metadata)
    matches = lexicon.find(speech.folded)
    found = [f for find in finders for f in find(speech.folded, matches)]
    return group(resolve(speech.folded, found), speech, lexicon)
