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
    """What the buyer should look at, told once for as long as it holds.

    Attributes:
        key: The same for as long as it holds, and where it comes again: who keeps it need not look twice.
        sort: `finding`, or `rise` of an exposure.
        about: The kind of finding, or `exposure`.
        text: One sentence.
        since: The first of the dates, one after the other, at which it holds.
        until: The last of them.
        claims: The claims of the way from the buyer, and those that the alert follows from.
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
        """What it is about."""
        return self.context.entity(self.computed.entity)

    @strawberry.field
    def way(self) -> list[Entity]:
        """Why the buyer: the buyer first, then each firm up to the one that it concerns."""
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
