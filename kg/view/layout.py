"""Positions of the nodes of the page, computed beforehand and the same at every run.

Communities (Louvain) are laid out one by one by stochastic gradient descent on stress, the method of Zheng, Pawar and
Goodman, "Graph Drawing by Stochastic Gradient Descent" (IEEE TVCG 2018), and their discs are then packed side by side
around the largest. So no node of one theme is thrown among those of another, and time grows with the communities'
size, not with the square of the graph's. Lengths are canvas units (pixels at zoom 1); points are complex numbers.
"""

from __future__ import annotations

import cmath
import heapq
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

import networkx as nx

GAP = 14.0  # free space around a node, so that a short label finds room
BREATH = 24.0  # the same in the finished picture, where room is shared out anew
COMMUNITY = 90  # cores larger than this are divided again
EPOCHS = 18  # passes over all pairs; the paper's figure is 15
FILL = 0.46  # the part of the picture's box that nodes and the space around them cover
FEW = 0.25  # rows of unlinked nodes lower than this part of the picture are shown with it
ASPECT = 1.1  # packing prefers width to height by this factor: a screen less the panel lies a little
GOLDEN = math.pi * (3 - math.sqrt(5))

Point = tuple[float, float]
Link = tuple[int, int, float]


class Layout(NamedTuple):
    """``points`` in the order of the radii, and the ``box`` (left, top, right, bottom) that is worth showing first.

    The box holds all linked nodes, and the rows of the others only where they are few. ``apart`` is the height of the
    first of these rows; None where there are none, or nothing but them.
    """

    points: list[Point]
    box: tuple[float, float, float, float]
    apart: float | None = None


class _Disc(NamedTuple):
    radius: float
    places: dict[int, complex]  # relative to the centre


def layout(radii: Sequence[float], links: Iterable[Link], *, seed: int = 0) -> Layout:
    """Place nodes 0 … n-1 with the given radii; ``links`` are (node, node, weight), heavier ones drawn closer.

    Nodes without links stand in rows under the rest, in the order given. The same input gives the same output,
    in every process and on every machine.
    """
    adjacent: dict[int, dict[int, float]] = {node: {} for node in range(len(radii))}
    for a, b, weight in links:
        if a != b:
            adjacent[a][b] = adjacent[a].get(b, 0.0) + weight
            adjacent[b][a] = adjacent[a][b]
    linked = [node for node in adjacent if adjacent[node]]
    places: dict[int, complex] = {}
    if linked:
        places = _arrange(linked, adjacent, radii, random.Random(seed), depth=0).places
        _condense(places, radii)
    box = _box(places, radii)
    rows = _rows([node for node in adjacent if not adjacent[node]], box)
    below = max((p.imag + 30 for p in rows.values()), default=box[3])
    places |= rows
    if below - box[3] < FEW * (box[3] - box[1]) or not linked:
        box = _box(places, radii)
    apart = round(min(p.imag for p in rows.values()), 1) if rows and linked else None
    return Layout([(round(places[n].real, 1), round(places[n].imag, 1)) for n in adjacent], box, apart)


def beside(placed: dict[int, Point], radii: Sequence[float], wishes: Sequence[Sequence[int]]) -> dict[int, Point]:
    """Find room for more nodes without moving those placed: each goes to the free spot nearest to its neighbours.

    ``wishes[node]`` names the neighbours of each node, strongest first; nodes are taken in ascending order, those
    without neighbours gather below. Spots lie on a grid wide enough for an average node. Returns the new points only.
    """
    cell = 2 * (sum(radii) / len(radii) + GAP) if radii else 1.0
    at = {node: complex(*point) for node, point in placed.items()}
    taken = {(round(p.real / cell), round(p.imag / cell)) for p in at.values()}
    # As many spots as there are nodes, nearest first: one of them is free, wherever one starts from.
    reach = math.ceil(math.sqrt(len(radii) / math.pi)) + 2
    spots = sorted(product(range(-reach, reach + 1), repeat=2), key=lambda s: (s[0] ** 2 + s[1] ** 2, s))
    tried: dict[tuple[int, int], int] = defaultdict(int)
    below = complex(0, max((p.imag for p in at.values()), default=0.0) + 2 * cell)
    new: dict[int, Point] = {}
    for node in range(len(radii)):
        if node in at:
            continue
        near = [at[other] for other in wishes[node][:3] if other in at]
        goal = sum(near, 0j) / len(near) if near else below
        # Neighbouring goals share their search, so that a crowd is not searched through for every newcomer.
        home = (3 * round(goal.real / cell / 3), 3 * round(goal.imag / cell / 3))
        while (spot := (home[0] + spots[tried[home]][0], home[1] + spots[tried[home]][1])) in taken:
            tried[home] += 1
        taken.add(spot)
        # A little off the grid, each in a direction of its own, or the eye sees a lattice.
        at[node] = cell * (complex(*spot) + 0.25 * cmath.exp(1j * GOLDEN * node))
        new[node] = (round(at[node].real, 1), round(at[node].imag, 1))
    return new


# --- communities ---------------------------------------------------------------------------------------------------


def _arrange(
    nodes: Sequence[int],
    adjacent: dict[int, dict[int, float]],
    radii: Sequence[float],
    rng: random.Random,
    depth: int,
) -> _Disc:
    """Lay out a connected or unconnected set of nodes as one disc."""
    inside = set(nodes)
    leaves = _leaves(nodes, inside, adjacent)
    core = [node for node in nodes if node not in leaves]
    groups = [core] if len(core) <= COMMUNITY and depth else _communities(core, adjacent, rng, depth)
    if len(groups) == 1:
        return _disc(groups[0], leaves, adjacent, radii, rng)
    discs = []
    for group in groups:
        members = set(group)
        whole = [n for n in nodes if n in members or leaves.get(n) in members]
        discs.append(_arrange(whole, adjacent, radii, rng, depth + 1))
    return _pack(discs, adjacent)


def _leaves(nodes: Sequence[int], inside: set[int], adjacent: dict[int, dict[int, float]]) -> dict[int, int]:
    """Nodes that hang on one other only, with that other: they stand around it and take no part in the descent."""
    degree = {node: sum(other in inside for other in adjacent[node]) for node in nodes}
    leaves: dict[int, int] = {}
    for node in nodes:
        if degree[node] == 1:
            hub = next(other for other in adjacent[node] if other in inside)
            if degree[hub] > 1 or hub < node:
                leaves[node] = hub
    return leaves


def _communities(
    core: Sequence[int], adjacent: dict[int, dict[int, float]], rng: random.Random, depth: int
) -> list[list[int]]:
    graph = nx.Graph()
    graph.add_nodes_from(core)
    members = set(core)
    graph.add_weighted_edges_from(
        (a, b, weight) for a in core for b, weight in adjacent[a].items() if a < b and b in members
    )
    found = nx.community.louvain_communities(
        graph, weight="weight", resolution=1.0 + 0.6 * depth, seed=rng.randrange(2**31)
    )
    groups = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group[0]))
    if depth < 6:
        return groups
    # Louvain may refuse to divide a dense core for ever: cut it by rank then.
    return [chunk for g in groups for chunk in (g[i : i + COMMUNITY] for i in range(0, len(g), COMMUNITY))]


def _disc(
    core: Sequence[int],
    leaves: dict[int, int],
    adjacent: dict[int, dict[int, float]],
    radii: Sequence[float],
    rng: random.Random,
) -> _Disc:
    """Place a small community: its core by stress, its leaves in rings around their hubs."""
    hanging: dict[int, list[int]] = defaultdict(list)
    for leaf, hub in leaves.items():
        hanging[hub].append(leaf)
    tufts = {hub: _tuft(hub, hanging[hub], radii) for hub in core}
    places = _stress(core, {n: tufts[n].radius for n in core}, adjacent, rng)
    _spread(places, {n: tufts[n].radius for n in core})
    middle = sum(places.values()) / len(places)
    for hub in core:
        places[hub] -= middle
    everything = dict(places)
    for hub in core:
        # The ring opens towards the outside, where no other edge runs.
        turn = cmath.exp(1j * cmath.phase(places[hub])) if abs(places[hub]) > 1 else 1
        for leaf, offset in tufts[hub].places.items():
            if leaf != hub:
                everything[leaf] = places[hub] + offset * turn
    radius = max(abs(everything[n]) + radii[n] + GAP for n in everything)
    return _Disc(radius, everything)


def _tuft(hub: int, leaves: Sequence[int], radii: Sequence[float]) -> _Disc:
    places = {hub: 0j}
    reach = radii[hub] + GAP
    waiting = list(leaves)
    while waiting:
        widest = max(radii[leaf] for leaf in waiting) + GAP
        ring = reach + widest
        room = max(1, int(math.pi / math.asin(min(1.0, widest / ring))))
        row, waiting = waiting[:room], waiting[room:]
        # A few leaves make a fan, a full ring closes.
        step = 2 * math.pi / max(room, len(row)) if len(row) > room * 0.6 else 2 * widest / ring
        for i, leaf in enumerate(row):
            places[leaf] = ring * cmath.exp(1j * step * (i - (len(row) - 1) / 2))
        reach = ring + widest
    return _Disc(reach, places)


def _stress(
    core: Sequence[int], room: dict[int, float], adjacent: dict[int, dict[int, float]], rng: random.Random
) -> dict[int, complex]:
    """Points whose distances come as near as may be to the lengths of the shortest paths."""
    places = {n: room[core[0]] * math.sqrt(i) * cmath.exp(1j * GOLDEN * i) for i, n in enumerate(core)}
    members = set(core)
    pairs: list[tuple[int, int, float, float]] = []
    for start in core:
        far = _distances(start, members, room, adjacent)
        pairs += [(start, end, d, 1 / (d * d)) for end, d in far.items() if start < end]
    if not pairs:
        return places
    weights = [w for *_, w in pairs]
    high, low = 1 / min(weights), 0.1 / max(weights)
    decay = math.log(low / high) / (EPOCHS - 1)
    for epoch in range(EPOCHS):
        eta = high * math.exp(decay * epoch)
        rng.shuffle(pairs)
        for a, b, d, w in pairs:
            gap = places[a] - places[b]
            length = abs(gap) or 1e-6
            pull = min(1.0, eta * w) * (length - d) / 2 / length
            places[a] -= pull * gap
            places[b] += pull * gap
    return places


def _distances(
    start: int, members: set[int], room: dict[int, float], adjacent: dict[int, dict[int, float]]
) -> dict[int, float]:
    far: dict[int, float] = {}
    queue = [(0.0, start)]
    while queue:
        d, node = heapq.heappop(queue)
        if node in far:
            continue
        far[node] = d
        for other, weight in adjacent[node].items():
            if other in members and other not in far:
                # Weak ties (mere co-occurrence weighs under 1) may be longer.
                heapq.heappush(queue, (d + (room[node] + room[other]) * (1.0 if weight >= 1 else 1.35), other))
    return far


# --- packing -------------------------------------------------------------------------------------------------------


def _pack(discs: Sequence[_Disc], adjacent: dict[int, dict[int, float]]) -> _Disc:
    """Put discs side by side, the largest first, each as near as it can be to those it has links with."""
    owner = {node: i for i, disc in enumerate(discs) for node in disc.places}
    ties: list[dict[int, float]] = [defaultdict(float) for _ in discs]
    for node, i in owner.items():
        for other, weight in adjacent[node].items():
            j = owner.get(other)
            if j is not None and j != i:
                ties[i][j] += weight
    order = sorted(range(len(discs)), key=lambda i: (-discs[i].radius, i))
    centres: dict[int, complex] = {}
    cell = 2 * discs[order[0]].radius
    grid: dict[tuple[int, int], list[int]] = defaultdict(list)
    began: dict[tuple[int, int], float] = {}
    for i in order:
        tied = [(centres[j], w) for j, w in ties[i].items() if j in centres]
        pull = sum(w for _, w in tied) + 1e-9
        goal = sum((c * w for c, w in tied), 0j) / pull
        goal *= 0.75  # a little gravity, so that chains of themes do not wander off
        radius = discs[i].radius
        home = (round(goal.real / cell), round(goal.imag / cell))
        reach = began.get(home, 0.0)
        centre = goal + reach
        while not _clear(centre, radius, centres, discs, grid, cell):
            reach += max(4.0, radius * 0.12)
            angle = GOLDEN * reach / max(4.0, radius * 0.12)
            centre = goal + complex(reach * math.cos(angle) * ASPECT, reach * math.sin(angle))
        # Discs come in falling size: what was full for a larger one may have gaps, so step back a little.
        began[home] = reach * 0.8
        centres[i] = centre
        grid[int(centre.real // cell), int(centre.imag // cell)].append(i)
    places: dict[int, complex] = {}
    for i, disc in enumerate(discs):
        turn = 0j
        for node, offset in disc.places.items():
            for other, weight in adjacent[node].items():
                j = owner.get(other, i)
                if j != i:
                    turn += weight * (centres[j] - centres[i]) * offset.conjugate()
        spin = turn / abs(turn) if abs(turn) > 1e-9 else 1
        for node, offset in disc.places.items():
            places[node] = centres[i] + offset * spin
    total = sum(d.radius**2 for d in discs)
    middle = sum((centres[i] * d.radius**2 for i, d in enumerate(discs)), 0j) / total
    places = {node: p - middle for node, p in places.items()}
    return _Disc(max(abs(c - middle) + discs[i].radius for i, c in centres.items()), places)


def _clear(
    centre: complex,
    radius: float,
    centres: dict[int, complex],
    discs: Sequence[_Disc],
    grid: dict[tuple[int, int], list[int]],
    cell: float,
) -> bool:
    x, y = int(centre.real // cell), int(centre.imag // cell)
    return all(
        abs(centre - centres[j]) >= radius + discs[j].radius
        for i in (x - 1, x, x + 1)
        for k in (y - 1, y, y + 1)
        for j in grid.get((i, k), ())
    )


def _spread(places: dict[int, complex], room: dict[int, float]) -> None:
    """Push overlapping discs apart, a few rounds; exact enough, since labels are placed at drawing time."""
    nodes = list(places)
    for _ in range(40):
        moved = False
        for i, a in enumerate(nodes):
            for b in nodes[i + 1 :]:
                gap = places[a] - places[b]
                lack = room[a] + room[b] - abs(gap)
                if lack > 0.5:
                    moved = True
                    push = lack / 2 * (gap / abs(gap) if gap else cmath.exp(1j * GOLDEN * i))
                    places[a] += push
                    places[b] -= push
        if not moved:
            return


def _condense(places: dict[int, complex], radii: Sequence[float]) -> None:
    """Draw the picture together until its box is as full as ``FILL`` says, and push apart what then overlaps."""
    left, top, right, bottom = _box(places, radii)
    covered = sum(math.pi * (radii[n] + BREATH / 2) ** 2 for n in places)
    for _ in range(3):
        left, top, right, bottom = _box(places, radii)
        shrink = math.sqrt(covered / FILL / max(1.0, (right - left) * (bottom - top)))
        if shrink >= 0.97:
            break
        for node in places:
            places[node] *= max(shrink, 0.6)
        _part(places, radii)


def _part(places: dict[int, complex], radii: Sequence[float]) -> None:
    """The same for the whole picture, through a grid."""
    cell = 2 * max(radii[n] for n in places) + BREATH
    for _ in range(40):
        grid: dict[tuple[int, int], list[int]] = defaultdict(list)
        for node, p in places.items():
            grid[int(p.real // cell), int(p.imag // cell)].append(node)
        moved = False
        for (x, y), here in grid.items():
            around = [n for i in (x, x + 1) for k in (y - 1, y, y + 1) if (i, k) > (x, y) for n in grid.get((i, k), ())]
            for i, a in enumerate(here):
                for b in (*here[i + 1 :], *around):
                    gap = places[a] - places[b]
                    lack = radii[a] + radii[b] + BREATH - abs(gap)
                    if lack > 0.5:
                        moved = True
                        push = lack / 2 * (gap / abs(gap) if gap else cmath.exp(1j * GOLDEN * a))
                        places[a] += push
                        places[b] -= push
        if not moved:
            return


def _box(places: dict[int, complex], radii: Sequence[float]) -> tuple[float, float, float, float]:
    if not places:
        return (0.0, 0.0, 0.0, 0.0)
    return (
        round(min(p.real - radii[n] for n, p in places.items()), 1),
        round(min(p.imag - radii[n] for n, p in places.items()), 1),
        round(max(p.real + radii[n] for n, p in places.items()), 1),
        round(max(p.imag + radii[n] for n, p in places.items()), 1),
    )


def _rows(nodes: Sequence[int], box: tuple[float, float, float, float]) -> dict[int, complex]:
    left, _, right, bottom = box
    across = 110.0  # room for a label of seven characters
    columns = max(4, int((right - left) // across) or int(math.sqrt(len(nodes) * 1.5)))
    start = (left + right) / 2 - across * (min(columns, len(nodes)) - 1) / 2
    return {n: complex(start + across * (i % columns), bottom + 90 + 52 * (i // columns)) for i, n in enumerate(nodes)}
