"""Single points of failure, and pairs: firms and sites whose failure stops an essential input of the buyer."""

from collections.abc import Iterable, Sequence

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext, Listing
from api.types.base.entity import Entity
from api.types.base.page import Connection
from api.types.base.proof import Trace, Traceable, Verifiable
from reasoning.analysis.failure_points import FailurePair as ComputedPair
from reasoning.analysis.failure_points import FailurePoint as ComputedPoint
from reasoning.analysis.failure_points import FailurePoints as ComputedPoints
from reasoning.analysis.failure_points import verify


@strawberry.type
class FailurePoint(Traceable):
    """A firm or site whose failure alone stops an essential input of the buyer, or several of its direct suppliers.

    Attributes:
        tier: Shortest distance from the buyer in supply links.
        hidden: Whether it is the nearest hidden point that several direct suppliers share.
        inputs: Products: the buyer's essential inputs whose known suppliers all stop with the failure.
        every_way: Products: the inputs among them of which every known supply path leads through this point.
        claims: The supply claims of the inputs through which the failure spreads.
    """

    tier: int
    hidden: bool
    inputs: list[str]
    every_way: list[str]
    computed: strawberry.Private[ComputedPoint]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entity(self) -> Entity:
        """The firm or site."""
        return self.context.entity(self.computed.entity)

    @strawberry.field
    def stops(self) -> list[Entity]:
        """The direct suppliers that the failure stops."""
        return [self.context.entity(entity) for entity in self.computed.stops]

    @strawberry.field
    def chain(self) -> list[Entity]:
        """A chain along which the failure spreads: the point first, the buyer last."""
        return [self.context.entity(entity) for entity in self.computed.chain]


@strawberry.type
class FailurePair(Traceable):
    """Two firms or sites whose failure together stops an essential input of the buyer, while neither alone does.

    Attributes:
        inputs: Products: the buyer's essential inputs whose known suppliers all stop with the failure.
        claims: The supply claims of the inputs through which the failure spreads.
    """

    inputs: list[str]
    computed: strawberry.Private[ComputedPair]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entities(self) -> list[Entity]:
        """The two firms or sites."""
        return [self.context.entity(entity) for entity in self.computed.entities]

    @strawberry.field
    def stops(self) -> list[Entity]:
        """The direct suppliers that the failure stops."""
        return [self.context.entity(entity) for entity in self.computed.stops]


@strawberry.type(name="FailurePointConnection")
class FailurePoints(Connection[FailurePoint], Verifiable):
    """One page of the single points of failure, with the pairs.

    Attributes:
        complete: Whether all pairs were examined. If false, only pairs with one of the nearest firms were.
    """

    complete: bool
    computed: strawberry.Private[ComputedPoints]
    view: strawberry.Private[ReadView]

    @strawberry.field
    def pairs(self, first: int = 20, after: str | None = None) -> Connection[FailurePair]:
        """The pairs whose failure stops an essential input, ordered by their ids."""
        listing = Listing(self.view, ("failurePairs",), first, after)
        return listing.show(self.computed.pairs, _pair_key, lambda rows: _present_pairs(self.view, rows))

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        return verify(self.view.snapshot(), self.computed)


def find_failure_points(view: ReadView, first: int, after: str | None) -> FailurePoints:
    """One page of the buyer's single points of failure."""
    found = view.session.reasoning.analyses.failure_points(view.required_buyer(), view.at)
    listing = Listing(view, ("singlePointsOfFailure",), first, after)
    page = listing.show(found.points, lambda one: one.entity, lambda rows: _present_points(view, rows))
    return FailurePoints(
        edges=page.edges,
        page_info=page.page_info,
        count=page.count,
        complete=found.complete,
        computed=found,
        view=view,
    )


def _present_points(view: ReadView, found: Sequence[ComputedPoint]) -> list[FailurePoint]:
    context = ConclusionContext(
        view,
        [entity for one in found for entity in (one.entity, *one.stops, *one.chain)],
        [claim for one in found for claim in one.claims],
        [item for one in found for item in one.evidence],
    )
    return [
        FailurePoint(
            tier=one.tier,
            hidden=one.hidden,
            inputs=list(one.inputs),
            every_way=list(one.every_way),
            computed=one,
            context=context,
            trace=Trace(context, one.claims, one.evidence),
        )
        for one in found
    ]


def _present_pairs(view: ReadView, found: Sequence[ComputedPair]) -> list[FailurePair]:
    context = ConclusionContext(
        view,
        [entity for one in found for entity in (*one.entities, *one.stops)],
        [claim for one in found for claim in one.claims],
        [item for one in found for item in one.evidence],
    )
    return [
        FailurePair(
            inputs=list(one.inputs), computed=one, context=context, trace=Trace(context, one.claims, one.evidence)
        )
        for one in found
    ]


def _pair_key(pair: ComputedPair) -> str:
    return " ".join(pair.entities)
