"""Cuts: by hand, against stopping nodes one by one and two by two, and against dominators where both apply."""

from itertools import combinations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from reasoning.core.graph.cuts import Needs, dependence, members, pairs, single_points, stopped
from reasoning.core.graph.dominators import dominators
from tests.reasoning.networks import build


@st.composite
def needs(draw: st.DrawFn, *, inputs: int = 3, acyclic: bool = False) -> Needs:
    """Up to eight nodes with up to three essential inputs each; acyclic: only of higher numbers."""
    size = draw(st.integers(1, 8))
    groups = []
    for node in range(size):
        others = [one for one in range(size) if one > node or (one != node and not acyclic)]
        one_input = st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True) if others else st.nothing()
        groups.append(draw(st.lists(one_input, max_size=inputs)) if others else [])
    return Needs(groups)


def lost(found: Needs, removed: set[int], node: int) -> bool:
    """Whether `node` stops, by removal on a networkx graph of nodes and inputs until nothing changes."""
    flow: nx.DiGraph[object] = nx.DiGraph()
    flow.add_nodes_from(range(len(found.groups)))
    for customer, groups in enumerate(found.groups):
        for number, group in enumerate(groups):
            flow.add_edge((customer, number), customer)
            flow.add_edges_from((supplier, (customer, number)) for supplier in group)
    flow.remove_nodes_from(removed)
    while node in flow:
        empty = [one for one in flow if isinstance(one, tuple) and flow.in_degree(one) == 0]
        if not empty:
            return False
        flow.remove_nodes_from([*empty, *(one[0] for one in empty)])
        dangling = [one for one in flow if isinstance(one, tuple) and one[0] not in flow]
        flow.remove_nodes_from(dangling)
    return True


def test_two_alternatives_are_a_pair_and_what_both_need_is_a_single_point():
    found = Needs([[[1, 2]], [[3]], [[3]], []])
    assert single_points(found, 0) == [3]
    assert pairs(found, 0, most=10).found == ((1, 2),)
    assert stopped(found, [3]) == {3: 0, 1: 1, 2: 1, 0: 2}


def test_it_is_needed_for_different_inputs_on_different_paths():
    # 0 needs 1 or 2; 1 needs 3 and 4, 2 needs 4 and 5: a path over 3 alone remains on a plain graph, yet 4 stops 0.
    found = Needs([[[1, 2]], [[3], [4]], [[4], [5]], [], [], []])
    assert single_points(found, 0) == [4]
    assert pairs(found, 0, most=10).found == ((1, 2), (1, 5), (2, 3), (3, 5))


def test_a_cut_search_reports_that_it_is_incomplete():
    found = Needs([[[1, 2]], [[3]], [[4]], [], []])
    assert pairs(found, 0, most=10).complete
    assert not pairs(found, 0, most=1).complete
    assert pairs(found, 0, most=1).found == ((1, 2), (1, 4))


def test_without_needs_nothing_stops():
    found = Needs([[], []])
    assert single_points(found, 0) == []
    assert pairs(found, 0, most=5).found == ()
    assert found.upstream(0) == []


@given(needs())
def test_single_points_are_what_stops_it_by_removal(found: Needs):
    for node in range(len(found.groups)):
        expected = [one for one in range(len(found.groups)) if one != node and lost(found, {one}, node)]
        assert single_points(found, node) == expected


@given(needs())
def test_pairs_are_all_that_stop_it_together_and_not_alone(found: Needs):
    alone = {*single_points(found, 0), 0}
    others = [one for one in range(len(found.groups)) if one not in alone]
    expected = [pair for pair in combinations(others, 2) if lost(found, set(pair), 0)]
    assert list(pairs(found, 0, most=100).found) == expected


@given(needs())
def test_the_cascade_is_the_removal_and_the_mask_is_the_cascade(found: Needs):
    masks = dependence(found)
    for one in range(len(found.groups)):
        removed = stopped(found, [one])
        for node in range(len(found.groups)):
            assert (node in removed) == lost(found, {one}, node)
            assert (node in removed) == (one in members(masks[node]))


@given(needs(inputs=1, acyclic=True))
def test_with_one_input_each_they_are_the_dominators(found: Needs):
    links = {(node, one) for node, groups in enumerate(found.groups) for group in groups for one in group}
    net, _ = build(len(found.groups), [(*pair, 1.0) for pair in sorted(links)])
    origins = [node for node, groups in enumerate(found.groups) if not groups]
    for node in range(len(found.groups)):
        assert sorted(dominators(net, origins, node)) == single_points(found, node)
