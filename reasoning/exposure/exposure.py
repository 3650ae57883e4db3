"""Exposure: what a buyer is exposed to through each supplier of its network, with paths, claims and interval."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from ontology.records import ClaimId, EntityId, EvidenceId
from reasoning.core.closeness import CLOSENESS, is_close
from reasoning.core.linear.leontief import ALPHA
from reasoning.network.citations import claims_along, evidence_of
from reasoning.network.links import Link
from reasoning.risk.assessment import Assessment
from reasoning.risk.assessor import recheck
from reasoning.risk.own_risk import OwnRisk
from reasoning.risk.weights import UNKNOWN_HIGH, UNKNOWN_LOW, UNKNOWN_MIDDLE


@dataclass(frozen=True, slots=True)
class PathHop:
    """One step up: what part of a customer's need a supplier meets, and the claims that say so.

    Attributes:
        unit: What the customer's links are weighed in.
        total: The weight of all the customer's open links that count here, in that unit.
    """

    customer: EntityId
    supplier: EntityId
    links: tuple[Link, ...]
    unit: str
    total: float

    @property
    def counted(self) -> float:
        """What the estimate counts of the links' weights, in the unit; inferred ones as far as they are believed."""
        return math.fsum(link.counted for link in self.links)

    @property
    def share(self) -> float:
        """The supplier's part of the customer's need, in [0, 1]."""
        return self.counted / self.total if self.total > 0 else 0.0

    @property
    def inferred(self) -> bool:
        """Whether no observed link bears it."""
        return all(link.fact.inferred for link in self.links)

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims behind it."""
        return claims_along(self.links)

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """The evidence of those claims, ascending."""
        return evidence_of(self.links)


@dataclass(frozen=True, slots=True)
class ExposurePath:
    """One way from the buyer up to the supplier, and what it contributes to the score.

    Attributes:
        entities: The buyer first, the supplier last; in a cycle an entity comes again.
        contribution: (1−α) · Π α·share over the hops · Σ weight·risk over the categories.
        category: The category of known risk that contributes most, of those that count; "" where none is known.
    """

    entities: tuple[EntityId, ...]
    hops: tuple[PathHop, ...]
    contribution: float
    category: str

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims of its hops, in order."""
        return claims_along(self.hops)

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """The evidence of its hops, ascending."""
        return evidence_of(self.hops)


@dataclass(frozen=True, slots=True)
class CategoryPart:
    """One category's part of a score: low ≤ score ≤ high. `own` is None where the supplier's risk is not known."""

    category: EntityId
    weight: float
    own: OwnRisk | None
    low: float
    score: float
    high: float

    @property
    def bounds(self) -> tuple[float, float, float]:
        """Low, middle and high of the supplier's own risk."""
        return (UNKNOWN_LOW, UNKNOWN_MIDDLE, UNKNOWN_HIGH) if self.own is None else self.own.bounds


@dataclass(frozen=True, slots=True)
class ExposureScope:
    """Which part of a buyer's exposure is meant.

    Attributes:
        product: Only through this product of the buyer, or kind of product; "" for all.
        category: Only as far as this category of risk makes it, one of the twelve; None for all.
    """

    product: str = ""
    category: EntityId | None = None


WHOLE_EXPOSURE = ExposureScope()


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a buyer is exposed to through one supplier: M1's attribution c_{f←s}, every figure in [0, 1].

    An exposure narrowed to a category has that category's part alone; what is said of categories is said of that one.

    Attributes:
        tier: Fewest links from the buyer. longest: most links; None where a cycle makes them endless.
        score: The estimate: inferred links count by their confidence, a risk that is not known counts 0.5.
        low, high: Without inferred links and with unknown risk at 0; with all links and unknown risk at 1. An assessed
            risk counts by the ends of its interval.
        coverage: Which part of its category weights has a known risk; one that is an interval counts by 1 - its width.
        reach: Low, estimate and high of (1−α)[(I−αS)^-1]: the part of the buyer's need that ends at the supplier.
        paths: The heaviest paths, heaviest first. remainder: score − Σ contributions.
    """

    buyer: EntityId
    supplier: EntityId
    tier: int
    longest: int | None
    score: float
    low: float
    high: float
    coverage: float
    reach: tuple[float, float, float]
    parts: tuple[CategoryPart, ...]
    paths: tuple[ExposurePath, ...]
    remainder: float

    @property
    def by_category(self) -> Mapping[EntityId, float]:
        """The score of each category."""
        return {part.category: part.score for part in self.parts}

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """Every claim behind the paths and the risks, ascending."""
        own = {claim for part in self.parts if part.own for claim in part.own.claims}
        return tuple(sorted(own.union(*(path.claims for path in self.paths))))

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """The evidence of those claims, ascending."""
        own = {one for part in self.parts if part.own for one in part.own.evidence}
        return tuple(sorted(own.union(*(path.evidence for path in self.paths))))


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether an exposure follows from its own explanation: each fault says what does not."""

    recomputed: float
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def in_category(exposures: Iterable[Exposure], category: EntityId) -> tuple[Exposure, ...]:
    """The exposures as far as one category of risk makes them, greatest first, ties by id.

    Args:
        exposures: Over all categories.
        category: One of the twelve risk categories.
    """
    found = (narrowed(one, category) for one in exposures)
    return tuple(sorted(found, key=lambda one: (-one.score, one.supplier)))


def narrowed(whole: Exposure, category: EntityId) -> Exposure:
    """One category's part of an exposure; the contributions of its paths and the remainder add up to that part.

    Scores add up over categories, so each path contributes to a category in the proportion that the category has of the
    score. Tier, reach and the paths themselves stay.

    Args:
        whole: Over all categories.
        category: One of the twelve risk categories.
    """
    (part,) = (part for part in whole.parts if part.category == category)
    scale = part.score / whole.score if whole.score > 0 else 0.0
    named = "" if part.own is None else category
    return replace(
        whole,
        score=part.score,
        low=part.low,
        high=part.high,
        coverage=_known(part),
        parts=(part,),
        paths=tuple(replace(path, contribution=path.contribution * scale, category=named) for path in whole.paths),
        remainder=whole.remainder * scale,
    )


def verify(exposure: Exposure) -> Verification:
    """Recompute an exposure from its own explanation: paths from links, parts from risks, sums from parts.

    A narrowed exposure is recomputed like a whole one, from the part that it has.
    """
    recomputed = math.fsum([*map(_contribution, exposure.paths, [exposure] * len(exposure.paths)), exposure.remainder])
    return Verification(recomputed, tuple(_faults(exposure, recomputed)))


def _contribution(path: ExposurePath, exposure: Exposure) -> float:
    return (1 - ALPHA) * math.prod(ALPHA * hop.share for hop in path.hops) * _middle(exposure)


def _middle(exposure: Exposure) -> float:
    """Σ weight·risk of the supplier, the middle standing in for what is not known."""
    return math.fsum(part.weight * part.bounds[1] for part in exposure.parts)


def _faults(exposure: Exposure, recomputed: float) -> Iterator[str]:
    if not is_close(recomputed, exposure.score):
        yield f"paths and remainder give {recomputed!r}, not the score {exposure.score!r}"
    if exposure.remainder < -CLOSENESS:
        yield f"the remainder {exposure.remainder!r} is negative"
    for path in exposure.paths:
        yield from (f"the path over {' < '.join(path.entities)} {fault}" for fault in _faults_of_path(path, exposure))
    if not is_close(_coverage(exposure.parts), exposure.coverage):
        yield f"the coverage {exposure.coverage!r} does not follow from what is known of the risks"
    yield from _faults_of_parts(exposure)


def _faults_of_path(path: ExposurePath, exposure: Exposure) -> Iterator[str]:
    if not is_close(_contribution(path, exposure), path.contribution):
        yield f"does not contribute {path.contribution!r}"
    steps = tuple((hop.customer, hop.supplier) for hop in path.hops)
    if (path.entities[0], path.entities[-1]) != (exposure.buyer, exposure.supplier) or steps != tuple(
        pairwise(path.entities)
    ):
        yield "does not lead from the buyer to the supplier"
    if any((link.customer, link.supplier) != (hop.customer, hop.supplier) for hop in path.hops for link in hop.links):
        yield "cites a link between others"
    known = {part.category: part.weight * part.own.value for part in exposure.parts if part.own is not None}
    if known.get(EntityId(path.category), 0.0) < max(known.values(), default=0.0) - CLOSENESS:
        yield f"has a greater known risk than {path.category or 'none'}"


def _coverage(parts: Iterable[CategoryPart]) -> float:
    """Which part of the weights of these categories has a known risk."""
    counted = [(part.weight, _known(part)) for part in parts]
    total = math.fsum(weight for weight, _ in counted)
    return math.fsum(weight * known for weight, known in counted) / total if total > 0 else 0.0


def _known(part: CategoryPart) -> float:
    """How far the supplier's risk in a category is known: 1 where it is one figure, 0 where it may be anything."""
    return 1 - (part.bounds[2] - part.bounds[0])


def _faults_of_parts(exposure: Exposure) -> Iterator[str]:
    for part in exposure.parts:
        for name, told, reach, risk in zip(
            ("low", "score", "high"), (part.low, part.score, part.high), exposure.reach, part.bounds, strict=True
        ):
            if not is_close(told, reach * part.weight * risk):
                yield f"{name} of {part.category} is not its reach × weight × risk"
        if part.own is not None and part.own.assessment is not None:
            yield from _faults_of_assessment(part.own, part.own.assessment)
    for name in ("low", "score", "high"):
        if not is_close(math.fsum(getattr(part, name) for part in exposure.parts), getattr(exposure, name)):
            yield f"the parts do not add up to {name}"
    if not -CLOSENESS <= exposure.low <= exposure.score + CLOSENESS <= exposure.high + 2 * CLOSENESS:
        yield "the estimate is outside its interval"


def _faults_of_assessment(own: OwnRisk, made: Assessment) -> Iterator[str]:
    yield from recheck(made)
    if own.bounds != (made.low, made.value, made.high) or own.category != made.category:
        yield f"the own risk in {own.category} is not what was assessed"
