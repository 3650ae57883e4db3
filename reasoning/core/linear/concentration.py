"""Concentration (M6): the Herfindahl–Hirschman index and its effective number of holders."""

from collections.abc import Sequence

import numpy as np

WHOLE = 10_000.0  # the index where one holder has everything


def herfindahl(amounts: Sequence[float]) -> float:
    """The Herfindahl–Hirschman index, 10⁴ Σ share².

    Source: O. C. Herfindahl (1950), A. O. Hirschman (1945); in the scale of the US Merger Guidelines.

    Args:
        amounts: What each holder has, in one unit.

    Returns:
        From 10⁴/n, for n equal amounts, to 10⁴, for one holder; 0 where there is no amount.

    Raises:
        ValueError: An amount is negative, infinite or NaN.
    """
    values = np.asarray(amounts, dtype=np.float64)
    if not np.all(np.isfinite(values) & (values >= 0)):
        raise ValueError("amounts must be finite and at least 0")
    largest = float(values.max(initial=0.0))
    if largest == 0:
        return 0.0
    scaled = values / largest  # prevents overflow and underflow of the squares
    return float(WHOLE * np.sum((scaled / scaled.sum()) ** 2))


def effective_number(index: float) -> float:
    """The number of equal holders that have this index: 10⁴ / index; 0 for an index of 0."""
    return WHOLE / index if index > 0 else 0.0
