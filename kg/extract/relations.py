"""All relations of a speech, each claimed once: the families composed, and the best evidence kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extract.composition import find_parts
from kg.extract.implementing import find_implements
from kg.extract.issuing import find_issuing
from kg.extract.names import Names
from kg.extract.organising import find_organisers
from kg.extract.parts import find_part_of, find_supervises
from kg.extract.theme import host
from kg.model import Directive, Entity, EntityId, Expansion, Relation
from kg.outline import Outline


def find_relations(
    text: str,
    shape: Outline,
    names: Names,
    entities: Sequence[Entity],
    expansions: Sequence[Expansion],
    directives: list[Directive],
    known: frozenset[EntityId] = frozenset(),
) -> list[Relation]:
    """The relations that a speech states between its entities."""
    implements = list(find_implements(text, shape, names, directives, known))
    followed = frozenset(r.object for r in implements if r.rule != "named-after")
    issuing = list(find_issuing(text, shape, names, directives, known))
    issued = {about: frozenset[EntityId]() for d in directives for about in d.about}
    for d in directives:
        for about in d.about:
            issued[about] |= {d.issuer}
    for r in issuing:
        if r.predicate in ("issuedBy", "issuedAt"):
            issued[r.subject] = issued.get(r.subject, frozenset()) | {r.object}
    return unique(
        [
            *implements,
            *find_organisers(text, shape, names, expansions, directives, known),
            *find_parts(text, shape, names, entities, expansions, known, followed, issued),
            *issuing,
            *find_part_of(text, names, entities),
            *find_supervises(text, names, host(text, shape, names, known)),
        ]
    )


def unique(relations: Iterable[Relation]) -> list[Relation]:
    """One relation for each subject, predicate and object: the most confident, then the first."""
    best: dict[tuple[EntityId, str, EntityId], Relation] = {}
    for r in relations:
        key = (r.subject, r.predicate, r.object)
        held = best.get(key)
        if r.subject != r.object and (held is None or (r.confidence, -r.start) > (held.confidence, -held.start)):
            best[key] = r
    return sorted(best.values(), key=lambda r: (r.start, r.end, r.subject, r.predicate, r.object))
