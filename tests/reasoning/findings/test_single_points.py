from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.findings.single_points import KIND
from tests.reasoning.findings.scene import BUYER, only, run, subjects, supply
from tests.reasoning.world import World


def needs(world: World, customer: str, product: str, *suppliers: str) -> None:
    for supplier in suppliers:
        world.say(supplier, "SUPPLIES", customer, product=product, essential=True)


def two_direct() -> World:
    world = World()
    supply(world, "org:a")
    supply(world, "org:b")
    return world


def shared_source() -> World:
    """Buyer ← a ← m ← p and buyer ← b ← n ← p, each the only source."""
    world = two_direct()
    needs(world, "org:a", "prd:x", "org:m")
    needs(world, "org:b", "prd:y", "org:n")
    needs(world, "org:m", "prd:z", "org:p")
    needs(world, "org:n", "prd:z", "org:p")
    return world


def test_the_only_source_behind_two_direct_suppliers_is_found_with_the_chains_as_proof():
    world = shared_source()
    finding = only(KIND, world)
    assert finding.subject == "org:p"
    assert finding.rule == "finding.hidden-single-point-of-failure"
    assert finding.related == ("org:a", "org:b")
    assert set(finding.claims) == {stored.claim.id for stored in world.claims}
    assert "at tier 3" in finding.text


def test_a_second_supplier_anywhere_on_a_chain_takes_it_away():
    for customer, product in (("org:a", "prd:x"), ("org:n", "prd:z")):
        world = shared_source()
        needs(world, customer, product, "org:other")
        assert subjects(KIND, world) == []


def test_a_second_supplier_of_another_product_does_not():
    world = shared_source()
    needs(world, "org:a", "prd:else", "org:other", "org:another")
    assert subjects(KIND, world) == ["org:p"]


def test_a_second_supplier_whose_claim_has_ended_does_not():
    world = shared_source()
    world.say("org:o", "SUPPLIES", "org:n", product="prd:z", essential=True, valid=(None, "2025-01-01T00:00:00Z"))
    assert subjects(KIND, world) == ["org:p"]


def test_a_second_supplier_who_depends_on_the_same_firm_does_not_help():
    world = shared_source()
    needs(world, "org:a", "prd:x", "org:k")
    assert subjects(KIND, world) == []
    needs(world, "org:k", "prd:z", "org:p")
    finding = only(KIND, world)
    assert finding.subject == "org:p"
    assert {stored.claim.id for stored in world.claims} == set(finding.claims)


def test_an_input_is_essential_if_one_counted_link_says_so():
    world = two_direct()
    for direct in ("org:a", "org:b"):
        world.say("org:p", "SUPPLIES", direct, product="prd:x", essential=False)
        world.say("org:p", "SUPPLIES", direct, product="prd:y")
    assert subjects(KIND, world) == []
    for direct in ("org:a", "org:b"):
        world.say("org:p", "SUPPLIES", direct, product="prd:y", productGroup="castings", essential=True)
    assert subjects(KIND, world) == ["org:p"]


def test_products_may_be_named_by_group_and_a_link_without_product_has_no_effect():
    world = two_direct()
    for direct in ("org:a", "org:b"):
        world.say("org:p", "SUPPLIES", direct, productGroup="castings", essential=True)
        world.say("org:q", "SUPPLIES", direct, essential=True)
    assert subjects(KIND, world) == ["org:p"]


def test_a_firm_that_supplies_the_buyer_too_is_not_hidden():
    world = shared_source()
    supply(world, "org:p")
    assert subjects(KIND, world) == []


def test_one_dependent_is_not_enough():
    world = shared_source()
    assert subjects(KIND, world.without(s.claim.id for s in world.claims if s.claim.subject == "org:n")) == []


def test_of_points_in_a_row_the_nearest_is_reported_and_others_only_for_other_dependents():
    world = shared_source()
    needs(world, "org:p", "prd:w", "org:q")
    assert subjects(KIND, world) == ["org:p"]
    supply(world, "org:c")
    needs(world, "org:c", "prd:w", "org:q")
    found = {finding.subject: finding.related for finding in run(KIND, world)}
    assert found == {"org:p": ("org:a", "org:b"), "org:q": ("org:a", "org:b", "org:c")}


def test_two_points_that_need_each_other_are_reported_once_and_a_cycle_does_not_hold_itself_up():
    world = shared_source()
    needs(world, "org:p", "prd:v", "org:q")
    needs(world, "org:q", "prd:v", "org:p")
    assert subjects(KIND, world) == ["org:p"]


def test_two_sites_of_one_direct_supplier_are_one_dependent():
    world = World()
    for site in ("sit:1", "sit:2"):
        world.say(site, "SUPPLIES", BUYER, product="prd:any")
        world.say("org:a", "OPERATES", site)
    supply(world, "org:deep", "org:a", "org:b")
    needs(world, "org:a", "prd:x", "org:p")
    assert subjects(KIND, world) == []


def shared_site() -> World:
    """Buyer ← sit:1, which o1 and o2 operate, and buyer ← b ← k ← o1, o2, each of which needs p."""
    world = World()
    world.say("sit:1", "SUPPLIES", BUYER, product="prd:any")
    supply(world, "org:k", "org:b")
    for operator in ("org:o1", "org:o2"):
        world.say(operator, "OPERATES", "sit:1")
        world.say(operator, "SUPPLIES", "org:k", product="prd:any")
        needs(world, operator, "prd:x", "org:p")
    needs(world, "org:b", "prd:x", "org:p")
    return world


def test_a_site_stops_when_all_its_operators_stop():
    world = shared_site()
    finding = only(KIND, world)
    assert (finding.subject, finding.related) == ("org:p", ("org:b", "sit:1"))
    claims = {stored.claim.id: (stored.claim.subject, stored.claim.predicate) for stored in world.claims}
    assert {("org:o1", "OPERATES"), ("org:o2", "OPERATES")} < {claims[claim] for claim in finding.claims}
    needs(world, "org:o2", "prd:x", "org:other")
    assert subjects(KIND, world) == []


def test_the_operator_that_stands_for_a_direct_suppliers_site_is_not_hidden():
    world = World()
    supply(world, "org:k", "org:b")
    world.say("sit:1", "SUPPLIES", BUYER, product="prd:any")
    world.say("org:o", "OPERATES", "sit:1")
    world.say("org:o", "SUPPLIES", "org:k", product="prd:any")
    needs(world, "org:b", "prd:x", "org:o")
    assert subjects(KIND, world) == []


def test_what_a_source_calls_essential_counts_where_its_link_is_counted():
    for source, found in (("a source before it", ["org:p"]), ("world's successor", [])):
        world = two_direct()
        for direct in ("org:a", "org:b"):
            world.say("org:p", "SUPPLIES", direct, product="prd:x")
            world.say("org:p", "SUPPLIES", direct, product="prd:x", essential=True, source=source)
        assert subjects(KIND, world) == found


def test_no_network_no_finding():
    assert subjects(KIND, World()) == []


LINKS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(0, 1)), max_size=24)


@given(LINKS)
@settings(max_examples=150, deadline=None)
def test_it_finds_exactly_the_firms_whose_loss_stops_two_direct_suppliers(links: list[tuple[int, int, int]]):
    """The definition itself as the oracle: take a firm away, let what lacks an essential input stop, and count."""
    world = World()
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_node(0)
    for supplier, customer, product in sorted(set(links)):
        if supplier != customer:
            target = BUYER if customer == 0 else f"org:n{customer}"
            name = BUYER if supplier == 0 else f"org:n{supplier}"
            world.say(name, "SUPPLIES", target, product=f"prd:{product}", essential=True)
            graph.add_edge(customer, supplier, **{f"p{product}": True})
    tiers = nx.single_source_shortest_path_length(graph, 0)
    stopped = {node: _stopped(graph, node) for node in tiers if node != 0}
    direct = [node for node, tier in tiers.items() if tier == 1]
    dependents = {node: {one for one in direct if one in stopped[node]} for node, tier in tiers.items() if tier >= 2}
    qualifying = {node for node, who in dependents.items() if len(who) >= 2}
    found = {int(finding.subject.removeprefix("org:n")): finding for finding in run(KIND, world)}
    assert found.keys() <= qualifying
    for node in qualifying - found.keys():
        nearer = [one for one in found if dependents[one] == dependents[node] and one in stopped[node]]
        assert nearer, f"{node} is left out although no reported point stands before it"
    for node, finding in found.items():
        assert {int(entity.removeprefix("org:n")) for entity in finding.related} == dependents[node]
    for one, other in combinations(found, 2):
        if dependents[one] == dependents[other]:
            assert one not in stopped[other]
            assert other not in stopped[one]


def _stopped(graph: "nx.DiGraph[int]", gone: int) -> set[int]:
    stopped = {gone}
    while True:
        more = {node for node in graph if node not in {0, *stopped} and _lacks(graph, node, stopped)}
        if not more:
            return stopped
        stopped |= more


def _lacks(graph: "nx.DiGraph[int]", node: int, stopped: set[int]) -> bool:
    groups = [[s for s in graph[node] if graph[node][s].get(product)] for product in ("p0", "p1")]
    return any(group and all(supplier in stopped for supplier in group) for group in groups)


@pytest.mark.parametrize("length", [2, 40])
def test_long_chains_are_followed_to_their_nearest_point(length: int):
    world = two_direct()
    for direct in ("org:a", "org:b"):
        needs(world, direct, "prd:x", "org:c0")
    for step in range(length):
        needs(world, f"org:c{step}", "prd:x", f"org:c{step + 1}")
    assert subjects(KIND, world) == ["org:c0"]
