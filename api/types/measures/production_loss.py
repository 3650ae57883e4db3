"""Production loss (M3): the buyer's loss if something stops, and the chain of inputs that causes it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, cast

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext, Listing
from api.types.base.entity import Entity
from api.types.base.page import Connection
from api.types.base.proof import Trace, Traceable, Verifiable
from api.types.measures.grouping import require_grouping
from ontology.records import EntityId

if TYPE_CHECKING:
    from reasoning.measures.cascade.loss import Loss, Losses
    from reasoning.measures.cascade.loss import LossChain as ComputedLossChain
    from reasoning.measures.cascade.loss import LossContribution as ComputedLossContribution
    from reasoning.measures.cascade.loss import LossHop as ComputedLossHop


@strawberry.type
class LossContribution(Traceable):
    """One supplier's contribution to a customer's loss: `part` times `share` times `loss`.

    Attributes:
        bought: What the customer buys from the supplier, in the unit of the answer.
        part: `bought` as a share of all that the customer buys of the input, from 0 to 1.
        share: The supplier's share of its market, from 0 to 1. It is 1, because nobody takes over.
        loss: Share of its production that the supplier itself had lost one step before.
        passed: The contribution to the customer's loss: the product of the three.
        claims: The supply claims from this supplier to this customer.
    """

    bought: float
    part: float
    share: float
    loss: float
    passed: float
    computed: strawberry.Private["ComputedLossContribution"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def supplier(self) -> Entity:
        """The supplier that delivers less."""
        return self.context.entity(self.computed.supplier)


@strawberry.type
class LossHop:
    """A customer's loss, and the contributions to its binding input. Their sum is the loss, or more than everything.

    Attributes:
        step: Step of the cascade in which the loss was reached.
        loss: Share of its production that the customer loses, from 0 to 1.
        product: The essential input that binds. Empty for all inputs together that are not essential.
        essential: Whether the input that binds is essential; its product may be unknown even so.
        bought: All that the customer buys of the input, in the unit of the answer.
        contributions: The contributions of suppliers, in descending order. The chain continues at the first.
    """

    step: int
    loss: float
    product: str
    essential: bool
    bought: float
    contributions: list[LossContribution]
    computed: strawberry.Private["ComputedLossHop"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def customer(self) -> Entity:
        """The customer that loses production."""
        return self.context.entity(self.computed.customer)


@strawberry.type
class LossChain(Traceable):
    """The chain of inputs along which a stop reaches the buyer.

    Attributes:
        stopped: Share of the first firm's production that stops, from 0 to 1.
        hops: The hops, from the customer of the first firm to the buyer.
        claims: The supply claims of the links of the chain.
    """

    stopped: float
    hops: list[LossHop]
    computed: strawberry.Private["ComputedLossChain"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def source(self) -> Entity:
        """The first firm of the chain, which stops."""
        return self.context.entity(self.computed.source)

    @strawberry.field
    def entities(self) -> list[Entity]:
        """The firms of the chain: the one that stops first, the buyer last."""
        return [self.context.entity(entity) for entity in self.computed.entities]


@strawberry.type
class StoppedPart:
    """A firm that stops, wholly or in part.

    Attributes:
        part: Share of the firm's production that stops, from 0 to 1.
    """

    part: float
    id: strawberry.Private[EntityId]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def firm(self) -> Entity:
        """The firm."""
        return self.context.entity(self.id)


@strawberry.type
class ProductionLoss(Verifiable):
    """The share of its production that the buyer loses if something stops, by the exact cascade.

    Attributes:
        key: Id of what stops, or the name of a product that has no id.
        tier: Shortest distance from the buyer to a firm that stops, in supply links.
        value: Share of its production that the buyer loses, from 0 to 1.
        observed: The loss without inferred links. It is another scenario, not a bound of `value`.
        undelivered: Share of all purchases of the buyer that its direct suppliers no longer deliver, from 0 to 1.
        bound: Upper bound of `value` that was known before the cascade ran; 1 if several firms stop.
        steps: Number of steps until the cascade ended.
        stopped: The firms that stop.
        chain: The chain that causes the loss. Null if nothing is lost, and for all but the greatest losses of a list.
    """

    key: strawberry.ID
    tier: int
    value: float
    observed: float
    undelivered: float
    bound: float
    steps: int
    stopped: list[StoppedPart]
    chain: LossChain | None
    computed: strawberry.Private["Loss"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entity(self) -> Entity | None:
        """The entity that stops; null for a product that has only a name."""
        return self.context.maybe(self.computed.entity)

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        from reasoning.measures.cascade.loss import verify_loss  # noqa: PLC0415 - imports numba

        return verify_loss(self.computed, self.context.view.required_buyer())


@strawberry.type(name="ProductionLossConnection")
class ProductionLosses(Connection[ProductionLoss], Verifiable):
    """One page of the buyer's production losses, one for each stop.

    Attributes:
        by: What stops: each `supplier`, `country` or `product`.
        unit: Unit of the purchases.
        threshold: Suppliers are left out if their stop is known to cost at most this share of production.
        upstream: Number of firms upstream of the buyer.
        left_out: Number of upstream firms that are left out.
    """

    by: str
    unit: str
    threshold: float
    upstream: int
    left_out: int
    computed: strawberry.Private["Losses"]

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        from reasoning.measures.cascade.loss import verify  # noqa: PLC0415 - imports numba

        return verify(self.computed)


def find_losses(view: ReadView, by: str, explained: int, first: int, after: str | None) -> ProductionLosses:
    """One page of the buyer's production losses.

    Raises:
        QueryError: The grouping is unknown.
    """
    from reasoning.measures.cascade.loss import LossTerms  # noqa: PLC0415 - imports numba

    kind = cast("Literal['supplier', 'country', 'product']", require_grouping("loss", by))
    terms = LossTerms(by=kind, explained=view.page(explained))
    found = view.session.reasoning.measures.losses(view.required_buyer(), view.at, terms=terms)
    listing = Listing(view, ("losses", by, str(explained)), first, after)
    page = listing.show(found.losses, lambda one: one.entity, lambda rows: _present(view, rows))
    return ProductionLosses(
        edges=page.edges,
        page_info=page.page_info,
        count=page.count,
        by=found.by,
        unit=found.unit,
        threshold=found.threshold,
        upstream=found.upstream,
        left_out=found.left_out,
        computed=found,
    )


def loss_of(view: ReadView, entity: EntityId) -> ProductionLoss:
    """The buyer's production loss if one thing stops.

    Raises:
        NotFoundError: Its stop would not stop any supplier.
    """
    found = view.session.reasoning.measures.loss(view.required_buyer(), view.at, entity)
    return _present(view, [found])[0]


def _present(view: ReadView, rows: Sequence["Loss"]) -> list[ProductionLoss]:
    hops = [hop for one in rows if one.chain for hop in one.chain.hops]
    each = [contribution for hop in hops for contribution in hop.contributions]
    entities = {hop.customer for hop in hops} | {one.supplier for one in each}
    entities |= {firm for one in rows for firm in (*one.stopped, *([one.entity] if ":" in one.entity else []))}
    entities |= {entity for one in rows if one.chain for entity in one.chain.entities}
    context = ConclusionContext(view, sorted(entities), [claim for one in each for claim in one.claims])
    return [_loss(one, context) for one in rows]


def _loss(one: "Loss", context: ConclusionContext) -> ProductionLoss:
    return ProductionLoss(
        key=strawberry.ID(one.entity),
        tier=one.tier,
        value=one.value,
        observed=one.observed,
        undelivered=one.undelivered,
        bound=one.bound,
        steps=one.steps,
        stopped=[StoppedPart(part=part, id=firm, context=context) for firm, part in one.stopped.items()],
        chain=None if one.chain is None else _chain(one.chain, context),
        computed=one,
        context=context,
    )


def _chain(chain: "ComputedLossChain", context: ConclusionContext) -> LossChain:
    hops = [_hop(hop, context) for hop in chain.hops]
    return LossChain(
        stopped=chain.stopped, hops=hops, computed=chain, context=context, trace=Trace(context, chain.claims)
    )


def _hop(hop: "ComputedLossHop", context: ConclusionContext) -> LossHop:
    return LossHop(
        step=hop.step,
        loss=hop.loss,
        product=hop.product,
        essential=hop.essential,
        bought=hop.bought,
        contributions=[_contribution(one, context) for one in hop.contributions],
        computed=hop,
        context=context,
    )


def _contribution(one: "ComputedLossContribution", context: ConclusionContext) -> LossContribution:
    return LossContribution(
        bought=one.bought,
        part=one.part,
        share=one.share,
        loss=one.loss,
        passed=one.passed,
        computed=one,
        context=context,
        trace=Trace(context, one.claims),
    )
