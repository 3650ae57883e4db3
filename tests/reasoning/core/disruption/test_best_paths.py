import heapq
import math
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.core.disruption import best_paths, best_paths_kernel
from reasoning.core.disruption.best_paths import BestPath, Finder, path_fault, ranked_links
from reasoning.core.disruption.best_paths_kernel import FULL, Goal
from reasoning.core.graph.network import Floats, Network
from tests.reasoning.networks import build, edges

NOTHING = np.zeros(0)
FACTORS = st.sampled_from([0.0, 0.1, 0.2, 0.25, 0.5, 0.7, 1.0]) | st.floats(0, 1)


@st.composite
def factored(draw: st.DrawFn) -> tuple[Network, Floats]:
    """A network and a factor for each link: often equal ones, or none at all."""
    net, _ = build(*draw(edges()))
    return net, np.array(draw(st.lists(FACTORS, min_size=net.supplier.size, max_size=net.supplier.size)))


def settled(net: Network, factor: Floats, focal: int) -> list[BestPath]:
    """Dijkstra's algorithm with an ordinary heap of whole paths and the declared order of ties."""
    done: set[int] = set()
    found: list[BestPath] = []
    heap: list[tuple[tuple[float, ...], tuple[int, ...], tuple[float, ...]]]
    heap = [((-1.0, 0, -0.0, focal, -1), (focal,), ())]
    while heap:
        (product, links, *_), firms, factors = heapq.heappop(heap)
        if firms[-1] in done:
            continue
        done.add(firms[-1])
        found.append(BestPath(firms, factors, -product))
        for supplier in net.suppliers(firms[-1]):
            one = float(factor[net.edge(firms[-1], supplier)])
            if product * one < 0:
                key = (product * one, links + 1, -one, supplier, firms[-1])
                heapq.heappush(heap, (key, (*firms, supplier), (*factors, one)))
    return found[1:]


def test_a_diamond_by_hand():
    # The factor is 0.9 from 1 to 0 and 0.5 from 2 to 0; from 3 it is 0.5 to 1 and 1 to 2: the path over 2 is better.
    net, _ = build(4, [(0, 1, 1.0), (0, 2, 1.0), (1, 3, 1.0), (2, 3, 1.0)])
    found = Finder(ranked_links(net, np.array([0.9, 0.5, 0.5, 1.0]))[0]).top(0, 3)
    assert found.paths() == (
        BestPath((0, 1), (0.9,), 0.9),
        BestPath((0, 2), (0.5,), 0.5),
        BestPath((0, 2, 3), (0.5, 1.0), 0.5),
    )


def test_a_single_firm_and_one_without_suppliers_have_none():
    alone, _ = build(1, [])
    assert Finder(ranked_links(alone, NOTHING)[0]).top(0, 9).paths() == ()
    net, _ = build(2, [(0, 1, 1.0)])
    assert Finder(ranked_links(net, np.ones(1))[0]).top(1, 9).paths() == ()
    assert Finder(ranked_links(net, np.zeros(1))[0]).top(0, 9).paths() == ()


@given(factored(), st.integers(0, 8), st.data())
def test_the_best_are_those_of_dijkstra_with_the_declared_ties(
    made: tuple[Network, Floats], count: int, data: st.DataObject
):
    net, factor = made
    focal = data.draw(st.integers(0, net.size - 1))
    finder = Finder(ranked_links(net, factor)[0])
    expected = settled(net, factor, focal)
    assert list(finder.top(focal, count).paths()) == expected[:count]
    assert list(finder.top(focal, net.size).paths()) == expected
    assert not any(path_fault(net, factor, path) for path in finder.top(focal, count).paths())


@given(factored())
def test_the_products_are_networkx_shortest_lengths(made: tuple[Network, Floats]):
    net, factor = made
    expected: nx.DiGraph[int] = nx.DiGraph()
    expected.add_nodes_from(range(net.size))
    used = factor > 0
    rows = zip(net.customer[used].tolist(), net.supplier[used].tolist(), (-np.log(factor[used])).tolist(), strict=True)
    expected.add_weighted_edges_from(rows)
    for focal in range(net.size):
        found = Finder(ranked_links(net, factor)[0]).top(focal, net.size)
        lengths = nx.single_source_dijkstra_path_length(expected, focal)
        got = dict(zip(found.firms.tolist(), found.products.tolist(), strict=True))
        far = {firm: math.exp(-length) for firm, length in lengths.items() if firm != focal}
        assert got == pytest.approx({firm: product for firm, product in far.items() if firm in got})
        assert all(far[firm] < 1e-300 for firm in far.keys() - got.keys())  # products too small for any number


@given(factored(), st.data())
def test_the_riskiest_has_the_greatest_product_with_its_own_risk(made: tuple[Network, Floats], data: st.DataObject):
    net, factor = made
    own = np.array(data.draw(st.lists(FACTORS, min_size=net.size, max_size=net.size)))
    given = np.unique(np.array(data.draw(st.lists(st.integers(0, net.size - 1), max_size=3)), dtype=np.int64))
    goal = Goal(1.0, own, given, np.full(given.size, 0.8))
    risk = own.copy()
    risk[given] = 0.8
    every = [BestPath((0,), (), 1.0), *settled(net, factor, 0)]
    path, _ = Finder(ranked_links(net, factor)[0]).riskiest(0, goal)
    assert path == max(every, key=lambda one: one.product * risk[one.firms[-1]])


def test_a_tree_without_room_is_widened(monkeypatch: pytest.MonkeyPatch):
    size = 40
    rows = [(one, two, 1.0) for one in range(size) for two in range(size) if one != two]
    net, _ = build(size, rows)
    links = ranked_links(net, np.random.default_rng(1).random(len(rows)))[0]
    wide = Finder(links).top(0, size)
    monkeypatch.setattr(best_paths, "_ROOM", 2)
    grown: list[int] = []
    grow = best_paths_kernel.grow

    def watched(*request: object) -> tuple[int, int, int, int]:
        found = grow(*request)  # type: ignore[arg-type]
        grown.append(found[0])
        return found

    monkeypatch.setattr(best_paths, "grow", watched)
    narrow = Finder(links)
    assert narrow.top(0, size).paths() == wide.paths()
    assert grown == [FULL, FULL, FULL, size]
    assert narrow.top(0, 5).paths() == wide.paths()[:5]
    goal = Goal(0.5, np.full(size, 0.5), np.array([size - 1]), np.array([0.5]))
    assert narrow.riskiest(0, goal)[0] == BestPath((0,), (), 1.0)


def test_numbers_that_run_out_begin_anew():
    net, _ = build(3, [(0, 1, 1.0), (1, 2, 1.0)])
    finder = Finder(ranked_links(net, np.full(2, 0.5))[0])
    before = finder.top(0, 2).paths()
    finder._number = np.iinfo(np.int32).max
    assert finder.top(0, 2).paths() == before
    assert finder._number == 1
    assert finder.top(1, 2).paths() == (BestPath((1, 2), (0.5,), 0.5),)


@given(factored(), st.integers(0, 8))
def test_routes_are_the_paths_written_one_behind_the_other(made: tuple[Network, Floats], count: int):
    net, factor = made
    found = Finder(ranked_links(net, factor)[0]).top(0, count)
    start, firms, factors = found.routes()
    rows = [(firms[one:two].tolist(), factors[one:two].tolist()) for one, two in pairwise(start.tolist())]
    assert rows == [([*path.firms], [1.0, *path.factors]) for path in found.paths()]
    assert (start[0], start[-1]) == (0, firms.size)


def test_results_do_not_change_with_later_queries():
    net, _ = build(3, [(0, 1, 1.0), (1, 2, 1.0)])
    finder = Finder(ranked_links(net, np.array([0.5, 0.25]))[0])
    first = finder.top(0, 2)
    expected = first.paths()
    assert finder.top(1, 2).paths() != expected
    assert first.paths() == expected == (BestPath((0, 1), (0.5,), 0.5), BestPath((0, 1, 2), (0.5, 0.25), 0.125))
    assert (first.before.tolist(), first.factors.tolist(), first.edges) == ([-1, 0], [0.5, 0.25], 5)


def test_a_query_visits_no_more_links_in_a_larger_network():
    def looked(copies: int) -> int:
        """Links visited where the same tree of suppliers stands many times."""
        rows = [
            (7 * one + low, 7 * one + 2 * low + up, 1.0) for one in range(copies) for low in range(3) for up in (1, 2)
        ]
        net, _ = build(7 * copies, rows)
        return Finder(ranked_links(net, np.full(len(rows), 0.5))[0]).top(0, 6).edges

    assert looked(1) == looked(1000)


@given(factored(), st.randoms(use_true_random=False))
def test_the_numbering_of_the_firms_does_not_change_the_products(made: tuple[Network, Floats], order: object):
    net, factor = made
    names = list(range(net.size))
    order.shuffle(names)  # type: ignore[attr-defined]
    named = np.array(names)
    moved = np.lexsort((named[net.supplier], named[net.customer]))
    rows = [
        (names[one], names[two], 1.0) for one, two in zip(net.customer.tolist(), net.supplier.tolist(), strict=True)
    ]
    other, _ = build(net.size, rows)
    one = Finder(ranked_links(net, factor)[0]).top(0, net.size)
    two = Finder(ranked_links(other, factor[moved])[0]).top(names[0], net.size)
    assert two.products.tolist() == one.products.tolist()
    assert sorted(two.firms.tolist()) == sorted(named[one.firms].tolist())


def test_every_shown_path_can_be_recomputed_and_a_forged_one_is_found():
    net, _ = build(3, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0)])
    factor = np.array([0.5, 0.3, 0.9])  # in the order (0, 1), (0, 2), (1, 2)
    found = Finder(ranked_links(net, factor)[0]).top(0, 2)
    assert [path_fault(net, factor, path) for path in found.paths()] == ["", ""]
    first = found.paths()[0]
    assert all(factor[net.edge(*pair)] == one for pair, one in zip(pairwise(first.firms), first.factors, strict=True))
    assert "does not carry 0.6" in path_fault(net, factor, BestPath((0, 1), (0.6,), 0.6))
    assert "does not carry" in path_fault(net, factor, BestPath((2, 0), (0.5,), 0.5))
    assert "has the product 0.5" in path_fault(net, factor, BestPath((0, 1), (0.5,), 0.6))
    assert "has the product" in path_fault(net, factor, BestPath((0, 1, 2), (0.5,), 0.5))


def test_invalid_queries_and_factors_are_refused():
    net, _ = build(2, [(0, 1, 1.0)])
    for broken in (np.array([1.1]), np.array([-0.1]), np.array([np.nan]), np.ones(2)):
        with pytest.raises(ValueError, match="factor"):
            ranked_links(net, broken)
    finder = Finder(ranked_links(net, np.ones(1))[0])
    for firm in (-1, 2):
        with pytest.raises(ValueError, match="0 to 1"):
            finder.top(firm, 1)
    with pytest.raises(ValueError, match="at least 0"):
        finder.top(0, -1)
