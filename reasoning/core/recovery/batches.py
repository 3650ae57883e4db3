"""M4 for many scenarios: any workers solve them, each with programs of its own.

An answer does not depend on those before it, so it is the same bit for bit whoever gives it. Scenarios of one time to
recover are solved together, for the undisrupted program is solved once for each time.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from reasoning.core.execution.executor import CALLING_THREAD, Arrays, Executor, Span, named, restored
from reasoning.core.graph.network import Floats, Integers
from reasoning.core.recovery.network import SupplyChain
from reasoning.core.recovery.recovery import Recovery

_BLOCK = 32  # scenarios that a worker takes at once


class Scenarios(NamedTuple):
    """Scenario s stops the nodes `node[start[s]:start[s+1]]` for `time[s]`."""

    start: Integers
    node: Integers
    time: Floats


def recover_each(chain: SupplyChain, scenarios: Scenarios, *, crew: Executor = CALLING_THREAD) -> tuple[Floats, Floats]:
    """What each scenario loses, in the margins' currency, and how long demand could be met in it.

    Raises:
        ValueError: The chain's figures do not go together, or a time is negative or has no end.
        ArithmeticError: No optimum was found.
    """
    order = np.argsort(-scenarios.time, kind="stable")  # plans without a loss serve shorter times too
    arrays = {**named(chain, "chain."), **named(scenarios, "scenario."), "order": order}
    found = np.zeros((2, order.size))
    for some, answers in crew.work(_solving, arrays, order.size, block=_BLOCK):
        found[:, order[some]] = answers
    return found[0], found[1]


def _solving(arrays: Arrays) -> Callable[[Span], Floats]:
    """A worker that solves scenarios: losses and survivals."""
    recovery = Recovery(restored(SupplyChain, arrays, "chain."))
    scenarios, order = restored(Scenarios, arrays, "scenario."), arrays["order"]

    def take(span: Span) -> Floats:
        return np.array([solve(int(place)) for place in order[slice(*span)]]).T

    def solve(place: int) -> tuple[float, float]:
        stopped = scenarios.node[scenarios.start[place] : scenarios.start[place + 1]]
        return recovery.loss(stopped, float(scenarios.time[place])), recovery.survival(stopped)

    return take
