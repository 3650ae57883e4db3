"""The certainty of conclusions from several claims, as bounds that hold for any dependence between the claims.

Fréchet (1935): all of n events hold with a probability in [max(0, Σp − (n−1)), min p], and at least one of them in [max
p, min(1, Σp)].
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Certainty:
    """Bounds of the probability that something holds, and an estimate, in [0, 1]: low ≤ estimate ≤ high."""

    low: float
    estimate: float
    high: float


CERTAIN = Certainty(1.0, 1.0, 1.0)


def known(probability: float) -> Certainty:
    """The certainty of one claim with this confidence."""
    return Certainty(probability, probability, probability)


def chain(links: Iterable[Certainty]) -> Certainty:
    """The certainty that all links hold. The estimate is their product, as if independent; 1 without links."""
    parts = list(links)
    if not parts:
        return CERTAIN
    low = max(0.0, math.fsum(one.low for one in parts) - (len(parts) - 1))
    estimate = math.prod(sorted(one.estimate for one in parts))
    high = min(one.high for one in parts)
    return Certainty(min(low, estimate), min(estimate, high), high)


def alternatives(events: Iterable[Certainty]) -> Certainty:
    """The certainty that at least one holds. The estimate is that of the surest, so more events never lower it."""
    parts = list(events)
    if not parts:
        return Certainty(0.0, 0.0, 0.0)
    estimate = max(one.estimate for one in parts)
    high = min(1.0, math.fsum(one.high for one in parts))
    return Certainty(max(one.low for one in parts), estimate, max(estimate, high))
