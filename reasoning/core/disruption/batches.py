"""M2 for many firms, or for many worlds: the blocks of worlds are drawn by any workers.

The answers are those of one thread bit for bit: what a run of blocks gives is summed where it is drawn, in the order of
its blocks, and the runs of a question are summed in their order wherever they were drawn.
"""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from reasoning.core.disruption.kernel import Dice, Own, Run
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

_BLOCK = 16  # runs that a worker takes at once


def ask_each(
    chances: Chances, focals: Integers, question: ReliabilityQuery | None = None, *, crew: Executor = CALLING_THREAD
) -> Iterator[DisruptionEstimate]:
    """The probability that each of these firms is disrupted, in their order; the crew is told of runs of 2,560 worlds.

    Raises:
        ValueError: A firm is not of this network, or a number of the question is out of range.
    """
    asked = ReliabilityQuery() if question is None else question
    if not np.all((focals >= 0) & (focals < chances.net.size)):
        raise ValueError(f"the firms of this network are 0 to {chances.net.size - 1}")
    own = own_chances(chances, asked)
    arrays = {**named(chances.dice, "dice."), **named(own, "own."), "focals": read_only(focals)}
    many = len(runs(0, asked))
    work = crew.work(
        partial(_drawing, ReliabilityQuery(asked.worlds, asked.seed)), arrays, focals.size * many, block=_BLOCK
    )
    return _answers(chances, focals, asked, (part for _, parts in work for part in parts))


def _answers(
    chances: Chances, focals: Integers, asked: ReliabilityQuery, parts: Iterator[BlockTotals]
) -> Iterator[DisruptionEstimate]:
    sampler = Sampler(chances)
    for focal in focals.tolist():
        yield sampler.answer(focal, asked, [next(parts) for _ in runs(focal, asked)])


def _drawing(question: ReliabilityQuery, arrays: Arrays) -> Callable[[Span], list[BlockTotals]]:
    """A worker that draws runs: place p is a run of the focal firm p ÷ runs a question."""
    dice, own = restored(Dice, arrays, "dice."), restored(Own, arrays, "own.")
    held, focals = scratch(own.chance.size), arrays["focals"]
    each = runs(0, question)

    def take(span: Span) -> list[BlockTotals]:
        return [draw(dice, own, held, run(place)) for place in range(*span)]

    def run(place: int) -> Run:
        return each[place % len(each)]._replace(focal=int(focals[place // len(each)]))

    return take
