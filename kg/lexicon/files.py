"""Lexicon files → entries, with errors that name file, line and remedy.

YAML is composed to nodes by libyaml and turned into plain values here: that keeps line numbers at hand for errors, is
four times as fast as PyYAML's constructors, and leaves dates and numbers the strings that they were written as.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import msgspec.structs
import yaml
from opencc import OpenCC

from kg.lexicon.schema import Entry
from kg.model import EntityType

TYPE_OF_FILE: dict[str, EntityType] = {
    "slogans": "Slogan",
    "campaigns": "Campaign",
    "bodies": "Body",
    "documents": "Document",
    "meetings": "Meeting",
    "people": "Person",
    "places": "Place",
    "times": "Time",
}
"""What a file name begins with → the type of its entries."""

MAX_DEPTH = 6
"""An entry is five levels deep at most; anything deeper is a mistake or an alias bomb."""

BaseLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Loader(BaseLoader):  # type: ignore[misc]
    """libyaml without tags: every scalar is a string, so nothing needs resolving."""

    def resolve(self, kind: type, value: str | None, implicit: object) -> str:
        """The same tag for every node."""
        return "tag:yaml.org,2002:str"


class LexiconError(ValueError):
    """A lexicon file that cannot be used. The message has one line a problem: file, line, what is wrong, remedy."""


class Placed(NamedTuple):
    """An entry and where it was read: ``file:line``."""

    entry: Entry
    where: str


class _NodeError(Exception):
    """A problem at a node of the YAML tree: the node and what is wrong with it."""

    def __init__(self, node: yaml.Node, problem: str) -> None:
        super().__init__(problem)
        self.node = node


def read(name: str, content: bytes) -> list[Placed]:
    """Read one lexicon file.

    ``name`` is the file name as errors show it; its beginning gives the entries' type. Raises ``LexiconError`` with
    all problems of the file, one a line.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{name}: not UTF-8 (byte {error.start}); save the file as UTF-8") from None
    try:
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise LexiconError(f"{name}:{line}: not YAML: {error.problem or error.context}; check indentation, "
                           "brackets and quotes near this line") from None  # fmt: skip
    except yaml.YAMLError as error:
        raise LexiconError(f"{name}: not YAML: {' '.join(str(error).split())}") from None
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise LexiconError(f"{name}:1: the file must be a list of entries; begin each with '- name: …'")
    default = _type_of(name)
    placed: list[Placed] = []
    problems: list[str] = []
    for node in root.value:
        try:
            placed.append(Placed(_entry(node, default), f"{name}:{node.start_mark.line + 1}"))
        except _NodeError as error:
            problems.append(f"{name}:{error.node.start_mark.line + 1}: {error}")
    if problems:
        raise LexiconError("\n".join(problems))
    return placed


def _type_of(name: str) -> EntityType | None:
    stem = Path(name).name.lower()
    return next((t for prefix, t in TYPE_OF_FILE.items() if stem.startswith(prefix)), None)


def _entry(node: yaml.Node, default: EntityType | None) -> Entry:
    """Turn one item of the list into an ``Entry``; raises ``_NodeError``."""
    if not isinstance(node, yaml.MappingNode):
        raise _NodeError(node, "an entry is a mapping; begin it with '- name: …'")
    fields = _plain(node)
    if "type" not in fields:
        if default is None:
            raise _NodeError(node, f"no type; write 'type: Slogan' (or {', '.join(list(TYPE_OF_FILE.values())[1:])}), "
                                 f"or let the file name begin with one of {', '.join(TYPE_OF_FILE)}")  # fmt: skip
        fields["type"] = default
    try:
        entry = msgspec.convert(fields, Entry)
    except msgspec.ValidationError as error:
        problem, at = _problem(str(error), node)
        raise _NodeError(at, problem) from None
    for field, problem in _slips(entry):
        raise _NodeError(_child(node, field) or node, f"{entry.name}: {problem}")
    return entry


def _plain(node: yaml.Node, depth: int = 0) -> Any:
    """The strings, lists and dicts that a YAML node stands for."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if depth >= MAX_DEPTH:
        raise _NodeError(node, "nested too deeply; see docs/lexicon.md for the shape of an entry")
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, depth + 1) for child in node.value]
    result: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _NodeError(key, "a field name must be a plain word")
        if key.value in result:
            raise _NodeError(key, f"field '{key.value}' is given twice; keep one")
        result[key.value] = _plain(value, depth + 1)
    return result


_PATH = re.compile(r"^(.*?)(?: - at `\$(.*)`)?$", re.S)
_UNKNOWN = re.compile(r"Object contains unknown field `(.+)`")
_MISSING = re.compile(r"Object missing required field `(.+)`")
_HINTS = (
    ("length >= 1", "write a value or leave the field out"),
    ("Expected `array", "write a list: [一, 二]"),
    ("Expected `object", "write a mapping: {by: …, date: …}"),
    ("Expected `str`, got `array`", "write one string, not a list"),
    ("Expected `str`, got `object`", "write one string (quote it if it contains ': ')"),
    ("{4}(-(0", "write an EDTF date: 2014, 2014-03 or 2014-03-09"),
    ("none|", "write a pattern such as 3, 3+3, 5p or none"),
    ("S(.*", "take away the white space, or leave the field out"),
    ("Invalid enum value", "see docs/lexicon.md for the values of this field"),
)


def _problem(message: str, node: yaml.Node) -> tuple[str, yaml.Node]:
    """A msgspec message as a sentence for the editor, and the node that it is about."""
    match = _PATH.match(message)
    text, path = (match[1], match[2] or "") if match else (message, "")
    for step in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        node = (_child(node, step[0]) if step[0] else _item(node, int(step[1]))) or node
    field = path.lstrip(".")
    if unknown := _UNKNOWN.search(text):
        known = ", ".join(f.name for f in msgspec.structs.fields(Entry))
        remedy = f"; fields of an entry: {known}" if not field else "; see docs/lexicon.md"
        inside = f" in {field}" if field else ""
        return f"unknown field '{unknown[1]}'{inside}{remedy}", _child(node, unknown[1]) or node
    if missing := _MISSING.search(text):
        return f"missing '{missing[1]}'{f' in {field}' if field else ''}; add it", node
    hint = next((h for cue, h in _HINTS if cue in text), None)
    if hint and ("matching regex" in text or "length" in text):
        shown = node.value if isinstance(node, yaml.ScalarNode) else ""
        return f"{field}: '{shown}' will not do; {hint}", node
    return f"{field}: {text}{f'; {hint}' if hint else ''}", node


def _child(node: yaml.Node, field: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for key, value in node.value if key.value == field), None)


def _item(node: yaml.Node, index: int) -> yaml.Node | None:
    return node.value[index] if isinstance(node, yaml.SequenceNode) and index < len(node.value) else None


MARKS = "“”‘’「」『』\"' \u3000"
"""What a name does not have: the key of an identity is without quotation marks and spaces."""


def _slips(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what the schema cannot say: (field, problem and remedy)."""
    if any(c in MARKS for c in entry.name):
        yield "name", "has quotation marks or spaces; leave them out, a text's own are skipped"
    for form in entry.aliases:
        if (form[0] in MARKS and form[-1] in MARKS) or any(c.isspace() for c in form):
            yield "aliases", f"'{form}' has surrounding quotation marks or spaces; leave them out"
    for field, form in (("name", entry.name), *(("aliases", alias) for alias in entry.aliases)):
        if len(form.strip("、，。")) < 2:
            yield field, f"'{form}' is too short to be told from other words; write the fuller form"
    if len(set(entry.forms)) < len(entry.forms):
        twice = next(f for f in entry.forms if entry.forms.count(f) > 1)
        yield "aliases", f"'{twice}' is given twice; keep one"
    for form in entry.shared:
        if form not in entry.forms:
            yield "shared", f"'{form}' is no form of this entry; add it to aliases or take it out of shared"
    if entry.kind and entry.type != "Slogan":
        yield "kind", f"only a Slogan has a kind, not a {entry.type}; take it out"
    if entry.since and entry.until and entry.until[:4] < entry.since[:4]:
        yield "until", f"until {entry.until} is before since {entry.since}; swap them"


def traditional(placed: Iterable[Placed]) -> Iterator[str]:
    """Yield a problem for each form in traditional characters: texts are matched on a simplified copy."""
    to_simplified = OpenCC("t2s")
    for entry, where in placed:
        for form in entry.forms:
            if (simplified := to_simplified.convert(form)) != form:
                yield f"{where}: '{form}' is in traditional characters and would never be found; write {simplified}"


def collisions(placed: Iterable[Placed]) -> Iterator[str]:
    """Yield a problem for each form that two entries of one type carry without saying so in ``shared``."""
    carriers: dict[tuple[EntityType, str], Placed] = {}
    for item in placed:
        for form in item.entry.forms:
            key = (item.entry.type, form)
            first = carriers.setdefault(key, item)
            if first is item:
                continue
            if form == item.entry.name == first.entry.name:
                yield f"{item.where}: a second {key[0]} named '{form}' (first: {first.where}); merge the two"
            elif form not in item.entry.shared or form not in first.entry.shared:
                yield (
                    f"{item.where}: '{form}' also denotes {first.entry.name} ({first.where}); "
                    "drop it from one of them, or list it under 'shared' in both"
                )
