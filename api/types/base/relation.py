"""Relations between entities, each with the claims that state it."""

from typing import Generic, TypeVar, cast

import strawberry

from api.request.batches import EntityBatch, Traversal
from api.request.cursors import Page
from api.types.base.conclusion import ConclusionContext
from api.types.base.entity import Entity
from api.types.base.page import PageInfo, page_info
from api.types.base.proof import Trace, TraceableInPart

T = TypeVar("T", bound=Entity)


@strawberry.type
class RelationEdge(TraceableInPart, Generic[T]):
    """A related entity, with the claims that state the relation.

    Attributes:
        cursor: Position in the list: give it as `after` to continue behind this entity.
        node: The related entity.
        claims: The claims that state the relation, the preferred one first; at most `first`.
    """

    cursor: str
    node: T


@strawberry.type
class RelationConnection(Generic[T]):
    """One page of related entities.

    Attributes:
        edges: The entities of this page.
        page_info: The end of this page.
        total_count: Number of related entities on all pages.
    """

    edges: list[RelationEdge[T]]
    page_info: PageInfo
    total_count: int


def related(entity: Entity, hop: Traversal, first: int, after: str | None) -> RelationConnection[T]:
    """One page of the entities that a traversal leads to."""
    place = entity.batch.place(entity.id, *hop.predicates, str(hop.inward))
    page = place.page(first, after)
    part = entity.batch.relations(hop, page)[entity.key]
    context = entity.batch.once(("related", hop, page), lambda: _context(entity.batch, hop, page))
    edges: list[RelationEdge[T]] = [
        RelationEdge(
            cursor=place.cursor(row.other),
            node=cast("T", context.entity(row.other)),
            trace=Trace(context, [stored.claim.id for stored in row.claims]),
        )
        for row in part.rows
    ]
    ends = page_info([edge.cursor for edge in edges], more=part.more)
    return RelationConnection(edges=edges, page_info=ends, total_count=part.total)


def _context(batch: EntityBatch, hop: Traversal, page: Page) -> ConclusionContext:
    """What the pages of a whole batch show, read together."""
    rows = [row for part in batch.relations(hop, page).values() for row in part.rows]
    stored = [stored for row in rows for stored in row.claims]
    return ConclusionContext(batch.view, [row.other for row in rows], [], stored=stored)
