"""Alternatives: each switch scored anew is what the same what-if gives, and the best comes first."""

from dataclasses import replace

import pytest

from ontology.errors import NotFoundError
from ontology.records import ClaimId, EntityId
from reasoning.analysis.alternative_losses import with_losses
from reasoning.analysis.alternatives import alternatives, verify
from reasoning.analysis.uncertainty import Interval, Uncertainty
from reasoning.scenarios.overlay import layers
from tests.reasoning.scenarios.running import run
from tests.reasoning.scenarios.village import BUYER, A, B, C, D, E, snapshot, village
from tests.reasoning.world import World

SAFE, RISKY = EntityId("org:safe"), EntityId("org:risky")


def market() -> World:
    """Two others that make engines, for strangers, one without risk, one full of it; and a maker of a kind of them."""
    world = village()
    for maker, value in ((SAFE, 0.0), (RISKY, 1.0)):
        world.say(maker, "SUPPLIES", "org:stranger", product="prd:engine", annualSpend=1.0, currency="EUR")
        for category in ("continuity", "cyber", "financial", "social"):
            world.risk(f"{category}-{maker[4:]}", maker, category, value)
    world.say("org:plant", "PRODUCES", "prd:diesel-engine")
    world.say("prd:diesel-engine", "IN_CATEGORY", "prd:engine")
    return world


def test_the_safest_other_maker_comes_first_and_a_what_if_gives_the_same():
    base = snapshot(market())
    found = alternatives(base, BUYER, A)
    assert {one.other for one in found} == {SAFE, RISKY, "org:plant"}
    assert [one.whole_change for one in found] == sorted(one.whole_change for one in found)
    assert found[0].other == SAFE
    assert found[0].change < 0
    for one in found:
        assert verify(one, base) == ()
        outcome = run(base, BUYER, one.branch)
        assert one.after[1] == pytest.approx(outcome.after.score)
        assert one.change == pytest.approx(sum(change.change for change in outcome.changes))
        assert one.share == pytest.approx(0.6)
        assert not one.already


def test_who_nothing_is_known_of_is_not_praised_for_it():
    """Both others are as risky; behind one of them its suppliers are known and safe, behind the other nobody is."""
    world = market()
    for category in ("continuity", "cyber", "financial", "social"):
        for maker in ("org:known", "org:unknown", "org:safe-source"):
            world.risk(f"{category}-{maker[4:]}", maker, category, 0.1)
    for maker in ("org:known", "org:unknown"):
        world.say(maker, "SUPPLIES", "org:stranger", product="prd:engine", annualSpend=1.0, currency="EUR")
    world.say("org:safe-source", "SUPPLIES", "org:known", product="prd:bolt", annualSpend=1.0, currency="EUR")
    base = snapshot(world)
    found = {str(one.other): one for one in alternatives(base, BUYER, A)}
    known, unknown = found["org:known"], found["org:unknown"]
    assert unknown.change < known.change, "the score sees nobody behind it"
    assert known.whole_change < unknown.whole_change
    order = [str(one.other) for one in alternatives(base, BUYER, A)]
    assert order.index("org:known") < order.index("org:unknown")
    for one in found.values():
        assert one.whole_before == Uncertainty(base, BUYER).interval
        assert one.whole_after == Uncertainty(layers(base, one.edits)[-1], BUYER).interval


def test_who_is_bought_from_already_gets_more():
    (found,) = alternatives(snapshot(), BUYER, C)
    assert (found.customer, found.other, found.already) == (A, E, True)
    assert found.share == pytest.approx(30 / 120)
    assert found.claims


def test_a_customer_narrows_it_and_a_supplier_of_nobody_is_told():
    assert {one.customer for one in alternatives(snapshot(), BUYER, D, customer=B)} == set()
    for supplier, customer in ((EntityId("org:nobody"), None), (C, B)):
        with pytest.raises(NotFoundError) as raised:
            alternatives(snapshot(), BUYER, supplier, customer=customer)
        assert raised.value.fix


def test_a_product_that_nobody_names_has_no_alternative():
    world = World()
    world.say(A, "SUPPLIES", BUYER)
    world.say(B, "SUPPLIES", BUYER)
    assert alternatives(snapshot(world), BUYER, A) == ()


def test_the_losses_are_of_the_exact_cascade():
    world = market()
    world.say(SAFE, "SUPPLIES", BUYER, product="prd:engine", annualSpend=30.0, currency="EUR", essential=True)
    base = snapshot(world)
    switched = {one.other: one for one in with_losses(alternatives(base, BUYER, A), base)}
    assert switched[SAFE].loss_before == pytest.approx(60 / 90)  # of the engines
    assert switched[SAFE].loss_after == pytest.approx(1)  # all of them are its own then
    assert switched[RISKY].loss_after == pytest.approx(60 / 90)
    assert with_losses((), base) == ()


def test_verification_sees_what_does_not_follow():
    base = snapshot(market())
    first = alternatives(base, BUYER, A)[0]
    assert verify(replace(first, after=(0.0, 0.1, 0.2)), base)
    assert verify(replace(first, before=(0.0, 0.1, 0.2)), base)
    assert verify(replace(first, whole_after=Interval(0.0, 0.5)), base)
    assert verify(replace(first, claims=(ClaimId("clm:x"),)), base)
