"""The held-out annotation in ``tests/gold``, each with the speech it describes: annotated before any extraction was seen.

Three sets. ``PATHS`` is the first, on which figures have been quoted since; ``SECOND`` and ``THIRD`` were annotated later by
others who had seen neither the rules nor what they find, and are measured apart from it. ``ALL`` is all of them.

Two kinds. Speeches of our own stand in ``tests/gold/texts``. Passages of public reports are not copied here: their
annotation names file, title and offsets of the passage, and the text is read from ``../shared``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.corpus import speech_from_text
from kg.model import Speech

FOLDER = Path(__file__).resolve().parent / "gold"
REPORTS = Path(__file__).resolve().parents[2] / "shared" / "texts" / "reports"
EXCERPT = "（节选）"
"""What follows the title of a passage, as in the shared excerpts."""

SECOND_SET = {
    "city-secretary-2024",
    "county-congress-2022",
    "county-mobilisation-2018",
    "cpc17-a",
    "discipline-commission-2020",
    "district-civilisation-2021",
    "grain-bureau-2019",
    "gwr1959-a",
    "gwr1960-a",
    "gwr1995-a",
    "gwr1997-a",
    "gwr2006-a",
    "township-advancement-2006",
    "vice-governor-2024",
}
"""Stems of the second set."""

THIRD_SET = {
    "county-flood-2021",
    "gwr1981-a",
    "gwr2000-a",
    "party-school-2015",
    "prefecture-poverty-1996",
}
"""Stems of the third set, annotated last and measured once before any rule was changed for it."""

ALL = tuple(sorted(FOLDER.glob("*.json")))
PATHS = tuple(path for path in ALL if path.stem not in SECOND_SET | THIRD_SET)
SECOND = tuple(path for path in ALL if path.stem in SECOND_SET)
THIRD = tuple(path for path in ALL if path.stem in THIRD_SET)


def annotation(path: Path) -> dict[str, Any]:
    """The annotation of one text, in the gold schema; passages of reports have ``source`` beside it."""
    gold: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return gold


def words(path: Path) -> str:
    """The text that an annotation describes, not cleaned. Skips the test if it stands in ../shared and that is absent."""
    gold = annotation(path)
    source = gold.get("source")
    if source is None:
        own: Path = FOLDER / "texts" / gold["doc"]
        return own.read_text("utf-8")
    if not REPORTS.is_dir():
        pytest.skip(f"{gold['doc']} is a passage of a report in ../shared/texts/reports, which is not here")
    passage = _contents(source["file"])[source["title"]][source["start"] : source["end"]]
    return f"{source['title']}{EXCERPT}\n\n{passage}\n"


def pair(path: Path) -> tuple[Speech, dict[str, Any]]:
    """The speech and its annotation. Skips as ``words`` does."""
    gold = annotation(path)
    return speech_from_text(words(path), doc=gold["doc"]), gold


def pairs() -> Iterator[tuple[Speech, dict[str, Any]]]:
    """Yield the speeches of the first set with their annotation, by file name. Skips the test if ../shared is absent."""
    return map(pair, PATHS)


@cache
def _contents(file: str) -> dict[str, str]:
    with (REPORTS / file).open(encoding="utf-8") as lines:
        return {record["title"]: record["content"] for record in map(json.loads, lines)}
