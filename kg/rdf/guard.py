"""What a query may not do: reach out of the store, or change it. Looked for twice, by two different readers.

The token stream is a regular expression of our own and knows no grammar; the algebra is what rdflib's parser makes of
the text. A query runs only where both find nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from kg.rdf.names import prefixes as _prefixes


class QueryError(ValueError):
    """A query that cannot be run; the message says where and what to do."""


class UnreadError(QueryError):
    """A query that rdflib's parser cannot read, so that its algebra cannot be looked at."""


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
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)

REMOTE = {"SERVICE", "LOAD"}
UPDATES = {"INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH", "USING"}
_UNICODE = re.compile(ESCAPE)


def tokens(sparql: str) -> Iterator[Token]:
    """Yield the tokens of a SPARQL text in order; white space and comments are left out."""
    for match in TOKEN.finditer(sparql):
        kind = match.lastgroup or "mark"
        if kind not in ("space", "comment"):
            yield Token(kind, match[0], match.start(), match.end())


def guard(sparql: str, local: Collection[str] = ()) -> None:
    """Refuse what would reach out of the store (SERVICE, LOAD, FROM another graph) or change it, by its tokens.

    ``local`` are the IRIs of the graphs that FROM may name. The words are looked for among the tokens, so that they may
    stand in strings, comments, IRIs, variables and prefixed names. Unicode escapes are looked through: the text is read
    as it stands and with its escapes resolved.

    Raises:
        QueryError: the query has such a word, or a backslash where SPARQL allows none.
    """
    for reading in {sparql, _UNICODE.sub(_character, sparql)}:
        found = list(tokens(reading))
        for i, token in enumerate(found):
            word = token.text.upper()
            where = position(reading, token.start)
            if token.kind == "mark" and token.text == "\\":
                raise QueryError(f"{where}: a backslash outside of strings and IRIs")
            if token.kind != "word":
                continue
            if word in REMOTE:
                raise QueryError(f"{where}: {word} is refused: queries see this data set only; leave it out")
            if word == "FROM" and not _names(found[i + 1 : i + 3], local):
                raise QueryError(
                    f"{where}: FROM is refused: it takes the full IRI of a graph of this data set, such as GRAPH ?g"
                    " { … } lists, and nothing else"
                )
            if word in UPDATES:
                raise QueryError(f"{where}: {word} is refused: the store is read-only")


def _names(after: list[Token], local: Collection[str]) -> bool:
    """Whether what follows FROM is the full IRI of a graph of the store, after NAMED or not."""
    if after and after[0].kind == "word" and after[0].text.upper() == "NAMED":
        after = after[1:]
    return bool(after) and after[0].kind == "iri" and after[0].text[1:-1] in local


@lru_cache(maxsize=1024)
def look(sparql: str, known: tuple[tuple[str, str], ...] = (), local: frozenset[str] = frozenset()) -> None:
    """Refuse the same by the algebra that rdflib's parser makes of the text; nothing is run.

    ``known`` are prefixes (prefix, namespace) that need no declaration, ``local`` the graphs that FROM may name.

    Raises:
        QueryError: the algebra has a SERVICE, a foreign graph, or anything but a query.
        UnreadError: rdflib cannot read the text.
    """
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue

    try:
        parsed = parseQuery(sparql)
        algebra = translateQuery(parsed, initNs=dict(known) or _prefixes()).algebra
    except RecursionError:
        raise QueryError("the query is nested too deeply to be read; write it with fewer brackets") from None
    except ParseBaseException as error:
        raise UnreadError(f"line {error.lineno}, column {error.column}: not SPARQL 1.1") from None
    except Exception as error:  # rdflib raises bare Exception for unknown prefixes and wrong aggregates
        raise UnreadError(f"not SPARQL 1.1: {error}") from None
    todo: list[object] = [algebra, list(parsed)]
    seen: set[int] = set()
    while todo:
        node = todo.pop()
        if isinstance(node, str | bytes) or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, CompValue):
            if "Service" in node.name:
                raise QueryError("SERVICE is refused: queries see this data set only; leave it out")
            if node.name == "DatasetClause":
                for graph in node.values():
                    if isinstance(graph, str | CompValue) and str(graph) not in local:
                        raise QueryError(f"FROM <{graph}> is refused: it is no graph of this data set")
            if node.name in ("Load", "InsertData", "DeleteData", "DeleteWhere", "Modify", "Update"):
                raise QueryError(f"{node.name} is refused: the store is read-only")
        if isinstance(node, Mapping):
            todo.extend(node.values())
        elif isinstance(node, Iterable):
            todo.extend(node)


def position(sparql: str, offset: int) -> str:
    """An offset as line and column, both from 1."""
    line = sparql.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - sparql.rfind(chr(10), 0, offset)}"


def _character(escape: re.Match[str]) -> str:
    code = int(escape[0][2:], 16)
    return chr(code) if code < 0x110000 else escape[0]
