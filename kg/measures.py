"""Measures on the graph: how much an entity ties together, what goes together, what speeches share.

Plain networkx on entity ids; everything here is deterministic for equal graphs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from math import log
from typing import NamedTuple

import networkx as nx

from kg.graph import KnowledgeGraph
from kg.model import EntityId, EntityType

SAMPLE = 200
"""From so many entities (seeded choice) betweenness is estimated where there are more: exact is quadratic."""


class Centrality(NamedTuple):
    """``degree``: entities tied to this one; ``strength``: the weight of those ties; ``betweenness``: 0 to 1."""

    degree: int
    strength: int
    betweenness: float


def projection(graph: KnowledgeGraph, types: Iterable[EntityType] | None = None, *, minimum: int = 1) -> nx.Graph:
    """The undirected graph of what is tied by a relation, membership, directive or by being named in one sentence.

    Nodes are entity ids (all of ``types``, else of every type), also those without ties. ``weight`` adds up the pieces
    of evidence; ties below ``minimum`` are left out.
    """
    wanted = set(types) if types is not None else None
    ties: dict[tuple[EntityId, EntityId], int] = {}

    def tie(a: EntityId, b: EntityId, weight: int) -> None:
        if a != b and (wanted is None or (a.type in wanted and b.type in wanted)):
            pair = min(a, b), max(a, b)
            ties[pair] = ties.get(pair, 0) + weight

    for edge in graph.edges:
        tie(edge.subject, edge.object, len(edge.evidence))
    for _, expansion in graph.expansions:
        for member in expansion.members:
            if member.entity:
                tie(expansion.slogan, member.entity, 1)
    for _, directive in graph.directives:
        for about in directive.about:
            tie(directive.issuer, about, 1)
    for (a, b), count in graph.comentions.items():
        if count.sentences:
            tie(a, b, count.sentences)
    network = nx.Graph()
    network.add_nodes_from(id_ for id_ in graph.nodes if wanted is None or id_.type in wanted)
    network.add_weighted_edges_from((a, b, w) for (a, b), w in sorted(ties.items()) if w >= minimum)
    return network


def centrality(network: nx.Graph, *, sample: int = SAMPLE) -> dict[EntityId, Centrality]:
    """Centrality of every node of a ``projection``, by node.

    Betweenness (Brandes 2001) is exact up to ``sample`` nodes, above that estimated from ``sample`` seeded sources.
    """
    between = nx.betweenness_centrality(network, k=min(sample, len(network)) or None, seed=0)
    strength = dict(network.degree(weight="weight"))
    return {id_: Centrality(degree, strength[id_], between[id_]) for id_, degree in network.degree()}


def communities(network: nx.Graph) -> list[tuple[EntityId, ...]]:
    """What goes together (Louvain, Blondel et al. 2008; seeded): sorted members, the largest community first."""
    found = nx.community.louvain_communities(network, weight="weight", seed=0) if len(network) else []
    return sorted((tuple(sorted(c)) for c in found), key=lambda c: (-len(c), c))


def shared(graph: KnowledgeGraph, type: EntityType = "Slogan") -> dict[tuple[str, str], tuple[EntityId, ...]]:
    """For each two speeches (ids, the smaller first) the entities of a type that both name; none is no entry."""
    common: dict[tuple[str, str], list[EntityId]] = {}
    for id_, node in graph.nodes.items():
        if id_.type == type:
            for pair in combinations(sorted(s for s, n in node.speeches.items() if n), 2):
                common.setdefault(pair, []).append(id_)
    return {pair: tuple(ids) for pair, ids in sorted(common.items())}


COMMON = 500
"""What more speeches name than these brings no two of them together: comparing all would be quadratic."""


class Likeness(NamedTuple):
    """``shared``: entities that two speeches both name; ``similarity``: 0 to 1, rarer ones weigh more."""

    shared: int
    similarity: float


def alike(graph: KnowledgeGraph, type: EntityType = "Slogan", *, most: int = 10) -> dict[tuple[str, str], Likeness]:
    """For each speech the ``most`` speeches that are most like it: pairs of ids, the smaller first.

    Similarity is the weight of what both name over the weight of what either names (Jaccard), an entity's weight the
    logarithm of speeches over speeches that name it (inverse document frequency, Sparck Jones 1972). Exact for up to
    ``COMMON`` speeches; in larger corpora pairs that share only what more than ``COMMON`` speeches name are passed by.
    """
    speeches_of = {
        id_: sorted(s for s, n in node.speeches.items() if n) for id_, node in graph.nodes.items() if id_.type == type
    }
    return liking(graph.speeches, speeches_of, most=most)


def liking(
    speeches: Iterable[str], speeches_of: Mapping[EntityId, list[str]], *, most: int = 10
) -> dict[tuple[str, str], Likeness]:
    """``alike`` from all speech ids and, for each entity in the order of ids, the sorted speeches that name it."""
    named: dict[str, dict[EntityId, float]] = {speech: {} for speech in speeches}
    for id_, naming in speeches_of.items():
        if naming:
            weight = log(len(named) / len(naming))
            for speech in naming:
                named[speech][id_] = weight
    total = {speech: sum(weights.values()) for speech, weights in named.items()}
    found: dict[tuple[str, str], Likeness] = {}
    for speech, weights in named.items():
        common: defaultdict[str, float] = defaultdict(float)
        for id_, weight in weights.items():
            if len(speeches_of[id_]) <= COMMON:
                for other in speeches_of[id_]:
                    common[other] += weight
        common.pop(speech, None)
        ranked = Counter(common).most_common(2 * most)
        pairs = []
        for other, _ in ranked:
            both = weights.keys() & named[other].keys()
            shared = sum(weights[id_] for id_ in sorted(both))
            if shared > 0:
                pairs.append((shared / (total[speech] + total[other] - shared), other, len(both)))
        for similarity, other, n in sorted(pairs, key=lambda p: (-p[0], p[1]))[:most]:
            found[min(speech, other), max(speech, other)] = Likeness(n, similarity)
    return dict(sorted(found.items()))
