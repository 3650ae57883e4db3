"""Weights of links, summed by customer and by what a supplier delivers."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from ontology.records import EntityId
from reasoning.network.deliveries import deliveries, needs, weight_of
from reasoning.network.links import links
from tests.reasoning.measures.worlds import worlds
from tests.reasoning.world import World

A, B = EntityId("org:a"), EntityId("org:b")


def test_deliveries_in_different_units_add_up_as_parts_of_what_each_customer_needs():
    world = World()
    world.say(A, "SUPPLIES", "org:x", product="prd:bolt", annualSpend=30.0, currency="EUR")
    world.say(B, "SUPPLIES", "org:x", product="prd:bolt", annualSpend=10.0, currency="EUR")
    world.say(A, "SUPPLIES", "org:y", product="prd:bolt", shareOfSupply=0.25)
    world.say(B, "SUPPLIES", "org:y", shareOfSupply=0.75)
    counted = links(world.facts()).counted
    assert deliveries(counted) == {A: {"prd:bolt": 0.75 + 0.25}, B: {"prd:bolt": 0.25, "": 0.75}}
    assert needs(counted) == {"org:x": 40.0, "org:y": 1.0}
    assert weight_of(counted) == 41.0


def test_nothing_is_delivered_to_a_customer_whose_links_weigh_nothing():
    world = World()
    world.say(A, "SUPPLIES", "org:x", product="prd:bolt")
    (link,) = links(world.facts()).counted
    assert deliveries([link]) == {A: {"prd:bolt": 1.0}}
    assert deliveries([replace(link, weight=0.0)]) == {}
    assert needs([replace(link, weight=0.0)]) == {"org:x": 0.0}


@settings(max_examples=50, deadline=None)
@given(worlds())
def test_what_is_delivered_is_what_is_needed(world: World):
    counted = links(world.facts()).counted
    whole = sum(part for products in deliveries(counted).values() for part in products.values())
    assert whole == pytest.approx(len([need for need in needs(counted).values() if need > 0]))
