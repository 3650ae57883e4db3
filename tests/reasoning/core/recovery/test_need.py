"""The need for each item: by hand, in cycles, and where nothing can meet it."""

import numpy as np
import pytest
from hypothesis import given, settings

from reasoning.core.recovery.need import needs
from reasoning.core.recovery.program import NO_NODES
from reasoning.core.recovery.recovery import Recovery
from tests.reasoning.recoveries import bill, chains, example


def test_needs_by_hand():
    # 10 products take 10 frames, half of them from each supplier, and 20 wheels.
    assert needs(example().demand, example().bill).tolist() == pytest.approx([10, 5, 5, 20])


def test_a_cycle_that_gives_more_than_it_takes_has_a_need():
    # One unit takes half of one: 2 are made for each that is given.
    assert needs(np.array([3.0]), bill([(0, 0.5)], [(0, 0)])).tolist() == pytest.approx([6.0])


@pytest.mark.parametrize("quantity", [1.0, 2.0])
def test_a_cycle_that_does_not_has_none(quantity: float):
    with pytest.raises(ArithmeticError, match="cycle"):
        needs(np.array([1.0, 0.0]), bill([(0, 1.0), (1, quantity)], [(1, 0), (0, 1)]))


def test_nothing_needs_nothing():
    assert needs(np.zeros(2), bill([], [])).tolist() == [0.0, 0.0]


@settings(deadline=None, max_examples=60)
@given(chains())
def test_production_of_all_needs_meets_all_demand(chain):
    try:
        need = needs(chain.demand, chain.bill)
    except ArithmeticError:
        return
    supplied = np.isin(np.arange(chain.bill.maker.size), chain.bill.material) | (chain.bill.quantity == 0)
    if not supplied.all():
        return
    enough = chain._replace(capacity=need * (1 + 1e-9), shared=type(chain.shared)())
    assert Recovery(enough).loss(NO_NODES, 3.0) <= 1e-6 * float(chain.margin @ chain.demand)
