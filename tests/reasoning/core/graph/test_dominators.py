"""Dominators: a textbook graph by hand, and networkx on any graph: its own algorithm, and removal of nodes."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.core.graph.dominators import NOWHERE, dominators, immediate_dominators
from tests.reasoning.networks import Edge, build, edges, graph


def directed(size: int, found: list[Edge]) -> "nx.DiGraph[int]":
    """The network from supplier to customer, as goods flow."""
    return nx.DiGraph(graph(*build(size, found)).reverse())


def test_a_diamond_by_hand():
    # 3 supplies 1 and 2, both supply 0; 4 supplies 3.
    net, _ = build(5, [(0, 1, 1), (0, 2, 1), (1, 3, 1), (2, 3, 1), (3, 4, 1)])
    assert immediate_dominators(net, [4]) == [3, 3, 3, 4, 5]
    assert dominators(net, [4], 0) == [3, 4]
    assert dominators(net, [4, 2], 0) == []


def test_the_irreducible_graph_of_the_paper():
    # Figure 4 of Cooper, Harvey and Kennedy: 6 → 5, 4; 5 → 1; 4 → 2, 3; 1 → 2; 2 → 1, 3; 3 → 2. All have 6 before them.
    flows = [(6, 5), (6, 4), (5, 1), (4, 2), (4, 3), (1, 2), (2, 1), (2, 3), (3, 2)]
    net, _ = build(7, [(customer, supplier, 1) for supplier, customer in flows])
    assert immediate_dominators(net, [6])[1:6] == [6, 6, 6, 6, 6]


def test_an_unreached_node_has_no_dominators():
    net, _ = build(3, [(1, 2, 1)])
    assert immediate_dominators(net, [2]) == [NOWHERE, 2, 3]
    assert dominators(net, [2], 0) == []
    assert dominators(net, [], 1) == []


@given(edges(most=9), st.data())
def test_it_is_what_networkx_finds(drawn: tuple[int, list[Edge]], data: st.DataObject):
    size, found = drawn
    origins = data.draw(st.lists(st.integers(0, size - 1), unique=True))
    net, _ = build(size, found)
    flow = directed(size, found)
    flow.add_edges_from((size, origin) for origin in origins)
    flow.add_node(size)
    expected = nx.immediate_dominators(flow, size)
    ours = immediate_dominators(net, origins)
    for node in range(size):
        assert ours[node] == expected.get(node, NOWHERE)


@given(edges(most=8), st.data())
def test_without_a_dominator_nothing_arrives_and_without_another_something_does(
    drawn: tuple[int, list[Edge]], data: st.DataObject
):
    size, found = drawn
    origins = data.draw(st.sets(st.integers(0, size - 1), min_size=1))
    node = data.draw(st.integers(0, size - 1))
    net, _ = build(size, found)
    flow = directed(size, found)
    flow.add_edges_from((size, origin) for origin in origins)
    if not nx.has_path(flow, size, node):
        assert dominators(net, sorted(origins), node) == []
        return
    needed = {one for one in range(size) if one != node and _cut_off(flow, one, size, node)}
    assert set(dominators(net, sorted(origins), node)) == needed


def _cut_off(flow: "nx.DiGraph[int]", one: int, start: int, node: int) -> bool:
    rest = nx.DiGraph(flow)
    rest.remove_node(one)
    return not nx.has_path(rest, start, node)


@pytest.mark.parametrize("length", [1, 2, 50])
def test_of_a_chain_all_are_dominators_nearest_first(length: int):
    net, _ = build(length + 1, [(one, one + 1, 1) for one in range(length)])
    assert dominators(net, [length], 0) == list(range(1, length + 1))
