"""Incidents: what has happened once is likely again; the harm that it did is the risk, fading since it ended.

Risk = severity of the incident; what still counts of it is 2^(−age/half-life), the rest is not known. An incident
without category or severity says nothing here.
"""

from collections.abc import Iterator

from ontology.records import EntityId
from reasoning.network.facts import Fact, as_number
from reasoning.risk.assessment import Figure
from reasoning.risk.categories import way_to_category
from reasoning.risk.methods.method import AssessmentContext, Found, Method, Ways, age_days, sureness
from reasoning.risk.methods.parameters import INCIDENT_HALF_LIFE_DAYS, INCIDENT_WINDOW_DAYS, freshness

_TIMES = ("ENDED_AT", "STARTED_AT")


def find(scene: AssessmentContext, _entity: EntityId, ways: Ways, wanted: frozenset[EntityId]) -> Iterator[Found]:
    """The incidents that hit the entity, its sites or its regions: AFFECTS, severity, times, way to the category."""
    ever = scene.facts.ever
    for place in ways:
        for affects in scene.past_onto("AFFECTS", place):
            if scene.facts.kind(affects.subject) != "Incident":
                continue
            way, severity = way_to_category(ever, affects.subject), ever.preferred("SEVERITY", affects.subject)
            if not way or severity is None or way[-1].object not in wanted:
                continue
            times = tuple(time for name in _TIMES if (time := ever.preferred(name, affects.subject)) is not None)
            if not any(fact.predicate == "STARTED_AT" and str(fact.value) > scene.as_of for fact in times):
                yield Found(place, EntityId(way[-1].object or ""), (affects, severity, *times, *way))


def measure(_place: EntityId, _category: EntityId, facts: tuple[Fact, ...], as_of: str) -> Figure | None:
    """The severity, as sure as its claims and as fresh as the end of the incident."""
    severity = next(as_number(fact.value) for fact in facts if fact.predicate == "SEVERITY")
    age = _age(facts, as_of)
    if severity is None or age is None or age > INCIDENT_WINDOW_DAYS:
        return None
    sure = sureness(facts, fresh=freshness(age, INCIDENT_HALF_LIFE_DAYS))
    return Figure(severity, severity, severity, sure)


def _age(facts: tuple[Fact, ...], as_of: str) -> float | None:
    """Days since it ended, or since it began where no end is known; 0 while it goes on; None where no time is."""
    told = {fact.predicate: str(fact.value) for fact in facts if fact.predicate in _TIMES}
    affects = next(fact for fact in facts if fact.predicate == "AFFECTS")
    since = told.get("ENDED_AT") or affects.valid_to or told.get("STARTED_AT") or affects.valid_from
    return None if since is None else age_days(since, as_of)


METHOD = Method("incidents", 1, find, measure)
