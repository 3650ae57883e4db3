"""Concentration (M6): how much of a whole few hold."""

from collections.abc import Sequence

import numpy as np

WHOLE = 10_000.0  # the index of a whole that one holds


def herfindahl(amounts: Sequence[float]) -> float:
    """The Herfindahl–Hirschman index of some amounts: 10⁴ Σ share², from 10⁴/n to 10⁴; 0 where there is no amount.

    Raises:
        ValueError: An amount is negative or no number.
    """
    held = np.asarray(amounts, dtype=np.float64)
    if not np.all(np.isfinite(held) & (held >= 0)):
        raise ValueError("amounts must be numbers of at least 0")
    largest = float(held.max(initial=0.0))
    if largest == 0:
        return 0.0
    scaled = held / largest  # so that neither tiny nor huge amounts leave the range of numbers
    return float(WHOLE * np.sum((scaled / scaled.sum()) ** 2))


def effective_number(index: float) -> float:
    """As how many equal holders an index is: 10⁴ / index; 0 where nobody holds anything."""
    return WHOLE / index if index > 0 else 0.0
