"""The whole interval: M1's where all is known, wider by each thing that is not."""

import pytest

from ontology.records import NounId
from reasoning.core.leontief import ALPHA
from reasoning.scenarios.edits import CloseSuppliers, SetInventory, SetShare
from reasoning.scenarios.overlay import Overlay, layers
from reasoning.scoring import Scoring
from reasoning.uncertainty import Interval, Uncertainty
from tests.reasoning.scenarios.village import BUYER, A, C, D, E, snapshot
from tests.reasoning.world import World

CLOSED = [CloseSuppliers(noun) for noun in (C, D, E)]


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
    assert found == {BUYER: 0, A: 1, NounId("org:b"): 1, C: 2, D: 2, E: 2}
