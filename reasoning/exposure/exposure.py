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
    """One hop of a path: the share of a customer's need that a supplier meets, and the links that state it.

    Attributes:
        customer: The customer.
        supplier: The supplier.
        links: The links between them.
        unit: The unit of the customer's links.
        total: The weight of all open links of the customer that count here, in that unit.
    """

    customer: EntityId
    supplier: EntityId
    links: tuple[Link, ...]
    unit: str
    total: float

    @property
    def counted(self) -> float:
        """The weight that the estimate counts, in the unit; inferred links in proportion to their confidence."""
        return math.fsum(link.counted for link in self.links)

    @property
    def share(self) -> float:
        """The supplier's share of the customer's need, in [0, 1]."""
        return self.counted / self.total if self.total > 0 else 0.0

    @property
    def inferred(self) -> bool:
        """Whether all its links are inferred."""
        return all(link.fact.inferred for link in self.links)

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims of its links."""
        return claims_along(self.links)

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """The evidence of those claims, ascending."""
        return evidence_of(self.links)


@dataclass(frozen=True, slots=True)
class ExposurePath:
    """One path from the buyer up to the supplier, and its contribution to the score.

    Attributes:
        entities: The buyer first, the supplier last; in a cycle an entity occurs again.
        hops: The hops in the same order.
        contribution: (1−α) · Π α·share over the hops · Σ weight·risk over the categories.
        category: The category of known risk that contributes most; "" if no risk is known.
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
    """One category's part of a score: low ≤ score ≤ high.

    Attributes:
        category: The risk category.
        weight: Its weight.
        own: The supplier's own risk; None if it is not known.
        low: The lower end.
        score: The estimate.
        high: The upper end.
    """

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
    """A part of a buyer's exposure.

    Attributes:
        product: Only through this product of the buyer, or kind of product; "" for all.
        category: Only by this risk category, one of the twelve; None for all.
    """

    product: str = ""
    category: EntityId | None = None


WHOLE_EXPOSURE = ExposureScope()


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a buyer is exposed to through one supplier: M1's attribution c_{f←s}, every figure in [0, 1].

    An exposure narrowed to a category has only that category's part, and its figures are of that category.

    Attributes:
        buyer: The buyer f.
        supplier: The supplier s.
        tier: The fewest links from the buyer.
        longest: The most links; None if a cycle makes walks endless.
        score: The estimate. Inferred links count by their confidence, and an unknown risk counts 0.5.
        low: Without inferred links, unknown risk at 0, assessed risk at its lower end.
        high: With all links, unknown risk at 1, assessed risk at its upper end.
        coverage: The share of the category weights with known risk; an interval counts by 1 − its width.
        reach: Low, estimate and high of (1−α)[(I−αS)⁻¹]: the share of the buyer's need that ends at the supplier.
        parts: The part of each category.
        paths: The heaviest paths, heaviest first.
        remainder: score − Σ contributions of the paths.
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
    """Whether an exposure follows from its own explanation.

    Attributes:
        recomputed: The score recomputed from paths and remainder.
        faults: What does not follow; empty if all does.
    """

    recomputed: float
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether there are no faults."""
        return not self.faults


def in_category(exposures: Iterable[Exposure], category: EntityId) -> tuple[Exposure, ...]:
    """Exposures narrowed to one risk category, greatest first, ties by id.

    Args:
        exposures: Over all categories.
        category: One of the twelve risk categories.
    """
    found = (narrowed(one, category) for one in exposures)
    return tuple(sorted(found, key=lambda one: (-one.score, one.supplier)))


def narrowed(whole: Exposure, category: EntityId) -> Exposure:
    """One category's part of an exposure. Contributions of its paths and the remainder add up to that part.

    Scores add up over categories. So each path contributes to a category in proportion to the category's part of the
    score. Tier, reach and the paths themselves do not change.

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

    A narrowed exposure is recomputed in the same way from the one part that it has.
    """
    recomputed = math.fsum([*map(_contribution, exposure.paths, [exposure] * len(exposure.paths)), exposure.remainder])
    return Verification(recomputed, tuple(_faults(exposure, recomputed)))


def _contribution(path: ExposurePath, exposure: Exposure) -> float:
    return (1 - ALPHA) * math.prod(ALPHA * hop.share for hop in path.hops) * _middle(exposure)


def _middle(exposure: Exposure) -> float:
    """Σ weight·risk of the supplier, with the middle for unknown risk."""
    return math.fsum(part.weight * part.bounds[1] for part in exposure.parts)


def _faults(exposure: Exposure, recomputed: float) -> Iterator[str]:
    if not is_close(recomputed, exposure.score):
        yield f"paths and remainder give {recomputed!r}, not the score {exposure.score!r}"
    if exposure.remainder < -CLOSENESS:
        yield f"the remainder {exposure.remainder!r} is negative"
    for path in exposure.paths:
        yield from (f"the path over {' < '.join(path.entities)} {fault}" for fault in _faults_of_path(path, exposure))
    if not is_close(_coverage(exposure.parts), exposure.coverage):
        yield f"the coverage {exposure.coverage!r} does not follow from the known risks"
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
        yield "cites a link between other firms"
    known = {part.category: part.weight * part.own.value for part in exposure.parts if part.own is not None}
    if known.get(EntityId(path.category), 0.0) < max(known.values(), default=0.0) - CLOSENESS:
        yield f"has a greater known risk than {path.category or 'none'}"


def _coverage(parts: Iterable[CategoryPart]) -> float:
    """The share of the weights of these categories with known risk."""
    counted = [(part.weight, _known(part)) for part in parts]
    total = math.fsum(weight for weight, _ in counted)
    return math.fsum(weight * known for weight, known in counted) / total if total > 0 else 0.0


def _known(part: CategoryPart) -> float:
    """How far the supplier's risk in a category is known: 1 for a single figure, 0 for the whole interval."""
    return 1 - (part.bounds[2] - part.bounds[0])


def _faults_of_parts(exposure: Exposure) -> Iterator[str]:
    for part in exposure.parts:
        for name, value, reach, risk in zip(
            ("low", "score", "high"), (part.low, part.score, part.high), exposure.reach, part.bounds, strict=True
        ):
            if not is_close(value, reach * part.weight * risk):
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
        yield f"the own risk in {own.category} is not that of its assessment"
