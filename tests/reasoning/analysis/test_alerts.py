"""Alerts: told once for as long as they hold, with the way that leads to what they are about."""

from collections.abc import Callable
from dataclasses import replace

from ontology.records import At, EntityId
from reasoning.analysis.alerts import Alert, alerts, verify
from reasoning.exposure.snapshot import Snapshot
from tests.reasoning.scenarios.village import BUYER, A, B, D, snapshot, village
from tests.reasoning.world import World

DAYS = tuple(f"20{year}-01-01T00:00:00Z" for year in range(20, 26))


def taking(world: World) -> Callable[[str], Snapshot]:
    return lambda instant: snapshot(world, At(instant))


def found(world: World, *buyers: EntityId) -> tuple[Alert, ...]:
    return alerts(taking(world), buyers or (BUYER,), DAYS)


def test_a_hidden_point_is_told_once_with_its_way_and_until_when():
    hidden = [one for one in found(village()) if one.about == "hidden_single_point_of_failure"]
    (only,) = hidden
    assert (only.entity, only.since, only.until) == (D, DAYS[0], DAYS[-1])
    assert only.way in {(BUYER, A, D), (BUYER, B, D)}
    assert only.claims
    assert only.sort == "finding"


def blocked(*years: tuple[int, int]) -> World:
    """An owner of B is on a list in these years."""
    world = village()
    world.say("per:owner", "OWNS", B, percentage=80.0)
    for first, last in years:
        valid = (DAYS[first], DAYS[last])
        world.say("per:owner", "SANCTIONED", "OFAC SDN", programme="X", entry=f"{first}", valid=valid)
    return world


def test_what_ends_and_comes_again_is_two_alerts_of_one_key():
    one, two = (alert for alert in found(blocked((0, 2), (3, 5))) if alert.about == "sanctioned_owner")
    assert one.key == two.key
    assert (one.since, one.until) == (DAYS[0], DAYS[1])
    assert (two.since, two.until) == (DAYS[3], DAYS[4])
    assert one.way == (BUYER, B)


def test_a_rise_is_an_alert_of_the_instant_at_which_it_rose():
    world = village()
    world.say("rsk:late", "AFFECTS", B, valid=(DAYS[2], None))
    for predicate, value in (("IN_CATEGORY", "rct:tierscope-financial"), ("LIKELIHOOD", 1.0), ("SEVERITY", 1.0)):
        world.say("rsk:late", predicate, value)
    world.say("org:new", "SUPPLIES", BUYER, product="prd:x", annualSpend=50.0, currency="EUR", valid=(DAYS[4], None))
    rises = {(one.entity, one.since): one for one in found(world) if one.sort == "rise"}
    assert (EntityId("org:new"), DAYS[4]) in rises
    assert rises[EntityId("org:new"), DAYS[4]].way == (BUYER, "org:new")
    assert not [since for _, since in rises if since in {DAYS[0], DAYS[1]}]


def test_each_buyer_is_told_why_itself():
    world = village()
    other = EntityId("org:other")
    world.say(D, "SUPPLIES", "org:m", product="prd:q", essential=True)
    world.say("org:m", "SUPPLIES", other, product="prd:m", essential=True)
    world.say(B, "SUPPLIES", other, product="prd:frame", essential=True)
    told = {one.buyer: one for one in found(world, BUYER, other) if one.about == "hidden_single_point_of_failure"}
    assert set(told) == {BUYER, other}
    assert told[BUYER].key != told[other].key
    assert told[other].way[0] == other
    assert told[other].way[-1] == D


def test_what_is_the_buyers_own_has_the_buyer_alone_as_its_way():
    world = village()
    for source, value in (("one", 10), ("two", 20)):
        world.say(BUYER, "HEADCOUNT", value, source=source)
    own = [one for one in found(world) if one.entity == BUYER]
    assert all(one.way == (BUYER,) for one in own)


def test_what_an_alert_says_is_verified():
    world = blocked((0, 2), (3, 5))
    take, every = taking(world), found(world)
    assert {one.sort for one in every} >= {"finding"}
    assert [fault for one in every for fault in verify(one, take)] == []


def test_verification_sees_what_is_not_so():
    world = blocked((0, 2), (3, 5))
    one = next(alert for alert in found(world) if alert.about == "sanctioned_owner")
    for wrong in (
        replace(one, way=(A, B)),
        replace(one, way=(BUYER, D)),
        replace(one, claims=()),
        replace(one, key="0" * 16),
        replace(one, until=DAYS[2]),
    ):
        assert verify(wrong, taking(world))
