"""The scope of a read as the service resolves it."""

import strawberry

from api.request.context import ReadView
from api.request.scope import Instant
from api.types.base.entity import Entity, entities


@strawberry.type
class ResolvedScope:
    """The times and the buyer that a request reads for, and the revision of the store that it reads.

    Attributes:
        revision: The store's revision.
        as_of: World time of the reads.
        known_at: Record time of the reads; null in an empty store.
    """

    revision: int
    as_of: Instant
    known_at: Instant | None
    view: strawberry.Private[ReadView]

    @strawberry.field
    def buyer(self) -> Entity | None:
        """The buying organisation; null where neither the scope nor the service names one."""
        buyer = self.view.buyer
        return None if buyer is None else entities(self.view, [buyer])[self.view.identity.of(buyer)]


def resolved_scope_of(view: ReadView) -> ResolvedScope:
    """The scope of a view."""
    known_at = None if view.at.known_at is None else Instant(view.at.known_at)
    return ResolvedScope(
        revision=view.session.status.revision, as_of=Instant(view.at.as_of or ""), known_at=known_at, view=view
    )
