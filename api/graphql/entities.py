"""Root fields of what is stored: entities, claims, evidence and judgements."""

# ruff: noqa: A002 - the parameters of a resolver are the arguments of its field

import strawberry

from api.graphql.lookup import at_most_100, find_nodes, require
from api.graphql.organizations import OrganizationWhere, find_organizations
from api.request.context import ApiInfo
from api.request.scope import ReadScope
from api.types.base.conclusion import Listing
from api.types.base.entity import Claim
from api.types.base.evidence import Evidence, Node
from api.types.base.page import Connection
from api.types.base.status import Status, status_of
from api.types.entities.judgement import Judgement, present_judgements
from api.types.entities.organization import Organization


@strawberry.type
class EntityFields:
    """What is stored: entities, claims, evidence and judgements."""

    @strawberry.field
    def status(self, info: ApiInfo) -> Status:
        """What the store is and holds."""
        return status_of(info.context)

    @strawberry.field
    def node(self, info: ApiInfo, id: strawberry.ID, scope: ReadScope | None = None) -> Node | None:
        """Anything by its id: an entity, a claim, evidence or a judgement; null where there is no such thing."""
        return find_nodes(info.context.view(scope), [id]).get(id)

    @strawberry.field
    def nodes(self, info: ApiInfo, ids: list[strawberry.ID], scope: ReadScope | None = None) -> list[Node | None]:
        """Several things by their ids, at most 100, in that order; null for each that is not there."""
        found = find_nodes(info.context.view(scope), at_most_100(ids))
        return [found.get(one) for one in ids]

    @strawberry.field
    def organizations(
        self,
        info: ApiInfo,
        first: int,
        after: str | None = None,
        where: OrganizationWhere | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Organization]:
        """Organisations, by id."""
        view = info.context.view(scope, after=after)
        return find_organizations(view, where, first, after)

    @strawberry.field
    def organization(
        self,
        info: ApiInfo,
        id: strawberry.ID,
        scope: ReadScope | None = None,
    ) -> Organization | None:
        """One organisation by its id."""
        view = info.context.view(scope)
        return require(find_nodes(view, [id]), id, Organization)

    @strawberry.field
    def supplier(
        self,
        info: ApiInfo,
        id: strawberry.ID,
        scope: ReadScope | None = None,
    ) -> Organization | None:
        """One supplier by its id, as the buyer sees it: everything about it in one query."""
        view = info.context.view(scope)
        return require(find_nodes(view, [id]), id, Organization)

    @strawberry.field
    def claim(self, info: ApiInfo, id: strawberry.ID, scope: ReadScope | None = None) -> Claim | None:
        """One claim by its id."""
        return require(find_nodes(info.context.view(scope), [id]), id, Claim)

    @strawberry.field
    def evidence(self, info: ApiInfo, id: strawberry.ID, scope: ReadScope | None = None) -> Evidence | None:
        """One piece of evidence by its id."""
        return require(find_nodes(info.context.view(scope), [id]), id, Evidence)

    @strawberry.field
    def judgements(
        self,
        info: ApiInfo,
        first: int = 50,
        after: str | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Judgement]:
        """What was judged of entities being the same, and stands, by id."""
        view = info.context.view(scope, after=after)
        found = info.context.reader.judgements(view.at)
        listing = Listing(view, ("judgements",), first, after)
        return listing.show(found, lambda one: one.judgement.id, lambda rows: present_judgements(view, rows))
