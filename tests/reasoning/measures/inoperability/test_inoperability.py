"""M5 over small worlds: by hand, against the differential equation, by every grouping, and invalid requests."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.linalg import expm

from ontology.errors import InputError, NotConvergedError, NotFoundError
from ontology.records import EntityId
from reasoning.measures.inoperability import inoperability
from reasoning.measures.inoperability.inoperability import measure, verify
from reasoning.measures.inoperability.values import InoperabilityTerms
from tests.reasoning.measures.worlds import BUYER, diamond, firm, snapshot, worlds
from tests.reasoning.world import World

FIRMS = InoperabilityTerms(by="supplier")
DE, FR = EntityId("reg:iso3166-DE"), EntityId("reg:iso3166-FR")


def matrix(found):
    """The interdependence and the rates of an answer, densely."""
    place = {group.entity: number for number, group in enumerate(found.groups)}
    star = np.zeros((len(place), len(place)))
    for flow in found.flows:
        output = found.groups[place[flow.customer]].output
        star[place[flow.customer], place[flow.supplier]] += flow.value / output if output else 0.0
    return star, np.array([group.rate for group in found.groups]), place


def test_by_hand_a_chain_of_two():
    """The buyer buys 85 of 100 from one firm, so it loses 0.85 of what that firm loses."""
    world = World()
    world.say(firm(1), "SUPPLIES", BUYER, annualSpend=85.0, currency="EUR")
    found: Any = measure(snapshot(world), BUYER, terms=FIRMS)
    (buyer, supplier) = found.groups
    assert (buyer.output, supplier.output) == (pytest.approx(100.0), 85.0)
    (one,) = found.stops
    assert one.lasting == pytest.approx(0.85)
    rate = buyer.rate
    assert rate == pytest.approx(np.log(100) / 90)
    assert one.course[:3] == pytest.approx((0.0, rate * 0.85, rate * 0.85 * (1 - rate) * 2))
    days = np.arange(366)
    assert one.course == pytest.approx(0.85 * rate * days * (1 - rate) ** np.maximum(days - 1, 0))
    assert one.peak_day == round(1 / rate) - 1 or one.peak_day == round(1 / rate)
    assert one.days_lost == pytest.approx(0.85 / rate, rel=1e-4)  # ∫ of t·e^(−kt)·0.85k
    assert one.parts[0][0] == firm(1)
    assert verify(found) == ()


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_every_course_holds_by_every_grouping(world):
    base = snapshot(world)
    for by in ("", "product", "country", "supplier"):
        found: Any = measure(base, BUYER, terms=InoperabilityTerms(by=by, horizon=60))
        assert verify(found) == ()
        assert found.by == by or not by
        assert 0 <= found.radius < 1
        firms = [entity for group in found.groups for entity in group.firms]
        assert sorted(firms) == sorted({BUYER, *base.upstream(BUYER)})
        for one in found.stops:
            assert all(0 <= level <= 1 for level in one.course)
            assert 0 <= one.lasting <= 1 + 1e-9


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_courses_are_nearly_those_of_the_differential_equation(world):
    found: Any = measure(snapshot(world), BUYER, terms=InoperabilityTerms(by="supplier", horizon=40))
    star, rate, place = matrix(found)
    for one in found.stops:
        start = np.zeros(len(place))
        start[place[one.entity]] = 1.0
        exact = (expm(-np.diag(rate) @ (np.eye(len(place)) - star) * 40) @ start)[0]
        assert one.course[-1] == pytest.approx(exact, abs=0.01)
        inverse = np.linalg.inv(np.eye(len(place)) - star)
        number = place[one.entity]
        assert one.lasting == pytest.approx(inverse[0, number] / inverse[number, number], abs=1e-9)


def test_groups_by_product_and_country():
    by_product = measure(snapshot(diamond()), BUYER)
    assert by_product.by == "product"
    assert {group.entity for group in by_product.groups} == {BUYER, "prd:engine", "prd:frame", "prd:magnet"}
    by_country = measure(snapshot(diamond()), BUYER, terms=InoperabilityTerms(by="country"))
    assert {group.entity: group.firms for group in by_country.groups} == {
        BUYER: (BUYER,),
        FR: (firm(1),),
        DE: (firm(3),),
        "": (firm(2),),
    }
    assert {one.entity for one in by_country.stops} == {DE, FR, ""}
    assert verify(by_country) == ()


def test_the_first_grouping_with_two_groups_is_taken():
    world = World()
    world.say(firm(1), "SUPPLIES", BUYER)
    world.say(firm(2), "SUPPLIES", BUYER)
    assert measure(snapshot(world), BUYER).by == "supplier"
    world.say(firm(1), "IN_COUNTRY", "reg:iso3166-DE")
    world.say("sit:two", "IN_COUNTRY", "reg:iso3166-FR")
    world.say(firm(2), "OPERATES", "sit:two")
    found: Any = measure(snapshot(world), BUYER)
    assert found.by == "country"
    assert {one.entity for one in found.stops} == {DE, FR}


def test_one_stop_decides_its_grouping():
    base = snapshot(diamond())
    for entity, by in ((firm(3), "supplier"), (EntityId("prd:magnet"), "product"), (DE, "country")):
        found: Any = measure(base, BUYER, stopped=entity)
        assert (found.by, [one.entity for one in found.stops]) == (by, [entity])
        assert found.left_out == len(found.groups) - 2
        assert verify(found) == ()
    inside = measure(base, BUYER, terms=InoperabilityTerms(by="country"), stopped=firm(1))
    assert [one.entity for one in inside.stops] == [FR]


@pytest.mark.parametrize("entity", ["org:f8", "org:nobody", "prd:tea", "reg:iso3166-NO", "org:f0"])
def test_an_entity_outside_the_network_cannot_stop(entity):
    with pytest.raises(NotFoundError) as caught:
        measure(snapshot(diamond()), BUYER, stopped=EntityId(entity))
    assert "lists what may stop" in caught.value.fix


def test_each_stop_that_is_followed_is_reported():
    done: list[int] = []
    measure(snapshot(diamond()), BUYER, terms=FIRMS, progress=done.append)
    assert done == [1, 1, 1]


def test_only_the_worst_are_followed():
    found: Any = measure(snapshot(diamond()), BUYER, terms=InoperabilityTerms(by="supplier", most=1))
    assert ([one.entity for one in found.stops], found.left_out) == ([firm(1)], 2)
    assert verify(found) == ()


def test_goods_within_a_group_do_not_slow_its_recovery():
    """Its own goods are a part of its output: k·(1 − a) is what 1 % after the days takes, with them or without."""
    world = World()
    world.say(firm(1), "SUPPLIES", BUYER, product="prd:a", annualSpend=10.0, currency="EUR")
    world.say(firm(2), "SUPPLIES", firm(1), product="prd:a", annualSpend=5.0, currency="EUR")
    found: Any = measure(snapshot(world), BUYER, terms=InoperabilityTerms(by="product"))
    (_, group) = found.groups
    assert group.firms == (firm(1), firm(2))
    assert (group.output, group.itself) == (15.0, pytest.approx(1 / 3))
    assert group.rate * (1 - group.itself) == pytest.approx(np.log(100) / 90)
    assert verify(found) == ()


def test_known_times_to_recover_are_taken_and_the_slowest_of_a_group_counts():
    world = diamond()
    world.say(firm(3), "RECOVERY_DAYS", 30.0)
    world.say("sit:one", "RECOVERY_DAYS", 200.0)
    world.say(firm(1), "OPERATES", "sit:one")
    world.say(firm(2), "IN_COUNTRY", "reg:iso3166-DE")
    found: Any = measure(snapshot(world), BUYER, terms=FIRMS)
    assert {group.entity: (group.days, group.known) for group in found.groups} == {
        BUYER: (90.0, 0),
        firm(1): (200.0, 1),
        firm(2): (90.0, 0),
        firm(3): (30.0, 1),
    }
    assert verify(found) == ()
    by_country: Any = measure(snapshot(world), BUYER, terms=InoperabilityTerms(by="country"))
    (german,) = (group for group in by_country.groups if group.entity == DE)
    assert (german.days, german.known) == (90.0, 1)  # no claim states it for the second firm
    slow, quick = (measure(snapshot(diamond()), BUYER, terms=InoperabilityTerms(days=days)) for days in (300.0, 30.0))
    assert slow.stops[0].days_lost > quick.stops[0].days_lost


def test_a_recovery_within_a_day_takes_one_day():
    world = diamond()
    world.say(firm(3), "RECOVERY_DAYS", 0.0)
    found: Any = measure(snapshot(world), BUYER, terms=FIRMS, stopped=firm(3))
    assert [group.rate for group in found.groups if group.entity == firm(3)] == [1.0]
    assert verify(found) == ()


@pytest.mark.parametrize("kind", ["empty", "alone", "idle", "itself"])
def test_networks_in_which_nothing_reaches_the_buyer(kind):
    world = World()
    if kind == "alone":
        world.say(BUYER, "SUPPLIES", firm(1))
    elif kind == "idle":
        world.say(firm(1), "SUPPLIES", BUYER, annualSpend=0.0, currency="EUR")
        world.say(firm(2), "SUPPLIES", BUYER, annualSpend=1.0, currency="EUR")
    elif kind == "itself":
        world.say(BUYER, "SUPPLIES", BUYER)
    found: Any = measure(snapshot(world), BUYER, terms=FIRMS)
    assert verify(found) == ()
    idle = [one for one in found.stops if one.entity != firm(2)]
    assert [one.peak for one in idle] == ([0.0] if kind == "idle" else [])
    assert [one.recovered for one in idle] == ([0] if kind == "idle" else [])


def test_a_cycle_of_firms_that_buy_all_from_each_other_settles():
    world = World()
    for one, other in ((1, 0), (1, 2), (2, 1), (0, 1)):
        world.say(firm(one), "SUPPLIES", firm(other), annualSpend=1.0, currency="EUR")
    found: Any = measure(snapshot(world), BUYER, terms=FIRMS)
    assert found.radius <= 0.85 + 1e-9
    assert verify(found) == ()


@pytest.mark.parametrize(
    "terms",
    [
        InoperabilityTerms(days=0.0),
        InoperabilityTerms(left=0.0),
        InoperabilityTerms(left=1.5),
        InoperabilityTerms(horizon=-1),
    ],
)
def test_invalid_options_are_refused_with_a_fix(terms):
    with pytest.raises(InputError) as caught:
        measure(snapshot(diamond()), BUYER, terms=terms)
    assert caught.value.fix


def test_groups_that_do_not_settle_raise(monkeypatch):
    def never(*_: object) -> None:
        raise ArithmeticError("the sectors depend on each other so much that no disruption would settle")

    monkeypatch.setattr(inoperability, "interdependence", never)
    with pytest.raises(NotConvergedError) as caught:
        measure(snapshot(diamond()), BUYER)
    assert caught.value.fix
