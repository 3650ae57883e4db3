"""What can be asked."""

# ruff: noqa: A002, PLR0913, PLR0917 - the parameters of a resolver are the arguments of its field

from typing import cast

import strawberry

from api.graphql.lookup import OrganizationFilter, at_most_100, find_nodes, find_organizations, sure
from api.graphql.measures import Measures
from api.request.context import ApiInfo
from api.request.scope import Instant, ReadScope
from api.types.analyses.analysis import (
    Alternative,
    Concentration,
    Question,
    alternatives_of,
    concentration_key,
    concentrations_of,
    present_alternatives,
    present_concentrations,
    present_questions,
    questions_of,
)
from api.types.analyses.conflict import Conflict, conflict_key, present_conflicts
from api.types.analyses.failure_points import FailurePoints, find_failure_points
from api.types.analyses.finding import Finding, detected_for, finding_key, present_findings
from api.types.analyses.recommendation import Recommendation, decided_for, present_recommendations, recommendation_key
from api.types.analyses.series import Series, instants_of, scope_at, series_of
from api.types.analyses.what_if import WhatIf, WhatIfInput, what_if
from api.types.base.conclusion import Listing
from api.types.base.entity import Claim
from api.types.base.evidence import Evidence, Node
from api.types.base.page import Connection
from api.types.base.status import Status, status_of
from api.types.entities.judgement import Judgement, present_judgements
from api.types.entities.organization import Organization
from api.types.measures.exposure import Explanation, Exposure, explanation_of, exposures_of, present_exposures, scope_of
from ontology.records import EntityId


@strawberry.input
class OrganizationWhere:
    """Which organisations: every filter that is given must hold.

    Attributes:
        search: Words that its names hold, all of them; case, accents and punctuation make no difference.
        country: Id of the country that it is registered in (`reg:iso3166-CI`), or its two-letter code.
        tier: Fewest supply links from the buyer, who is tier 0.
    """

    search: str | None = None
    country: str | None = None
    tier: int | None = None


@strawberry.type
class Query(Measures):
    """What can be asked. `asOf` is when it is true in the world, `knownAt` when it was recorded here."""

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
        asked = where or OrganizationWhere()
        wanted = OrganizationFilter(asked.search or "", asked.country or "", asked.tier)
        return cast("Connection[Organization]", find_organizations(view, wanted, first, after))

    @strawberry.field
    def organization(
        self,
        info: ApiInfo,
        id: strawberry.ID,
        scope: ReadScope | None = None,
    ) -> Organization | None:
        """One organisation by its id."""
        view = info.context.view(scope)
        return sure(find_nodes(view, [id]), id, Organization)

    @strawberry.field
    def supplier(
        self,
        info: ApiInfo,
        id: strawberry.ID,
        scope: ReadScope | None = None,
    ) -> Organization | None:
        """One supplier by its id, as the buyer sees it: everything about it in one query."""
        view = info.context.view(scope)
        return sure(find_nodes(view, [id]), id, Organization)

    @strawberry.field
    def claim(self, info: ApiInfo, id: strawberry.ID, scope: ReadScope | None = None) -> Claim | None:
        """One claim by its id."""
        return sure(find_nodes(info.context.view(scope), [id]), id, Claim)

    @strawberry.field
    def evidence(self, info: ApiInfo, id: strawberry.ID, scope: ReadScope | None = None) -> Evidence | None:
        """One piece of evidence by its id."""
        return sure(find_nodes(info.context.view(scope), [id]), id, Evidence)

    @strawberry.field
    def exposures(
        self,
        info: ApiInfo,
        first: int,
        after: str | None = None,
        paths: int = 10,
        category: str | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Exposure]:
        """What the buyer is exposed to through each supplier, direct or not, greatest first; or one category's part."""
        view = info.context.view(scope, after=after)
        narrowed = scope_of(category)
        listing = Listing(view, ("exposures", str(paths), narrowed.category or ""), first, after)
        found = exposures_of(view, paths, narrowed)
        return listing.show(found, lambda one: one.supplier, lambda rows: present_exposures(view, rows))

    @strawberry.field
    def explain(
        self,
        info: ApiInfo,
        supplier: strawberry.ID,
        category: str | None = None,
        scope: ReadScope | None = None,
    ) -> Explanation | None:
        """How the exposure through one supplier, or one category's part of it, comes about, and whether it follows."""
        view = info.context.view(scope)
        return explanation_of(view, EntityId(supplier), scope_of(category))

    @strawberry.field
    def findings(
        self,
        info: ApiInfo,
        first: int = 50,
        after: str | None = None,
        kinds: list[str] | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Finding]:
        """What the detectors find for the buyer, of these kinds or of all."""
        view = info.context.view(scope, after=after)
        listing = Listing(view, ("findings", *(kinds or ())), first, after)
        return listing.show(detected_for(view, kinds), finding_key, lambda rows: present_findings(view, rows))

    @strawberry.field
    def recommendations(
        self,
        info: ApiInfo,
        first: int = 50,
        after: str | None = None,
        supplier: strawberry.ID | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Recommendation]:
        """Which clauses the buyer should ask its suppliers for, or one supplier, the most needed first."""
        view = info.context.view(scope, after=after)
        listing = Listing(view, ("recommendations", supplier or ""), first, after)
        found = decided_for(view, supplier)
        return listing.show(found, recommendation_key, lambda rows: present_recommendations(view, rows))

    @strawberry.field
    def conflicts(
        self,
        info: ApiInfo,
        first: int = 50,
        after: str | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Conflict]:
        """Where sources contradict each other, which side is preferred, and why."""
        view = info.context.view(scope, after=after)
        found = info.context.reasoning.conflicts(view.at)
        listing = Listing(view, ("conflicts",), first, after)
        return listing.show(found, conflict_key, lambda rows: present_conflicts(view, rows))

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

    @strawberry.field
    def what_if(
        self,
        info: ApiInfo,
        input: WhatIfInput,
        scope: ReadScope | None = None,
    ) -> WhatIf:
        """What changes would do to the buyer's exposure. Nothing is written."""
        return what_if(info.context.view(scope), input)

    @strawberry.field
    def single_points_of_failure(
        self,
        info: ApiInfo,
        first: int = 50,
        after: str | None = None,
        scope: ReadScope | None = None,
    ) -> FailurePoints:
        """Firms and sites each of which, stopping alone, stops an essential input of the buyer; the worst first."""
        view = info.context.view(scope, after=after)
        return find_failure_points(view, first, after)

    @strawberry.field
    def concentration(
        self,
        info: ApiInfo,
        first: int = 50,
        after: str | None = None,
        by: str | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Concentration]:
        """How concentrated inputs and exposure are: sole essential sources first, then the most concentrated."""
        view = info.context.view(scope, after=after)
        listing = Listing(view, ("concentration", by or ""), first, after)
        found = concentrations_of(view, by)
        return listing.show(found, concentration_key, lambda rows: present_concentrations(view, rows))

    @strawberry.field
    def questions(
        self,
        info: ApiInfo,
        first: int = 20,
        after: str | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Question]:
        """What to find out next, the 50 best for an hour of work: the facts that narrow the exposure most."""
        view = info.context.view(scope, after=after)
        listing = Listing(view, ("questions",), first, after)
        return listing.show(questions_of(view), lambda one: one.key, lambda rows: present_questions(view, rows))

    @strawberry.field
    def alternatives(
        self,
        info: ApiInfo,
        supplier: strawberry.ID,
        first: int = 20,
        after: str | None = None,
        customer: strawberry.ID | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Alternative]:
        """Which other makers of the same product a supplier's customers could buy from; the best first."""
        view = info.context.view(scope, after=after)
        listing = Listing(view, ("alternatives", supplier, customer or ""), first, after)
        found = alternatives_of(view, supplier, customer)
        return listing.show(found, lambda one: one.key, lambda rows: present_alternatives(view, rows))

    @strawberry.field
    def series(
        self,
        info: ApiInfo,
        dates: list[Instant],
        scope: ReadScope | None = None,
    ) -> Series:
        """The buyer's exposure over dates, what changed from the first to the last, and what to look at."""
        instants = instants_of(dates)
        return series_of(info.context.view(scope_at(scope, instants)), instants)
