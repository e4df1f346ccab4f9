"""Answers as people's programs take them: rows of Python values, a pandas frame, an rdflib graph."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

import msgspec
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.rdf.names import VOCABULARIES
from kg.rdf.store import Answer, Cell

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Identifier


class Iri(str):
    """A value that is an IRI, not a string."""


Value = str | int | float | bool | None
"""A cell: ``Iri`` for resources, str for strings, dates and other literals, None where a variable is unbound."""

_XSD = VOCABULARIES["xsd"]
_INTEGERS = {_XSD + n for n in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")}
_FLOATS = {_XSD + n for n in ("decimal", "double", "float")}


class Rows(msgspec.Struct, frozen=True):
    """The answer to a query: iterate over it, index it, or take the rows by ``rows``.

    Rows are named tuples as long as ``columns`` (``row.slogan``); ASK gives one row of one column "answer". CONSTRUCT
    and DESCRIBE fill ``triples`` and give the rows as subject, predicate, object too. ``truncated`` says that the row
    limit left rows out.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]
    triples: tuple[Triple, ...] | None = None
    truncated: bool = False

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> tuple[Value, ...]:
        return self.rows[index]

    def to_pandas(self) -> Any:
        """The rows as a ``pandas.DataFrame``.

        Raises:
            ImportError: pandas is not installed.
        """
        try:
            pandas = import_module("pandas")
        except ImportError:
            raise ImportError("to_pandas needs pandas: pip install 'speech-kg[pandas]'") from None
        frame = pandas.DataFrame(list(map(tuple, self.rows)), columns=list(self.columns))
        return frame.convert_dtypes()  # whole numbers stay whole where some are missing


def rows(answer: Answer) -> Rows:
    """An answer as rows of Python values."""
    row = namedtuple("Row", answer.columns, rename=True)  # type: ignore[misc]
    values: list[tuple[Value, ...]] = [row._make(map(value, cells)) for cells in answer.rows]
    if answer.kind != "triples":
        return Rows(answer.columns, values, None, answer.more)
    return Rows(answer.columns, values, tuple(_triple(*cells) for cells in answer.rows), answer.more)


def graph(answer: Answer) -> Graph:
    """The triples of an answer as an rdflib graph."""
    from rdflib import Graph

    made = Graph(bind_namespaces="none")
    for s, p, o in answer.rows:
        made.add((node(s), node(p), node(o)))
    return made


def value(cell: Cell) -> Value:
    """A cell as a Python value: int, float and bool by datatype, ``Iri`` for resources, str for everything else."""
    if cell is None:
        return None
    if isinstance(cell, str):
        return Iri(cell)
    text, datatype = cell
    if datatype[0] == "@":
        return text
    try:
        if datatype in _INTEGERS:
            return int(text)
        if datatype in _FLOATS:
            return float(text)
    except ValueError:  # ill-typed literals are legal RDF: show what they say
        return text
    if datatype == _XSD + "boolean":
        return text in ("true", "1")
    return f"_:{text}" if datatype == "_" else text


def node(cell: Cell) -> Identifier:
    """A cell as a term of rdflib.

    Raises:
        ValueError: the cell is unbound.
    """
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdflibLiteral

    if cell is None:
        raise ValueError("an unbound cell is no term")
    if isinstance(cell, str):
        return URIRef(cell)
    text, datatype = cell
    if datatype[0] == "@":
        return RdflibLiteral(text, lang=datatype[1:])
    if datatype == "_":
        return BNode(text)
    return RdflibLiteral(text, datatype=None if datatype == _XSD + "string" else URIRef(datatype), normalize=False)


def _triple(s: Cell, p: Cell, o: Cell) -> Triple:
    subject, predicate = _oxigraph(s), _oxigraph(p)
    if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
        raise ValueError("no triple")
    return Triple(subject, predicate, _oxigraph(o))


def _oxigraph(cell: Cell) -> NamedNode | BlankNode | Literal:
    if cell is None:
        raise ValueError("an unbound cell is no term")
    if isinstance(cell, str):
        return NamedNode(cell)
    text, datatype = cell
    if datatype[0] == "@":
        return Literal(text, language=datatype[1:])
    return BlankNode(text) if datatype == "_" else Literal(text, datatype=NamedNode(datatype))
