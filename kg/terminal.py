"""What goes to a terminal: tables as wide as it is, and nothing from a file name or a text that it would obey."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

PIPED_WIDTH = 200
"""Columns of a table that does not go to a terminal."""

CONTROL = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "�")
"""What a file name or a text may not send to a terminal."""


def plain(words: str, style: str = "") -> Text:
    """Words without markup and control characters."""
    from rich.text import Text  # here, so that `kg --help` need not wait for it

    return Text(words.translate(CONTROL), style=style)


def show(table: Table) -> None:
    """Print a table to standard output."""
    from rich.console import Console

    Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH).print(table)
