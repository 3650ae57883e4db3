"""Inoperability: the published two-sector example, closed forms, dense solvers as oracles, and what has no answer."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.linalg import expm

from reasoning.core.linear.inoperability import (
    Course,
    at_rest,
    by_supply,
    course,
    interdependence,
)

# Two sectors with outputs of 1000 and 2000: the economy by which Lian and Haimes show the dynamic model.
COEFFICIENTS = np.array([[0.15, 0.25], [0.20, 0.05]])


@st.composite
def stars(draw, most=6):
    """Small matrices whose rows sum to at most 0.95, some of them to nothing."""
    size = draw(st.integers(1, most))
    numbers = draw(st.lists(st.floats(0, 1), min_size=size * size, max_size=size * size))
    matrix = np.array(numbers).reshape(size, size)
    matrix[matrix < 0.3] = 0
    sums = draw(st.lists(st.sampled_from([0.0, 0.3, 0.8, 0.95]), min_size=size, max_size=size))
    return matrix * (np.array(sums) / np.maximum(matrix.sum(axis=1), 1))[:, None]


def pushes(size):
    return st.lists(st.sampled_from([0.0, 0.1, 0.5, 1.0]), min_size=size, max_size=size).map(np.array)


def test_the_published_two_sector_example():
    """A demand for the second sector's goods that falls by 10 % leaves 6.6 % and 11.2 % inoperable."""
    star = np.array([[0.15, 0.5], [0.1, 0.05]])  # of technical coefficients [[0.15, 0.25], [0.20, 0.05]]
    level, error = at_rest(interdependence(star), np.array([0.0, 0.1]))
    assert level.round(3).tolist() == [0.066, 0.112]
    assert error <= 1e-12


def test_supply_is_the_share_of_the_inputs():
    assert by_supply(COEFFICIENTS).toarray() == pytest.approx(COEFFICIENTS.T)
    assert by_supply(sparse.csr_array(COEFFICIENTS)).toarray() == pytest.approx(COEFFICIENTS.T)


@pytest.mark.parametrize(("one", "two", "push"), [(0.5, 0.25, 0.2), (0.9, 0.9, 1.0), (0.0, 0.7, 0.3)])
def test_the_closed_form_of_two_sectors(one, two, push):
    """A* = [[0, a], [b, 0]] and c = (0, c₂): q₂ = c₂ / (1 − ab) and q₁ = a·q₂."""
    level, _ = at_rest(interdependence(np.array([[0, one], [two, 0]])), np.array([0, push]))
    assert level[1] == pytest.approx(push / (1 - one * two), abs=1e-12)
    assert level[0] == pytest.approx(one * level[1], abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_at_rest_is_what_a_dense_solver_gives(data):
    star = data.draw(stars())
    push = data.draw(pushes(len(star)))
    found = interdependence(star)
    level, error = at_rest(found, push)
    solved = np.linalg.solve(np.eye(len(star)) - star, push)
    assert np.abs(level - solved).max() <= max(error, 1e-12)
    assert error <= 1e-10
    assert np.all(level >= push - 1e-15)


@settings(max_examples=60, deadline=None)
@given(stars())
def test_the_proof_shows_that_it_settles(star):
    found = interdependence(star)
    assert np.all(found.proof > 0)
    assert np.all(found.slack > 0)
    assert np.abs(np.linalg.eigvals(star)).max() <= found.radius + 1e-9 < 1 + 1e-9
    assert found.radius < 1
    assert found.size == len(star)
    assert found.itself == pytest.approx(star.diagonal())


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_more_push_and_more_dependence_never_help(data):
    star = data.draw(stars())
    push = data.draw(pushes(len(star)))
    level, _ = at_rest(interdependence(star), push)
    harder, _ = at_rest(interdependence(star), np.minimum(push + 0.1, 1))
    looser, _ = at_rest(interdependence(star * 0.9), push)
    assert np.all(harder >= level - 1e-12)
    assert np.all(looser <= level + 1e-12)


@pytest.mark.parametrize(
    "star",
    [
        [[1.0]],
        [[0, 1.0], [1.0, 0]],
        [[0.5, 0.6], [0.6, 0.5]],
        [[0, 2.0, 0], [0, 0, 2.0], [1.0, 0, 0]],
        [[0, 0, 0], [0, 0, 3.0], [0, 3.0, 0]],
    ],
)
def test_sectors_that_hold_each_other_down_for_ever_raise(star):
    with pytest.raises(ArithmeticError, match="no disruption would settle"):
        interdependence(np.array(star), sweeps=5_000)


def test_too_near_to_it_is_not_told_apart():
    near = np.array([[1 - 1e-9]])
    with pytest.raises(ArithmeticError):
        interdependence(near, sweeps=1000)
    with pytest.raises(ArithmeticError, match="was not reached"):
        at_rest(interdependence(np.array([[0.999]])), np.array([0.5]), sweeps=10)


def test_inputs_may_exceed_an_output_where_it_settles_all_the_same():
    """A row above 1 is no cycle."""
    star = np.array([[0, 1.5], [0.1, 0]])
    level, _ = at_rest(interdependence(star), np.array([0.0, 0.5]))
    assert level == pytest.approx(np.linalg.solve(np.eye(2) - star, [0, 0.5]))


@pytest.mark.parametrize("size", [1, 4])
def test_sectors_that_need_nobody_keep_what_is_pushed(size):
    found = interdependence(np.zeros((size, size)))
    push = np.linspace(0, 1, size)
    level, error = at_rest(found, push)
    assert level.tolist() == push.tolist()
    assert error == 0
    assert found.radius == 0


def test_no_sectors_have_nothing_to_lose():
    found = interdependence(np.zeros((0, 0)))
    level, error = at_rest(found, np.zeros(0))
    assert (level.size, error, found.radius) == (0, 0, 0)


def test_endless_days_are_no_recovery():
    found = interdependence(np.zeros((1, 1)))
    ran = course(found, np.zeros(1), np.array([0.7]), push=np.zeros(1), steps=50)
    assert ran.level[:, 0].tolist() == [0.7] * 51
    assert ran.recovered(0.01).tolist() == [-1]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_lasting_push_ends_at_rest(data):
    star = data.draw(stars(most=4))
    push = data.draw(pushes(len(star))) * 0.05
    found = interdependence(star)
    rate = np.linspace(0.3, 1.0, len(star))
    ran = course(found, rate, np.zeros(len(star)), push=push, steps=3000)
    level, _ = at_rest(found, push)
    assert ran.level[-1] == pytest.approx(level, abs=1e-9)
    assert np.all(np.diff(ran.level, axis=0) >= -1e-12)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_short_steps_are_the_differential_equation(data):
    """Recovery after a stop: q(t) = exp(−K(I − A*)t)·q(0) (Lian and Haimes)."""
    star = data.draw(stars(most=4))
    size = len(star)
    start = np.zeros(size)
    start[0] = 1.0
    rate, parts = np.linspace(0.05, 0.2, size), 200
    ran = course(interdependence(star), rate / parts, start, push=np.zeros(size), steps=10 * parts)
    exact = expm(-np.diag(rate) @ (np.eye(size) - star) * 10) @ start
    assert ran.level[-1] == pytest.approx(exact, abs=2e-4)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_course_stays_within_0_and_1_and_follows_step_by_step(data):
    star = data.draw(stars())
    start = data.draw(pushes(len(star)))
    rate = np.full(len(star), data.draw(st.sampled_from([0.0, 0.05, 0.5, 1.0])))
    ran = course(interdependence(star), rate, start, push=np.zeros(len(star)), steps=20)
    assert np.all((ran.level >= 0) & (ran.level <= 1 + 1e-12))
    for before, after in zip(ran.level, ran.level[1:], strict=False):
        assert after == pytest.approx(before + rate * (star @ before - before))


def test_pushes_may_change_from_step_to_step():
    found = interdependence(np.zeros((1, 1)))
    push = np.array([[1.0], [0.0], [0.5]])
    ran = course(found, np.array([0.5]), np.zeros(1), push=push, steps=3)
    assert ran.level[:, 0].tolist() == [0.0, 0.5, 0.25, 0.375]


def test_what_is_lost_is_the_area_below():
    ran = Course(np.array([[1.0, 0.0], [0.5, 0.2], [0.0, 0.0]]))
    assert ran.lost.tolist() == [1.0, pytest.approx(0.2)]


@pytest.mark.parametrize(
    ("levels", "step"),
    [((0.0, 0.0, 0.0), 0), ((1.0, 0.5, 0.001), 2), ((0.0, 0.5, 0.005, 0.3, 0.0), 4), ((0.0, 0.0, 0.5), -1)],
)
def test_recovered_is_for_good(levels, step):
    ran = Course(np.array([levels]).T)
    assert ran.recovered(0.01).tolist() == [step]


def test_what_is_no_such_thing_is_refused():
    alone = interdependence(np.zeros((1, 1)))
    for wrong in (
        lambda: interdependence(np.array([[-0.1]])),
        lambda: interdependence(np.array([[math.nan]])),
        lambda: interdependence(np.zeros((1, 2))),
        lambda: by_supply(np.array([[math.inf]])),
        lambda: at_rest(alone, np.array([-0.1])),
        lambda: at_rest(alone, np.zeros(2)),
        lambda: course(alone, np.array([1.1]), np.zeros(1), push=np.zeros(1), steps=1),
        lambda: course(alone, np.ones(1), np.array([1.1]), push=np.zeros(1), steps=1),
        lambda: course(alone, np.ones(1), np.zeros(1), push=np.zeros((2, 1)), steps=3),
        lambda: course(alone, np.ones(1), np.zeros(1), push=np.array([-1.0]), steps=1),
        lambda: course(alone, np.ones(1), np.zeros(1), push=np.zeros(1), steps=-1),
    ):
        with pytest.raises(ValueError, match=r"must be|needs|starts"):
            wrong()
