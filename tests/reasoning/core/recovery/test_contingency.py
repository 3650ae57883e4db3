"""The choice among M4's optimal plans: by hand, against scipy's solver, and by what must hold of any chain."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.core.graph.network import Floats
from reasoning.core.recovery.network import SupplyChain, units
from reasoning.core.recovery.program import NO_NODES
from reasoning.core.recovery.proof import verify
from reasoning.core.recovery.recovery import Plan, Recovery, added
from tests.reasoning.recoveries import bill, chains, example, least_added, nodes

few = settings(deadline=None, max_examples=60)
TIMES = st.sampled_from((0.5, 3.0, 20.0))


@st.composite
def tiers(draw: st.DrawFn) -> SupplyChain:
    """A product (node 0) of one or two materials, each from some of nodes 1 to 4, whose material is of nodes 5 to 7."""
    size = 8
    materials: list[tuple[int, float]] = [(0, draw(st.sampled_from((0.5, 1.0, 2.0))))]
    first = sorted(draw(st.sets(st.integers(1, 4), min_size=2)))
    arcs = [(supplier, 0) for supplier in first]
    for maker in first:
        if draw(st.booleans()):
            arcs += [(supplier, len(materials)) for supplier in sorted(draw(st.sets(st.integers(5, 7), min_size=1)))]
            materials.append((maker, draw(st.sampled_from((0.5, 1.0, 3.0)))))
    amount = st.sampled_from((0.0, 0.0, 1.0, 4.0))
    capacity = st.sampled_from((0.25, 0.5, 1.0, 2.0, math.inf))
    return SupplyChain(
        stock=np.array(draw(st.lists(amount, min_size=size, max_size=size))),
        demand=np.eye(size)[0],
        margin=np.eye(size)[0] * 5.0,
        capacity=np.array(draw(st.lists(capacity, min_size=size, max_size=size))),
        bill=bill(materials, arcs),
    )


@st.composite
def some(draw: st.DrawFn, chain: SupplyChain) -> tuple[np.ndarray, float]:
    """The nodes that stop, and for how long."""
    stopped = draw(st.sets(st.integers(0, chain.stock.size - 1), min_size=1, max_size=3))
    return nodes(*sorted(stopped)), draw(TIMES)


def chosen(found: Recovery, plan: Plan) -> tuple[Plan, Plan]:
    """The plan that is chosen, and the one without a stop."""
    base = found.undisrupted(plan)
    return found.instead(plan, base), base


def both(chain: SupplyChain, stopped: np.ndarray, time: float) -> list[tuple[Plan, Plan]]:
    found = Recovery(chain)
    return [chosen(found, found.loss_plan(stopped, time)), chosen(found, found.survival_plan(stopped))]


def rises(chain: SupplyChain, plan: Plan, base: Plan) -> Floats:
    """The addition to each flow, relative to the usual need."""
    quantity = (chain.bill.quantity * units(chain)[chain.bill.maker])[chain.bill.material]
    usual = quantity * (1.0 if plan.time == math.inf else plan.time)
    return np.divide(np.maximum(plan.flow - base.flow, 0.0), usual, out=np.zeros(usual.size), where=usual > 0)


def test_the_example_by_hand():
    chain = example()
    found = Recovery(chain)
    losing, base = chosen(found, found.loss_plan(nodes(1), 30.0))
    # 300 wanted, of which 20 are there; 30 frames are, all of node 1; 60 × 2 wheels a day are more than are needed.
    assert base.flow.tolist() == pytest.approx([140, 140, 560])
    assert base.made.tolist() == pytest.approx([280, 110, 140, 520])
    assert losing.flow.tolist() == pytest.approx([30, 180, 420])
    assert losing.made.tolist() == pytest.approx([210, 0, 180, 380])
    assert added(chain, losing, base).tolist() == [1]
    assert losing.loss == pytest.approx(7000)
    assert losing.lost.tolist() == pytest.approx([70, 0, 0, 0])


@few
@given(st.data())
def test_the_chosen_plan_is_proven_too(data: st.DataObject):
    chain = data.draw(st.one_of(chains(), tiers()))
    stopped, time = data.draw(some(chain))
    found = Recovery(chain)
    for plan in (found.loss_plan(stopped, time), found.survival_plan(stopped)):
        nearest, base = chosen(found, plan)
        assert (verify(chain, nearest), verify(chain, base)) == ((), ())
        assert (nearest.time, nearest.survival, nearest.stopped.tolist()) == (
            plan.time,
            plan.survival,
            stopped.tolist(),
        )
        assert nearest.loss == pytest.approx(plan.loss, rel=1e-9, abs=1e-9)
        assert (base.time, base.stopped.size) == (plan.time, 0)
        if not plan.survival:
            assert base.loss == pytest.approx(found.loss(NO_NODES, time), rel=1e-9, abs=1e-9)


@few
@given(st.data())
def test_nothing_flows_that_is_not_used(data: st.DataObject):
    chain = data.draw(tiers())
    stopped, time = data.draw(some(chain))
    made = chain.bill
    for plan in (plan for pair in both(chain, stopped, time) for plan in pair):
        arrived = np.bincount(made.material, plan.flow, minlength=made.maker.size)
        assert arrived == pytest.approx(made.quantity * plan.made[made.maker], abs=1e-6)
        given_away = np.bincount(made.supplier, plan.flow, minlength=chain.stock.size)
        sold = chain.demand * (1.0 if plan.time == math.inf else plan.time) - plan.lost
        assert np.all(plan.made <= given_away + sold + 1e-6)


@few
@given(st.data())
def test_where_nothing_was_taken_nothing_is_added(data: st.DataObject):
    chain = data.draw(st.one_of(chains(), tiers()))
    stopped, time = data.draw(some(chain))
    for plan, base in both(chain, stopped, time):
        if not base.made[stopped].any():
            assert added(chain, plan, base).size == 0
            assert np.array_equal(plan.flow, base.flow)
            assert np.array_equal(plan.lost, base.lost)
    nobody = Recovery(chain).loss_plan(NO_NODES, time)
    plan, base = chosen(Recovery(chain), nobody)
    assert added(chain, plan, base).size == 0


@few
@given(st.data())
def test_what_is_added_comes_from_others_or_from_stock(data: st.DataObject):
    chain = data.draw(tiers())
    stopped, time = data.draw(some(chain))
    for plan, base in both(chain, stopped, time):
        givers = chain.bill.supplier[added(chain, plan, base)]
        assert all(chain.stock[node] > 0 for node in givers[np.isin(givers, stopped)].tolist())


@few
@given(st.data())
def test_what_the_stopped_gave_is_given_by_others_or_not_made(data: st.DataObject):
    chain = data.draw(tiers())
    stopped, time = data.draw(some(chain))
    for plan, base in both(chain, stopped, time):
        change = np.bincount(chain.bill.material, plan.flow - base.flow, minlength=chain.bill.maker.size)
        made = chain.bill.quantity * (plan.made - base.made)[chain.bill.maker]
        assert change == pytest.approx(made, abs=1e-6)
        if not plan.lost.any() and plan.made[0] == pytest.approx(base.made[0], abs=1e-9):
            first = chain.bill.material == 0
            assert change[0] == pytest.approx(0.0, abs=1e-6)
            less = np.maximum(base.flow - plan.flow, 0.0)[first].sum()
            assert np.maximum(plan.flow - base.flow, 0.0)[first].sum() == pytest.approx(less, abs=1e-6)


@few
@given(st.data())
def test_no_plan_as_good_adds_noticeably_less(data: st.DataObject):
    chain = data.draw(tiers())._replace(stock=np.zeros(8))
    stopped, time = data.draw(some(chain))
    found = Recovery(chain)
    plan, base = chosen(found, found.loss_plan(stopped, time))
    least = least_added(chain, plan, base.flow)
    whole = rises(chain, plan, base).sum()
    assert least <= whole + 1e-6
    assert whole <= least + 0.05  # a thousandth of what flows may weigh as much


@few
@given(st.data())
def test_units_make_no_difference(data: st.DataObject):
    chain = data.draw(tiers())
    stopped, time = data.draw(some(chain))
    scale = st.sampled_from((1e-4, 1.0, 1000.0))
    product, part, raw = data.draw(scale), data.draw(scale), data.draw(scale)
    unit = np.array([product, *[part] * 4, *[raw] * 3])
    made = chain.bill
    per = unit[made.supplier[np.searchsorted(made.material, np.arange(made.maker.size))]]
    other = SupplyChain(
        stock=chain.stock * unit,
        demand=chain.demand * unit,
        margin=chain.margin / unit,
        capacity=chain.capacity * unit,
        bill=made._replace(quantity=made.quantity * per / unit[made.maker]),
    )
    for (plan, base), (scaled, apart) in zip(both(chain, stopped, time), both(other, stopped, time), strict=True):
        assert rises(other, scaled, apart).sum() == pytest.approx(rises(chain, plan, base).sum(), abs=1e-5)


def test_parts_are_equal_at_every_tier():
    # Node 0 of 1, 2 and 3; 1 of one of 4 and 5, of which 4 makes little.
    chain = SupplyChain(
        stock=np.zeros(6),
        demand=np.eye(6)[0] * 9.0,
        margin=np.eye(6)[0],
        capacity=np.array([math.inf, math.inf, math.inf, 1.0, 0.5, math.inf]),
        bill=bill([(0, 1.0), (1, 1.0)], [(1, 0), (2, 0), (3, 0), (4, 1), (5, 1)]),
    )
    found = Recovery(chain)
    base = found.undisrupted(found.loss_plan(nodes(2), 2.0))
    assert base.flow.tolist() == pytest.approx([8, 8, 2, 1, 7])


def test_a_stopped_node_is_the_last_to_give_more_of_its_stock():
    # Products 0 and 1; the parts 2 and 3 of one firm that stops, and 4. Product 0 is of any, product 1 of part 3 only.
    chain = SupplyChain(
        stock=np.array([0.0, 0.0, 0.0, 9.0, 0.0]),
        demand=np.array([1.0, 0.0, 0.0, 0.0, 0.0]),
        margin=np.array([1.0, 0.0, 0.0, 0.0, 0.0]),
        capacity=np.array([math.inf, 0.0, 9.0, 0.0, 9.0]),
        bill=bill([(0, 1.0), (1, 1.0)], [(2, 0), (3, 0), (4, 0), (3, 1)]),
    )
    found = Recovery(chain)
    plan, base = chosen(found, found.loss_plan(nodes(2, 3), 9.0))
    assert base.flow.tolist() == pytest.approx([3, 3, 3, 0])
    assert plan.flow.tolist() == pytest.approx([0, 3, 6, 0])


def test_an_answer_is_the_same_whatever_was_queried_before():
    chain = example()
    one, two = Recovery(chain), Recovery(chain)
    two.undisrupted(two.survival_plan(nodes(2)))
    chosen(two, two.loss_plan(nodes(3), 30.0))
    for plan, other in zip(
        chosen(one, one.loss_plan(nodes(1), 30.0)), chosen(two, two.loss_plan(nodes(1), 30.0)), strict=True
    ):
        fields: list[Any] = [(plan.made, other.made), (plan.flow, other.flow), (plan.lost, other.lost)]
        assert all(np.array_equal(mine, theirs) for mine, theirs in fields)


def test_in_no_time_nothing_flows():
    found = Recovery(example())
    plan, base = chosen(found, found.loss_plan(nodes(1), 0.0))
    assert not plan.flow.any()
    assert not base.flow.any()
    none = example()._replace(stock=np.zeros(4))
    lasting, before = chosen(Recovery(none), Recovery(none).survival_plan(nodes(3)))
    assert lasting.time == 0.0
    assert not lasting.flow.any()
    assert not before.flow.any()
