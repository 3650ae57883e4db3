"""Root fields of what is stored: entities, claims, evidence and judgements."""

# ruff: noqa: A002, PLR0913, PLR0917 - the parameters of a resolver are the arguments of its field

import strawberry

from api.graphql.history import claims_citing, versions_of
from api.graphql.lookup import at_most_100, find_nodes, require
from api.graphql.search import OrganizationWhere, find_organizations, search_entities
from api.request.context import ApiInfo
from api.request.scope import ReadScope
from api.types.base.conclusion import Listing
from api.types.base.entity import Claim, Entity
from api.types.base.evidence import Evidence, Node
from api.types.base.page import Connection
from api.types.base.resolved_scope import ResolvedScope, resolved_scope_of
from api.types.base.status import Status, status_of
from api.types.entities.judgement import Judgement, present_judgements
from api.types.entities.organization import Organization


@strawberry.type
class EntityFields:
    """Stored entities, claims, evidence and judgements."""

    @strawberry.field
    def status(self, info: ApiInfo) -> Status:
        """Revision, version and size of the store."""
        return status_of(info.context)

    @strawberry.field
    def scope(self, info: ApiInfo, scope: ReadScope | None = None) -> ResolvedScope:
        """What a request with this scope reads: its times, its buyer, and the revision of the store."""
        return resolved_scope_of(info.context.view(scope))

    @strawberry.field
    def node(self, info: ApiInfo, id: strawberry.ID, scope: ReadScope | None = None) -> Node | None:
        """The entity, claim, evidence or judgement with this id; null if there is none."""
        return find_nodes(info.context.view(scope), [id]).get(id)

    @strawberry.field
    def nodes(self, info: ApiInfo, ids: list[strawberry.ID], scope: ReadScope | None = None) -> list[Node | None]:
        """Entities, claims, evidence and judgements by their ids, in that order.

        Null for each id that does not exist.
        """
        found = find_nodes(info.context.view(scope), at_most_100(ids))
        return [found.get(one) for one in ids]

    @strawberry.field
    def search(
        self,
        info: ApiInfo,
        words: str,
        first: int = 20,
        after: str | None = None,
        kinds: list[str] | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Entity]:
        """Entities of any kind whose names or texts hold all of these words, by id."""
        return search_entities(info.context.view(scope, after=after), words, kinds, first, after)

    @strawberry.field
    def organizations(
        self,
        info: ApiInfo,
        first: int,
        after: str | None = None,
        where: OrganizationWhere | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Organization]:
        """Organisations that pass the filters, ordered by id."""
        view = info.context.view(scope, after=after)
        return find_organizations(view, where, first, after)

    @strawberry.field
    def organization(
        self,
        info: ApiInfo,
        id: strawberry.ID,
        scope: ReadScope | None = None,
    ) -> Organization | None:
        """The organisation with this id. Error `NOT_FOUND` if there is none."""
        view = info.context.view(scope)
        return require(find_nodes(view, [id]), id, Organization)

    @strawberry.field
    def supplier(
        self,
        info: ApiInfo,
        id: strawberry.ID,
        scope: ReadScope | None = None,
    ) -> Organization | None:
        """The organisation with this id, as `organization`; for queries about a supplier.

        Error `NOT_FOUND` if there is none.
        """
        view = info.context.view(scope)
        return require(find_nodes(view, [id]), id, Organization)

    @strawberry.field
    def claim(self, info: ApiInfo, id: strawberry.ID, scope: ReadScope | None = None) -> Claim | None:
        """The claim with this id. Error `NOT_FOUND` if there is none."""
        return require(find_nodes(info.context.view(scope), [id]), id, Claim)

    @strawberry.field
    def claim_versions(self, info: ApiInfo, id: strawberry.ID, scope: ReadScope | None = None) -> list[Claim]:
        """Every version of one claim that was recorded by `knownAt`, valid or not, the earliest first."""
        return versions_of(info.context.view(scope), id)

    @strawberry.field
    def claims_citing(
        self,
        info: ApiInfo,
        evidence: strawberry.ID,
        first: int = 20,
        after: str | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Claim]:
        """The claims that cite one piece of evidence, by id."""
        return claims_citing(info.context.view(scope, after=after), evidence, first, after)

    @strawberry.field
    def evidence(self, info: ApiInfo, id: strawberry.ID, scope: ReadScope | None = None) -> Evidence | None:
        """The evidence with this id. Error `NOT_FOUND` if there is none."""
        return require(find_nodes(info.context.view(scope), [id]), id, Evidence)

    @strawberry.field
    def judgements(
        self,
        info: ApiInfo,
        first: int = 50,
        after: str | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Judgement]:
        """Standing judgements whether two entities are the same, ordered by id."""
        view = info.context.view(scope, after=after)
        found = info.context.reader.judgements(view.at)
        listing = Listing(view, ("judgements",), first, after)
        return listing.show(found, lambda one: one.judgement.id, lambda rows: present_judgements(view, rows))
