"""M3 for one firm: which of all the suppliers behind it matter, by a linear bound first and exact cascades after it."""

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
    """What bounds a loss before any cascade: the greatest share of its market that each firm can have, and the steps.

    `rule` is that of the cascades.
    """

    share: Floats
    sweeps: int
    rule: StopRule


@dataclass(frozen=True, slots=True, eq=False)
class Dependence:
    """What a firm loses when any one of the firms behind it closes, the worst first.

    `bound` is what `loss` was known not to exceed before its cascade ran. The `left_out` other firms upstream have a
    bound of at most the threshold, for cascades of up to `sweeps` steps; none that ran took more.
    """

    firms: Integers
    loss: Floats
    bound: Floats
    steps: Integers
    left_out: int
    sweeps: int


def screen(production: Production, closures: Criticality | None = None, *, rule: StopRule = EXACT) -> Screen:
    """A screen for every focal firm of a network.

    Without `closures` it takes a firm's share of its market to be up to 1 and cascades to end within 20 steps, which is
    checked for those that run. With the closures of every firm of the network, by the same rule, both are known: the
    bound is far lower, and no cascade is longer.

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
    """The firms upstream of one, ascending, and a bound on its loss when any of them closes.

    The bound is the weight of all walks of 1 … `sweeps` links: the worst input is never worse than the sum of all, a
    firm's share of its market never above that of the screen, and no firm passes on more than it lost. It may exceed 1.
    """
    size = production.supply.size
    out = np.zeros(size)
    reached = np.unique(bound_each(production.graph.down, (focal, known.sweeps), known.share, out, np.zeros(size)))
    upstream = reached[reached != focal]
    return upstream, out[upstream]


def dependence(
    production: Production, focal: int, known: Screen, *, threshold: float = THRESHOLD, crew: Executor = CALLING_THREAD
) -> Dependence:
    """The exact loss at a firm for each closure upstream whose bound exceeds the threshold; with 0 for every one.

    Raises:
        ValueError: The firm is not of this network, or a figure of the rule is negative.
        ArithmeticError: A cascade did not end within the steps of the rule.
    """
    if not 0 <= focal < production.supply.size:
        raise ValueError(f"the firms of this network are 0 to {production.supply.size - 1}")
    upstream, bound = bounds(production, focal, known)
    kept = bound > threshold
    firms = upstream[kept]
    loss, steps = losses_at(production, focal, firms, rule=known.rule, crew=crew)
    if steps.max(initial=0) > known.sweeps:
        more = replace(known, sweeps=2 * int(steps.max()))
        return dependence(production, focal, more, threshold=threshold, crew=crew)
    order = np.lexsort((firms, -loss))
    left_out = upstream.size - firms.size
    return Dependence(firms[order], loss[order], bound[kept][order], steps[order], left_out, known.sweeps)
