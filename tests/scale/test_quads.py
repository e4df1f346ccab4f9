from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg import comention, corpus, lexicon, measures
from kg.extract import extract
from kg.graph import KnowledgeGraph
from kg.model import LEXICON, Extraction, Speech
from kg.rdf.export import Facts, quads
from kg.rdf.lines import lines_of
from kg.rdf.names import DEFAULT_BASE
from kg.rdf.statements import Names, place_of, year_of
from kg.scale.quads import derived, of_entity, of_likeness, of_one, of_pair, of_rest

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def found() -> list[Extraction]:
    known = lexicon.load()
    return [known.as_extraction(), *(extract(s, known) for s in corpus.read([SEEDS]) if isinstance(s, Speech))]


@pytest.mark.parametrize("with_lexicon", [True, False])
def test_the_pieces_are_the_quads_of_the_graph_each_once(found: list[Extraction], with_lexicon: bool) -> None:
    graph, names = KnowledgeGraph(found[0 if with_lexicon else 1 :]), Names(DEFAULT_BASE)
    speeches = [e for id_, e in graph.extractions.items() if id_ != LEXICON]
    years = {s.id: y for s in graph.speeches.values() if (y := year_of(s)) is not None}
    speeches_in = Counter(years.values())
    pieces = [of_one(e, names) for e in speeches]
    for node in graph.nodes.values():
        by_year: dict[int, tuple[int, int]] = {}
        for speech, n in node.speeches.items():
            if n and speech in years:
                before = by_year.get(years[speech], (0, 0))
                by_year[years[speech]] = before[0] + 1, before[1] + n
        place = place_of(node.id) in graph.nodes
        said = of_entity(node, node.mentions, len(node.speeches), place, by_year, speeches_in, names)
        pieces.append(derived(said, names))
    counted = comention.sentences(speeches)
    pieces += [derived(of_pair(pair, n, counted, names), names) for pair, n in graph.comentions.items()]
    pieces.append(derived(of_likeness(measures.alike(graph), names), names))
    left_out = sum(1 for c in graph.comentions.values() if not c.sentences and c.speeches < 2)
    facts = Facts(len(speeches), Counter(id_.type for id_ in graph.nodes), left_out, with_lexicon)
    lines = [line for piece in pieces for line in piece.lines]
    lines += of_rest(graph, facts, sum(piece.derived for piece in pieces), names)
    assert sorted(lines) == sorted(lines_of(quads(graph)))
    assert len(set(lines)) == len(lines)
