from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from reasoning.core.cascade.cascade import close_each, shock, spread
from reasoning.core.cascade.focal import Screen, bounds, dependence, screen
from reasoning.core.cascade.network import Supply, prepare
from reasoning.core.execution.executor import Executor
from reasoning.scale.local import LocalPool
from tests.public_data import needs_public_data
from tests.reasoning.cascades import example, golden, random_supply, supplies


def test_the_bound_of_a_chain_by_hand():
    # 0 → 1 → 2, where 1 also buys three quarters elsewhere (3).
    ends = np.array([[0, 1], [3, 1], [1, 2]])
    chain = Supply(ends[:, 0], ends[:, 1], np.array([1.0, 3.0, 2.0]), np.zeros(4, np.int64), np.ones((1, 1), np.int8))
    production = prepare(chain)
    known = screen(production)
    upstream, bound = bounds(production, 2, known)
    assert upstream.tolist() == [0, 1, 3]
    assert bound.tolist() == [0.25, 1.0, 0.75]
    assert bounds(production, 2, replace(known, sweeps=1))[0].tolist() == [1]


def test_a_firm_without_suppliers_depends_on_no_firm():
    production = prepare(example())
    got = dependence(production, 1, screen(production))
    assert (got.firms.tolist(), got.left_out) == ([], 0)


def test_the_worst_comes_first_and_a_loss_below_the_threshold_is_left_out():
    production = prepare(random_supply(400, 1500, 40, 3))
    known = screen(production, close_each(production))
    focal = 17
    whole = dependence(production, focal, known, threshold=0.0, executor=Executor(LocalPool(2)))
    assert (np.diff(whole.loss) <= 0).all()
    assert whole.left_out == 0
    some = dependence(production, focal, known, threshold=0.01)
    assert some.left_out == whole.firms.size - some.firms.size
    assert some.left_out > whole.firms.size / 2
    kept = {firm: loss for firm, loss in zip(whole.firms.tolist(), whole.loss.tolist(), strict=True) if loss > 0.01}
    listed = dict(zip(some.firms.tolist(), some.loss.tolist(), strict=True))
    assert kept
    assert kept.items() <= listed.items()


def test_known_closures_lower_the_bound():
    production = prepare(random_supply(400, 1500, 10, 3))
    rough, fine = (
        bounds(production, 17, known) for known in (screen(production), screen(production, close_each(production)))
    )
    assert np.all(fine[1] <= rough[1])
    assert fine[1].sum() < rough[1].sum() / 10


@settings(deadline=None)
@given(supplies(values=(0.0, 0.5, 1.0, 2.0)))
def test_the_bound_is_never_exceeded_and_no_firm_upstream_is_missed(found: Supply):
    production = prepare(found)
    losses = [spread(production, shock(firm)) for firm in range(found.size)]
    steps = max(cascade.steps for cascade in losses)
    for known in (replace(screen(production), sweeps=steps), screen(production, close_each(production))):
        for focal in range(found.size):
            upstream, bound = bounds(production, focal, known)
            most = dict(zip(upstream.tolist(), bound.tolist(), strict=True))
            for firm in set(range(found.size)) - {focal}:
                assert losses[firm].downstream_of(focal) <= most.get(firm, 0.0) + 1e-12


@settings(deadline=None)
@given(supplies())
def test_each_loss_is_that_of_its_own_cascade(found: Supply):
    production = prepare(found)
    got = dependence(production, 0, screen(production), threshold=0.0)
    for firm, loss, steps in zip(got.firms.tolist(), got.loss.tolist(), got.steps.tolist(), strict=True):
        whole = spread(production, shock(firm))
        assert (loss, steps) == (whole.downstream_of(0), whole.steps)
    assert np.all(got.loss <= got.bound + 1e-12)


def test_a_cascade_longer_than_the_sweeps_makes_them_more():
    # Forty firms in a row, each the only supplier of the next: the first is forty links away.
    count = 41
    row = Supply(
        np.arange(count - 1),
        np.arange(1, count),
        np.ones(count - 1),
        np.arange(count),
        np.full((count, count), 2, np.int8),
    )
    production = prepare(row)
    got = dependence(production, count - 1, screen(production))
    assert got.firms.tolist() == list(range(count - 1))
    assert got.loss.tolist() == [1.0] * (count - 1)
    assert got.sweeps > count - 1


def test_an_unknown_firm_is_refused():
    production = prepare(example())
    for focal in (-1, 11):
        with pytest.raises(ValueError, match="0 to 10"):
            dependence(production, focal, screen(production))


def test_a_screen_needs_the_closures_of_every_firm():
    production = prepare(example())
    with pytest.raises(ValueError, match="every firm"):
        screen(production, close_each(production, np.arange(10)))


@needs_public_data
def test_no_supplier_of_the_public_network_passes_its_bound():
    production = prepare(golden("ihs")[0])
    known: Screen = screen(production, close_each(production))
    for focal in (7, 350, 1100):
        whole = dependence(production, focal, known, threshold=0.0)
        assert np.all(whole.loss <= whole.bound + 1e-12)
        assert whole.firms.size > 500
