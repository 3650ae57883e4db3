"""Systemic risk (M3, ESRI): the share of the buyer's network that is lost if a firm closes."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext, Listing
from api.types.base.entity import Entity
from api.types.base.page import Connection
from api.types.base.proof import Trace, TraceableInPart, Verifiable
from ontology.records import EntityId

if TYPE_CHECKING:
    from reasoning.measures.cascade.systemic import Closure as ComputedClosure
    from reasoning.measures.cascade.systemic import Systemic as Computed


@strawberry.type
class FirmLoss:
    """One firm's loss if another firm closes.

    Attributes:
        downstream: Share of its production that the firm loses for lack of inputs, from 0 to 1.
        upstream: Share of its production that the firm loses for lack of demand, from 0 to 1.
        loss: The greater of `downstream` and `upstream`.
    """

    downstream: float
    upstream: float
    loss: float
    id: strawberry.Private[EntityId]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def firm(self) -> Entity:
        """The firm that loses."""
        return self.context.entity(self.id)


@strawberry.type
class Closure(TraceableInPart):
    """The effect of one firm's closure on the buyer's network.

    Attributes:
        tier: Shortest distance from the buyer in supply links; 0 for the buyer.
        weight: The firm's own share of the network's sales, from 0 to 1.
        total: Share of the network that is lost, from 0 to 1: the Economic Systemic Risk Index.
        downstream: Share of the network that is lost for lack of inputs.
        upstream: Share of the network that is lost for lack of demand.
        steps: Number of steps until the cascade ended.
        losses: The losses of the firms, that of the closed firm first, then in descending order. Listed for the
            greatest indices only; otherwise empty.
        claims: The claims of the firm's own sales, along which its closure spreads.
    """

    tier: int
    weight: float
    total: float
    downstream: float
    upstream: float
    steps: int
    losses: list[FirmLoss]
    computed: strawberry.Private["ComputedClosure"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def firm(self) -> Entity:
        """The firm that closes."""
        return self.context.entity(self.computed.firm)


@strawberry.type(name="ClosureConnection")
class Closures(Connection[Closure], Verifiable):
    """One page of the effects of each firm's closure on the buyer's network.

    Attributes:
        unit: Unit of the sales.
    """

    unit: str
    computed: strawberry.Private["Computed"]

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        from reasoning.measures.cascade.systemic import verify  # noqa: PLC0415 - imports numba

        return verify(self.computed)


def find_closures(view: ReadView, supplier: str | None, explained: int, first: int, after: str | None) -> Closures:
    """One page of the effects of each firm's closure, or the effect of one.

    Raises:
        NotFoundError: The firm is not in the buyer's network.
    """
    only = None if supplier is None else EntityId(supplier)
    most = view.page(explained)
    found = view.session.reasoning.measures.systemic(view.required_buyer(), view.at, only=only, explained=most)
    listing = Listing(view, ("systemic", supplier or "", str(explained)), first, after)
    page = listing.show(found.closures, lambda one: one.firm, lambda rows: _present(view, found, rows))
    return Closures(edges=page.edges, page_info=page.page_info, count=page.count, unit=found.unit, computed=found)


def _present(view: ReadView, found: "Computed", rows: Sequence["ComputedClosure"]) -> list[Closure]:
    cited = [claim for one in rows for claim in view.longest(found.cited(one.firm)[0])]
    context = ConclusionContext(
        view,
        [entity for one in rows for entity in (one.firm, *(each.firm for each in one.losses))],
        cited,
    )
    return [
        Closure(
            tier=one.tier,
            weight=one.weight,
            total=one.total,
            downstream=one.downstream,
            upstream=one.upstream,
            steps=one.steps,
            losses=[
                FirmLoss(
                    downstream=each.downstream, upstream=each.upstream, loss=each.loss, id=each.firm, context=context
                )
                for each in one.losses
            ],
            computed=one,
            context=context,
            trace=Trace(context, found.cited(one.firm)[0]),
        )
        for one in rows
    ]
