"""M3: what a shock does to every firm (ESRI), and to one firm, by the exact frontier cascade.

A firm loses downstream what its suppliers no longer deliver (the worst essential input group, or the non-essential ones
together), and upstream what its customers no longer buy. Losses are shares of a year's production, in [0, 1].
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from reasoning.core.cascade.kernel import (
    EDGES,
    TOUCHED,
    ClosureBatch,
    Direction,
    Graph,
    Left,
    LossScratch,
    Shock,
    StopRule,
    Work,
    clean,
    focus_each,
    run,
    weigh_each,
)
from reasoning.core.cascade.network import Production
from reasoning.core.execution.executor import CALLING_THREAD, Arrays, Executor, Span, named, read_only, restored
from reasoning.core.graph.network import Floats, Integers

EXACT = StopRule(epsilon=0.01, delta=0.0, dense=0.2, steps=10_000)
_BLOCK = 512  # closures that a worker takes at once


@dataclass(frozen=True, slots=True, eq=False)
class Cascade:
    """What a shock did: the firms that it touched, ascending, and the loss of each by either direction.

    `steps` is how many it took and `edges` how many links were looked at.
    """

    firms: Integers
    downstream: Floats
    upstream: Floats
    steps: int
    edges: int

    @property
    def loss(self) -> Floats:
        """The loss of each touched firm: the greater of the two directions."""
        return np.maximum(self.downstream, self.upstream)

    def downstream_of(self, firm: int) -> float:
        """The focal production loss of a firm: what it loses by what its suppliers no longer deliver."""
        place = int(np.searchsorted(self.firms, firm))
        return float(self.downstream[place]) if place < self.firms.size and self.firms[place] == firm else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Criticality:
    """For each closed firm the share of the whole network's weight that is lost, and the part by either direction.

    With outputs as weights `total` is the Economic Systemic Risk Index (ESRI). `left` is the least output that any of
    the closures left of each market, in the order of the graph's markets.
    """

    firms: Integers
    total: Floats
    downstream: Floats
    upstream: Floats
    steps: Integers
    edges: Integers
    left: Floats


def shock(firms: npt.ArrayLike, losses: npt.ArrayLike = 1.0) -> Shock:
    """A scenario: these firms lose these shares of their production (1: they close) from outside.

    A firm that is named twice loses the greater share.

    Raises:
        ValueError: A loss is outside (0, 1].
    """
    numbers = np.atleast_1d(np.asarray(firms, dtype=np.int64))
    loss = np.broadcast_to(np.asarray(losses, dtype=np.float64), numbers.shape).copy()
    if not np.all((loss > 0) & (loss <= 1)):
        raise ValueError("a shock must take more than 0 and at most all of a firm's production")
    return Shock(numbers, loss)


def scratch(graph: Graph) -> Work:
    """Scratch for one thread; the pages of it that no cascade touches are never made."""
    markets = graph.markets
    left = Left(
        output=np.zeros(markets.total.size),
        worst=np.zeros(markets.total.size),
        mark=np.zeros(markets.total.size, dtype=np.uint8),
        touched=np.zeros(markets.total.size, dtype=np.int32),
        changed=np.zeros(markets.total.size, dtype=np.int32),
        tally=np.zeros(2, dtype=np.int64),
    )
    return Work(_losses(graph.down), _losses(graph.up), left)


def ruled(rule: StopRule) -> StopRule:
    """The rule with figures of the types that the kernels were compiled for.

    Raises:
        ValueError: ε, δ or the share of edges is negative or no number.
    """
    if not min(rule.epsilon, rule.delta, rule.dense) >= 0:
        raise ValueError("ε, δ and the share of edges must be at least 0")
    return StopRule(float(rule.epsilon), float(rule.delta), float(rule.dense), int(rule.steps))


def spread(production: Production, shocked: Shock, *, rule: StopRule = EXACT, work: Work | None = None) -> Cascade:
    """Let a shock spread until no loss grows by more than ε in a step.

    `work` is scratch to use again, at the cost of what the cascade touches.

    Raises:
        ValueError: A firm is not of this network.
        ArithmeticError: It did not end within the steps of the rule.
    """
    _check_firms(production, shocked.firm)
    held = scratch(production.graph) if work is None else work
    steps = run(production.graph, held, shocked, ruled(rule))
    firms = np.union1d(_touched(held.down), _touched(held.up)).astype(np.int64)
    edges = int(held.down.tally[EDGES] + held.up.tally[EDGES])
    found = Cascade(firms, held.down.level[firms], held.up.level[firms], steps, edges)
    clean(production.graph, held)
    if steps < 0:
        raise ArithmeticError(f"the cascade did not end within {rule.steps} steps")
    return found


def close_each(
    production: Production,
    firms: Integers | None = None,
    *,
    weight: Floats | None = None,
    rule: StopRule = EXACT,
    crew: Executor = CALLING_THREAD,
) -> Criticality:
    """Close one firm after the other, by default every one: exact ESRI; the same figures for any number of threads.

    `weight` is by default the outputs.

    Raises:
        ValueError: A firm is not of this network, or a weight is negative or no number.
        ArithmeticError: A cascade did not end within the steps of the rule.
    """
    closed = np.arange(production.supply.size) if firms is None else firms
    _check_firms(production, closed)
    shares = _shares(production.output if weight is None else weight)
    arrays = {**named(production.graph), "weight": read_only(shares), "firms": read_only(closed)}
    out, worst = np.zeros((closed.size, 5)), np.zeros(production.graph.markets.total.size)
    for some, (rows, markets, taken) in crew.work(partial(_weighing, ruled(rule)), arrays, closed.size, block=_BLOCK):
        out[some] = rows
        worst[markets] = np.maximum(worst[markets], taken)
    steps, edges = out[:, 3:].astype(np.int64).T
    _check_steps(steps, rule)
    left = production.graph.markets.total - worst
    return Criticality(closed, out[:, 0], out[:, 1], out[:, 2], steps, edges, left)


def losses_at(
    production: Production,
    focal: int,
    firms: Integers,
    *,
    rule: StopRule = EXACT,
    crew: Executor = CALLING_THREAD,
) -> tuple[Floats, Integers]:
    """The loss that reaches one firm from upstream when each of these closes, and the steps that each cascade took.

    Raises:
        ValueError: A firm is not of this network.
        ArithmeticError: A cascade did not end within the steps of the rule.
    """
    _check_firms(production, np.append(firms, focal))
    arrays = {**named(production.graph), "firms": read_only(firms)}
    out = np.zeros((firms.size, 3))
    for some, rows in crew.work(partial(_focusing, focal, ruled(rule)), arrays, firms.size, block=_BLOCK):
        out[some] = rows
    steps = out[:, 1].astype(np.int64)
    _check_steps(steps, rule)
    return out[:, 0], steps


def _weighing(rule: StopRule, arrays: Arrays) -> Callable[[Span], tuple[Floats, Integers, Floats]]:
    """A worker that closes firms: its rows, the markets that any of these closures touched, and the most taken."""
    graph = restored(Graph, arrays)
    work = scratch(graph)

    def take(span: Span) -> tuple[Floats, Integers, Floats]:
        rows, worst = np.zeros((span[1] - span[0], 5)), work.left.worst
        weigh_each(graph, work, ClosureBatch(arrays["firms"][slice(*span)], arrays["weight"], rows), rule)
        markets = np.flatnonzero(worst)
        taken = worst[markets]
        worst[markets] = 0.0
        return rows, markets, taken

    return take


def _focusing(focal: int, rule: StopRule, arrays: Arrays) -> Callable[[Span], Floats]:
    """A worker that closes firms: the rows of what reaches the focal one."""
    graph = restored(Graph, arrays)
    work = scratch(graph)

    def take(span: Span) -> Floats:
        rows = np.zeros((span[1] - span[0], 3))
        focus_each(graph, work, ClosureBatch(arrays["firms"][slice(*span)], read_only(np.zeros(0)), rows), focal, rule)
        return rows

    return take


def _losses(way: Direction) -> LossScratch:
    size = way.start.size - 1
    return LossScratch(
        sum=np.zeros(way.back_start.size - 1),
        level=np.zeros(size),
        sent=np.zeros(size),
        mark=np.zeros(size, dtype=np.uint8),
        touched=np.zeros(size, dtype=np.int32),
        grown=np.zeros(size, dtype=np.int32),
        before=np.zeros(size),
        senders=np.zeros(size, dtype=np.int32),
        amount=np.zeros(size),
        tally=np.zeros(5, dtype=np.int64),
    )


def _touched(losses: LossScratch) -> npt.NDArray[np.int32]:
    return losses.touched[: losses.tally[TOUCHED]]


def _shares(weight: Floats) -> Floats:
    whole = float(weight.sum())
    if not (np.all(weight >= 0) and np.isfinite(whole)):
        raise ValueError("weights must be numbers of at least 0")
    return weight / whole if whole > 0 else np.zeros_like(weight)


def _check_firms(production: Production, firms: Integers) -> None:
    if not np.all((firms >= 0) & (firms < production.supply.size)):
        raise ValueError(f"the firms of this network are 0 to {production.supply.size - 1}")


def _check_steps(steps: Integers, rule: StopRule) -> None:
    if np.any(steps < 0):
        raise ArithmeticError(f"{int(np.sum(steps < 0))} cascades did not end within {rule.steps} steps")
