"""Assesses an entity by all declared methods, and recomputes an assessment from its own claims."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ontology.records import EntityId
from reasoning.network.facts import Fact, Facts
from reasoning.risk.assessment import Assessment, Figure, Ground, make_assessment
from reasoning.risk.certainty import chain
from reasoning.risk.methods import certificates, country, deliveries, incidents, sanctions
from reasoning.risk.methods.method import AssessmentContext, Found, Method, Paths, sureness

METHODS: Mapping[str, Method] = {
    method.label: method
    for method in (sanctions.METHOD, country.METHOD, deliveries.METHOD, certificates.METHOD, incidents.METHOD)
}
_CLOSE = 1e-12


class Assessor:
    """Assessments at one reading instant; none if it has no world time."""

    def __init__(self, facts: Facts) -> None:
        self._context = None if facts.at.as_of is None else AssessmentContext(facts, facts.at.as_of)

    def assess(self, entity: EntityId, paths: Paths, wanted: frozenset[EntityId]) -> Mapping[EntityId, Assessment]:
        """The assessments of an entity by category, for the wanted categories that have evidence.

        Args:
            entity: The entity to assess.
            paths: Its places, itself included, each with the claims that lead there.
            wanted: The categories.
        """
        if self._context is None or not wanted:
            return {}
        grounds: dict[EntityId, list[Ground]] = defaultdict(list)
        for method in METHODS.values():
            for found in method.find(self._context, entity, paths, wanted):
                ground = _ground(method, found, paths[found.place], self._context.as_of)
                if ground is not None:
                    grounds[found.category].append(ground)
        at = self._context.as_of
        return {category: make_assessment(entity, category, tuple(same), at) for category, same in grounds.items()}


def _ground(method: Method, found: Found, path: tuple[Fact, ...], as_of: str) -> Ground | None:
    figure = method.measure(found.place, found.category, found.facts, as_of)
    return None if figure is None else Ground(method.label, found.place, path, found.facts, _led(figure, path))


def _led(figure: Figure, path: tuple[Fact, ...]) -> Figure:
    """The figure with a certainty that includes the path to its place."""
    if not path:
        return figure
    return replace(figure, certainty=chain([figure.certainty, sureness(path)]))


def recheck(assessment: Assessment) -> Iterator[str]:
    """Yield what of an assessment does not follow from its own claims; nothing if it holds."""
    what = f"the assessment of {assessment.subject} in {assessment.category}"
    for ground in assessment.grounds:
        method = METHODS.get(ground.method)
        found = Found(ground.place, assessment.category, ground.facts)
        if method is None:
            yield f"{what} names the unknown method {ground.method}"
        elif _ground(method, found, ground.path, assessment.at) != ground:
            yield f"{what} by {ground.method} is not what its claims give"
        if not _leads(assessment.subject, ground):
            yield f"{what} by {ground.method} rests on claims that do not lead to {ground.place}"
    again = make_assessment(assessment.subject, assessment.category, assessment.grounds, assessment.at)
    if (again.inputs, again.method) != (assessment.inputs, assessment.method):
        yield f"{what} does not have the inputs that it names"
    for name in ("value", "low", "high", "coverage"):
        if not math.isclose(getattr(again, name), getattr(assessment, name), rel_tol=0, abs_tol=_CLOSE):
            yield f"{name} of {what} does not follow from its grounds"


def _leads(subject: EntityId, ground: Ground) -> bool:
    ends = [subject, *(step.object for step in ground.path)]
    return ends[-1] == ground.place and all(step.subject == end for step, end in zip(ground.path, ends, strict=False))
