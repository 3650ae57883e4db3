"""The whole interval: M1's where all is known, wider by each thing that is not."""

from typing import Literal

import pytest

from ontology.records import EntityId
from reasoning.analysis.uncertainty import Interval, Uncertainty
from reasoning.core.linear.leontief import ALPHA
from reasoning.exposure.scoring import Scoring
from reasoning.scenarios.edits import CloseSuppliers, SetInventory, SetRisk, SetShare
from reasoning.scenarios.overlay import Overlay, layers
from tests.reasoning.scenarios.village import BUYER, A, C, D, E, snapshot, village
from tests.reasoning.world import World

CLOSED = [CloseSuppliers(entity) for entity in (C, D, E)]


def test_where_all_suppliers_and_shares_are_known_it_is_m1s():
    held = layers(snapshot(), CLOSED)[-1]
    found, totals = Uncertainty(held, BUYER).interval, Scoring(held, BUYER).totals()
    assert found.low == pytest.approx(totals.low, abs=1e-12)
    assert found.high == pytest.approx(totals.high, abs=1e-12)
    open_ = Uncertainty(snapshot(), BUYER)
    assert open_.known_interval.low == pytest.approx(totals.low, abs=1e-12)
    assert open_.known_interval.high == pytest.approx(totals.high, abs=1e-12)
    assert open_.interval.width > open_.known_interval.width


def test_behind_a_firm_without_known_suppliers_anything_may_stand():
    open_, closed = Uncertainty(snapshot(), BUYER).interval, Uncertainty(layers(snapshot(), CLOSED)[-1], BUYER).interval
    # All of the buyer's need ends, after two steps, at c, d or e.
    assert open_.high == pytest.approx(closed.high + ALPHA**3, abs=1e-12)
    assert open_.low == pytest.approx(closed.low, abs=1e-12)
    assert 0 <= open_.low <= open_.high <= 1


def unweighed() -> World:
    world = World()
    for supplier in (A, C):
        world.say(supplier, "SUPPLIES", BUYER)
    world.risk("bad", C, "cyber", 1.0)
    return world


def test_where_nobody_says_how_the_need_is_shared_it_may_all_be_at_one():
    closed = layers(snapshot(unweighed()), [CloseSuppliers(A), CloseSuppliers(C)])[-1]
    found = Uncertainty(closed, BUYER).interval
    assert found.low == 0  # all of it at a, of which no risk is known
    assert found.high == pytest.approx(ALPHA * (1 - ALPHA))
    told = Uncertainty(Overlay(closed, SetShare(A, BUYER, 0.5)), BUYER).interval
    assert told.low == pytest.approx(ALPHA * (1 - ALPHA) * 0.5 / 12)
    assert told.width < found.width


def test_stock_keeps_its_part_off_even_if_all_is_at_that_supplier():
    held = layers(snapshot(unweighed()), [CloseSuppliers(A), CloseSuppliers(C)])[-1]
    stocked = layers(held, [SetInventory(C, BUYER, 45, 90), SetInventory(A, BUYER, 45, 90)])[-1]
    assert Uncertainty(stocked, BUYER).interval.high == pytest.approx(Uncertainty(held, BUYER).interval.high / 2)


def test_of_a_buyer_without_suppliers_nothing_is_known():
    assert Uncertainty(snapshot(World()), BUYER).interval == Interval(0.0, ALPHA)
    assert Uncertainty(Overlay(snapshot(World()), CloseSuppliers(BUYER)), BUYER).interval.width == 0
    assert Uncertainty(snapshot(World()), BUYER).flow("high").size == 0
    assert Uncertainty(snapshot(World()), BUYER).tiers() == {}
    assert Uncertainty(snapshot(World()), BUYER).known_interval == Interval(0.0, 0.0)


def test_tiers_are_the_fewest_links():
    found = Uncertainty(snapshot(), BUYER).tiers()
    assert found == {BUYER: 0, A: 1, EntityId("org:b"): 1, C: 2, D: 2, E: 2}


def test_the_middle_and_the_width_of_an_interval():
    assert Interval(0.25, 0.75).middle == 0.5
    assert Interval(0.25, 0.75).width == 0.5


def test_who_has_suppliers_has_them():
    assert Uncertainty(snapshot(), BUYER).has_suppliers
    assert Uncertainty(snapshot(), A).has_suppliers
    assert not Uncertainty(snapshot(), C).has_suppliers
    assert not Uncertainty(snapshot(World()), BUYER).has_suppliers


def test_the_buyers_own_risk_counts_for_nothing():
    riskier = village()
    riskier.risk("home", BUYER, "cyber", 1.0)
    for edits in ((), CLOSED):
        plain, mine = (layers(snapshot(world), edits)[-1] for world in (village(), riskier))
        assert Uncertainty(mine, BUYER).interval == Uncertainty(plain, BUYER).interval
    assert Uncertainty(snapshot(riskier), BUYER).known["high"].risk[snapshot(riskier).index[BUYER]] == 0.0


def guessed() -> World:
    """The village, where something is known against the supplier whose link is inferred."""
    world = village()
    world.risk("guess", E, "cyber", 0.5)
    return world


def test_at_the_low_end_an_inferred_supplier_is_not_there_whatever_is_known_of_it():
    held = layers(snapshot(guessed()), CLOSED)[-1]
    found, totals = Uncertainty(held, BUYER), Scoring(held, BUYER).totals()
    assert found.interval.low == pytest.approx(totals.low, abs=1e-12)
    assert found.known_interval.low == pytest.approx(totals.low, abs=1e-12)
    assert found.known_interval.high == pytest.approx(totals.high, abs=1e-12)
    assert found.known_flow("low")[held.index[E]] == 0 < found.known_flow("high")[held.index[E]]


@pytest.mark.parametrize("end", ["low", "high"])
def test_what_flows_from_each_own_risk_adds_up_to_the_end(end: Literal["low", "high"]):
    held = layers(snapshot(guessed()), CLOSED)[-1]
    found = Uncertainty(held, BUYER)
    risk, start = found.known[end].risk, held.index[BUYER]
    told = {"low": found.known_interval.low, "high": found.known_interval.high}[end]
    assert float(found.known_flow(end) @ risk) == pytest.approx(told, abs=1e-12)
    assert float(found.flow(end) @ risk) == pytest.approx(float(found.solved[end][start]), abs=1e-12)
    riskier = layers(held, [SetRisk(D, EntityId("rct:tierscope-cyber"), 0.9)])[-1]
    more = Uncertainty(riskier, BUYER).known[end].risk - risk
    moved = Uncertainty(riskier, BUYER).interval
    gained = {"low": moved.low, "high": moved.high}[end] - float(found.solved[end][start])
    assert gained == pytest.approx(float(found.flow(end) @ more), abs=1e-12)


def test_an_edge_passes_on_its_worst_at_the_high_end_and_its_best_observed_at_the_low():
    world = World()
    world.say(A, "SUPPLIES", BUYER, product="prd:x")
    world.say(A, "SUPPLIES", BUYER, product="prd:y", basis="inferred", confidence=0.5)
    world.say(C, "SUPPLIES", BUYER)
    found = Uncertainty(snapshot(world), BUYER)
    assert {end: found.known[end].carry.tolist() for end in found.known} == {"low": [0.0, 1.0], "high": [1.0, 1.0]}
