"""Production loss: the exact cascade over a snapshot, by hand."""

import pytest

from ontology.records import EntityId
from reasoning.measures.cascade.production_network import Cascades
from reasoning.scenarios.edits import SetShare
from reasoning.scenarios.overlay import Overlay
from tests.reasoning.scenarios.village import BUYER, A, B, D, E, snapshot, village
from tests.reasoning.world import World


def test_an_essential_input_that_no_other_firm_makes_stops_the_buyer():
    found = Cascades(snapshot(), BUYER).loss({A: 1.0})
    assert found.value == 1.0
    assert found.firms == 2


def test_half_a_supplier_is_half_the_input():
    assert Cascades(snapshot(), BUYER).loss({A: 0.5}).value == pytest.approx(0.5)


def test_a_non_essential_input_is_lost_in_proportion_to_all_inputs():
    world = World()
    for supplier, spend in ((A, 30.0), (B, 70.0)):
        world.say(supplier, "SUPPLIES", BUYER, product=f"prd:{supplier[4:]}", annualSpend=spend, currency="EUR")
    found = Cascades(snapshot(world), BUYER)
    assert found.loss({A: 1.0}).value == pytest.approx(0.3)
    assert found.loss({A: 1.0, B: 1.0}).value == pytest.approx(1)


def test_it_passes_through_tiers_and_follows_a_what_if():
    assert Cascades(snapshot(), BUYER).loss({D: 1.0}).value == pytest.approx(1)
    changed = Overlay(snapshot(), SetShare(E, A, 1.0))
    assert Cascades(changed, BUYER).loss({E: 1.0}).value == pytest.approx(1)


def test_units_make_no_difference():
    world = village()
    for other in ("org:x", "org:y"):
        world.say(other, "SUPPLIES", A, product="prd:chip", annualSpend=25.0, currency="EUR")
    small = World([*world.claims])
    large = World()
    for stored in small.claims:
        claim = stored.claim
        stated = dict(claim.qualifiers)
        if claim.predicate == "SUPPLIES":
            stated["annualSpend"] = float(stated["annualSpend"]) * 1000
            large.say(claim.subject, "SUPPLIES", str(claim.object), qualified=stated, basis=claim.basis)
    one = Cascades(snapshot(small), BUYER).loss({EntityId("org:x"): 1.0})
    two = Cascades(snapshot(large), BUYER).loss({EntityId("org:x"): 1.0})
    assert one.value == pytest.approx(two.value, abs=1e-12)
    assert 0 < one.value < 1


def test_a_firm_without_customers_causes_no_loss():
    found = Cascades(snapshot(), BUYER).loss({EntityId("org:stranger"): 1.0, BUYER: 1.0})
    assert (found.value, found.firms, found.steps) == (0.0, 0, 0)
    assert Cascades(snapshot(World()), BUYER).loss({A: 1.0}).value == 0
