"""Inoperability (M5): the buyer's inoperability, day by day, after a group of firms stops and recovers."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, cast

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext, Listing
from api.types.base.entity import Entity
from api.types.base.page import Connection
from api.types.base.proof import Trace, TraceableInPart, Verifiable
from api.types.measures.grouping import require_grouping
from ontology.records import EntityId

if TYPE_CHECKING:
    from reasoning.measures.inoperability.values import Flow as ComputedFlow
    from reasoning.measures.inoperability.values import Group as ComputedGroup
    from reasoning.measures.inoperability.values import Inoperability as Computed
    from reasoning.measures.inoperability.values import InoperabilityCourse as ComputedStop


@strawberry.type
class FirmGroup:
    """Firms that are treated as one.

    Attributes:
        key: Id of the product, country or firm that the group is formed by; empty if it is unknown.
        output: Yearly output of the group, in the unit of the answer.
        itself: Share of the output that the group needs itself, from 0 to 1.
        rate: Daily recovery rate, from 0 to 1: the share of the distance to its target that the group's inoperability
            covers in a day.
    """

    key: strawberry.ID
    output: float
    itself: float
    rate: float
    computed: strawberry.Private["ComputedGroup"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entity(self) -> Entity | None:
        """The product, country or firm that the group is formed by; null if it is unknown."""
        return self.context.maybe(self.computed.entity)

    @strawberry.field
    def firms(self) -> list[Entity]:
        """The firms of the group."""
        return [self.context.entity(firm) for firm in self.computed.firms]


@strawberry.type
class GroupFlow(TraceableInPart):
    """Deliveries of one group to another.

    Attributes:
        supplier: Key of the delivering group.
        customer: Key of the buying group.
        value: Yearly amount, in the unit of the answer.
        claims: The supply claims between the two groups.
    """

    supplier: strawberry.ID
    customer: strawberry.ID
    value: float


@strawberry.type
class GroupPart:
    """One group's contribution to the buyer's inoperability on its worst day.

    Attributes:
        key: Key of the group.
        value: The contribution, as a share of the buyer's output.
    """

    key: strawberry.ID
    value: float


@strawberry.type
class GroupStop:
    """The effect on the buyer if a group stops wholly and recovers.

    Attributes:
        key: Key of the group.
        course: The buyer's inoperability on each day from day 0, as a share of its output, from 0 to 1.
        peak: The greatest inoperability of the course.
        peak_day: First day with the greatest inoperability.
        recovered: First day from which the buyer stays at or below 1 %; null if that is after the last day.
        days_lost: Lost production of the buyer, in days of its usual output.
        network_lost: Lost production of the whole network, in days of its usual output.
        lasting: The buyer's inoperability if the group never recovered, from 0 to 1.
        parts: Contributions of groups to the buyer's inoperability on the worst day, in descending order.
    """

    key: strawberry.ID
    course: list[float]
    peak: float
    peak_day: int
    recovered: int | None
    days_lost: float
    network_lost: float
    lasting: float
    parts: list[GroupPart]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entity(self) -> Entity | None:
        """The product, country or firm that stops; null if it is unknown."""
        return self.context.maybe(self.key)


@strawberry.type
class Inoperability(Verifiable):
    """The effect of each group's stop on the buyer over time.

    Attributes:
        by: How firms are grouped: `product`, `country` or `supplier`.
        unit: Unit of the outputs and flows.
        days: Days until a stopped group has 1 % of its inoperability left, unless claims give its time to recover.
        left: How much of its inoperability is left then, from 0 to 1.
        horizon: Number of days that are computed.
        radius: Upper bound of the spectral radius of the interdependence matrix; below 1.
        left_out: Number of groups that are not computed, because they weigh less on the buyer at rest than those that
            are.
    """

    by: str
    unit: str
    days: float
    left: float
    horizon: int
    radius: float
    left_out: int
    computed: strawberry.Private["Computed"]
    view: strawberry.Private[ReadView]

    @strawberry.field
    def stops(self, first: int = 20, after: str | None = None) -> Connection[GroupStop]:
        """The effect of each group's stop, by descending lost days."""
        listing = Listing(self.view, ("stops", self.by, str(self.days)), first, after)
        return listing.show(self.computed.stops, lambda one: one.entity, lambda rows: _stops(self.view, rows))

    @strawberry.field
    def groups(self, first: int = 20, after: str | None = None) -> Connection[FirmGroup]:
        """The groups; the buyer is one of its own."""
        listing = Listing(self.view, ("groups", self.by), first, after)
        return listing.show(self.computed.groups, lambda one: one.entity, lambda rows: _groups(self.view, rows))

    @strawberry.field
    def flows(self, first: int = 20, after: str | None = None) -> Connection[GroupFlow]:
        """The deliveries between groups, from which all figures follow."""
        listing = Listing(self.view, ("flows", self.by), first, after)
        return listing.show(self.computed.flows, _flow_key, lambda rows: _flows(self.view, rows))

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        from reasoning.measures.inoperability.inoperability import verify  # noqa: PLC0415 - imports scipy

        return verify(self.computed)


def inoperability_of(view: ReadView, by: str | None, stopped: str | None, days: float, most: int) -> Inoperability:
    """The effect of each group's stop on the buyer, or that of one.

    Raises:
        QueryError: The grouping is unknown.
        InputError: `days` is not a positive number.
        NotFoundError: There is no such group in the buyer's network.
    """
    from reasoning.measures.inoperability.values import InoperabilityTerms  # noqa: PLC0415 - imported when requested only

    grouping = require_grouping("inoperability", by) if by else ""
    kind = cast("Literal['', 'product', 'country', 'supplier']", grouping)
    terms = InoperabilityTerms(by=kind, days=days, most=view.page(most))
    only = None if stopped is None else EntityId(stopped)
    measures = view.session.reasoning.measures
    found = measures.inoperability(view.required_buyer(), view.at, terms=terms, stopped=only)
    return Inoperability(
        by=found.by,
        unit=found.unit,
        days=found.terms.days,
        left=found.terms.left,
        horizon=found.terms.horizon,
        radius=found.radius,
        left_out=found.left_out,
        computed=found,
        view=view,
    )


def _stops(view: ReadView, rows: Sequence["ComputedStop"]) -> list[GroupStop]:
    context = ConclusionContext(view, [one.entity for one in rows if ":" in one.entity], [])
    return [
        GroupStop(
            key=strawberry.ID(one.entity),
            course=list(one.course),
            peak=one.peak,
            peak_day=one.peak_day,
            recovered=one.recovered,
            days_lost=one.days_lost,
            network_lost=one.network_lost,
            lasting=one.lasting,
            parts=[GroupPart(key=strawberry.ID(entity), value=value) for entity, value in one.parts],
            context=context,
        )
        for one in rows
    ]


def _groups(view: ReadView, rows: Sequence["ComputedGroup"]) -> list[FirmGroup]:
    entities = [entity for one in rows for entity in (*one.firms, one.entity) if ":" in entity]
    context = ConclusionContext(view, entities, [])
    return [
        FirmGroup(
            key=strawberry.ID(one.entity),
            output=one.output,
            itself=one.itself,
            rate=one.rate,
            computed=one,
            context=context,
        )
        for one in rows
    ]


def _flows(view: ReadView, rows: Sequence["ComputedFlow"]) -> list[GroupFlow]:
    context = ConclusionContext(view, [], [claim for one in rows for claim in view.longest(one.claims)])
    return [
        GroupFlow(
            supplier=strawberry.ID(one.supplier),
            customer=strawberry.ID(one.customer),
            value=one.value,
            trace=Trace(context, one.claims),
        )
        for one in rows
    ]


def _flow_key(flow: "ComputedFlow") -> str:
    return f"{flow.supplier} {flow.customer}"
