import networkx as nx
import numpy as np
from hypothesis import given

from reasoning.core.graph.ordering import levels, order
from tests.reasoning.networks import Edge, build, edges, graph


def test_a_chain_and_a_cycle_by_hand():
    # 0 buys from 1, 1 from 2; 3 and 4 buy from each other; 5 has no links.
    net, _ = build(6, [(0, 1, 1.0), (1, 2, 1.0), (3, 4, 1.0), (4, 3, 1.0)])
    assert levels(net).tolist() == [0, 1, 2, -1, -1, 0]
    assert order(net).tolist() == [3, 4, 2, 1, 0, 5]


@given(edges())
def test_levels_are_networkx_distances_to_firms_without_customers(sized: tuple[int, list[Edge]]):
    net, share = build(*sized)
    oracle = graph(net, share)
    final = [node for node in range(net.size) if oracle.in_degree(node) == 0]
    far = nx.multi_source_dijkstra_path_length(oracle, final, weight=None) if final else {}
    assert levels(net).tolist() == [far.get(node, -1) for node in range(net.size)]


@given(edges())
def test_the_order_is_deepest_first_then_most_customers(sized: tuple[int, list[Edge]]):
    net, _ = build(*sized)
    found, level = order(net).tolist(), levels(net)
    customers = np.bincount(net.supplier, minlength=net.size)
    keys = [(-(level[node] if level[node] >= 0 else net.size), -customers[node], node) for node in found]
    assert keys == sorted(keys)
    assert sorted(found) == list(range(net.size))
