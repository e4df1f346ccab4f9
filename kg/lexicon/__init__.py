"""What is known beforehand: slogans, campaigns, bodies, documents, meetings, people, places with their facts.

>>> lexicon = load()
>>> [(m.entry.type, m.form) for m in lexicon.find("“四个全面”战略布局")]
[('Slogan', '四个全面战略布局'), ('Slogan', '四个全面')]
>>> lexicon.get("Slogan", "三严三实").members[:3]
('严以修身', '严以用权', '严以律己')
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from daachorse import MATCH_KIND_STANDARD, CharwiseDoubleArrayAhoCorasick

from kg.lexicon.files import MARKS, LexiconError, Placed, collisions, read, traditional
from kg.lexicon.forms import spellings
from kg.lexicon.places import read_places
from kg.lexicon.schema import Entry, Members, Office, Origin
from kg.lexicon.statements import statements
from kg.model import EntityType, Extraction

__all__ = ["Entry", "Lexicon", "LexiconError", "Match", "Members", "Office", "Origin", "load"]


LONGER_WORD = frozenset(
    {"区域", "区位", "区间", "区块", "区别", "区分", "区划", "市场", "市面", "市容", "部门", "部队", "部分", "部署"}
)
"""The last character of a place or body and the next one: 江北区域, 合作市场 and 教育部门 name none."""

UNMARKED = str.maketrans(dict.fromkeys(MARKS + "、，,。"))
"""Takes quotation marks, spaces and separators out of a form: what it is looked up by."""

NUMERAL = frozenset("一二三四五六七八九十〇零百千第")
"""A form that begins with a numeral is cut out of a longer one after these: 十届三中全会 in 二十届三中全会."""


class Match(NamedTuple):
    """A place where a text writes a form of an entry: ``folded[start:end]``, str indices, end exclusive.

    ``form`` is the name or alias as the lexicon has it; the text may write it with inner quotation marks or another
    separator.
    """

    start: int
    end: int
    entry: Entry
    form: str


class Lexicon:
    """A set of entries, found in texts by one automaton."""

    entries: tuple[Entry, ...]
    version: str

    def __init__(self, entries: Iterable[Entry], version: str = "") -> None:
        """Make a lexicon of ``entries``; use ``load`` to read and check files."""
        self.entries = tuple(entries)
        self.version = version
        self._got: dict[tuple[EntityType, str], Entry | None] = {}  # asked for thousands of times a speech
        self._by_form: dict[tuple[EntityType, str], list[Entry]] = {}
        patterns: dict[str, list[tuple[Entry, str]]] = {}
        for entry in self.entries:
            for form in dict.fromkeys(form.translate(UNMARKED) for form in entry.forms):
                self._by_form.setdefault((entry.type, form), []).append(entry)
            for spelling, form in spellings(entry):
                patterns.setdefault(spelling, []).append((entry, form))
        self._targets = list(patterns.values())
        self._words = list(dict.fromkeys(word for entry in self.entries for word in entry.not_in))
        # An automaton of no patterns cannot be built; NUL stands in cleaned texts never.
        self._automaton = CharwiseDoubleArrayAhoCorasick([*patterns, *self._words] or ["\0"], MATCH_KIND_STANDARD)

    def find(self, folded: str) -> list[Match]:
        """All places where ``folded`` (simplified, half-width) writes a form of an entry.

        Overlapping and nested ones are all there, and two entries that share a form give two matches. Sorted by
        (start, -end).
        """
        targets, known = self._targets, len(self._targets)
        if not targets:
            return []
        new = tuple.__new__  # half the time of Match(…), and there are two matches a sentence
        hits = self._automaton.find_overlapping(folded)
        hits.sort(key=_outermost_first)
        matches: list[Match] = []
        around: list[tuple[int, str]] = []  # (end, word) of the not_in words that are still open
        for start, end, i in hits:
            if i >= known:
                around.append((end, self._words[i - known]))
                continue
            if around:
                around = [(until, word) for until, word in around if until > start]
            if start and folded[start] in NUMERAL and folded[start - 1] in NUMERAL:
                continue
            for entry, form in targets[i]:
                if around and any(end <= until and word in entry.not_in for until, word in around):
                    continue
                if entry.type in ("Place", "Body") and form[-1] + folded[end : end + 1] in LONGER_WORD:
                    continue
                matches.append(new(Match, (start, end, entry, form)))
        return matches

    def get(self, type: EntityType, form: str) -> Entry | None:
        """The one entry of ``type`` that has ``form`` as its name or an alias; a name goes before an alias.

        Quotation marks, spaces and separators (、，。) make no difference. None where there is no such entry, or where
        several share the form (朝阳区): see ``all``.
        """
        key = (type, form)
        if key in self._got:
            return self._got[key]
        if len(self._got) > 100_000:
            self._got.clear()
        entry = self._got[key] = self._sole(type, form)
        return entry

    def _sole(self, type: EntityType, form: str) -> Entry | None:
        found = self.all(type, form)
        if len(found) > 1:
            form = form.translate(UNMARKED)
            found = tuple(entry for entry in found if entry.name.translate(UNMARKED) == form)
        return found[0] if len(found) == 1 else None

    def all(self, type: EntityType, form: str) -> tuple[Entry, ...]:
        """Every entry of ``type`` that has ``form`` as its name or an alias."""
        return tuple(self._by_form.get((type, form.translate(UNMARKED)), ()))

    def chain(self, entry: Entry) -> tuple[str, ...]:
        """What ``entry`` belongs to and itself, by name, outermost first: (浙江省, 绍兴市, 越城区)."""
        names = [entry.name]
        while entry.part_of and entry.part_of not in names:
            names.append(entry.part_of)
            parent = self.get(entry.type, entry.part_of)
            if parent is None:
                break
            entry = parent
        return tuple(reversed(names))

    def as_extraction(self) -> Extraction:
        """What the lexicon itself says, as the extraction of a speech with the id ``lexicon``."""
        return self._statements

    @cached_property
    def _statements(self) -> Extraction:
        return statements(self)


def _outermost_first(hit: tuple[int, int, int]) -> tuple[int, int]:
    return hit[0], -hit[1]


def load(extra: Sequence[Path] = (), *, builtin: bool = True) -> Lexicon:
    """Read the lexicon that comes with the program and the user's ``extra`` files.

    An entry of an extra file replaces the built-in one of the same type and name. ``builtin=False`` leaves the
    built-in data out; without extra files that is the empty lexicon. Raises ``LexiconError`` naming file, line and
    remedy for each problem.
    """
    digest = hashlib.sha256()
    problems: list[str] = []
    own: list[Placed] = []
    for name, content in _builtin() if builtin else ():
        digest.update(content)
        _collect(own, problems, name, content)
    users: list[Placed] = []
    for path in extra:
        try:
            content = path.read_bytes()
        except OSError as error:
            problems.append(f"{path}: {error.strerror or error}; check the path given to --lexicon")
            continue
        digest.update(content)
        _collect(users, problems, str(path), content)
    replaced = {(item.entry.type, item.entry.name) for item in users}
    placed = [item for item in own if (item.entry.type, item.entry.name) not in replaced] + users
    problems += traditional(users) if users else ()
    problems += collisions(placed)
    if problems:
        raise LexiconError("\n".join(problems))
    return Lexicon((item.entry for item in placed), digest.hexdigest()[:12])


def _builtin() -> Iterable[tuple[str, bytes]]:
    """The data files that come with the program, by name."""
    folder = resources.files("kg.lexicon") / "data"
    files = sorted((f for f in folder.iterdir() if f.name.endswith((".yaml", ".tsv"))), key=lambda f: f.name)
    return ((f.name, f.read_bytes()) for f in files)


def _collect(placed: list[Placed], problems: list[str], name: str, content: bytes) -> None:
    try:
        placed += read_places(name, content) if name.endswith(".tsv") else read(name, content)
    except LexiconError as error:
        problems.append(str(error))
