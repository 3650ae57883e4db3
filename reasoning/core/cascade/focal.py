"""M3 for one firm: a linear bound screens all firms upstream, and exact cascades run for those that may matter."""

from dataclasses import dataclass, replace

import numpy as np

from reasoning.core.cascade.cascade import EXACT, Criticality, losses_at
from reasoning.core.cascade.kernel import StopRule, bound_each
from reasoning.core.cascade.network import Production
from reasoning.core.execution.executor import CALLING_THREAD, Executor
from reasoning.core.graph.network import Floats, Integers

THRESHOLD = 0.01
_SWEEPS = 20
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Screen:
    """The inputs of the bound.

    Attributes:
        share: By firm, the greatest share that it can have of what is left of its market.
        sweeps: The most steps of a cascade.
        rule: The rule of the cascades.
    """

    share: Floats
    sweeps: int
    rule: StopRule


@dataclass(frozen=True, slots=True, eq=False)
class Dependence:
    """The losses of a firm when any one of the firms upstream closes, greatest loss first.

    Attributes:
        firms: The closed firms.
        loss: The focal firm's loss for each, in [0, 1].
        bound: The bound on each loss, which was known before its cascade ran.
        steps: The steps of each cascade; none takes more than `sweeps`.
        left_out: How many other firms upstream have a bound of at most the threshold.
        sweeps: The number of steps for which the bounds hold.
    """

    firms: Integers
    loss: Floats
    bound: Floats
    steps: Integers
    left_out: int
    sweeps: int


def screen(production: Production, closures: Criticality | None = None, *, rule: StopRule = EXACT) -> Screen:
    """A screen for every focal firm of a network.

    Without `closures` a firm's share of its market may be up to 1, and cascades are taken to end within 20 steps. The
    latter is checked for those that run. With `closures` both figures are known, so the bound is far lower.

    Args:
        production: The network.
        closures: The closures of every firm of the network, by the same rule.
        rule: The rule of the cascades.

    Raises:
        ValueError: The closures are not those of every firm.
    """
    if closures is None:
        return Screen(np.ones(production.supply.size), _SWEEPS, rule)
    if not np.array_equal(np.sort(closures.firms), np.arange(production.supply.size)):
        raise ValueError("a screen needs the closures of every firm")
    markets = production.graph.markets
    least = closures.left[markets.of] - _ROUNDING * markets.total[markets.of]
    share = np.divide(markets.output, least, out=np.ones_like(least), where=least > markets.output)
    return Screen(share, int(closures.steps.max(initial=0)), rule)


def bounds(production: Production, focal: int, known: Screen) -> tuple[Integers, Floats]:
    """The firms upstream of a firm, ascending, and a bound on its loss when each of them closes.

    The bound is the weight of all walks of 1 … `sweeps` links, and may exceed 1. It holds for three reasons: the worst
    input is never worse than the sum of all; a firm's share of its market never exceeds that of the screen; no firm
    passes on more than it lost.

    Args:
        production: The network.
        focal: The firm whose loss is bounded.
        known: The screen.
    """
    size = production.supply.size
    out = np.zeros(size)
    reached = np.unique(bound_each(production.graph.down, (focal, known.sweeps), known.share, out, np.zeros(size)))
    upstream = reached[reached != focal]
    return upstream, out[upstream]


def dependence(
    production: Production,
    focal: int,
    known: Screen,
    *,
    threshold: float = THRESHOLD,
    executor: Executor = CALLING_THREAD,
) -> Dependence:
    """The exact loss of a firm for each closure upstream whose bound exceeds the threshold.

    Args:
        production: The network.
        focal: The firm whose losses are wanted.
        known: The screen.
        threshold: The bound above which a cascade runs; 0 runs all.
        executor: Runs the jobs.

    Raises:
        ValueError: The firm is not in this network, or a figure of the rule is negative.
        ArithmeticError: A cascade did not end within the steps of the rule.
    """
    if not 0 <= focal < production.supply.size:
        raise ValueError(f"the firms of this network are 0 to {production.supply.size - 1}")
    upstream, bound = bounds(production, focal, known)
    kept = bound > threshold
    firms = upstream[kept]
    loss, steps = losses_at(production, focal, firms, rule=known.rule, executor=executor)
    if steps.max(initial=0) > known.sweeps:
        more = replace(known, sweeps=2 * int(steps.max()))
        return dependence(production, focal, more, threshold=threshold, executor=executor)
    order = np.lexsort((firms, -loss))
    left_out = upstream.size - firms.size
    return Dependence(firms[order], loss[order], bound[kept][order], steps[order], left_out, known.sweeps)
