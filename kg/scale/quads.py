"""N-Quads piece by piece: what a speech, an entity, a pair of entities adds, each without the graph as a whole.

All pieces together are the quads of ``kg.rdf.export.quads``, each once: a piece's lines differ from one another, and
what is said of one speech, entity or pair is said in no other piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from kg.comention import Comention, Pair, Sentences, pmi
from kg.graph import KnowledgeGraph, Node
from kg.measures import Likeness
from kg.model import LEXICON, EntityId, Extraction
from kg.rdf import statements
from kg.rdf.export import Facts, Parameters, dataset, of_lexicon, of_speech, subset, topic
from kg.rdf.lines import lines_of
from kg.rdf.names import derived_graph_iri, graph_iri, lexicon_graph_iri
from kg.rdf.statements import SUPPORT, Names, Statement


class Lines(NamedTuple):
    """Lines of N-Quads without line ends, and how many of them are in the graph of what is derived."""

    lines: list[str]
    derived: int


def of_one(extraction: Extraction, names: Names, *, mentions: bool = True) -> Lines:
    """What one speech says, what is counted in it, and its named graph as part of the data set.

    Without ``mentions`` the places where it names entities are left out.
    """
    speech = extraction.speech.id
    name = NamedNode(graph_iri(speech, names.base))
    said = dict.fromkeys(of_speech(extraction, names, mentions=mentions))
    counts: dict[EntityId, int] = {}
    for entity in extraction.entities:
        counts[entity.id] = counts.get(entity.id, 0) + len(entity.mentions)
    slogans = sum(1 for id_, n in counts.items() if n and id_.type == "Slogan")
    derived = [statements.slogan_count(speech, slogans, names)]
    for id_, count in counts.items():
        if count:
            derived += statements.usage(id_, speech, count, names)
    described = [*subset(name, len(said), names), topic(speech, names)]
    return Lines([*_lines(said, name), *_derived(derived, names), *_lines(described)], len(derived))


def of_entity(
    node: Node,
    mentions: int,
    speeches: int,
    place_known: bool,
    by_year: Mapping[int, tuple[int, int]],
    speeches_in: Mapping[int, int],
    names: Names,
) -> Iterator[Statement]:
    """What is counted of one entity over all speeches; ``node.speeches`` is not looked at."""
    place = statements.place_of(node.id)
    yield from statements.whole(node, mentions, speeches, {place} if place and place_known else (), names)
    yield from statements.yearly(node.id, by_year, speeches_in, names)


def of_pair(pair: Pair, counts: Comention, counted: Sentences, names: Names) -> Iterator[Statement]:
    """How often two entities are named together; nothing where it is once in one section only."""
    if counts.sentences or counts.speeches > 1:
        strength = pmi(pair, counts.sentences, counted) if counts.sentences >= SUPPORT else None
        yield from statements.comention(pair, counts, strength, names)


def of_likeness(alike: Mapping[tuple[str, str], Likeness], names: Names) -> Iterator[Statement]:
    """Which speeches are alike."""
    for pair, likeness in alike.items():
        yield from statements.likeness(pair, likeness, names)


def derived(said: Iterable[Statement], names: Names) -> Lines:
    """Statements of the graph of what is derived, as lines."""
    lines = _derived(said, names)
    return Lines(lines, len(lines))


def of_rest(
    graph: KnowledgeGraph, facts: Facts, derived: int, names: Names, parameters: Parameters = MappingProxyType({})
) -> list[str]:
    """The lexicon's graph, and the description of the data set: all that is left.

    ``graph`` has the lexicon and whatever makes the same of its entries be concerned as the corpus does; ``derived`` is
    the number of lines in the graph of what is derived, without the schemes, which are added here. ``parameters`` are
    those of the run.
    """
    lines: list[str] = []
    described = list(dataset(facts, names, parameters))
    if known := graph.extractions.get(LEXICON):
        name = NamedNode(lexicon_graph_iri(names.base))
        said = dict.fromkeys(of_lexicon(graph, known, names))
        lines += _lines(said, name)
        described += subset(name, len(said), names)
    schemes = _derived(statements.schemes(names), names)
    described += subset(NamedNode(derived_graph_iri(names.base)), derived + len(schemes), names)
    return [*lines, *schemes, *_lines(dict.fromkeys(described))]


def _derived(said: Iterable[Statement], names: Names) -> list[str]:
    return _lines(said, NamedNode(derived_graph_iri(names.base)))


def _lines(said: Iterable[Statement], graph: NamedNode | None = None) -> list[str]:
    return sorted(lines_of(Quad(*s, graph) if graph else Quad(*s) for s in said))
