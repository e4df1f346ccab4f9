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
        "announced-set": 0.94,
        "count": 0.88,
        "definite-set": 0.92,
        "doctrine": 0.96,
        "formula": 0.91,
        "lexicon": 0.99,
        "quoted-code": 0.96,
        "quoted-count": 0.97,
        "quoted-parallel": 0.96,
        "quoted-parallel+": 0.94,
        "quoted-unit": 0.75,
        "quoted-unit+": 0.94,
        "repeat": 0.89,
    },
    "Campaign": {
        "battle": 0.92,
        "heading": 0.92,
        "lexicon": 0.92,
        "listed": 0.92,
        "listed-events": 0.92,
        "member": 0.92,
        "plain-head": 0.90,
        "plain-weak-head": 0.86,
        "quoted-head": 0.95,
        "quoted-head-prefixed": 0.84,
        "quoted-name": 0.90,
        "repeat": 0.87,
        "shared-head": 0.92,
    },
    "Body": {
        "body-and-committee": 0.98,
        "body-collective": 0.98,
        "body-coordinated": 0.98,
        "body-level": 0.97,
        "body-organ": 0.98,
        "body-short": 0.98,
        "institution": 0.94,
        "institution-short": 0.98,
        "lexicon": 0.99,
        "periodical": 0.98,
        "two-committees": 0.98,
    },
    "Document": {
        "about": 0.98,
        "lexicon": 0.97,
        "named": 0.93,
        "own-title": 0.98,
        "plan": 0.93,
        "speech-of": 0.98,
        "title": 0.99,
    },
    "Meeting": {
        "conference": 0.99,
        "conference-owners": 0.98,
        "lexicon": 0.99,
        "plenum": 0.93,
        "session": 0.95,
        "two-sessions": 0.98,
        "venue": 0.99,
    },
    "Person": {
        "lexicon": 0.99,
        "name-and-office": 0.97,
        "office-and-name": 0.99,
    },
    "Place": {
        "country": 0.98,
        "lexicon": 0.97,
        "place-head": 0.97,
        "settlement": 0.94,
    },
    "Time": {
        "century": 0.98,
        "date": 0.97,
        "plan-period": 0.99,
    },
    "expansion": {
        "abbreviation": 0.94,
        "acrostic": 0.94,
        "attribute": 0.93,
        "blockwise": 0.94,
        "bracketed": 0.94,
        "colon": 0.95,
        "distributive": 0.94,
        "echoed-items": 0.94,
        "items": 0.93,
        "keyed": 0.92,
        "listed-before": 0.90,
        "meaning": 0.94,
        "pair-before": 0.84,
        "partial-list": 0.95,
        "questions": 0.94,
        "quoted-before": 0.94,
    },
    "directive": {
        "about": 0.88,
        "arrangement": 0.84,
        "called": 0.85,
        "decision": 0.85,
        "equated": 0.85,
        "inherent": 0.88,
        "judged": 0.85,
        "launch": 0.84,
        "nominal": 0.85,
        "passed-on": 0.85,
        "printed": 0.85,
        "pursuant": 0.77,
        "verbal": 0.80,
        "verbal-carried": 0.80,
        "verbal-distant": 0.85,
    },
    "organisedBy": {
        "decided": 0.92,
        "launch": 0.86,
        "launch-addressed": 0.85,
        "leading-group": 0.88,
        "leads": 0.88,
    },
    "implements": {
        "demanded-for": 0.86,
        "following": 0.79,
        "guided-by": 0.88,
        "held-for": 0.83,
        "named-after": 0.86,
        "step-towards": 0.89,
        "through": 0.80,
    },
    "hasPart": {
        "activity-of-theme": 0.69,
        "carried-by": 0.78,
        "composite": 0.78,
        "member": 0.83,
        "same-members": 0.75,
        "set-of-theme": 0.64,
    },
    "issuedBy": {
        "coined": 0.87,
        "directive-equated": 0.92,
        "directive-inherent": 0.90,
        "directive-nominal": 0.89,
        "directive-printed": 0.94,
        "directive-verbal": 0.94,
        "name-tells": 0.91,
    },
    "issuedAt": {
        "directive-inherent": 0.89,
        "directive-nominal": 0.94,
        "directive-verbal": 0.95,
        "meeting-says": 0.91,
        "name-tells": 0.96,
        "title": 0.94,
    },
    "issuedOn": {
        "date-line": 0.98,
        "directive": 0.98,
        "directive-printed": 0.93,
        "directive-verbal": 0.97,
        "held": 0.98,
        "name-tells": 0.98,
    },
    "supervises": {
        "accepts-supervision": 0.94,
        "supervision-of": 0.92,
        "urges": 0.88,
    },
    "partOf": {
        "levels": 0.99,
        "listed-members": 0.99,
        "name-chain": 0.97,
        "own-office": 0.99,
        "party": 0.99,
        "said-to-be": 0.98,
        "set": 0.98,
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
            rule = m.rule if m.rule not in GRADED else graded(m.rule, m.confidence)
            m.confidence = rules.get(rule, m.confidence)
    rules = measured.get("expansion", {})
    for x in extraction.expansions:
        x.confidence = rules.get(x.rule, x.confidence)
    rules = measured.get("directive", {})
    for d in extraction.directives:
        d.confidence = rules.get(d.rule, d.confidence)
    for r in extraction.relations:
        r.confidence = measured.get(r.predicate, {}).get(r.rule, r.confidence)
    return extraction
