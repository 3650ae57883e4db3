"""Judgements: that two entities are the same, different, or that this is unsure."""

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
    """That two entities are the same, different, or that this is unsure. Withdrawing it gives back two right entities.

    Attributes:
        verdict: What was judged.
        by: Who judged.
        why: The reason, in words.
        features: What it was judged by.
        recorded_at: When it was recorded here.
        superseded_at: When it was withdrawn; null while it stands.
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
        """The one with the smaller id, by itself even where the two were merged."""
        return self.entities[self.ends[0]]

    @strawberry.field
    def right(self) -> Entity:
        """The other, by itself even where the two were merged."""
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
