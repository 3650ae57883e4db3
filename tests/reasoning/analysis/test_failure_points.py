"""Failure points: planted shared suppliers in generated networks, none false by removal, and the sample world's."""

from dataclasses import replace

import pytest

from ontology.records import EntityId
from reasoning.analysis.failure_points import FailurePoints, failure_points, verify
from reasoning.exposure.snapshot import Snapshot
from tests.reasoning.essential_networks import planted, removed
from tests.reasoning.findings.scene import BUYER
from tests.reasoning.world import World


def snapshot(world: World) -> Snapshot:
    return Snapshot(world.facts(), 1)


def find(world: World, *, most: int = 50) -> FailurePoints:
    return failure_points(snapshot(world), BUYER, most=most)


def needs(world: World, customer: str, product: str, *suppliers: str) -> None:
    for supplier in suppliers:
        world.say(supplier, "SUPPLIES", customer, product=product, essential=True)


@pytest.mark.parametrize("seed", range(100))
def test_every_planted_shared_supplier_is_found_and_nothing_false(seed: int):
    made = planted(seed)
    found = find(made.world, most=0)
    points = {point.entity: point for point in found.points}
    for shared, dependents in made.shared.items():
        assert dependents <= set(points[EntityId(shared)].stops)
        assert f"prd:made-{shared[-1]}" in points[EntityId(shared)].inputs
    for entity, point in points.items():
        gone = removed(made.world, {entity})
        assert BUYER in gone or len(dict.fromkeys(point.stops)) >= 2
        assert set(point.stops) <= gone
    everyone = {str(stored.claim.subject) for stored in made.world.claims}
    assert {entity for entity in everyone if BUYER in removed(made.world, {entity})} <= {
        str(entity) for entity in points
    }
    assert verify(snapshot(made.world), found) == ()


@pytest.mark.parametrize("seed", [0, 2, 3, 4])
def test_pairs_stop_the_buyer_by_removal_and_alone_do_not(seed: int):
    made = planted(seed)
    found = find(made.world)
    assert found.pairs
    for pair in found.pairs:
        assert BUYER in removed(made.world, set(pair.entities))
        assert not any(BUYER in removed(made.world, {entity}) for entity in pair.entities)


def test_a_sole_direct_source_of_something_essential_is_one_and_of_something_else_is_not():
    world = World()
    needs(world, BUYER, "prd:x", "org:a")
    world.say("org:b", "SUPPLIES", BUYER, product="prd:y", essential=False)
    (point,) = find(world).points
    assert (point.entity, point.inputs, point.every_way, point.hidden) == ("org:a", ("prd:x",), ("prd:x",), False)
    assert point.chain == ("org:a", BUYER)
    assert point.claims == (world.claims[0].claim.id,)


def test_a_way_past_it_that_stops_for_another_input_is_no_dominator_but_a_point():
    world = World()
    needs(world, BUYER, "prd:x", "org:a", "org:b")
    needs(world, "org:a", "prd:p", "org:c")
    needs(world, "org:a", "prd:q", "org:d")
    needs(world, "org:b", "prd:q", "org:d")
    (point,) = find(world).points
    assert (point.entity, point.inputs, point.every_way) == ("org:d", ("prd:x",), ())
    assert point.hidden
    assert {pair.entities for pair in find(world).pairs} == {("org:a", "org:b"), ("org:b", "org:c")}
    assert find(world).complete
    assert not find(world, most=1).complete


def test_the_operator_of_a_site_stands_in_its_place():
    world = World()
    needs(world, BUYER, "prd:x", "sit:mill")
    world.say("org:owner", "OPERATES", "sit:mill")
    (point,) = find(world).points
    assert (point.entity, point.tier, point.chain) == ("org:owner", 1, ("org:owner", BUYER))
    assert set(point.claims) == {stored.claim.id for stored in world.claims}


def test_the_operators_of_a_site_stop_it_together():
    world = World()
    needs(world, BUYER, "prd:x", "sit:mill")
    for owner in ("org:one", "org:two"):
        world.say(owner, "OPERATES", "sit:mill")
    found = find(world)
    assert [(point.entity, point.tier) for point in found.points] == [("sit:mill", 1)]
    assert [pair.entities for pair in found.pairs] == [("org:one", "org:two")]
    assert verify(snapshot(world), found) == ()


def test_verification_sees_what_is_not_so():
    world = World()
    needs(world, BUYER, "prd:x", "org:a", "org:b")
    needs(world, "org:a", "prd:q", "org:d")
    needs(world, "org:b", "prd:q", "org:d")
    found = find(world)
    assert verify(snapshot(world), found) == ()
    (point,) = found.points
    for wrong in (
        replace(point, entity=EntityId("org:a"), chain=(EntityId("org:a"), BUYER)),
        replace(point, inputs=()),
        replace(point, stops=()),
        replace(point, chain=(EntityId("org:d"), EntityId("org:x"))),
        replace(point, inputs=("prd:x",), every_way=("prd:z",)),
        replace(point, claims=point.claims[1:]),
    ):
        assert verify(snapshot(world), replace(found, points=(wrong,)))
    pair = found.pairs[0]
    for mistaken in (
        replace(pair, entities=(EntityId("org:a"), EntityId("org:d"))),
        replace(pair, stops=pair.stops[:1]),
        replace(pair, claims=pair.claims[:1]),
    ):
        assert verify(snapshot(world), replace(found, pairs=(mistaken,)))


def test_a_pair_names_the_claims_by_which_all_that_stops_does_and_each_is_needed():
    world = World()
    needs(world, BUYER, "prd:x", "org:a", "org:b")
    needs(world, "org:a", "prd:q", "org:c")
    world.say("org:e", "SUPPLIES", "org:a", product="prd:r")  # not essential: no part of the proof
    pairs = {pair.entities: pair for pair in find(world).pairs}
    deep = pairs[EntityId("org:b"), EntityId("org:c")]
    said = {stored.claim.id: (stored.claim.subject, stored.claim.object) for stored in world.claims}
    assert {said[claim] for claim in deep.claims} == {("org:a", BUYER), ("org:b", BUYER), ("org:c", "org:a")}
    assert deep.stops == ("org:a", "org:b")
    assert deep.evidence
    for claim in deep.claims:
        fewer = replace(deep, claims=tuple(one for one in deep.claims if one != claim))
        assert verify(snapshot(world), replace(find(world), pairs=(fewer,)))


def test_nobody_has_none():
    assert find(World()).points == ()
