"""How far a figure may be from the one that is recomputed from its explanation."""

import math

CLOSENESS = 1e-9  # of the greater of both, and of 1


def is_close(one: float, other: float) -> bool:
    """Whether two figures are the same but for rounding."""
    return math.isclose(one, other, rel_tol=CLOSENESS, abs_tol=CLOSENESS)
