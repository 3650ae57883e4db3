"""Shared by the tests of assessments: a world's assessments of one firm."""

from collections.abc import Mapping

from ontology.ids import scheme_id
from ontology.records import At, EntityId
from reasoning.risk.assessment import Assessment
from reasoning.risk.assessor import Assessor, recheck
from reasoning.risk.own_risk import places
from reasoning.risk.weights import CATEGORIES
from tests.reasoning.world import World

FIRM = EntityId("org:a")
AS_OF = "2026-06-01T00:00:00Z"


def category(name: str) -> EntityId:
    return scheme_id("rct", "tierscope", name)


def assessed(world: World, as_of: str = AS_OF, *, firm: str = FIRM) -> Mapping[EntityId, Assessment]:
    """The assessments of the firm; each must follow from its own claims."""
    facts = world.facts(At(as_of))
    entity = EntityId(firm)
    made = Assessor(facts).assess(entity, places(facts, entity), frozenset(CATEGORIES))
    for one in made.values():
        assert list(recheck(one)) == []
        assert 0 <= one.low <= one.value <= one.high <= 1
    return made


def deliver(world: World, name: str, delay: float, day: str, *, on: str = FIRM, confidence: float = 1.0) -> list[str]:
    """One delivery, so many days late, on a day."""
    period = (f"{day}T00:00:00Z", f"{day}T23:59:59Z")
    return [
        world.say(on, "OBSERVED", f"obs:{name}", confidence=confidence, valid=period),
        world.say(
            f"obs:{name}",
            "MEASURED",
            delay,
            confidence=confidence,
            valid=period,
            qualified={"metric": "delivery delay", "unit": "day", "n": 1},
        ),
    ]


def figure(world: World, indicator: str, value: float, year: int, *, on: str = "reg:iso3166-XX", **more: float) -> str:
    """A country figure that holds in its year."""
    return world.say(
        on,
        "INDICATOR",
        value,
        valid=(f"{year}-01-01T00:00:00Z", f"{year + 1}-01-01T00:00:00Z"),
        confidence=more.get("confidence", 1.0),
        qualified={"indicator": indicator, "unit": "x", "year": year},
    )


def incident(world: World, name: str, severity: float, ended: str, *, on: str = FIRM, kind: str = "cyber") -> list[str]:
    """An incident that harmed something and ended on a day."""
    return [
        world.say(f"inc:{name}", "AFFECTS", on),
        world.say(f"inc:{name}", "IN_CATEGORY", category(kind)),
        world.say(f"inc:{name}", "SEVERITY", severity),
        world.say(f"inc:{name}", "ENDED_AT", f"{ended}T00:00:00Z"),
    ]


def certify(world: World, name: str, scheme: str, status: str = "", *, ends: str | None = None, on: str = FIRM) -> None:
    """A certificate of a firm or site."""
    world.say(f"crt:{name}", "HELD_BY", on, valid=("2024-01-01T00:00:00Z", ends))
    world.say(f"crt:{name}", "SCHEME", scheme)
    if status:
        world.say(f"crt:{name}", "CERTIFICATE_STATUS", status)
