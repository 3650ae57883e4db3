"""M2 for many firms: blocks of worlds are drawn by any workers.

The results are those of one thread bit for bit. The blocks of a run are summed in order by the worker that draws them,
and the runs of a query are summed in order wherever they were drawn.
"""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from reasoning.core.disruption.kernel import Own, Run, Trials
from reasoning.core.disruption.reliability import (
    BlockTotals,
    Chances,
    DisruptionEstimate,
    ReliabilityQuery,
    Sampler,
    draw,
    own_chances,
    runs,
    scratch,
)
from reasoning.core.execution.executor import CALLING_THREAD, Arrays, Executor, Span, named, read_only, restored
from reasoning.core.graph.network import Integers

_BLOCK = 16  # runs a job


def estimate_each(
    chances: Chances, focals: Integers, query: ReliabilityQuery | None = None, *, executor: Executor = CALLING_THREAD
) -> Iterator[DisruptionEstimate]:
    """Yield the disruption probability of each firm, in their order.

    The executor's progress counts runs, of up to 2,560 worlds each.

    Args:
        chances: The network and its probabilities.
        focals: The firms.
        query: How many worlds to draw, under which seed and scenario; by default `ReliabilityQuery()`.
        executor: Runs the jobs.

    Raises:
        ValueError: A firm is not in this network, or a figure of the query is out of range.
    """
    query = ReliabilityQuery() if query is None else query
    if not np.all((focals >= 0) & (focals < chances.net.size)):
        raise ValueError(f"the firms of this network are 0 to {chances.net.size - 1}")
    own = own_chances(chances, query)
    arrays = {**named(chances.trials, "trials."), **named(own, "own."), "focals": read_only(focals)}
    many = len(runs(0, query))
    work = executor.work(
        partial(_drawing, ReliabilityQuery(query.worlds, query.seed)), arrays, focals.size * many, block=_BLOCK
    )
    return _estimates(chances, focals, query, (part for _, parts in work for part in parts))


def _estimates(
    chances: Chances, focals: Integers, query: ReliabilityQuery, parts: Iterator[BlockTotals]
) -> Iterator[DisruptionEstimate]:
    sampler = Sampler(chances)
    for focal in focals.tolist():
        yield sampler.combine(focal, query, [next(parts) for _ in runs(focal, query)])


def _drawing(query: ReliabilityQuery, arrays: Arrays) -> Callable[[Span], list[BlockTotals]]:
    """A worker that draws runs. Item p is run p mod k of focal firm p ÷ k, where a query has k runs."""
    trials, own = restored(Trials, arrays, "trials."), restored(Own, arrays, "own.")
    buffers, focals = scratch(own.chance.size), arrays["focals"]
    each = runs(0, query)

    def take(span: Span) -> list[BlockTotals]:
        return [draw(trials, own, buffers, run(place)) for place in range(*span)]

    def run(place: int) -> Run:
        return each[place % len(each)]._replace(focal=int(focals[place // len(each)]))

    return take
