"""Mentions and passages as Web Annotations: where in the text, and which words."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal

from kg.model import Entity, Speech
from kg.rdf.names import entity_path, term
from kg.rdf.statements.terms import Names, Span, Statement, decimal

CONTEXT = 32
"""Characters of prefix and suffix in a quote selector."""


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
