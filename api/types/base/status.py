"""The state of the store."""

import strawberry

from api.request.context import RequestContext
from api.request.scope import Instant
from graph.content_hash import content_hash


@strawberry.type
class Count:
    """Number of rows of one kind in the store.

    Attributes:
        name: The kind of row: `entities`, `claims`, `evidence` and so on.
        count: Number of rows.
    """

    name: str
    count: int


@strawberry.type
class Status:
    """Revision, version and size of the store.

    Attributes:
        revision: Revision number. Every write with an effect raises it by one.
        recorded_at: Record time of the last write; null if the store is empty.
        schema_version: Version of the store's own layout.
        counts: Number of rows by kind.
    """

    revision: int
    recorded_at: Instant | None
    schema_version: int
    counts: list[Count]
    session: strawberry.Private[RequestContext]

    @strawberry.field
    def content_hash(self) -> str:
        """SHA-256 over all standing content, identical in every store with the same content. Reads the whole store."""
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
