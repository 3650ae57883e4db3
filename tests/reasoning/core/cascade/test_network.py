from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from reasoning.core.cascade.kernel import Direction
from reasoning.core.cascade.network import ESSENTIAL, NEGLIGIBLE, Production, Supply, prepare
from reasoning.core.graph.network import Floats
from tests.reasoning.cascades import example, supplies


def pushed(way: Direction, groups: int, size: int) -> Floats:
    """The coefficients as a matrix of (group, source), in the push form."""
    matrix = np.zeros((groups, size))
    np.add.at(matrix, (way.group, np.repeat(np.arange(size), np.diff(way.start))), way.part)
    return matrix


def pulled(way: Direction, groups: int, size: int) -> Floats:
    """The coefficients as a matrix of (group, source), in the pull form."""
    matrix = np.zeros((groups, size))
    np.add.at(matrix, (np.repeat(np.arange(groups), np.diff(way.back_start)), way.back), way.back_part)
    return matrix


def values(production: Production) -> Floats:
    """What each firm (row) sells to each (column)."""
    found = production.supply
    matrix = np.zeros((found.size, found.size))
    np.add.at(matrix, (found.supplier, found.customer), found.value)
    return matrix


def test_parts_of_an_essential_input_of_the_others_and_of_sales_by_hand():
    # 3 buys 1 and 3 of essential sector 0 (from 0, 1) and 4 non-essential from 2. 2 also sells 4 to 0: negligible.
    classes = np.array([[2, 2, 2], [0, 1, 1], [1, 1, 1]], dtype=np.int8)
    found = Supply(
        np.array([0, 1, 2, 2]), np.array([3, 3, 3, 0]), np.array([1.0, 3.0, 4.0, 4.0]), np.array([0, 0, 1, 2]), classes
    )
    production = prepare(found)
    assert production.group_customer.tolist() == [3, 3]
    assert production.group_input.tolist() == [-1, 0]
    assert pushed(production.graph.down, 2, 4).tolist() == [[0, 0, 0.5, 0], [0.25, 0.75, 0, 0]]
    assert pushed(production.graph.up, 4, 4).tolist() == [[0, 0, 0, 1], [0, 0, 0, 1], [0.5, 0, 0, 0.5], [0, 0, 0, 0]]
    assert production.output.tolist() == [1, 3, 8, 0]


@given(supplies())
def test_both_forms_hold_the_same_coefficients(found: Supply):
    production = prepare(found)
    for way, groups in ((production.graph.down, production.group_customer.size), (production.graph.up, found.size)):
        assert (pushed(way, groups, found.size) == pulled(way, groups, found.size)).all()
        assert way.first[-1] == groups
        assert (np.diff(way.first) >= 0).all()


@given(supplies())
def test_essential_groups_sum_to_a_whole_and_sales_too(found: Supply):
    production = prepare(found)
    sums = pushed(production.graph.down, production.group_customer.size, found.size).sum(axis=1)
    assert sums[production.group_input >= 0] == pytest.approx(1)
    assert np.all(sums <= 1 + 1e-12)
    sales = pushed(production.graph.up, found.size, found.size).sum(axis=1)
    assert sales == pytest.approx((production.output > 0).astype(float))


@given(supplies())
def test_each_coefficient_follows_from_the_values(found: Supply):
    production, sold = prepare(found), values(prepare(found))
    down = pushed(production.graph.down, production.group_customer.size, found.size)
    for customer in range(found.size):
        for supplier in np.flatnonzero(sold[:, customer]).tolist():
            sector = int(found.sector[supplier])
            kind = found.inputs[sector, found.sector[customer]]
            rows = (production.group_customer == customer) & (down[:, supplier] > 0)
            if kind == NEGLIGIBLE:
                assert not rows.any()
                continue
            (group,) = np.flatnonzero(rows)
            assert production.group_input[group] == (sector if kind == ESSENTIAL else -1)
            same = found.sector == sector if kind == ESSENTIAL else np.full(found.size, fill_value=True)
            assert down[group, supplier] == pytest.approx(sold[supplier, customer] / sold[same, customer].sum())


@given(supplies())
def test_markets_hold_their_firms_and_outputs(found: Supply):
    markets = prepare(found).graph.markets
    for market in range(markets.total.size):
        members = markets.member[markets.start[market] : markets.start[market + 1]]
        assert members.tolist() == np.flatnonzero(markets.of == market).tolist()
        assert markets.total[market] == pytest.approx(markets.output[members].sum())


def test_invalid_networks_are_refused():
    found = example()
    wrong: list[tuple[str, dict[str, object]]] = [
        ("square", {"inputs": np.ones((5, 4), dtype=np.int8)}),
        ("square", {"inputs": np.full((5, 5), 3, dtype=np.int8)}),
        ("each link", {"value": np.ones(9)}),
        ("each link", {"market": np.zeros(10, dtype=np.int64)}),
        ("numbered", {"supplier": np.full(10, 11)}),
        ("numbered", {"customer": np.full(10, -1)}),
        ("numbered", {"sector": np.full(11, 5)}),
        ("numbered", {"market": np.full(11, -1)}),
        ("at least 0", {"value": np.full(10, -1.0)}),
        ("at least 0", {"value": np.full(10, np.nan)}),
        ("at least 0", {"value": np.full(10, np.inf)}),
    ]
    for message, change in wrong:
        with pytest.raises(ValueError, match=message):
            replace(found, **change)  # type: ignore[arg-type]


def test_market_numbers_may_have_gaps():
    found = replace(example(), market=np.arange(11) * 1000)
    assert prepare(found).graph.markets.total.size == 11


def test_a_network_of_too_many_groups_is_refused_rather_than_numbered_wrongly(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("reasoning.core.cascade.network._MOST", 10)
    prepare(example())
    monkeypatch.setattr("reasoning.core.cascade.network._MOST", 2)
    with pytest.raises(ValueError, match="at most 2 firms"):
        prepare(example())


def test_the_arrays_of_a_network_are_read_only():
    graph = prepare(example()).graph
    for array in (*graph.down, *graph.up, *graph.markets):
        with pytest.raises(ValueError, match="read-only"):
            array[:1] = 0
