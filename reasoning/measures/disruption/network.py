"""The network that M2 is asked of: each firm's own chance, and the chance of each link to stop its customer."""

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ontology.errors import InputError
from ontology.records import ClaimId, EntityId, EvidenceId
from reasoning.core.disruption.kernel import Words
from reasoning.core.disruption.reliability import Chances, chances
from reasoning.core.graph.network import network
from reasoning.exposure.snapshot import NO_LINKS, Snapshot
from reasoning.network.citations import claims_along, claims_of, evidence_of
from reasoning.network.deliveries import weight_of
from reasoning.network.links import Link
from reasoning.risk.own_risk import OwnRisk
from reasoning.risk.weights import CATEGORIES, UNKNOWN

LOW, MIDDLE, HIGH = range(3)
ENDS = (LOW, MIDDLE, HIGH)
Three = tuple[float, float, float]  # at the low end, in the middle, at the high end


@dataclass(frozen=True, slots=True)
class DisruptionTerms:
    """What is declared where no claim says how far a stop of a supplier reaches its customer.

    Raises:
        InputError: The stop probability is not from 0 to 1.

    Attributes:
        stop_probability: The probability that a risk of 1 stops a firm within the horizon of the risks, from 0 to 1; 1
            reads risks as probabilities.
        most: The chance that a supplier of the whole of an input stops its customer (t_max).
        substitutability: Which part of any input somebody else can deliver in time.
        worlds, seed: How many worlds the estimate is drawn from, and under which seed.
    """

    stop_probability: float = 1.0
    most: float = 1.0
    substitutability: float = 0.0
    worlds: int = 10_048
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.stop_probability <= 1:
            raise InputError(f"{self.stop_probability} is no stop probability", fix="give a number from 0 to 1")


DECLARED = DisruptionTerms()


@dataclass(frozen=True, slots=True)
class OwnChance:
    """The chance that a firm is disrupted by itself.

    The categories are independent: any of them may. What is not known of a firm counts once, not once a category.

    Attributes:
        known: The own risks that count; a likelihood and severity are read as the chance of a stop.
        unknown: How many of the categories asked for nothing is known of.
    """

    firm: EntityId
    known: tuple[OwnRisk, ...]
    unknown: int

    def chance(self, terms: DisruptionTerms) -> Three:
        """At the low end, in the middle, at the high end."""
        missing = UNKNOWN if self.unknown else (0.0, 0.0, 0.0)
        risks = [(*(own.bounds[end] for own in self.known), missing[end]) for end in ENDS]
        low, middle, high = (any_of([terms.stop_probability * risk for risk in each]) for each in risks)
        return low, middle, high

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims of its risks, ascending."""
        return claims_of(self.known)

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """Their evidence, ascending."""
        return evidence_of(self.known)


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

    def chance(self, terms: DisruptionTerms) -> Three:
        """The chance that the supplier's stop stops the customer for want of it, at both ends and in the middle."""
        sums = [math.fsum(self._part(link, terms) * link.belief[end] for link in self.links) for end in ENDS]
        return min(1.0, sums[LOW]), min(1.0, sums[MIDDLE]), min(1.0, sums[HIGH])

    def _part(self, link: Link, terms: DisruptionTerms) -> float:
        """What a claim says of the dependence, else t_max · share · (1 − substitutability)."""
        said = link.fact.number("dependencyWeight")
        if said is not None:
            return min(1.0, max(0.0, said)) * link.passes
        share = link.weight * link.passes / self.total if self.total > 0 else 0.0
        return terms.most * share * (1 - terms.substitutability)


@dataclass(frozen=True, slots=True)
class Bond:
    """All that a customer takes of a supplier: each input by itself may stop it."""

    supplier: EntityId
    customer: EntityId
    inputs: tuple[Input, ...]

    def chance(self, terms: DisruptionTerms) -> Three:
        """The chance that the supplier's stop stops the customer."""
        each = [one.chance(terms) for one in self.inputs]
        low, middle, high = (any_of([chance[end] for chance in each]) for end in ENDS)
        return low, middle, high

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims of its links."""
        return claims_along(self._links())

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """Their evidence, ascending."""
        return evidence_of(self._links())

    def _links(self) -> Iterator[Link]:
        return (link for one in self.inputs for link in one.links)


def any_of(chances_of_each: Sequence[float]) -> float:
    """The chance that at least one of several independent things happens; precise for small ones too."""
    some = [chance for chance in chances_of_each if chance > 0]
    if len(some) < 2 or max(some) >= 1:
        return max(some, default=0.0)
    return -math.expm1(math.fsum(math.log1p(-chance) for chance in some))


def upstream(snapshot: Snapshot, buyer: EntityId) -> tuple[tuple[EntityId, ...], tuple[Bond, ...]]:
    """The buyer and the firms upstream of it, these ascending; and who supplies whom among them."""
    firms = (buyer, *sorted(snapshot.upstream(buyer)))
    bonds = [bond for firm in firms for bond in _bonds(firm, snapshot.by_customer.get(firm, NO_LINKS))]
    return firms, tuple(bonds)


def _bonds(customer: EntityId, links: Sequence[Link]) -> Iterator[Bond]:
    """What a customer takes of each of its suppliers, these ascending."""
    essential = {link.product for link in links if link.product and link.is_essential}
    groups: dict[tuple[EntityId, str], list[Link]] = {}
    for link in links:
        groups.setdefault((link.supplier, link.product if link.product in essential else ""), []).append(link)
    totals = {kind: weight_of(link for link in links if link.product == kind) for kind in essential}
    totals[""] = weight_of(links)
    by_supplier: dict[EntityId, list[Input]] = {}
    for (supplier, kind), held in sorted(groups.items()):
        by_supplier.setdefault(supplier, []).append(Input(kind, tuple(held), totals[kind]))
    for supplier, inputs in by_supplier.items():
        yield Bond(supplier, customer, tuple(inputs))


def own_chance(snapshot: Snapshot, firm: EntityId, category: str) -> OwnChance:
    """The own chance of a firm by one category, or by any where none is named."""
    asked = (EntityId(category),) if category else CATEGORIES
    held: Mapping[EntityId, OwnRisk] = snapshot.risks.of(firm)
    known = tuple(held[name] for name in asked if name in held)
    return OwnChance(firm, known, len(asked) - len(known))


def arrays_of(own: Sequence[OwnChance], bonds: Sequence[Bond], terms: DisruptionTerms) -> tuple[Chances, ...]:
    """The network for the core, at the low end, in the middle, at the high end.

    The buyer is firm 0 and has no chance of its own.
    """
    index = {one.firm: place for place, one in enumerate(own)}
    ordered = sorted(bonds, key=lambda bond: (index[bond.customer], index[bond.supplier]))
    customer = np.array([index[bond.customer] for bond in ordered], dtype=np.int64)
    supplier = np.array([index[bond.supplier] for bond in ordered], dtype=np.int64)
    net = network(len(own), customer, supplier)
    stop = np.array([bond.chance(terms) for bond in ordered], dtype=np.float64).reshape(len(ordered), len(ENDS))
    chance = np.array([(0.0, 0.0, 0.0), *(one.chance(terms) for one in own[1:])])
    keys: Words = np.array([_key(bond) for bond in ordered], dtype=np.uint64)
    return tuple(chances(net, stop[:, end].copy(), chance[:, end].copy(), keys=keys) for end in ENDS)


def _key(bond: Bond) -> int:
    """A number that stays with a link whatever else is in the store, so that its draws do."""
    return int.from_bytes(hashlib.sha256(f"{bond.supplier}\n{bond.customer}".encode()).digest()[:8], "big")
