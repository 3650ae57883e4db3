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
    """A limit that binds: more of it would reduce the loss, or lengthen the survival.

    Attributes:
        kind: `stock` of a firm, `capacity` of a producer, or `stopped`.
        product: Id of the product. Empty for a capacity that all products of a producer share.
        amount: Available units: stock on hand, capacity over the whole time (for a survival: in a day), or 0 for what
            stopped.
        worth: Dual price: the reduction of the loss per unit, in the currency of the answer. For a survival, the days
            gained per unit.
        claims: The claims that state the amount.
    """

    kind: str
    product: str
    amount: float
    worth: float
    computed: strawberry.Private["ComputedLimit"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def holder(self) -> Entity:
        """The firm or site that has the stock or the capacity."""
        return self.context.entity(self.computed.holder)


@strawberry.type
class ProductHolder:
    """A firm or site that makes or keeps a product.

    Attributes:
        product: Id of the product.
        makes: Whether the product is made there; false if it is only kept there.
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
    """A delivery that is greater than without the stop: a source of other supply.

    Attributes:
        units: Delivered units during the stop.
        undisrupted: Delivered units in the same time without the stop.
        giver: The holder that delivers.
        taker: The holder that receives.
    """

    units: float
    undisrupted: float
    giver: ProductHolder
    taker: ProductHolder


@strawberry.type
class LostDemand:
    """Demand for one product of the buyer that is not met.

    Attributes:
        product: Id of the product.
        units: Units that customers want and do not get, in the time of the answer.
    """

    product: str
    units: float


@strawberry.type
class RecoveryReason:
    """Why a figure is what it is in the worst case: the dual prices of its linear program, as limits.

    Attributes:
        days: Length of the period in days. Null if it never ends; all amounts are then those of one day.
        demanded: Value of all demand at the dual prices: over the period, or (for a survival) in one day.
        limits: The binding limits, by descending `worth` × `amount`. A loss is `demanded` minus that product over all
            limits. A survival is that product over all stocks.
        contingency: The deliveries that are greater than without the stop, by descending difference.
        lost: The demand that is not met, by product.
    """

    days: float | None
    demanded: float
    limits: list[RecoveryLimit]
    contingency: list[RecoveryDelivery]
    lost: list[LostDemand]


def finite(value: float) -> float | None:
    """A figure; None if it is infinite."""
    return value if math.isfinite(value) else None


def present_reason(why: "ComputedReason | None", context: ConclusionContext) -> RecoveryReason | None:
    """A reason as GraphQL shows it; None for none."""
    if why is None:
        return None
    return RecoveryReason(
        days=finite(why.days),
        demanded=why.demanded,
        limits=[_limit(limit, context) for limit in why.limits],
        contingency=[present_delivery(one, context) for one in why.contingency],
        lost=[LostDemand(product=product, units=units) for product, units in why.lost.items()],
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
