"""A speech and its parts: metadata, text, source file, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal

from kg.model import Extraction, Section, Speech
from kg.rdf.names import term
from kg.rdf.statements.terms import Names, Statement, chinese, edtf

_YEAR = re.compile(r"\d{4}(?=-|$)")


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
