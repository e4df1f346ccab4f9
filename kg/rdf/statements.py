"""What each noun of the graph says as RDF statements: (subject, predicate, object) in terms of Oxigraph.

One function a noun; ``export`` decides which named graph they go to. ``docs/model.md`` shows the model in a table.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.graph import Comention, Node
from kg.measures import Likeness
from kg.model import LEXICON, Directive, Entity, EntityId, EntityType, Expansion, Extraction, Relation, Section, Speech
from kg.rdf.names import EDTF, check_base, digest, entity_path, mint, term

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]

CONTEXT = 32
"""Characters of prefix and suffix in a quote selector."""

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

PREDICATES = {
    "organisedBy": "schema:organizer",
    "implements": "kg:implements",
    "hasPart": "dcterms:hasPart",
    "issuedBy": "kg:issuedBy",
    "issuedAt": "kg:issuedAt",
    "issuedOn": "kg:issuedOn",
    "supervises": "kg:supervises",
}
"""The relations of the model as properties; partOf depends on what is part of what: see ``PART_OF``."""

FOLLOWED: frozenset[EntityType] = frozenset(("Slogan", "Campaign", "Document"))
"""What is counted year by year."""

SUPPORT = 3
"""Shared sentences from which the strength of a co-mention (PMI) is stated: below that it is chance."""

PART_OF: dict[EntityType, str] = {"Body": "org:subOrganizationOf", "Place": "schema:containedInPlace"}
"""partOf by the type of its subject; dcterms:isPartOf for all others."""

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

XSD_DATE = term("xsd:date")
XSD_DECIMAL = term("xsd:decimal")
EDTF_TYPE = NamedNode(EDTF)
_DAY = r"[\dX]{4}(?:-[\dX]{2}(?:-[\dX]{2})?)?"
_EDTF = re.compile(rf"{_DAY}|(?:{_DAY}|\.\.)/(?:{_DAY}|\.\.)")
_YEAR = re.compile(r"\d{4}(?=-|$)")
_KNOWN_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_COUNT = re.compile(r"\d+(?:\+\d+)*")


class Names:
    """IRIs under one base, as terms; those of entities are kept, since they return with every mention."""

    def __init__(self, base: str) -> None:
        """Raises ``ValueError`` where ``base`` will not do."""
        self.base = check_base(base)
        self._entities: dict[EntityId, NamedNode] = {}

    def __call__(self, kind: str, *segments: str) -> NamedNode:
        """The IRI of something by its kind and the segments of its path."""
        return NamedNode(mint(self.base, kind, *segments))

    def entity(self, id_: EntityId) -> NamedNode:
        """The IRI of an entity."""
        node = self._entities.get(id_)
        if node is None:
            node = self._entities[id_] = self(*entity_path(id_))
        return node

    def source(self, speech_id: str) -> NamedNode:
        """The IRI of what says something: a speech, or the lexicon."""
        return self("source", LEXICON) if speech_id == LEXICON else self("speech", speech_id)


class Span(NamedTuple):
    """A passage of a speech: ``speech.text[start:end]``."""

    speech: Speech
    start: int
    end: int


def chinese(text: str) -> Literal:
    """A Chinese string."""
    return Literal(text, language="zh")


def edtf(text: str) -> Literal:
    """A date: typed where it is EDTF, else the plain words."""
    return Literal(text, datatype=EDTF_TYPE) if _EDTF.fullmatch(text) else chinese(text)


def decimal(value: float) -> Literal:
    """A number to four places in the short form (1, 0.85) that Oxigraph gives back as it is."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return Literal("0" if text == "-0" else text, datatype=XSD_DECIMAL)


def speech(speech: Speech, extraction: Extraction, names: Names) -> Iterator[Statement]:
    """A speech: its metadata, its text, its source file, and whom among the entities the metadata denote."""
    s = names("speech", speech.id)
    yield s, term("rdf:type"), term("kg:Speech")
    yield s, term("dcterms:identifier"), Literal(speech.id)
    yield s, term("kg:fileName"), Literal(speech.doc)
    yield s, term("rdfs:label"), chinese(speech.title or speech.id)
    if speech.title:
        yield s, term("dcterms:title"), chinese(speech.title)
    yield s, term("schema:text"), chinese(speech.text)
    if speech.date:
        yield s, term("dcterms:date"), edtf(speech.date)
        if (year := year_of(speech)) is not None:
            yield s, term("kg:year"), Literal(year)
    for words, literal, link, types in (
        (speech.speaker, "kg:speakerName", "kg:speaker", ("Person", "Body")),
        (speech.occasion, "kg:occasionName", "kg:occasion", ("Meeting",)),
        (speech.host, "kg:hostName", "kg:host", ("Body",)),
        (speech.place, "kg:placeName", "kg:place", ("Place",)),
    ):
        if words:
            yield s, term(literal), chinese(words)
            for entity in extraction.entities:
                if entity.id.type in types and (words == entity.name or words in entity.aliases):
                    yield s, term(link), names.entity(entity.id)
    if speech.url:
        yield s, term("schema:url"), Literal(speech.url)
    file = names("source", speech.source.sha256)
    yield s, term("prov:wasDerivedFrom"), file
    yield file, term("rdf:type"), term("prov:Entity")
    yield file, term("kg:sha256"), Literal(speech.source.sha256)
    yield file, term("dcterms:format"), Literal(speech.source.format)


def year_of(speech: Speech) -> int | None:
    """The year of a speech, where its date has one."""
    match = _YEAR.match(speech.date or "")
    return int(match[0]) if match else None


def section(section: Section, speech: Speech, names: Names) -> Iterator[Statement]:
    """A headed part of a speech: its heading, depth and extent."""
    s = names("section", speech.id, f"{section.level}-{section.start}-{section.end}")
    yield s, term("rdf:type"), term("kg:Section")
    yield s, term("dcterms:isPartOf"), names("speech", speech.id)
    yield s, term("rdfs:label"), chinese(speech.text[section.start : section.heading_end].strip())
    yield s, term("kg:depth"), Literal(section.level)
    yield s, term("oa:start"), Literal(section.start)
    yield s, term("oa:end"), Literal(section.end)


def passage(span: Span, names: Names) -> Iterator[Statement]:
    """A passage as a Web Annotation target: the speech, with a position and a quote selector."""
    text, extent = span.speech.text, f"{span.start}-{span.end}"
    p = names("passage", span.speech.id, extent)
    position = names("passage", span.speech.id, extent, "position")
    quote = names("passage", span.speech.id, extent, "quote")
    yield p, term("rdf:type"), term("oa:SpecificResource")
    yield p, term("oa:hasSource"), names("speech", span.speech.id)
    yield p, term("oa:hasSelector"), position
    yield p, term("oa:hasSelector"), quote
    yield position, term("rdf:type"), term("oa:TextPositionSelector")
    yield position, term("oa:start"), Literal(span.start)
    yield position, term("oa:end"), Literal(span.end)
    yield quote, term("rdf:type"), term("oa:TextQuoteSelector")
    yield quote, term("oa:exact"), Literal(text[span.start : span.end])
    yield quote, term("oa:prefix"), Literal(text[max(0, span.start - CONTEXT) : span.start])
    yield quote, term("oa:suffix"), Literal(text[span.end : span.end + CONTEXT])


def mentions(entity: Entity, speech: Speech, names: Names) -> Iterator[Statement]:
    """Each mention of an entity as a Web Annotation that identifies it."""
    e = names.entity(entity.id)
    for mention in entity.mentions:
        span = Span(speech, mention.start, mention.end)
        m = names("mention", speech.id, f"{mention.start}-{mention.end}", *entity_path(entity.id))
        yield m, term("rdf:type"), term("oa:Annotation")
        yield m, term("oa:motivatedBy"), term("oa:identifying")
        yield m, term("oa:hasBody"), e
        yield m, term("oa:hasTarget"), names("passage", speech.id, f"{mention.start}-{mention.end}")
        yield m, term("kg:rule"), Literal(mention.rule)
        yield m, term("kg:confidence"), decimal(mention.confidence)
        yield from passage(span, names)
    if entity.mentions:
        yield names("speech", speech.id), term("schema:mentions"), e


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


def relation(claim: Relation, speech: Speech, names: Names) -> Iterator[Statement]:
    """A relation: the plain triple, and beside it the claim that says who says so, where and by which rule."""
    subject, object_ = names.entity(claim.subject), names.entity(claim.object)
    predicate = term(property_of(claim.predicate, claim.subject.type))
    yield subject, predicate, object_
    tail = digest(claim.subject, claim.predicate, claim.object, claim.rule, claim.cue)
    c = names("claim", speech.id, _extent(claim.start, claim.end) + tail)
    yield c, term("rdf:type"), term("kg:Claim")
    yield c, term("rdf:subject"), subject
    yield c, term("rdf:predicate"), predicate
    yield c, term("rdf:object"), object_
    yield from _said(c, speech, claim.start, claim.end, claim.rule, claim.cue, claim.confidence, names)


def property_of(predicate: str, subject: EntityType) -> str:
    """The property, as a prefixed name, that a relation of the model is exported as."""
    return PART_OF.get(subject, "dcterms:isPartOf") if predicate == "partOf" else PREDICATES[predicate]


def expansion(expansion: Expansion, speech: Speech, names: Names) -> Iterator[Statement]:
    """What one source says a slogan consists of: an item list with positions, and the count check."""
    tail = digest(
        expansion.slogan, expansion.rule, expansion.date, [(m.position, m.label, m.start) for m in expansion.members]
    )
    path = (speech.id, expansion.slogan.key, _extent(expansion.start, expansion.end) + tail)
    x = names("expansion", *path)
    slogan = names.entity(expansion.slogan)
    yield x, term("rdf:type"), term("kg:Expansion")
    yield x, term("rdf:type"), term("schema:ItemList")
    yield x, term("rdfs:label"), chinese(expansion.slogan.key)
    yield x, term("kg:expands"), slogan
    yield x, term("kg:status"), term(f"kg:{expansion.status}")
    yield x, term("schema:numberOfItems"), Literal(expansion.found)
    yield x, term("schema:description"), chinese("；".join(member.label for member in expansion.members))
    if expansion.expected:
        yield x, term("kg:pattern"), Literal(expansion.expected)
        if _COUNT.fullmatch(expansion.expected):
            yield x, term("kg:expectedCount"), Literal(sum(map(int, expansion.expected.split("+"))))
    if expansion.date:
        yield x, term("dcterms:date"), edtf(expansion.date)
    if expansion.source:
        yield x, term("dcterms:source"), chinese(expansion.source)
    for member in expansion.members:
        m = names("expansion", *path, str(member.position))
        yield x, term("schema:itemListElement"), m
        yield m, term("rdf:type"), term("schema:ListItem")
        yield m, term("schema:position"), Literal(member.position)
        yield m, term("schema:name"), chinese(member.label)
        if member.entity:
            yield m, term("schema:item"), names.entity(member.entity)
            yield slogan, term("kg:hasMember"), names.entity(member.entity)
        if member.start >= 0:
            yield m, term("kg:evidence"), names("passage", speech.id, f"{member.start}-{member.end}")
            yield from passage(Span(speech, member.start, member.end), names)
    yield from _said(x, speech, expansion.start, expansion.end, expansion.rule, "", expansion.confidence, names)


def directive(directive: Directive, speech: Speech, names: Names) -> Iterator[Statement]:
    """A directive as a node of its own, and the shortcut issuer → kg:demands → what it is about."""
    tail = digest(
        *(directive.issuer, directive.act, directive.content, directive.about, directive.rule, directive.cue),
        *(directive.venue, directive.date, directive.target, directive.target_entity),
    )
    d = names("directive", speech.id, _extent(directive.start, directive.end) + tail)
    issuer = names.entity(directive.issuer)
    yield d, term("rdf:type"), term("kg:Directive")
    yield d, term("kg:issuedBy"), issuer
    yield d, term("kg:act"), chinese(directive.act)
    yield d, term("kg:content"), chinese(directive.content)
    for about in directive.about:
        yield d, term("schema:about"), names.entity(about)
        yield issuer, term("kg:demands"), names.entity(about)
    if directive.venue:
        yield d, term("kg:issuedAt"), names.entity(directive.venue)
    if directive.date:
        yield d, term("kg:issuedOn"), names.entity(directive.date)
    if directive.target:
        yield d, term("kg:addresseeName"), chinese(directive.target)
    if directive.target_entity:
        yield d, term("kg:addressee"), names.entity(directive.target_entity)
    yield from _said(
        d, speech, directive.start, directive.end, directive.rule, directive.cue, directive.confidence, names
    )


def _extent(start: int, end: int) -> str:
    return f"{start}-{end}-" if start >= 0 else ""


def _said(
    s: NamedNode, speech: Speech, start: int, end: int, rule: str, cue: str, confidence: float, names: Names
) -> Iterator[Statement]:
    """Who says it, in which words, and what found it."""
    yield s, term("prov:wasDerivedFrom"), names.source(speech.id)
    yield s, term("kg:rule"), Literal(rule)
    yield s, term("kg:confidence"), decimal(confidence)
    if cue:
        yield s, term("kg:cue"), Literal(cue)
    if start >= 0:
        yield s, term("kg:evidence"), names("passage", speech.id, f"{start}-{end}")
        yield from passage(Span(speech, start, end), names)


def node(node: Node, known: Container[EntityId], names: Names) -> Iterator[Statement]:
    """An entity over all speeches: its one label, its classes, its place if ``known``, and how often who names it."""
    e = names.entity(node.id)
    yield from types(node.id, node.attributes, names)
    yield e, term("rdfs:label"), chinese(node.name)
    yield e, term("skos:prefLabel"), chinese(node.name)
    yield e, term("kg:mentionCount"), Literal(node.mentions)
    yield e, term("kg:speechCount"), Literal(len(node.speeches))
    if node.id.scope.startswith("place:"):
        place = EntityId("Place", "", node.id.scope.rpartition("/")[2].removeprefix("place:"))
        if place in known:
            yield e, term("kg:jurisdiction"), names.entity(place)
    for speech_id, count in node.speeches.items():
        if not count:  # referred to, never named
            continue
        u = names("usage", speech_id, *entity_path(node.id))
        yield u, term("rdf:type"), term("kg:Usage")
        yield u, term("kg:of"), e
        yield u, term("kg:in"), names("speech", speech_id)
        yield u, term("kg:mentionCount"), Literal(count)


def uses(node: Node, years: Mapping[str, int], speeches_in: Mapping[int, int], names: Names) -> Iterator[Statement]:
    """How often an entity is named year by year, and its first and last year.

    ``years`` are the years of the speeches that have one, ``speeches_in`` the speeches in each year.
    """
    e = names.entity(node.id)
    by_year: dict[int, list[int]] = {}
    for speech_id, count in node.speeches.items():
        if count and speech_id in years:
            by_year.setdefault(years[speech_id], []).append(count)
    if by_year:
        yield e, term("kg:firstYear"), Literal(min(by_year))
        yield e, term("kg:lastYear"), Literal(max(by_year))
    if node.id.type not in FOLLOWED:
        return
    for year, counts in by_year.items():
        u = names("use", str(year), *entity_path(node.id))
        yield u, term("rdf:type"), term("kg:YearlyUse")
        yield u, term("kg:of"), e
        yield u, term("kg:year"), Literal(year)
        yield u, term("kg:speechCount"), Literal(len(counts))
        yield u, term("kg:mentionCount"), Literal(sum(counts))
        yield u, term("kg:share"), decimal(len(counts) / speeches_in[year])


def comention(
    pair: tuple[EntityId, EntityId], counts: Comention, strength: float | None, names: Names
) -> Iterator[Statement]:
    """Two entities that are named together, with the counts, and ``strength`` (PMI) where there is enough of them."""
    a, b = pair
    c = names("comention", digest(*a), digest(*b), a.key, b.key)
    yield c, term("rdf:type"), term("kg:Comention")
    for id_ in pair:
        yield c, term("kg:of"), names.entity(id_)
    yield c, term("kg:sentenceCount"), Literal(counts.sentences)
    yield c, term("kg:sectionCount"), Literal(counts.sections)
    yield c, term("kg:speechCount"), Literal(counts.speeches)
    if strength is not None:
        yield c, term("kg:pmi"), decimal(strength)
        yield c, term("kg:one"), names.entity(a)
        yield c, term("kg:other"), names.entity(b)


def likeness(pair: tuple[str, str], likeness: Likeness, names: Names) -> Iterator[Statement]:
    """Two speeches that are alike, and how much."""
    n = names("likeness", *pair)
    yield n, term("rdf:type"), term("kg:Likeness")
    for speech_id in pair:
        yield n, term("kg:between"), names("speech", speech_id)
    yield n, term("kg:sharedCount"), Literal(likeness.shared)
    yield n, term("kg:similarity"), decimal(likeness.similarity)


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


SCHEMES = (
    ("slogans", "提法", "Slogans"),
    ("role", "机构职能与职务", "Roles of bodies and offices of persons"),
    ("level", "行政层级", "Administrative levels"),
    ("system", "系统", "Systems of bodies"),
)
