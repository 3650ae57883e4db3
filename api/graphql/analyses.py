"""Root fields of the analyses: findings, recommendations, what-if and the like."""

# ruff: noqa: A002, PLR0913, PLR0917 - the parameters of a resolver are the arguments of its field

import strawberry

from api.graphql.cited_evidence import find_cited_evidence
from api.request.context import ApiInfo
from api.request.scope import Instant, ReadScope
from api.types.analyses.alternative import Alternative, alternatives_of, present_alternatives
from api.types.analyses.concentration import Concentration, concentration_key, concentrations_of, present_concentrations
from api.types.analyses.conflict import Conflict, conflict_key, present_conflicts
from api.types.analyses.failure_points import FailurePoints, find_failure_points
from api.types.analyses.finding import Finding, detected_for, finding_key, present_findings
from api.types.analyses.question import Question, present_questions, questions_of
from api.types.analyses.recommendation import Recommendation, decided_for, present_recommendations, recommendation_key
from api.types.analyses.series import Series, instants_of, scope_at, series_of
from api.types.analyses.what_if import WhatIf, what_if
from api.types.analyses.what_if_input import WhatIfInput
from api.types.base.conclusion import Listing
from api.types.base.evidence import Evidence
from api.types.base.page import Connection
from reasoning.analysis.questions import RANKED


@strawberry.type
class AnalysisFields:
    """Conclusions for a buyer: findings, recommendations, conflicts and analyses."""

    @strawberry.field
    def findings(
        self,
        info: ApiInfo,
        first: int = 50,
        after: str | None = None,
        kinds: list[str] | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Finding]:
        """Findings for the buyer, such as sanctioned owners, of the given kinds or of all."""
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
        """Clauses that the buyer should request from its suppliers, or from one of them, by descending score."""
        view = info.context.view(scope, after=after)
        listing = Listing(view, ("recommendations", supplier or ""), first, after)
        found = decided_for(view, supplier)
        return listing.show(found, recommendation_key, lambda rows: present_recommendations(view, rows))

    @strawberry.field
    def cited_evidence(
        self,
        info: ApiInfo,
        first: int = 50,
        after: str | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Evidence]:
        """All evidence that the buyer's exposures, findings and recommendations cite, each piece once, by id."""
        view = info.context.view(scope, after=after)
        return find_cited_evidence(view, first, after)

    @strawberry.field
    def conflicts(
        self,
        info: ApiInfo,
        first: int = 50,
        after: str | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Conflict]:
        """Facts on which sources contradict each other, with the preferred side and the reason."""
        view = info.context.view(scope, after=after)
        found = info.context.reasoning.conflicts(view.at)
        listing = Listing(view, ("conflicts",), first, after)
        return listing.show(found, conflict_key, lambda rows: present_conflicts(view, rows))

    @strawberry.field
    def what_if(
        self,
        info: ApiInfo,
        input: WhatIfInput,
        scope: ReadScope | None = None,
    ) -> WhatIf:
        """The effect of hypothetical changes on the buyer's exposure. Nothing is written."""
        return what_if(info.context.view(scope), input)

    @strawberry.field
    def single_points_of_failure(
        self,
        info: ApiInfo,
        first: int = 50,
        after: str | None = None,
        scope: ReadScope | None = None,
    ) -> FailurePoints:
        """Organisations and sites whose failure alone stops an essential input of the buyer, the most severe first."""
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
        """Concentration of inputs and exposure: sole essential sources first, then by descending index."""
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
        most: int = RANKED,
        scope: ReadScope | None = None,
    ) -> Connection[Question]:
        """Open questions: the 50 facts whose answer would narrow the exposure most per hour of work, the best first."""
        view = info.context.view(scope, after=after)
        listing = Listing(view, ("questions", str(most)), first, after)
        return listing.show(questions_of(view, most), lambda one: one.key, lambda rows: present_questions(view, rows))

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
        """Other makers of the same product that a supplier's customers could buy from, the best first."""
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
        """The buyer's exposure at several dates, the changes from the first to the last, and alerts."""
        instants = instants_of(dates, info.context.limits.dates)
        return series_of(info.context.view(scope_at(scope, instants)), instants)
