"""Which entities tell most about a corpus, and which are hubs that everything hangs on.

Plain centrality would only ever show the same few names. What is distinctive is measured as in keyness analysis: the
log-likelihood of Dunning (Computational Linguistics 19:1, 1993) in the two-corpora form of Rayson and Garside,
"Comparing corpora using frequency profiling" (2000), each speech against all others, counted in mentions.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.graph import KnowledgeGraph
from kg.model import EntityId
from kg.view.statements import Statement

HUB = 5.0
"""An entity tied to so many times the mean number of others (and to ``HUB_LEAST`` at least) is a hub."""

HUB_LEAST = 10


def log_likelihood(count: int, size: int, other: int, rest: int) -> float:
    """How surely ``count`` in ``size`` words differs from ``other`` in ``rest`` words; 0 unless it is used more there.

    >>> round(log_likelihood(10, 100, 10, 900), 2), log_likelihood(1, 100, 9, 900), log_likelihood(5, 50, 0, 0)
    (19.46, 0.0, 0.0)
    """
    if not rest or count * rest <= other * size:
        return 0.0
    share = (count + other) / (size + rest)
    value = count * math.log(count / (size * share))
    if other:
        value += other * math.log(other / (rest * share))
    return 2 * value


def distinctiveness(graph: KnowledgeGraph) -> dict[EntityId, float]:
    """For each entity the highest log-likelihood that it reaches in any one speech against all the others."""
    sizes: Counter[str] = Counter()
    for node in graph.nodes.values():
        sizes.update(node.speeches)
    total = sizes.total()
    return {
        id_: max(
            (log_likelihood(n, sizes[s], node.mentions - n, total - sizes[s]) for s, n in node.speeches.items()),
            default=0.0,
        )
        for id_, node in graph.nodes.items()
    }


def weights(graph: KnowledgeGraph, statements: Iterable[Statement]) -> dict[EntityId, float]:
    """What an analyst wants to see first: slogans with members, what directives are about, what is distinctive."""
    ties: Counter[EntityId] = Counter()
    for s in statements:
        ties.update((s.subject, s.object))
    telling = distinctiveness(graph)
    expanded = {claim.item.slogan for claim in graph.expansions}
    directed = {about for claim in graph.directives for about in claim.item.about}
    found = {}
    for id_, node in graph.nodes.items():
        value = 0.7 * math.log2(1 + telling[id_]) + 0.5 * math.log2(1 + node.mentions) + math.log2(1 + ties[id_])
        if id_.type in ("Time", "Place"):
            value *= 0.5
        if id_.scope.startswith("speech:") and id_.type == "Slogan":
            value *= 0.5  # 三个方面 of one speech: a count that speech makes, not a slogan others take up
            value += 0.5 * (id_ in expanded)
        else:
            value += 3.0 * (id_ in expanded) + 2.0 * (id_ in directed) + (id_.type == "Slogan")
        found[id_] = value if node.mentions else value * 0.5
    return found


def hubs(statements: Iterable[Statement]) -> set[EntityId]:
    """Bodies, persons and the like that are tied to far more others than most; slogans and campaigns never are."""
    others: dict[EntityId, set[EntityId]] = defaultdict(set)
    for s in statements:
        others[s.subject].add(s.object)
        others[s.object].add(s.subject)
    if not others:
        return set()
    least = max(HUB_LEAST, HUB * sum(map(len, others.values())) / len(others))
    return {id_ for id_, tied in others.items() if len(tied) >= least and id_.type not in ("Slogan", "Campaign")}
