"""An assessment: what evidence says of one risk of one entity, with all that it was made from. Immutable."""

from collections.abc import Iterable
from dataclasses import dataclass

from ontology.canonical import digest
from ontology.records import ClaimId, EntityId, EvidenceId
from reasoning.network.citations import evidence_of
from reasoning.network.facts import Fact
from reasoning.risk.certainty import Certainty
from reasoning.risk.weights import UNKNOWN_HIGH, UNKNOWN_LOW, UNKNOWN_MIDDLE

COMBINED = "combined@1"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a formula makes of evidence: a risk in [0, 1] if the evidence holds, low ≤ value ≤ high.

    Attributes:
        certainty: How sure the evidence is, and how fresh.
    """

    low: float
    value: float
    high: float
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Ground:
    """One figure that an assessment rests on.

    Attributes:
        method: `name@version` of what made it.
        place: What the evidence is about: the entity assessed, one of its sites or one of its regions.
        way: The claims that lead from the entity to the place.
        facts: The evidence, in the order in which the method takes it.
    """

    method: str
    place: EntityId
    way: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    figure: Figure


@dataclass(frozen=True, slots=True)
class Assessment:
    """An entity's own risk in one category as evidence has it.

    Attributes:
        method: `name@version` of the one method behind it, `combined@1` where several grounds are.
        inputs: SHA-256 over the ids of the claims used.
        value, low, high: Severity × likelihood in [0, 1]; where the evidence may not hold it is unknown, which is the
            whole interval and counts by its middle.
        coverage: 1 - the width of the interval.
        at: World time of the assessment.
    """

    subject: EntityId
    category: EntityId
    method: str
    inputs: str
    value: float
    low: float
    high: float
    coverage: float
    at: str
    grounds: tuple[Ground, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts used, each once, in the order of the grounds."""
        return facts_of(self.grounds)

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims of `facts`."""
        return tuple(fact.claim for fact in self.facts)

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """The evidence of `facts`, ascending."""
        return evidence_of(self.facts)


def make_assessment(subject: EntityId, category: EntityId, grounds: tuple[Ground, ...], at: str) -> Assessment:
    """The assessment that grounds make; there is at least one, and their order does not matter."""
    ordered = tuple(sorted(grounds, key=lambda one: (one.method, one.place, [fact.claim for fact in one.facts])))
    low, value, high = combined([ground.figure for ground in ordered])
    return Assessment(
        subject=subject,
        category=category,
        method=ordered[0].method if len(ordered) == 1 else COMBINED,
        inputs=digest(sorted(fact.claim for fact in facts_of(ordered))),
        value=value,
        low=low,
        high=high,
        coverage=1.0 - (high - low),
        at=at,
        grounds=ordered,
    )


def combined(figures: Iterable[Figure]) -> tuple[float, float, float]:
    """Low, value and high of the greatest risk that holds; unknown where none does.

    Evidence of probability p holds in the first p of all cases, so that the surest holds wherever a less sure one does
    (of alternatives, the probability that one holds is then the greatest p, its lower Fréchet bound).
    """
    told = list(figures)
    least = max(one.certainty.low for one in told)
    low = _mean([(one.certainty.low, one.low) for one in told], UNKNOWN_LOW)
    value = _mean([(one.certainty.estimate, one.value) for one in told], UNKNOWN_MIDDLE)
    high = _mean([(min(one.certainty.high, least), one.high) for one in told], UNKNOWN_HIGH)
    return min(low, value), value, max(high, value)


def _mean(cases: Iterable[tuple[float, float]], unknown: float) -> float:
    """The mean over all cases of the greatest risk whose (probability, risk) holds there, else of `unknown`."""
    surest_first = sorted(cases, reverse=True)
    bounds = [probability for probability, _ in surest_first[1:]] + [0.0]
    mean, greatest = (1.0 - surest_first[0][0]) * unknown, 0.0
    for (probability, risk), bound in zip(surest_first, bounds, strict=True):
        greatest = max(greatest, risk)
        mean += (probability - bound) * greatest
    return min(1.0, max(0.0, mean))


def facts_of(grounds: Iterable[Ground]) -> tuple[Fact, ...]:
    """The facts of grounds, each once."""
    every = (fact for ground in grounds for fact in (*ground.way, *ground.facts))
    return tuple({fact.claim: fact for fact in every}.values())
