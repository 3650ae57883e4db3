"""When two figures count as the same."""

import math

import pytest

from reasoning.core.closeness import CLOSENESS, is_close


@pytest.mark.parametrize("size", [0.0, 1e-6, 1.0, 1e6])
def test_figures_within_the_closeness_of_the_greater_or_of_1_are_the_same(size: float):
    room = CLOSENESS * max(1.0, size)
    assert is_close(size, size + 0.9 * room)
    assert not is_close(size, size + 1.1 * room)


def test_an_endless_figure_is_close_to_itself_only():
    assert is_close(math.inf, math.inf)
    assert not is_close(math.inf, 1e300)
    assert not is_close(math.nan, math.nan)
