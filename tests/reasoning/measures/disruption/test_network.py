"""Own chances and links' chances, by hand; and what unrelated facts do not change."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.canonical import Scalar
from ontology.records import Basis, EntityId
from reasoning.measures.disruption.network import (
    DECLARED,
    ENDS,
    HIGH,
    LOW,
    MIDDLE,
    Bond,
    DisruptionTerms,
    Input,
    any_of,
    arrays_of,
    own_chance,
    upstream,
)
from reasoning.network.links import Link
from reasoning.risk.weights import CATEGORIES
from tests.reasoning.measures.worlds import BUYER, diamond, firm, snapshot, worlds
from tests.reasoning.world import World

CYBER = "rct:tierscope-cyber"
ONE = firm(1)


def bonds(world: World) -> dict[tuple[EntityId, EntityId], Bond]:
    _, found = upstream(snapshot(world), BUYER)
    return {(bond.supplier, bond.customer): bond for bond in found}


def stated(world: World, supplier: EntityId, inferred=False, confidence=1.0, **qualified: Scalar) -> World:
    basis: Basis = "inferred" if inferred else "observed"
    world.say(supplier, "SUPPLIES", BUYER, basis=basis, confidence=confidence, qualified=qualified)
    return world


@pytest.mark.parametrize(
    ("chances", "exact"),
    [
        ([], 0.0),
        ([0.0, 0.3], 0.3),
        ([1e-12], 1e-12),
        ([1.0, 0.5], 1.0),
        ([0.2, 0.5], 0.6),
        ([1e-9, 1e-9], 2e-9 - 1e-18),
    ],
)
def test_any_of_several_things_happens(chances, exact):
    assert any_of(chances) == pytest.approx(exact, rel=1e-15, abs=0)


@given(st.lists(st.floats(0, 1), max_size=6))
def test_any_of_is_one_minus_none(chances):
    assert any_of(chances) == pytest.approx(1 - math.prod(1 - chance for chance in chances), abs=1e-12)
    assert max(chances, default=0.0) - 1e-15 <= any_of(chances) <= 1


def test_the_recorded_risk_of_a_category_is_its_chance():
    world = diamond()
    world.risk("hack", ONE, "cyber", 0.3)
    found = own_chance(snapshot(world), ONE, CYBER)
    assert found.chance(DECLARED) == pytest.approx((0.3, 0.3, 0.3))
    assert (len(found.known), found.unknown) == (1, 0)
    assert len(found.claims) == 4
    assert found.evidence


def test_an_unknown_category_may_have_any_chance():
    found = own_chance(snapshot(diamond()), ONE, CYBER)
    assert found.chance(DECLARED) == (0.0, 0.5, 1.0)
    assert (found.claims, found.evidence) == ((), ())


def test_any_category_may_happen_and_unknown_risk_counts_once():
    """Two risks of 0.2 and 0.5: 1 − 0.8 · 0.5 = 0.6 at least; with the unknown halves of ten others 1 − 0.4 · 0.5."""
    world = diamond()
    world.risk("hack", ONE, "cyber", 0.2)
    world.risk("strike", ONE, "continuity", 0.5)
    found = own_chance(snapshot(world), ONE, "")
    assert found.chance(DECLARED) == pytest.approx((0.6, 0.8, 1.0))
    assert found.unknown == 10


def test_a_fully_known_firm_has_one_chance():
    world = diamond()
    for category in CATEGORIES:
        world.risk(f"r-{category[14:]}", ONE, category.removeprefix("rct:tierscope-"), 0.1)
    found = own_chance(snapshot(world), ONE, "")
    assert found.chance(DECLARED) == pytest.approx((1 - 0.9**12,) * 3)


def test_a_risk_may_be_read_as_a_smaller_chance():
    world = diamond()
    world.risk("hack", ONE, "cyber", 0.3)
    found = own_chance(snapshot(world), ONE, CYBER)
    assert found.chance(DisruptionTerms(stop_probability=0.1)) == pytest.approx((0.03,) * 3)
    assert own_chance(snapshot(world), ONE, "").chance(DisruptionTerms(stop_probability=0.1))[HIGH] == pytest.approx(
        1 - 0.97 * 0.9
    )


@settings(max_examples=50, deadline=None)
@given(worlds())
def test_any_category_is_never_less_likely_than_one(world):
    base = snapshot(world)
    for entity in base.upstream(BUYER):
        whole = own_chance(base, entity, "").chance(DECLARED)
        for category in ("cyber", "continuity"):
            part = own_chance(base, entity, f"rct:tierscope-{category}").chance(DECLARED)
            assert all(part[end] <= whole[end] + 1e-12 for end in ENDS)
        assert whole[LOW] <= whole[MIDDLE] <= whole[HIGH]


def test_a_sole_source_of_what_is_essential_stops_its_customer():
    found = bonds(diamond())
    assert found[firm(1), BUYER].chance(DECLARED) == (1.0, 1.0, 1.0)
    assert found[firm(3), firm(1)].claims
    assert found[firm(3), firm(1)].evidence
    assert set(found) == {(firm(1), BUYER), (firm(2), BUYER), (firm(3), firm(1)), (firm(3), firm(2))}


def test_a_non_essential_input_counts_by_its_share_of_everything():
    world = World()
    stated(world, firm(1), product="prd:a", annualSpend=30.0, currency="EUR")
    stated(world, firm(2), product="prd:b", annualSpend=70.0, currency="EUR")
    assert bonds(world)[firm(1), BUYER].chance(DECLARED) == pytest.approx((0.3,) * 3)
    halved = DisruptionTerms(most=0.8, substitutability=0.5)
    assert bonds(world)[firm(2), BUYER].chance(halved) == pytest.approx((0.28,) * 3)


def test_an_essential_input_counts_by_its_share_of_the_product():
    world = World()
    stated(world, firm(1), product="prd:a", annualSpend=10.0, currency="EUR", essential=True)
    stated(world, firm(2), product="prd:a", annualSpend=30.0, currency="EUR")
    stated(world, firm(2), product="prd:b", annualSpend=60.0, currency="EUR")
    found = bonds(world)
    assert found[firm(1), BUYER].chance(DECLARED) == pytest.approx((0.25,) * 3)
    both = 1 - (1 - 0.75) * (1 - 0.6)  # three quarters of a, and 60 of all 100 for the rest: either may stop it
    assert found[firm(2), BUYER].chance(DECLARED) == pytest.approx((both,) * 3)
    assert [one.product for one in found[firm(2), BUYER].inputs] == ["", "prd:a"]


def test_an_inferred_link_is_left_out_weighted_or_counted():
    world = World()
    stated(world, firm(1), inferred=True, confidence=0.4)
    stated(world, firm(2))
    assert bonds(world)[firm(1), BUYER].chance(DECLARED) == pytest.approx((0.0, 0.2, 0.5))
    assert bonds(world)[firm(2), BUYER].chance(DECLARED) == pytest.approx((0.5, 0.5, 0.5))


def test_a_stated_dependence_is_used():
    world = World()
    stated(world, firm(1), dependencyWeight=0.9, annualSpend=1.0, currency="EUR")
    stated(world, firm(2), annualSpend=99.0, currency="EUR")
    assert bonds(world)[firm(1), BUYER].chance(DisruptionTerms(most=0.1)) == pytest.approx((0.9,) * 3)


def test_links_without_weight_stop_no_firm():
    world = World()
    fact = snapshot(stated(World(), firm(1))).links.counted[0].fact
    assert Input("", (Link(firm(1), BUYER, "", 0.0, fact),), 0.0).chance(DECLARED) == (0, 0, 0)
    stated(world, firm(1), annualSpend=0.0, currency="EUR")
    stated(world, firm(2), annualSpend=5.0, currency="EUR")
    assert bonds(world)[firm(1), BUYER].chance(DECLARED) == (0, 0, 0)


def test_the_network_is_the_buyer_first_and_only_what_is_upstream():
    firms, found = upstream(snapshot(diamond()), BUYER)
    assert firms == (BUYER, firm(1), firm(2), firm(3))
    assert len(found) == 4
    assert upstream(snapshot(World()), BUYER) == ((BUYER,), ())


@settings(max_examples=50, deadline=None)
@given(worlds())
def test_upstream_is_that_of_the_tiers(world):
    base = snapshot(world)
    firms, found = upstream(base, BUYER)
    assert set(firms[1:]) == set(base.upstream(BUYER))
    assert list(firms[1:]) == sorted(firms[1:])
    assert {(one.supplier, one.customer) for one in found} == {
        (link.supplier, link.customer) for link in base.links.counted if link.customer in firms
    }
    assert sum(len(one.links) for bond in found for one in bond.inputs) == len(
        [link for link in base.links.counted if link.customer in firms]
    )


def test_arrays_leave_the_buyers_own_chance_out():
    world = diamond()
    world.risk("own", BUYER, "cyber", 0.9)
    base = snapshot(world)
    firms, found = upstream(base, BUYER)
    own = [own_chance(base, entity, CYBER) for entity in firms]
    arrays = arrays_of(own, found, DECLARED)[HIGH]
    assert arrays.own.tolist() == [0.0, 1.0, 1.0, 1.0]
    assert arrays.net.customer.tolist() == [0, 0, 1, 2]
    assert arrays.net.supplier.tolist() == [1, 2, 3, 3]


def test_keys_of_links_do_not_depend_on_other_links():
    first = diamond()
    second = diamond()
    second.say(firm(0), "SUPPLIES", firm(4))
    second.say("org:a-new-one", "SUPPLIES", firm(2), product="prd:glue", annualSpend=1.0, currency="EUR")
    keys = []
    for world in (first, second):
        firms, found = upstream(snapshot(world), BUYER)
        own = [own_chance(snapshot(world), entity, CYBER) for entity in firms]
        arrays = arrays_of(own, found, DECLARED)[HIGH]
        ends = [(firms[v], firms[u]) for v, u in zip(arrays.net.customer, arrays.net.supplier, strict=True)]
        order = np.argsort(arrays.net.customer, kind="stable")
        by_link = {}
        for customer in range(len(firms)):
            here = slice(arrays.trials.start[customer], arrays.trials.start[customer + 1])
            for supplier, draw in zip(arrays.trials.supplier[here], arrays.trials.draw[here, 0], strict=True):
                by_link[firms[customer], firms[supplier]] = int(draw)
        assert set(by_link) == set(ends)
        assert order.size == len(ends)
        keys.append(by_link)
    assert all(keys[1][link] == key for link, key in keys[0].items())
    assert len(set(keys[1].values())) == len(keys[1])
