"""Ask the store of an output folder: SPARQL in, Python values out, and nothing that leaves the machine or writes.

The default graph of the store is the union of everything; ``GRAPH ?g { … }`` asks who says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    Store,
    Triple,
)

from kg.rdf.names import DEFAULT_BASE, VOCABULARIES, prefixes


class Iri(str):
    """A value that is an IRI, not a string."""


Value = str | int | float | bool | None
"""A cell: ``Iri`` for resources, str for strings, dates and other literals, None where a variable is unbound."""


class QueryError(ValueError):
    """A query that cannot be run; the message says where and what to do."""


class Rows(NamedTuple):
    """The answer to a query.

    SELECT and ASK fill ``rows``, each as long as ``columns`` (ASK: one row of one column "answer"); CONSTRUCT and
    DESCRIBE fill ``triples`` and give the rows as subject, predicate, object too.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]
    triples: tuple[Triple, ...] | None = None


class Token(NamedTuple):
    """A token of a SPARQL text: ``text[start:end]``. Kinds are the names of the groups in ``TOKEN``."""

    kind: str
    text: str
    start: int
    end: int


ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
TOKEN = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<comment>\#[^\n\r]*)
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{ESCAPE})*>)
    | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:_|[^\W\d_][\w.\-·]*)?:(?:[\w.:\-·]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    | (?P<word>[^\W\d]\w*)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)

REMOTE = {"SERVICE", "LOAD", "FROM"}
UPDATES = {"INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH", "USING"}

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = {_XSD + n for n in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")}
_FLOATS = {_XSD + n for n in ("decimal", "double", "float")}
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_UNICODE = re.compile(ESCAPE)


def tokens(sparql: str) -> Iterator[Token]:
    """Yield the tokens of a SPARQL text in order; white space and comments are left out."""
    for match in TOKEN.finditer(sparql):
        kind = match.lastgroup or "mark"
        if kind not in ("space", "comment"):
            yield Token(kind, match[0], match.start(), match.end())


def guard(sparql: str) -> None:
    """Refuse what would reach out of the store (SERVICE, LOAD, FROM) or change it.

    The words are looked for among the tokens, so that they may stand in strings, comments, IRIs, variables and
    prefixed names. Unicode escapes are looked through: the text is read as it stands and with its escapes resolved.

    Raises:
        QueryError: the query has such a word, or a backslash where SPARQL allows none.
    """
    for reading in {sparql, _UNICODE.sub(_character, sparql)}:
        for token in tokens(reading):
            word = token.text.upper()
            if token.kind == "mark" and token.text == "\\":
                raise QueryError(f"{_where(reading, token.start)}: a backslash outside of strings and IRIs")
            if token.kind != "word":
                continue
            if word in REMOTE:
                raise QueryError(
                    f"{_where(reading, token.start)}: {word} is refused: queries see this data set only; leave it out"
                    " (to ask one graph, write GRAPH <its IRI> around the pattern)"
                )
            if word in UPDATES:
                raise QueryError(f"{_where(reading, token.start)}: {word} is refused: the store is read-only")


def open_store(out: Path) -> Store:
    """Open the store of an output folder for reading.

    Raises:
        QueryError: the folder has no store.
    """
    folder = out / "store"
    if not (folder / "CURRENT").exists():
        raise QueryError(f"{out} has no store: give the folder that 'kg build -o' wrote")
    return Store.read_only(str(folder))


def base_of(store: Store) -> str:
    """The IRI base under which the data of a store was minted."""
    for quad in store.quads_for_pattern(None, NamedNode(VOCABULARIES["void"] + "uriSpace"), None, None):
        if isinstance(quad.object, Literal):
            return quad.object.value
    return DEFAULT_BASE


def query(store: Store, sparql: str) -> Rows:
    """Run a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE) on an open store.

    All prefixes of ``names.prefixes`` may be used without declaring them.

    Raises:
        QueryError: the query is refused by ``guard`` or is no SPARQL; the message has line and column.
    """
    guard(sparql)
    known = prefixes(base_of(store))
    try:
        answer = store.query(sparql, prefixes=known)
    except SyntaxError as error:
        raise QueryError(_explain(str(error), sparql, known)) from None
    if isinstance(answer, QueryBoolean):
        return Rows(("answer",), [(bool(answer),)])
    if isinstance(answer, QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        return Rows(columns, [tuple(value(cell) for cell in row) for row in answer])
    triples = tuple(answer)
    rows: list[tuple[Value, ...]] = [(value(t.subject), value(t.predicate), value(t.object)) for t in triples]
    return Rows(("subject", "predicate", "object"), rows, triples)


def value(term: NamedNode | BlankNode | Literal | Triple | None) -> Value:
    """A term as a Python value: int, float and bool by datatype, ``Iri`` for resources, str for everything else."""
    if isinstance(term, NamedNode):
        return Iri(term.value)
    if isinstance(term, Literal):
        datatype = term.datatype.value
        try:
            if datatype in _INTEGERS:
                return int(term.value)
            if datatype in _FLOATS:
                return float(term.value)
        except ValueError:  # ill-typed literals are legal RDF: show what they say
            return term.value
        return term.value in ("true", "1") if datatype == _XSD + "boolean" else term.value
    return None if term is None else str(term)


def shorten(iri: str, known: Mapping[str, str]) -> str:
    """An IRI as people read it: with one of the ``known`` prefixes (prefix → namespace) if any fits."""
    fitting = [(len(ns), prefix) for prefix, ns in known.items() if iri.startswith(ns)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


def _character(escape: re.Match[str]) -> str:
    code = int(escape[0][2:], 16)
    return chr(code) if code < 0x110000 else escape[0]


def _where(sparql: str, offset: int) -> str:
    line = sparql.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - sparql.rfind(chr(10), 0, offset)}"


def _explain(message: str, sparql: str, known: Mapping[str, str]) -> str:
    """Oxigraph's parse error as a sentence: its list of expected characters helps nobody."""
    if not (match := _POSITION.search(message)):
        return message
    line, column, expected = match.groups()
    where = f"line {line}, column {column}"
    if "Prefix not found" in expected:
        declared = set(known) | set(re.findall(r"(?i)\bPREFIX\s+([^\s:]*):", sparql))
        unknown = {t.text.partition(":")[0] for t in tokens(sparql) if t.kind == "name"} - declared - {"_"}
        names = ", ".join(f"{prefix}:" for prefix in sorted(unknown)) or "a prefix"
        return f"{where}: {names} is not declared; known without declaring: {', '.join(sorted(known))}"
    words = [
        e for e in re.findall(r"[^,\n]+", expected.removeprefix("expected ").removeprefix("one of ")) if "'" not in e
    ]
    wanted = ", ".join(w.strip() for w in words if w.strip() not in ("[_]", ""))
    return f"{where}: this is not SPARQL" + (f" (expected here: {wanted})" if wanted else "")
