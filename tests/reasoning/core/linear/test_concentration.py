"""The index by hand, and its bounds and units on any amounts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.core.linear.concentration import effective_number, herfindahl

AMOUNTS = st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("amounts", "index"),
    [((1.0,), 10_000), ((1.0, 1.0), 5_000), ((0.6, 0.3, 0.1), 4_600), ((5.0, 0.0), 10_000), ((), 0), ((0.0,), 0)],
)
def test_by_hand(amounts, index):
    assert herfindahl(amounts) == pytest.approx(index)


@given(AMOUNTS)
def test_it_lies_between_equal_holders_and_one(amounts):
    index = herfindahl(amounts)
    assert 10_000 / len(amounts) - 1e-6 <= index <= 10_000 + 1e-6
    assert 1 - 1e-9 <= effective_number(index) <= len(amounts) + 1e-6


@given(AMOUNTS, st.floats(1e-9, 1e9))
def test_units_and_order_do_not_matter(amounts, unit):
    assert herfindahl([amount * unit for amount in amounts]) == pytest.approx(herfindahl(amounts), rel=1e-9)
    assert herfindahl(list(reversed(amounts))) == pytest.approx(herfindahl(amounts), rel=1e-12)


@given(AMOUNTS, st.data())
def test_two_that_merge_never_lower_it(amounts, data):
    if len(amounts) > 1:
        first, *rest = amounts
        merged = [first + rest[0], *rest[1:]]
        assert herfindahl(merged) >= herfindahl(amounts) - 1e-6


@pytest.mark.parametrize("amount", [-1.0, float("nan"), float("inf")])
def test_invalid_amounts_raise(amount):
    with pytest.raises(ValueError, match="amounts"):
        herfindahl([1.0, amount])


def test_without_holders_there_are_none():
    assert effective_number(0) == 0
