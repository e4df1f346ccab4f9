"""How sure each rule is: the share of its findings that were right on annotated texts.

``benchmarks/calibration.py --write`` measures and rewrites the table; docs/benchmark.md says how and how far to trust
it. A rule's own figure serves while an extraction is made (which reading wins); what is written out is this one.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Extraction

STRONG = 0.85
"""From here on the evidence for a quotation is strong: its rule then counts as another, ``quoted-unit+``."""

GRADED = frozenset(("quoted-unit", "quoted-parallel"))
"""Rules that weigh evidence for each finding: one share would not do for the weak and the strong."""

Measured = Mapping[str, Mapping[str, float]]
"""Kind of finding (an entity type, a predicate, ``expansion``, ``directive``) → rule → confidence."""

MEASURED: Measured = {
    "Slogan": {
        "announced-set": 0.93,
        "count": 0.68,
        "definite-set": 0.68,
        "doctrine": 0.97,
        "formula": 0.76,
        "lexicon": 0.99,
        "quoted-code": 0.96,
        "quoted-count": 0.94,
        "quoted-parallel": 0.97,
        "quoted-parallel+": 0.94,
        "quoted-unit": 0.59,
        "quoted-unit+": 0.86,
        "repeat": 0.78,
    },
    "Campaign": {
        "lexicon": 0.87,
        "listed": 0.91,
        "member": 0.91,
        "plain-head": 0.82,
        "plain-weak-head": 0.73,
        "quoted-head": 0.90,
        "quoted-name": 0.80,
        "repeat": 0.74,
        "shared-head": 0.91,
    },
    "Body": {
        "body-and-committee": 0.99,
        "body-collective": 0.99,
        "body-coordinated": 0.98,
        "body-level": 0.96,
        "body-organ": 0.98,
        "body-short": 0.98,
        "department": 0.99,
        "institution": 0.92,
        "institution-short": 0.99,
        "lexicon": 0.99,
        "periodical": 0.99,
        "two-committees": 0.98,
    },
    "Document": {
        "about": 0.99,
        "lexicon": 0.97,
        "named": 0.90,
        "own-title": 0.99,
        "plan": 0.86,
        "speech-of": 0.99,
        "title": 0.99,
    },
    "Meeting": {
        "conference": 0.99,
        "conference-owners": 0.99,
        "lexicon": 0.99,
        "plenum": 0.88,
        "session": 0.92,
        "two-sessions": 0.99,
    },
    "Person": {
        "lexicon": 0.99,
        "name-and-office": 0.96,
        "office-and-name": 0.99,
    },
    "Place": {
        "country": 0.99,
        "lexicon": 0.97,
        "place-head": 0.99,
        "settlement": 0.99,
    },
    "Time": {
        "century": 0.98,
        "date": 0.97,
        "plan-period": 0.99,
    },
    "expansion": {
        "abbreviation": 0.95,
        "acrostic": 0.95,
        "attribute": 0.94,
        "blockwise": 0.95,
        "bracketed": 0.96,
        "colon": 0.98,
        "distributive": 0.96,
        "echoed-items": 0.96,
        "items": 0.94,
        "keyed": 0.91,
        "listed-before": 0.82,
        "meaning": 0.95,
        "partial-list": 0.98,
        "questions": 0.95,
    },
    "directive": {
        "about": 0.91,
        "arrangement": 0.68,
        "called": 0.84,
        "decision": 0.86,
        "equated": 0.87,
        "inherent": 0.91,
        "judged": 0.84,
        "launch": 0.84,
        "nominal": 0.85,
        "passed-on": 0.84,
        "printed": 0.86,
        "pursuant": 0.66,
        "verbal": 0.73,
        "verbal-carried": 0.64,
        "verbal-distant": 0.84,
    },
    "organisedBy": {
        "decided": 0.97,
        "launch": 0.84,
        "leading-group": 0.89,
        "leads": 0.92,
    },
    "implements": {
        "demanded-for": 0.77,
        "following": 0.67,
        "guided-by": 0.93,
        "held-for": 0.80,
        "named-after": 0.86,
        "step-towards": 0.94,
        "through": 0.71,
    },
    "hasPart": {
        "activity-of-theme": 0.62,
        "carried-by": 0.85,
        "composite": 0.86,
        "member": 0.82,
        "same-members": 0.80,
        "set-of-theme": 0.60,
    },
    "issuedBy": {
        "coined": 0.77,
        "directive-equated": 0.94,
        "directive-inherent": 0.90,
        "directive-nominal": 0.88,
        "directive-printed": 0.97,
        "directive-verbal": 0.97,
        "directive-verbal-distant": 0.93,
        "name-tells": 0.90,
    },
    "issuedAt": {
        "directive-inherent": 0.75,
        "directive-nominal": 0.97,
        "directive-verbal": 0.97,
        "meeting-says": 0.86,
        "name-tells": 0.98,
        "title": 0.97,
    },
    "issuedOn": {
        "directive": 0.98,
        "directive-printed": 0.84,
        "directive-verbal": 0.97,
        "held": 0.99,
        "name-tells": 0.99,
    },
    "supervises": {
        "accepts-supervision": 0.97,
        "supervision-of": 0.94,
        "urges": 0.78,
    },
    "partOf": {
        "levels": 0.99,
        "listed-members": 0.99,
        "name-chain": 0.97,
        "own-office": 0.99,
        "party": 0.99,
        "said-to-be": 0.99,
        "set": 0.99,
        "set-up": 0.99,
    },
}  # fmt: skip


def graded(rule: str, own: float) -> str:
    """The name under which a finding is measured: its rule, with a ``+`` where a graded rule was strong."""
    return f"{rule}+" if rule in GRADED and own >= STRONG else rule


def calibrate(extraction: Extraction, measured: Measured = MEASURED) -> Extraction:
    """Put the measured confidence on every finding, in place; a rule that was never measured keeps its own figure."""
    for e in extraction.entities:
        rules = measured.get(e.id.type, {})
        for m in e.mentions:
            m.confidence = rules.get(graded(m.rule, m.confidence), m.confidence)
    rules = measured.get("expansion", {})
    for x in extraction.expansions:
        x.confidence = rules.get(x.rule, x.confidence)
    rules = measured.get("directive", {})
    for d in extraction.directives:
        d.confidence = rules.get(d.rule, d.confidence)
    for r in extraction.relations:
        r.confidence = measured.get(r.predicate, {}).get(r.rule, r.confidence)
    return extraction
