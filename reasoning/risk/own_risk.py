"""Own risk R[s, category]: the greatest severity × likelihood of the open risks of s, its sites and its regions.

Where no open risk is recorded in a category, an assessment of evidence (`reasoning.risk.assessor`) applies.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from ontology.records import ClaimId, EntityId, EvidenceId
from reasoning.network.citations import evidence_of
from reasoning.network.facts import Fact, Facts, as_number
from reasoning.risk.assessment import Assessment
from reasoning.risk.assessor import Assessor
from reasoning.risk.categories import path_to_category
from reasoning.risk.methods.method import Paths
from reasoning.risk.weights import CATEGORIES, UNKNOWN, WEIGHTS

_PLACES = ("OPERATES", "LOCATED_AT", "IN_COUNTRY")
_WIDER = ("PART_OF", "BROADER", "IN_COUNTRY", "LOCATED_AT")


@dataclass(frozen=True, slots=True)
class OwnRisk:
    """What decides R for one entity and category, and every claim that it follows from.

    Attributes:
        category: The risk category.
        value: Severity × likelihood, in [0, 1].
        risk: The Risk entity; None if the value is assessed from evidence.
        place: What the risk affects: the entity itself, one of its sites or one of its regions.
        facts: The claims that lead to the place, then AFFECTS, IN_CATEGORY, LIKELIHOOD and SEVERITY; or those of the
        assessment.
        spread: Low and high; None if both are the value.
        assessment: The assessment, if no risk is recorded.
    """

    category: EntityId
    value: float
    risk: EntityId | None
    place: EntityId
    facts: tuple[Fact, ...]
    spread: tuple[float, float] | None = None
    assessment: Assessment | None = None

    @property
    def bounds(self) -> tuple[float, float, float]:
        """Low, value and high."""
        return (self.value,) * 3 if self.spread is None else (self.spread[0], self.value, self.spread[1])

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claim ids of `facts`."""
        return tuple(fact.claim for fact in self.facts)

    @property
    def evidence(self) -> tuple[EvidenceId, ...]:
        """The evidence of `facts`, ascending."""
        return evidence_of(self.facts)


class Risks:
    """Own risks, computed for an entity when first requested."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._assessor = Assessor(facts)
        self._scored: dict[EntityId, OwnRisk | None] = {}
        self._by_entity: dict[EntityId, Mapping[EntityId, OwnRisk]] = {}

    def of(self, entity: EntityId) -> Mapping[EntityId, OwnRisk]:
        """The own risk of an entity by category; a category without any information is not a key."""
        if entity not in self._by_entity:
            paths = places(self._facts, entity)
            recorded = self._greatest(paths)
            wanted = frozenset(CATEGORIES) - recorded.keys()
            self._by_entity[entity] = {**recorded, **self._assessed(entity, paths, wanted)}
        return self._by_entity[entity]

    def _assessed(self, entity: EntityId, paths: Paths, wanted: frozenset[EntityId]) -> Mapping[EntityId, OwnRisk]:
        made = self._assessor.assess(entity, paths, wanted)
        return {name: _of_assessment(one) for name, one in sorted(made.items())}

    def _greatest(self, paths: Paths) -> Mapping[EntityId, OwnRisk]:
        greatest: dict[EntityId, OwnRisk] = {}
        for found in self._found(paths):
            standing = greatest.get(found.category)
            if standing is None or _rank(found) < _rank(standing):
                greatest[found.category] = found
        return greatest

    def _found(self, paths: Paths) -> Iterator[OwnRisk]:
        for place, path in paths.items():
            for affects in self._facts.onto("AFFECTS", place):
                scored = self._score(affects.subject)
                if scored is not None:
                    facts = (*path, affects, *scored.facts)
                    yield replace(scored, place=place, facts=facts)

    def _score(self, risk: EntityId) -> OwnRisk | None:
        if risk not in self._scored:
            self._scored[risk] = _scored(self._facts, risk)
        return self._scored[risk]


def bounds_in(own: Mapping[EntityId, OwnRisk], category: EntityId) -> tuple[float, float, float]:
    """Low, value and high of own risk in a category; of a category that is no key, those of what is not known."""
    return own[category].bounds if category in own else UNKNOWN


def weighted(own: Mapping[EntityId, OwnRisk], end: int) -> float:
    """Own risk summed over the categories by their weights; `end` is 0 for the low, 1 for the value, 2 for the high."""
    return math.fsum(WEIGHTS[category] * bounds_in(own, category)[end] for category in CATEGORIES)


def places(facts: Facts, entity: EntityId) -> Mapping[EntityId, tuple[Fact, ...]]:
    """The entity, its sites, the regions of both and the regions around these, each with a shortest path of claims."""
    paths: dict[EntityId, tuple[Fact, ...]] = {entity: ()}
    front = [entity]
    while front:
        steps = sorted(_steps(facts, front), key=lambda fact: (fact.subject, fact.object, fact.preference))
        front = []
        for fact in steps:
            if fact.object is not None and fact.object not in paths:
                paths[fact.object] = (*paths[fact.subject], fact)
                front.append(fact.object)
    return paths


def _steps(facts: Facts, front: Iterable[EntityId]) -> Iterator[Fact]:
    for entity in front:
        predicates = _PLACES if facts.kind(entity) == "Organization" else _WIDER
        yield from chain.from_iterable(facts.about(predicate, entity) for predicate in predicates)


def _scored(facts: Facts, risk: EntityId) -> OwnRisk | None:
    """The risk that a Risk entity states; None if its category, likelihood or severity is not known."""
    likelihood, severity = facts.preferred("LIKELIHOOD", risk), facts.preferred("SEVERITY", risk)
    path = path_to_category(facts, risk)
    if likelihood is None or severity is None or not path:
        return None
    chance, harm = as_number(likelihood.value), as_number(severity.value)
    category = path[-1].object
    if chance is None or harm is None or category is None:
        return None
    return OwnRisk(category, chance * harm, risk, risk, (*path, likelihood, severity))


def _of_assessment(made: Assessment) -> OwnRisk:
    """The own risk that an assessment states; its subject is the place."""
    return OwnRisk(
        made.category, made.value, None, made.subject, made.facts, spread=(made.low, made.high), assessment=made
    )


def _rank(own: OwnRisk) -> tuple[float, int, tuple[ClaimId, ...]]:
    """Sort key: the greatest value first; of equal ones the nearest, then the smaller claim ids."""
    return (-own.value, len(own.facts), own.claims)
