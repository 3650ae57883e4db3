"""Assessment: a risk derived from evidence where none is recorded, with the figures and claims behind it."""

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
        method: Name and version of the method that computed the figure.
        low: Lower bound of the risk if the evidence holds, from 0 to 1.
        value: The risk if the evidence holds, from 0 to 1.
        high: Upper bound of the risk if the evidence holds, from 0 to 1.
        certainty: Probability that the evidence holds and is still current, from 0 to 1, if its claims are independent.
        certainty_low: Lower bound of `certainty` under any dependence between the claims.
        certainty_high: Upper bound of `certainty` under any dependence between the claims.
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
        """The firm, site or region that the evidence is about."""
        return self.context.entity(self.computed.place)


@strawberry.type
class Assessment(Traceable):
    """A risk derived from evidence. Recomputing it from its claims gives the same result.

    Attributes:
        method: Name of the method; `combined` if the assessment rests on several figures.
        version: Version of the method.
        low: Lower bound of the risk, from 0 to 1.
        value: Estimate of the risk, from 0 to 1. Evidence that may not hold counts as unknown.
        high: Upper bound of the risk, from 0 to 1.
        coverage: 1 minus the width of the interval from `low` to `high`.
        inputs_hash: SHA-256 over the ids of the claims used.
        at: World time of the assessment.
        grounds: The figures that the assessment rests on. Of several, the greatest that holds counts.
        claims: The claims of all grounds, each once.
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
        trace=Trace(context, computed.claims),
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
        trace=Trace(context, [fact.claim for fact in (*computed.path, *computed.facts)]),
    )
