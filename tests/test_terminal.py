from __future__ import annotations

import pytest
from rich.table import Table

from kg.answers import table
from kg.rdf.rows import Rows
from kg.rdf.validate import Finding
from kg.rdf.validate import table as findings_table
from kg.terminal import PIPED_WIDTH, show

BAD = "三个\x1b[31m到位\x9b [bold]"


@pytest.mark.parametrize(
    "shown",
    [
        table(Rows((BAD,), [(BAD,)]), {}),
        findings_table([Finding("violation", f"urn:{BAD}", BAD, BAD, BAD, BAD, BAD)], {}),
    ],
)
def test_no_table_sends_control_characters_or_reads_markup(shown: Table, capsys: pytest.CaptureFixture[str]) -> None:
    show(shown)
    printed = capsys.readouterr().out
    assert not set(printed) & {"\x1b", "\x9b"}
    assert "三个�[31m到位� [bold]" in printed
    assert all(len(line) <= PIPED_WIDTH for line in printed.splitlines())
