import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from ontology.records import EntityId
from reasoning.exposure.snapshot import Snapshot
from tests.reasoning.measures.worlds import diamond, firm, worlds
from tests.reasoning.world import AT, World

BUYER = EntityId("org:buyer")


def snapshot(world: World) -> Snapshot:
    return Snapshot(world.facts(), 7)


def hops(world: World, product: str = "") -> set[tuple[str, str, str]]:
    """(customer, supplier, product) of the links behind the edges that lead up from the buyer."""
    view, start = snapshot(world).view(BUYER, product)
    assert start is not None
    return {(link.customer, link.supplier, link.product) for links in view.links for link in links}


def test_it_is_stamped_with_revision_and_instant():
    made = snapshot(World())
    assert (made.revision, made.at) == (7, AT)


def test_ids_and_dense_indices_are_each_others_inverse():
    world = World()
    world.say("org:z", "SUPPLIES", BUYER)
    world.say("org:a", "SUPPLIES", "org:z")
    made = snapshot(world)
    assert made.nodes == ("org:a", "org:buyer", "org:z")
    assert [made.index[entity] for entity in made.nodes] == [0, 1, 2]


def test_an_empty_store_has_an_empty_network():
    made = snapshot(World())
    assert made.nodes == ()
    assert made.view(BUYER)[1] is None
    assert made.whole.net.size == 0


def test_tiers_are_the_fewest_links_from_the_buyer_under_any_of_its_ids():
    world = World()
    world.say("org:a", "SUPPLIES", BUYER)
    world.say("org:b", "SUPPLIES", "org:a")
    world.say("org:b", "SUPPLIES", BUYER)
    world.say("org:c", "SUPPLIES", "org:b")
    world.say(BUYER, "SUPPLIES", "org:c")
    world.say("org:elsewhere", "SUPPLIES", "org:stranger")
    world.judge(BUYER, "org:other-name")
    for name in (BUYER, EntityId("org:other-name")):
        assert snapshot(world).tiers(name) == {BUYER: 0, "org:a": 1, "org:b": 1, "org:c": 2}
    assert snapshot(world).tiers(EntityId("org:nobody")) == {"org:nobody": 0}


def test_shares_have_one_denominator_at_both_ends_of_the_interval():
    world = World()
    world.say("org:a", "SUPPLIES", BUYER, annualSpend=60, currency="USD")
    world.say("org:b", "SUPPLIES", BUYER, annualSpend=40, currency="USD", basis="inferred", confidence=0.5)
    view = snapshot(world).whole
    assert view.low.tolist() == [0.6, 0.0]
    assert view.share.tolist() == [0.6, 0.2]
    assert view.high.tolist() == [0.6, 0.4]
    assert view.total.tolist() == [100.0, 100.0]


def test_parallel_links_are_one_edge():
    world = World()
    world.say("org:a", "SUPPLIES", BUYER, product="prd:x", annualSpend=60, currency="USD")
    world.say("org:a", "SUPPLIES", BUYER, product="prd:y", annualSpend=20, currency="USD")
    world.say("org:b", "SUPPLIES", BUYER, product="prd:y", annualSpend=20, currency="USD")
    view = snapshot(world).whole
    assert view.share.tolist() == pytest.approx([0.8, 0.2])
    assert [len(links) for links in view.links] == [2, 1]


def test_a_product_filters_the_first_hop_then_follows_its_inputs():
    world = World()
    world.say("org:maker", "SUPPLIES", BUYER, product="prd:car")
    world.say("org:other", "SUPPLIES", BUYER, product="prd:chair")
    world.say("org:unknown", "SUPPLIES", BUYER)
    world.say("org:steel", "SUPPLIES", "org:maker", product="prd:steel")
    world.say("org:paper", "SUPPLIES", "org:maker", product="prd:paper")
    world.say("org:any", "SUPPLIES", "org:maker")
    world.say("prd:steel", "INPUT_OF", "prd:car")
    assert hops(world, "prd:car") == {
        ("org:buyer", "org:maker", "prd:car"),
        ("org:maker", "org:steel", "prd:steel"),
        ("org:maker", "org:any", ""),
    }
    assert hops(world, "prd:chair") == {("org:buyer", "org:other", "prd:chair")}
    assert hops(world, "prd:none") == set()


def test_a_category_stands_for_all_its_products():
    world = World()
    world.say("org:maker", "SUPPLIES", BUYER, product="prd:car")
    world.say("prd:car", "IN_CATEGORY", "cat:vehicles")
    assert hops(world, "cat:vehicles") == {("org:buyer", "org:maker", "prd:car")}


def test_all_links_are_followed_where_the_inputs_are_not_known():
    world = World()
    world.say("org:maker", "SUPPLIES", BUYER, product="prd:car")
    world.say("org:paper", "SUPPLIES", "org:maker", product="prd:paper")
    assert ("org:maker", "org:paper", "prd:paper") in hops(world, "prd:car")
    world.say("prd:steel", "INPUT_OF", "prd:car")  # the maker has no link of steel, so its inputs are not known
    assert ("org:maker", "org:paper", "prd:paper") in hops(world, "prd:car")


def test_one_firm_needed_for_two_products_is_two_nodes_of_one_firm():
    world = World()
    world.say("org:maker", "SUPPLIES", BUYER, product="prd:car")
    world.say("org:deep", "SUPPLIES", "org:maker", product="prd:wheel")
    world.say("org:deep", "SUPPLIES", "org:maker", product="prd:glass")
    world.say("prd:wheel", "INPUT_OF", "prd:car")
    world.say("prd:glass", "INPUT_OF", "prd:car")
    made = snapshot(world)
    view, _ = made.view(BUYER, "prd:car")
    deep = made.index[EntityId("org:deep")]
    assert np.count_nonzero(view.firm == deep) == 2
    assert view.share.sum() == pytest.approx(2.0)


def test_a_customer_whose_filtered_links_weigh_nothing_passes_nothing_on():
    world = World()
    world.say("org:a", "SUPPLIES", BUYER, product="prd:x", annualSpend=0, currency="USD")
    world.say("org:b", "SUPPLIES", BUYER, product="prd:y", annualSpend=9, currency="USD")
    view, _ = snapshot(world).view(BUYER, "prd:x")
    assert (view.low.tolist(), view.share.tolist(), view.high.tolist()) == ([0.0], [0.0], [0.0])


def test_upstream_are_all_tiers_but_the_buyers_own():
    assert snapshot(diamond()).upstream(firm(0)) == {firm(1): 1, firm(2): 1, firm(3): 2}
    assert snapshot(diamond()).upstream(firm(9)) == {firm(8): 1}
    assert snapshot(diamond()).upstream(firm(77)) == {}
    assert snapshot(World()).upstream(BUYER) == {}


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_tiers_upstream_are_those_of_networkx(world: World):
    base = snapshot(world)
    graph = nx.DiGraph([(link.customer, link.supplier) for link in base.links.counted])
    graph.add_node(firm(0))
    expected = nx.single_source_shortest_path_length(graph, firm(0))
    assert base.upstream(firm(0)) == {entity: far for entity, far in expected.items() if entity != firm(0)}
