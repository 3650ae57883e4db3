"""M2 over small worlds: by hand, against enumeration, between its bounds, and with tampered answers."""

import math
from dataclasses import replace
from itertools import product
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from ontology.canonical import Scalar
from reasoning.measures.disruption.disruption import Disruptions, measure, verify
from reasoning.measures.disruption.network import DECLARED, ENDS, LOW, MIDDLE, DisruptionTerms
from tests.reasoning.measures.worlds import BUYER, diamond, firm, snapshot, worlds
from tests.reasoning.world import World

CYBER = "rct:tierscope-cyber"
FEW = DisruptionTerms(worlds=640)


def enumerated(found, end):
    """The exact probability that some firm upstream is disrupted, over every set of live links."""
    own = {one.firm: one.chance(found.terms)[end] for one in found.own[1:]}
    links = [(bond.customer, bond.supplier, bond.chance(found.terms)[end]) for bond in found.bonds]
    unsure = [link for link in links if 0 < link[2] < 1]
    total = 0.0
    for live in product((True, False), repeat=len(unsure)):
        graph = nx.DiGraph([link[:2] for link in links if link[2] >= 1])
        graph.add_node(found.buyer)
        graph.add_edges_from(link[:2] for link, there in zip(unsure, live, strict=True) if there)
        chance = math.prod(link[2] if there else 1 - link[2] for link, there in zip(unsure, live, strict=True))
        behind = nx.descendants(graph, found.buyer) - {found.buyer}
        total += chance * (1 - math.prod(1 - own[entity] for entity in behind))
    return total


def test_by_hand_a_shared_source_of_two_sole_suppliers():
    """All links stop for certain and only the source has a risk: it is the buyer's, and all of it is its share."""
    world = diamond()
    for one, risk in ((1, 0.0), (2, 0.0), (3, 0.25)):
        world.risk(f"r{one}", firm(one), "cyber", risk)
    found: Any = measure(snapshot(world), BUYER, category=CYBER)
    for end in found.ends:
        assert [end.lower, end.estimate, end.upper] == pytest.approx([0.25, 0.25, 0.4375])
        assert dict(end.shares) == {firm(3): pytest.approx(0.25)}
        assert end.path.entities[0] == BUYER
        assert end.path.entities[-1] == firm(3)
    assert found.coverage == 1
    assert verify(found) == ()
    assert len(found.claims) == 2 + 4  # two links, and the four claims of the risk
    assert found.evidence
    assert found.revision == 7


def test_unknown_risk_opens_the_interval():
    found: Any = measure(snapshot(diamond()), BUYER)
    assert [end.estimate for end in found.ends] == pytest.approx([0.0, 1 - 0.5**3, 1.0])
    assert found.coverage == 0
    assert sum(share for _, share in found.middle.shares) == pytest.approx(0.875)
    assert found.low.shares == ()
    assert found.low.path.chance == 0
    assert verify(found) == ()


@settings(max_examples=25, deadline=None)
@given(worlds(most=5))
def test_every_number_holds_and_lies_about_the_exact_one(world):
    found: Any = measure(snapshot(world), BUYER, terms=FEW)
    assert verify(found) == ()
    for end, reported in zip(ENDS, found.ends, strict=True):
        if sum(0 < bond.chance(found.terms)[end] < 1 for bond in found.bonds) > 8:
            continue
        exact = enumerated(found, end)
        assert reported.lower - 1e-12 <= exact <= reported.upper + 1e-12
        low, high = reported.drawn.within(4.5)
        assert low - 1e-12 <= exact <= high + 1e-12
        assert math.fsum(share for _, share in reported.shares) == pytest.approx(reported.estimate, abs=1e-12)


@settings(max_examples=20, deadline=None)
@given(worlds(most=5))
def test_the_interval_holds_what_any_category_and_any_answer_give(world):
    whole = measure(snapshot(world), BUYER, terms=FEW)
    part = measure(snapshot(world), BUYER, category=CYBER, terms=FEW)
    for end in ENDS:
        assert part.ends[end].estimate <= whole.ends[end].estimate + 1e-12
    assert whole.low.estimate <= whole.middle.estimate + 1e-12 <= whole.high.estimate + 2e-12


@settings(max_examples=20, deadline=None)
@given(worlds(most=5))
def test_more_own_risk_never_makes_it_safer(world):
    before = measure(snapshot(world), BUYER, terms=FEW)
    for one in range(1, 5):
        world.risk(f"more-{one}", firm(one), "cyber", 1.0)
    after = measure(snapshot(world), BUYER, terms=FEW)
    for end in (LOW, MIDDLE):
        assert after.ends[end].estimate >= before.ends[end].estimate - 1e-12


def test_unrelated_facts_change_no_bit():
    before = measure(snapshot(diamond()), BUYER)
    world = diamond()
    world.say("org:a", "SUPPLIES", "org:b", product="prd:tea")
    world.say(BUYER, "SUPPLIES", firm(9), product="prd:bus", annualSpend=1.0, currency="EUR")
    world.risk("other", "org:a", "cyber", 1.0)
    after = measure(snapshot(world), BUYER)
    assert [end.estimate for end in after.ends] == [end.estimate for end in before.ends]
    assert after.middle.shares == before.middle.shares


def test_units_do_not_matter():
    small, large = World(), World()
    for world, scale in ((small, 1.0), (large, 1000.0)):
        for number, spend in ((1, 3.0), (2, 9.0)):
            world.say(firm(number), "SUPPLIES", BUYER, annualSpend=spend * scale, currency="EUR")
            world.risk(f"r{number}", firm(number), "cyber", 0.5)
    one, two = [measure(snapshot(world), BUYER, category=CYBER) for world in (small, large)]
    assert one.middle.estimate == two.middle.estimate
    assert enumerated(one, MIDDLE) == pytest.approx(1 - (1 - 0.125) * (1 - 0.375))


def test_threads_and_repetition_give_the_same_bits():
    world = diamond()
    world.say(firm(4), "SUPPLIES", firm(3), basis="inferred", confidence=0.5)
    base = snapshot(world)
    one, two = (Disruptions(base, BUYER, threads=threads).of() for threads in (1, 2))
    assert one.middle.estimate == two.middle.estimate
    assert one.middle.shares == two.middle.shares
    other = measure(base, BUYER, terms=DisruptionTerms(seed=9))
    assert other.middle.estimate == pytest.approx(one.middle.estimate, abs=0.05)


@pytest.mark.parametrize("size", [0, 1])
def test_a_buyer_without_suppliers_is_stopped_by_none(size):
    world = World()
    if size:
        world.say(BUYER, "SUPPLIES", firm(1))
        world.risk("own", BUYER, "cyber", 1.0)
    found: Any = measure(snapshot(world), BUYER)
    for end in found.ends:
        assert (end.lower, end.estimate, end.upper, end.error) == (0, 0, 0, 0)
        assert end.shares == ()
    assert found.middle.path.entities == (BUYER,)
    assert found.coverage == 1
    assert (found.claims, found.evidence) == ((), ())
    assert verify(found) == ()


def test_a_cycle_through_the_buyer_and_firms_that_supply_themselves_have_an_answer():
    world = diamond()
    world.say(BUYER, "SUPPLIES", firm(3), product="prd:scrap")
    world.say(firm(3), "SUPPLIES", firm(3), product="prd:magnet")
    world.risk("r", firm(3), "cyber", 0.5)
    found: Any = measure(snapshot(world), BUYER, category=CYBER)
    assert verify(found) == ()
    assert found.low.estimate == pytest.approx(0.5)
    assert BUYER not in dict(found.high.shares)


def test_firms_that_stop_each_other_for_certain_have_an_upper_bound():
    world = World()
    for supplier, customer in ((firm(1), BUYER), (firm(1), firm(2)), (firm(2), firm(1))):
        world.say(supplier, "SUPPLIES", customer, dependencyWeight=1)
    world.risk("r", firm(2), "cyber", 1e-6)
    found = measure(snapshot(world), BUYER)
    assert found.low.lower == pytest.approx(1e-6)
    assert found.low.lower <= found.low.upper <= 1
    assert verify(found) == ()


def tampered():
    """Answers that were tampered with, each in one place."""
    world = diamond()
    world.say(firm(4), "SUPPLIES", firm(3), product="prd:ore", basis="inferred", confidence=0.5)
    world.risk("r", firm(3), "cyber", 0.5)
    found: Any = measure(snapshot(world), BUYER)
    middle = found.middle
    (first, share), *rest = middle.shares
    yield "shares", replace(found, middle=replace(middle, shares=((first, share + 1e-6), *rest)))
    yield "estimate", replace(found, middle=replace(middle, estimate=middle.estimate - 1e-6))
    yield "lower", replace(found, middle=replace(middle, lower=0.9))
    yield "upper", replace(found, middle=replace(middle, upper=middle.upper - 0.01))
    yield "levels", replace(found, middle=replace(middle, levels=middle.levels * 0.5, upper=middle.upper * 0.5))
    yield "path", replace(found, middle=replace(middle, path=replace(middle.path, own=0.1)))
    link = replace(middle.path, chances=tuple(chance * 0.5 for chance in middle.path.chances))
    yield "link", replace(found, middle=replace(middle, path=link))
    yield "bonds", replace(found, bonds=found.bonds[:-1])
    yield "risks", replace(found, own=tuple(replace(one, known=()) for one in found.own))
    yield "order", replace(found, low=found.high)
    yield "buyer", replace(found, own=found.own[1:])
    yield "seed", replace(found, terms=replace(DECLARED, most=0.5))


@pytest.mark.parametrize("touch", [name for name, _ in tampered()])
def test_a_tampered_answer_is_found_out(touch):
    assert verify(dict(tampered())[touch]) != ()


def test_levels_that_are_no_bounds_are_found_out():
    found: Any = measure(snapshot(diamond()), BUYER)
    low = replace(found.high, levels=np.zeros_like(found.high.levels), upper=0.0)
    faults = verify(replace(found, high=low))
    assert "high: the upper bound does not follow from those of the suppliers" in faults
    assert "high: the estimate is outside its bounds by more than 4 errors" in faults


@pytest.mark.parametrize("risk", [0.5, 0.01, 1e-4, 1e-6, 0.0])
@pytest.mark.parametrize("spend", [1.0, 1e6])
def test_bounds_hold_where_firms_that_need_each_other_hardly_damp(risk, spend):
    """Two firms, each the other's sole source: a disruption of one comes back to it."""
    world = World()
    for one, other in ((1, 0), (1, 2), (2, 1)):
        claim: dict[str, Scalar] = {
            "product": f"prd:p{one}",
            "annualSpend": spend,
            "currency": "EUR",
            "essential": True,
        }
        world.say(firm(one), "SUPPLIES", firm(other), qualified=claim)
    for one in (1, 2):
        world.risk(f"r{one}", firm(one), "cyber", risk)
    found = measure(snapshot(world), BUYER, category=CYBER)
    assert verify(found) == ()
    exact = 1 - (1 - risk) ** 2
    for end in found.ends:
        assert end.estimate == pytest.approx(exact, abs=1e-12)
        assert end.lower == risk
        assert exact - 1e-12 <= end.upper <= 1
