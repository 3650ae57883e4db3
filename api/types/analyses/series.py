"""Series: the buyer's exposure at several dates, and what changed between the first and the last."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import strawberry

from api.request.context import ReadView
from api.request.scope import Instant, ReadScope
from api.types.analyses.alert import AlertHistoryInput, AlertQuery, Alerts, alerts_over
from api.types.base.conclusion import ConclusionContext, Listing, short
from api.types.base.entity import Claim, Entity
from api.types.base.page import Connection
from api.types.base.proof import Verifiable
from ontology.errors import InputError, QueryError
from ontology.instants import world_start
from ontology.records import EntityId
from reasoning.analysis import series
from reasoning.analysis.series import Interlude, Point, Shift
from reasoning.exposure.scoring import DEEPEST
from reasoning.risk.weights import CATEGORIES


@strawberry.type
class CategoryTotal:
    """One category's part of the buyer's whole exposure. The parts of all categories add up to it.

    Attributes:
        low: Lower bound: without inferred links, and with unknown risks at 0.
        score: Estimate: inferred links count by their confidence, and unknown risks as 0.5.
        high: Upper bound: with all links, and unknown risks at 1.
    """

    low: float
    score: float
    high: float
    id: strawberry.Private[EntityId]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def category(self) -> Entity:
        """The category of risk."""
        return self.context.entity(self.id)


@strawberry.type
class ExposurePoint(Verifiable):
    """The buyer's whole exposure at one date.

    Attributes:
        as_of: The date, as world time.
        score: Estimate, from 0 to 1: inferred links count by their confidence, and unknown risks as 0.5.
        low: Lower bound: without inferred links, and with unknown risks at 0.
        high: Upper bound: with all links, and unknown risks at 1.
        coverage: Share of known risk, from 0 to 1, weighted by how much of the buyer's need ends at each supplier.
        whole_low: Lower bound, whatever the unknown shares and unknown suppliers are.
        whole_high: Upper bound, whatever the unknown shares and unknown suppliers are.
    """

    as_of: Instant
    score: float
    low: float
    high: float
    coverage: float
    whole_low: float
    whole_high: float
    computed: strawberry.Private[Point]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def by_tier(self, first: int = DEEPEST) -> list[float]:
        """The part of the score at tier 1, tier 2 and so on; empty where no supplier is known."""
        return list(self.computed.totals.by_tier[: self.context.view.page(first)])

    @strawberry.field
    def by_category(self, first: int = len(CATEGORIES)) -> list[CategoryTotal]:
        """The parts of the score by category of risk, the greatest first."""
        parts = sorted(self.computed.totals.by_category.items(), key=lambda one: (-one[1][1], one[0]))
        return [_category(category, ends, self.context) for category, ends in parts[: self.context.view.page(first)]]

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        view = self.context.view
        take = view.session.reasoning.analyses.snapshot_reader(view.at)
        return series.verify_point(self.computed, take, view.required_buyer())


@strawberry.type
class ExposureShift:
    """The change of the exposure through one supplier from the first date to the last, with the claims behind it.

    Attributes:
        before: Score at the first date; null if the supplier was not in the network.
        after: Score at the last date; null if the supplier is no longer in the network.
        change: `after` minus `before`, with null as 0. All shifts add up to the change of the whole.
        aged: Whether the score moved although the claims are the same, because facts became older.
        explained: Whether the claims behind the change were looked up. This is done for the greatest changes.
        began_count: Number of claims that the score rests on at the last date but not at the first.
        ended_count: Number of claims that the score rested on at the first date but not at the last.
    """

    before: float | None
    after: float | None
    change: float
    aged: bool
    explained: bool
    began_count: int
    ended_count: int
    computed: strawberry.Private[Shift]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def supplier(self) -> Entity:
        """The supplier, as of the last date."""
        return self.context.entity(self.computed.supplier)

    @strawberry.field
    def began(self, first: int = 10) -> list[Claim]:
        """Claims that the score rests on at the last date but not at the first; at most `first`."""
        return self.context.present(self.computed.began[: self.context.view.page(first)])

    @strawberry.field
    def ended(self, first: int = 10) -> list[Claim]:
        """Claims that the score rested on at the first date but not at the last; at most `first`."""
        return self.context.present(self.computed.ended[: self.context.view.page(first)])


@strawberry.type(name="ExposureShiftConnection")
class ExposureShifts(Connection[ExposureShift], Verifiable):
    """One page of what changed from the first date to the last."""

    computed: strawberry.Private[Interlude]
    view: strawberry.Private[ReadView]

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        take = self.view.session.reasoning.analyses.snapshot_reader(self.view.at)
        return series.verify(self.computed, take, self.view.required_buyer())


@strawberry.type
class Series:
    """The buyer's exposure at several dates.

    Attributes:
        points: The whole exposure at each date.
    """

    points: list[ExposurePoint]
    dates: strawberry.Private[tuple[str, ...]]
    view: strawberry.Private[ReadView]

    @strawberry.field
    def changes(self, first: int = 20, after: str | None = None) -> ExposureShifts:
        """Changes of the exposure from the first date to the last, the greatest first."""
        return _changes(self.view, self.dates, first, after)

    @strawberry.field
    def alerts(
        self,
        first: int = 20,
        after: str | None = None,
        history: AlertHistoryInput | None = None,
        only_news: bool = False,  # noqa: FBT001, FBT002 - GraphQL's arguments are named
    ) -> Alerts:
        """Alerts over the dates, the earliest first. The service stores no history: hand back `history`."""
        return alerts_over(self.view, self.dates, AlertQuery(history, only_news), first, after)


def total_exposure_of(view: ReadView) -> ExposurePoint:
    """The buyer's whole exposure at the view's own time."""
    return series_of(view, [view.at.as_of or ""]).points[0]


def series_of(view: ReadView, dates: Sequence[str]) -> Series:
    """The exposure at each of these instants; the view is that of the last.

    Raises:
        InputError: The instants are not in ascending order.
    """
    found = view.session.reasoning.analyses.series(view.required_buyer(), view.at, dates)
    context = ConclusionContext(view, [category for point in found for category in point.totals.by_category], [])
    return Series(points=[_point(point, context) for point in found], dates=tuple(dates), view=view)


def instants_of(dates: Sequence[str], most: int) -> list[str]:
    """Dates as instants of world time.

    Raises:
        QueryError: There is no date, or there are too many.
        InputError: One is neither a date nor a date-time.
    """
    if not 0 < len(dates) <= most:
        raise QueryError(f"dates has {len(dates)} dates", fix=f"give 1 to {most} dates")
    return [world_start(date) for date in dates]


def scope_at(scope: ReadScope | None, instants: Sequence[str]) -> ReadScope:
    """The scope of a series: that of its last date.

    Raises:
        QueryError: `asOf` is given, which a series does not use.
    """
    given = scope or ReadScope()
    if given.as_of:
        raise QueryError("a series is read at its dates, not at scope.asOf", fix="leave out asOf and give the dates")
    return replace(given, as_of=Instant(instants[-1]))


def _point(point: Point, context: ConclusionContext) -> ExposurePoint:
    totals = point.totals
    return ExposurePoint(
        as_of=Instant(point.as_of),
        score=totals.score,
        low=totals.low,
        high=totals.high,
        coverage=totals.coverage,
        whole_low=point.whole.low,
        whole_high=point.whole.high,
        computed=point,
        context=context,
    )


def _category(category: EntityId, ends: tuple[float, float, float], context: ConclusionContext) -> CategoryTotal:
    low, score, high = ends
    return CategoryTotal(low=low, score=score, high=high, id=category, context=context)


def _changes(view: ReadView, dates: Sequence[str], first: int, after: str | None) -> ExposureShifts:
    if len(dates) < 2:
        raise InputError("changes need two dates", fix="give a second date")
    found = view.session.reasoning.analyses.between(view.required_buyer(), view.at, (dates[0], dates[-1]))
    listing = Listing(view, ("changes", short(*dates)), first, after)
    page = listing.show(found.shifts, lambda one: one.supplier, lambda rows: _present(view, rows))
    return ExposureShifts(edges=page.edges, page_info=page.page_info, count=page.count, computed=found, view=view)


def _present(view: ReadView, rows: Sequence[Shift]) -> list[ExposureShift]:
    claims = [claim for one in rows for claim in (*view.longest(one.began), *view.longest(one.ended))]
    context = ConclusionContext(view, [one.supplier for one in rows], claims)
    return [
        ExposureShift(
            before=None if one.before is None else one.before.score,
            after=None if one.after is None else one.after.score,
            change=one.change,
            aged=one.aged,
            explained=one.explained,
            began_count=len(one.began),
            ended_count=len(one.ended),
            computed=one,
            context=context,
        )
        for one in rows
    ]
