import math
from collections import Counter
from itertools import islice, pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.core.linear.leontief import ALPHA, walks
from reasoning.core.linear.paths import heaviest
from tests.reasoning.networks import Edge, build, edges, graph

ALL = 10**9


def test_a_diamond_by_hand():
    net, share = build(4, [(0, 1, 3.0), (0, 2, 1.0), (1, 3, 1.0), (2, 3, 1.0)])
    found = [(walk.nodes, walk.weight / (1 - ALPHA)) for walk in heaviest(net, share, 0, [ALL] * 4)]
    assert found == [
        ((0,), 1.0),
        ((0, 1), pytest.approx(0.85 * 0.75)),
        ((0, 1, 3), pytest.approx(0.85**2 * 0.75)),
        ((0, 2), pytest.approx(0.85 * 0.25)),
        ((0, 2, 3), pytest.approx(0.85**2 * 0.25)),
    ]


def test_a_link_that_counts_nothing_is_on_no_path():
    net, share = build(3, [(0, 1, 1.0), (0, 2, 1.0)])
    share[1] = 0.0
    assert [walk.nodes for walk in heaviest(net, share, 0, [ALL] * 3)] == [(0,), (0, 1)]


def test_a_cycle_is_walked_as_often_as_is_asked():
    net, share = build(2, [(0, 1, 1.0), (1, 0, 1.0)])
    assert [len(walk.nodes) for walk in islice(heaviest(net, share, 0, [ALL] * 2), 5)] == [1, 2, 3, 4, 5]
    assert [walk.nodes for walk in heaviest(net, share, 0, [2, 2])] == [(0,), (0, 1), (0, 1, 0), (0, 1, 0, 1)]


@given(edges(acyclic=True))
def test_without_cycles_the_walks_are_networkx_simple_paths_and_add_up(sized: tuple[int, list[Edge]]):
    net, share = build(*sized)
    found = list(heaviest(net, share, 0, [ALL] * net.size))
    expected = graph(net, share)
    for node in range(1, net.size):
        mine = {walk.nodes: walk.weight for walk in found if walk.nodes[-1] == node}
        theirs = {
            tuple(path): (1 - ALPHA) * math.prod(ALPHA * expected.edges[hop]["share"] for hop in pairwise(path))
            for path in nx.all_simple_paths(expected, 0, node)
        }
        assert mine == pytest.approx(theirs)
        assert math.fsum(mine.values()) == pytest.approx(walks(net, share, 0)[node], abs=1e-12)


@given(edges(), st.integers(1, 6))
def test_the_k_heaviest_to_each_node_are_those_of_the_endless_enumeration(sized: tuple[int, list[Edge]], most: int):
    net, share = build(*sized)
    cut = list(heaviest(net, share, 0, [most] * net.size))
    weights = [walk.weight for walk in cut]
    assert weights == sorted(weights, reverse=True)
    assert max(Counter(walk.nodes[-1] for walk in cut).values()) <= most
    least = {node: [walk.weight for walk in cut if walk.nodes[-1] == node] for node in range(net.size)}
    every = list(islice(heaviest(net, share, 0, [ALL] * net.size), 400))
    for node, kept in least.items():
        expected = [walk.weight for walk in every if walk.nodes[-1] == node][:most]
        assert kept[: len(expected)] == pytest.approx(expected)


@given(edges(), st.integers(1, 50))
def test_walks_never_exceed_what_they_add_up_to(sized: tuple[int, list[Edge]], most: int):
    net, share = build(*sized)
    whole = walks(net, share, 0)
    sums = [0.0] * net.size
    for walk in heaviest(net, share, 0, [most] * net.size):
        sums[walk.nodes[-1]] += walk.weight
    assert all(part <= expected + 1e-12 for part, expected in zip(sums, whole, strict=True))


def test_a_dense_network_with_a_billion_walks_gives_its_heaviest_without_making_the_others():
    layers, width = 7, 20
    dense = [
        (1 + layer * width + one, 1 + (layer + 1) * width + two, 1.0 + one + two)
        for layer in range(layers - 1)
        for one in range(width)
        for two in range(width)
    ]
    net, share = build(1 + layers * width, [*((0, 1 + one, 1.0 + one) for one in range(width)), *dense])
    found = [walk.weight for walk in islice(heaviest(net, share, 0, [ALL] * net.size), 2000)]
    assert found == sorted(found, reverse=True)
    cut = [walk.weight for walk in heaviest(net, share, 0, [3] * net.size)]
    assert len(cut) == 1 + width + 3 * width * (layers - 1)
    assert cut[: 1 + width] == pytest.approx(sorted(found[: 1 + width], reverse=True))
