"""Recommendations: clauses to request from suppliers, each with its rule and the claims behind it."""

from collections.abc import Mapping, Sequence

import strawberry

from api.request.batches import EntityBatch
from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext, short
from api.types.base.entity import Entity
from api.types.base.proof import Trace, Traceable
from ontology.records import EntityId
from reasoning.clauses.recommendation import Recommendation as Decided


@strawberry.type
class Recommendation(Traceable):
    """A clause that the buyer should request from a supplier, or the reason why none is recommended.

    Attributes:
        id: Id derived from the recommendation; identical in every answer.
        rule: The rule that decided.
        text: Wording to start from; empty if no clause is recommended.
        score: Own risk times the clause type's effect on it, from 0 to 1. Recommendations are ordered by it.
        tier: The supplier's distance from the buyer in supply links.
        ranked_by: Method that ranked the wordings: by words, or by words and embeddings.
        abstained: Reason why no clause is recommended; empty if one is.
        claims: The claims that the rule decided on, without which it would decide otherwise.
    """

    id: strawberry.ID
    rule: str
    text: str
    score: float
    tier: int
    ranked_by: str
    abstained: str
    decided: strawberry.Private[Decided]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def supplier(self) -> Entity:
        """The supplier to request the clause from."""
        return self.context.entity(self.decided.supplier)

    @strawberry.field
    def clause_type(self) -> Entity:
        """The type of the clause."""
        return self.context.entity(self.decided.clause_type)

    @strawberry.field
    def category(self) -> Entity:
        """The category of risk that decided."""
        return self.context.entity(self.decided.category)

    @strawberry.field
    def clause(self) -> Entity | None:
        """The clause that the wording is taken from; null if no clause is recommended."""
        return self.context.entity(self.decided.clause) if self.decided.clause else None


def decided_for(view: ReadView, supplier: str | None = None) -> Sequence[Decided]:
    """The recommendations for the buyer, for one supplier or for all."""
    found = view.session.reasoning.recommendations(view.required_buyer(), view.at)
    return [one for one in found if supplier is None or one.supplier == view.identity.of(EntityId(supplier))]


def recommendation_key(one: Decided) -> str:
    """The id of a recommendation."""
    return f"rec:{short(one.supplier, one.clause_type, one.rule, one.clause or '', *one.facts)}"


def present_recommendations(view: ReadView, found: Sequence[Decided]) -> list[Recommendation]:
    """Recommendations as GraphQL shows them, in one context."""
    named = [entity for one in found for entity in (one.supplier, one.clause_type, one.category, one.clause) if entity]
    claims = [claim for one in found for claim in one.facts]
    context = ConclusionContext(view, named, claims, [item for one in found for item in one.evidence])
    return [_recommendation(one, context) for one in found]


def recommendations_in(batch: EntityBatch) -> Mapping[EntityId, list[Recommendation]]:
    """The recommendations for each firm of a batch."""
    return batch.once(("recommendations",), lambda: _recommendations_in(batch))


def _recommendations_in(batch: EntityBatch) -> Mapping[EntityId, list[Recommendation]]:
    groups: dict[EntityId, list[Recommendation]] = {entity: [] for entity in batch.ids}
    found = [one for one in decided_for(batch.view) if one.supplier in groups]
    for listed in present_recommendations(batch.view, found):
        groups[listed.decided.supplier].append(listed)
    return groups


def _recommendation(decided: Decided, context: ConclusionContext) -> Recommendation:
    return Recommendation(
        id=strawberry.ID(recommendation_key(decided)),
        rule=decided.rule,
        text=decided.text,
        score=decided.score,
        tier=decided.tier,
        ranked_by=decided.ranked_by,
        abstained=decided.abstained,
        decided=decided,
        context=context,
        trace=Trace(context, decided.facts, decided.evidence),
    )
