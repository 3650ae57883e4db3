"""Assessments: the risk of an entity in one category according to evidence, with all inputs. Immutable."""

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
    """The result of a formula: a risk in [0, 1] if the evidence holds, low ≤ value ≤ high.

    Attributes:
        low: The least risk.
        value: The estimate.
        high: The greatest risk.
        certainty: How probable it is that the evidence holds and is still current.
    """

    low: float
    value: float
    high: float
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Ground:
    """One figure on which an assessment rests.

    Attributes:
        method: `name@version` of the method.
        place: The subject of the evidence: the entity assessed, one of its sites or one of its regions.
        path: The claims that lead from the entity to the place.
        facts: The evidence, in the order in which the method takes it.
        figure: The method's result.
    """

    method: str
    place: EntityId
    path: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    figure: Figure


@dataclass(frozen=True, slots=True)
class Assessment:
    """The own risk of an entity in one category according to evidence.

    Attributes:
        subject: The entity.
        category: The risk category.
        method: `name@version` of the one method behind it; `combined@1` for several grounds.
        inputs: SHA-256 over the ids of the claims used.
        value: Severity × likelihood in [0, 1], the estimate. Where the evidence may not hold, the risk is unknown: then
            the
        whole interval applies and its middle counts.
        low: The lower bound.
        high: The upper bound.
        coverage: 1 − the width of the interval.
        at: World time of the assessment.
        grounds: What it rests on, ordered by method, place and claims.
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
    """The assessment that follows from grounds.

    Args:
        subject: The entity.
        category: The risk category.
        grounds: At least one, in any order.
        at: World time.
    """
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

    Evidence of probability p holds in the first p of all cases, so the surest evidence holds wherever less sure
    evidence does. Of alternatives, one then holds with the greatest p, the lower Fréchet bound.

    Args:
        figures: At least one, in any order.
    """
    every = list(figures)
    least = max(one.certainty.low for one in every)
    low = _mean([(one.certainty.low, one.low) for one in every], UNKNOWN_LOW)
    value = _mean([(one.certainty.estimate, one.value) for one in every], UNKNOWN_MIDDLE)
    high = _mean([(min(one.certainty.high, least), one.high) for one in every], UNKNOWN_HIGH)
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
    """The facts of grounds, each once, paths included."""
    every = (fact for ground in grounds for fact in (*ground.path, *ground.facts))
    return tuple({fact.claim: fact for fact in every}.values())
