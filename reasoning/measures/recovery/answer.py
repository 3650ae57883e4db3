"""What M4 answers over a store: what each stop costs a buyer until recovery, how long it survives it, and why."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ontology.records import ClaimId, EntityId
from reasoning.core.recovery.recovery import Plan
from reasoning.measures.bills import Gap, ItemHolder
from reasoning.measures.recovery.chains import Chains

By = Literal["supplier", "site", "country"]
EXPLAINED = 20  # of the worst stops: how many come with what binds


@dataclass(frozen=True, slots=True)
class Range:
    """A figure with what is not known at its best, and at its worst; days of survival fall from best to worst."""

    best: float
    worst: float


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that keeps the buyer from losing less, or from lasting longer.

    Attributes:
        kind: `stock` of a firm, `capacity` of a producer (for one product, or with product "" for all), or `stopped`.
        amount: Units that there are: on hand; of capacities in the whole time, of survival in a day; 0 of what stopped.
        worth: What one more of them would bring: money, or days where it is asked how long the buyer lasts.
    """

    kind: str
    holder: EntityId
    product: str
    amount: float
    worth: float
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What goes from one node to another, in units of what is given: in the stop, and without it in the same time."""

    giver: ItemHolder
    taker: ItemHolder
    units: float
    undisrupted: float


@dataclass(frozen=True, slots=True, eq=False)
class Reason:
    """Why a figure is what it is, with what is not known at its worst.

    Attributes:
        days: How long; infinite where stock is not needed, and then all amounts are those of a day.
        demanded: What all demand is worth at the prices of the limits: in these days; of survival, in one day.
        limits: The greatest worth × amount first. A loss is `demanded` less worth × amount of all; survival is worth ×
            amount of all stocks, and `demanded` is 1 more than worth × amount of all capacities.
        contingency: Deliveries that are greater than without the stop, where other supply comes from: the greatest
            difference first. What goes through one firm is told only where its own takes the place of another's.
        lost: Units of each product of the buyer that customers want and do not get.
        plan: The whole plan, node by node, with all prices. Of those that are best, the one that adds least to
            what flows without the stop.
        undisrupted: What is done in the same time without the stop, each input in parts as equal as can be.
    """

    days: float
    demanded: float
    limits: tuple[Limit, ...]
    contingency: tuple[Delivery, ...]
    lost: Mapping[EntityId, float]
    plan: Plan
    undisrupted: Plan


@dataclass(frozen=True, slots=True, eq=False)
class RecoveryStop:
    """What a stop does.

    Attributes:
        entity: Who or what stops: a firm, a site, a country or another region.
        stopped: What is not made then.
        days: The time to recover, None where it is neither known nor assumed. assumed: whether the caller gave it.
        loss: What the buyer loses in that time (performance impact). undisrupted: what it loses in it anyway.
        survival: Days in which all demand can be met; infinite where for ever.
        gap: Days to recover less days survived: above 0 is exposed.
        index: The loss in the greatest of all stops (risk exposure index), in [0, 1].
        losing, lasting: Why, at worst; None beyond the worst stops.
    """

    entity: EntityId
    stopped: tuple[ItemHolder, ...]
    days: float | None
    assumed: bool
    loss: Range | None
    undisrupted: Range | None
    survival: Range
    gap: Range | None
    index: Range | None
    losing: Reason | None
    lasting: Reason | None


@dataclass(frozen=True, slots=True)
class RecoveryTerms:
    """What is asked.

    Attributes:
        by: What stops: each "supplier", "site" or "country".
        days: The time to recover of whatever has none that is known; None leaves its loss open.
        cover: For how many days' need a stock lasts at best of which nothing is known.
        explained: How many of the worst stops come with their reasons.
    """

    by: By = "supplier"
    days: float | None = None
    cover: float = math.inf
    explained: int = EXPLAINED


DECLARED = RecoveryTerms()


@dataclass(frozen=True, slots=True, eq=False)
class Recoveries:
    """What a buyer loses by each stop: the greatest loss first, then the shortest survival, then by id.

    Attributes:
        currency: What losses are in; "" for units of what is sold, where margins are not known in one currency.
        stops: Of all producers behind what the buyer sells, except the buyer as a whole.
        gaps: What is not known: stocks, capacities, suppliers.
        chains: The arrays that it follows from.
    """

    buyer: EntityId
    revision: int
    by: By
    currency: str
    stops: tuple[RecoveryStop, ...]
    gaps: tuple[Gap, ...]
    chains: Chains
