"""The knowledge graph: a commutative, idempotent monoid of extractions, and the views derived from it.

Merging is the union of extractions by speech id, so any split of a corpus in any order gives the same graph. Everything
else (nodes, edges, counts) is derived on first use from the extractions in sorted order, and never changes afterwards.

The lexicon enters as one more extraction. It knows far more than a corpus talks about, so the views show of it only
what concerns the speeches: the entities that a speech names, what the lexicon says about those, and about what it names
there (a slogan's members, a body's superiors, a document's issuer). All of it stays in ``extractions["lexicon"]``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

import msgspec
import networkx as nx

from kg.comention import Comention, Together, add_up, together
from kg.model import LEXICON, Directive, EntityId, Expansion, Extraction, Speech

__all__ = ["Claimed", "Comention", "Edge", "Evidence", "KnowledgeGraph", "Node", "node_id"]

T = TypeVar("T")


class Evidence(NamedTuple):
    """Where a claim stands: ``text[start:end]`` of a speech (-1 for the lexicon), the rule and the cue that made it."""

    speech: str
    start: int
    end: int
    rule: str
    cue: str
    confidence: float


class Edge(NamedTuple):
    """A statement with everybody who makes it: ``evidence`` is sorted and never empty."""

    subject: EntityId
    predicate: str
    object: EntityId
    evidence: tuple[Evidence, ...]


class Claimed(NamedTuple, Generic[T]):
    """An expansion or directive, and the id of the speech (or "lexicon") that gives it."""

    speech: str
    item: T


@dataclass(slots=True)
class Node:
    """An entity across all speeches.

    ``name`` is the label: the lexicon's name, else the key. ``aliases`` are names that hold everywhere: the lexicon's,
    the full names by which speeches call an unscoped entity, and all names of an entity that belongs to one speech.
    ``forms`` counts the exact words of all mentions, short forms included, the most frequent first. ``speeches`` counts
    mentions by speech id. Where sources disagree about an attribute, the lexicon wins, else the value that most
    speeches give, else the smallest.
    ``known`` says whether the lexicon has the entity.
    """

    id: EntityId
    name: str
    aliases: tuple[str, ...] = ()
    forms: dict[str, int] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    speeches: dict[str, int] = field(default_factory=dict)
    known: bool = False

    @property
    def mentions(self) -> int:
        """The number of mentions in all speeches."""
        return sum(self.speeches.values())


class KnowledgeGraph:
    """What a corpus says, as a value: build it with ``of``, merge with ``|``, and read the views.

    ``KnowledgeGraph()`` is the neutral element. The views are computed once; do not change what they hold.
    """

    def __init__(
        self, extractions: Iterable[Extraction] = (), *, together: Callable[[Extraction], Together] = together
    ) -> None:
        """The graph of some extractions; ``together`` may know what was counted before. See ``of``."""
        merged: dict[str, Extraction] = {}
        for extraction in extractions:
            known = merged.setdefault(extraction.speech.id, extraction)
            if known is not extraction:
                merged[extraction.speech.id] = _either(known, extraction)
        self.extractions: dict[str, Extraction] = dict(sorted(merged.items()))
        self.together = together

    @classmethod
    def of(cls, *extractions: Extraction) -> KnowledgeGraph:
        """The graph of some extractions.

        The same speech from two paths counts once: the reading whose path (then content) is smallest stays.

        Raises:
            ValueError: two different texts, or two different lexicons, carry the same id.
        """
        return cls(extractions)

    def __or__(self, other: KnowledgeGraph) -> KnowledgeGraph:
        return KnowledgeGraph([*self.extractions.values(), *other.extractions.values()])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KnowledgeGraph) and self.extractions == other.extractions

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<KnowledgeGraph of {len(self.speeches)} speeches, {len(self.nodes)} entities, {len(self.edges)} edges>"

    @cached_property
    def speeches(self) -> dict[str, Speech]:
        """The speeches by id, sorted; without the lexicon."""
        return {id_: e.speech for id_, e in self.extractions.items() if id_ != LEXICON}

    @cached_property
    def nodes(self) -> dict[EntityId, Node]:
        """Every entity that concerns the speeches, sorted by id."""
        names: dict[EntityId, Counter[str]] = defaultdict(Counter)
        aliases: dict[EntityId, set[str]] = defaultdict(set)
        forms: dict[EntityId, Counter[str]] = defaultdict(Counter)
        values: dict[EntityId, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        speeches: dict[EntityId, dict[str, int]] = defaultdict(dict)
        for speech_id, extraction in self.extractions.items():
            if speech_id == LEXICON:
                continue
            text = extraction.speech.text
            for entity in extraction.entities:
                id_ = entity.id
                names[id_][entity.name] += 1
                if id_.scope.startswith("speech:"):
                    aliases[id_].update(entity.aliases)
                if not id_.scope.startswith("place:"):  # 市委 is nobody's name but in its own place
                    aliases[id_].add(entity.name)
                forms[id_].update(text[m.start : m.end] for m in entity.mentions)
                speeches[id_][speech_id] = speeches[id_].get(speech_id, 0) + len(entity.mentions)
                for key, value in entity.attributes.items():
                    values[id_][key][value] += 1
        known = self._lexicon
        nodes = {}
        for id_ in sorted(self._concerned):
            beforehand = known.get(id_)
            label = beforehand[0] if beforehand else id_.key
            attributes = {key: _most_frequent(counts) for key, counts in values[id_].items()}
            if beforehand:
                aliases[id_].update(beforehand[1])
                attributes |= beforehand[2]
            nodes[id_] = Node(
                id=id_,
                name=label,
                aliases=tuple(sorted(aliases[id_] - {label})),
                forms=dict(sorted(forms[id_].items(), key=lambda item: (-item[1], item[0]))),
                attributes=dict(sorted(attributes.items())),
                speeches=speeches[id_],
                known=beforehand is not None,
            )
        return nodes

    @cached_property
    def edges(self) -> list[Edge]:
        """The relations, merged by (subject, predicate, object) and sorted."""
        concerned = self._concerned
        evidence: dict[tuple[EntityId, str, EntityId], set[Evidence]] = defaultdict(set)
        for speech_id, extraction in self.extractions.items():
            for r in extraction.relations:
                if speech_id != LEXICON or r.subject in concerned:
                    evidence[r.subject, r.predicate, r.object].add(
                        Evidence(speech_id, r.start, r.end, r.rule, r.cue, r.confidence)
                    )
        return [Edge(*key, tuple(sorted(found))) for key, found in sorted(evidence.items())]

    @cached_property
    def expansions(self) -> list[Claimed[Expansion]]:
        """What each source says a slogan consists of, sorted by slogan, source and place in the text."""
        concerned = self._concerned
        return sorted(
            (
                Claimed(speech_id, item)
                for speech_id, extraction in self.extractions.items()
                for item in extraction.expansions
                if speech_id != LEXICON or item.slogan in concerned
            ),
            key=lambda c: (c.item.slogan, c.speech, c.item.start, c.item.end, c.item.date or ""),
        )

    @cached_property
    def directives(self) -> list[Claimed[Directive]]:
        """The directives, sorted by issuer, speech and place in the text."""
        concerned = self._concerned
        return sorted(
            (
                Claimed(speech_id, item)
                for speech_id, extraction in self.extractions.items()
                for item in extraction.directives
                if speech_id != LEXICON or item.issuer in concerned
            ),
            key=lambda c: (c.item.issuer, c.speech, c.item.start, c.item.end, c.item.content),
        )

    @cached_property
    def comentions(self) -> dict[tuple[EntityId, EntityId], Comention]:
        """How often two entities (the smaller id first) are named together; nested mentions do not count.

        A sentence ends at 。！？； or a line end. A mention belongs to the innermost section it stands in; what stands
        outside of any section is compared within its sentence only.
        """
        return add_up(self.together(e) for id_, e in self.extractions.items() if id_ != LEXICON)

    def to_networkx(self, *, comentions: bool = False) -> nx.MultiDiGraph:
        """The entities and what ties them, for networkx: node ids are strings, attributes plain numbers and strings.

        Node ids are ``node_id(entity id)``. Edge keys are the predicate; beside the relations ``hasMember`` (slogan →
        member, with ``position``) and ``directs`` (issuer → what a directive is about, with ``act``), and with
        ``comentions`` one ``mentionedWith`` for each pair. ``weight`` is the number of pieces of evidence.
        """
        graph = nx.MultiDiGraph()
        members: dict[EntityId, set[str]] = defaultdict(set)
        weights: Counter[tuple[EntityId, EntityId, str]] = Counter()
        extras: dict[tuple[EntityId, EntityId, str], dict[str, str | int]] = {}
        for _, expansion in self.expansions:
            members[expansion.slogan].add("、".join(m.label for m in expansion.members))
            for member in expansion.members:
                if member.entity:
                    key = (expansion.slogan, member.entity, "hasMember")
                    weights[key] += 1
                    extras.setdefault(key, {"position": member.position})
        for _, directive in self.directives:
            for about in directive.about:
                key = (directive.issuer, about, "directs")
                weights[key] += 1
                extras.setdefault(key, {"act": directive.act})
        for id_, node in self.nodes.items():
            attributes: dict[str, str | int] = {
                "type": id_.type,
                "scope": id_.scope,
                "label": node.name,
                "aliases": "|".join(node.aliases),
                "mentions": node.mentions,
                "speeches": len(node.speeches),
                "members": "|".join(sorted(members[id_])) if id_ in members else "",
            }
            graph.add_node(node_id(id_), **attributes, **{f"attr_{k}": v for k, v in node.attributes.items()})
        for edge in self.edges:
            graph.add_edge(
                node_id(edge.subject),
                node_id(edge.object),
                key=edge.predicate,
                predicate=edge.predicate,
                weight=len(edge.evidence),
                speeches=len({e.speech for e in edge.evidence} - {LEXICON}),
            )
        for (subject, object_, predicate), weight in sorted(weights.items()):
            graph.add_edge(
                node_id(subject),
                node_id(object_),
                key=predicate,
                predicate=predicate,
                weight=weight,
                **extras[subject, object_, predicate],
            )
        if comentions:
            for (a, b), count in self.comentions.items():
                graph.add_edge(
                    node_id(a),
                    node_id(b),
                    key="mentionedWith",
                    predicate="mentionedWith",
                    weight=count.sentences,
                    sections=count.sections,
                    speeches=count.speeches,
                )
        return graph

    @cached_property
    def _lexicon(self) -> dict[EntityId, tuple[str, list[str], dict[str, str]]]:
        extraction = self.extractions.get(LEXICON)
        return {e.id: (e.name, e.aliases, e.attributes) for e in extraction.entities} if extraction else {}

    @cached_property
    def _concerned(self) -> set[EntityId]:
        """What the speeches name, and what the lexicon says of it, and of that, and so on."""
        follows: dict[EntityId, list[EntityId]] = defaultdict(list)
        todo: list[EntityId] = []
        for speech_id, extraction in self.extractions.items():
            if speech_id != LEXICON:
                todo.extend(e.id for e in extraction.entities)
            for source, target in _references(extraction):
                if speech_id == LEXICON:
                    follows[source].append(target)
                else:
                    todo += (source, target)
        concerned: set[EntityId] = set()
        while todo:
            if (id_ := todo.pop()) not in concerned:
                concerned.add(id_)
                todo.extend(follows.get(id_, ()))
        return concerned


def node_id(id_: EntityId) -> str:
    """An entity id as one string: ``type|scope|key``."""
    return "|".join(id_)


def _references(extraction: Extraction) -> Iterator[tuple[EntityId, EntityId]]:
    for relation in extraction.relations:
        yield relation.subject, relation.object
    for expansion in extraction.expansions:
        yield expansion.slogan, expansion.slogan
        for member in expansion.members:
            if member.entity:
                yield expansion.slogan, member.entity
    for d in extraction.directives:
        for other in (d.issuer, *d.about, d.venue, d.date, d.target_entity):
            if other:
                yield d.issuer, other


def _either(a: Extraction, b: Extraction) -> Extraction:
    if a == b:
        return a
    if a.speech.id == LEXICON:
        raise ValueError("these graphs were made with different lexicons: extract both with the same one, then merge")
    if a.speech.text != b.speech.text:
        raise ValueError(f"two different texts carry the speech id {a.speech.id!r}: {a.speech.doc} and {b.speech.doc}")
    return min(a, b, key=_content)


def _content(extraction: Extraction) -> tuple[str, bytes]:
    return extraction.speech.source.path, msgspec.json.encode(extraction, order="deterministic")


def _most_frequent(counts: Counter[str]) -> str:
    return min(counts, key=lambda value: (-counts[value], value))
