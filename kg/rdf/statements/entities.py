"""Entities as one source describes them: classes, names, forms, attributes, and the concepts that these refer to."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.model import LEXICON, Entity, EntityId, EntityType, Speech
from kg.rdf.names import entity_path, term
from kg.rdf.statements.terms import XSD_DATE, Names, Statement, chinese, edtf

CLASSES: dict[EntityType, tuple[str, ...]] = {
    "Slogan": ("kg:Slogan", "skos:Concept"),
    "Campaign": ("kg:Campaign", "schema:Event"),
    "Body": ("kg:Body", "org:Organization"),
    "Document": ("kg:Document", "schema:CreativeWork"),
    "Meeting": ("kg:Meeting", "schema:Event"),
    "Person": ("kg:Person", "schema:Person"),
    "Place": ("kg:Place", "schema:Place"),
    "Time": ("kg:Time", "time:TemporalEntity"),
}
"""Our class and the established one: both are stated, so that nobody needs inference to find either."""

KINDS_OF_SLOGAN = {"numeral": "kg:NumeralSlogan", "quoted": "kg:QuotedSlogan", "doctrine": "kg:Doctrine"}

TEXTS = {
    "origin_by": "kg:originBy",
    "origin_at": "kg:originAt",
    "source": "dcterms:source",
}
DATES = {"since": "kg:since", "until": "kg:until", "origin_date": "kg:originDate"}
CODES = {"pattern": "kg:pattern", "code": "dcterms:identifier"}
CONCEPTS = {"role": "org:classification", "level": "kg:level", "system": "kg:system"}
"""Attributes whose values are concepts: {base}role/市委, {base}level/省, {base}system/党."""

ENGLISH: dict[str, dict[str, str]] = {
    "role": {},
    "level": {
        "中央": "central",
        "省": "province",
        "市": "prefecture",
        "县": "county",
        "乡": "township",
        "村": "village",
    },
    "system": {
        "党": "Party",
        "人大": "people's congress",
        "政府": "government",
        "政协": "political consultative conference",
        "监委": "supervisory commission",
        "法院": "court",
        "检察院": "procuratorate",
        "群团": "people's organisation",
        "军队": "armed forces",
        "媒体": "media",
        "民主党派": "democratic party",
        "国际": "international",
        "其他": "other",
    },
}
"""English labels of the concepts; roles are an open set and have none."""

SCHEMES = (
    ("slogans", "提法", "Slogans"),
    ("role", "机构职能与职务", "Roles of bodies and offices of persons"),
    ("level", "行政层级", "Administrative levels"),
    ("system", "系统", "Systems of bodies"),
)

_KNOWN_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def entity(entity: Entity, speech: Speech, names: Names) -> Iterator[Statement]:
    """An entity as one source describes it: classes, names, forms, attributes."""
    e = names.entity(entity.id)
    attributes = entity.attributes
    yield from types(entity.id, attributes, names)
    yield e, term("schema:name"), chinese(entity.name)
    surfaces = {speech.text[m.start : m.end] for m in entity.mentions}
    for form in sorted({entity.name, entity.id.key, *entity.aliases, *surfaces}):
        f = names("form", form)
        yield e, term("kg:hasForm"), f
        yield f, term("rdf:type"), term("kg:Form")
        yield f, term("ontolex:writtenRep"), chinese(form)
    if speech.id == LEXICON:
        for alias in entity.aliases:
            if alias != entity.name:
                yield e, term("skos:altLabel"), chinese(alias)
    for key, value in attributes.items():
        yield from _attribute(e, key, value, entity.id, speech, names)


def types(id_: EntityId, attributes: dict[str, str], names: Names) -> Iterator[Statement]:
    """The classes of an entity, and the speech that it belongs to where it is that speech's own."""
    e = names.entity(id_)
    for class_ in CLASSES[id_.type]:
        yield e, term("rdf:type"), term(class_)
    if attributes.get("collective") == "true":
        yield e, term("rdf:type"), term("kg:BodyGroup")
    if id_.type == "Slogan":
        yield e, term("skos:inScheme"), names("scheme", "slogans")
        if kind := KINDS_OF_SLOGAN.get(attributes.get("kind", "")):
            yield e, term("rdf:type"), term(kind)
    scope, _, where = id_.scope.partition(":")
    if scope == "speech":
        yield e, term("kg:onlyIn"), names("speech", where)
    elif scope == "place":
        yield e, term("kg:jurisdictionPath"), chinese(where)


def _attribute(e: NamedNode, key: str, value: str, id_: EntityId, speech: Speech, names: Names) -> Iterator[Statement]:
    if key in TEXTS:
        yield e, term(TEXTS[key]), chinese(value)
    elif key in DATES:
        yield e, term(DATES[key]), edtf(value)
    elif key in CODES:
        yield e, term(CODES[key]), Literal(value)
    elif key in CONCEPTS:
        yield e, term(CONCEPTS[key]), names(key, value)
        yield from _concept(key, value, names)
    elif key == "gloss":
        yield e, term("skos:prefLabel"), Literal(value, language="en")
    elif key == "edtf":
        yield e, term("kg:edtf"), edtf(value)
        yield from _bounds(e, value, names)
    elif key == "inferred":
        yield e, term("kg:inferred"), Literal(value == "true")
    elif key == "office":
        m = names("membership", speech.id, *entity_path(id_), value)
        yield m, term("rdf:type"), term("org:Membership")
        yield m, term("org:member"), e
        yield m, term("org:role"), names("role", value)
        yield from _concept("role", value, names)
        yield m, term("prov:wasDerivedFrom"), names.source(speech.id)
    elif key == "bare":
        yield e, term("foaf:name"), chinese(value)
    elif key not in ("kind", "collective"):  # both are classes
        yield e, term("skos:note"), chinese(f"{key}: {value}")


def _bounds(e: NamedNode, value: str, names: Names) -> Iterator[Statement]:
    """The first and last day of an EDTF value, where it has them, as instants of OWL-Time."""
    first, slash, last = value.partition("/")
    for predicate, day in (("time:hasBeginning", _day(first, 0)), ("time:hasEnd", _day(last if slash else first, -1))):
        if day:
            instant = names("instant", day)
            yield e, term(predicate), instant
            yield instant, term("rdf:type"), term("time:Instant")
            yield instant, term("time:inXSDDate"), Literal(day, datatype=XSD_DATE)


def _day(text: str, which: int) -> str | None:
    """The first (0) or last (-1) day of a year, month or day; None where it is masked, open or no date."""
    if not (match := _KNOWN_DAY.fullmatch(text)) or (year := int(match[1])) < 1:
        return None
    month = int(match[2]) if match[2] else (1, 12)[which]
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    day = int(match[3]) if match[3] else (1, length)[which]
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= length else None


def schemes(names: Names) -> Iterator[Statement]:
    """The concept schemes that slogans, roles, levels and systems are in."""
    for scheme, zh, en in SCHEMES:
        s = names("scheme", scheme)
        yield s, term("rdf:type"), term("skos:ConceptScheme")
        yield s, term("skos:prefLabel"), chinese(zh)
        yield s, term("skos:prefLabel"), Literal(en, language="en")


def _concept(scheme: str, value: str, names: Names) -> Iterator[Statement]:
    c = names(scheme, value)
    yield c, term("rdf:type"), term("skos:Concept")
    yield c, term("skos:inScheme"), names("scheme", scheme)
    yield c, term("skos:prefLabel"), chinese(value)
    if english := ENGLISH[scheme].get(value):
        yield c, term("skos:prefLabel"), Literal(english, language="en")
