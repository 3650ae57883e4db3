"""M3: the loss that a shock causes at every firm (ESRI) or at one firm, by the exact frontier cascade.

A firm loses downstream what its suppliers no longer deliver: the worst essential input group, or all non-essential
inputs together. It loses upstream what its customers no longer buy. Losses are shares of a year's production, in [0,
1]. Source: C. Diem et al., "Quantifying firm-level economic systemic risk from nation-wide supply networks" (2022).
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
_BLOCK = 512  # closures a job


@dataclass(frozen=True, slots=True, eq=False)
class Cascade:
    """The losses that a shock caused.

    Attributes:
        firms: The firms with a loss, ascending.
        downstream: The loss of each from its suppliers' side, in [0, 1].
        upstream: The loss of each from its customers' side, in [0, 1].
        steps: How many steps the cascade took.
        edges: How many links were visited.
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
        """The downstream loss of one firm; 0 if the shock does not touch it."""
        place = int(np.searchsorted(self.firms, firm))
        return float(self.downstream[place]) if place < self.firms.size and self.firms[place] == firm else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Criticality:
    """For each closed firm the share of the whole network's weight that is lost.

    With outputs as weights `total` is the Economic Systemic Risk Index (ESRI).

    Attributes:
        firms: The closed firms.
        total: The share that is lost by the greater of the two directions at each firm.
        downstream: The share that is lost downstream.
        upstream: The share that is lost upstream.
        steps: How many steps each cascade took.
        edges: How many links each cascade visited.
        left: By market of the graph, the least output that any of the closures left of it.
    """

    firms: Integers
    total: Floats
    downstream: Floats
    upstream: Floats
    steps: Integers
    edges: Integers
    left: Floats


def shock(firms: npt.ArrayLike, losses: npt.ArrayLike = 1.0) -> Shock:
    """A scenario in which firms lose production from outside.

    Args:
        firms: The firms. A firm that is named twice loses the greater share.
        losses: The share of production that each loses, in (0, 1]; 1 closes a firm.

    Raises:
        ValueError: A loss is outside (0, 1].
    """
    numbers = np.atleast_1d(np.asarray(firms, dtype=np.int64))
    loss = np.broadcast_to(np.asarray(losses, dtype=np.float64), numbers.shape).copy()
    if not np.all((loss > 0) & (loss <= 1)):
        raise ValueError("a shock must take more than 0 and at most all of a firm's production")
    return Shock(numbers, loss)


def scratch(graph: Graph) -> Work:
    """Scratch for one thread. Memory pages that no cascade touches are never allocated."""
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
    """The rule with figures of the types for which the kernels are compiled.

    Raises:
        ValueError: ε, δ or the share of edges is negative or NaN.
    """
    if not min(rule.epsilon, rule.delta, rule.dense) >= 0:
        raise ValueError("ε, δ and the share of edges must be at least 0")
    return StopRule(float(rule.epsilon), float(rule.delta), float(rule.dense), int(rule.steps))


def spread(production: Production, shocked: Shock, *, rule: StopRule = EXACT, work: Work | None = None) -> Cascade:
    """Run a cascade until no loss grows by more than ε in a step.

    Args:
        production: The network.
        shocked: The scenario.
        rule: When the cascade ends.
        work: Scratch to reuse; the cost is then what the cascade touches.

    Raises:
        ValueError: A firm is not in this network.
        ArithmeticError: The cascade did not end within the steps of the rule.
    """
    _check_firms(production, shocked.firm)
    buffers = scratch(production.graph) if work is None else work
    steps = run(production.graph, buffers, shocked, ruled(rule))
    firms = np.union1d(_touched(buffers.down), _touched(buffers.up)).astype(np.int64)
    edges = int(buffers.down.tally[EDGES] + buffers.up.tally[EDGES])
    found = Cascade(firms, buffers.down.level[firms], buffers.up.level[firms], steps, edges)
    clean(production.graph, buffers)
    if steps < 0:
        raise ArithmeticError(f"the cascade did not end within {rule.steps} steps")
    return found


def close_each(
    production: Production,
    firms: Integers | None = None,
    *,
    weight: Floats | None = None,
    rule: StopRule = EXACT,
    executor: Executor = CALLING_THREAD,
) -> Criticality:
    """Close one firm after another: exact ESRI, with the same figures for any number of workers.

    Args:
        production: The network.
        firms: The firms to close; by default all.
        weight: By firm, its weight in the share that is lost; by default its output.
        rule: When a cascade ends.
        executor: Runs the jobs.

    Raises:
        ValueError: A firm is not in this network, or a weight is negative, infinite or NaN.
        ArithmeticError: A cascade did not end within the steps of the rule.
    """
    closed = np.arange(production.supply.size) if firms is None else firms
    _check_firms(production, closed)
    shares = _shares(production.output if weight is None else weight)
    arrays = {**named(production.graph), "weight": read_only(shares), "firms": read_only(closed)}
    out, worst = np.zeros((closed.size, 5)), np.zeros(production.graph.markets.total.size)
    for some, (rows, markets, taken) in executor.work(
        partial(_weighing, ruled(rule)), arrays, closed.size, block=_BLOCK
    ):
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
    executor: Executor = CALLING_THREAD,
) -> tuple[Floats, Integers]:
    """The downstream loss of one firm for each closure, and the steps of each cascade.

    Args:
        production: The network.
        focal: The firm whose loss is wanted.
        firms: The firms to close, one after another.
        rule: When a cascade ends.
        executor: Runs the jobs.

    Raises:
        ValueError: A firm is not in this network.
        ArithmeticError: A cascade did not end within the steps of the rule.
    """
    _check_firms(production, np.append(firms, focal))
    arrays = {**named(production.graph), "firms": read_only(firms)}
    out = np.zeros((firms.size, 3))
    for some, rows in executor.work(partial(_focusing, focal, ruled(rule)), arrays, firms.size, block=_BLOCK):
        out[some] = rows
    steps = out[:, 1].astype(np.int64)
    _check_steps(steps, rule)
    return out[:, 0], steps


def _weighing(rule: StopRule, arrays: Arrays) -> Callable[[Span], tuple[Floats, Integers, Floats]]:
    """A worker that closes firms. It returns its rows, the markets touched, and the most output taken of each."""
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
    """A worker that closes firms. It returns the rows of losses at the focal firm."""
    graph = restored(Graph, arrays)
    work = scratch(graph)

    def take(span: Span) -> Floats:
        rows = np.zeros((span[1] - span[0], 3))
        focus_each(graph, work, ClosureBatch(arrays["firms"][slice(*span)], read_only(np.zeros(0)), rows), focal, rule)
        return rows

    return take


def _losses(direction: Direction) -> LossScratch:
    size = direction.start.size - 1
    return LossScratch(
        sum=np.zeros(direction.back_start.size - 1),
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
        raise ValueError("weights must be finite and at least 0")
    return weight / whole if whole > 0 else np.zeros_like(weight)


def _check_firms(production: Production, firms: Integers) -> None:
    if not np.all((firms >= 0) & (firms < production.supply.size)):
        raise ValueError(f"the firms of this network are 0 to {production.supply.size - 1}")


def _check_steps(steps: Integers, rule: StopRule) -> None:
    if np.any(steps < 0):
        raise ArithmeticError(f"{int(np.sum(steps < 0))} cascades did not end within {rule.steps} steps")
