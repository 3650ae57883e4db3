import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from reasoning.core.graph.network import UNREACHED, longest, network, reaching, shortest
from tests.reasoning.networks import Edge, build, edges, graph


def test_a_chain_and_a_shortcut_have_a_shortest_and_a_longest_tier():
    net, _ = build(4, [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (0, 3, 1.0)])
    assert shortest(net, 0).tolist() == [0, 1, 2, 1]
    assert longest(net, 0).tolist() == [0, 1, 2, 3]


def test_an_unreached_firm_has_no_tier():
    net, _ = build(3, [(0, 1, 1.0)])
    assert shortest(net, 0).tolist() == [0, 1, UNREACHED]
    assert longest(net, 0).tolist() == [0, 1, UNREACHED]
    assert shortest(net, 2).tolist() == [UNREACHED, UNREACHED, 0]


def test_a_single_firm_is_its_own_network():
    net, _ = build(1, [])
    assert shortest(net, 0).tolist() == [0]
    assert longest(net, 0).tolist() == [0]


def test_a_cycle_makes_what_is_in_it_and_behind_it_endless():
    net, _ = build(5, [(0, 1, 1.0), (1, 2, 1.0), (2, 1, 1.0), (2, 3, 1.0), (0, 4, 1.0)])
    assert shortest(net, 0).tolist() == [0, 1, 2, 3, 1]
    assert longest(net, 0).tolist() == [0, UNREACHED, UNREACHED, UNREACHED, 1]


def test_a_buyer_that_supplies_its_suppliers_has_endless_walks_everywhere():
    net, _ = build(2, [(0, 1, 1.0), (1, 0, 1.0)])
    assert longest(net, 0).tolist() == [UNREACHED, UNREACHED]


def test_edges_are_found_by_their_ends():
    net, _ = build(4, [(0, 1, 1.0), (0, 3, 1.0), (2, 0, 1.0), (2, 1, 1.0)])
    assert net.suppliers(2) == [0, 1]
    assert [net.edge(*ends) for ends in ((0, 1), (0, 3), (2, 0), (2, 1))] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("customer", "supplier"),
    [([0], [0]), ([0, 0], [1, 1]), ([1, 0], [0, 1]), ([0], [2]), ([-1], [0])],
    ids=["itself", "a pair twice", "out of order", "no such node", "a negative node"],
)
def test_invalid_edges_are_refused(customer: list[int], supplier: list[int]):
    with pytest.raises(ValueError, match="edges must be"):
        network(2, np.array(customer), np.array(supplier))


@given(edges())
def test_tiers_are_networkx_shortest_path_lengths(sized: tuple[int, list[Edge]]):
    net, share = build(*sized)
    expected = nx.single_source_shortest_path_length(graph(net, share), 0)
    assert shortest(net, 0).tolist() == [expected.get(node, UNREACHED) for node in range(net.size)]


@given(edges(acyclic=True))
def test_the_longest_tier_is_that_of_the_longest_of_all_simple_paths(sized: tuple[int, list[Edge]]):
    net, share = build(*sized)
    found = longest(net, 0).tolist()
    for node in range(1, net.size):
        paths = list(nx.all_simple_paths(graph(net, share), 0, node))
        assert found[node] == max((len(path) - 1 for path in paths), default=UNREACHED)


@given(edges())
def test_walks_are_endless_just_where_a_cycle_lies_on_the_path(sized: tuple[int, list[Edge]]):
    net, share = build(*sized)
    whole = graph(net, share)
    reached = whole.subgraph(nx.descendants(whole, 0) | {0})
    circling = {node for part in nx.strongly_connected_components(reached) if len(part) > 1 for node in part}
    endless = circling.union(*(nx.descendants(reached, node) for node in circling))
    found = longest(net, 0)
    assert {node for node in reached if found[node] == UNREACHED} == endless


@given(edges())
def test_the_firms_with_a_target_upstream_are_its_networkx_ancestors(sized: tuple[int, list[Edge]]):
    net, share = build(*sized)
    for target in range(net.size):
        expected = nx.ancestors(graph(net, share), target) | {target}
        assert set(np.flatnonzero(reaching(net, np.array([target]))).tolist()) == expected


def test_nothing_leads_to_no_targets():
    net, _ = build(2, [(0, 1, 1.0)])
    assert not reaching(net, np.array([], dtype=np.int64)).any()
