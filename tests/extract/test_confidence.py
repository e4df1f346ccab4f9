from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import corpus
from kg.corpus import speech_from_text
from kg.extract import extract
from kg.extract.confidence import MEASURED, calibrate, graded
from kg.extract.threshold import above, sure
from kg.lexicon import load
from kg.model import ENTITY_TYPES, PREDICATES, Extraction, Speech
from tests.made import extractions

SEEDS = Path(__file__).parents[2] / "seeds"
KNOWN = load()
TEXT = (
    "县委决定，在全县开展“三进三解”专项行动。按照省委对水利工作提出的“四个一批”明确要求，抓好“一批一批来”、“回头看”。"
    "“四个一批”，即投产一批、开工一批、前期一批、谋划一批。"
)


def findings(x: Extraction) -> list[float]:
    return [
        *map(sure, x.entities),
        *(c.confidence for c in x.expansions),
        *(d.confidence for d in x.directives),
        *(r.confidence for r in x.relations),
    ]


def test_the_measured_figure_replaces_the_rules_own() -> None:
    speech = speech_from_text(TEXT)
    own, told = extract(speech, KNOWN, measured={}), extract(speech, KNOWN)
    assert [e.id for e in own.entities] == [e.id for e in told.entities]
    assert findings(own) != findings(told)
    for before, after in zip(own.entities, told.entities, strict=True):
        for m, n in zip(before.mentions, after.mentions, strict=True):
            assert n.confidence == MEASURED[after.id.type].get(graded(m.rule, m.confidence), m.confidence)
    for r in told.relations:
        assert r.confidence == MEASURED[r.predicate].get(r.rule, r.confidence)


def test_a_rule_that_was_never_measured_keeps_its_own() -> None:
    x = extract(speech_from_text(TEXT), KNOWN, measured={})
    before = findings(x)
    assert findings(calibrate(x, {"Slogan": {"no-such-rule": 0.1}})) == before


def test_the_table_is_of_shares_of_known_kinds() -> None:
    assert set(MEASURED) == {*ENTITY_TYPES, *PREDICATES, "expansion", "directive"}
    assert all(0 < share < 1 for rules in MEASURED.values() for share in rules.values())


def test_strong_quotations_count_as_a_rule_of_their_own() -> None:
    assert graded("quoted-unit", 0.9) == "quoted-unit+"
    assert graded("quoted-unit", 0.6) == "quoted-unit"
    assert graded("lexicon", 0.97) == "lexicon"
    assert MEASURED["Slogan"]["quoted-unit+"] > MEASURED["Slogan"]["quoted-unit"]


def sound(x: Extraction) -> None:
    known = {e.id for e in x.entities}
    assert {c.slogan for c in x.expansions} <= known
    assert {m.entity for c in x.expansions for m in c.members if m.entity} <= known
    for d in x.directives:
        assert {d.issuer, *d.about, *(i for i in (d.venue, d.date, d.target_entity) if i)} <= known
    assert {end for r in x.relations for end in (r.subject, r.object)} <= known


@pytest.mark.parametrize("least", [0.5, 0.9, 0.96, 1.0])
def test_what_hangs_on_a_dropped_entity_goes_too(least: float) -> None:
    for speech in corpus.read([SEEDS / "01-sanchuang-mobilisation.txt", SEEDS / "06-county-style-campaign.txt"]):
        assert isinstance(speech, Speech)
        whole = extract(speech, KNOWN)
        kept = above(whole, least)
        sound(kept)
        assert min(findings(kept), default=1.0) >= least
        assert [e for e in whole.entities if sure(e) >= least] == kept.entities


def test_a_dropped_member_keeps_its_words() -> None:
    x = extract(
        speech_from_text("全县抓好三大活动，即大走访、大化解、大提升。每个村都要搞大化解。"), KNOWN, measured={}
    )
    (expansion,) = x.expansions
    assert all(m.entity for m in expansion.members)
    for e in x.entities:
        for m in e.mentions:
            m.confidence = 0.9 if e.id == expansion.slogan else 0.3
    (kept,) = above(x, 0.5).expansions
    assert [m.label for m in kept.members] == ["大走访", "大化解", "大提升"]
    assert [m.entity for m in kept.members] == [None] * 3
    assert all(m.entity for m in expansion.members), "the whole extraction is as it was"


@given(extractions(), st.floats(0, 1), st.floats(0, 1))
def test_thresholds_are_ordered_and_the_higher_decides(x: Extraction, a: float, b: float) -> None:
    assert above(x, 0) is x
    low, high = sorted((a, b))
    assert above(above(x, low), high) == above(x, high)
    kept = above(x, high)
    assert min(findings(kept), default=1.0) >= high
    assert len(findings(kept)) <= len(findings(above(x, low)))
