"""Obligations: which breaches a supplier's measurements make, and what they rest on."""

import pytest

from ontology.records import EntityId
from reasoning.contracts.obligations import Breach, breaches
from tests.reasoning.world import World

BUYER, SUPPLIER, OTHER, NORM = (EntityId(one) for one in ("org:buyer", "org:s", "org:t", "obl:1"))
AS_OF = "2026-06-01T00:00:00Z"
APRIL = ("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z")
MAY = ("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z")


def owing(*suppliers: EntityId) -> World:
    world = World()
    for predicate, value in (("METRIC", "punctuality"), ("OPERATOR", ">="), ("THRESHOLD", 0.9), ("UNIT", "share")):
        world.say(NORM, predicate, value)
    world.say(NORM, "RECURRENCE", "monthly")
    for supplier in suppliers:
        world.say(NORM, "OWED_BY", supplier)
    return world


def measure(world: World, value: float, period: tuple[str, str], *, at: str = SUPPLIER, n: int = 20) -> str:
    name = f"obs:{len(world.claims)}"
    world.say(at, "OBSERVED", name, valid=period)
    world.say(name, "MEASURED", value, valid=period, metric="punctuality", unit="share", n=n)
    return name


def found(world: World, supplier: EntityId = SUPPLIER) -> list[Breach]:
    return list(breaches(world.facts(), supplier, BUYER, AS_OF))


def test_a_breach_holds_the_duty_and_the_measurements_of_the_breaching_periods_only():
    world = owing(SUPPLIER)
    measure(world, 0.95, APRIL)
    late = [measure(world, value, MAY) for value in (0.7, 0.8)]
    (breach,) = found(world)
    duty = breach.duty
    assert (duty.norm, duty.supplier, duty.months) == (NORM, SUPPLIER, 1)
    assert (duty.metric, duty.operator, duty.threshold, duty.unit) == ("punctuality", ">=", 0.9, "share")
    assert {one.measured.subject for one in breach.measurements} == set(late)
    assert [(one.start, one.end) for one in breach.measurements] == [MAY, MAY]
    assert {fact.predicate for fact in duty.facts} == {
        "OWED_BY",
        "METRIC",
        "OPERATOR",
        "THRESHOLD",
        "UNIT",
        "RECURRENCE",
    }


def test_each_supplier_is_measured_by_itself():
    world = owing(SUPPLIER, OTHER)
    measure(world, 0.5, MAY, at=OTHER)
    assert found(world) == []
    (breach,) = found(world, OTHER)
    assert breach.duty.supplier == OTHER


def test_what_is_owed_to_others_only_is_no_duty_to_the_buyer():
    world = owing(SUPPLIER)
    measure(world, 0.5, MAY)
    world.say(NORM, "OWED_TO", OTHER)
    assert found(world) == []
    world.say(NORM, "OWED_TO", BUYER)
    assert len(found(world)) == 1


@pytest.mark.parametrize(("value", "breached"), [(0.9, False), (0.899, True)])
def test_a_site_counts_for_the_firm_that_operates_it(value: float, breached: bool):
    world = owing(SUPPLIER)
    world.say(SUPPLIER, "OPERATES", "sit:s")
    measure(world, value, MAY, at="sit:s")
    assert bool(found(world)) is breached
