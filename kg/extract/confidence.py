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
        "block": 0.95,
        "count": 0.87,
        "definite-set": 0.91,
        "doctrine": 0.91,
        "formula": 0.88,
        "lexicon": 0.96,
        "quoted-code": 0.95,
        "quoted-count": 0.97,
        "quoted-parallel": 0.95,
        "quoted-parallel+": 0.95,
        "quoted-unit": 0.73,
        "quoted-unit+": 0.95,
        "repeat": 0.88,
    },
    "Campaign": {
        "battle": 0.92,
        "heading": 0.93,
        "inspection": 0.93,
        "lexicon": 0.91,
        "listed": 0.93,
        "listed-events": 0.92,
        "member": 0.93,
        "plain-head": 0.90,
        "plain-weak-head": 0.87,
        "quoted-drive": 0.92,
        "quoted-head": 0.96,
        "quoted-head-prefixed": 0.86,
        "quoted-name": 0.92,
        "repeat": 0.88,
        "shared-head": 0.92,
    },
    "Body": {
        "body-and-committee": 0.94,
        "body-collective": 0.92,
        "body-coordinated": 0.95,
        "body-level": 0.97,
        "body-organ": 0.96,
        "body-short": 0.90,
        "institution": 0.90,
        "institution-short": 0.92,
        "lexicon": 0.98,
        "periodical": 0.96,
        "two-committees": 0.96,
        "unit": 0.96,
    },
    "Document": {
        "about": 0.94,
        "law": 0.92,
        "lexicon": 0.96,
        "named": 0.93,
        "own-title": 0.99,
        "plan": 0.89,
        "speech-of": 0.97,
        "title": 0.98,
    },
    "Meeting": {
        "conference": 0.97,
        "conference-owners": 0.98,
        "lexicon": 0.99,
        "plenum": 0.94,
        "session": 0.95,
        "two-sessions": 0.98,
        "venue": 0.99,
    },
    "Person": {
        "lexicon": 0.99,
        "name-and-office": 0.96,
        "office-again": 0.97,
        "office-and-name": 0.94,
    },
    "Place": {
        "country": 0.94,
        "lexicon": 0.91,
        "place-head": 0.93,
        "settlement": 0.91,
    },
    "Time": {
        "century": 0.98,
        "date": 0.97,
        "plan-period": 0.99,
    },
    "expansion": {
        "abbreviation": 0.91,
        "acrostic": 0.91,
        "asked": 0.91,
        "attribute": 0.86,
        "blockwise": 0.92,
        "bracketed": 0.89,
        "coded": 0.86,
        "colon": 0.90,
        "distributive": 0.92,
        "echoed-items": 0.92,
        "items": 0.93,
        "keyed": 0.90,
        "listed-before": 0.89,
        "meaning": 0.92,
        "next-sentence": 0.91,
        "pair-before": 0.83,
        "partial-list": 0.91,
        "questions": 0.91,
        "quoted-before": 0.91,
        "row-before": 0.86,
        "taken-as": 0.91,
    },
    "directive": {
        "about": 0.90,
        "arrangement": 0.89,
        "bare-demand": 0.92,
        "called": 0.92,
        "copular": 0.87,
        "decision": 0.96,
        "equated": 0.92,
        "inherent": 0.93,
        "judged": 0.92,
        "launch": 0.95,
        "nominal": 0.96,
        "passed-on": 0.92,
        "printed": 0.94,
        "pursuant": 0.81,
        "remark": 0.92,
        "this-demand": 0.92,
        "verbal": 0.88,
        "verbal-carried": 0.87,
        "verbal-distant": 0.92,
    },
    "organisedBy": {
        "by-plan": 0.89,
        "decided": 0.93,
        "in-charge": 0.88,
        "launch": 0.85,
        "launch-addressed": 0.77,
        "launch-carried": 0.77,
        "launch-own": 0.85,
        "leading-group": 0.84,
        "led-by": 0.89,
        "owned": 0.89,
        "set-run-by": 0.88,
    },
    "implements": {
        "aiming": 0.92,
        "answering": 0.92,
        "asked-at-its-start": 0.83,
        "demanded-for": 0.91,
        "following": 0.89,
        "general-demand": 0.90,
        "guided-by": 0.92,
        "held-for": 0.86,
        "named-after": 0.91,
        "step-towards": 0.92,
        "through": 0.84,
    },
    "hasPart": {
        "activity-of-theme": 0.97,
        "carried-by": 0.95,
        "composite": 0.96,
        "member": 0.94,
        "nested-set": 0.95,
        "same-members": 0.94,
        "set-of-campaign": 0.89,
        "set-of-member": 0.94,
        "set-of-section": 0.95,
        "set-of-theme": 0.92,
    },
    "issuedBy": {
        "article": 0.99,
        "beside-title": 0.99,
        "coined": 0.98,
        "directive-copular": 0.99,
        "directive-decision": 0.99,
        "directive-equated": 0.99,
        "directive-inherent": 0.96,
        "directive-nominal": 0.99,
        "directive-printed": 0.99,
        "directive-this-demand": 0.98,
        "directive-verbal": 0.98,
        "directive-verbal-distant": 0.99,
        "made": 0.99,
        "made-by": 0.98,
        "name-tells": 0.98,
        "on-behalf": 0.99,
        "put-forward": 0.99,
        "says-in": 0.99,
    },
    "issuedAt": {
        "directive-inherent": 0.90,
        "directive-nominal": 0.96,
        "directive-verbal": 0.95,
        "meeting-says": 0.92,
        "meetings-own": 0.95,
        "name-tells": 0.97,
        "on-behalf": 0.95,
        "passed-at": 0.92,
        "passed-there": 0.95,
        "put-forward": 0.95,
        "title": 0.96,
    },
    "issuedOn": {
        "article": 0.97,
        "date-line": 0.98,
        "directive": 0.98,
        "directive-printed": 0.95,
        "directive-this-demand": 0.97,
        "directive-verbal": 0.95,
        "directive-verbal-distant": 0.97,
        "held": 0.96,
        "made": 0.97,
        "meeting-date": 0.93,
        "name-tells": 0.99,
        "run-on": 0.98,
        "title": 0.97,
    },
    "supervises": {
        "accepts-supervision": 0.95,
        "supervision-of": 0.93,
        "under-supervision": 0.87,
        "urges": 0.89,
    },
    "partOf": {
        "levels": 0.92,
        "listed-members": 0.97,
        "name-chain": 0.93,
        "own-office": 0.97,
        "own-units": 0.96,
        "party": 0.97,
        "said-to-be": 0.95,
        "set": 0.97,
        "set-up": 0.96,
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
