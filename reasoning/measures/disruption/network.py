"""The network of M2: each firm's own probability, and the probability of each link to stop its customer."""

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
    """The parameters of M2 where no claim states how far a supplier's stop reaches its customer.

    Attributes:
        stop_probability: The probability that a risk of 1 stops a firm within the horizon of the risks, from 0 to 1; 1
        reads risks as probabilities.
        most: The probability that a supplier of the whole of an input stops its customer (t_max).
        substitutability: The share of any input that another supplier can deliver in time.
        worlds: How many worlds to sample.
        seed: The seed of the samples.

    Raises:
        InputError: The stop probability is not from 0 to 1.
    """

    stop_probability: float = 1.0
    most: float = 1.0
    substitutability: float = 0.0
    worlds: int = 10_048
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.stop_probability <= 1:
            raise InputError(f"{self.stop_probability} is not a probability", fix="give a number from 0 to 1")


DECLARED = DisruptionTerms()


@dataclass(frozen=True, slots=True)
class OwnChance:
    """The probability that a firm is disrupted by itself.

    Categories are independent: any of them may happen. Unknown risk counts once for a firm, not once for each category.

    Attributes:
        firm: The firm.
        known: The own risks that count; likelihood × severity is read as the probability of a stop.
        unknown: How many of the requested categories have no known risk.
    """

    firm: EntityId
    known: tuple[OwnRisk, ...]
    unknown: int

    def chance(self, terms: DisruptionTerms) -> Three:
        """The probability at the low end, in the middle and at the high end."""
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
        """The evidence of these claims, ascending."""
        return evidence_of(self.known)


@dataclass(frozen=True, slots=True)
class Input:
    """What a customer takes of one supplier: one essential product, or everything that is not essential.

    Attributes:
        product: The essential product; "" for what is not essential.
        links: The links over which it is bought.
        total: The weight of all that the customer buys of an essential product; of everything, if it is not essential.
    """

    product: str
    links: tuple[Link, ...]
    total: float

    def chance(self, terms: DisruptionTerms) -> Three:
        """The probability that the supplier's stop stops the customer for want of it, at low end, middle, high end."""
        sums = [math.fsum(self._part(link, terms) * link.belief[end] for link in self.links) for end in ENDS]
        return min(1.0, sums[LOW]), min(1.0, sums[MIDDLE]), min(1.0, sums[HIGH])

    def _part(self, link: Link, terms: DisruptionTerms) -> float:
        """The dependence that a claim states, else t_max · share · (1 − substitutability)."""
        stated = link.fact.number("dependencyWeight")
        if stated is not None:
            return min(1.0, max(0.0, stated)) * link.passes
        share = link.weight * link.passes / self.total if self.total > 0 else 0.0
        return terms.most * share * (1 - terms.substitutability)


@dataclass(frozen=True, slots=True)
class Bond:
    """Everything that a customer takes of a supplier. Each input by itself may stop the customer."""

    supplier: EntityId
    customer: EntityId
    inputs: tuple[Input, ...]

    def chance(self, terms: DisruptionTerms) -> Three:
        """The probability that the supplier's stop stops the customer, at low end, middle and high end."""
        each = [one.chance(terms) for one in self.inputs]
        low, middle, high = (any_of([chance[end] for chance in each]) for end in ENDS)
        return low, middle, high

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims of its links."""
        return claims_along(self._links())

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """The evidence of these claims, ascending."""
        return evidence_of(self._links())

    def _links(self) -> Iterator[Link]:
        return (link for one in self.inputs for link in one.links)


def any_of(chances_of_each: Sequence[float]) -> float:
    """The probability that at least one of several independent events happens; accurate for small ones too.

    Args:
        chances_of_each: The probability of each event, in [0, 1].
    """
    some = [chance for chance in chances_of_each if chance > 0]
    if len(some) < 2 or max(some) >= 1:
        return max(some, default=0.0)
    return -math.expm1(math.fsum(math.log1p(-chance) for chance in some))


def upstream(snapshot: Snapshot, buyer: EntityId) -> tuple[tuple[EntityId, ...], tuple[Bond, ...]]:
    """The buyer and the firms upstream of it, these ascending, and the bonds among them."""
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
    for (supplier, kind), bought in sorted(groups.items()):
        by_supplier.setdefault(supplier, []).append(Input(kind, tuple(bought), totals[kind]))
    for supplier, inputs in by_supplier.items():
        yield Bond(supplier, customer, tuple(inputs))


def own_chance(snapshot: Snapshot, firm: EntityId, category: str) -> OwnChance:
    """The own probability of a firm by one category, or by any if none is named."""
    categories = (EntityId(category),) if category else CATEGORIES
    risks: Mapping[EntityId, OwnRisk] = snapshot.risks.of(firm)
    known = tuple(risks[name] for name in categories if name in risks)
    return OwnChance(firm, known, len(categories) - len(known))


def arrays_of(own: Sequence[OwnChance], bonds: Sequence[Bond], terms: DisruptionTerms) -> tuple[Chances, ...]:
    """The network for the core, at the low end, in the middle and at the high end.

    The buyer is firm 0 and has an own probability of 0.

    Args:
        own: The own probability of each firm, the buyer first.
        bonds: The bonds among them.
        terms: The parameters.
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
    """A number that identifies a link in any store, so that its draws stay the same."""
    return int.from_bytes(hashlib.sha256(f"{bond.supplier}\n{bond.customer}".encode()).digest()[:8], "big")
