"""The tolerance between a figure and the one recomputed from its explanation."""

import math

CLOSENESS = 1e-9  # relative to the greater of the two, and absolute


def is_close(one: float, other: float) -> bool:
    """Whether two figures are equal but for rounding, within `CLOSENESS`."""
    return math.isclose(one, other, rel_tol=CLOSENESS, abs_tol=CLOSENESS)
