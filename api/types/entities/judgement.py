"""Judgements: whether two entities are the same."""

from collections.abc import Mapping, Sequence

import strawberry

from api.request.context import ReadView
from api.request.scope import Instant
from api.types.base.entity import Entity, entities
from api.types.base.evidence import Node, Qualifier, qualifiers_of
from api.types.base.scalars import Verdict
from ontology.records import EntityId, StoredJudgement


@strawberry.type
class Judgement(Node):
    """A judgement whether two entities are the same. Withdrawing it restores both entities.

    Attributes:
        verdict: The verdict.
        by: Name of the person or program that judged.
        why: The reason, in words.
        features: The features that the judgement is based on.
        recorded_at: Record time of the judgement.
        superseded_at: Record time of the withdrawal; null while the judgement stands.
    """

    verdict: Verdict
    by: str
    why: str
    features: list[Qualifier]
    recorded_at: Instant
    superseded_at: Instant | None
    ends: strawberry.Private[tuple[EntityId, EntityId]]
    entities: strawberry.Private[Mapping[EntityId, Entity]]

    @strawberry.field
    def left(self) -> Entity:
        """The entity with the smaller id, as it is without the merge."""
        return self.entities[self.ends[0]]

    @strawberry.field
    def right(self) -> Entity:
        """The entity with the greater id, as it is without the merge."""
        return self.entities[self.ends[1]]


def present_judgements(view: ReadView, found: Sequence[StoredJudgement]) -> list[Judgement]:
    """Judgements as GraphQL shows them, their entities as one batch."""
    named = entities(view.apart(), [end for stored in found for end in (stored.judgement.left, stored.judgement.right)])
    return [_judgement(stored, named) for stored in found]


def _judgement(stored: StoredJudgement, named: Mapping[EntityId, Entity]) -> Judgement:
    judged = stored.judgement
    return Judgement(
        id=strawberry.ID(judged.id),
        verdict=Verdict(judged.verdict),
        by=judged.by,
        why=judged.why,
        features=qualifiers_of(judged.features),
        recorded_at=Instant(stored.recorded_at),
        superseded_at=None if stored.superseded_at is None else Instant(stored.superseded_at),
        ends=(judged.left, judged.right),
        entities=named,
    )
