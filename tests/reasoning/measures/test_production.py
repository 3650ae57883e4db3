"""The products of firms and the units of links, by hand."""

import numpy as np
import pytest
from hypothesis import given, settings

from ontology.records import EntityId
from reasoning.measures.production import PARTS, made_by, values
from tests.reasoning.measures.worlds import BUYER, diamond, firm, snapshot, worlds
from tests.reasoning.world import World


def test_values_are_money_where_all_links_are_in_one_currency():
    base = snapshot(diamond())
    found, unit = values(base, base.links.counted)
    assert unit == "annualSpend EUR"
    assert sorted(found.tolist()) == [3.0, 5.0, 10.0, 40.0, 60.0]


def test_values_are_shares_where_currencies_differ():
    world = diamond()
    world.say(firm(6), "SUPPLIES", firm(7), annualSpend=8.0, currency="USD")
    base = snapshot(world)
    found, unit = values(base, base.links.counted)
    assert unit == PARTS
    by_link = {(link.supplier, link.customer): part for link, part in zip(base.links.counted, found, strict=True)}
    assert by_link[firm(1), BUYER] == pytest.approx(0.6)
    assert by_link[firm(6), firm(7)] == 1.0


def test_only_the_given_links_count():
    world = diamond()
    world.say(firm(6), "SUPPLIES", firm(7), annualSpend=8.0, currency="USD")
    base = snapshot(world)
    mine = [link for link in base.links.counted if link.customer == BUYER]
    found, unit = values(base, mine)
    assert (found.tolist(), unit) == ([60.0, 40.0], "annualSpend EUR")
    assert values(base, [])[0].size == 0


@settings(max_examples=50, deadline=None)
@given(worlds())
def test_parts_of_each_customer_sum_to_one_or_nothing(world):
    world.say("org:x", "SUPPLIES", "org:y", annualSpend=1.0, currency="JPY")
    base = snapshot(world)
    found, unit = values(base, base.links.counted)
    if unit != PARTS:
        return
    for customer in {link.customer for link in base.links.counted}:
        mine = [part for link, part in zip(base.links.counted, found, strict=True) if link.customer == customer]
        assert sum(mine) == pytest.approx(1) or sum(mine) == 0


def test_a_firm_makes_what_it_delivers_most_of_and_the_buyer_is_its_own_sector():
    world = World()
    for customer, product, spend in ((0, "prd:a", 1.0), (0, "prd:b", 2.0), (2, "prd:a", 500.0), (3, "prd:b", 1.0)):
        world.say(firm(1), "SUPPLIES", firm(customer), product=product, annualSpend=spend, currency="EUR")
    world.say(firm(2), "SUPPLIES", BUYER, annualSpend=1.0, currency="EUR")
    base = snapshot(world)
    sector, made = made_by(base, BUYER)
    by_firm = {entity: int(number) for entity, number in zip(base.nodes, sector, strict=True)}
    assert made == ("", "prd:b", "")
    assert by_firm[firm(1)] == 1  # of two customers' whole needs b is more than a: each counts alike, not by money
    assert by_firm[firm(2)] == 0
    assert by_firm[BUYER] == 2


@settings(max_examples=50, deadline=None)
@given(worlds())
def test_sectors_are_numbered_from_0_and_named(world):
    base = snapshot(world)
    sector, made = made_by(base, BUYER)
    assert sector.size == len(base.nodes)
    assert made[0] == made[-1] == ""
    assert list(made[1:-1]) == sorted(set(made[1:-1]))
    assert np.all((sector >= 0) & (sector < len(made)))
    for entity, number in zip(base.nodes, sector.tolist(), strict=True):
        delivered = {link.product for link in base.links.counted if link.supplier == entity}
        assert number == len(made) - 1 if entity == BUYER else made[number] in delivered | {""}


def test_an_unknown_buyer_is_in_no_sector():
    base = snapshot(World())
    sector, made = made_by(base, EntityId("org:nobody"))
    assert (sector.size, made) == (0, ("", ""))
