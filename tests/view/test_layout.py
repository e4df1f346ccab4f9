import math
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.layout import beside, layout


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[float], list[tuple[int, int, float]]]:
    n = draw(st.integers(0, 40))
    radii = draw(st.lists(st.floats(4, 16), min_size=n, max_size=n))
    node = st.integers(0, max(0, n - 1))
    links = draw(st.lists(st.tuples(node, node, st.floats(0.5, 5)), max_size=80)) if n else []
    return radii, links


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_every_node_has_a_place_of_its_own_and_the_same_at_every_run(
    graph: tuple[list[float], list[tuple[int, int, float]]],
) -> None:
    radii, links = graph
    placed = layout(radii, links)
    assert placed == layout(radii, links)
    assert len(placed.points) == len(radii)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in placed.points)
    for a, b in combinations(range(len(radii)), 2):
        assert math.dist(placed.points[a], placed.points[b]) > (radii[a] + radii[b]) * 0.9


def test_themes_stand_apart() -> None:
    left, right = range(12), range(12, 24)
    links = [(a, b, 1.0) for group in (left, right) for a, b in combinations(group, 2)] + [(0, 12, 1.0)]
    points = layout([6.0] * 24, links).points

    def mean(pairs: list[tuple[int, int]]) -> float:
        return sum(math.dist(points[a], points[b]) for a, b in pairs) / len(pairs)

    within = [pair for group in (left, right) for pair in combinations(group, 2)]
    between = [(a, b) for a in left for b in right]
    assert mean(within) * 1.5 < mean(between)


def test_what_has_no_links_stands_below_and_does_not_shrink_the_opening_view() -> None:
    placed = layout([5.0] * 60, [(0, 1, 1.0), (1, 2, 1.0)])
    left, top, right, bottom = placed.box
    assert all(left <= x <= right and top <= y <= bottom for x, y in placed.points[:3])
    assert all(y > bottom for _, y in placed.points[3:])


def test_a_graph_without_links_is_shown_whole() -> None:
    placed = layout([5.0] * 7, [])
    left, top, right, bottom = placed.box
    assert all(left <= x <= right and top <= y <= bottom for x, y in placed.points)


def test_a_hub_with_a_thousand_leaves_is_drawn() -> None:
    points = layout([5.0] * 1001, [(0, leaf, 1.0) for leaf in range(1, 1001)]).points
    assert len(set(points)) == 1001


@pytest.mark.parametrize("more", [1, 50, 400])
def test_more_nodes_find_room_beside_those_placed(more: int) -> None:
    placed = dict(enumerate(layout([6.0] * 10, [(i, i + 1, 1.0) for i in range(9)]).points))
    radii = [6.0] * (10 + more)
    new = beside(placed, radii, [[3]] * len(radii))
    assert sorted(new) == list(range(10, 10 + more))
    assert not set(new.values()) & set(placed.values())
    assert len(set(new.values())) == more
    assert math.dist(new[10], placed[3]) < 200
