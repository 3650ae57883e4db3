"""The frontier form of the cascade (M3): losses only grow, so a step handles only what grew in the last one.

Downstream, each (customer, input group) has a running sum of coefficient × effective loss over its suppliers, and the
customer's loss is the greatest of its sums. Upstream, each supplier has one sum over its customers. A firm whose
effective loss has grown adds the growth × coefficient to the sums along its edges. All growth of a step is fixed
before any of it is added (Jacobi). Where the edges of a step pass a share of all edges, every sum is made anew from
what the firms have sent so far instead: the same figures, up to the order of addition, without lists.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reasoning.core.execution.compiled import compiled
from reasoning.core.graph.network import Floats, Integers

Indices = npt.NDArray[np.int32]
Marks = npt.NDArray[np.uint8]

TOUCHED, GROWN, SENDERS, QUEUED, EDGES = range(5)  # places in `Losses.tally`
_THIN = 16  # what is left of a market is summed anew below this fraction, where differences would lose digits
_LOST = -1.0  # nothing is left of a market


class Direction(NamedTuple):
    """The coefficients of one direction, by the firm whose loss they pass on and by the group that they add to.

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
    """What every scenario on a network reads: losses go `down` from suppliers to customers and `up` from customers."""

    down: Direction
    up: Direction
    markets: Markets


class LossScratch(NamedTuple):
    """Scratch of one direction; all zeros between scenarios. `touched`, `grown` and `senders` are lists of firms."""

    sum: Floats  # by group: coefficient × loss sent, over the group
    level: Floats  # by firm: its loss, in [0, 1]
    sent: Floats  # by firm: the effective loss that is in the sums of others
    mark: Marks  # by firm: whether it grew in this step
    touched: Indices  # the firms with a loss
    grown: Indices  # the firms that grew in this step …
    before: Floats  # … and what their losses were
    senders: Indices  # the firms that send in this step …
    amount: Floats  # … and by how much their effective losses grew
    tally: Integers  # see the places above


class Left(NamedTuple):
    """Scratch of the markets; all zeros between scenarios, but for `worst`."""

    output: Floats  # by touched market: what is left of its output; negative where nothing is
    worst: Floats  # by market: the most that any scenario in this scratch has taken of its output
    mark: Marks
    touched: Indices
    changed: Indices
    tally: Integers  # how many are in `touched` and `changed`


class Work(NamedTuple):
    """The scratch of one thread."""

    down: LossScratch
    up: LossScratch
    left: Left


class StopRule(NamedTuple):
    """When a cascade ends (no loss grew by more than `epsilon` in a step) and what it leaves out.

    Growth of at most `delta` waits until it is more; 0 is exact. Every sum is made anew in a step that would touch more
    than `dense` × all edges of a direction. A cascade that has not ended after `steps` steps is given up.
    """

    epsilon: float
    delta: float
    dense: float
    steps: int


class Shock(NamedTuple):
    """A scenario: which firms lose how much (in (0, 1]) of their production from outside."""

    firm: Integers
    loss: Floats


class ClosureBatch(NamedTuple):
    """Firms to close one after the other, the weight of each firm of the network, and a row of `out` for each."""

    firms: Integers
    weight: Floats
    out: Floats


@compiled
def run(graph: Graph, work: Work, shock: Shock, rule: StopRule) -> int:
    """Let a shock spread in clean scratch, which then holds the losses; gives the steps, or −1 if it was given up."""
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
    """Make the scratch ready for the next scenario, at the cost of what the last one touched."""
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
    """The weighted sums of the losses: the greater of the two directions, downstream, upstream."""
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
    """Close one firm after the other: a row gets total, downstream, upstream, steps (−1: given up), edges touched."""
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
    """Close one firm after the other: a row gets the focal firm's loss from upstream, steps (−1: given up), edges."""
    firm, loss = np.zeros(1, dtype=np.int64), np.ones(1)
    for place in range(closures.firms.size):
        firm[0] = closures.firms[place]
        row = closures.out[place]
        row[1] = run(graph, work, Shock(firm, loss), rule)
        row[0] = work.down.level[focal]
        row[2] = work.down.tally[EDGES] + work.up.tally[EDGES]
        clean(graph, work)


@compiled
def bound_each(way: Direction, start: tuple[int, int], share: Floats, out: Floats, row: Floats) -> Integers:
    """Add to `out` the weight of the walks from every firm to a focal one; gives the firms reached, some twice.

    `start` is the focal firm and the most links of a walk. A link's weight is its part × the supplier's `share`; `out`
    and `row` come as zeros.
    """
    focal, sweeps = start
    here = np.full(1, focal, dtype=np.int32)
    row[focal] = 1.0
    reached = [focal]
    for _ in range(sweeps):
        here = _walk_back(way, here, share, row)
        for place in range(here.size):
            if out[here[place]] == 0.0:
                reached.append(int(here[place]))
            out[here[place]] += row[here[place]]
    return np.array(reached, dtype=np.int64)


@compiled
def _walk_back(way: Direction, here: Indices, share: Floats, row: Floats) -> Indices:
    """Carry the weights one link upstream; gives the firms that got some."""
    term, most = np.empty(here.size), 0
    for place in range(here.size):
        firm = here[place]
        term[place], row[firm] = row[firm], 0.0
        most += way.back_start[way.first[firm + 1]] - way.back_start[way.first[firm]]
    found, count = np.empty(min(most, row.size), dtype=np.int32), 0
    for place in range(here.size):
        firm = here[place]
        for edge in range(way.back_start[way.first[firm]], way.back_start[way.first[firm + 1]]):
            supplier = way.back[edge]
            if row[supplier] == 0.0 and count < found.size:
                found[count] = supplier
                count += 1
            row[supplier] += term[place] * way.back_part[edge] * share[supplier]
    return found[:count]


@compiled
def _lift(losses: LossScratch, firm: int, value: float) -> None:
    """Raise a firm's loss to a sum, at most to 1, and list it where that is a rise."""
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
    """Queue every firm whose effective loss, its loss × its share of what is left of its market, has grown."""
    losses, markets, left = work.down, graph.markets, work.left.output
    for place in range(losses.tally[TOUCHED]):
        firm = losses.touched[place]
        output, rest = markets.output[firm], left[markets.of[firm]]
        loss = losses.level[firm]
        if output < rest:
            loss *= output / rest
        _queue(graph.down, losses, firm, loss, delta)


@compiled
def _queue_up(way: Direction, losses: LossScratch, delta: float) -> None:
    """Queue every firm whose loss grew in the last step, and begin the list of this one."""
    for place in range(losses.tally[GROWN]):
        firm = losses.grown[place]
        losses.mark[firm] = 0
        _queue(way, losses, firm, losses.level[firm], delta)
    losses.tally[GROWN] = 0


@compiled
def _queue(way: Direction, losses: LossScratch, firm: int, loss: float, delta: float) -> None:
    amount, tally = loss - losses.sent[firm], losses.tally
    degree = way.start[firm + 1] - way.start[firm]
    if amount > delta and degree > 0:
        losses.sent[firm] = loss
        losses.senders[tally[SENDERS]] = firm
        losses.amount[tally[SENDERS]] = amount
        tally[SENDERS] += 1
        tally[QUEUED] += degree


@compiled
def _spread(way: Direction, losses: LossScratch, dense: float) -> None:
    """Bring the sums up to date with what was queued, along the queued edges or, where these are many, along all."""
    tally = losses.tally
    if tally[QUEUED] > dense * way.part.size:
        tally[EDGES] += way.part.size
        _pull(way, losses)
    else:
        tally[EDGES] += tally[QUEUED]
        _push(way, losses)
    tally[SENDERS] = tally[QUEUED] = 0


@compiled
def _push(way: Direction, losses: LossScratch) -> None:
    for place in range(losses.tally[SENDERS]):
        firm, amount = losses.senders[place], losses.amount[place]
        for edge in range(way.start[firm], way.start[firm + 1]):
            value = losses.sum[way.group[edge]] + way.part[edge] * amount
            losses.sum[way.group[edge]] = value
            _lift(losses, way.firm[edge], value)


@compiled
def _pull(way: Direction, losses: LossScratch) -> None:
    for firm in range(way.first.size - 1):
        for group in range(way.first[firm], way.first[firm + 1]):
            value = 0.0
            for edge in range(way.back_start[group], way.back_start[group + 1]):
                value += way.back_part[edge] * losses.sent[way.back[edge]]
            losses.sum[group] = value
            _lift(losses, firm, value)


@compiled
def _settle(markets: Markets, left: Left, losses: LossScratch) -> None:
    """Take what the firms lost in this step off their markets."""
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
    """Sum what is left of a market anew where little is: whether it is wholly lost must not hang on rounding."""
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
    """End the list of this step; gives its greatest rise."""
    rise = _rise(losses)
    for place in range(losses.tally[GROWN]):
        losses.mark[losses.grown[place]] = 0
    losses.tally[GROWN] = 0
    return rise


@compiled
def _clean(way: Direction, losses: LossScratch) -> None:
    first, touched, sums = way.first, losses.touched, losses.sum
    for place in range(losses.tally[GROWN]):
        losses.mark[losses.grown[place]] = 0
    for place in range(losses.tally[TOUCHED]):
        firm = touched[place]
        losses.level[firm] = losses.sent[firm] = 0.0
        for group in range(first[firm], first[firm + 1]):
            sums[group] = 0.0
    losses.tally[:] = 0
