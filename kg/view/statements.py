"""The lines of the picture: relations, memberships of slogans, and directives, each with who says so where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from kg.graph import Evidence, KnowledgeGraph
from kg.model import EntityId
from kg.view.look import DIRECTS, MEMBER


class Statement(NamedTuple):
    """Subject, one of ``look.KINDS``, object, and who says so where: ``evidence`` is sorted and never empty."""

    subject: EntityId
    kind: str
    object: EntityId
    evidence: tuple[Evidence, ...]


def statements(graph: KnowledgeGraph) -> Iterable[Statement]:
    """Yield what ties two different entities: first the relations, then members and what directives are about."""
    for edge in graph.edges:
        if edge.subject != edge.object:
            yield Statement(*edge)
    found: dict[tuple[EntityId, str, EntityId], list[Evidence]] = defaultdict(list)
    for speech, e in graph.expansions:
        for member in e.members:
            if member.entity and member.entity != e.slogan:
                found[e.slogan, MEMBER, member.entity].append(
                    Evidence(speech, e.start, e.end, e.rule, "", e.confidence)
                )
    for speech, d in graph.directives:
        for about in d.about:
            if about != d.issuer:
                found[d.issuer, DIRECTS, about].append(Evidence(speech, d.start, d.end, d.rule, d.cue, d.confidence))
    for (subject, kind, object_), evidence in sorted(found.items()):
        yield Statement(subject, kind, object_, tuple(sorted(evidence)))
