"""Compact, deterministic JSON-LD: a context of prefixes, then one node a line.

pyoxigraph writes JSON-LD expanded only, rdflib's serialiser orders by hash seed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_INTEGER = re.compile(r"0|-?[1-9]\d{0,14}")
Value = str | int | bool | dict[str, str]


def write_jsonld(triples: Iterable[Triple], path: Path, prefixes: dict[str, str]) -> None:
    """Write triples that come grouped by subject and predicate as one JSON-LD document.

    ``prefixes`` (prefix → namespace ending in "/", "#" or ":") become the context. Integers and booleans in canonical
    form are JSON's own; every other literal says its language or datatype. Nodes and properties keep their order.

    Raises:
        ValueError: a triple has a blank node; the exports have none.
    """
    compact = Compactor(prefixes)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        context = json.dumps(dict(sorted(prefixes.items())), ensure_ascii=False, indent=1)
        out.write(f'{{"@context": {context},\n"@graph": [')
        between = "\n"
        for subject, described in groupby(triples, lambda t: t.subject):
            node: dict[str, Value | list[Value]] = {"@id": compact.iri(_named(subject))}
            for predicate, statements in groupby(described, lambda t: t.predicate):
                if predicate.value == _RDF_TYPE:
                    node["@type"] = [compact.iri(_named(t.object)) for t in statements]
                else:
                    values = [compact.value(t.object) for t in statements]
                    node[compact.iri(predicate.value)] = values[0] if len(values) == 1 else values
            out.write(between + json.dumps(node, ensure_ascii=False, separators=(",", ":")))
            between = ",\n"
        out.write("\n]}\n")


class Compactor:
    """IRIs → compact IRIs of some prefixes, terms → JSON-LD values."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self._by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._prefixes = frozenset(prefixes)
        longest_first = sorted(map(re.escape, self._by_namespace), key=len, reverse=True)
        self._namespace = re.compile("|".join(longest_first))
        self._known: dict[str, str] = {}

    def iri(self, iri: str) -> str:
        """The compact form of an IRI, or the IRI itself where no prefix fits.

        Raises:
            ValueError: the IRI's scheme is one of the prefixes, so that a reader would expand it.
        """
        if iri in self._known:
            return self._known[iri]
        match = self._namespace.match(iri)
        if match and not iri.startswith("//", match.end()):
            short = f"{self._by_namespace[match[0]]}:{iri[match.end() :]}"
        elif iri.partition(":")[0] in self._prefixes and "//" not in iri[:20]:
            raise ValueError(f"<{iri}> would be read with the prefix {iri.partition(':')[0]}:")
        else:
            short = iri
        if match and match[0].endswith("#"):  # vocabulary terms return; data IRIs mostly do not
            self._known[iri] = short
        return short

    def value(self, term: NamedNode | BlankNode | Literal | Triple) -> Value:
        """A term as a JSON-LD value."""
        if not isinstance(term, Literal):
            return {"@id": self.iri(_named(term))}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        datatype = term.datatype.value
        if datatype == _XSD + "string":
            return term.value
        if datatype == _XSD + "integer" and _INTEGER.fullmatch(term.value):
            return int(term.value)
        if datatype == _XSD + "boolean" and term.value in ("true", "false"):
            return term.value == "true"
        return {"@value": term.value, "@type": self.iri(datatype)}


def _named(term: NamedNode | BlankNode | Literal | Triple) -> str:
    if not isinstance(term, NamedNode):
        raise ValueError(f"{term} cannot be named in JSON-LD here: the exports have IRIs only")
    return term.value
