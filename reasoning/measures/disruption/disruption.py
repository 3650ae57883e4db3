"""M2 over a store: how probably a buyer's suppliers stop it, as an interval, and what each firm adds to that.

A firm is disrupted by itself with the chance of its own risks, and a disrupted supplier stops its customer with the
chance of their link. The interval is that of exposure: at its low end inferred links are left out and what is not known
of a firm is no risk; at its high end every link counts in full and what is not known is certain to happen.
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
    """The most probable single way to be stopped: the buyer first, `chances` of each link, `own` of the last firm."""

    entities: tuple[EntityId, ...]
    chances: tuple[float, ...]
    own: float

    @property
    def chance(self) -> float:
        """The chance that all of it happens: never above that of a disruption."""
        return math.prod(self.chances) * self.own


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """The probability of a disruption at one end of the interval, or in the middle: lower ≤ truth ≤ upper.

    Attributes:
        lower: The chance of `way`. upper: the least fixed point of the noisy-OR.
        estimate: The mean over the worlds, with its standard `error` and 95 % `interval`.
        shares: What each firm adds to the estimate: its Shapley value, greatest first; they sum to the estimate.
        levels: The upper bound of each firm of the network, in its order; they prove `upper`.
    """

    lower: float
    way: DisruptionPath
    estimate: float
    error: float
    interval: tuple[float, float]
    upper: float
    shares: tuple[tuple[EntityId, float], ...]
    levels: Floats
    drawn: reliability.DisruptionEstimate


@dataclass(frozen=True, slots=True, eq=False)
class Disruption:
    """How probably a buyer is stopped by its suppliers, and all that the numbers follow from.

    Attributes:
        category: The risk category that is asked about; "" for any of them.
        own: The buyer's network, the buyer first: each firm's own chance. The buyer's is not counted.
        bonds: Who can stop whom.
        low, middle, high: The numbers at both ends of the interval and between them.
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
        """The share of (firm, category) pairs of which something is known, every supplier counting alike."""
        asked = 1 if self.category else len(CATEGORIES)
        others = self.own[1:]
        return 1 - sum(one.unknown for one in others) / (asked * len(others)) if others else 1.0

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims of the most probable way: of its links, and of the own risks of its last firm."""
        return claims_of(self._way())

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """Their evidence, ascending."""
        return evidence_of(self._way())

    def _way(self) -> Iterator[Bond | OwnChance]:
        entities = self.middle.way.entities
        steps = set(zip(entities[1:], entities, strict=False))
        yield from (bond for bond in self.bonds if (bond.supplier, bond.customer) in steps)
        yield from (one for one in self.own if one.firm == entities[-1] and one.firm != self.buyer)


class Disruptions:
    """M2 of one buyer, for any category; its network is made once."""

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
        asked = ReliabilityQuery(self._terms.worlds, self._terms.seed)
        drawn = Sampler(arrays, threads=self._threads).estimate(0, asked)
        way = DisruptionPath(
            tuple(self._firms[place] for place in drawn.path.firms),
            drawn.path.factors,
            float(arrays.own[drawn.path.firms[-1]]),
        )
        shares = zip((self._firms[place] for place in drawn.firms.tolist()), drawn.shares.tolist(), strict=True)
        return Chance(
            lower=drawn.lower,
            way=way,
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
    """How probably a buyer's suppliers stop it, by one category (an id) or by any."""
    return Disruptions(snapshot, buyer, terms=terms, threads=threads).of(category)


def verify(found: Disruption) -> tuple[str, ...]:
    """What does not follow from the explanation: own risks, links, the way, the worlds and the bounds; else nothing."""
    return tuple(_faults(found))


def _faults(found: Disruption) -> Iterator[str]:
    firms = {one.firm for one in found.own}
    if found.own[0].firm != found.buyer or any({bond.supplier, bond.customer} - firms for bond in found.bonds):
        yield "the network does not begin with the buyer, or a link leads out of it"
        return
    made = arrays_of(found.own, found.bonds, found.terms)
    for name, end, told, arrays in zip(("low", "middle", "high"), ENDS, found.ends, made, strict=True):
        faults = (*Sampler(arrays).faults(told.drawn), *_faults_of_end(found, told, arrays, end))
        yield from (f"{name}: {fault}" for fault in faults)
    estimates = [told.estimate for told in found.ends]
    if not _ascending(estimates):
        yield f"the estimates {estimates} do not ascend from the low to the high end"


def _faults_of_end(found: Disruption, told: Chance, arrays: Chances, end: int) -> Iterator[str]:
    if abs(math.fsum(share for _, share in told.shares) - told.estimate) > CLOSENESS:
        yield "what the firms add does not sum to the estimate"
    if told.estimate != told.drawn.estimate or told.error != told.drawn.error:
        yield "the estimate is not that of the worlds"
    yield from _faults_of_way(found, told, end)
    again = _levels_once(arrays, told.levels)
    if np.any(again > told.levels + CLOSENESS) or told.upper != told.levels[0]:
        yield "the upper bound does not follow from those of the suppliers"
    low, high = told.drawn.within(4)
    if told.lower > high + CLOSENESS or told.upper < low - CLOSENESS:
        yield "the estimate is outside its bounds by more than 4 errors"


def _faults_of_way(found: Disruption, told: Chance, end: int) -> Iterator[str]:
    bonds = {(bond.supplier, bond.customer): bond for bond in found.bonds}
    own = {one.firm: one for one in found.own[1:]}
    way = told.way
    for supplier, customer, chance in zip(way.entities[1:], way.entities, way.chances, strict=False):
        bond = bonds.get((supplier, customer))
        if bond is None or bond.chance(found.terms)[end] != chance:
            yield f"the link from {supplier} to {customer} does not have the chance {chance!r}"
    last = own[way.entities[-1]].chance(found.terms)[end] if way.entities[-1] in own else 0.0
    if way.own != last or way.entities[0] != found.buyer or abs(way.chance - told.lower) > CLOSENESS:
        yield f"the way over {' < '.join(way.entities)} does not have the chance {told.lower!r}"


def _levels_once(arrays: Chances, levels: Floats) -> Floats:
    """The noisy-OR of each firm, given the levels of its suppliers: levels that it does not exceed are upper bounds."""
    safe = np.ones(arrays.net.size)
    np.multiply.at(safe, arrays.net.customer, 1 - arrays.stop * levels[arrays.net.supplier])
    raised: Floats = 1 - (1 - arrays.own) * safe
    return raised


def _ascending(numbers: Sequence[float]) -> bool:
    return all(one <= two + CLOSENESS for one, two in pairwise(numbers))
