"""The source of other supply in a stop: by hand, in closed form for one part, and proofs that can fail."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.records import EntityId
from reasoning.measures.recovery.answer import Delivery, Reason, RecoveryStop, RecoveryTerms
from reasoning.measures.recovery.recovery import measure, verify
from tests.reasoning.measures.bicycles import BUYER, bicycles, snapshot
from tests.reasoning.world import World

NAMES = ("near", "far", "off", "out")


def parts(*most: float, holding: float = 0.0) -> World:
    """The buyer sells one car a day, of one chip; firms make up to so many chips a day; so many are there."""
    world = World()
    world.say(BUYER, "SELLS", "prd:car", demandPerDay=1.0)
    world.say(BUYER, "PRODUCES", "prd:car", capacityPerDay=2.0)
    world.say("prd:chip", "INPUT_OF", "prd:car", quantity=1.0)
    world.say(BUYER, "STOCKS", "prd:car", onHand=0.0)
    world.say(BUYER, "STOCKS", "prd:chip", onHand=holding)
    for name, capacity in zip(NAMES, most, strict=False):
        world.say(f"org:{name}", "SUPPLIES", BUYER, product="prd:chip")
        world.say(f"org:{name}", "PRODUCES", "prd:chip", capacityPerDay=capacity)
        world.say(f"org:{name}", "STOCKS", "prd:chip", onHand=0.0)
    return world


def stop(world: World, entity: str, days: float = 10.0) -> RecoveryStop:
    found = measure(snapshot(world), EntityId(BUYER), terms=RecoveryTerms(days=days))
    assert verify(found) == ()
    return next(one for one in found.stops if one.entity == entity)


def losing(world: World, entity: str, days: float = 10.0) -> Reason:
    reason = stop(world, entity, days).losing
    assert reason is not None
    return reason


def lasting(world: World, entity: str) -> Reason:
    reason = stop(world, entity).lasting
    assert reason is not None
    return reason


def reported(reason: Reason) -> list[tuple[str, str, Any, Any]]:
    return [(one.giver.holder, one.taker.holder, one.units, one.undisrupted) for one in reason.contingency]


def near(figure: float) -> Any:
    return pytest.approx(figure, rel=1e-9)


@pytest.mark.parametrize(("stopped", "other"), [("org:near", "org:far"), ("org:far", "org:near")])
def test_a_supplier_with_spare_capacity_replaces_exactly_what_is_missing(stopped: str, other: str):
    # Ten days want ten chips, five from each; the other can make fourteen and gives the five that are missing.
    world = parts(1.4, 1.4)
    reason = losing(world, stopped)
    assert reported(reason) == [(other, BUYER, near(10), near(5))]
    assert reason.lost == {}
    assert lasting(world, stopped).days == math.inf
    assert reported(lasting(world, stopped)) == [(other, BUYER, near(1), near(0.5))]


def test_what_cannot_be_replaced_is_lost():
    # Of the five that Far gave, Near makes two more, and three cars are not sold.
    reason = losing(parts(0.7, 5.0), "org:far")
    assert reported(reason) == [("org:near", BUYER, near(7), near(5))]
    assert reason.lost == {"prd:car": near(3)}


def test_equal_parts_are_as_equal_as_capacity_allows():
    # Near can give two of ten; the others give four each, and Near's two come from one of them or from both.
    world = parts(0.2, 3.0, 3.0)
    reason = losing(world, "org:near")
    assert sum(one.units - one.undisrupted for one in reason.contingency) == near(2)
    assert all(one.undisrupted == near(4) for one in reason.contingency)
    # Off's four come from Far alone: Near has nothing to spare.
    assert reported(losing(world, "org:off")) == [("org:far", BUYER, near(8), near(4))]


def test_stock_that_bridges_the_stop_needs_no_other_supply():
    reason = losing(parts(1.0, 1.0, holding=10.0), "org:near")
    assert (reason.contingency, reason.lost) == ((), {})


def test_stock_bridges_a_part_and_the_other_supplier_the_rest():
    # Ten are wanted and six there: two from each. Far gives all four when Near stops.
    world = parts(0.5, 0.5, holding=6.0)
    assert reported(losing(world, "org:near")) == [("org:far", BUYER, near(4), near(2))]
    # It lasts until the six are used up at half a day each: twelve days, in which each would have given three.
    assert lasting(world, "org:near").days == near(12)
    assert reported(lasting(world, "org:near")) == [("org:far", BUYER, near(6), near(3))]


def test_stock_of_the_stopped_firm_is_delivered_as_before():
    claims = parts(1.0, 1.0).claims
    stocked = World([one for one in claims if (one.claim.subject, one.claim.predicate) != ("org:near", "STOCKS")])
    stocked.say("org:near", "STOCKS", "prd:chip", onHand=3.0)
    reason = losing(stocked, "org:near")
    (one,) = reason.contingency
    assert (one.giver.holder, one.taker.holder) == ("org:far", BUYER)
    assert one.units == near(7)
    assert reason.lost == {}


def test_own_production_that_replaces_a_supplier_is_listed():
    world = parts(1.0)
    world.say(BUYER, "PRODUCES", "prd:chip", capacityPerDay=2.0)
    reason = losing(world, "org:near")
    assert reported(reason) == [(BUYER, BUYER, near(10), near(5))]
    assert (reason.contingency[0].giver.makes, reason.contingency[0].taker.makes) == (True, False)


def test_suppliers_of_the_other_supplier_deliver_more_too():
    # A chip of Far's takes two wafers of Deep's, who makes no other: what Deep gives rises with what Far does.
    world = parts(1.0, 2.0)
    world.say("prd:wafer", "INPUT_OF", "prd:chip", quantity=2.0)
    for firm in ("org:near", "org:far"):
        world.say(firm, "STOCKS", "prd:wafer", onHand=0.0)
    world.say("org:deep", "SUPPLIES", "org:far", product="prd:wafer")
    world.say("org:wide", "SUPPLIES", "org:near", product="prd:wafer")
    for firm in ("org:deep", "org:wide"):
        world.say(firm, "PRODUCES", "prd:wafer", capacityPerDay=9.0)
        world.say(firm, "STOCKS", "prd:wafer", onHand=0.0)
    assert reported(losing(world, "org:wide")) == [
        ("org:deep", "org:far", near(20), near(10)),
        ("org:far", BUYER, near(10), near(5)),
    ]


def test_goods_do_not_go_in_circles():
    world = parts(3.0, 3.0)
    world.say("org:near", "SUPPLIES", "org:far", product="prd:chip")
    world.say("org:far", "SUPPLIES", "org:near", product="prd:chip")
    assert reported(losing(world, "org:near")) == [("org:far", BUYER, near(10), near(5))]


def test_sales_without_a_margin_are_made_too():
    world = World([one for one in parts(1.0, 1.0).claims if one.claim.predicate != "SELLS"])
    world.say(BUYER, "SELLS", "prd:car", demandPerDay=1.0, unitMargin=0.0, currency="EUR")
    reason = losing(world, "org:near")
    assert (reason.lost, reported(reason)) == ({}, [("org:far", BUYER, near(10), near(5))])


def shares(need: float, most: list[float]) -> list[float]:
    """Equal parts of what is needed, of each at most so much; what some cannot give the others do."""
    found = [0.0] * len(most)
    left = min(need, sum(most))
    for rest, (capacity, place) in zip(
        range(len(most), 0, -1), sorted((capacity, place) for place, capacity in enumerate(most)), strict=True
    ):
        found[place] = min(capacity, left / rest)
        left -= found[place]
    return found


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.sampled_from([0.0, 0.1, 0.3, 0.5, 1.0, 4.0]), min_size=2, max_size=4),
    st.sampled_from([0.0, 1.0, 6.0, 50.0]),
    st.sampled_from([1.0, 8.0, 30.0]),
    st.integers(0, 3),
)
def test_one_part_in_closed_form(capacities: list[float], holding: float, days: float, chosen: int):
    stopped = chosen % len(capacities)
    most = [capacity * days for capacity in capacities]
    need = max(0.0, days - holding)
    given_before = shares(need, most)
    missing = given_before[stopped]
    spare = sum(most) - most[stopped] - (sum(given_before) - missing)
    reason = losing(parts(*capacities, holding=holding), f"org:{NAMES[stopped]}", days)
    more = [one.units - one.undisrupted for one in reason.contingency]
    assert sum(more) == pytest.approx(min(missing, spare), abs=1e-6)
    assert all(rise > 0 for rise in more)
    assert (reason.contingency == ()) == (min(missing, spare) == pytest.approx(0.0, abs=1e-7))
    for one in reason.contingency:
        assert one.giver.holder != f"org:{NAMES[stopped]}"
        assert one.taker.holder == BUYER
        assert one.undisrupted == pytest.approx(given_before[NAMES.index(one.giver.holder[4:])], abs=1e-6)
    lost_anyway = need - sum(given_before)
    lost = reason.lost.get(EntityId("prd:car"), 0.0)
    assert lost == pytest.approx(lost_anyway + missing - min(missing, spare), abs=1e-6)
    if not reason.lost:
        assert sum(more) == pytest.approx(missing, abs=1e-6)


def test_the_bicycles_by_hand():
    # 300 are wanted, 50 there: 125 frames from each. Bambu makes 180, 55 more; 70 are lost: 125 in all.
    alu = losing(bicycles(), "org:alu", 30.0)
    assert reported(alu) == [("org:bambu", BUYER, near(180), near(125))]
    assert alu.lost == {"prd:bicycle": near(70)}
    # No other firm makes wheels.
    assert losing(bicycles(), "org:rad").contingency == ()


def _tampered(reason: Reason, **changes: object) -> Reason:
    changed: Any = changes
    return replace(reason, **changed)


def _other(one: Delivery) -> Delivery:
    return replace(one, undisrupted=one.undisrupted - 1.0)


@pytest.mark.parametrize(
    ("fault", "spoil"),
    [
        ("the deliveries are not", lambda why: _tampered(why, contingency=())),
        ("are not those that exceed", lambda why: _tampered(why, contingency=(_other(why.contingency[0]),))),
        ("another time", lambda why: _tampered(why, undisrupted=replace(why.undisrupted, time=9.0))),
        ("has a stop", lambda why: _tampered(why, undisrupted=why.plan)),
        (
            "undisrupted, more is made",
            lambda why: _tampered(why, undisrupted=replace(why.undisrupted, made=why.undisrupted.made * 9)),
        ),
        (
            "undisrupted, more is given",
            lambda why: _tampered(why, undisrupted=replace(why.undisrupted, flow=why.undisrupted.flow * 2)),
        ),
    ],
)
def test_a_tampered_contingency_fails(fault: str, spoil: Callable[[Reason], Reason]):
    found = measure(snapshot(bicycles()), EntityId(BUYER))
    assert found.stops[0].losing is not None
    tampered = replace(found.stops[0], losing=spoil(found.stops[0].losing))
    assert any(fault in stated for stated in verify(replace(found, stops=(tampered, *found.stops[1:]))))
