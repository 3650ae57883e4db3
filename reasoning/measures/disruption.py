"""M2 over a store: how probably a buyer's suppliers stop it, as an interval, and what each firm adds to that.

A firm is disrupted by itself with the chance of its own risks, and a disrupted supplier stops its customer with the
chance of their link. The interval is that of exposure: at its low end inferred links are left out and what is not known
of a firm is no risk; at its high end every link counts in full and what is not known is certain to happen.
"""

import hashlib
import math
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ontology.errors import NotConvergedError
from ontology.records import ClaimId, EvidenceId, NounId
from reasoning.core import reliability
from reasoning.core.network import Floats, network
from reasoning.core.reliability import Chances, Question, Sampler, chances, upper_bounds
from reasoning.core.reliability_kernel import Words
from reasoning.links import Link
from reasoning.risk import OwnRisk
from reasoning.snapshot import NO_LINKS, Snapshot
from reasoning.weights import CATEGORIES, UNKNOWN_HIGH, UNKNOWN_LOW, UNKNOWN_MIDDLE

LOW, MIDDLE, HIGH = range(3)
ENDS = (LOW, MIDDLE, HIGH)
CLOSENESS = 1e-12

Three = tuple[float, float, float]  # at the low end, in the middle, at the high end


@dataclass(frozen=True, slots=True)
class Terms:
    """What is declared where no claim says how far a stop of a supplier reaches its customer.

    Attributes:
        strikes: The chance that a risk of 1 stops a firm within the horizon of the risks; 1 reads them as chances.
        most: The chance that a supplier of the whole of an input stops its customer (t_max).
        substitutability: Which part of any input somebody else can deliver in time.
        worlds, seed: How many worlds the estimate is drawn from, and under which seed.
    """

    strikes: float = 1.0
    most: float = 1.0
    substitutability: float = 0.0
    worlds: int = 10_048
    seed: int = 0


DECLARED = Terms()


@dataclass(frozen=True, slots=True)
class OwnChance:
    """The chance that a firm is disrupted by itself.

    The categories are independent: any of them may. What is not known of a firm counts once, not once a category.

    Attributes:
        known: The own risks that count; a likelihood and severity are read as the chance of a stop.
        unknown: How many of the categories asked for nothing is known of.
    """

    firm: NounId
    known: tuple[OwnRisk, ...]
    unknown: int

    def chance(self, terms: Terms) -> Three:
        """At the low end, in the middle, at the high end."""
        missing = (UNKNOWN_LOW, UNKNOWN_MIDDLE, UNKNOWN_HIGH) if self.unknown else (0.0, 0.0, 0.0)
        risks = [(*(own.bounds[end] for own in self.known), missing[end]) for end in ENDS]
        safe = [math.prod(1 - terms.strikes * risk for risk in each) for each in risks]
        return 1 - safe[LOW], 1 - safe[MIDDLE], 1 - safe[HIGH]

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims of its risks, ascending."""
        return tuple(sorted({claim for own in self.known for claim in own.claims}))

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """Their evidence, ascending."""
        return tuple(sorted({one for own in self.known for one in own.evidence}))


@dataclass(frozen=True, slots=True)
class Input:
    """What a customer takes of one supplier: one essential product, or all that is not essential.

    Attributes:
        product: The essential product; "" for what is not essential.
        total: The weight of all that the customer buys of this product, or of everything where it is not essential.
    """

    product: str
    links: tuple[Link, ...]
    total: float

    def chance(self, terms: Terms) -> Three:
        """The chance that the supplier's stop stops the customer for want of it, at both ends and in the middle."""
        sums = [math.fsum(self._part(link, terms) * _belief(link)[end] for link in self.links) for end in ENDS]
        return min(1.0, sums[LOW]), min(1.0, sums[MIDDLE]), min(1.0, sums[HIGH])

    def _part(self, link: Link, terms: Terms) -> float:
        """What a claim says of the dependence, else t_max · share · (1 − substitutability)."""
        said = link.fact.number("dependencyWeight")
        if said is not None:
            return min(1.0, max(0.0, said)) * link.passes
        share = link.weight * link.passes / self.total if self.total > 0 else 0.0
        return terms.most * share * (1 - terms.substitutability)


@dataclass(frozen=True, slots=True)
class Bond:
    """All that a customer takes of a supplier: each input by itself may stop it."""

    supplier: NounId
    customer: NounId
    inputs: tuple[Input, ...]

    def chance(self, terms: Terms) -> Three:
        """The chance that the supplier's stop stops the customer."""
        each = [one.chance(terms) for one in self.inputs]
        low, middle, high = (1 - math.prod(1 - chance[end] for chance in each) for end in ENDS)
        return low, middle, high

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims of its links."""
        return tuple(claim for one in self.inputs for link in one.links for claim in link.claims)

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """Their evidence, ascending."""
        return tuple(sorted({found for one in self.inputs for link in one.links for found in link.evidence}))


@dataclass(frozen=True, slots=True)
class Way:
    """The most probable single way to be stopped: the buyer first, `chances` of each link, `own` of the last firm."""

    nouns: tuple[NounId, ...]
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
    way: Way
    estimate: float
    error: float
    interval: tuple[float, float]
    upper: float
    shares: tuple[tuple[NounId, float], ...]
    levels: Floats
    drawn: reliability.Disruption


@dataclass(frozen=True, slots=True, eq=False)
class Disruption:
    """How probably a buyer is stopped by its suppliers, and all that the numbers follow from.

    Attributes:
        category: The risk category that is asked about; "" for any of them.
        own: The buyer's network, the buyer first: each firm's own chance. The buyer's is not counted.
        bonds: Who can stop whom.
        low, middle, high: The numbers at both ends of the interval and between them.
    """

    buyer: NounId
    category: str
    revision: int
    terms: Terms
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
        return tuple(sorted({claim for cited in self._way() for claim in cited.claims}))

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """Their evidence, ascending."""
        return tuple(sorted({one for cited in self._way() for one in cited.evidence}))

    def _way(self) -> Iterator[Bond | OwnChance]:
        nouns = self.middle.way.nouns
        steps = set(zip(nouns[1:], nouns, strict=False))
        yield from (bond for bond in self.bonds if (bond.supplier, bond.customer) in steps)
        yield from (one for one in self.own if one.firm == nouns[-1] and one.firm != self.buyer)


class Disruptions:
    """M2 of one buyer, for any category; its network is made once."""

    def __init__(self, snapshot: Snapshot, buyer: NounId, *, terms: Terms = DECLARED, threads: int = 1) -> None:
        self._snapshot = snapshot
        self._terms = terms
        self._threads = threads
        self.buyer = snapshot.facts.of(buyer)
        self._firms, self._bonds = _upstream(snapshot, self.buyer)

    def of(self, category: str = "") -> Disruption:
        """The measure for one category, or for any of them.

        Raises:
            NotConvergedError: The upper bound was not reached.
        """
        own = tuple(_own(self._snapshot, firm, category) for firm in self._firms)
        ends = [self._chance(own, end) for end in ENDS]
        return Disruption(self.buyer, category, self._snapshot.revision, self._terms, own, self._bonds, *ends)

    def _chance(self, own: Sequence[OwnChance], end: int) -> Chance:
        arrays = _arrays(own, self._bonds, self._terms, end)
        try:
            levels = upper_bounds(arrays)
        except ArithmeticError as error:
            message = f"the disruption of {self.buyer} has no upper bound: {error}"
            raise NotConvergedError(message, fix="check the weights of its supply links") from error
        asked = Question(self._terms.worlds, self._terms.seed)
        drawn = Sampler(arrays, threads=self._threads).ask(0, asked)
        way = Way(
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
    snapshot: Snapshot, buyer: NounId, *, category: str = "", terms: Terms = DECLARED, threads: int = 1
) -> Disruption:
    """How probably a buyer's suppliers stop it, by one category (an id) or by any.

    Raises:
        NotConvergedError: The upper bound was not reached.
    """
    return Disruptions(snapshot, buyer, terms=terms, threads=threads).of(category)


def verify(found: Disruption) -> tuple[str, ...]:
    """What does not follow from the explanation: own risks, links, the way, the worlds and the bounds; else nothing."""
    return tuple(_faults(found))


def _faults(found: Disruption) -> Iterator[str]:
    for name, end, told in zip(("low", "middle", "high"), ENDS, found.ends, strict=True):
        arrays = _arrays(found.own, found.bonds, found.terms, end)
        faults = (*Sampler(arrays).faults(told.drawn), *_faults_of_end(found, told, arrays, end))
        yield from (f"{name}: {fault}" for fault in faults)
    if found.own[0].firm != found.buyer:
        yield "the buyer is not the first firm of its network"
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
    for supplier, customer, chance in zip(way.nouns[1:], way.nouns, way.chances, strict=False):
        bond = bonds.get((supplier, customer))
        if bond is None or bond.chance(found.terms)[end] != chance:
            yield f"the link from {supplier} to {customer} does not have the chance {chance!r}"
    last = own[way.nouns[-1]].chance(found.terms)[end] if way.nouns[-1] in own else 0.0
    if way.own != last or way.nouns[0] != found.buyer or abs(way.chance - told.lower) > CLOSENESS:
        yield f"the way over {' < '.join(way.nouns)} does not have the chance {told.lower!r}"


def _levels_once(arrays: Chances, levels: Floats) -> Floats:
    """The noisy-OR of each firm, given the levels of its suppliers: levels that it does not exceed are upper bounds."""
    safe = np.ones(arrays.net.size)
    np.multiply.at(safe, arrays.net.customer, 1 - arrays.stop * levels[arrays.net.supplier])
    raised: Floats = 1 - (1 - arrays.own) * safe
    return raised


def _ascending(numbers: Sequence[float]) -> bool:
    return all(one <= two + CLOSENESS for one, two in pairwise(numbers))


def _upstream(snapshot: Snapshot, buyer: NounId) -> tuple[tuple[NounId, ...], tuple[Bond, ...]]:
    """The buyer and the firms upstream of it, these ascending; and who supplies whom among them."""
    reached = {buyer}
    waiting = deque([buyer])
    while waiting:
        for link in snapshot.by_customer.get(waiting.popleft(), NO_LINKS):
            if link.supplier not in reached:
                reached.add(link.supplier)
                waiting.append(link.supplier)
    firms = (buyer, *sorted(reached - {buyer}))
    bonds = [bond for firm in firms for bond in _bonds(firm, snapshot.by_customer.get(firm, NO_LINKS))]
    return firms, tuple(bonds)


def _bonds(customer: NounId, links: Sequence[Link]) -> Iterator[Bond]:
    """What a customer takes of each of its suppliers, these ascending."""
    essential = {link.product for link in links if link.product and link.fact.qualifiers.get("essential") is True}
    groups: dict[tuple[NounId, str], list[Link]] = {}
    for link in links:
        groups.setdefault((link.supplier, link.product if link.product in essential else ""), []).append(link)
    totals = {kind: math.fsum(link.weight for link in links if link.product == kind) for kind in essential}
    totals[""] = math.fsum(link.weight for link in links)
    by_supplier: dict[NounId, list[Input]] = {}
    for (supplier, kind), held in sorted(groups.items()):
        by_supplier.setdefault(supplier, []).append(Input(kind, tuple(held), totals[kind]))
    for supplier, inputs in by_supplier.items():
        yield Bond(supplier, customer, tuple(inputs))


def _belief(link: Link) -> Three:
    """How far a link is there: at the low end, in the middle, at the high end."""
    return (0.0, link.fact.confidence, 1.0) if link.fact.inferred else (1.0, 1.0, 1.0)


def _own(snapshot: Snapshot, firm: NounId, category: str) -> OwnChance:
    asked = (NounId(category),) if category else CATEGORIES
    held: Mapping[NounId, OwnRisk] = snapshot.risks.of(firm)
    known = tuple(held[name] for name in asked if name in held)
    return OwnChance(firm, known, len(asked) - len(known))


def _arrays(own: Sequence[OwnChance], bonds: Sequence[Bond], terms: Terms, end: int) -> Chances:
    """The network for the core: the buyer is firm 0 and has no chance of its own."""
    index = {one.firm: place for place, one in enumerate(own)}
    rows = sorted((index[bond.customer], index[bond.supplier], bond.chance(terms)[end], _key(bond)) for bond in bonds)
    net = network(
        len(own), np.array([row[0] for row in rows], dtype=np.int64), np.array([row[1] for row in rows], dtype=np.int64)
    )
    chance = np.array([0.0, *(one.chance(terms)[end] for one in own[1:])])
    keys: Words = np.array([row[3] for row in rows], dtype=np.uint64)
    return chances(net, np.array([row[2] for row in rows], dtype=np.float64), chance, keys=keys)


def _key(bond: Bond) -> int:
    """A number that stays with a link whatever else is in the store, so that its draws do."""
    return int.from_bytes(hashlib.sha256(f"{bond.supplier}\n{bond.customer}".encode()).digest()[:8], "big")
