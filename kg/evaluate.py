"""Extractions in the gold schema, and how well they agree with gold annotation.

The schema is that of the annotation guidelines: one JSON object a document, names in the text's own words. To it
``as_gold`` adds where everything stands, so that one line of ``kg extract`` is both what the scorer reads and what a
reader can check against the text.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NamedTuple, TypeVar

from kg.model import ENTITY_TYPES, EntityId, Extraction

T = TypeVar("T")
Document = dict[str, Any]
"""One document in the gold schema."""

Kind = Literal["strict", "lenient"]
KINDS: tuple[Kind, ...] = ("strict", "lenient")
MEASURES: tuple[str, ...] = (
    *ENTITY_TYPES,
    "entities",
    "expansion found",
    "expansion items",
    "expansion whole",
    "directives",
    "directive slots",
    "relations",
)
SLOTS = ("act", "venue", "date", "target")
PUNCTUATION = str.maketrans(dict.fromkeys("“”‘’\"'「」『』《》〈〉（）()【】[] \u3000\t\n、，,。.；;：:！!？?·—-"))
LENIENT_SHARE = 0.6
"""Two names are near when one holds the other and is at most this much longer: 3 of 5 characters."""


def as_gold(extraction: Extraction) -> Document:
    """One extraction in the gold schema, with offsets and rules: what ``kg extract`` prints as one line.

    Beside the schema's own fields, entities, expansions and directives carry ``mentions``: a list of ``start``, ``end``
    (str indices into the cleaned text, end exclusive), ``quote`` (the words between them), ``rule`` and ``confidence``.
    Expansions add ``expected``, ``status`` and ``item_mentions`` (one a member, null without a place in the text).
    Relations stay lists of three; ``relation_mentions`` has one list of mentions for each. What a speech says twice in
    the same words is one item with two mentions.
    """
    speech = extraction.speech
    text = speech.text
    names = {e.id: e.name for e in extraction.entities}

    def named(id_: EntityId | None) -> str | None:
        return names.get(id_, id_.key) if id_ else None

    def mention(start: int, end: int, rule: str, confidence: float) -> Document:
        return {"start": start, "end": end, "quote": text[start:end], "rule": rule, "confidence": confidence}

    entities: dict[tuple[str, str], Document] = {}
    for e in extraction.entities:
        found = entities.setdefault(
            (e.id.type, e.name), {"type": e.id.type, "name": e.name, "aliases": [], "mentions": []}
        )
        found["aliases"] += [a for a in e.aliases if a not in found["aliases"] and a != e.name]
        found["mentions"] += [mention(m.start, m.end, m.rule, m.confidence) for m in e.mentions]

    expansions: dict[tuple[str | None, ...], Document] = {}
    for x in extraction.expansions:
        labels = [m.label for m in x.members]
        item = expansions.setdefault(
            (named(x.slogan), x.status, *labels),
            {
                "slogan": named(x.slogan),
                "items": labels,
                "complete": x.status != "partial",
                "expected": x.expected,
                "status": x.status,
                "item_mentions": [
                    {"start": m.start, "end": m.end, "quote": text[m.start : m.end]} if m.start >= 0 else None
                    for m in x.members
                ],
                "mentions": [],
            },
        )
        item["mentions"].append(mention(x.start, x.end, x.rule, x.confidence))

    directives: dict[tuple[str | None, ...], Document] = {}
    for d in extraction.directives:
        slots = {
            "issuer": named(d.issuer),
            "act": d.act,
            "content": d.content,
            "venue": named(d.venue),
            "date": named(d.date),
            "target": d.target,
        }
        item = directives.setdefault(
            tuple(slots.values()), {**slots, "about": [named(a) for a in d.about], "mentions": []}
        )
        item["mentions"].append(mention(d.start, d.end, d.rule, d.confidence) | {"cue": d.cue})

    relations: dict[tuple[str | None, str, str | None], list[Document]] = defaultdict(list)
    for r in extraction.relations:
        where = mention(r.start, r.end, r.rule, r.confidence) | {"cue": r.cue}
        relations[named(r.subject), r.predicate, named(r.object)].append(where)

    return {
        "doc": speech.doc,
        "id": speech.id,
        "speech": {
            "title": speech.title,
            "speaker": speech.speaker,
            "occasion": speech.occasion,
            "host_body": speech.host,
            "date": speech.date,
            "place": speech.place,
        },
        "entities": list(entities.values()),
        "expansions": list(expansions.values()),
        "directives": list(directives.values()),
        "relations": [list(triple) for triple in relations],
        "relation_mentions": list(relations.values()),
    }


def read_gold(folder: str | Path) -> dict[str, Document]:
    """The gold documents of a folder and its subfolders, or of one file, by their ``doc``.

    Raises:
        ValueError: there is none, or a file is not JSON with a ``doc``; the message names the file.
    """
    golds: dict[str, Document] = {}
    for path in [Path(folder)] if Path(folder).is_file() else sorted(Path(folder).rglob("*.json")):
        try:
            gold = json.loads(path.read_text("utf-8"))
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            raise ValueError(f"{path}: not JSON: {error}") from error
        if not isinstance(gold, dict) or not isinstance(gold.get("doc"), str):
            raise ValueError(f'{path}: no gold annotation: an object with "doc" is expected')
        golds[gold["doc"]] = gold
    if not golds:
        raise ValueError(f"{folder}: no gold annotation (*.json) here")
    return golds


class Score(NamedTuple):
    """How often prediction and gold agree (``tp``), and what each has alone (``fp`` predicted, ``fn`` gold)."""

    tp: int
    fp: int
    fn: int

    @property
    def p(self) -> float:
        """Precision, 0 where nothing was predicted; to four digits, like all figures here."""
        return round(self._precision, 4)

    @property
    def r(self) -> float:
        """Recall, 0 where gold has nothing."""
        return round(self._recall, 4)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self._precision, self._recall
        return round(2 * p * r / (p + r), 4) if p + r else 0.0

    @property
    def _precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def _recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0


class Outcome(NamedTuple):
    """One comparison: gold and prediction agree (both are given), or one of them stands alone."""

    measure: str
    doc: str
    gold: str | None
    predicted: str | None


def score(golds: Mapping[str, Document], preds: Mapping[str, Document]) -> dict[str, Score]:
    """Score predictions against gold, both by document name: ``{"strict Slogan": Score, "lenient Slogan": …}``.

    Strict: the predicted name is the gold name or one of its gold aliases, punctuation aside. Lenient: one holds the
    other and has at least 60 % of its characters. A gold document without prediction counts as all missed; a
    prediction without gold does not count. "expansion whole" asks for all members in order and the right ``complete``;
    "directives" compares issuer and content, "directive slots" the other fields of those found.
    """
    return {
        f"{kind} {measure}": figure for kind in KINDS for measure, figure in tally(compare(golds, preds, kind)).items()
    }


def tally(outcomes: Iterable[Outcome]) -> dict[str, Score]:
    """Count outcomes by measure; every measure is there, in the order of ``MEASURES``."""
    counts: dict[str, Counter[str]] = {measure: Counter() for measure in MEASURES}
    for measure, _, gold, predicted in outcomes:
        side = "fp" if gold is None else "fn" if predicted is None else "tp"
        counts[measure][side] += 1
        if measure in ENTITY_TYPES:
            counts["entities"][side] += 1
    return {measure: Score(c["tp"], c["fp"], c["fn"]) for measure, c in counts.items()}


def misses(outcomes: Iterable[Outcome]) -> dict[str, list[str]]:
    """What stands alone, most frequent first: ``{"missed Slogan": [name, …], "spurious Slogan": […], …}``."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for measure, _, gold, predicted in outcomes:
        if predicted is None:
            found[f"missed {measure}"][str(gold)] += 1
        elif gold is None:
            found[f"spurious {measure}"][predicted] += 1
    return {kind: [name for name, _ in names.most_common()] for kind, names in sorted(found.items())}


def compare(golds: Mapping[str, Document], preds: Mapping[str, Document], kind: Kind) -> Iterator[Outcome]:
    """Yield every agreement, miss and spurious finding, document by document."""
    same = _equal if kind == "strict" else _near
    for doc, gold in golds.items():
        pred = preds.get(doc, {})
        equivalent = _equivalence(gold, same)
        yield from _entities(doc, gold, pred, same)
        yield from _expansions(doc, gold, pred, same, equivalent)
        yield from _directives(doc, gold, pred, equivalent)
        yield from _relations(doc, gold, pred, equivalent)


FIELDS = ("entities", "expansions", "directives", "relations")


def read_predictions(path: str | Path) -> list[Document]:
    """What another program found: JSON lines, each an object of the gold schema; lists that are left out are empty.

    Raises:
        ValueError: a line is no such object; the message names file and line.
    """
    found: list[Document] = []
    for number, line in enumerate(Path(path).read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"{path}, line {number}: not JSON: {error}") from error
        if not isinstance(document, dict) or not isinstance(document.get("doc"), str):
            raise ValueError(f'{path}, line {number}: an object with "doc" is expected, as in the gold files')
        if wrong := [field for field in FIELDS if not isinstance(document.setdefault(field, []), list)]:
            raise ValueError(f"{path}, line {number}: {', '.join(wrong)}: a list is expected, as in the gold files")
        found.append(document)
    return found


def by_doc(documents: Iterable[Document]) -> dict[str, Document]:
    """Documents by the file name of their ``doc``."""
    return {PurePosixPath(d["doc"]).name: d for d in documents}


Test = Callable[[str, str], bool]
Equivalent = Callable[[str | None, str | None], bool]


def _norm(name: str | None) -> str:
    return (name or "").translate(PUNCTUATION)


def _equal(a: str, b: str) -> bool:
    return a == b


def _near(a: str, b: str) -> bool:
    if not (a and b):
        return a == b
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return len(short) >= LENIENT_SHARE * len(long) and short in long


def _names(entity: Document) -> set[str]:
    return {n for n in map(_norm, (entity["name"], *entity.get("aliases", ()))) if n}


def _equivalence(gold: Document, same: Test) -> Equivalent:
    """The test whether a predicted name stands for a gold one: gold aliases count, predicted ones prove nothing."""
    others: dict[str, set[str]] = defaultdict(set)
    for entity in gold.get("entities", ()):
        names = _names(entity)
        for name in names:
            others[name] |= names

    def equivalent(expected: str | None, predicted: str | None) -> bool:
        a, b = _norm(expected), _norm(predicted)
        if not (a and b):
            return a == b
        return same(a, b) or any(same(other, b) for other in others.get(a, ()))

    return equivalent


def _match(gold: Sequence[T], pred: Sequence[T], same: Callable[[T, T], bool]) -> list[tuple[int | None, int | None]]:
    """Pair greedily, one to one and in order, as indices; what stays alone is paired with None."""
    free = dict.fromkeys(range(len(pred)))
    pairs: list[tuple[int | None, int | None]] = []
    for i, expected in enumerate(gold):
        hit = next((j for j in free if same(expected, pred[j])), None)
        if hit is not None:
            del free[hit]
        pairs.append((i, hit))
    return pairs + [(None, j) for j in free]


def _at(items: Sequence[T], i: int | None) -> T | None:
    return None if i is None else items[i]


def _entities(doc: str, gold: Document, pred: Document, same: Test) -> Iterator[Outcome]:
    def matches(expected: Document, candidate: Document) -> bool:
        name = _norm(candidate["name"])
        return any(same(n, name) for n in _names(expected))

    for type_ in ENTITY_TYPES:
        expected, found = ([e for e in d.get("entities", ()) if e["type"] == type_] for d in (gold, pred))
        for i, j in _match(expected, found, matches):
            g, p = _at(expected, i), _at(found, j)
            yield Outcome(type_, doc, g and g["name"], p and p["name"])


def _expansions(doc: str, gold: Document, pred: Document, same: Test, equivalent: Equivalent) -> Iterator[Outcome]:
    expected, found = gold.get("expansions", []), pred.get("expansions", [])
    for i, j in _match(expected, found, lambda a, b: equivalent(a["slogan"], b["slogan"])):
        g, p = _at(expected, i), _at(found, j)
        slogans = g and g["slogan"], p and p["slogan"]
        yield Outcome("expansion found", doc, *slogans)
        # Members are compared as they are worded: aliases are for entities.
        ours, theirs = ([_norm(item) for item in x["items"]] if x else [] for x in (g, p))
        members = _match(ours, theirs, same)
        yield from (Outcome("expansion items", doc, _at(ours, a), _at(theirs, b)) for a, b in members)
        if g and p and all(a == b for a, b in members) and g.get("complete", True) == p.get("complete", True):
            yield Outcome("expansion whole", doc, *slogans)
        else:
            yield from _apart("expansion whole", doc, *slogans)


def _directives(doc: str, gold: Document, pred: Document, equivalent: Equivalent) -> Iterator[Outcome]:
    def matches(a: Document, b: Document) -> bool:
        return all(equivalent(a.get(slot), b.get(slot)) for slot in ("issuer", "content"))

    expected, found = gold.get("directives", []), pred.get("directives", [])
    for i, j in _match(expected, found, matches):
        g, p = _at(expected, i), _at(found, j)
        yield Outcome("directives", doc, *(x and f"{x.get('issuer')}: {x.get('content')}" for x in (g, p)))
        if not (g and p):
            continue
        for slot in SLOTS:
            a, b = g.get(slot) or None, p.get(slot) or None
            if a and b and equivalent(a, b):
                yield Outcome("directive slots", doc, a, b)
            else:
                yield from _apart("directive slots", doc, a, b)


def _relations(doc: str, gold: Document, pred: Document, equivalent: Equivalent) -> Iterator[Outcome]:
    def matches(a: Sequence[str], b: Sequence[str]) -> bool:
        return a[1] == b[1] and equivalent(a[0], b[0]) and equivalent(a[2], b[2])

    expected, found = gold.get("relations", []), pred.get("relations", [])
    for i, j in _match(expected, found, matches):
        g, p = _at(expected, i), _at(found, j)
        yield Outcome("relations", doc, g and " ".join(g), p and " ".join(p))


def _apart(measure: str, doc: str, gold: str | None, predicted: str | None) -> Iterator[Outcome]:
    if gold is not None:
        yield Outcome(measure, doc, gold, None)
    if predicted is not None:
        yield Outcome(measure, doc, None, predicted)
