"""Relations: the entities that an entity is joined to, each with the claims that say so."""

from collections.abc import Mapping
from typing import Generic, TypeVar, cast

import strawberry

from api.request.batches import EntityBatch, Traversal
from api.request.cursors import Page, page_size
from api.types.base.entity import Claim, Entity, PresentedClaims, entities
from api.types.base.page import PageInfo, page_info
from ontology.records import ClaimId, EntityId

T = TypeVar("T", bound=Entity)


@strawberry.type
class RelationEdge(Generic[T]):
    """An entity at the far end of a relation.

    Attributes:
        cursor: Its place: what to give as `after` to go on behind it.
        node: The entity.
        total_claims: How many claims say so.
    """

    cursor: str
    node: T
    total_claims: int
    shelf: strawberry.Private["PresentedClaims"]
    proof: strawberry.Private[tuple[ClaimId, ...]]

    @strawberry.field
    def claims(self, first: int = 5) -> list[Claim]:
        """The claims that say so, those to be believed first in front."""
        return self.shelf.present(self.proof[: page_size(first)])


@strawberry.type
class RelationConnection(Generic[T]):
    """One page of the entities that an entity is related to.

    Attributes:
        edges: The entities of this page.
        page_info: Where it ends.
        total_count: How many there are on all pages.
    """

    edges: list[RelationEdge[T]]
    page_info: PageInfo
    total_count: int


def related(entity: Entity, hop: Traversal, first: int, after: str | None) -> RelationConnection[T]:
    """One page of what a hop leads to from an entity."""
    place = entity.cohort.place(entity.id, *hop.predicates, str(hop.inward))
    page = place.page(first, after)
    part = entity.cohort.relations(hop, page)[entity.key]
    shelf, others = entity.cohort.once(("presented", hop, page), lambda: _presented(entity.cohort, hop, page))
    edges: list[RelationEdge[T]] = [
        RelationEdge(
            cursor=place.cursor(row.other),
            node=cast("T", others[row.other]),
            total_claims=len(row.claims),
            shelf=shelf,
            proof=tuple(stored.claim.id for stored in row.claims),
        )
        for row in part.rows
    ]
    ends = page_info([edge.cursor for edge in edges], more=part.more)
    return RelationConnection(edges=edges, page_info=ends, total_count=part.total)


def _presented(cohort: EntityBatch, hop: Traversal, page: Page) -> tuple[PresentedClaims, Mapping[EntityId, Entity]]:
    """What the pages of a whole cohort show: their claims on one shelf, and their entities as one cohort."""
    rows = [row for part in cohort.relations(hop, page).values() for row in part.rows]
    shelf = PresentedClaims(cohort.view, stored=[stored for row in rows for stored in row.claims])
    return shelf, entities(cohort.view, [row.other for row in rows])
