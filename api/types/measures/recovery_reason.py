"""Why a recovery figure is what it is: limits with their dual prices, and where other supply comes from."""

import math
from typing import TYPE_CHECKING

import strawberry

from api.types.base.conclusion import ConclusionContext
from api.types.base.entity import Entity
from api.types.base.proof import Trace, TraceableInPart
from ontology.records import EntityId

if TYPE_CHECKING:
    from reasoning.measures.bills import ItemHolder
    from reasoning.measures.recovery.answer import Delivery as ComputedDelivery
    from reasoning.measures.recovery.answer import Limit as ComputedLimit
    from reasoning.measures.recovery.answer import Reason as ComputedReason


@strawberry.type
class RecoveryLimit(TraceableInPart):
    """Something that keeps the buyer from losing less, or from lasting longer.

    Attributes:
        kind: `stock` of a firm, `capacity` of a producer, or `stopped`.
        product: Id of the product; empty for a capacity of all that a producer makes.
        amount: Units that there are: on hand; of capacities in the whole time, of survival in a day; 0 of what stopped.
        worth: What one more of them would bring: money, or days where it is asked how long the buyer lasts.
        claims: The claims that give the amount.
    """

    kind: str
    product: str
    amount: float
    worth: float
    computed: strawberry.Private["ComputedLimit"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def holder(self) -> Entity:
        """Who has it."""
        return self.context.entity(self.computed.holder)


@strawberry.type
class ProductHolder:
    """Somebody who makes a product, or has it.

    Attributes:
        product: Id of the product.
        makes: Whether it is made there; else it is kept.
    """

    product: str
    makes: bool
    id: strawberry.Private[EntityId]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def holder(self) -> Entity:
        """The firm or site."""
        return self.context.entity(self.id)


@strawberry.type
class RecoveryDelivery:
    """A delivery that is greater than without the stop: where other supply comes from.

    Attributes:
        units: How much, in units of what is given.
        undisrupted: How much without the stop in the same time.
        giver: Who delivers.
        taker: Who takes it.
    """

    units: float
    undisrupted: float
    giver: ProductHolder
    taker: ProductHolder


@strawberry.type
class RecoveryReason:
    """Why a figure is what it is, with what is not known at its worst: the dual prices, told as limits.

    Attributes:
        days: How long; null where it is for ever, and then all amounts are those of a day.
        demanded: What all demand is worth at the prices of the limits: in these days; of survival, in one day.
        limits: The greatest worth × amount first. A loss is `demanded` less worth × amount of all; survival is worth ×
            amount of all stocks.
        contingency: Where other supply comes from, the greatest difference first.
    """

    days: float | None
    demanded: float
    limits: list[RecoveryLimit]
    contingency: list[RecoveryDelivery]


def finite(value: float) -> float | None:
    """A figure; None where it is endless."""
    return value if math.isfinite(value) else None


def present_reason(why: "ComputedReason | None", context: ConclusionContext) -> RecoveryReason | None:
    """A reason as GraphQL shows it."""
    if why is None:
        return None
    return RecoveryReason(
        days=finite(why.days),
        demanded=why.demanded,
        limits=[_limit(limit, context) for limit in why.limits],
        contingency=[present_delivery(one, context) for one in why.contingency],
    )


def _limit(limit: "ComputedLimit", context: ConclusionContext) -> RecoveryLimit:
    return RecoveryLimit(
        kind=limit.kind,
        product=limit.product,
        amount=limit.amount,
        worth=limit.worth,
        computed=limit,
        context=context,
        trace=Trace(context, limit.claims),
    )


def present_delivery(one: "ComputedDelivery", context: ConclusionContext) -> RecoveryDelivery:
    """A delivery as GraphQL shows it."""
    giver, taker = present_holder(one.giver, context), present_holder(one.taker, context)
    return RecoveryDelivery(units=one.units, undisrupted=one.undisrupted, giver=giver, taker=taker)


def present_holder(node: "ItemHolder", context: ConclusionContext) -> ProductHolder:
    """A holder of a product as GraphQL shows it."""
    return ProductHolder(product=node.product, makes=node.makes, id=node.holder, context=context)
