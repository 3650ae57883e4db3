"""Kernels of the frontier cascade (M3): losses only grow, so a step handles only what grew in the last step.

Downstream, each (customer, input group) has a running sum of coefficient × effective loss over its suppliers. The
customer's loss is the greatest of its sums. Upstream, each supplier has one sum over its customers. A firm whose
effective loss has grown adds growth × coefficient to the sums along its edges. All growth of a step is fixed before any
of it is added (Jacobi). Where the edges of a step exceed a share of all edges, every sum is recomputed from all
effective losses instead. That gives the same figures up to the order of addition, without lists.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reasoning.core.execution.compiled import compiled
from reasoning.core.graph.network import Floats, Integers

Indices = npt.NDArray[np.int32]
Marks = npt.NDArray[np.uint8]

TOUCHED, GROWN, SENDERS, QUEUED, EDGES = range(5)  # indices in `LossScratch.tally`
_THIN = 16  # below 1/16 what is left of a market is recomputed: differences would lose digits
_LOST = -1.0  # nothing is left of a market


class Direction(NamedTuple):
    """The coefficients of one direction, by the firm that passes on its loss and by the group that receives it.

    Firm v passes loss × `part[e]` on to group `group[e]` of firm `firm[e]`, for e in `start[v]:start[v+1]`. Firm v has
    the groups `first[v]:first[v+1]`, and group g takes loss × `back_part[e]` from firm `back[e]`, for e in
    `back_start[g]:back_start[g+1]`.
    """

    start: Integers
    group: Indices
    firm: Indices
    part: Floats
    first: Integers
    back_start: Integers
    back: Indices
    back_part: Floats


class Markets(NamedTuple):
    """The market and output of each firm; the output and the firms (`member[start[m]:start[m+1]]`) of each market."""

    of: Indices
    output: Floats
    total: Floats
    start: Integers
    member: Indices


class Graph(NamedTuple):
    """The coefficients that all scenarios share: losses go `down` to customers and `up` to suppliers."""

    down: Direction
    up: Direction
    markets: Markets


class LossScratch(NamedTuple):
    """Scratch of one direction, zeros between scenarios. `touched`, `grown` and `senders` are lists of firms."""

    sum: Floats  # by group: coefficient × loss sent, over the group
    level: Floats  # by firm: its loss, in [0, 1]
    sent: Floats  # by firm: the effective loss that the sums of others contain
    mark: Marks  # by firm: whether it grew in this step
    touched: Indices  # the firms with a loss
    grown: Indices  # the firms that grew in this step …
    before: Floats  # … and what their losses were
    senders: Indices  # the firms that send in this step …
    amount: Floats  # … and by how much their effective losses grew
    tally: Integers  # by the indices above


class Left(NamedTuple):
    """Scratch of the markets; zeros between scenarios, except `worst`."""

    output: Floats  # by touched market: what is left of its output; negative where nothing is
    worst: Floats  # by market: the most output that any scenario in this scratch has taken
    mark: Marks
    touched: Indices
    changed: Indices
    tally: Integers  # the lengths of `touched` and `changed`


class Work(NamedTuple):
    """The scratch of one thread."""

    down: LossScratch
    up: LossScratch
    left: Left


class StopRule(NamedTuple):
    """When a cascade ends, and what it leaves out.

    Attributes:
        epsilon: The cascade ends when no loss grows by more than this in a step.
        delta: Growth of at most this much waits until it is more; 0 is exact.
        dense: Every sum is recomputed in a step that would visit more than this share of a direction's edges.
        steps: A cascade that has not ended after so many steps is given up.
    """

    epsilon: float
    delta: float
    dense: float
    steps: int


class Shock(NamedTuple):
    """A scenario: the firms that lose production from outside, and the share that each loses, in (0, 1]."""

    firm: Integers
    loss: Floats


class ClosureBatch(NamedTuple):
    """Firms to close one after another, the weight of each firm of the network, and a row of `out` for each closure."""

    firms: Integers
    weight: Floats
    out: Floats


@compiled
def run(graph: Graph, work: Work, shock: Shock, rule: StopRule) -> int:
    """Run a cascade in clean scratch, which then holds the losses. Returns the steps, or −1 if it was given up."""
    for place in range(shock.firm.size):
        _lift(work.down, shock.firm[place], shock.loss[place])
        _lift(work.up, shock.firm[place], shock.loss[place])
    _settle(graph.markets, work.left, work.down)
    _finish(work.down)
    for step in range(1, rule.steps + 1):
        _queue_down(graph, work, rule.delta)
        _queue_up(graph.up, work.up, rule.delta)
        _spread(graph.down, work.down, rule.dense)
        _spread(graph.up, work.up, rule.dense)
        _settle(graph.markets, work.left, work.down)
        if max(_finish(work.down), _rise(work.up)) <= rule.epsilon:
            return step
    return -1


@compiled
def clean(graph: Graph, work: Work) -> None:
    """Clean the scratch for the next scenario, at the cost of what the last one touched."""
    _clean(graph.down, work.down)
    _clean(graph.up, work.up)
    left, total = work.left, graph.markets.total
    for place in range(left.tally[0]):
        market = left.touched[place]
        left.worst[market] = max(left.worst[market], total[market] - max(left.output[market], 0.0))
        left.output[market] = 0.0
    left.tally[:] = 0


@compiled
def weigh(work: Work, weight: Floats) -> tuple[float, float, float]:
    """The weighted sums of the losses: by the greater of the two directions, downstream, upstream."""
    more = down = up = 0.0
    downs, ups, touched = work.down.level, work.up.level, work.up.touched
    for place in range(work.up.tally[TOUCHED]):
        up += weight[touched[place]] * ups[touched[place]]
    touched = work.down.touched
    for place in range(work.down.tally[TOUCHED]):
        firm = touched[place]
        down += weight[firm] * downs[firm]
        more += weight[firm] * max(downs[firm] - ups[firm], 0.0)
    return up + more, down, up


@compiled
def weigh_each(graph: Graph, work: Work, closures: ClosureBatch, rule: StopRule) -> None:
    """Close one firm after another. A row gets total, downstream, upstream, steps (−1: given up), edges visited."""
    firm, loss = np.zeros(1, dtype=np.int64), np.ones(1)
    for place in range(closures.firms.size):
        firm[0] = closures.firms[place]
        row = closures.out[place]
        row[3] = run(graph, work, Shock(firm, loss), rule)
        row[0], row[1], row[2] = weigh(work, closures.weight)
        row[4] = work.down.tally[EDGES] + work.up.tally[EDGES]
        clean(graph, work)


@compiled
def focus_each(graph: Graph, work: Work, closures: ClosureBatch, focal: int, rule: StopRule) -> None:
    """Close one firm after another. A row gets the focal firm's downstream loss, steps (−1: given up), edges."""
    firm, loss = np.zeros(1, dtype=np.int64), np.ones(1)
    for place in range(closures.firms.size):
        firm[0] = closures.firms[place]
        row = closures.out[place]
        row[1] = run(graph, work, Shock(firm, loss), rule)
        row[0] = work.down.level[focal]
        row[2] = work.down.tally[EDGES] + work.up.tally[EDGES]
        clean(graph, work)


@compiled
def bound_each(direction: Direction, start: tuple[int, int], share: Floats, out: Floats, row: Floats) -> Integers:
    """Add to `out` the weight of the walks from every firm to a focal firm.

    Args:
        direction: The downstream coefficients. A link's weight is its part × the supplier's `share`.
        start: The focal firm and the most links of a walk.
        share: By firm, as in `Screen`.
        out: By firm; zeros before.
        row: Scratch by firm; zeros before and dirty after.

    Returns:
        The firms reached, some of them twice.
    """
    focal, sweeps = start
    here = np.full(1, focal, dtype=np.int32)
    row[focal] = 1.0
    reached = [focal]
    for _ in range(sweeps):
        here = _walk_back(direction, here, share, row)
        for place in range(here.size):
            if out[here[place]] == 0.0:
                reached.append(int(here[place]))
            out[here[place]] += row[here[place]]
    return np.array(reached, dtype=np.int64)


@compiled
def _walk_back(direction: Direction, here: Indices, share: Floats, row: Floats) -> Indices:
    """Carry the weights one link upstream. Returns the firms that received any."""
    term, most = np.empty(here.size), 0
    for place in range(here.size):
        firm = here[place]
        term[place], row[firm] = row[firm], 0.0
        most += direction.back_start[direction.first[firm + 1]] - direction.back_start[direction.first[firm]]
    found, count = np.empty(min(most, row.size), dtype=np.int32), 0
    for place in range(here.size):
        firm = here[place]
        for edge in range(direction.back_start[direction.first[firm]], direction.back_start[direction.first[firm + 1]]):
            supplier = direction.back[edge]
            if row[supplier] == 0.0 and count < found.size:
                found[count] = supplier
                count += 1
            row[supplier] += term[place] * direction.back_part[edge] * share[supplier]
    return found[:count]


@compiled
def _lift(losses: LossScratch, firm: int, value: float) -> None:
    """Raise a firm's loss to a sum, at most to 1, and list the firm if that is a rise."""
    level, tally = min(value, 1.0), losses.tally
    old = losses.level[firm]
    if level > old:
        losses.level[firm] = level
        if losses.mark[firm] == 0:
            losses.mark[firm] = 1
            losses.grown[tally[GROWN]] = firm
            losses.before[tally[GROWN]] = old
            tally[GROWN] += 1
            if old == 0.0:
                losses.touched[tally[TOUCHED]] = firm
                tally[TOUCHED] += 1


@compiled
def _queue_down(graph: Graph, work: Work, delta: float) -> None:
    """Queue every firm whose effective loss (loss × its share of what is left of its market) has grown."""
    losses, markets, left = work.down, graph.markets, work.left.output
    for place in range(losses.tally[TOUCHED]):
        firm = losses.touched[place]
        output, rest = markets.output[firm], left[markets.of[firm]]
        loss = losses.level[firm]
        if output < rest:
            loss *= output / rest
        _queue(graph.down, losses, firm, loss, delta)


@compiled
def _queue_up(direction: Direction, losses: LossScratch, delta: float) -> None:
    """Queue every firm whose loss grew in the last step, and start the list of this step."""
    for place in range(losses.tally[GROWN]):
        firm = losses.grown[place]
        losses.mark[firm] = 0
        _queue(direction, losses, firm, losses.level[firm], delta)
    losses.tally[GROWN] = 0


@compiled
def _queue(direction: Direction, losses: LossScratch, firm: int, loss: float, delta: float) -> None:
    amount, tally = loss - losses.sent[firm], losses.tally
    degree = direction.start[firm + 1] - direction.start[firm]
    if amount > delta and degree > 0:
        losses.sent[firm] = loss
        losses.senders[tally[SENDERS]] = firm
        losses.amount[tally[SENDERS]] = amount
        tally[SENDERS] += 1
        tally[QUEUED] += degree


@compiled
def _spread(direction: Direction, losses: LossScratch, dense: float) -> None:
    """Update the sums from the queue: along the queued edges or, where these are many, along all edges."""
    tally = losses.tally
    if tally[QUEUED] > dense * direction.part.size:
        tally[EDGES] += direction.part.size
        _pull(direction, losses)
    else:
        tally[EDGES] += tally[QUEUED]
        _push(direction, losses)
    tally[SENDERS] = tally[QUEUED] = 0


@compiled
def _push(direction: Direction, losses: LossScratch) -> None:
    for place in range(losses.tally[SENDERS]):
        firm, amount = losses.senders[place], losses.amount[place]
        for edge in range(direction.start[firm], direction.start[firm + 1]):
            value = losses.sum[direction.group[edge]] + direction.part[edge] * amount
            losses.sum[direction.group[edge]] = value
            _lift(losses, direction.firm[edge], value)


@compiled
def _pull(direction: Direction, losses: LossScratch) -> None:
    for firm in range(direction.first.size - 1):
        for group in range(direction.first[firm], direction.first[firm + 1]):
            value = 0.0
            for edge in range(direction.back_start[group], direction.back_start[group + 1]):
                value += direction.back_part[edge] * losses.sent[direction.back[edge]]
            losses.sum[group] = value
            _lift(losses, firm, value)


@compiled
def _settle(markets: Markets, left: Left, losses: LossScratch) -> None:
    """Subtract the losses of this step from the markets."""
    tally = left.tally
    tally[1] = 0
    for place in range(losses.tally[GROWN]):
        firm = losses.grown[place]
        market, output = markets.of[firm], markets.output[firm]
        if output > 0.0:
            if left.output[market] == 0.0:
                left.output[market] = markets.total[market]
                left.touched[tally[0]] = market
                tally[0] += 1
            if left.mark[market] == 0:
                left.mark[market] = 1
                left.changed[tally[1]] = market
                tally[1] += 1
            left.output[market] -= output * (losses.level[firm] - losses.before[place])
    for place in range(tally[1]):
        left.mark[left.changed[place]] = 0
        _refine(markets, left, losses, left.changed[place])


@compiled
def _refine(markets: Markets, left: Left, losses: LossScratch, market: int) -> None:
    """Recompute what is left of a market where little is, so that rounding does not decide if it is wholly lost."""
    if left.output[market] * _THIN < markets.total[market]:
        rest = 0.0
        for place in range(markets.start[market], markets.start[market + 1]):
            firm = markets.member[place]
            rest += markets.output[firm] * (1.0 - losses.level[firm])
        left.output[market] = rest if rest > 0.0 else _LOST


@compiled
def _rise(losses: LossScratch) -> float:
    """The greatest rise of this step."""
    rise = 0.0
    for place in range(losses.tally[GROWN]):
        rise = max(rise, losses.level[losses.grown[place]] - losses.before[place])
    return rise


@compiled
def _finish(losses: LossScratch) -> float:
    """End the list of this step. Returns its greatest rise."""
    rise = _rise(losses)
    for place in range(losses.tally[GROWN]):
        losses.mark[losses.grown[place]] = 0
    losses.tally[GROWN] = 0
    return rise


@compiled
def _clean(direction: Direction, losses: LossScratch) -> None:
    first, touched, sums = direction.first, losses.touched, losses.sum
    for place in range(losses.tally[GROWN]):
        losses.mark[losses.grown[place]] = 0
    for place in range(losses.tally[TOUCHED]):
        firm = touched[place]
        losses.level[firm] = losses.sent[firm] = 0.0
        for group in range(first[firm], first[firm + 1]):
            sums[group] = 0.0
    losses.tally[:] = 0
