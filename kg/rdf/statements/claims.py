"""What a speech says about entities: relations, expansions and directives, each with its words, rule and confidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.model import LEXICON, Directive, EntityType, Expansion, Predicate, Relation, Speech
from kg.rdf.names import digest, term
from kg.rdf.statements.annotations import passage
from kg.rdf.statements.terms import Names, Span, Statement, chinese, decimal, edtf

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

FINER: dict[Predicate, dict[str, tuple[str, ...]]] = {
    "implements": {
        "kg:namedAfter": ("named-after",),
        "kg:respondsTo": ("following", "demanded-for", "aiming", "answering", "asked-at-its-start", "general-demand"),
        "kg:carriesOut": ("step-towards", "through"),
    },
    "hasPart": {"kg:hasComponent": ("member", "composite", "nested-set", "carried-by", "activity-of-theme")},
}
"""Subproperties, and the rules that tell them; what other rules find keeps the coarse property alone."""

CALLED = {
    "kg:hasStage": re.compile("(?:阶段|环节|步骤|階段|環節|步驟)$"),
    "kg:hasGoal": re.compile("(?:目标|目標)$"),
}
"""Parts that say by their name what they are, whichever rule found them."""

_BY_RULE = {(predicate, rule): f for predicate, fs in FINER.items() for f, rules in fs.items() for rule in rules}

PART_OF: dict[EntityType, str] = {"Body": "org:subOrganizationOf", "Place": "schema:containedInPlace"}
"""partOf by the type of its subject; dcterms:isPartOf for all others."""

_COUNT = re.compile(r"\d+(?:\+\d+)*")


def relation(claim: Relation, speech: Speech, names: Names) -> Iterator[Statement]:
    """A relation: the plain triple, and beside it the claim that says who says so, where and by which rule.

    Where more is known than the relation says (see ``finer``), the subproperty stands beside both.
    """
    subject, object_ = names.entity(claim.subject), names.entity(claim.object)
    predicate = term(property_of(claim.predicate, claim.subject.type))
    yield subject, predicate, object_
    tail = digest(claim.subject, claim.predicate, claim.object, claim.rule, claim.cue)
    c = names("claim", speech.id, _extent(claim.start, claim.end) + tail)
    yield c, term("rdf:type"), term("kg:Claim")
    yield c, term("rdf:subject"), subject
    yield c, term("rdf:predicate"), predicate
    yield c, term("rdf:object"), object_
    if closer := finer(claim):
        yield subject, term(closer), object_
        yield c, term("kg:finerPredicate"), term(closer)
    yield from _said(c, speech, claim.start, claim.end, claim.rule, claim.cue, claim.confidence, names)


def property_of(predicate: str, subject: EntityType) -> str:
    """The property, as a prefixed name, that a relation of the model is exported as."""
    return PART_OF.get(subject, "dcterms:isPartOf") if predicate == "partOf" else PREDICATES[predicate]


def finer(claim: Relation) -> str | None:
    """The subproperty that a relation is, as a prefixed name, where its rule or the name of the part tells."""
    if claim.predicate == "hasPart":
        for property_, called in CALLED.items():
            if called.search(claim.object.key):
                return property_
    if (claim.predicate, claim.rule, claim.cue) == ("implements", LEXICON, "named_after"):
        return "kg:namedAfter"
    return _BY_RULE.get((claim.predicate, claim.rule))


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
