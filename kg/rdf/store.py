"""The store of an output folder, in this process: open it, evaluate a guarded query, explain what is wrong with one.

``endpoint`` asks a process of its own to do this, so that a query can be stopped; ``worker`` is that process. The
default graph of the store is the union of everything; ``GRAPH ?g { … }`` asks who says it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    Store,
    Triple,
    Variable,
)

from kg.rdf.guard import QueryError, tokens
from kg.rdf.names import DEFAULT_BASE, VOCABULARIES, prefixes

Cell = str | tuple[str, str] | None
"""A term as plain data: an IRI; a literal with its datatype's IRI, "@" and its language, or "_" for the label of a
blank node; None where a variable is unbound."""

TRIPLES = ("subject", "predicate", "object")

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class Answer(NamedTuple):
    """What a query gives, as plain data: ``kind`` is "rows", "triples" (CONSTRUCT, DESCRIBE) or "ask".

    ``more`` says that the row limit cut the answer short.
    """

    kind: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    more: bool


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


def evaluate(
    store: Store,
    sparql: str,
    *,
    known: Mapping[str, str] | None = None,
    limit: int | None = None,
    graph: str | None = None,
    bindings: Mapping[str, str] | None = None,
) -> Answer:
    """Evaluate a query that has passed the guard.

    Args:
        store: an open store.
        sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
        known: prefixes that need no declaration.
        limit: stop after so many rows or triples.
        graph: the named graph that is asked in place of the default graph.
        bindings: terms in the syntax of N-Triples by variable.

    Raises:
        QueryError: it is no SPARQL; the message has line and column.
    """
    known = known or prefixes()
    try:
        answer = store.query(
            sparql,
            prefixes=dict(known),
            default_graph=NamedNode(graph) if graph else None,
            substitutions={Variable(name): _term(text) for name, text in bindings.items()} if bindings else None,
        )
    except SyntaxError as error:
        raise QueryError(explain(str(error), sparql, known)) from None
    except (ValueError, RuntimeError) as error:  # e.g. bindings of variables that are not selected
        raise QueryError(str(error)) from None
    if isinstance(answer, QueryBoolean):
        truth = ("true" if answer else "false", VOCABULARIES["xsd"] + "boolean")
        return Answer("ask", ("answer",), [(truth,)], False)
    stop = None if limit is None else limit + 1
    if isinstance(answer, QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        rows = [tuple(map(cell, row)) for row in islice(answer, stop)]
        kind = "rows"
    else:
        columns, kind = TRIPLES, "triples"
        rows = [(cell(t.subject), cell(t.predicate), cell(t.object)) for t in islice(answer, stop)]
    return Answer(kind, columns, rows[:limit], limit is not None and len(rows) > limit)


def cell(term: NamedNode | BlankNode | Literal | Triple | None) -> Cell:
    """A term as plain data."""
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, Literal):
        return (term.value, f"@{term.language}" if term.language else term.datatype.value)
    if isinstance(term, BlankNode):
        return (term.value, "_")
    return None if term is None else (str(term), VOCABULARIES["xsd"] + "string")


def _term(text: str) -> NamedNode | Literal:
    """A term of N-Triples.

    Raises:
        ValueError: it is no IRI or literal.
    """
    from pyoxigraph import RdfFormat, parse

    quads = list(parse(f"<a:b> <a:b> {text} .", format=RdfFormat.N_TRIPLES))
    if len(quads) != 1 or not isinstance(quads[0].object, NamedNode | Literal):
        raise ValueError(f"{text} is no IRI or literal")
    return quads[0].object


def graphs(store: Store) -> frozenset[str]:
    """The IRIs of the named graphs."""
    return frozenset(g.value for g in store.named_graphs() if not isinstance(g, DefaultGraph))


def shorten(iri: str, known: Mapping[str, str]) -> str:
    """An IRI as people read it: with one of the ``known`` prefixes (prefix → namespace) if any fits."""
    fitting = [(len(ns), prefix) for prefix, ns in known.items() if iri.startswith(ns)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


def explain(message: str, sparql: str, known: Mapping[str, str]) -> str:
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
