"""Alerts: findings and rises of the exposure that a buyer should look at, over a series of dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import strawberry

from api.request.context import ReadView
from api.request.scope import Instant
from api.types.base.conclusion import ConclusionContext, Listing, short
from api.types.base.entity import Entity
from api.types.base.page import Connection
from api.types.base.proof import Trace, Traceable, Verifiable
from ontology.instants import world_start
from reasoning.analysis import alerts
from reasoning.analysis.alert_history import ReportedAlerts, news, with_reported
from reasoning.analysis.alerts import Alert as ComputedAlert


@strawberry.input
class ReportedAlertInput:
    """An alert that was reported to the client before, as `AlertHistory` lists it.

    Attributes:
        key: Its key.
        since: The first date at which it held.
        until: The last date at which it held.
    """

    key: str
    since: Instant
    until: Instant


@strawberry.input
class AlertHistoryInput:
    """The alerts reported to a client before: the `history` of an earlier answer.

    Attributes:
        dates: All dates at which the client requested alerts.
        alerts: The alerts that were reported to it.
    """

    dates: list[Instant] = strawberry.field(default_factory=list)
    alerts: list[ReportedAlertInput] = strawberry.field(default_factory=list)


@strawberry.type
class ReportedAlert:
    """An alert that was reported to a client.

    Attributes:
        key: Its key.
        since: The first date at which it held.
        until: The last date at which it held.
    """

    key: str
    since: Instant
    until: Instant


@strawberry.type
class AlertHistory:
    """The alerts reported to a client; the next request takes them as `AlertHistoryInput`.

    Attributes:
        dates: All dates at which it looked for alerts, ascending.
        alerts: The alerts that it was told of, by key.
    """

    dates: list[Instant]
    alerts: list[ReportedAlert]


@strawberry.type
class Alert(Traceable, Verifiable):
    """Something that the buyer should look at: a finding, or a rise of the exposure.

    Attributes:
        key: Identifies the alert for as long as it holds, and if it recurs. A client can store it to show each alert
            once.
        sort: `finding`, or `rise` of an exposure.
        about: The kind of finding, or `exposure`.
        text: One sentence.
        since: First of the consecutive dates on which the alert holds.
        until: Last of the consecutive dates on which the alert holds.
        news: Whether the history of the request does not have it.
        claims: The claims of the path from the buyer, and those that the alert follows from.
    """

    key: str
    sort: str
    about: str
    text: str
    since: Instant
    until: Instant
    news: bool
    computed: strawberry.Private[ComputedAlert]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entity(self) -> Entity:
        """The entity that the alert is about."""
        return self.context.entity(self.computed.entity)

    @strawberry.field
    def way(self) -> list[Entity]:
        """The path from the buyer to the entity that the alert is about, the buyer first."""
        return [self.context.entity(entity) for entity in self.computed.way]

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        view = self.context.view
        return alerts.verify(self.computed, view.session.reasoning.analyses.snapshot_reader(view.at))


@strawberry.type(name="AlertConnection")
class Alerts(Connection[Alert]):
    """One page of what the buyer should look at.

    Attributes:
        reported: How many of all alerts the history of the request has already.
        history: The history once all alerts of this answer were told, for the next request.
    """

    reported: int
    history: AlertHistory


@dataclass(frozen=True, slots=True)
class AlertQuery:
    """Which alerts are wanted.

    Attributes:
        history: What the client was told before; None for nothing.
        only_news: Only those that the history does not have.
    """

    history: AlertHistoryInput | None
    only_news: bool

    def before(self) -> ReportedAlerts:
        """The history as reasoning has it.

        Raises:
            InputError: A time in it is neither a date nor a date-time.
        """
        if self.history is None:
            return ReportedAlerts()
        spans: dict[str, list[tuple[str, str]]] = {}
        for one in self.history.alerts:
            spans.setdefault(one.key, []).append((world_start(one.since), world_start(one.until)))
        dates = sorted({world_start(date) for date in self.history.dates})
        return ReportedAlerts(tuple(dates), {key: tuple(sorted(found)) for key, found in spans.items()})


def alerts_over(view: ReadView, dates: Sequence[str], query: AlertQuery, first: int, after: str | None) -> Alerts:
    """One page of the alerts over these instants; the view is that of the last.

    Raises:
        InputError: The dates do not ascend, or a time of the history is none.
    """
    found = view.session.reasoning.analyses.alerts([view.required_buyer()], view.at, dates)
    before = query.before()
    fresh = news(found, dates, before)
    shown = fresh if query.only_news else found
    asked = ("alerts", short(*dates), short(before), str(query.only_news))
    listing = Listing(view, asked, first, after)
    part = listing.show(shown, lambda one: f"{one.since} {one.key}", lambda rows: _present(view, rows, fresh))
    return Alerts(
        edges=part.edges,
        page_info=part.page_info,
        count=part.count,
        reported=len(found) - len(fresh),
        history=_history(with_reported(found, dates, before)),
    )


def _history(after: ReportedAlerts) -> AlertHistory:
    reported = [
        ReportedAlert(key=key, since=Instant(since), until=Instant(until))
        for key, spans in after.spans.items()
        for since, until in spans
    ]
    return AlertHistory(dates=[Instant(date) for date in after.instants], alerts=reported)


def _present(view: ReadView, rows: Sequence[ComputedAlert], fresh: Sequence[ComputedAlert]) -> list[Alert]:
    entities = [entity for one in rows for entity in (one.entity, *one.way)]
    context = ConclusionContext(view, entities, [claim for one in rows for claim in one.claims])
    unseen = set(fresh)
    return [
        Alert(
            key=one.key,
            sort=one.sort,
            about=one.about,
            text=one.text,
            since=Instant(one.since),
            until=Instant(one.until),
            news=one in unseen,
            computed=one,
            context=context,
            trace=Trace(context, one.claims),
        )
        for one in rows
    ]
