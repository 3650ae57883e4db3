"""Bounds of chains and alternatives: they hold for every joint distribution, and one reaches them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.risk.certainty import CERTAIN, Certainty, alternatives, chain, known

SEVERAL = st.lists(st.floats(0, 1), min_size=1, max_size=6)
# A world of 24 equally likely cases in which each event holds in some: every joint distribution there is, on that grid.
CASES = st.integers(0, 2**24 - 1)


def probability(event: int) -> float:
    return event.bit_count() / 24


@given(st.lists(CASES, min_size=1, max_size=5))
def test_the_true_probability_lies_within_the_bounds_for_any_dependence(events: list[int]):
    both, either = 2**24 - 1, 0
    for event in events:
        both &= event
        either |= event
    parts = [known(probability(event)) for event in events]
    assert chain(parts).low - 1e-12 <= probability(both) <= chain(parts).high + 1e-12
    assert alternatives(parts).low - 1e-12 <= probability(either) <= alternatives(parts).high + 1e-12


@given(SEVERAL)
def test_the_bounds_are_those_of_frechet(probabilities: list[float]):
    parts = [known(each) for each in probabilities]
    product = 1.0
    for each in probabilities:
        product *= each
    joined, either = chain(parts), alternatives(parts)
    assert joined.low == pytest.approx(max(0, sum(probabilities) - len(probabilities) + 1), abs=1e-12)
    assert joined.estimate == pytest.approx(product, abs=1e-12)
    assert joined.high == min(probabilities)
    assert (either.low, either.estimate) == (max(probabilities), max(probabilities))
    assert either.high == pytest.approx(min(1, sum(probabilities)), abs=1e-12)


@given(SEVERAL)
def test_low_estimate_and_high_are_in_order(probabilities: list[float]):
    for made in (chain(map(known, probabilities)), alternatives(map(known, probabilities))):
        assert 0 <= made.low <= made.estimate <= made.high <= 1
        nested = chain([made, known(0.5)])
        assert 0 <= nested.low <= nested.estimate <= nested.high <= 0.5


def test_it_is_not_a_mean():
    assert chain([known(0.9), known(0.5)]) == Certainty(0.9 + 0.5 - 1, 0.45, 0.5)
    assert alternatives([known(0.9), known(0.5)]).estimate == 0.9


@given(SEVERAL, st.floats(0, 1))
def test_a_further_link_never_makes_it_surer_and_a_further_event_never_less_sure(some: list[float], more: float):
    parts = [known(each) for each in some]
    longer, wider = chain([*parts, known(more)]), alternatives([*parts, known(more)])
    assert longer.low <= chain(parts).low + 1e-12
    assert longer.estimate <= chain(parts).estimate
    assert longer.high <= chain(parts).high
    assert wider.low >= alternatives(parts).low
    assert wider.estimate >= alternatives(parts).estimate


@given(st.permutations([0.1, 0.35, 0.7, 0.9]))
def test_the_order_does_not_matter(some: list[float]):
    assert chain(map(known, some)) == chain(map(known, sorted(some)))


def test_of_nothing():
    assert chain([]) == CERTAIN
    assert alternatives([]) == Certainty(0, 0, 0)
