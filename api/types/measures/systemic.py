"""Systemic risk (M3, ESRI): what the closing of each firm takes from the buyer's whole network."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext, Listing, longest
from api.types.base.entity import Entity
from api.types.base.page import Connection
from api.types.base.proof import Trace, TraceableInPart, Verifiable
from ontology.records import EntityId

if TYPE_CHECKING:
    from reasoning.measures.cascade.systemic import Closure as ComputedClosure
    from reasoning.measures.cascade.systemic import Systemic as Computed


@strawberry.type
class FirmLoss:
    """What a firm loses when another closes.

    Attributes:
        downstream: The part that it loses by what it is no longer supplied.
        upstream: The part that it loses by what is no longer bought of it.
        loss: The greater of the two.
    """

    downstream: float
    upstream: float
    loss: float
    id: strawberry.Private[EntityId]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def firm(self) -> Entity:
        """The firm."""
        return self.context.entity(self.id)


@strawberry.type
class Closure(TraceableInPart):
    """What the closing of one firm takes from the buyer's network.

    Attributes:
        tier: Fewest links from the buyer; 0 for itself.
        weight: The firm's own part of the network's sales.
        total: The part of the network that is lost: the Economic Systemic Risk Index.
        downstream: The part that is lost because others are no longer supplied.
        upstream: The part that is lost because nobody buys of others any more.
        steps: How many steps the cascade took.
        losses: Who loses what, itself first and then the greatest; empty beyond the greatest indices of a list.
        claims: The claims of the firm's own sales, over which its closure spreads.
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
        """Who closes."""
        return self.context.entity(self.computed.firm)


@strawberry.type(name="ClosureConnection")
class Closures(Connection[Closure], Verifiable):
    """One page of what the closing of each firm takes from the buyer's network.

    Attributes:
        unit: What sales are in.
    """

    unit: str
    computed: strawberry.Private["Computed"]

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        from reasoning.measures.cascade.systemic import verify  # noqa: PLC0415 - with it comes numba

        return verify(self.computed)


def find_closures(view: ReadView, supplier: str | None, first: int, after: str | None) -> Closures:
    """One page of what each firm's closing takes, or that of one firm.

    Raises:
        NotFoundError: That firm is not in the buyer's network.
    """
    only = None if supplier is None else EntityId(supplier)
    found = view.session.reasoning.measures.systemic(view.required_buyer(), view.at, only=only)
    listing = Listing(view, ("systemic", supplier or ""), first, after)
    page = listing.show(found.closures, lambda one: one.firm, lambda rows: _present(view, found, rows))
    return Closures(edges=page.edges, page_info=page.page_info, count=page.count, unit=found.unit, computed=found)


def _present(view: ReadView, found: "Computed", rows: Sequence["ComputedClosure"]) -> list[Closure]:
    cited = [claim for one in rows for claim in longest(found.cited(one.firm)[0])]
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
