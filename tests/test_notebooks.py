from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_runs_and_answers(path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    notebook: Any = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    answers = [cell for cell in notebook.cells if cell.cell_type == "code"][1:-1]
    assert len(answers) >= 5
    assert all(cell.outputs for cell in answers), "every question is answered"


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS
    assert all('"outputs": []' in path.read_text("utf-8") for path in NOTEBOOKS), "committed without outputs"
