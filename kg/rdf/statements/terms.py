"""What all statements are made of: IRIs under one base, literals, and the passages that they quote."""

from __future__ import annotations

import re
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.model import LEXICON, EntityId, Speech
from kg.rdf.names import EDTF, check_base, entity_path, mint, term

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]

XSD_DATE = term("xsd:date")
XSD_DECIMAL = term("xsd:decimal")
EDTF_TYPE = NamedNode(EDTF)
_DAY = r"[\dX]{4}(?:-[\dX]{2}(?:-[\dX]{2})?)?"
_EDTF = re.compile(rf"{_DAY}|(?:{_DAY}|\.\.)/(?:{_DAY}|\.\.)")


class Names:
    """IRIs under one base, as terms; those of entities are kept, since they return with every mention."""

    def __init__(self, base: str) -> None:
        """Raises ``ValueError`` where ``base`` will not do."""
        self.base = check_base(base)
        self._entities: dict[EntityId, NamedNode] = {}

    def __call__(self, kind: str, *segments: str) -> NamedNode:
        """The IRI of something by its kind and the segments of its path."""
        return NamedNode(mint(self.base, kind, *segments))

    def entity(self, id_: EntityId) -> NamedNode:
        """The IRI of an entity."""
        node = self._entities.get(id_)
        if node is None:
            node = self._entities[id_] = self(*entity_path(id_))
        return node

    def source(self, speech_id: str) -> NamedNode:
        """The IRI of what says something: a speech, or the lexicon."""
        return self("source", LEXICON) if speech_id == LEXICON else self("speech", speech_id)


class Span(NamedTuple):
    """A passage of a speech: ``speech.text[start:end]``."""

    speech: Speech
    start: int
    end: int


def chinese(text: str) -> Literal:
    """A Chinese string."""
    return Literal(text, language="zh")


def edtf(text: str) -> Literal:
    """A date: typed where it is EDTF, else the plain words."""
    return Literal(text, datatype=EDTF_TYPE) if _EDTF.fullmatch(text) else chinese(text)


def decimal(value: float) -> Literal:
    """A number to four places in the short form (1, 0.85) that Oxigraph gives back as it is."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return Literal("0" if text == "-0" else text, datatype=XSD_DECIMAL)
