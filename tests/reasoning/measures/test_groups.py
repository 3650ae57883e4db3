"""Who is upstream, and who stops together: as what-if branches have it."""

import networkx as nx
import pytest
from hypothesis import given, settings

from ontology.errors import NotFoundError
from ontology.records import EntityId
from reasoning.measures.groups import parts_by, tiers_of
from reasoning.scenarios.edits import Stop
from reasoning.scenarios.overlay import Overlay
from tests.reasoning.measures.worlds import BUYER, diamond, firm, snapshot, worlds
from tests.reasoning.scenarios.village import BUYER as VILLAGER
from tests.reasoning.scenarios.village import NORTH, SOUTH, A, B, C, D, E
from tests.reasoning.scenarios.village import snapshot as village
from tests.reasoning.world import World


def test_tiers_are_the_fewest_links():
    assert tiers_of(snapshot(diamond()), BUYER) == {firm(1): 1, firm(2): 1, firm(3): 2}
    assert tiers_of(snapshot(diamond()), firm(9)) == {firm(8): 1}
    assert tiers_of(snapshot(diamond()), firm(77)) == {}
    assert tiers_of(snapshot(World()), BUYER) == {}


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_tiers_are_those_of_networkx(world):
    base = snapshot(world)
    graph = nx.DiGraph([(link.customer, link.supplier) for link in base.links.counted])
    graph.add_node(BUYER)
    expected = nx.single_source_shortest_path_length(graph, BUYER)
    assert tiers_of(base, BUYER) == {entity: far for entity, far in expected.items() if entity != BUYER}


def test_suppliers_stop_alone():
    assert parts_by("supplier", village(), [A, B]) == {A: {A: 1.0}, B: {B: 1.0}}


def test_a_country_stops_with_the_part_of_each_firm_that_is_there():
    found = parts_by("country", village(), tiers_of(village(), VILLAGER))
    assert found == {NORTH: {C: 0.5}, SOUTH: {C: 0.5, D: 1.0}}


def test_a_product_stops_its_makers_by_their_part_of_it():
    world = diamond()
    world.say(firm(3), "SUPPLIES", firm(5), product="prd:wire", annualSpend=1.0, currency="EUR")
    base = snapshot(world)
    found = parts_by("product", base, tiers_of(base, BUYER))
    assert set(found) == {"prd:engine", "prd:frame", "prd:magnet", "prd:wire"}  # nobody upstream makes tea
    assert found[EntityId("prd:magnet")] == {firm(3): pytest.approx(2 / 3)}


@pytest.mark.parametrize("by", ["country", "product"])
@settings(max_examples=40, deadline=None)
@given(world=worlds())
def test_who_stops_is_who_a_what_if_stops(by, world):
    base = snapshot(world)
    for entity, parts in parts_by(by, base, tiers_of(base, BUYER)).items():
        try:
            stopped = Overlay(base, Stop(entity)).stopped
        except NotFoundError:
            stopped = {}
        assert {one: pytest.approx(part) for one, part in parts.items()} == {
            one: part for one, part in stopped.items() if one in parts
        }
        assert set(tiers_of(base, BUYER)) & stopped.keys() <= parts.keys()


def test_nobody_upstream_is_in_no_group():
    base = snapshot(World())
    for by in ("supplier", "country", "product"):
        assert parts_by(by, base, []) == {}
    assert E in tiers_of(village(), VILLAGER)
