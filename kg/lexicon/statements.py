"""The lexicon's own statements: its entries as one more ``Extraction``, with the speech id ``lexicon``.

Origins become issuedBy, issuedAt and issuedOn, ``part_of`` becomes partOf, ``named_after`` implements, and official
member lists become expansions with the time from which they hold. None of them has offsets (-1): there is no text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.lexicon.arity import arity, check
from kg.lexicon.schema import Entry, Members
from kg.model import (
    ENTITY_TYPES,
    LEXICON,
    Entity,
    EntityId,
    EntityType,
    Expansion,
    Extraction,
    Member,
    Predicate,
    Relation,
    Source,
    Speech,
)

if TYPE_CHECKING:
    from kg.lexicon import Lexicon

RULE = "lexicon"
NOWHERE = -1


def statements(lexicon: Lexicon) -> Extraction:
    """Everything that ``lexicon`` says, sorted as its entries are."""
    source = Source(path=LEXICON, sha256=lexicon.version, format="lexicon")
    extraction = Extraction(Speech(id=LEXICON, doc=LEXICON, text="", folded="", source=source, title="词库"))
    entities = {entry_id(entry): _entity(entry) for entry in lexicon.entries}
    for entry in lexicon.entries:
        subject = entry_id(entry)
        for predicate, object, cue in _relations(entry, lexicon):
            entities.setdefault(object.id, object)
            extraction.relations.append(Relation(subject, predicate, object.id, NOWHERE, NOWHERE, RULE, cue))
        extraction.expansions.extend(_expansion(entry, members, lexicon) for members in entry.expansions)
    extraction.entities = list(entities.values())
    return extraction


def entry_id(entry: Entry) -> EntityId:
    """The identity of an entry: lexicon entries are absolute, they have no scope."""
    return EntityId(entry.type, "", entry.name.replace(" ", ""))


def attributes(entry: Entry) -> dict[str, str]:
    """What an entry says about its thing, in the words of ``kg.model.Entity.attributes``."""
    origin = entry.origin
    values = {
        "gloss": entry.gloss,
        "kind": entry.kind,
        "pattern": _pattern(entry),
        "since": entry.since,
        "until": entry.until,
        "origin_by": origin and origin.by,
        "origin_at": origin and origin.at,
        "origin_date": origin and origin.date,
        "source": entry.source,
        "level": entry.level,
        "system": entry.system,
        "role": entry.role,
        "collective": "true" if entry.type == "Body" and entry.expansions else None,
        "code": entry.code,
        "edtf": _interval(entry.since, entry.until) if entry.type == "Time" else None,
    }
    if entry.type == "Person":
        values["bare"] = entry.name
        if entry.offices:
            values["office"] = entry.offices[-1].title
    return {key: value for key, value in values.items() if value}


def _entity(entry: Entry) -> Entity:
    return Entity(entry_id(entry), entry.name, list(entry.aliases), attributes=attributes(entry))


def _pattern(entry: Entry) -> str | None:
    if entry.type != "Slogan" or entry.promise == "none":
        return None
    if entry.promise:
        return entry.promise
    promise = arity(entry.name)
    return promise[0] if promise else None


def _relations(entry: Entry, lexicon: Lexicon) -> Iterator[tuple[Predicate, Entity, str]]:
    """Yield predicate, object and the field that says so."""
    if entry.part_of:
        yield "partOf", _known(lexicon, entry.part_of, entry.type), "part_of"
    if entry.named_after and (named := _first(lexicon, entry.named_after, ("Slogan", "Document", "Meeting"))):
        yield "implements", named, "named_after"
    if origin := entry.origin:
        if origin.by and (issuer := _first(lexicon, origin.by, ("Person", "Body"))):
            yield "issuedBy", issuer, "origin.by"
        if origin.at and (venue := _first(lexicon, origin.at, ("Meeting",))):
            yield "issuedAt", venue, "origin.at"
        if origin.date:
            yield "issuedOn", _time(origin.date), "origin.date"


def _known(lexicon: Lexicon, name: str, type: EntityType) -> Entity:
    found = lexicon.get(type, name)
    return _entity(found) if found else Entity(EntityId(type, "", name), name)


def _first(lexicon: Lexicon, name: str, types: tuple[EntityType, ...]) -> Entity | None:
    found = next((entry for type in types if (entry := lexicon.get(type, name))), None)
    return _entity(found) if found else None


def _time(edtf: str) -> Entity:
    """A date as a Time named in Chinese: 2014-03-09 → 2014年3月9日."""
    parts = (part.lstrip("0") if part.isdigit() else part for part in edtf.split("-"))
    name = "".join(part + unit for part, unit in zip(parts, "年月日", strict=False))
    return Entity(EntityId("Time", "", name), name, attributes={"edtf": edtf})


def _interval(since: str | None, until: str | None) -> str | None:
    """An EDTF interval: 2021/2025, 2018/.. (still so), ../2018 (from an unknown day on)."""
    return f"{since or '..'}/{until or '..'}" if since or until else None


def _expansion(entry: Entry, listed: Members, lexicon: Lexicon) -> Expansion:
    pattern = listed.pattern or entry.pattern
    promise = None if pattern else arity(entry.name)
    expected = (promise[0] if promise else None) if pattern is None else None if pattern == "none" else pattern
    types = dict.fromkeys((entry.type, *ENTITY_TYPES))
    members = [
        Member(position, label, entity=entry_id(known) if (known := _member(lexicon, label, entry, types)) else None)
        for position, label in enumerate(listed.members, 1)
    ]
    return Expansion(
        slogan=entry_id(entry),
        members=members,
        expected=expected,
        status=check(entry.name, len(members), pattern),
        start=NOWHERE,
        end=NOWHERE,
        rule=RULE,
        date=_interval(listed.since, listed.until) if listed.until else listed.since,
        source=listed.source or entry.source,
    )


def _member(lexicon: Lexicon, label: str, entry: Entry, types: dict[EntityType, None]) -> Entry | None:
    """The entry that a member's label denotes: one of the same type first, never the slogan itself."""
    candidates = (lexicon.get(type, label) for type in types)
    return next((known for known in candidates if known and known != entry), None)
