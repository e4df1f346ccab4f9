"""The nouns: what a speech is and what can be found in one.

Offsets are str indices (code points, end exclusive) into ``Speech.text``. A quotation is ``text[start:end]``, everywhere.
The classes are slotted and not frozen: freezing cost 24 % on the hot path. Treat them as values all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

EntityType = Literal["Slogan", "Campaign", "Body", "Document", "Meeting", "Person", "Place", "Time"]
Predicate = Literal["organisedBy", "implements", "hasPart", "issuedBy", "issuedAt", "issuedOn", "supervises", "partOf"]
Status = Literal["complete", "partial", "mismatch", "uncheckable"]

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
PREDICATES: tuple[Predicate, ...] = get_args(Predicate)

LEXICON = "lexicon"
"""The speech id under which the lexicon's own statements enter the graph."""


class Cut(NamedTuple):
    """A run of characters that cleaning took out of the source: put back at ``offset`` of the text, it restores it."""

    offset: int
    removed: str
    reason: str


@dataclass(slots=True)
class Source:
    """Where a speech came from: the path as the user gave it, and the sha256 of the bytes that were read."""

    path: str
    sha256: str
    format: str
    encoding: str | None = None


@dataclass(slots=True)
class Speech:
    """One speech: cleaned text, what is known about it, and what cleaning took out.

    ``id`` is the file stem (or record key) and the first 8 hex digits of the text's sha256; ``doc`` is the file name
    with its extension (records: ``file#key``). Metadata are the text's own words; masked values stay masked. ``date``
    is EDTF where it could be read (2018-07, 2024-XX), else the words of the text. ``folded`` is the simplified,
    half-width copy that patterns run on: as long as ``text``, character for character.
    """

    id: str
    doc: str
    text: str
    folded: str
    source: Source
    title: str | None = None
    speaker: str | None = None
    occasion: str | None = None
    host: str | None = None
    date: str | None = None
    place: str | None = None
    url: str | None = None
    cuts: list[Cut] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Section:
    """A headed part of a speech: ``level`` 1 is the outermost; ``start``–``end`` covers heading and body."""

    level: int
    start: int
    heading_end: int
    end: int


class EntityId(NamedTuple):
    """The identity of an entity: equal ids are the same thing wherever they occur.

    ``scope`` is "" for what is the same everywhere, ``place:浙江省/绍兴市`` for what belongs to a place and
    ``speech:<speech id>`` for what belongs to one speech. ``key`` is the canonical name without quotation marks and
    spaces.
    """

    type: EntityType
    scope: str
    key: str


@dataclass(slots=True)
class Mention:
    """One place where a speech names an entity: ``text[start:end]``, found by ``rule``."""

    start: int
    end: int
    rule: str
    confidence: float = 1.0


@dataclass(slots=True)
class Entity:
    """An entity as one speech names it.

    ``name`` is the fullest form found in the text, without surrounding quotation marks and spaces, ``aliases`` the
    shorter ones. ``attributes`` carries what the rules know beside the name: for a Body ``role`` (市委), ``level``
    (中央 省 市 县 乡), ``system`` (党 人大 政府 政协 监委 法院 检察院 群团 军队 媒体), ``collective`` ("true");
    for a Slogan ``pattern`` (3+3+3); for a Person ``bare`` (习近平) and ``office`` (总书记); for a Time ``edtf``
    with ``inferred`` ("true") where the bound was reasoned from context. From the lexicon also ``gloss`` (English),
    ``since`` and ``until`` (EDTF), ``kind`` (numeral, quoted, doctrine), ``origin_by``, ``origin_at``,
    ``origin_date`` and ``source``.
    """

    id: EntityId
    name: str
    aliases: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Member:
    """One member of an expansion. ``position`` counts from 1; lexicon members have no offsets (-1)."""

    position: int
    label: str
    start: int = -1
    end: int = -1
    entity: EntityId | None = None


@dataclass(slots=True)
class Expansion:
    """What one source says a slogan consists of, with the count check.

    ``expected`` is the slogan's pattern (3, 3+3+3, 5 pairs: "5p"), None where its form promises no number; ``found``
    the number of members. The claim's words are ``text[start:end]`` (-1 for the lexicon). ``date`` is EDTF: the
    speech's date, or the time from which an official list holds.
    """

    slogan: EntityId
    members: list[Member]
    expected: str | None
    status: Status
    start: int
    end: int
    rule: str
    confidence: float = 1.0
    date: str | None = None
    source: str | None = None

    @property
    def found(self) -> int:
        """The number of members."""
        return len(self.members)


@dataclass(slots=True)
class Directive:
    """Somebody's request, demand, decision or deployment that a speech names.

    ``content`` is text (the slogan, campaign, document or short topic concerned), ``about`` the entities it is about;
    ``target`` is text, ``target_entity`` the body it denotes if any. ``cue`` is the word that gave it away.
    """

    issuer: EntityId
    act: str
    content: str
    about: list[EntityId]
    start: int
    end: int
    rule: str
    cue: str
    venue: EntityId | None = None
    date: EntityId | None = None
    target: str | None = None
    target_entity: EntityId | None = None
    confidence: float = 1.0


@dataclass(slots=True)
class Relation:
    """A claim of one speech: subject, predicate, object, and the words (``text[start:end]``) that say so."""

    subject: EntityId
    predicate: Predicate
    object: EntityId
    start: int
    end: int
    rule: str
    cue: str = ""
    confidence: float = 1.0


@dataclass(slots=True)
class Extraction:
    """Everything found in one speech. Ids in expansions, directives and relations are ids of ``entities``."""

    speech: Speech
    sections: list[Section] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    expansions: list[Expansion] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


@dataclass(slots=True)
class Problem:
    """An input that could not be read (``error``) or was passed over on purpose (``skipped``), and why."""

    path: str
    reason: str
    kind: Literal["error", "skipped"] = "error"
