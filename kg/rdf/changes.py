"""What two graphs say differently, as lines of N-Quads.

The quads of a graph are those of its speeches, entities, pairs of entities and pairs of like speeches, of the lexicon and
of the description of the data set (``kg.scale.quads``), and no line is in two of these pieces. So the pieces that are the
same on both sides need not be made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Set
from itertools import chain
from typing import Any, NamedTuple

from pyoxigraph import NamedNode, Quad

from kg import comention, measures
from kg.comention import Comention, Sentences
from kg.graph import KnowledgeGraph
from kg.model import LEXICON, EntityId, Extraction
from kg.rdf import statements
from kg.rdf.export import Facts, dataset, of_lexicon, subset
from kg.rdf.lines import lines_of, statement
from kg.rdf.names import derived_graph_iri, lexicon_graph_iri, term
from kg.rdf.patch import Changes
from kg.rdf.statements import Names, Statement
from kg.scale.quads import of_entity, of_likeness, of_one, of_pair

Lookup = Callable[[str], list[str]]
"""The lines of the earlier output that have this subject (``<iri>``)."""


class Side(NamedTuple):
    """One of the two graphs, with what is counted over its speeches."""

    graph: KnowledgeGraph
    years: dict[str, int]
    speeches_in: Counter[int]
    sentences: Sentences


def changes(old: KnowledgeGraph, new: KnowledgeGraph, said: Lookup, base: str) -> Changes:
    """The lines that only ``old`` has, and those that only ``new`` has; ``said`` looks up lines of ``old``.

    Both graphs are made with the same lexicon. What they share is found fastest where it is the same object.
    """
    names = Names(base)
    gone, come = _apart(old, new), _apart(new, old)
    now = comention.sentences(e for id_, e in new.extractions.items() if id_ != LEXICON)
    plus, minus = comention.sentences(come), comention.sentences(gone)
    naming = now.naming.copy()
    naming.subtract(plus.naming)
    naming.update(minus.naming)
    before, after = _side(old, Sentences(now.all - plus.all + minus.all, naming)), _side(new, now)
    removed: set[str] = set()
    added: set[str] = set()
    grown = 0
    for extractions, lines, sign in ((gone, removed, -1), (come, added, 1)):
        for extraction in extractions:
            one = of_one(extraction, names)
            lines.update(one.lines)
            grown += sign * one.derived
    entities = _entities(before, after, names)
    pairs, left_out = _pairs(before, after, gone, come, names)
    like = measures.alike(old).items(), measures.alike(new).items()
    name = NamedNode(derived_graph_iri(base))
    for lines, sign, statements_ in (
        (removed, -1, chain(entities[0], pairs[0], of_likeness(dict(like[0] - like[1]), names))),
        (added, 1, chain(entities[1], pairs[1], of_likeness(dict(like[1] - like[0]), names))),
    ):
        made = set(lines_of(Quad(*statement, name) for statement in statements_))
        lines |= made
        grown += sign * len(made)
    lost, won = _lexicon(old, new, said, names)
    removed |= lost
    added |= won
    for lines, graph, left, sizes in (
        (removed, old, left_out[0], (0, 0)),
        (added, new, left_out[1], (grown, len(won) - len(lost))),
    ):
        facts = Facts(len(graph.speeches), Counter(id_.type for id_ in graph.nodes), left, LEXICON in graph.extractions)
        described = list(dataset(facts, names))
        for iri, more in zip((derived_graph_iri(base), lexicon_graph_iri(base)), sizes, strict=True):
            if (size := _size(iri, said)) is not None:
                described += subset(NamedNode(iri), size + more, names)
        lines.update(lines_of(Quad(*statement) for statement in described))
    return Changes(removed - added, added - removed)


def _side(graph: KnowledgeGraph, sentences: Sentences) -> Side:
    years = {id_: year for id_, speech in graph.speeches.items() if (year := statements.year_of(speech)) is not None}
    return Side(graph, years, Counter(years.values()), sentences)


def _apart(these: KnowledgeGraph, others: KnowledgeGraph) -> list[Extraction]:
    """The extractions of speeches that ``others`` has not, or not so."""
    return [e for id_, e in these.extractions.items() if id_ != LEXICON and others.extractions.get(id_) != e]


def _entities(before: Side, after: Side, names: Names) -> tuple[list[Statement], list[Statement]]:
    """What is counted of each entity, where it is not the same on both sides."""
    removed: list[Statement] = []
    added: list[Statement] = []
    for id_ in before.graph.nodes.keys() | after.graph.nodes.keys():
        was, is_ = _uses(before, id_), _uses(after, id_)
        if was != is_:
            for side, uses, said in ((before, was, removed), (after, is_, added)):
                if uses:
                    *_, mentions, speeches, known, by_year, _ = uses
                    node = side.graph.nodes[id_]
                    said += of_entity(node, mentions, speeches, known, by_year, side.speeches_in, names)
    return removed, added


def _uses(side: Side, id_: EntityId) -> tuple[Any, ...]:
    """All that what is counted of an entity depends on."""
    if (node := side.graph.nodes.get(id_)) is None:
        return ()
    by_year: dict[int, tuple[int, int]] = {}
    for speech, count in node.speeches.items():
        if count and (year := side.years.get(speech)) is not None:
            speeches, mentions = by_year.get(year, (0, 0))
            by_year[year] = speeches + 1, mentions + count
    all_in = [side.speeches_in[year] for year in by_year] if id_.type in statements.FOLLOWED else []
    known = statements.place_of(id_) in side.graph.nodes
    return node.name, node.attributes, node.mentions, len(node.speeches), known, by_year, all_in


def _pairs(
    before: Side, after: Side, gone: list[Extraction], come: list[Extraction], names: Names
) -> tuple[tuple[list[Statement], list[Statement]], tuple[int, int]]:
    """What is said of pairs of entities on one side only; and how many pairs each side leaves out."""
    now = after.graph.comentions
    less = comention.add_up(map(before.graph.together, gone))
    more = comention.add_up(map(after.graph.together, come))
    none = Comention(0, 0, 0)
    removed: list[Statement] = []
    added: list[Statement] = []
    left_out = sum(1 for c in now.values() if _left_out(c))
    left_before = left_out
    moved = less.keys() | more.keys()
    for pair in moved:
        counts = now.get(pair, none)
        earlier = Comention(
            *(
                n - plus + minus
                for n, plus, minus in zip(counts, more.get(pair, none), less.get(pair, none), strict=True)
            )
        )
        left_before += _left_out(earlier) - _left_out(counts)
        removed += of_pair(pair, earlier, before.sentences, names)
        added += of_pair(pair, counts, after.sentences, names)
    for pair, counts in now.items():
        if counts.sentences >= statements.SUPPORT and pair not in moved:
            was, is_ = (comention.pmi(pair, counts.sentences, side.sentences) for side in (before, after))
            removed.append(statements.pmi(pair, was, names))
            added.append(statements.pmi(pair, is_, names))
    return (removed, added), (left_before, left_out)


def _left_out(counts: Comention) -> bool:
    return not counts.sentences and counts.speeches == 1


def _lexicon(old: KnowledgeGraph, new: KnowledgeGraph, said: Lookup, names: Names) -> tuple[set[str], set[str]]:
    """What the lexicon says of entities that concern the speeches of one side only."""
    known = new.extractions.get(LEXICON)
    if known is None:
        return set(), set()
    left, come = (_concerning(known, a.nodes.keys() - b.nodes.keys()) for a, b in ((old, new), (new, old)))
    name = NamedNode(lexicon_graph_iri(names.base))

    def lines(part: Extraction, graph: KnowledgeGraph) -> set[str]:
        return set(lines_of(Quad(*statement, name) for statement in of_lexicon(graph, part, names)))

    won = {line for line in lines(come, new) if line not in said(line[: line.index(" ")])}
    lost = lines(left, old) - lines(known, new) if left != _concerning(known, set()) else set()
    return lost, won


def _concerning(known: Extraction, ids: Set[EntityId]) -> Extraction:
    """What an extraction says of some entities."""
    return Extraction(
        known.speech,
        entities=[e for e in known.entities if e.id in ids],
        expansions=[x for x in known.expansions if x.slogan in ids],
        directives=[d for d in known.directives if d.issuer in ids],
        relations=[r for r in known.relations if r.subject in ids],
    )


def _size(iri: str, said: Lookup) -> int | None:
    """The number of triples that the earlier output gives for one of its graphs, where it has that graph."""
    predicate = str(term("void:triples"))
    for line in said(f"<{iri}>"):
        about = statement(line)
        if about.predicate == predicate:
            return int(about.object.split('"')[1])
    return None
