"""What each noun of the graph says as RDF statements: (subject, predicate, object) in terms of Oxigraph.

One function a noun; ``export`` decides which named graph they go to. ``docs/model.md`` shows the model in a table.
"""

from kg.rdf.statements.annotations import CONTEXT, mentions, passage
from kg.rdf.statements.claims import FINER, directive, expansion, finer, property_of, relation
from kg.rdf.statements.counts import (
    FOLLOWED,
    SUPPORT,
    comention,
    likeness,
    node,
    place_of,
    pmi,
    slogan_count,
    usage,
    uses,
    whole,
    yearly,
)
from kg.rdf.statements.entities import CLASSES, entity, schemes, types
from kg.rdf.statements.speeches import section, speech, year_of
from kg.rdf.statements.terms import Names, Span, Statement, chinese, decimal, edtf

__all__ = [
    "CLASSES",
    "CONTEXT",
    "FINER",
    "FOLLOWED",
    "SUPPORT",
    "Names",
    "Span",
    "Statement",
    "chinese",
    "comention",
    "decimal",
    "directive",
    "edtf",
    "entity",
    "expansion",
    "finer",
    "likeness",
    "mentions",
    "node",
    "passage",
    "place_of",
    "pmi",
    "property_of",
    "relation",
    "schemes",
    "section",
    "slogan_count",
    "speech",
    "types",
    "usage",
    "uses",
    "whole",
    "year_of",
    "yearly",
]
