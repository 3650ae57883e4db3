"""What M5 tells over a store: groups of firms, what flows between them, and the buyer's course after each stop."""

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
    """What is asked, and what is declared where no claim says it.

    Attributes:
        by: How firms are grouped: by what they make, by country, or each by itself ("supplier"); "" takes the first of
            these by which the network falls into at least two known groups.
        days: How long a firm of which nobody says how long takes until it has `left` of its inoperability.
        horizon: How many days are followed. most: of how many stops, the worst at rest first.
    """

    by: Literal["", "product", "country", "supplier"] = ""
    days: float = RECOVERY_DAYS
    left: float = 0.01
    horizon: int = 365
    most: int = 50


DECLARED = InoperabilityTerms()


@dataclass(frozen=True, slots=True)
class Group:
    """Firms that are taken as one.

    Attributes:
        entity: The product, country or firm; "" for those of which it is not known; the buyer's id for the buyer.
        output: What they make a year, in the unit of the answer. itself: the part of it that they need themselves.
        days: How long it takes them to recover, the slowest of them; known: of how many of them a claim says it.
        rate: The part of its distance to where it is drawn that its inoperability goes in a day; all of it at most.
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
    """What one group delivers to another a year, and the links that say so."""

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
        """Their evidence, ascending."""
        return evidence_of(self.links)


@dataclass(frozen=True, slots=True)
class InoperabilityCourse:
    """What happens to the buyer after a group stops wholly and recovers.

    Attributes:
        entity: The group that stops.
        course: The buyer's inoperability on each day, from 0.
        peak: The greatest of these; peak_day: the first day of it.
        recovered: The first day from which the buyer stays at or below 1 %; None where that is beyond the horizon.
        days_lost: ∫ q dt: how many days' worth of its production the buyer loses within the horizon.
        network_lost: The same of all that the network makes.
        lasting: The buyer's inoperability if the group never recovered: Haimes's static model.
        parts: What drew the buyer down on the day of the peak, by the groups that deliver to it, the greatest first.
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
        by: How firms are grouped: "product", "country" or "supplier".
        unit: What outputs and flows are in.
        radius: What the spectral radius of the interdependence is at most; below 1.
        left_out: How many groups are not followed: at rest they weigh less on the buyer than any that is.
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
    """The rate of a group; one that recovers in less than a day does so within the day."""
    return min(1.0, math.log(1 / left) / (days * (1 - itself))) if days > 0 else 1.0


def outputs(entities: Sequence[EntityId], flows: Sequence[Flow]) -> Mapping[EntityId, float]:
    """What each group makes: what it sells, at least so much that what it buys is 0.85 of it."""
    sold: dict[EntityId, float] = defaultdict(float)
    bought: dict[EntityId, float] = defaultdict(float)
    for flow in flows:
        sold[flow.supplier] += flow.value
        bought[flow.customer] += flow.value
    return {entity: max(sold[entity], bought[entity] / ALPHA) for entity in entities}
