"""Leave out what is not sure enough, and all that hangs on it: ``--min-confidence``."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Entity, EntityId, Extraction


def sure(entity: Entity) -> float:
    """How sure an entity is: as sure as its surest mention, 0 without one."""
    return max((m.confidence for m in entity.mentions), default=0.0)


def above(extraction: Extraction, least: float) -> Extraction:
    """The findings of confidence ``least`` and more; all of them for 0.

    An entity stays with all its mentions where one of them is sure enough. Expansions, directives and relations stay
    where they are sure enough themselves and what they are about stays: the slogan, the issuer, both ends. What else
    they name (members, contents, venue, date, target) keeps its words and loses the link to an entity that went.
    """
    if least <= 0:
        return extraction
    entities = [e for e in extraction.entities if sure(e) >= least]
    stays = {e.id for e in entities}

    def linked(id_: EntityId | None) -> EntityId | None:
        return id_ if id_ in stays else None

    return Extraction(
        extraction.speech,
        extraction.sections,
        entities,
        [
            replace(x, members=[replace(m, entity=linked(m.entity)) for m in x.members])
            for x in extraction.expansions
            if x.confidence >= least and x.slogan in stays
        ],
        [
            replace(
                d,
                about=[a for a in d.about if a in stays],
                venue=linked(d.venue),
                date=linked(d.date),
                target_entity=linked(d.target_entity),
            )
            for d in extraction.directives
            if d.confidence >= least and d.issuer in stays
        ],
        [r for r in extraction.relations if r.confidence >= least and r.subject in stays and r.object in stays],
    )
