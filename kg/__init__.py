"""Chinese official speeches → a knowledge graph whose every link shows the words it came from."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.rdf.endpoint import Endpoint

__version__ = version("speech-kg")


def open(out: str | Path, *, timeout: float = 30.0, limit: int | None = 100_000) -> Endpoint:
    """Open the output folder of a build for asking: ``kg.open("out").query("slogans").to_pandas()``.

    Args:
        out: the folder that ``kg build -o`` wrote.
        timeout: seconds that a query may take before it is stopped.
        limit: rows that an answer may have; None for all.

    Raises:
        QueryError: the folder has no store.
    """
    from kg.rdf.endpoint import Endpoint  # `kg --version` need not wait for RDF

    return Endpoint(out, timeout=timeout, limit=limit)
