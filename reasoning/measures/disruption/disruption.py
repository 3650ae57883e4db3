"""M2 over a store: the probability that suppliers stop a buyer, as an interval, and the contribution of each firm.

A firm is disrupted by itself with the probability of its own risks. A disrupted supplier stops its customer with the
probability of their link. The interval is that of exposure. Its low end leaves out inferred links, and unknown risk is
no risk. Its high end counts every link in full, and unknown risk is certain to happen.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ontology.records import ClaimId, EntityId, EvidenceId
from reasoning.core.disruption import reliability
from reasoning.core.disruption.reliability import Chances, ReliabilityQuery, Sampler, upper_bounds
from reasoning.core.graph.network import Floats
from reasoning.exposure.snapshot import Snapshot
from reasoning.measures.disruption.network import (
    DECLARED,
    ENDS,
    Bond,
    DisruptionTerms,
    OwnChance,
    arrays_of,
    own_chance,
    upstream,
)
from reasoning.network.citations import claims_of, evidence_of
from reasoning.risk.weights import CATEGORIES

CLOSENESS = 1e-12


@dataclass(frozen=True, slots=True)
class DisruptionPath:
    """The most probable single path of a disruption to the buyer.

    Attributes:
        entities: The firms, the buyer first.
        chances: The probability of each link.
        own: The own probability of the last firm.
    """

    entities: tuple[EntityId, ...]
    chances: tuple[float, ...]
    own: float

    @property
    def chance(self) -> float:
        """The probability of the whole path: a lower bound on that of a disruption."""
        return math.prod(self.chances) * self.own


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """The probability of a disruption at one end of the interval or in the middle: lower ≤ truth ≤ upper.

    Attributes:
        lower: The probability of `path`.
        path: The most probable single path.
        estimate: The mean over the sampled worlds.
        error: Its standard error.
        interval: Its 95 % confidence interval.
        upper: The least fixed point of the noisy-OR.
        shares: Each firm's Shapley value, greatest first; they sum to the estimate.
        levels: The upper bound of each firm of the network, in its order; they prove `upper`.
        drawn: The sampled estimate of the core.
    """

    lower: float
    path: DisruptionPath
    estimate: float
    error: float
    interval: tuple[float, float]
    upper: float
    shares: tuple[tuple[EntityId, float], ...]
    levels: Floats
    drawn: reliability.DisruptionEstimate


@dataclass(frozen=True, slots=True, eq=False)
class Disruption:
    """The probability that suppliers stop a buyer, with all that the figures follow from.

    Attributes:
        buyer: The buyer.
        category: The risk category; "" for any of them.
        revision: The store's revision.
        terms: The parameters.
        own: The own probability of each firm of the buyer's network, the buyer first. The buyer's does not count.
        bonds: Which supplier can stop which customer.
        low: The figures at the low end of the interval.
        middle: The figures of the estimate.
        high: The figures at the high end.
    """

    buyer: EntityId
    category: str
    revision: int
    terms: DisruptionTerms
    own: tuple[OwnChance, ...]
    bonds: tuple[Bond, ...]
    low: Chance
    middle: Chance
    high: Chance

    @property
    def ends(self) -> tuple[Chance, Chance, Chance]:
        """Low, middle and high."""
        return self.low, self.middle, self.high

    @property
    def coverage(self) -> float:
        """The share of (firm, category) pairs with known risk, with equal weight for every supplier."""
        categories = 1 if self.category else len(CATEGORIES)
        others = self.own[1:]
        return 1 - sum(one.unknown for one in others) / (categories * len(others)) if others else 1.0

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims of the most probable path: of its links, and of the own risks of its last firm."""
        return claims_of(self._path())

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """The evidence of these claims, ascending."""
        return evidence_of(self._path())

    def _path(self) -> Iterator[Bond | OwnChance]:
        entities = self.middle.path.entities
        steps = set(zip(entities[1:], entities, strict=False))
        yield from (bond for bond in self.bonds if (bond.supplier, bond.customer) in steps)
        yield from (one for one in self.own if one.firm == entities[-1] and one.firm != self.buyer)


class Disruptions:
    """M2 of one buyer, for any category; its network is built once.

    Args:
        snapshot: The links and risks.
        buyer: The buyer.
        terms: The parameters.
        threads: How many threads sample.
    """

    def __init__(
        self, snapshot: Snapshot, buyer: EntityId, *, terms: DisruptionTerms = DECLARED, threads: int = 1
    ) -> None:
        self._snapshot = snapshot
        self._terms = terms
        self._threads = threads
        self.buyer = snapshot.facts.of(buyer)
        self._firms, self._bonds = upstream(snapshot, self.buyer)

    def of(self, category: str = "") -> Disruption:
        """The measure for one category, or for any of them."""
        own = tuple(own_chance(self._snapshot, firm, category) for firm in self._firms)
        ends = [self._chance(arrays) for arrays in arrays_of(own, self._bonds, self._terms)]
        return Disruption(self.buyer, category, self._snapshot.revision, self._terms, own, self._bonds, *ends)

    def _chance(self, arrays: Chances) -> Chance:
        levels = upper_bounds(arrays)
        query = ReliabilityQuery(self._terms.worlds, self._terms.seed)
        drawn = Sampler(arrays, threads=self._threads).estimate(0, query)
        path = DisruptionPath(
            tuple(self._firms[place] for place in drawn.path.firms),
            drawn.path.factors,
            float(arrays.own[drawn.path.firms[-1]]),
        )
        shares = zip((self._firms[place] for place in drawn.firms.tolist()), drawn.shares.tolist(), strict=True)
        return Chance(
            lower=drawn.lower,
            path=path,
            estimate=drawn.estimate,
            error=drawn.error,
            interval=drawn.interval(),
            upper=float(levels[0]),
            shares=tuple(shares),
            levels=levels,
            drawn=drawn,
        )


def measure(
    snapshot: Snapshot, buyer: EntityId, *, category: str = "", terms: DisruptionTerms = DECLARED, threads: int = 1
) -> Disruption:
    """The probability that suppliers stop a buyer.

    Args:
        snapshot: The links and risks.
        buyer: The buyer.
        category: The id of a risk category; "" for any of them.
        terms: The parameters.
        threads: How many threads sample.
    """
    return Disruptions(snapshot, buyer, terms=terms, threads=threads).of(category)


def verify(found: Disruption) -> tuple[str, ...]:
    """What does not follow from the explanation: own risks, links, path, worlds and bounds; empty if all does."""
    return tuple(_faults(found))


def _faults(found: Disruption) -> Iterator[str]:
    firms = {one.firm for one in found.own}
    if found.own[0].firm != found.buyer or any({bond.supplier, bond.customer} - firms for bond in found.bonds):
        yield "the network does not begin with the buyer, or a link leads out of it"
        return
    made = arrays_of(found.own, found.bonds, found.terms)
    for name, end, stated, arrays in zip(("low", "middle", "high"), ENDS, found.ends, made, strict=True):
        faults = (*Sampler(arrays).faults(stated.drawn), *_faults_of_end(found, stated, arrays, end))
        yield from (f"{name}: {fault}" for fault in faults)
    estimates = [stated.estimate for stated in found.ends]
    if not _ascending(estimates):
        yield f"the estimates {estimates} do not ascend from the low to the high end"


def _faults_of_end(found: Disruption, stated: Chance, arrays: Chances, end: int) -> Iterator[str]:
    if abs(math.fsum(share for _, share in stated.shares) - stated.estimate) > CLOSENESS:
        yield "the shares of the firms do not sum to the estimate"
    if stated.estimate != stated.drawn.estimate or stated.error != stated.drawn.error:
        yield "the estimate is not that of the worlds"
    yield from _faults_of_path(found, stated, end)
    again = _levels_once(arrays, stated.levels)
    if np.any(again > stated.levels + CLOSENESS) or stated.upper != stated.levels[0]:
        yield "the upper bound does not follow from those of the suppliers"
    low, high = stated.drawn.within(4)
    if stated.lower > high + CLOSENESS or stated.upper < low - CLOSENESS:
        yield "the estimate is outside its bounds by more than 4 errors"


def _faults_of_path(found: Disruption, stated: Chance, end: int) -> Iterator[str]:
    bonds = {(bond.supplier, bond.customer): bond for bond in found.bonds}
    own = {one.firm: one for one in found.own[1:]}
    path = stated.path
    for supplier, customer, chance in zip(path.entities[1:], path.entities, path.chances, strict=False):
        bond = bonds.get((supplier, customer))
        if bond is None or bond.chance(found.terms)[end] != chance:
            yield f"the link from {supplier} to {customer} does not have the chance {chance!r}"
    last = own[path.entities[-1]].chance(found.terms)[end] if path.entities[-1] in own else 0.0
    if path.own != last or path.entities[0] != found.buyer or abs(path.chance - stated.lower) > CLOSENESS:
        yield f"the path over {' < '.join(path.entities)} does not have the chance {stated.lower!r}"


def _levels_once(arrays: Chances, levels: Floats) -> Floats:
    """The noisy-OR of each firm at its suppliers' levels; levels that are not below it are upper bounds."""
    safe = np.ones(arrays.net.size)
    np.multiply.at(safe, arrays.net.customer, 1 - arrays.stop * levels[arrays.net.supplier])
    raised: Floats = 1 - (1 - arrays.own) * safe
    return raised


def _ascending(numbers: Sequence[float]) -> bool:
    return all(one <= two + CLOSENESS for one, two in pairwise(numbers))
