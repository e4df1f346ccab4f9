from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import OWL, RDF, RDFS, Graph

from kg.build import build

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_page_of_queries_is_what_the_queries_give() -> None:
    run = subprocess.run([sys.executable, ROOT / "docs" / "queries.py", "--check"], capture_output=True, text=True)
    assert run.returncode == 0, "docs/queries.md is out of date: run python docs/queries.py"


def test_every_query_has_an_example_with_an_answer() -> None:
    page = (ROOT / "docs" / "queries.md").read_text("utf-8")
    assert page.count("` gives ") == page.count("\n## ") > 40
    assert " gives 0 rows" not in page


def test_the_picture_of_the_model_is_that_of_the_vocabulary() -> None:
    run = subprocess.run([sys.executable, ROOT / "docs" / "diagram.py", "--check"], capture_output=True, text=True)
    assert run.returncode == 0, "docs/img/model.svg is out of date: run python docs/diagram.py"
    picture = ElementTree.parse(ROOT / "docs" / "img" / "model.svg")
    words = {"".join(text.itertext()).strip() for text in picture.iter("{http://www.w3.org/2000/svg}text")}
    ontology = Graph().parse(ROOT / "kg" / "rdf" / "ontology.ttl")
    for class_ in ontology.subjects(RDF.type, OWL.Class):
        assert f"kg:{str(class_).rpartition('#')[2]}" in words
    for property_ in ontology.subjects(RDF.type, RDF.Property):
        assert str(property_).rpartition("#")[2] in words
        assert {str(label) for label in ontology.objects(property_, RDFS.label) if label.language == "zh"} <= words  # type: ignore[attr-defined]


@pytest.mark.slow
def test_the_five_questions_for_newcomers_have_answers(tmp_path: Path) -> None:
    build([ROOT / "seeds"], tmp_path / "out")
    page = (ROOT / "docs" / "model.md").read_text("utf-8")
    commands = re.findall(r"^kg query out (.*?)  +#", page, re.MULTILINE)
    assert len(commands) == 5
    for command in commands:
        asked = ["query", str(tmp_path / "out"), *shlex.split(command), "--format", "json"]
        run = subprocess.run([sys.executable, "-m", "kg.cli", *asked], capture_output=True, text=True, check=True)
        assert json.loads(run.stdout), command
