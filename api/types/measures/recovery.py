"""Recovery (M4): what each stop costs the buyer until recovery, and how long the buyer survives it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext, Listing
from api.types.base.entity import Entity
from api.types.base.page import Connection
from api.types.base.proof import Verifiable
from api.types.measures.grouping import require_grouping
from api.types.measures.recovery_reason import ProductHolder, RecoveryReason, finite, present_holder, present_reason
from ontology.errors import NotFoundError
from ontology.records import EntityId

if TYPE_CHECKING:
    from reasoning.measures.bills import Gap
    from reasoning.measures.recovery.answer import Range as ComputedRange
    from reasoning.measures.recovery.answer import Recoveries as Computed
    from reasoning.measures.recovery.answer import RecoveryStop as ComputedStop


@strawberry.type
class Range:
    """A figure in the best and in the worst case of what is unknown.

    Attributes:
        best: The figure in the best case; null if it is infinite.
        worst: The figure in the worst case; null if it is infinite.
    """

    best: float | None
    worst: float | None


@strawberry.type
class RecoveryStop:
    """The effect of one stop on the buyer until recovery.

    Attributes:
        days: Time to recover, in days; null if it is neither known nor assumed.
        assumed: Whether the time to recover is the `days` of the request, because no claim states it.
        loss: The buyer's loss during the time to recover, in the currency of the answer; null if that time is unknown.
        undisrupted: The buyer's loss in the same time without the stop; null if the time to recover is unknown.
        survival: Days during which all demand can still be met.
        gap: Time to recover minus survival, in days. Above 0 the buyer is exposed. Null if the time to recover is
            unknown.
        index: The loss as a share of the greatest loss of all stops, from 0 to 1: the risk exposure index. Null if the
            time to recover is unknown.
        losing: Reason for the loss in the worst case; null for all but the worst stops.
        lasting: Reason for the survival in the worst case; null for all but the worst stops.
    """

    days: float | None
    assumed: bool
    loss: Range | None
    undisrupted: Range | None
    survival: Range
    gap: Range | None
    index: Range | None
    losing: RecoveryReason | None
    lasting: RecoveryReason | None
    computed: strawberry.Private["ComputedStop"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entity(self) -> Entity:
        """The firm, site or country that stops."""
        return self.context.entity(self.computed.entity)

    @strawberry.field
    def stopped(self) -> list[ProductHolder]:
        """The products that are not made during the stop, and where."""
        return [present_holder(node, self.context) for node in self.computed.stopped]


@strawberry.type
class RecoveryGap:
    """A missing figure, because of which other figures are a range.

    Attributes:
        what: `stock`, `capacity` or `supplier`.
        product: Id of the product.
    """

    what: str
    product: str
    id: strawberry.Private[EntityId]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def holder(self) -> Entity:
        """The firm or site whose figure is missing."""
        return self.context.entity(self.id)


@strawberry.type(name="RecoveryStopConnection")
class Recoveries(Connection[RecoveryStop], Verifiable):
    """One page of the buyer's losses until recovery, one for each stop.

    Attributes:
        by: What stops: each `supplier`, `site` or `country`.
        currency: Currency of the losses. Empty if losses are units of sold products.
    """

    by: str
    currency: str
    computed: strawberry.Private["Computed"]
    view: strawberry.Private[ReadView]

    @strawberry.field
    def gaps(self, first: int = 20, after: str | None = None) -> Connection[RecoveryGap]:
        """The missing figures."""
        listing = Listing(self.view, ("gaps", self.by), first, after)
        return listing.show(self.computed.gaps, " ".join, lambda rows: _gaps(self.view, rows))

    def verify(self) -> Iterable[str]:
        """See `Verifiable`. It checks the dual prices and solves nothing."""
        from reasoning.measures.recovery.recovery import verify  # noqa: PLC0415 - imports the solver

        return verify(self.computed)


@dataclass(frozen=True, slots=True)
class RecoveryQuery:
    """Which stops are wanted.

    Attributes:
        by: What stops: `supplier`, `site` or `country`.
        days: Days to recover of whatever has none that is known; None leaves its loss open.
        stopped: Id of the one stop that is wanted; None for all.
        explained: How many of the worst stops come with their reasons.
    """

    by: str
    days: float | None
    stopped: str | None
    explained: int


def find_recoveries(view: ReadView, query: RecoveryQuery, first: int, after: str | None) -> Recoveries:
    """One page of the buyer's losses until recovery.

    Raises:
        QueryError: The grouping is unknown.
        NotFoundError: Nothing that the buyer sells needs the one stop that is wanted.
        NotGivenError: Facts are missing that the measure needs, such as bills of material.
        InputError: `days` is not a positive number.
    """
    from reasoning.measures.recovery.answer import RecoveryTerms  # noqa: PLC0415 - imports the solver

    grouping = cast("Literal['supplier', 'site', 'country']", require_grouping("recovery", query.by))
    terms = RecoveryTerms(by=grouping, days=query.days, explained=view.page(query.explained))
    found = view.session.reasoning.measures.recovery(view.required_buyer(), view.at, terms=terms)
    listing = Listing(
        view, ("recovery", query.by, str(query.days), query.stopped or "", str(query.explained)), first, after
    )
    stops = _stops_of(found, None if query.stopped is None else view.identity.of(EntityId(query.stopped)))
    page = listing.show(stops, lambda one: one.entity, lambda rows: _present(view, rows))
    return Recoveries(
        edges=page.edges,
        page_info=page.page_info,
        count=page.count,
        by=found.by,
        currency=found.currency,
        computed=found,
        view=view,
    )


def _stops_of(found: "Computed", wanted: EntityId | None) -> Sequence["ComputedStop"]:
    if wanted is None:
        return found.stops
    stops = [one for one in found.stops if one.entity == wanted]
    if not stops:
        fix = "name one of the stops that the field lists without `stopped`"
        raise NotFoundError(f"nothing that {found.buyer} sells needs {wanted}", fix=fix, id=wanted)
    return stops


def _present(view: ReadView, rows: Sequence["ComputedStop"]) -> list[RecoveryStop]:
    reasons = [why for one in rows for why in (one.losing, one.lasting) if why is not None]
    limits = [limit for why in reasons for limit in why.limits]
    entities = {one.entity for one in rows} | {node.holder for one in rows for node in one.stopped}
    entities |= {limit.holder for limit in limits}
    entities |= {node.holder for why in reasons for one in why.contingency for node in (one.giver, one.taker)}
    context = ConclusionContext(
        view, sorted(entities), [claim for limit in limits for claim in view.longest(limit.claims)]
    )
    return [_stop(one, context) for one in rows]


def _stop(one: "ComputedStop", context: ConclusionContext) -> RecoveryStop:
    return RecoveryStop(
        days=one.days,
        assumed=one.assumed,
        loss=_range(one.loss),
        undisrupted=_range(one.undisrupted),
        survival=Range(best=finite(one.survival.best), worst=finite(one.survival.worst)),
        gap=_range(one.gap),
        index=_range(one.index),
        losing=present_reason(one.losing, context),
        lasting=present_reason(one.lasting, context),
        computed=one,
        context=context,
    )


def _range(found: "ComputedRange | None") -> Range | None:
    return None if found is None else Range(best=finite(found.best), worst=finite(found.worst))


def _gaps(view: ReadView, rows: Sequence["Gap"]) -> list[RecoveryGap]:
    context = ConclusionContext(view, [one.holder for one in rows], [])
    return [RecoveryGap(what=one.what, product=one.product, id=one.holder, context=context) for one in rows]
