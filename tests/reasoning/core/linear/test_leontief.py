import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.core.graph.network import shortest
from reasoning.core.linear.leontief import ALPHA, exposure, tiers, walks
from tests.reasoning.networks import Edge, build, dense, edges, inverse

SIZED = edges()


def test_the_textbook_two_sector_inverse_by_hand():
    # Two firms that buy all they need from each other: (I − αS)^-1 = 1/(1−α²) · [[1, α], [α, 1]].
    net, share = build(2, [(0, 1, 5.0), (1, 0, 9.0)])
    alpha = 0.5
    assert walks(net, share, 0, alpha=alpha) == pytest.approx([0.5 * 4 / 3, 0.5 * 2 / 3], abs=1e-12)


def test_a_chain_by_hand():
    # 0 buys 3/4 from 1 and 1/4 from 2; 1 buys all from 2.
    net, share = build(3, [(0, 1, 75.0), (0, 2, 25.0), (1, 2, 8.0)])
    got = walks(net, share, 0)
    assert got == pytest.approx([0.15, 0.15 * 0.85 * 0.75, 0.15 * (0.85 * 0.25 + 0.85**2 * 0.75)], abs=1e-15)


def test_a_firm_without_suppliers_has_only_itself():
    net, share = build(1, [])
    assert walks(net, share, 0).tolist() == [1 - ALPHA]
    assert exposure(net, share, np.array([[1.0]])) == pytest.approx(np.array([[1 - ALPHA]]))


def test_what_is_not_upstream_has_no_part():
    net, share = build(4, [(0, 1, 1.0), (2, 3, 1.0)])
    assert walks(net, share, 0)[2:].tolist() == [0.0, 0.0]


@given(SIZED, st.floats(0, 0.99))
def test_walks_are_a_row_of_the_dense_inverse(sized: tuple[int, list[Edge]], alpha: float):
    net, share = build(*sized)
    for buyer in range(net.size):
        assert walks(net, share, buyer, alpha=alpha) == pytest.approx(inverse(net, share, alpha)[buyer], abs=1e-11)


@given(SIZED)
def test_attributions_add_up_to_the_exposure_of_the_buyer(sized: tuple[int, list[Edge]]):
    net, share = build(*sized)
    risk = np.random.default_rng(net.size).random((net.size, 3))
    whole = exposure(net, share, risk)
    assert whole == pytest.approx(inverse(net, share, ALPHA) @ risk, abs=1e-11)
    for buyer in range(net.size):
        assert walks(net, share, buyer) @ risk == pytest.approx(whole[buyer], abs=1e-11)


@given(SIZED)
def test_every_figure_lies_between_0_and_1_and_so_does_their_sum(sized: tuple[int, list[Edge]]):
    net, share = build(*sized)
    got = walks(net, share, 0)
    assert np.all(got >= 0)
    assert got.sum() <= 1 + 1e-12


@given(SIZED)
def test_the_parts_by_length_are_the_terms_of_the_series(sized: tuple[int, list[Edge]]):
    net, share = build(*sized)
    rows = tiers(net, share, 0, 200)
    assert rows[2] == pytest.approx((1 - ALPHA) * np.linalg.matrix_power(ALPHA * dense(net, share), 2)[0], abs=1e-15)
    assert rows.sum(axis=0) == pytest.approx(walks(net, share, 0), abs=1e-11)
    first = [int(np.flatnonzero(rows[:, node]).min(initial=300)) for node in range(net.size)]
    assert [300 if tier < 0 else tier for tier in shortest(net, 0).tolist()] == first


@given(SIZED, st.integers(0, 13), st.floats(0, 1))
def test_less_of_a_link_in_the_numerator_never_raises_a_walk(sized: tuple[int, list[Edge]], edge: int, part: float):
    net, share = build(*sized)
    if share.size:
        less = share.copy()
        less[edge % share.size] *= part
        assert np.all(walks(net, less, 0) <= walks(net, share, 0) + 1e-12)


@given(SIZED, st.floats(1e-6, 1e6))
def test_the_unit_of_the_weights_does_not_matter(sized: tuple[int, list[Edge]], unit: float):
    size, weighed = sized
    net, share = build(size, weighed)
    _, other = build(size, [(customer, supplier, weight * unit) for customer, supplier, weight in weighed])
    assert walks(net, other, 0) == pytest.approx(walks(net, share, 0), abs=1e-12)


@given(SIZED, st.randoms(use_true_random=False))
def test_the_numbering_of_the_nodes_does_not_matter(sized: tuple[int, list[Edge]], order: object):
    size, weighed = sized
    names = list(range(size))
    order.shuffle(names)  # type: ignore[attr-defined]
    net, share = build(size, weighed)
    moved, moved_share = build(size, [(names[one], names[two], weight) for one, two, weight in weighed])
    assert walks(moved, moved_share, names[0])[names] == pytest.approx(walks(net, share, 0), abs=1e-12)


def test_broken_figures_are_refused_and_not_iterated_on():
    net, share = build(2, [(0, 1, 1.0)])
    with pytest.raises(ValueError, match="shares"):
        walks(net, share * 2, 0)
    with pytest.raises(ValueError, match="shares"):
        walks(net, -share, 0)
    with pytest.raises(ValueError, match="α"):
        walks(net, share, 0, alpha=1.0)
    with pytest.raises(ArithmeticError, match="converge"):
        walks(net, share * np.nan, 0)
    with pytest.raises(ArithmeticError, match="converge"):
        exposure(net, share * np.nan, np.array([[0.5], [0.5]]))
    for broken in (np.nan, -0.1, 1.1):
        with pytest.raises(ValueError, match="own risk"):
            exposure(net, share, np.array([[broken], [0.0]]))
