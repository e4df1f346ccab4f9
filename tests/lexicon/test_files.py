"""Users' own files: what is accepted, and that every mistake is named with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import LexiconError, load
from kg.lexicon.files import read

GOOD = """\
- name: 三比三看
  kind: numeral
  aliases: [三比三看活动要求]
  origin: {by: 镇党委, date: 2019-04}
  expansions:
    - members: [比学习, 比作风, 比实绩, 看担当, 看服务, 看口碑]
      since: 2019-04
      pattern: 3+3
"""

MISTAKES = [
    ("- name: 甲\n", 1, "'甲' is too short", "fuller form"),
    ("- name: 甲甲\n  nmae: 乙\n", 2, "unknown field 'nmae'", "fields of an entry: type, name"),
    ("- gloss: A\n- name: 乙乙\n", 1, "missing 'name'", "add it"),
    ("- name: 甲甲\n  aliases: 乙\n", 2, "aliases", "write a list"),
    ("- name: [甲]\n", 1, "name", "write one string"),
    ("- name: 甲甲\n  origin: 中央\n", 2, "origin", "write a mapping"),
    ("- name: 甲甲\n  origin:\n    date: 2014/3/9\n", 3, "2014/3/9", "EDTF"),
    ("- name: 甲甲\n  origin: {who: 乙}\n", 2, "unknown field 'who' in origin", "docs/lexicon.md"),
    ("- name: 甲甲\n  expansions:\n    - members: []\n", 3, "expansions[0].members", "leave the field out"),
    ("- name: 甲甲\n  expansions:\n    - members: [乙]\n      pattern: three\n", 4, "three", "3+3"),
    ("- name: 甲甲\n  kind: number\n", 2, "kind", "docs/lexicon.md"),
    ("- name: 甲甲\n  gloss:\n", 2, "gloss", "leave the field out"),
    ("- name: 甲甲\n- name: 乙乙\n  name: 丙\n", 3, "given twice", "keep one"),
    ("- name: “甲”\n", 1, "quotation marks", "leave them out"),
    ("- name: 甲甲\n  aliases: [“乙乙”]\n", 2, "quotation marks", "leave them out"),
    ("- name: 甲甲\n  aliases: [乙乙, 乙乙]\n", 2, "given twice", "keep one"),
    ("- name: 甲甲\n  shared: [乙]\n", 2, "no form", "add it to aliases"),
    ("- name: 甲甲\n  since: 2020\n  until: 2019\n", 3, "before since", "swap"),
    ("- name: 甲甲\n  aliases: [乙乙\n- name: 丙丙\n", 3, "not YAML", "brackets"),
    ("name: 甲\n", 1, "must be a list", "- name"),
    ("- 甲\n", 1, "mapping", "- name"),
    ("- name: 甲甲\n  gloss: [[[[[[[a]]]]]]]\n", 2, "nested too deeply", "docs/lexicon.md"),
    ("- name: &a [*a]\n", 1, "nested too deeply", "docs/lexicon.md"),
    ("- name: 甲甲\n  type: Body\n  kind: quoted\n", 3, "only a Slogan has a kind", "take it out"),
    ("- name: 甲甲\n\n- name: 甲甲\n", 3, "a second Slogan named '甲甲'", "merge"),
    ("- name: 甲甲\n- name: 乙乙\n  aliases: [甲甲]\n", 2, "'甲甲' also denotes 甲甲", "'shared' in both"),
    ("- name: 三個代表\n", 1, "traditional", "write 三个代表"),
]


def write(folder: Path, text: str, name: str = "slogans_own.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_users_file(tmp_path: Path) -> None:
    lexicon = load([write(tmp_path, GOOD)], builtin=False)
    entry = lexicon.get("Slogan", "三比三看")
    assert entry is not None
    assert len(entry.members) == 6
    assert entry.origin is not None
    assert entry.origin.date == "2019-04"
    assert [m.form for m in lexicon.find("落实“三比三看”")] == ["三比三看"]


@pytest.mark.parametrize(("text", "line", "problem", "remedy"), MISTAKES)
def test_a_mistake_is_named(tmp_path: Path, text: str, line: int, problem: str, remedy: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(LexiconError) as error:
        load([path], builtin=False)
    message = str(error.value)
    assert f"{path}:{line}: " in message
    assert problem in message
    assert remedy in message


def test_all_mistakes_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    first = write(tmp_path, "- name: 甲甲\n  x: 1\n- name: 乙乙\n  y: 1\n")
    second = write(tmp_path, "- nam: 丙\n", "bodies_own.yaml")
    with pytest.raises(LexiconError) as error:
        load([first, second, tmp_path / "missing.yaml"])
    lines = str(error.value).splitlines()
    assert len(lines) == 4
    assert "missing.yaml" in lines[-1]
    assert "--lexicon" in lines[-1]


def test_the_type_stands_in_the_file_name_or_the_entry(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no type"):
        load([write(tmp_path, "- name: 甲甲\n", "own.yaml")], builtin=False)
    lexicon = load([write(tmp_path, "- {name: 甲甲, type: Body}\n", "own.yaml")], builtin=False)
    assert lexicon.get("Body", "甲甲")
    assert load([write(tmp_path, "- name: 甲甲\n", "Meetings2.yml")], builtin=False).get("Meeting", "甲甲")


def test_encodings(tmp_path: Path) -> None:
    path = tmp_path / "slogans.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert load([path], builtin=False).get("Slogan", "三比三看")
    path.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(LexiconError, match="not UTF-8"):
        load([path], builtin=False)
    path.write_bytes(b"")
    assert load([path], builtin=False).entries == ()


def test_a_users_entry_replaces_the_built_in_one(tmp_path: Path) -> None:
    path = write(tmp_path, "- {name: 国务院, gloss: Ours}\n", "bodies.yaml")
    entry = load([path]).get("Body", "国务院")
    assert entry is not None
    assert entry.gloss == "Ours"
    assert entry.aliases == ()


def test_the_version_is_that_of_the_data(tmp_path: Path) -> None:
    assert load().version == load().version
    assert load([write(tmp_path, GOOD)]).version != load().version
    assert len(load(builtin=False).version) == 12


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_content_is_read_or_refused_with_its_name(content: str | bytes) -> None:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    try:
        read("slogans.yaml", data)
    except LexiconError as error:
        assert all(line.startswith("slogans.yaml:") for line in str(error).splitlines())
