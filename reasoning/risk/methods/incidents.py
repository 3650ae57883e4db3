"""Incidents: what has happened once is likely again. The risk is the harm done, fading since the incident ended.

Risk = severity of the incident. It is still current with the probability 2^(−age/half-life), and unknown otherwise. An
incident without category or severity has no effect.
"""

from collections.abc import Iterator

from ontology.records import EntityId
from reasoning.network.facts import Fact, as_number
from reasoning.risk.assessment import Figure
from reasoning.risk.categories import path_to_category
from reasoning.risk.methods.method import AssessmentContext, Found, Method, Paths, age_days, sureness
from reasoning.risk.methods.parameters import INCIDENT_HALF_LIFE_DAYS, INCIDENT_WINDOW_DAYS, freshness

_TIMES = ("ENDED_AT", "STARTED_AT")


def find(context: AssessmentContext, _entity: EntityId, paths: Paths, wanted: frozenset[EntityId]) -> Iterator[Found]:
    """Incidents that hit the entity, its sites or its regions: AFFECTS, severity, times, path to the category."""
    ever = context.facts.ever
    for place in paths:
        for affects in context.past_onto("AFFECTS", place):
            if context.facts.kind(affects.subject) != "Incident":
                continue
            path, severity = path_to_category(ever, affects.subject), ever.preferred("SEVERITY", affects.subject)
            if not path or severity is None or path[-1].object not in wanted:
                continue
            times = tuple(time for name in _TIMES if (time := ever.preferred(name, affects.subject)) is not None)
            if not any(fact.predicate == "STARTED_AT" and str(fact.value) > context.as_of for fact in times):
                yield Found(place, EntityId(path[-1].object or ""), (affects, severity, *times, *path))


def measure(_place: EntityId, _category: EntityId, facts: tuple[Fact, ...], as_of: str) -> Figure | None:
    """The severity, with the certainty of its claims and the freshness of the incident's end."""
    severity = next(as_number(fact.value) for fact in facts if fact.predicate == "SEVERITY")
    age = _age(facts, as_of)
    if severity is None or age is None or age > INCIDENT_WINDOW_DAYS:
        return None
    sure = sureness(facts, fresh=freshness(age, INCIDENT_HALF_LIFE_DAYS))
    return Figure(severity, severity, severity, sure)


def _age(facts: tuple[Fact, ...], as_of: str) -> float | None:
    """Days since the incident ended, or else began; 0 while it lasts; None if no time is known."""
    times = {fact.predicate: str(fact.value) for fact in facts if fact.predicate in _TIMES}
    affects = next(fact for fact in facts if fact.predicate == "AFFECTS")
    since = times.get("ENDED_AT") or affects.valid_to or times.get("STARTED_AT") or affects.valid_from
    return None if since is None else age_days(since, as_of)


METHOD = Method("incidents", 1, find, measure)
