"""An assessment: what evidence says of a risk that nobody recorded, with the figures and claims behind it."""

import strawberry

from api.types.base.conclusion import ConclusionContext
from api.types.base.entity import Entity
from api.types.base.proof import Trace, Traceable
from reasoning.risk.assessment import Assessment as Computed
from reasoning.risk.assessment import Ground as ComputedGround


@strawberry.type
class Ground(Traceable):
    """One figure that an assessment rests on.

    Attributes:
        method: The method that made it, and its version.
        low: The least that the risk is if the evidence holds.
        value: The risk if the evidence holds, from 0 to 1.
        high: The most that the risk is if the evidence holds.
        certainty: How sure it is that the evidence holds and still does, as if its claims were independent.
        certainty_low: The same, at the least that any dependence between the claims leaves.
        certainty_high: The same, at the most.
        claims: The claims that lead from the firm to the place, then those of the evidence.
    """

    method: str
    low: float
    value: float
    high: float
    certainty: float
    certainty_low: float
    certainty_high: float
    computed: strawberry.Private[ComputedGround]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def place(self) -> Entity:
        """What the evidence is about: the firm, one of its sites or one of its regions."""
        return self.context.entity(self.computed.place)


@strawberry.type
class Assessment:
    """A risk as evidence has it; recomputing it from its claims gives the same.

    Attributes:
        method: The method that made it; `combined` where it rests on several figures.
        version: The version of that method.
        low: The least that the risk may be.
        value: The estimate; what may not hold counts as unknown.
        high: The most that the risk may be.
        coverage: 1 less the width of the interval.
        inputs_hash: SHA-256 over the ids of the claims used.
        at: World time of the assessment.
        grounds: The figures that it rests on; of several the greatest that holds counts.
    """

    method: str
    version: str
    low: float
    value: float
    high: float
    coverage: float
    inputs_hash: str
    at: str
    grounds: list[Ground]


def present_assessment(computed: Computed, context: ConclusionContext) -> Assessment:
    """An assessment as GraphQL shows it."""
    method, _, version = computed.method.partition("@")
    return Assessment(
        method=method,
        version=version,
        low=computed.low,
        value=computed.value,
        high=computed.high,
        coverage=computed.coverage,
        inputs_hash=computed.inputs,
        at=computed.at,
        grounds=[_ground(ground, context) for ground in computed.grounds],
    )


def _ground(computed: ComputedGround, context: ConclusionContext) -> Ground:
    figure = computed.figure
    return Ground(
        method=computed.method,
        low=figure.low,
        value=figure.value,
        high=figure.high,
        certainty=figure.certainty.estimate,
        certainty_low=figure.certainty.low,
        certainty_high=figure.certainty.high,
        computed=computed,
        context=context,
        trace=Trace(context, [fact.claim for fact in (*computed.way, *computed.facts)]),
    )
