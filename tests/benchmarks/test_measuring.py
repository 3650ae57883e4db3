"""What the benchmarks of M1 share: a network in another order, and a given number of sweeps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.exposure.measuring import relabelled, swept
from reasoning.core.graph.ordering import order
from reasoning.core.linear.leontief import exposure
from tests.reasoning.networks import Edge, build, edges


def test_a_chain_and_a_cycle_by_hand():
    # 0 buys from 1, 1 from 2; 3 and 4 buy from each other; 5 has no links.
    net, share = build(6, [(0, 1, 1.0), (1, 2, 1.0), (3, 4, 1.0), (4, 3, 1.0)])
    moved, value = relabelled(net, order(net), share)
    assert list(zip(moved.customer.tolist(), moved.supplier.tolist(), strict=True)) == [(0, 1), (1, 0), (3, 2), (4, 3)]
    assert value.tolist() == [1.0] * 4


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
