import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.core.graph.ordering import levels, order, relabelled
from reasoning.core.linear.leontief import exposure, swept
from tests.reasoning.networks import Edge, build, edges, graph


def test_a_chain_and_a_cycle_by_hand():
    # 0 buys from 1, 1 from 2; 3 and 4 buy from each other; 5 has no links.
    net, share = build(6, [(0, 1, 1.0), (1, 2, 1.0), (3, 4, 1.0), (4, 3, 1.0)])
    assert levels(net).tolist() == [0, 1, 2, -1, -1, 0]
    assert order(net).tolist() == [3, 4, 2, 1, 0, 5]
    moved, value = relabelled(net, order(net), share)
    assert list(zip(moved.customer.tolist(), moved.supplier.tolist(), strict=True)) == [(0, 1), (1, 0), (3, 2), (4, 3)]
    assert value.tolist() == [1.0] * 4


@given(edges())
def test_levels_are_networkx_distances_to_those_who_supply_nobody(sized: tuple[int, list[Edge]]):
    net, share = build(*sized)
    told = graph(net, share)
    final = [node for node in range(net.size) if told.in_degree(node) == 0]
    far = nx.multi_source_dijkstra_path_length(told, final, weight=None) if final else {}
    assert levels(net).tolist() == [far.get(node, -1) for node in range(net.size)]


@given(edges())
def test_the_order_is_deepest_first_then_most_customers(sized: tuple[int, list[Edge]]):
    net, _ = build(*sized)
    found, level = order(net).tolist(), levels(net)
    customers = np.bincount(net.supplier, minlength=net.size)
    keys = [(-(level[node] if level[node] >= 0 else net.size), -customers[node], node) for node in found]
    assert keys == sorted(keys)
    assert sorted(found) == list(range(net.size))


@given(edges(), st.integers(1, 4))
def test_relabelling_changes_no_figure(sized: tuple[int, list[Edge]], categories: int):
    net, share = build(*sized)
    risk = np.random.default_rng(net.size).random((net.size, categories))
    found = order(net)
    moved, moved_share = relabelled(net, found, share)
    assert exposure(moved, moved_share, risk[found]) == pytest.approx(exposure(net, share, risk)[found], abs=1e-12)


@given(edges(), st.integers(1, 30))
def test_so_many_sweeps_are_too_low_by_no_more_than_is_told(sized: tuple[int, list[Edge]], sweeps: int):
    net, share = build(*sized)
    risk = np.random.default_rng(net.size).random((net.size, 3))
    found, left = swept(net, share, risk, sweeps)
    short = exposure(net, share, risk) - found
    assert np.all(short >= -1e-12)
    assert short.max() <= left + 1e-12
