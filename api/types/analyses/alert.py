"""Alerts: findings and rises of the exposure that a buyer should look at, over a series of dates."""

from collections.abc import Iterable, Sequence

import strawberry

from api.request.context import ReadView
from api.request.scope import Instant
from api.types.base.conclusion import ConclusionContext, Listing, short
from api.types.base.entity import Entity
from api.types.base.page import Connection
from api.types.base.proof import Trace, Traceable, Verifiable
from reasoning.analysis import alerts
from reasoning.analysis.alerts import Alert as ComputedAlert


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
        claims: The claims of the path from the buyer, and those that the alert follows from.
    """

    key: str
    sort: str
    about: str
    text: str
    since: Instant
    until: Instant
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


def alerts_over(view: ReadView, dates: Sequence[str], first: int, after: str | None) -> Connection[Alert]:
    """One page of the alerts over these instants; the view is that of the last."""
    found = view.session.reasoning.analyses.alerts([view.required_buyer()], view.at, dates)
    listing = Listing(view, ("alerts", short(*dates)), first, after)
    return listing.show(found, lambda one: f"{one.since} {one.key}", lambda rows: _present(view, rows))


def _present(view: ReadView, rows: Sequence[ComputedAlert]) -> list[Alert]:
    entities = [entity for one in rows for entity in (one.entity, *one.way)]
    context = ConclusionContext(view, entities, [claim for one in rows for claim in one.claims])
    return [
        Alert(
            key=one.key,
            sort=one.sort,
            about=one.about,
            text=one.text,
            since=Instant(one.since),
            until=Instant(one.until),
            computed=one,
            context=context,
            trace=Trace(context, one.claims),
        )
        for one in rows
    ]
