"""Combining figures: the greatest that holds, never a mean of confidences; unknown where none does."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.risk.assessment import Figure, combined
from reasoning.risk.certainty import Certainty, known

UNIT = st.floats(0, 1)
SURE = st.tuples(UNIT, UNIT, UNIT).map(lambda three: Certainty(*sorted(three)))
FIGURES = st.builds(
    lambda three, sure: Figure(three[0], three[1], three[2], sure), st.tuples(UNIT, UNIT, UNIT).map(sorted), SURE
)
SOME = st.lists(FIGURES, min_size=1, max_size=5)


def exact(risk: float, probability: float) -> Figure:
    return Figure(risk, risk, risk, known(probability))


def by_cases(figures: list[tuple[float, float]], unknown: float, cases: int = 2_000) -> float:
    """The mean over many cases, of which the first p·cases are those in which evidence of probability p holds."""
    total = 0.0
    for case in range(cases):
        holding = [risk for probability, risk in figures if (case + 0.5) / cases <= probability]
        total += max(holding, default=unknown)
    return total / cases


def test_a_certain_figure_is_its_value():
    assert combined([exact(0.3, 1)]) == (0.3, 0.3, 0.3)


def test_a_half_sure_figure_is_half_unknown():
    assert combined([exact(0.8, 0.5)]) == pytest.approx((0.4, 0.65, 0.9))


def test_by_hand():
    """0.9 holds in a quarter of the cases, 0.2 in another half, and the last quarter is unknown."""
    low, value, high = combined([exact(0.9, 0.25), exact(0.2, 0.75)])
    assert value == pytest.approx(0.25 * 0.9 + 0.5 * 0.2 + 0.25 * 0.5)
    assert low == pytest.approx(0.25 * 0.9 + 0.5 * 0.2)
    assert high == pytest.approx(0.25 * 0.9 + 0.5 * 0.2 + 0.25)


@given(SOME)
def test_it_is_the_mean_over_the_cases(figures: list[Figure]):
    _, value, _ = combined(figures)
    cases = [(one.certainty.estimate, one.value) for one in figures]
    assert value == pytest.approx(by_cases(cases, 0.5), abs=5e-3)


@given(SOME)
def test_the_value_lies_in_its_interval(figures: list[Figure]):
    low, value, high = combined(figures)
    assert 0 <= low <= value <= high <= 1


@given(SOME, st.integers(0, 4), UNIT)
def test_worse_evidence_never_lowers_anything(figures: list[Figure], which: int, worse: float):
    number = which % len(figures)
    one = figures[number]
    raised = Figure(max(one.low, worse), max(one.value, worse), max(one.high, worse), one.certainty)
    after = combined([*figures[:number], raised, *figures[number + 1 :]])
    assert all(new >= old - 1e-12 for old, new in zip(combined(figures), after, strict=True))


@given(SOME, UNIT)
def test_a_further_figure_that_is_no_better_than_unknown_never_lowers_the_value(figures: list[Figure], sure: float):
    assert combined([*figures, exact(0.5, sure)])[1] >= combined(figures)[1] - 1e-12


@given(SOME)
def test_the_order_does_not_matter(figures: list[Figure]):
    assert combined(figures) == pytest.approx(combined(list(reversed(figures))), abs=1e-12)


@given(UNIT, UNIT, UNIT)
def test_the_less_sure_it_is_the_nearer_it_is_to_unknown(risk: float, more: float, less: float):
    more, less = max(more, less), min(more, less)
    near, far = combined([exact(risk, less)]), combined([exact(risk, more)])
    assert abs(near[1] - 0.5) <= abs(far[1] - 0.5) + 1e-12
    assert near[2] - near[0] >= far[2] - far[0] - 1e-12


def test_nothing_that_may_hold_is_the_whole_interval():
    assert combined([exact(0.9, 0.0)]) == (0.0, 0.5, 1.0)
    assert not any(map(math.isnan, combined([exact(1.0, 1e-300)])))
