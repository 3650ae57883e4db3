"""Production loss (M3): what the buyer can no longer make when something stops, and by which chain of inputs."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, cast

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext, Listing
from api.types.base.entity import Entity
from api.types.base.page import Connection
from api.types.base.proof import Trace, Traceable, Verifiable
from ontology.errors import QueryError
from ontology.records import EntityId
from reasoning.measures.catalogue import named

if TYPE_CHECKING:
    from reasoning.measures.cascade.loss import Loss, Losses
    from reasoning.measures.cascade.loss import LossChain as ComputedLossChain
    from reasoning.measures.cascade.loss import LossContribution as ComputedLossContribution
    from reasoning.measures.cascade.loss import LossHop as ComputedLossHop

_BY = named("loss").groupings


@strawberry.type
class LossContribution(Traceable):
    """What one supplier's loss takes from a customer: part × share × loss.

    Attributes:
        bought: What the customer buys of it, in the unit of the answer.
        part: That by all that the customer buys of the input.
        share: The supplier's part of its market; 1, for nobody takes over.
        loss: What the supplier itself had lost a step before.
        passed: Their product: what it adds to the customer's loss.
        claims: The supply claims of what the customer buys of the supplier.
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
        """Who delivers less."""
        return self.context.entity(self.computed.supplier)


@strawberry.type
class LossHop:
    """A customer's loss by the contributions to its binding input, which add up to it, or to more than all.

    Attributes:
        step: In which step of the cascade it was reached.
        loss: The part of its production that is lost.
        product: The essential input that binds; empty for all inputs that are not essential, together.
        bought: All that the customer buys of that input, in the unit of the answer.
        contributions: The greatest first; the chain comes from it.
    """

    step: int
    loss: float
    product: str
    bought: float
    contributions: list[LossContribution]
    computed: strawberry.Private["ComputedLossHop"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def customer(self) -> Entity:
        """Who loses it."""
        return self.context.entity(self.computed.customer)


@strawberry.type
class LossChain(Traceable):
    """How a stop reaches the buyer, hop by hop.

    Attributes:
        stopped: Which part of the source stops.
        hops: From the source's customer to the buyer.
        claims: The supply claims of the links of the chain.
    """

    stopped: float
    hops: list[LossHop]
    computed: strawberry.Private["ComputedLossChain"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def source(self) -> Entity:
        """Who stops."""
        return self.context.entity(self.computed.source)


@strawberry.type
class StoppedPart:
    """Which part of a firm stops.

    Attributes:
        part: The part, from 0 to 1.
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
    """What part of its production the buyer loses when something stops, by the exact cascade.

    Attributes:
        key: Id of what stops, or the name of a product that has none.
        tier: Fewest links from the buyer to any firm that stops.
        value: The part that is lost, from 0 to 1.
        observed: The same without inferred links: another scenario, and no bound.
        undelivered: The part of all that the buyer buys which its direct suppliers no longer deliver.
        bound: What `value` was known not to exceed before its cascade ran; 1 where several firms stop.
        steps: How many steps the cascade took.
        stopped: Which part of which firms stops.
        chain: How it comes about; null where nothing is lost, and beyond the greatest losses of a list.
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
        """What stops; null for a product that has only a name."""
        return self.context.maybe(self.computed.entity)

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        from reasoning.measures.cascade.loss import verify_loss  # noqa: PLC0415 - with it comes numba

        return verify_loss(self.computed, self.context.view.required_buyer())


@strawberry.type(name="ProductionLossConnection")
class ProductionLosses(Connection[ProductionLoss], Verifiable):
    """One page of what the buyer loses by each stop.

    Attributes:
        by: What stops: each `supplier`, `country` or `product`.
        unit: What the contributions are weighed in.
        threshold: Suppliers are left out whose stop is known to cost at most so much.
        upstream: How many firms are upstream of the buyer.
        left_out: How many of them are not listed.
    """

    by: str
    unit: str
    threshold: float
    upstream: int
    left_out: int
    computed: strawberry.Private["Losses"]

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        from reasoning.measures.cascade.loss import verify  # noqa: PLC0415 - with it comes numba

        return verify(self.computed)


def find_losses(view: ReadView, by: str, first: int, after: str | None) -> ProductionLosses:
    """One page of what the buyer loses by each stop.

    Raises:
        QueryError: Nothing stops by that.
    """
    if by not in _BY:
        raise QueryError(f"by is {by!r}", fix=f"give one of {', '.join(_BY)}")
    from reasoning.measures.cascade.loss import LossTerms  # noqa: PLC0415 - with it comes numba

    terms = LossTerms(by=cast("Literal['supplier', 'country', 'product']", by))
    found = view.session.reasoning.measures.losses(view.required_buyer(), view.at, terms=terms)
    listing = Listing(view, ("losses", by), first, after)
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
    """What the buyer loses when one thing stops.

    Raises:
        NotFoundError: Nothing that supplies anybody stops with it.
    """
    found = view.session.reasoning.measures.loss(view.required_buyer(), view.at, entity)
    return _present(view, [found])[0]


def _present(view: ReadView, rows: Sequence["Loss"]) -> list[ProductionLoss]:
    hops = [hop for one in rows if one.chain for hop in one.chain.hops]
    each = [contribution for hop in hops for contribution in hop.contributions]
    entities = {hop.customer for hop in hops} | {one.supplier for one in each}
    entities |= {firm for one in rows for firm in (*one.stopped, *([one.entity] if ":" in one.entity else []))}
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
