"""The state of the store."""

import strawberry

from api.request.context import RequestContext
from api.request.scope import Instant
from graph.content_hash import content_hash


@strawberry.type
class Count:
    """How many rows of a sort there are.

    Attributes:
        name: The sort: entities, claims, evidence, ….
        count: How many.
    """

    name: str
    count: int


@strawberry.type
class Status:
    """What the store is and holds.

    Attributes:
        revision: Rises by one for each write that had an effect.
        recorded_at: The last record instant; null in an empty store.
        schema_version: Version of the store's own layout.
        counts: Rows by sort.
    """

    revision: int
    recorded_at: Instant | None
    schema_version: int
    counts: list[Count]
    session: strawberry.Private[RequestContext]

    @strawberry.field
    def content_hash(self) -> str:
        """SHA-256 over all that stands, the same in every store with the same content; reads everything."""
        return content_hash(self.session.reader)


def status_of(session: RequestContext) -> Status:
    """The state that the request reads."""
    status = session.status
    return Status(
        revision=status.revision,
        recorded_at=None if status.recorded_at is None else Instant(status.recorded_at),
        schema_version=status.schema,
        counts=[Count(name=name, count=status.counts[name]) for name in sorted(status.counts)],
        session=session,
    )
