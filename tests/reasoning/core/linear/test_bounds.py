"""Bounds: against a dense solver over every possible choice of suppliers, and M1 where all is known."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.core.graph.network import Floats, Network
from reasoning.core.linear.bounds import End, Flags, Known, extreme, policy
from reasoning.core.linear.leontief import ALPHA, exposure, walks
from tests.reasoning.networks import Edge, build, dense, edges


def known(net: Network, share: Floats, risk: Floats, unsure: Flags | None = None, unseen: Flags | None = None) -> Known:
    no = np.zeros(net.size, dtype=np.bool_)
    flags = no if unsure is None else unsure
    return Known(share, np.ones(share.size), risk, flags, no if unseen is None else unseen)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Network, Known]:
    size, found = draw(edges(most=5))
    net, share = build(size, found)
    risk = np.array(draw(st.lists(st.floats(0, 1), min_size=size, max_size=size)))
    count = net.start[1:] - net.start[:-1]
    unsure = np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size))) & (count > 1)
    unseen = np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size))) & (count == 0)
    return net, known(net, share, risk, unsure, unseen)


def every(net: Network, inputs: Known, worst: float) -> list[Floats]:
    """The exposures for every choice of one supplier by each customer with unknown shares."""
    choices = [range(int(net.start[v]), int(net.start[v + 1])) if inputs.unsure[v] else [-1] for v in range(net.size)]
    found = []
    for chosen in product(*choices):
        share = np.where(inputs.unsure[net.customer], 0.0, inputs.share)
        share[[edge for edge in chosen if edge >= 0]] = 1.0
        constant = (1 - ALPHA) * inputs.risk + ALPHA * worst * inputs.unseen
        solved = np.linalg.solve(np.eye(net.size) - ALPHA * dense(net, share), constant)
        found.append(solved.astype(np.float64))
    return found


@given(scenes())
def test_the_ends_are_those_of_every_sharing(scene: tuple[Network, Known]):
    net, inputs = scene
    assert extreme(net, inputs, "high") == pytest.approx(np.max(every(net, inputs, 1.0), axis=0), abs=1e-11)
    assert extreme(net, inputs, "low") == pytest.approx(np.min(every(net, inputs, 0.0), axis=0), abs=1e-11)


@given(edges(), st.data())
def test_where_all_is_known_it_is_m1(drawn: tuple[int, list[Edge]], data: st.DataObject):
    size, found = drawn
    net, share = build(size, found)
    risk = np.array(data.draw(st.lists(st.floats(0, 1), min_size=size, max_size=size)))
    expected = exposure(net, share, risk[:, None])[:, 0]
    for end in ("low", "high"):
        assert extreme(net, known(net, share, risk), end) == pytest.approx(expected, abs=1e-11)


@given(scenes())
def test_the_policy_reaches_the_end(scene: tuple[Network, Known]):
    net, inputs = scene
    ends: tuple[tuple[End, float], ...] = (("low", 0.0), ("high", 1.0))
    for end, worst in ends:
        solved = extreme(net, inputs, end)
        chosen = policy(net, inputs, solved, end)
        constant = inputs.risk + ALPHA / (1 - ALPHA) * worst * inputs.unseen
        for node in range(net.size):
            assert walks(net, chosen, node) @ constant == pytest.approx(solved[node], abs=1e-9)


def test_by_hand():
    # 0 buys from 1 (risk 0.2) and 2 (risk 0.8) in unknown shares; no supplier of 2 is known.
    net, share = build(3, [(0, 1, 1), (0, 2, 1)])
    unsure, unseen = np.array([True, False, False]), np.array([False, False, True])
    inputs = known(net, share, np.array([0.0, 0.2, 0.8]), unsure, unseen)
    assert extreme(net, inputs, "low")[0] == pytest.approx(ALPHA * (1 - ALPHA) * 0.2)
    assert extreme(net, inputs, "high")[0] == pytest.approx(ALPHA * ((1 - ALPHA) * 0.8 + ALPHA))


def test_a_figure_that_is_nan_raises():
    net, share = build(2, [(0, 1, 1)])
    with pytest.raises(ArithmeticError, match="converge"):
        extreme(net, known(net, share, np.array([0.0, np.nan])), "high")
