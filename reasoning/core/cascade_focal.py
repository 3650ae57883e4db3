"""M3 for one firm: which of all the suppliers behind it matter, by a linear bound first and exact cascades after it."""

from dataclasses import dataclass

import numpy as np

from reasoning.core.cascade import ALONE, EXACT, Crew, losses_at
from reasoning.core.cascade_kernel import Rule, bound_each
from reasoning.core.cascade_network import Production
from reasoning.core.network import Floats, Integers

THRESHOLD = 0.01
_SWEEPS = 20


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


def bounds(production: Production, focal: int, sweeps: int = _SWEEPS) -> tuple[Integers, Floats]:
    """The firms upstream of one, ascending, and a bound on its loss when any of them closes, in so many steps.

    The bound is the weight of all walks of 1 … `sweeps` links: the worst input is never worse than the sum of all,
    a share of the market never above 1, and a loss of 1 never passes on more. It may exceed 1.
    """
    size = production.supply.size
    out = np.zeros(size)
    reached = np.unique(bound_each(production.graph.down, focal, sweeps, out, np.zeros(size)))
    upstream = reached[reached != focal]
    return upstream, out[upstream]


def dependence(
    production: Production, focal: int, *, threshold: float = THRESHOLD, rule: Rule = EXACT, crew: Crew = ALONE
) -> Dependence:
    """The exact loss at a firm for each closure upstream whose bound exceeds the threshold; with 0 for every one.

    Raises:
        ValueError: The firm is not of this network, or a figure of the rule is negative.
        ArithmeticError: A cascade did not end within the steps of the rule.
    """
    if not 0 <= focal < production.supply.size:
        raise ValueError(f"the firms of this network are 0 to {production.supply.size - 1}")
    sweeps = _SWEEPS
    while True:
        upstream, bound = bounds(production, focal, sweeps)
        kept = bound > threshold
        firms = upstream[kept]
        loss, steps = losses_at(production, focal, firms, rule=rule, crew=crew)
        if steps.max(initial=0) <= sweeps:
            break
        sweeps = 2 * int(steps.max())
    order = np.lexsort((firms, -loss))
    left_out = upstream.size - firms.size
    return Dependence(firms[order], loss[order], bound[kept][order], steps[order], left_out, sweeps)
