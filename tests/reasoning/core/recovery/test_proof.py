"""Proofs of M4's plans: a plan that was altered fails, and a proven plan can be recomputed by hand."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reasoning.core.recovery.network import Shared, SupplyChain
from reasoning.core.recovery.program import NO_NODES
from reasoning.core.recovery.proof import verify
from reasoning.core.recovery.recovery import Plan, Recovery, bought, paid_for
from tests.reasoning.recoveries import bill, chains, example, nodes


def losing() -> Plan:
    return Recovery(example()).loss_plan(nodes(1), 30.0)


def lasting() -> Plan:
    return Recovery(example()).survival_plan(nodes(1))


def without(figures: np.ndarray, place: int, figure: float) -> np.ndarray:
    changed = figures.copy()
    changed[place] = figure
    return changed


def test_a_plan_that_holds_has_no_faults():
    assert verify(example(), losing()) == ()
    assert verify(example(), lasting()) == ()


@pytest.mark.parametrize(
    ("fault", "spoil"),
    [
        ("made and in stock", lambda plan: replace(plan, lost=without(plan.lost, 0, 60.0), loss=6000.0)),
        ("material for", lambda plan: replace(plan, made=without(plan.made, 0, 220.0))),
        ("capacity for", lambda plan: replace(plan, made=without(plan.made, 2, 181.0))),
        ("node that has stopped", lambda plan: replace(plan, made=without(plan.made, 1, 1.0))),
        ("negative, or more", lambda plan: replace(plan, lost=without(plan.lost, 0, 301.0), loss=30_100.0)),
        ("is negative, or", lambda plan: replace(plan, flow=without(plan.flow, 2, -1.0))),
        ("price is negative", lambda plan: replace(plan, rent=without(plan.rent, 2, -1.0))),
        ("than as a material", lambda plan: replace(plan, item=without(plan.item, 1, 90.0))),
        ("than it costs", lambda plan: replace(plan, rent=without(plan.rent, 2, 90.0))),
        ("at its margins", lambda plan: replace(plan, loss=6999.0)),
        (
            "loss is the least",
            lambda plan: replace(plan, item=plan.item * 0, material=plan.material * 0, rent=plan.rent * 0),
        ),
    ],
)
def test_a_plan_of_losses_that_was_altered_does_not_hold(fault: str, spoil: Callable[[Plan], Plan]):
    assert any(fault in text for text in verify(example(), spoil(losing())))


@pytest.mark.parametrize(
    ("fault", "spoil"),
    [
        ("survival is the longest", lambda plan: replace(plan, time=12.4)),
        (
            "that the survival is the longest",
            lambda plan: replace(plan, item=plan.item / 2, material=plan.material / 2, rent=plan.rent / 2),
        ),
        ("made and in stock", lambda plan: replace(plan, time=13.0)),
        ("is lost in a plan", lambda plan: replace(plan, lost=without(plan.lost, 0, 1.0), loss=100.0)),
    ],
)
def test_a_plan_of_survival_that_was_altered_does_not_hold(fault: str, spoil: Callable[[Plan], Plan]):
    assert any(fault in text for text in verify(example(), spoil(lasting())))


def test_survival_for_ever_is_proven_by_a_day_without_stock():
    chain = example()
    plan = Recovery(chain).survival_plan(NO_NODES)
    assert plan.time == math.inf
    assert plan.made[0] == pytest.approx(10)
    assert verify(chain, plan) == ()
    assert any("made and in stock" in text for text in verify(chain, replace(plan, made=plan.made * 0.9)))


def test_an_endless_stock_or_capacity_has_no_price():
    endless = example()._replace(stock=np.array([20.0, math.inf, 0.0, 40.0]))
    plan = Recovery(endless).loss_plan(nodes(2), 30.0)
    assert (plan.loss, verify(endless, plan)) == (0.0, ())
    priced = replace(plan, item=without(plan.item, 1, 1.0))
    assert any("endless stock has a price" in text for text in verify(endless, priced))
    free = example()._replace(capacity=np.array([12.0, math.inf, 6.0, 24.0]))
    rented = replace(Recovery(free).loss_plan(nodes(2), 30.0), rent=np.array([0.0, 1.0, 0.0, 0.0]))
    assert any("unlimited capacity has a price" in text for text in verify(free, rented))


def test_what_a_unit_costs_and_what_capacity_is_worth_by_hand():
    chain = SupplyChain(
        stock=np.zeros(2),
        demand=np.array([1.0, 0.0]),
        margin=np.array([9.0, 0.0]),
        capacity=np.array([math.inf, 4.0]),
        bill=bill([(0, 3.0)], [(1, 0)]),
        shared=Shared(np.array([5.0]), nodes(0), nodes(0), np.array([2.0])),
    )
    assert paid_for(chain, np.array([1.5]), np.array([0.5])).tolist() == [5.5, 0.0]
    plan = replace(losing(), rent=np.array([0.0, 2.0]), shared=np.array([0.5]))
    assert bought(chain, plan) == 2.0 * 4.0 + 0.5 * 5.0


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_no_plan_claims_less_than_the_least_or_longer_than_the_longest(data: st.DataObject):
    chain = data.draw(chains())
    stopped = nodes(*sorted(data.draw(st.sets(st.integers(0, chain.stock.size - 1)))))
    found = Recovery(chain)
    plan, other = found.loss_plan(stopped, 4.0), found.survival_plan(stopped)
    assume(plan.loss > 0)
    share = data.draw(st.floats(0.0, 0.99))
    assert verify(chain, replace(plan, loss=plan.loss * share, lost=plan.lost * share)) != ()
    if 0 < other.time < math.inf:
        longer = other.time * data.draw(st.floats(1.01, 3.0))
        assert verify(chain, replace(other, time=longer, made=other.made * 3, flow=other.flow * 3)) != ()


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_plan_without_a_stop_does_not_hold_with_one(data: st.DataObject):
    chain = data.draw(chains())
    plan = Recovery(chain).loss_plan(NO_NODES, 4.0)
    assume(plan.made.any())
    busy = nodes(int(np.argmax(plan.made)))
    assert any("node that has stopped" in text for text in verify(chain, replace(plan, stopped=busy)))
