"""What stops with a thing: the rule by hand and against networkx, and that groups and what-if branches share it."""

from collections.abc import Mapping
from typing import Literal

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.errors import NotFoundError
from ontology.records import EntityId
from reasoning.exposure.snapshot import Snapshot
from reasoning.scenarios.edits import Stop
from reasoning.scenarios.overlay import Overlay
from reasoning.scenarios.stops import groups_by, stopped_with
from tests.reasoning.measures.worlds import BUYER, diamond, firm, snapshot, worlds
from tests.reasoning.scenarios.village import BUYER as VILLAGER
from tests.reasoning.scenarios.village import NORTH, SOUTH, A, C, D, E
from tests.reasoning.scenarios.village import snapshot as village
from tests.reasoning.world import World

PRODUCTS = [f"prd:p{number}" for number in range(4)]
CATEGORIES = ["cat:c0", "cat:c1", "cat:c2"]
REGIONS = ["reg:iso3166-DE", "reg:iso3166-FR", "reg:eu", "reg:port"]
SITES = [f"sit:s{number}" for number in range(4)]


@st.composite
def placed_worlds(draw: st.DrawFn) -> World:
    """Any small world with sites of one operator, several or none, regions within regions, and a product tree."""
    world = draw(worlds())
    for site in SITES:
        for operator in draw(st.lists(st.integers(0, 5), max_size=2, unique=True)):
            world.say(firm(operator), "OPERATES", site)
        for region in draw(some(REGIONS)):
            world.say(site, draw(st.sampled_from(["IN_COUNTRY", "LOCATED_AT"])), region)
    for part, whole in draw(pairs(REGIONS)):
        world.say(part, "PART_OF", whole)
    for product in PRODUCTS:
        for category in draw(some(CATEGORIES)):
            world.say(product, "IN_CATEGORY", category)
    for narrow, broad in draw(pairs(CATEGORIES)):
        world.say(narrow, "BROADER", broad)
    return draw(delivering(world))


@st.composite
def delivering(draw: st.DrawFn, world: World) -> World:
    """The world with deliveries of sites, and of categories instead of products."""
    for number in range(draw(st.integers(0, 4))):
        supplier = draw(st.sampled_from([*SITES, firm(1), firm(2)]))
        product = draw(st.sampled_from([*PRODUCTS, *CATEGORIES]))
        spend = draw(st.sampled_from([1.0, 3.0]))
        world.say(supplier, "SUPPLIES", firm(number % 3), product=product, annualSpend=spend, currency="EUR")
    return world


def some(names: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), max_size=2, unique=True)


def pairs(names: list[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    return st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=3)


def named_by(world: World, prefixes: tuple[str, ...]) -> list[EntityId]:
    """The entities of some kinds that claims name."""
    ends = {end for stored in world.claims for end in (stored.claim.subject, stored.claim.object) if end is not None}
    products = {EntityId(str(stored.claim.qualifiers.get("product"))) for stored in world.claims}
    return sorted(one for one in ends | products if one.startswith(prefixes))


def what_if_stops(base: Snapshot, entity: EntityId) -> Mapping[EntityId, float]:
    """What a what-if branch stops with an entity; nothing where it refuses."""
    try:
        return Overlay(base, Stop(entity)).stopped
    except NotFoundError:
        return {}


def graph_of(base: Snapshot, *predicates: str) -> "nx.DiGraph[str]":
    """The claims of some predicates as a graph."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for predicate in predicates:
        graph.add_edges_from((fact.subject, str(fact.object)) for fact in base.facts[predicate])
    return graph


def reached(graph: "nx.DiGraph[str]", node: str) -> set[str]:
    return {node} | (set(nx.descendants(graph, node)) if node in graph else set())


def test_a_supplier_stops_alone():
    assert stopped_with(A, village()) == {A: 1.0}


def test_a_country_stops_with_the_part_of_each_firm_that_is_there():
    found = groups_by("country", village(), village().upstream(VILLAGER))
    assert found == {NORTH: {C: 0.5}, SOUTH: {C: 0.5, D: 1.0}}


def test_sites_of_a_firm_count_alike_without_rounding():
    world = World()
    world.say(firm(1), "SUPPLIES", BUYER)
    for number in range(10):
        world.say(firm(1), "OPERATES", f"sit:s{number}")
        world.say(f"sit:s{number}", "IN_COUNTRY", "reg:iso3166-DE")
    assert groups_by("country", snapshot(world), [firm(1)]) == {"reg:iso3166-DE": {firm(1): 1.0}}


def test_a_product_stops_its_makers_by_their_part_of_it():
    world = diamond()
    world.say(firm(3), "SUPPLIES", firm(5), product="prd:wire", annualSpend=1.0, currency="EUR")
    base = snapshot(world)
    found = groups_by("product", base, base.upstream(BUYER))
    assert set(found) == {"prd:engine", "prd:frame", "prd:magnet", "prd:wire"}  # nobody upstream makes tea
    assert found[EntityId("prd:magnet")] == {firm(3): pytest.approx(2 / 3)}


def test_a_category_stops_with_all_its_kinds():
    """Before, the group of a category held only the links that name the category itself; a what-if held all kinds."""
    world = World()
    world.say("prd:magnet", "IN_CATEGORY", "cat:metal")
    world.say(firm(1), "SUPPLIES", BUYER, product="prd:magnet", annualSpend=3.0, currency="EUR")
    world.say(firm(2), "SUPPLIES", BUYER, product="cat:metal", annualSpend=1.0, currency="EUR")
    base = snapshot(world)
    assert groups_by("product", base, base.upstream(BUYER)) == {
        "cat:metal": {firm(1): 1.0, firm(2): 1.0},
        "prd:magnet": {firm(1): 1.0},
    }


@pytest.mark.parametrize("by", ["country", "product"])
@settings(max_examples=60, deadline=None)
@given(world=placed_worlds())
def test_the_parts_of_a_group_are_those_that_a_what_if_stops(by: Literal["country", "product"], world: World):
    base = snapshot(world)
    upstream = base.upstream(BUYER)
    groups = groups_by(by, base, upstream)
    for entity in {*named_by(world, ("reg:",) if by == "country" else ("prd:", "cat:")), *groups}:
        stopped = {one: part for one, part in what_if_stops(base, entity).items() if one in upstream}
        if entity in groups or by != "product":  # a category that no link names has no group of its own
            assert groups.get(entity, {}) == stopped


@settings(max_examples=60, deadline=None)
@given(world=placed_worlds())
def test_a_place_stops_the_part_of_each_firm_whose_sites_lie_in_it(world: World):
    base = snapshot(world)
    lies_in = graph_of(base, "IN_COUNTRY", "LOCATED_AT", "PART_OF")
    operates = graph_of(base, "OPERATES")
    for place in named_by(world, ("sit:", "reg:")):
        expected = {}
        for node in base.nodes:
            sites = list(operates.successors(node)) if node in operates and operates.out_degree(node) else [node]
            inside = [site for site in sites if place in reached(lies_in, site)]
            if inside:
                expected[node] = len(inside) / len(sites)
        assert what_if_stops(base, place) == expected


@settings(max_examples=60, deadline=None)
@given(world=placed_worlds())
def test_a_product_stops_the_part_of_deliveries_that_are_of_it_or_its_kinds(world: World):
    base = snapshot(world)
    tree = graph_of(base, "IN_CATEGORY", "BROADER")
    need: dict[EntityId, float] = {}
    for link in base.links.counted:
        need[link.customer] = need.get(link.customer, 0.0) + link.weight
    for product in named_by(world, ("prd:", "cat:")):
        whole: dict[EntityId, float] = {}
        lost: dict[EntityId, float] = {}
        for link in base.links.counted:
            part = link.weight / need[link.customer] if need[link.customer] else 0.0
            whole[link.supplier] = whole.get(link.supplier, 0.0) + part
            if link.product and product in reached(tree, link.product):
                lost[link.supplier] = lost.get(link.supplier, 0.0) + part
        expected = {maker: pytest.approx(part / whole[maker]) for maker, part in lost.items() if part > 0}
        assert what_if_stops(base, product) == expected


def test_nobody_upstream_is_in_no_group():
    base = snapshot(World())
    assert groups_by("country", base, []) == groups_by("product", base, []) == {}
    assert E in village().upstream(VILLAGER)


@pytest.mark.parametrize("entity", ["org:nobody", "sit:none", "reg:iso3166-JP", "prd:none", "cat:none"])
def test_what_stops_nobody_is_refused(entity: str):
    with pytest.raises(NotFoundError) as raised:
        stopped_with(EntityId(entity), village())
    assert raised.value.fix
