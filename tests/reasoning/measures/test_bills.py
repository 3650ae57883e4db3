"""The chain behind what a buyer sells, from claims, and as arrays at its best and at its worst."""

import math

import numpy as np
import pytest

from ontology.errors import NotConvergedError, NotGivenError
from ontology.records import EntityId
from reasoning.measures.bills import ClaimedBills, Gap, ItemHolder, claimed, sites
from reasoning.measures.recovery.chains import chains
from reasoning.network.sites import operator
from tests.reasoning.measures.bicycles import BUYER, bicycles, snapshot
from tests.reasoning.world import World

VELO = EntityId(BUYER)


def has(firm: str, product: str) -> ItemHolder:
    return ItemHolder(EntityId(f"org:{firm}"), EntityId(f"prd:{product}"), makes=False)


def makes(firm: str, product: str) -> ItemHolder:
    return has(firm, product)._replace(makes=True)


def found(world: World) -> ClaimedBills:
    return claimed(snapshot(world), VELO)


def test_nodes_and_materials_of_the_bicycles():
    got = found(bicycles())
    assert set(got.nodes) == {
        *(has("velo", product) for product in ("bicycle", "frame", "wheel")),
        *(makes(firm, product) for firm, product in (("velo", "bicycle"), ("rad", "wheel"), ("draht", "spoke"))),
        *(one(firm, "frame") for firm in ("alu", "bambu") for one in (has, makes)),
        *(has(firm, product) for firm, product in (("rad", "wheel"), ("rad", "spoke"), ("draht", "spoke"))),
    }
    assert list(got.nodes) == sorted(got.nodes)
    assert got.material[has("velo", "frame"), EntityId("prd:frame")] == (
        1.0,
        (has("alu", "frame"), has("bambu", "frame")),
    )
    assert got.material[makes("rad", "wheel"), EntityId("prd:spoke")] == (36.0, (has("rad", "spoke"),))
    assert got.demand == {has("velo", "bicycle"): 10.0}
    assert got.margin == {has("velo", "bicycle"): 100.0}
    assert got.capacity[makes("alu", "frame")] == 8.0
    assert got.stock[has("rad", "spoke")] == 7200.0
    assert (got.currency, got.gaps, got.together) == ("EUR", (), {})


def test_each_node_cites_its_claims():
    world = bicycles()
    stated = {stored.claim.id: stored.claim for stored in world.claims}
    got = found(world)
    words = {node: sorted(stated[one].predicate for one in claims) for node, claims in got.claims.items()}
    assert words[has("velo", "frame")] == ["STOCKS", "SUPPLIES", "SUPPLIES"]
    assert words[makes("velo", "bicycle")] == ["INPUT_OF", "INPUT_OF", "PRODUCES"]
    assert words[has("draht", "spoke")] == ["PRODUCES", "STOCKS"]


def test_stock_of_a_firm_and_its_sites_is_one():
    world = bicycles()
    world.say(BUYER, "OPERATES", "sit:shed")
    world.say("sit:shed", "STOCKS", "prd:frame", onHand=12.0)
    assert found(world).stock[has("velo", "frame")] == 42.0


def test_a_site_of_two_firms_belongs_to_none():
    world = bicycles()
    for firm in (BUYER, "org:alu"):
        world.say(firm, "OPERATES", "sit:joint")
    world.say(BUYER, "OPERATES", "sit:own")
    facts = snapshot(world).facts
    assert sites(facts, VELO) == (EntityId("sit:own"),)
    assert operator(facts, EntityId("sit:joint")) == "sit:joint"
    assert operator(facts, EntityId("sit:own")) == operator(facts, VELO) == VELO


def test_entities_judged_the_same_are_one_node():
    world = bicycles()
    world.say("org:z-alu", "STOCKS", "prd:frame", onHand=5.0)
    world.judge("org:alu", "org:z-alu")
    got = found(world)
    assert "org:z-alu" not in {node.holder for node in got.nodes}
    assert got.stock[has("alu", "frame")] in {0.0, 5.0}  # one of the two claims on one stock, never their sum


def test_a_share_of_a_capacity_and_one_capacity_for_all():
    world = bicycles()
    alu = next(one for one in world.claims if (one.claim.subject, one.claim.predicate) == ("org:alu", "PRODUCES"))
    world = world.without([alu.claim.id])
    world.say("org:alu", "PRODUCES", "prd:frame", capacityShare=0.25)
    assert Gap("capacity", EntityId("org:alu"), EntityId("prd:frame")) in found(world).gaps
    world.say("org:alu", "CAPACITY", 40.0)
    assert found(world).capacity[makes("alu", "frame")] == 10.0
    other = bicycles().without([alu.claim.id])
    other.say("org:alu", "CAPACITY", 40.0)
    got = found(other)
    assert got.together == {EntityId("org:alu"): (40.0, {makes("alu", "frame"): 1.0})}
    assert makes("alu", "frame") not in got.capacity


def test_a_supplier_makes_an_item_without_a_stated_maker():
    world = World()
    world.say(BUYER, "SELLS", "prd:tea", demandPerDay=1.0)
    world.say("org:farm", "SUPPLIES", BUYER, product="prd:tea")
    world.say("prd:leaf", "INPUT_OF", "prd:tea", quantity=2.0)
    world.say("org:wood", "SUPPLIES", "org:farm", product="prd:leaf")
    got = found(world)
    assert got.material[has("velo", "tea"), EntityId("prd:tea")] == (1.0, (has("farm", "tea"),))
    assert got.material[has("farm", "tea"), EntityId("prd:tea")] == (1.0, (makes("farm", "tea"),))
    assert got.material[makes("farm", "tea"), EntityId("prd:leaf")] == (2.0, (has("farm", "leaf"),))
    assert makes("velo", "tea") not in got.nodes


def test_a_link_without_a_product_is_not_in_a_bill():
    world = bicycles()
    world.say("org:post", "SUPPLIES", BUYER)
    assert "org:post" not in {node.holder for node in found(world).nodes}


def test_an_input_of_several_sources_is_that_of_the_most_believed():
    world = bicycles()
    world.say("prd:wheel", "INPUT_OF", "prd:bicycle", source="rumour", confidence=0.4, quantity=3.0)
    assert found(world).material[makes("velo", "bicycle"), EntityId("prd:wheel")][0] == 2.0


def test_where_all_is_known_best_and_worst_are_one():
    got = chains(found(bicycles()), math.inf)
    assert got.best is got.worst
    index = {node: number for number, node in enumerate(got.claimed.nodes)}
    assert got.best.stock[index[has("rad", "spoke")]] == 7200
    assert got.best.capacity[index[makes("velo", "bicycle")]] == 12
    assert got.best.capacity[index[has("velo", "bicycle")]] == math.inf
    assert got.materials == tuple(got.claimed.material)


def test_unknown_stocks_end_never_after_a_while_or_at_once():
    world = bicycles(stocks=False)
    index = {node: number for number, node in enumerate(found(world).nodes)}
    endless, covered = chains(found(world), math.inf), chains(found(world), 3.0)
    had = np.array([not node.makes for node in index])
    assert np.all(np.isinf(endless.best.stock[had]))
    assert np.all(endless.worst.stock == 0)
    assert covered.best.stock[index[has("rad", "spoke")]] == pytest.approx(3 * 720)
    assert covered.best.stock[index[has("alu", "frame")]] == pytest.approx(3 * 5)


def test_unknown_capacities_are_endless_or_an_equal_part_of_the_need():
    world = bicycles()
    gone = [one.claim.id for one in world.claims if one.claim.predicate == "PRODUCES"]
    got = chains(found(world.without(gone)), math.inf)
    index = {node: number for number, node in enumerate(got.claimed.nodes)}
    making = [index[makes(firm, product)] for firm, product in (("alu", "frame"), ("rad", "wheel"), ("draht", "spoke"))]
    assert np.all(np.isinf(got.best.capacity[making]))
    assert got.worst.capacity[making].tolist() == pytest.approx([5.0, 20.0, 720.0])


def test_a_bill_that_takes_itself_is_refused_only_where_its_need_matters():
    world = bicycles()
    world.say("prd:bicycle", "INPUT_OF", "prd:frame", quantity=1.0)
    for firm in ("alu", "bambu"):
        world.say(f"org:{firm}", "STOCKS", "prd:bicycle", onHand=1.0)
        world.say(BUYER, "SUPPLIES", f"org:{firm}", product="prd:bicycle")
    assert chains(found(world), math.inf).best.stock.size > 0
    world.say("prd:bell", "INPUT_OF", "prd:bicycle", quantity=1.0)
    with pytest.raises(NotConvergedError) as raised:
        chains(found(world), math.inf)
    assert "InputRelation" in raised.value.fix


def test_a_missing_demand_is_reported():
    with pytest.raises(NotGivenError) as raised:
        claimed(snapshot(World()), VELO)
    assert raised.value.details == {"id": BUYER}
    assert raised.value.code == "NOT_GIVEN"
