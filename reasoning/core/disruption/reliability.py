"""M2: the probability that a firm is disrupted, as three figures, and what each firm upstream contributes to it.

Firm i is disrupted by itself with its own probability. A disrupted supplier stops its customer with the probability of
their link. All these events are independent (a leaky noisy-OR). The exact probability is #P-hard. Two bounds are given:
the probability of the best single path from below, and the least fixed point of the noisy-OR from above. The third
figure is a sampled estimate with its error. It is exact in the own probabilities, and every firm's Shapley value is
exact within each world.
"""

import math
import queue
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np

from reasoning.core.disruption.best_paths import BestPath, Finder, path_fault, ranked_links
from reasoning.core.disruption.best_paths_kernel import Goal, RankedLinks
from reasoning.core.disruption.kernel import (
    WORLDS,
    Own,
    Reach,
    Run,
    Shares,
    Trials,
    Words,
    Worlds,
    climb,
    descend,
    sample,
)
from reasoning.core.disruption.quadrature import MOST_NODES, gauss_legendre, rules
from reasoning.core.execution.executor import read_only
from reasoning.core.graph.network import Floats, Integers, Network, reaching

CLOSENESS = 1e-12  # how closely the Shapley values add up to the probability
SLACK = 1e-13  # how much an upper bound may be raised for the rest that its sweeps leave …
_SAFETY = 10  # … which is estimated from the last sweeps and multiplied by this
_RUN = 40  # blocks of a run, which are summed in order

Scratch = tuple[Reach, Worlds, Shares]


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """A network with its probabilities, built once and shared by all queries.

    Attributes:
        net: The network.
        stop: By edge, the probability that a disrupted supplier stops its customer.
        own: By firm, its own probability of disruption.
        links: The links, strongest first.
        trials: The trials of these links, in the same order.
        ceiling: The greatest own probability.
    """

    net: Network
    stop: Floats
    own: Floats
    links: RankedLinks
    trials: Trials
    ceiling: float


@dataclass(frozen=True, slots=True)
class ReliabilityQuery:
    """How to sample: the number of worlds, the seed and a scenario.

    The same seed draws the same worlds, so results before and after a change can be compared world by world.

    Attributes:
        worlds: How many worlds, rounded up to blocks of 64.
        seed: From 0 to 2^63 − 1.
        instead: The scenario: own probabilities by firm; 1 for each firm of a site, region or sector that fails.
    """

    worlds: int = 10_048
    seed: int = 0
    instead: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class DisruptionEstimate:
    """The probability that a firm is disrupted, with its explanation.

    Attributes:
        focal: The firm.
        query: The query.
        lower: The probability of the best single path: own probability of its last firm × product of its links.
        path: That path.
        estimate: The mean over the worlds; exact where no link is uncertain.
        error: Its standard error.
        firms: The firms that contribute, greatest share first.
        shares: Their Shapley values, which sum to the estimate.
        blocks: The mean of each block of 64 worlds.
        edges: How many links were visited.
    """

    focal: int
    query: ReliabilityQuery
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
        """How many worlds were drawn."""
        return WORLDS * self.blocks.size

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """The normal confidence interval of the estimate, cut at the lower bound and at 1.

        Where all blocks agree, an event may have been too rare to be drawn. Then the interval is as wide as for an
        event that was never seen.

        Args:
            confidence: The level of confidence, in (0, 1).
        """
        deviations = NormalDist().inv_cdf((1 + confidence) / 2)
        drawn = deviations * self.error
        return self._around(drawn if self.error > CLOSENESS else self._unseen(deviations))

    def within(self, deviations: float) -> tuple[float, float]:
        """The interval of so many standard errors, always widened for events too rare to be drawn."""
        return self._around(math.hypot(deviations * self.error, self._unseen(deviations)))

    def _unseen(self, deviations: float) -> float:
        return deviations**2 * max(self.estimate, 1 - self.estimate) / self.worlds

    def _around(self, half: float) -> tuple[float, float]:
        return max(min(self.lower, self.estimate), self.estimate - half), min(1.0, self.estimate + half)


@dataclass(frozen=True, slots=True, eq=False)
class BlockTotals:
    """The result of one run: shares summed over its worlds, the mean of each block, links visited."""

    firms: Integers
    shares: Floats
    block: Floats
    edges: int


class Sampler:
    """Estimates over one network. Each thread has scratch of its own, which every query reuses.

    Args:
        chances: The network and its probabilities.
        threads: How many threads sample.
    """

    def __init__(self, chances: Chances, *, threads: int = 1) -> None:
        self.chances = chances
        self._finder = Finder(chances.links)
        self._threads = threads
        self._spare: queue.SimpleQueue[Scratch] = queue.SimpleQueue()
        for _ in range(threads):
            self._spare.put(scratch(chances.net.size))

    def estimate(self, focal: int, query: ReliabilityQuery | None = None) -> DisruptionEstimate:
        """The probability that a firm is disrupted; the same for any number of threads.

        Args:
            focal: The firm.
            query: How to sample; by default `ReliabilityQuery()`.

        Raises:
            ValueError: A firm is not in this network, or a figure of the query is out of range.
        """
        query = ReliabilityQuery() if query is None else query
        return self.combine(focal, query, self._sampled(runs(focal, query), own_chances(self.chances, query)))

    def combine(self, focal: int, query: ReliabilityQuery, found: Iterable[BlockTotals]) -> DisruptionEstimate:
        """The estimate from the results of the query's runs.

        Args:
            focal: The firm.
            query: The query.
            found: The result of each run, in the order of `runs`.

        Raises:
            ValueError: A firm is not in this network, or a figure of the query is out of range.
        """
        own = own_chances(self.chances, query)
        ceiling = max(self.chances.ceiling, float(own.instead.max(initial=0.0)))
        path, looked = self._finder.riskiest(focal, Goal(ceiling, *own))
        parts = list(found)
        blocks = np.concatenate([part.block for part in parts])
        firms, shares = _merged(parts, WORLDS * blocks.size)
        return DisruptionEstimate(
            focal=focal,
            query=query,
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
        """What does not hold when an estimate is recomputed from its explanation and its worlds are drawn again."""
        own = own_chances(self.chances, found.query)
        again = self.estimate(found.focal, found.query)
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
                return draw(self.chances.trials, own, scratch, run)
            finally:
                self._spare.put(scratch)

        if self._threads == 1:
            yield from map(take, todo)
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                yield from pool.map(take, todo)


def chances(net: Network, stop: Floats, own: Floats, *, keys: Words | None = None) -> Chances:
    """Prepare a network with its probabilities. A probability below 2^-63 counts as 0 in draws.

    Args:
        net: The network of n firms.
        stop: By edge, the probability that a disrupted supplier stops its customer.
        own: By firm, its own probability of disruption.
        keys: By edge, the name of the link in its draws; by default its ends. A link must keep its key wherever
            estimates
        are compared, because links with one key are live in the same worlds.

    Raises:
        ValueError: A probability is missing or outside [0, 1], or a key occurs twice.
    """
    if own.shape != (net.size,) or not np.all((own >= 0) & (own <= 1)):
        raise ValueError("every firm needs an own chance in [0, 1]")
    links, order = ranked_links(net, stop)
    if keys is not None and (keys.shape != net.supplier.shape or np.unique(keys).size != keys.size):
        raise ValueError("every link needs a key of its own")
    ends = (net.customer << 32 | net.supplier).astype(np.uint64)
    draws = np.empty((net.supplier.size, 2), dtype=np.uint64)
    draws[:, 0] = (ends if keys is None else keys)[order]
    draws[:, 1] = _limits(links.factor)
    trials = Trials(read_only(links.start), read_only(links.supplier), read_only(draws))
    return Chances(net, stop, own, links, trials, float(own.max(initial=0.0)))


def own_chances(chances: Chances, query: ReliabilityQuery) -> Own:
    """The own probabilities in the scenario of a query.

    Raises:
        ValueError: There are no worlds, the seed is out of range, or the scenario has an unknown firm or no
            probability.
    """
    if query.worlds < 1 or not 0 <= query.seed < 2**63:
        raise ValueError("a query needs 1 or more worlds, and a seed of at least 0 and below 2^63")
    firms = np.array(sorted(query.instead), dtype=np.int64)
    instead = np.array([query.instead[firm] for firm in firms.tolist()], dtype=np.float64)
    if not np.all((firms >= 0) & (firms < chances.net.size) & (instead >= 0) & (instead <= 1)):
        raise ValueError(f"a scenario takes firms from 0 to {chances.net.size - 1} and chances in [0, 1]")
    return Own(chances.own, firms, instead)


def runs(focal: int, query: ReliabilityQuery) -> list[Run]:
    """The runs of blocks of a query. Their results are summed in this order, whoever samples them."""
    blocks = -(-query.worlds // WORLDS)
    return [Run(focal, query.seed, first, min(_RUN, blocks - first)) for first in range(0, blocks, _RUN)]


def scratch(size: int) -> Scratch:
    """Scratch of one thread for a network of `size` firms."""
    here, coming, seen, firms = np.empty((4, size), dtype=np.int32)
    sums, lengths = np.zeros((2, WORLDS)), np.zeros(WORLDS)
    counts = np.zeros((2, WORLDS), dtype=np.int64)
    worlds = Worlds(sums[0], sums[1], counts[0], counts[1], lengths, np.zeros((WORLDS, MOST_NODES)))
    reach = Reach(np.zeros((size, 3), dtype=np.uint64), here, coming, seen, np.empty(size))
    return reach, worlds, Shares(np.zeros(size), firms, np.zeros(2, dtype=np.int64), np.zeros(0))


def draw(trials: Trials, own: Own, scratch: Scratch, run: Run) -> BlockTotals:
    """Sample one run.

    Args:
        trials: The links.
        own: The own probabilities.
        scratch: Of one thread; clean before and after.
        run: The blocks to sample.
    """
    reach, worlds, shares = scratch
    here = shares._replace(block=np.zeros(run.blocks))
    sample(trials, Own(*map(read_only, own)), rules(), (reach, worlds, here), run)
    firms = here.firms[: here.tally[0]].astype(np.int64)
    part = BlockTotals(firms, here.share[firms], here.block, int(here.tally[1]))
    here.share[firms] = 0.0
    return part


def upper_bounds(chances: Chances, own: Floats | None = None, *, sweeps: int = 1000) -> Floats:
    """For every firm the least fixed point of U_j = 1 − (1 − own_j) Π (1 − stop_ij U_i), at most 1e-13 above it.

    Disruptions are positively associated, so no probability exceeds U. Some ten sweeps over all links suffice.

    Where cycles hardly damp, the sweeps upwards do not come near the fixed point. Then as many sweeps lead downwards,
    from 1 for each firm with a risk upstream. They end above the fixed point, perhaps by more than 1e-13.

    Args:
        chances: The network and its probabilities.
        own: The own probabilities of a scenario; by default those of the network.
        sweeps: The most sweeps in each direction.

    Raises:
        ValueError: An own probability is missing or outside [0, 1].
    """
    start = chances.own if own is None else own
    if start.shape != chances.own.shape or not np.all((start >= 0) & (start <= 1)):
        raise ValueError("every firm needs an own chance in [0, 1]")
    level = start.astype(np.float64)
    rule = sweeps, SLACK / _SAFETY
    _, left = climb(chances.trials, chances.links.factor, start, level, rule)
    if left * _SAFETY > SLACK:
        level = reaching(chances.net, np.flatnonzero(start > 0)).astype(np.float64)
        descend(chances.trials, chances.links.factor, start, level, rule)
        left = rule[1]  # allows for rounding
    return np.where(level > 0, np.minimum(1.0, level + _SAFETY * left), 0.0)


def shapley(own: Floats) -> Floats:
    """The exact Shapley values of the event "some firm is disrupted", by ⌈n/2⌉ Gauss–Legendre nodes for n firms.

    Args:
        own: By firm, its own probability of disruption.

    Returns:
        n figures, which sum to 1 − Π (1 − own).
    """
    nodes, weights = gauss_legendre((own.size + 1) // 2) if own.size else (np.zeros(0), np.zeros(0))
    safe = 1.0 - nodes[:, None] * own
    values: Floats = own * ((weights * safe.prod(axis=1)) @ (1.0 / safe))
    return values


def _merged(parts: Sequence[BlockTotals], worlds: int) -> tuple[Integers, Floats]:
    """Each firm's mean share in a world; greatest first, ties by number."""
    firms, place = np.unique(np.concatenate([part.firms for part in parts]), return_inverse=True)
    shares = np.bincount(place, np.concatenate([part.shares for part in parts]), minlength=firms.size) / worlds
    order = np.argsort(-shares, kind="stable")
    return firms[order], shares[order]


def _standard_error(blocks: Floats) -> float:
    """The standard error of the mean over independent blocks; the greatest possible one for a single block."""
    mean = math.fsum(blocks) / blocks.size
    if blocks.size == 1:
        return math.sqrt(mean * (1 - mean) / WORLDS)
    return math.sqrt(math.fsum((blocks - mean) ** 2) / (blocks.size - 1) / blocks.size)


def _own_of(own: Own, firm: int) -> float:
    place = int(np.searchsorted(own.given, firm))
    given = place < own.given.size and own.given[place] == firm
    return float(own.instead[place] if given else own.chance[firm])


def _limits(chance: Floats) -> Words:
    """The probability · 2^64 − 1 of each link; 0 where it is never live."""
    scaled = np.minimum(np.ldexp(chance, 64), math.nextafter(2.0**64, 0)).astype(np.uint64)
    limits = np.where(scaled > 0, scaled - (scaled > 0), 0)
    found: Words = np.where(chance >= 1, np.uint64(2**64 - 1), limits.astype(np.uint64))
    return found
