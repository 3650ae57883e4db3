"""The values of M5 over a store: groups of firms, flows between them, and the buyer's course after each stop."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ontology.records import ClaimId, EntityId, EvidenceId
from reasoning.core.linear.leontief import ALPHA
from reasoning.measures.options import RECOVERY_DAYS
from reasoning.network.citations import claims_of, evidence_of
from reasoning.network.links import Link
from reasoning.scenarios.stops import By

SETTLED = 0.01  # inoperability at which the buyer counts as recovered


@dataclass(frozen=True, slots=True)
class InoperabilityTerms:
    """The parameters of M5.

    Attributes:
        by: How firms are grouped: by product, by country, or each by itself ("supplier"). "" takes the first of these
            that
        divides the network into at least two known groups.
        days: Days until a firm without a stated time to recover has `left` of its inoperability.
        left: The share of inoperability that counts as recovered, between 0 and 1.
        horizon: How many days are followed.
        most: How many stops are followed, the worst in equilibrium first.
    """

    by: Literal["", "product", "country", "supplier"] = ""
    days: float = RECOVERY_DAYS
    left: float = 0.01
    horizon: int = 365
    most: int = 50


DECLARED = InoperabilityTerms()


@dataclass(frozen=True, slots=True)
class Group:
    """Firms that are modelled as one.

    Attributes:
        entity: The product, country or firm; "" for firms of which it is not known; the buyer's id for the buyer.
        firms: The firms.
        output: What they make a year, in the unit of the answer.
        itself: The share of it that they need themselves.
        days: Their time to recover: the longest of the firms.
        known: For how many of them a claim states it.
        rate: The share of the gap to its target that its inoperability closes in a day, at most 1.
    """

    entity: EntityId
    firms: tuple[EntityId, ...]
    output: float
    itself: float
    days: float
    known: int
    rate: float


@dataclass(frozen=True, slots=True)
class Flow:
    """What one group delivers to another a year, and the links that state it."""

    supplier: EntityId
    customer: EntityId
    value: float
    links: tuple[Link, ...]

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims of its links, ascending."""
        return claims_of(self.links)

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """The evidence of these claims, ascending."""
        return evidence_of(self.links)


@dataclass(frozen=True, slots=True)
class InoperabilityCourse:
    """What happens to the buyer after a group stops wholly and recovers.

    Attributes:
        entity: The group that stops.
        course: The buyer's inoperability on each day, from day 0.
        peak: The greatest of these.
        peak_day: The first day of the peak.
        recovered: The first day from which the buyer stays at or below 1 %; None if that is beyond the horizon.
        days_lost: ∫ q dt: the days' worth of its production that the buyer loses within the horizon.
        network_lost: The same for the output of the whole network.
        lasting: The buyer's inoperability if the group never recovered (Haimes's static model).
        parts: The contributions of groups that deliver to the buyer on the day of the peak, greatest first.
    """

    entity: EntityId
    course: tuple[float, ...]
    peak: float
    peak_day: int
    recovered: int | None
    days_lost: float
    network_lost: float
    lasting: float
    parts: tuple[tuple[EntityId, float], ...]


@dataclass(frozen=True, slots=True)
class Inoperability:
    """What each group's stop does to the buyer over time, the most days lost first, ties by id.

    Attributes:
        buyer: The buyer.
        revision: The store's revision.
        by: How firms are grouped: "product", "country" or "supplier".
        unit: The unit of outputs and flows.
        terms: The parameters.
        radius: An upper bound on the spectral radius of the interdependence, below 1.
        groups: The groups, the buyer's first.
        flows: The flows between groups.
        stops: The course after each stop.
        left_out: How many groups are not followed: in equilibrium each affects the buyer less than any that is.
    """

    buyer: EntityId
    revision: int
    by: By
    unit: str
    terms: InoperabilityTerms
    radius: float
    groups: tuple[Group, ...]
    flows: tuple[Flow, ...]
    stops: tuple[InoperabilityCourse, ...]
    left_out: int


def rate_of(days: float, itself: float, left: float) -> float:
    """The rate of a group, a day. A group that recovers in less than a day does so within the day.

    Args:
        days: Days to recover, until the share `left` remains.
        itself: The share of its output that it needs itself.
        left: The share of inoperability that counts as recovered.
    """
    return min(1.0, math.log(1 / left) / (days * (1 - itself))) if days > 0 else 1.0


def outputs(entities: Sequence[EntityId], flows: Sequence[Flow]) -> Mapping[EntityId, float]:
    """The output of each group: what it sells, or at least so much that its inputs are 0.85 of it."""
    sold: dict[EntityId, float] = defaultdict(float)
    bought: dict[EntityId, float] = defaultdict(float)
    for flow in flows:
        sold[flow.supplier] += flow.value
        bought[flow.customer] += flow.value
    return {entity: max(sold[entity], bought[entity] / ALPHA) for entity in entities}
