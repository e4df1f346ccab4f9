"""The rules know heads, suffixes, levels, offices and numerals; the proper names are the lexicon's.

So that ``--no-lexicon`` shows what the rules can do, and what they find elsewhere does not rest on names seen here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg.extract
from kg.lexicon import load

FOLDER = Path(kg.extract.__file__).parent
PROPER = ("Slogan", "Campaign", "Body")
ALLOWED = {
    # the party itself and the top of its levels: level words, from which 市委, 省纪委 … are built
    "中国共产党": "level",
    "中共中央": "level",
    "中央纪委": "level and role",
    "中央国家机关": "level and role",
    "中央和国家机关": "level and role",
    # systems, as DESIGN lists them
    "人民政协": "system",
    "人民军队": "system",
    "武警部队": "system",
    "民主党派": "system",
    "各民主党派": "system",
    # what the committee of every level and place deals with: 省委全面深化改革委员会
    "全面深化改革": "field of committees",
    "全面依法治国": "field of committees",
}


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """The string literals of a module that its code uses, with their lines; docstrings and comments are no code."""
    tree = ast.parse(path.read_text("utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


@pytest.fixture(scope="module")
def proper() -> dict[str, str]:
    """The names and other forms of four characters and more that the lexicon has for slogans, campaigns and bodies."""
    return {
        form: entry.type for entry in load().entries if entry.type in PROPER for form in entry.forms if len(form) >= 4
    }


MODULES = sorted(FOLDER.glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=[p.stem for p in MODULES])
def test_no_rule_names_a_slogan_campaign_or_body(path: Path, proper: dict[str, str]) -> None:
    pattern = re.compile("|".join(map(re.escape, sorted(proper, key=len, reverse=True))))
    found = [
        (line, m[0], proper[m[0]])
        for line, words in literals(path)
        for m in pattern.finditer(words)
        if m[0] not in ALLOWED
    ]
    assert found == []


def test_what_is_allowed_is_used() -> None:
    used = "\n".join(words for path in MODULES for _, words in literals(path))
    assert [word for word in ALLOWED if word not in used] == []


def test_the_test_would_see_one(tmp_path: Path, proper: dict[str, str]) -> None:
    module = tmp_path / "rules.py"
    module.write_text('"""三严三实."""\n# 三严三实\nA = re.compile(rf"(?:三严三实|{B})")\n"""两学一做."""\n', "utf-8")
    assert [(line, [f for f in proper if f in words]) for line, words in literals(module)] == [
        (3, ["三严三实"]),
        (3, []),
    ]
