"""How sure what follows from several claims is: bounds that hold whatever the dependence between them, never a mean.

Fréchet (1935): all of n events hold with a probability in [max(0, Σp − (n−1)), min p], one of them at least in
[max p, min(1, Σp)].
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Certainty:
    """Bounds of the probability that something holds, and its estimate, in [0, 1]: low ≤ estimate ≤ high."""

    low: float
    estimate: float
    high: float


CERTAIN = Certainty(1.0, 1.0, 1.0)


def known(probability: float) -> Certainty:
    """The certainty of one claim that is believed so far."""
    return Certainty(probability, probability, probability)


def chain(links: Iterable[Certainty]) -> Certainty:
    """All must hold. The estimate is their product, as if they were independent; of nothing it is certain."""
    held = list(links)
    if not held:
        return CERTAIN
    low = max(0.0, math.fsum(one.low for one in held) - (len(held) - 1))
    estimate = math.prod(sorted(one.estimate for one in held))
    high = min(one.high for one in held)
    return Certainty(min(low, estimate), min(estimate, high), high)


def alternatives(ways: Iterable[Certainty]) -> Certainty:
    """One must hold. The estimate is the surest of them: a further way never makes it less."""
    held = list(ways)
    if not held:
        return Certainty(0.0, 0.0, 0.0)
    estimate = max(one.estimate for one in held)
    high = min(1.0, math.fsum(one.high for one in held))
    return Certainty(max(one.low for one in held), estimate, max(estimate, high))
