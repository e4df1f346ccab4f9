"""Named queries: what analysts ask, as SPARQL files with a header, and their parameters bound as RDF terms.

A file ``queries/NAME.rq`` begins with its question in both languages, its parameters and its columns::

    # zh: 一篇讲话提到哪些提法，原文怎么说？
    # en: Which slogans does a speech mention, and in which words?
    # param speech: speech, required. 讲话的编号或文件名。The id or the file name of a speech.
    # column slogan: the slogan

A parameter ``p`` is the variable ``?_p``, which the query binds by ``VALUES ?_p { UNDEF }`` or to a default, or by
``BIND("*" AS ?_p)`` where "*" stands for all (rdflib loses rows of VALUES before an OPTIONAL): so every file is SPARQL
as it stands, and runs anywhere. Binding replaces that value by an RDF term written by Oxigraph itself; what the user
typed never becomes query text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.rdf.guard import QueryError
from kg.rdf.guard import tokens as tokens_of

__all__ = ["Column", "NamedQuery", "Parameter", "QueryError", "bind", "named", "read", "text_of"]


class Parameter(NamedTuple):
    """A parameter: its ``type`` is one of ``TYPES``; ``help`` is a sentence in each language."""

    name: str
    type: str
    required: bool
    help: str


class Column(NamedTuple):
    """A column of the answer and what it holds."""

    name: str
    help: str


class NamedQuery(NamedTuple):
    """A named query: the question in Chinese and English, parameters, columns, and the SPARQL text."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str


def _integer(text: str) -> Literal:
    return Literal(int(text))


TYPES: dict[str, Callable[[str], Literal | NamedNode]] = {
    "name": lambda text: Literal(text, language="zh"),
    "speech": lambda text: Literal(text),
    "text": lambda text: Literal(text),
    "integer": _integer,
    "iri": NamedNode,
}
"""How a parameter's text becomes a term."""

_HEADER = re.compile(r"# (zh|en|param|column) ?(\w*): ?(.*)")
_PARAMETER = re.compile(r"(\w+)(, required)?\. (.*)")


@cache
def named() -> dict[str, NamedQuery]:
    """All named queries, sorted by name."""
    folder = resources.files("kg.rdf") / "queries"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".rq")), key=lambda f: f.name)
    return {f.name.removesuffix(".rq"): read(f.name.removesuffix(".rq"), f.read_text("utf-8")) for f in files}


def read(name: str, text: str) -> NamedQuery:
    """Read a query with its header.

    Raises:
        ValueError: a header line is not as the module describes, or a parameter has no VALUES in the text.
    """
    questions: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: list[Column] = []
    header, _, sparql = text.partition("\n\n")
    for line in header.splitlines():
        if not (match := _HEADER.fullmatch(line)):
            raise ValueError(f"{name}.rq: {line!r} is no header line: # zh:, # en:, # param NAME:, # column NAME:")
        key, what, rest = match.groups()
        if key == "column":
            columns.append(Column(what, rest))
        elif key == "param":
            described = _PARAMETER.fullmatch(rest)
            if not described or described[1] not in TYPES:
                raise ValueError(f"{name}.rq: # param {what}: TYPE[, required]. HELP, TYPE one of {', '.join(TYPES)}")
            parameters.append(Parameter(what, described[1], bool(described[2]), described[3]))
        else:
            questions[key] = rest
    query = NamedQuery(name, questions["zh"], questions["en"], tuple(parameters), tuple(columns), sparql)
    for parameter in parameters:
        if _default(sparql, parameter.name) is None:
            raise ValueError(f"{name}.rq: parameter {parameter.name} needs VALUES ?_{parameter.name} {{ UNDEF }}")
    return query


def bind(query: NamedQuery, params: Mapping[str, str]) -> str:
    """The SPARQL text with the parameters bound as terms.

    Raises:
        QueryError: a parameter is unknown, missing, or not of its type.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    if unknown := sorted(set(params) - set(known)):
        takes = ", ".join(f"{p.name} ({p.type})" for p in query.parameters) or "no parameters"
        raise QueryError(f"query {query.name} has no parameter {unknown[0]!r}; it takes {takes}")
    if missing := [p for p in query.parameters if p.required and p.name not in params]:
        raise QueryError(f"query {query.name} needs --param {missing[0].name}=…: {missing[0].help}")
    sparql = query.sparql
    for name, text in params.items():
        type_ = known[name].type
        try:
            term = TYPES[type_](text)
        except ValueError as error:
            raise QueryError(f"parameter {name}: {text!r} is no {type_} ({error})") from None
        place = _default(sparql, name)
        if place is None:
            raise QueryError(f"query {query.name} has no place for parameter {name}")
        sparql = f"{sparql[: place[0]]}{term}{sparql[place[1] :]}"
    return sparql


def text_of(query: str, params: Mapping[str, str] | None = None) -> tuple[str, str | None]:
    """The SPARQL text of a named query with its parameters bound, and its text as it stands in the file.

    SPARQL text is given back as it is, with None. ``params`` are texts as a user types them; only named queries take
    them.

    Raises:
        QueryError: the name is unknown, or a parameter does not fit.
    """
    if re.fullmatch(r"[\w-]+", query):
        if query not in named():
            raise QueryError(f"no query is called {query!r}; there are: {', '.join(named())}")
        return bind(named()[query], params or {}), named()[query].sparql
    if params:
        raise QueryError("parameters are for named queries; write the values into the SPARQL text instead")
    return query, None


def _default(sparql: str, name: str) -> tuple[int, int] | None:
    """Where the value of a parameter stands: the token in ``VALUES ?_p { … }`` or ``BIND(… AS ?_p)``."""
    tokens = list(tokens_of(sparql))
    for i in range(len(tokens) - 4):
        words = [token.text for token in tokens[i : i + 5]]
        if words[0] == "VALUES" and words[1] == f"?_{name}" and (words[2], words[4]) == ("{", "}"):
            return tokens[i + 3].start, tokens[i + 3].end
        if words[:2] == ["BIND", "("] and words[3:] == ["AS", f"?_{name}"]:
            return tokens[i + 2].start, tokens[i + 2].end
    return None
