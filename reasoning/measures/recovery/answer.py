"""The values of M4 over a store: what each stop costs until recovery, how long the buyer survives it, and why."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ontology.records import ClaimId, EntityId
from reasoning.core.recovery.recovery import Plan
from reasoning.measures.bills import Gap, ItemHolder
from reasoning.measures.recovery.chains import Chains

By = Literal["supplier", "site", "country"]
EXPLAINED = 20  # so many of the worst stops come with their reasons


@dataclass(frozen=True, slots=True)
class Range:
    """A figure with unknown inputs at their best and at their worst. Days of survival fall from best to worst."""

    best: float
    worst: float


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that keeps the buyer from losing less or from surviving longer.

    Attributes:
        kind: `stock` of a firm, `capacity` of a producer (for one product, or with product "" for all), or `stopped`.
        holder: The firm or site.
        product: The product.
        amount: Units available: on hand; of capacities in the whole time, or a day for survival; 0 of what stopped.
        worth: The value of one more unit: in money, or in days for survival.
        claims: The claims that state it.
    """

    kind: str
    holder: EntityId
    product: str
    amount: float
    worth: float
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A flow between two nodes.

    Attributes:
        giver: The node that delivers.
        taker: The node that receives.
        units: Units of the giver's item during the stop.
        undisrupted: Units in the same time without the stop.
    """

    giver: ItemHolder
    taker: ItemHolder
    units: float
    undisrupted: float


@dataclass(frozen=True, slots=True, eq=False)
class Reason:
    """Why a figure is what it is, with unknown inputs at their worst.

    Attributes:
        days: How long; infinite if stock is not needed, and then all amounts are those of a day.
        demanded: The worth of all demand at the prices of the limits: in these days, or in one day for survival.
        limits: The greatest worth × amount first. A loss is `demanded` less Σ worth × amount. Survival is Σ worth ×
            amount
        over stocks, and `demanded` exceeds Σ worth × amount over capacities by 1.
        contingency: Deliveries that are greater than without the stop, the greatest difference first. A delivery within
        one firm is listed only if it replaces another firm's.
        lost: Units of each product of the buyer that customers want and do not get.
        plan: The whole plan, node by node, with all prices. Of the optimal plans it adds least to undisrupted flows.
        undisrupted: The plan for the same time without the stop, with parts of each input as equal as possible.
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
        entity: What stops: a firm, a site, a country or another region.
        stopped: The producers that stop.
        days: The time to recover; None if it is neither known nor assumed.
        assumed: Whether the caller gave it.
        loss: What the buyer loses in that time (performance impact).
        undisrupted: What it loses in that time without the stop.
        survival: Days in which all demand can be met; infinite if for ever.
        gap: Days to recover less days of survival: above 0 the buyer is exposed.
        index: The loss relative to the greatest of all stops (risk exposure index), in [0, 1].
        losing: The reason for the loss at worst; None beyond the worst stops.
        lasting: The reason for the survival at worst; None beyond the worst stops.
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
    """The parameters of M4.

    Attributes:
        by: What stops: each "supplier", "site" or "country".
        days: The time to recover where none is known; None leaves the loss open.
        cover: For how many days of need an unknown stock lasts at best.
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
        buyer: The buyer.
        revision: The store's revision.
        by: What stops.
        currency: The currency of losses; "" for units of what is sold, if margins are not known in one currency.
        stops: All stops of producers behind what the buyer sells, except the buyer as a whole.
        gaps: The stocks, capacities and suppliers that are not known.
        chains: The arrays from which it follows.
    """

    buyer: EntityId
    revision: int
    by: By
    currency: str
    stops: tuple[RecoveryStop, ...]
    gaps: tuple[Gap, ...]
    chains: Chains
