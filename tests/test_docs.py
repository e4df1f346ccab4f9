from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_page_of_queries_is_what_the_queries_give() -> None:
    run = subprocess.run([sys.executable, ROOT / "docs" / "queries.py", "--check"], capture_output=True, text=True)
    assert run.returncode == 0, "docs/queries.md is out of date: run python docs/queries.py"


def test_every_query_has_an_example_with_an_answer() -> None:
    page = (ROOT / "docs" / "queries.md").read_text("utf-8")
    assert page.count("` gives ") == page.count("\n## ") > 40
    assert " gives 0 rows" not in page
