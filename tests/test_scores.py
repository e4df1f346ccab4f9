"""Floors for what the program scores on seeds/gold: strict F1, with and without the lexicon.

Two hundredths below the figures of docs/extraction.md. Raise them when the figures rise; a change that must lower one says
why in its commit.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import corpus
from kg.evaluate import MEASURES, as_gold, read_gold, score
from kg.extract import extract
from kg.lexicon import load
from kg.model import Speech

SEEDS = Path(__file__).parents[1] / "seeds"

FLOORS = {
    # measure: with the lexicon, without
    "Slogan": (0.918, 0.833),
    "Campaign": (0.855, 0.803),
    "Body": (0.940, 0.883),
    "Document": (0.931, 0.916),
    "Meeting": (0.972, 0.972),
    "Person": (0.934, 0.919),
    "Place": (0.840, 0.446),  # fifteen places: one is four hundredths
    "Time": (0.952, 0.952),
    "entities": (0.928, 0.875),
    "expansion found": (0.911, 0.889),
    "expansion items": (0.891, 0.879),
    "expansion whole": (0.857, 0.833),
    "directives": (0.843, 0.674),
    "directive slots": (0.817, 0.810),
    "relations": (0.797, 0.682),
}


@pytest.mark.parametrize("builtin", [True, False], ids=["lexicon", "no lexicon"])
def test_the_sample_speeches_score_as_well_as_they_did(builtin: bool) -> None:
    lexicon = load(builtin=builtin)
    golds = read_gold(SEEDS / "gold")
    preds = {s.doc: as_gold(extract(s, lexicon)) for s in corpus.read([SEEDS]) if isinstance(s, Speech)}
    assert set(golds) <= set(preds)
    figures = score(golds, preds)
    found = {m: figures[f"strict {m}"].f1 for m in MEASURES}
    assert {m: f for m, f in found.items() if f < FLOORS[m][not builtin]} == {}


def test_every_measure_has_a_floor() -> None:
    assert set(FLOORS) == set(MEASURES)
