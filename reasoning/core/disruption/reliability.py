"""M2: the probability that a firm is disrupted, as three numbers, and what each firm upstream contributes to it.

Firm i is disrupted by itself with its own chance, and a disrupted supplier stops its customer with the chance of their
link, each independently of the others (a leaky noisy-OR). The exact probability is #P-hard. Given are the chance of
the best single path (never above it), the least fixed point of the noisy-OR (never below it), and an estimate with
its error from sampled worlds, exact in the own chances; within each world every firm's Shapley value is exact.
"""

import math
import queue
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from statistics import NormalDist

import numpy as np

from reasoning.core.disruption.best_paths import BestPath, Finder, path_fault, ways
from reasoning.core.disruption.best_paths_kernel import Goal, Ways
from reasoning.core.disruption.kernel import (
    WORLDS,
    Dice,
    Own,
    Quadrature,
    Reach,
    Run,
    Shares,
    Words,
    Worlds,
    climb,
    descend,
    sample,
)
from reasoning.core.execution.executor import read_only
from reasoning.core.graph.network import Floats, Integers, Network, reaching

CLOSENESS = 1e-12  # how near the Shapley values add up to the probability
SLACK = 1e-13  # how much an upper bound may be raised for what its sweeps leave out …
_SAFETY = 10  # … which is told from the last of them: so many times what they tell
_RUN = 40  # blocks that are summed together, in order: who sums them does not matter
_CUT = 40.0  # total risk from which on nothing above 5e-18 is left
_NODE_ERROR = 1e-15
_MOST_NODES = 48

Scratch = tuple[Reach, Worlds, Shares]


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """A network with the chance of each link to stop its customer and the own chance of each firm; made once, shared.

    `ways` and `dice` hold the links strongest first; `ceiling` is the greatest own chance.
    """

    net: Network
    stop: Floats
    own: Floats
    ways: Ways
    dice: Dice
    ceiling: float


@dataclass(frozen=True, slots=True)
class ReliabilityQuery:
    """How many worlds to draw (in blocks of 64), under which seed, and the firms that have another own chance in it.

    `instead` is a scenario: the firms of a site, region or sector that fails have the chance 1. The same seed draws the
    same worlds, so answers before and after a change can be compared world by world.
    """

    worlds: int = 10_048
    seed: int = 0
    instead: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class DisruptionEstimate:
    """The probability that a firm is disrupted, with its explanation.

    Attributes:
        lower: The chance of the single best path: the own chance of its last firm × the product of its links.
        estimate: The mean over the worlds, with its standard `error`; exact where no link is uncertain.
        firms, shares: Shapley values, greatest first, of all firms that contributed; they sum to the estimate.
        blocks: The mean of every 64 worlds.
        edges: How many links were looked at.
    """

    focal: int
    question: ReliabilityQuery
    lower: float
    path: BestPath
    estimate: float
    error: float
    firms: Integers
    shares: Floats
    blocks: Floats
    edges: int

    @property
    def worlds(self) -> int:
        """The worlds that were drawn."""
        return WORLDS * self.blocks.size

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """The confidence interval of the estimate, by the normal distribution, as far as it lies above the lower bound.

        Where all blocks agree, something was perhaps too rare to be drawn: it is as wide as for an event never seen.
        """
        deviations = NormalDist().inv_cdf((1 + confidence) / 2)
        drawn = deviations * self.error
        return self._around(drawn if self.error > CLOSENESS else self._unseen(deviations))

    def within(self, deviations: float) -> tuple[float, float]:
        """The interval of so many standard errors, always widened by what was perhaps too rare to be drawn."""
        return self._around(math.hypot(deviations * self.error, self._unseen(deviations)))

    def _unseen(self, deviations: float) -> float:
        return deviations**2 * max(self.estimate, 1 - self.estimate) / self.worlds

    def _around(self, half: float) -> tuple[float, float]:
        return max(min(self.lower, self.estimate), self.estimate - half), min(1.0, self.estimate + half)


@dataclass(frozen=True, slots=True, eq=False)
class BlockTotals:
    """What one run of blocks gave: shares summed over its worlds, the mean of each block, links seen."""

    firms: Integers
    shares: Floats
    block: Floats
    edges: int


class Sampler:
    """Answers about one network; with scratch for so many threads, none of which is made anew for a question."""

    def __init__(self, chances: Chances, *, threads: int = 1) -> None:
        self.chances = chances
        self._finder = Finder(chances.ways)
        self._threads = threads
        self._spare: queue.SimpleQueue[Scratch] = queue.SimpleQueue()
        for _ in range(threads):
            self._spare.put(scratch(chances.net.size))

    def ask(self, focal: int, question: ReliabilityQuery | None = None) -> DisruptionEstimate:
        """The probability that a firm is disrupted: the same answer for any number of threads.

        Raises:
            ValueError: A firm is not of this network, or a number of the question is out of range.
        """
        asked = ReliabilityQuery() if question is None else question
        return self.answer(focal, asked, self._sampled(runs(focal, asked), own_chances(self.chances, asked)))

    def answer(self, focal: int, asked: ReliabilityQuery, found: Iterable[BlockTotals]) -> DisruptionEstimate:
        """The answer to a question whose runs give these parts, in the order of the runs.

        Raises:
            ValueError: A firm is not of this network, or a number of the question is out of range.
        """
        own = own_chances(self.chances, asked)
        ceiling = max(self.chances.ceiling, float(own.instead.max(initial=0.0)))
        path, looked = self._finder.riskiest(focal, Goal(ceiling, *own))
        parts = list(found)
        blocks = np.concatenate([part.block for part in parts])
        firms, shares = _merged(parts, WORLDS * blocks.size)
        return DisruptionEstimate(
            focal=focal,
            question=asked,
            lower=path.product * _own_of(own, path.firms[-1]),
            path=path,
            estimate=math.fsum(blocks) / blocks.size,
            error=_standard_error(blocks),
            firms=firms,
            shares=shares,
            blocks=blocks,
            edges=looked + sum(part.edges for part in parts),
        )

    def faults(self, found: DisruptionEstimate) -> tuple[str, ...]:
        """What does not hold when an answer is recomputed from its explanation, and its worlds are drawn again."""
        own = own_chances(self.chances, found.question)
        again = self.ask(found.focal, found.question)
        checks = {
            path_fault(self.chances.net, self.chances.stop, found.path): False,
            "the lower bound is not the chance of its path": found.lower
            == found.path.product * _own_of(own, found.path.firms[-1]),
            "the Shapley values do not sum to the estimate": abs(math.fsum(found.shares) - found.estimate) <= CLOSENESS,
            "the lower bound is above the estimate by more than 4 errors": found.lower
            <= found.within(4)[1] + CLOSENESS,
            "the worlds give another estimate": again.estimate == found.estimate and again.error == found.error,
            "the worlds give other shares": bool(
                np.array_equal(again.firms, found.firms) and np.array_equal(again.shares, found.shares)
            ),
        }
        return tuple(why for why, holds in checks.items() if why and not holds)

    def _sampled(self, todo: list[Run], own: Own) -> Iterator[BlockTotals]:
        def take(run: Run) -> BlockTotals:
            scratch = self._spare.get()
            try:
                return draw(self.chances.dice, own, scratch, run)
            finally:
                self._spare.put(scratch)

        if self._threads == 1:
            yield from map(take, todo)
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                yield from pool.map(take, todo)


def chances(net: Network, stop: Floats, own: Floats, *, keys: Words | None = None) -> Chances:
    """A network with its chances, ready to be asked. A chance below 2^-63 is never drawn.

    `keys` names each link for its draws; by default its ends. Links of one key are live in the same worlds, so a key
    must stay with a link, and be of no other, wherever answers are to be compared.

    Raises:
        ValueError: A chance is missing or outside [0, 1], or a key comes twice.
    """
    if own.shape != (net.size,) or not np.all((own >= 0) & (own <= 1)):
        raise ValueError("every firm needs an own chance in [0, 1]")
    links, order = ways(net, stop)
    if keys is not None and (keys.shape != net.supplier.shape or np.unique(keys).size != keys.size):
        raise ValueError("every link needs a key of its own")
    ends = (net.customer << 32 | net.supplier).astype(np.uint64)
    draws = np.empty((net.supplier.size, 2), dtype=np.uint64)
    draws[:, 0] = (ends if keys is None else keys)[order]
    draws[:, 1] = _limits(links.factor)
    dice = Dice(read_only(links.start), read_only(links.supplier), read_only(draws))
    return Chances(net, stop, own, links, dice, float(own.max(initial=0.0)))


def own_chances(chances: Chances, question: ReliabilityQuery) -> Own:
    """The own chances as the question wants them.

    Raises:
        ValueError: There are no worlds, the seed is out of range, or the scenario has a firm or chance that cannot be.
    """
    if question.worlds < 1 or not 0 <= question.seed < 2**63:
        raise ValueError("a question needs worlds, and a seed of at least 0 and below 2^63")
    firms = np.array(sorted(question.instead), dtype=np.int64)
    instead = np.array([question.instead[firm] for firm in firms.tolist()], dtype=np.float64)
    if not np.all((firms >= 0) & (firms < chances.net.size) & (instead >= 0) & (instead <= 1)):
        raise ValueError(f"a scenario takes firms from 0 to {chances.net.size - 1} and chances in [0, 1]")
    return Own(chances.own, firms, instead)


def runs(focal: int, question: ReliabilityQuery) -> list[Run]:
    """The runs of blocks that answer a question; whoever does them, their parts are summed in this order."""
    blocks = -(-question.worlds // WORLDS)
    return [Run(focal, question.seed, first, min(_RUN, blocks - first)) for first in range(0, blocks, _RUN)]


def scratch(size: int) -> Scratch:
    """Scratch for one thread over a network of this size."""
    here, coming, seen, firms = np.empty((4, size), dtype=np.int32)
    sums, lengths = np.zeros((2, WORLDS)), np.zeros(WORLDS)
    counts = np.zeros((2, WORLDS), dtype=np.int64)
    worlds = Worlds(sums[0], sums[1], counts[0], counts[1], lengths, np.zeros((WORLDS, _MOST_NODES)))
    reach = Reach(np.zeros((size, 3), dtype=np.uint64), here, coming, seen, np.empty(size))
    return reach, worlds, Shares(np.zeros(size), firms, np.zeros(2, dtype=np.int64), np.zeros(0))


def draw(dice: Dice, own: Own, scratch: Scratch, run: Run) -> BlockTotals:
    """The part that a run gives; the scratch is clean before and after."""
    reach, worlds, shares = scratch
    here = shares._replace(block=np.zeros(run.blocks))
    sample(dice, Own(*map(read_only, own)), _quadrature(), (reach, worlds, here), run)
    firms = here.firms[: here.tally[0]].astype(np.int64)
    part = BlockTotals(firms, here.share[firms], here.block, int(here.tally[1]))
    here.share[firms] = 0.0
    return part


def upper_bounds(chances: Chances, own: Floats | None = None, *, sweeps: int = 1000) -> Floats:
    """For every firm the least fixed point of U_j = 1 − (1 − own_j) Π (1 − stop_ij U_i), at most 1e-13 above it.

    Disruptions are positively associated, so no probability exceeds it. It takes every link some ten times; `own`
    stands in for the own chances of a scenario.

    Where cycles hardly damp, the fixed point is not near after so many sweeps up. Then as many sweeps lead down from 1,
    for whoever has an own chance upstream: what they come to lies above the fixed point, perhaps by more.

    Raises:
        ValueError: An own chance is missing or outside [0, 1].
    """
    start = chances.own if own is None else own
    if start.shape != chances.own.shape or not np.all((start >= 0) & (start <= 1)):
        raise ValueError("every firm needs an own chance in [0, 1]")
    level = start.astype(np.float64)
    rule = sweeps, SLACK / _SAFETY
    _, left = climb(chances.dice, chances.ways.factor, start, level, rule)
    if left * _SAFETY > SLACK:
        level = reaching(chances.net, np.flatnonzero(start > 0)).astype(np.float64)
        descend(chances.dice, chances.ways.factor, start, level, rule)
        left = rule[1]  # for rounding
    return np.where(level > 0, np.minimum(1.0, level + _SAFETY * left), 0.0)


def shapley(own: Floats) -> Floats:
    """The Shapley values of "some firm of these is disrupted": exact, by ⌈n/2⌉ Gauss–Legendre nodes for n firms."""
    nodes, weights = _gauss((own.size + 1) // 2) if own.size else (np.zeros(0), np.zeros(0))
    safe = 1.0 - nodes[:, None] * own
    values: Floats = own * ((weights * safe.prod(axis=1)) @ (1.0 / safe))
    return values


def _merged(parts: Sequence[BlockTotals], worlds: int) -> tuple[Integers, Floats]:
    """Each firm's share of a world on average; greatest first, ties by number."""
    firms, place = np.unique(np.concatenate([part.firms for part in parts]), return_inverse=True)
    shares = np.bincount(place, np.concatenate([part.shares for part in parts]), minlength=firms.size) / worlds
    order = np.argsort(-shares, kind="stable")
    return firms[order], shares[order]


def _standard_error(blocks: Floats) -> float:
    """Of the mean over all blocks, which are drawn independently; with a single one, the most that it can be."""
    mean = math.fsum(blocks) / blocks.size
    if blocks.size == 1:
        return math.sqrt(mean * (1 - mean) / WORLDS)
    return math.sqrt(math.fsum((blocks - mean) ** 2) / (blocks.size - 1) / blocks.size)


def _own_of(own: Own, firm: int) -> float:
    place = int(np.searchsorted(own.given, firm))
    given = place < own.given.size and own.given[place] == firm
    return float(own.instead[place] if given else own.chance[firm])


def _limits(chance: Floats) -> Words:
    """The chance · 2^64 − 1 of each link; 0 where it is never live."""
    scaled = np.minimum(np.ldexp(chance, 64), math.nextafter(2.0**64, 0)).astype(np.uint64)
    limits = np.where(scaled > 0, scaled - (scaled > 0), 0)
    found: Words = np.where(chance >= 1, np.uint64(2**64 - 1), limits.astype(np.uint64))
    return found


@cache
def _quadrature() -> Quadrature:
    """The rules of 0 to 48 nodes, and up to which total risk each is within its error.

    By the error term of Gauss–Legendre, whose derivative is at most (total risk)^(2m+1) in sum over the firms, m nodes
    err by at most x^(2m+1) (m!)^4 / ((2m+1) (2m)!^3) for x = total risk × length of the interval.
    """
    nodes, weights = np.zeros((2, _MOST_NODES + 1, _MOST_NODES))
    holds = np.zeros(_MOST_NODES + 1)
    for count in range(1, _MOST_NODES + 1):
        nodes[count, :count], weights[count, :count] = _gauss(count)
        log = 4 * math.lgamma(count + 1) - math.log(2 * count + 1) - 3 * math.lgamma(2 * count + 1)
        holds[count] = math.exp((math.log(_NODE_ERROR) - log) / (2 * count + 1))
    return Quadrature(nodes, weights, holds, _CUT)


def _gauss(count: int) -> tuple[Floats, Floats]:
    """Gauss–Legendre on [0, 1]."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return (nodes + 1) / 2, weights / 2
