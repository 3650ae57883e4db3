"""Conflicts: facts on which sources contradict each other, the preferred side, and the reason."""

from collections.abc import Sequence

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext, short
from api.types.base.entity import Entity
from api.types.base.proof import Trace, Traceable
from api.types.base.scalars import Value
from reasoning.findings.conflicts import Conflict as Contradiction
from reasoning.findings.conflicts import Side


@strawberry.type
class ConflictSide(Traceable):
    """One side of a conflict: what some sources state.

    Attributes:
        value: The stated value; null if the side states an entity.
        sources: Names of the sources on this side.
        claims: The claims of this side, the preferred one first.
    """

    value: Value | None
    sources: list[str]
    side: strawberry.Private[Side]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def object(self) -> Entity | None:
        """The stated entity; null if the side states a value."""
        return None if self.side.object is None else self.context.entity(self.side.object)


@strawberry.type
class Conflict:
    """A fact on which sources contradict each other.

    Attributes:
        id: Id derived from the contested claims; identical in every answer.
        predicate: The ontology's name of the contested statement.
        why: The reason why the preferred side is preferred.
        sides: The sides, the preferred one first.
    """

    id: strawberry.ID
    predicate: str
    why: str
    sides: list[ConflictSide]
    contradiction: strawberry.Private[Contradiction]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def subject(self) -> Entity:
        """The entity that the statement is about."""
        return self.context.entity(self.contradiction.subject)


def conflict_key(one: Contradiction) -> str:
    """The id of a conflict."""
    return f"cfl:{short(one.subject, one.predicate, *(fact.claim for side in one.sides for fact in side.facts))}"


def present_conflicts(view: ReadView, found: Sequence[Contradiction]) -> list[Conflict]:
    """Conflicts as GraphQL shows them, in one context."""
    sides = [side for one in found for side in one.sides]
    named = [one.subject for one in found] + [side.object for side in sides if side.object is not None]
    context = ConclusionContext(view, named, [fact.claim for side in sides for fact in side.facts])
    return [_conflict(one, context) for one in found]


def _conflict(one: Contradiction, context: ConclusionContext) -> Conflict:
    return Conflict(
        id=strawberry.ID(conflict_key(one)),
        predicate=one.predicate,
        why=one.why,
        sides=[_side(side, context) for side in one.sides],
        contradiction=one,
        context=context,
    )


def _side(side: Side, context: ConclusionContext) -> ConflictSide:
    value = None if side.value is None else Value(side.value)
    trace = Trace(context, [fact.claim for fact in side.facts])
    return ConflictSide(value=value, sources=list(side.sources), side=side, context=context, trace=trace)
