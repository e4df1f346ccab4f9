from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kg.view import write
from tests.view.browser import Visit
from tests.view.sample import hostile, sample


@pytest.fixture(scope="package")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("features")
    made = {name: folder / f"{name}.html" for name in ("sample", "hostile", "bare")}
    write(sample(), made["sample"])
    write(hostile(), made["hostile"])
    write(sample(), made["bare"], texts=False)
    return made


@pytest.fixture
def visit(chromium: Browser, files: dict[str, Path]) -> Iterator[Visit]:
    opened = Visit(chromium, files["sample"])
    yield opened
    opened.close()


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit.page
