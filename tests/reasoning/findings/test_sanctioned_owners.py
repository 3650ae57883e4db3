import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoning.findings.sanctioned_owners import KIND
from tests.reasoning.findings.scene import only, run, subjects, supply
from tests.reasoning.world import World


def owns(world: World, owner: str, owned: str, percentage: float) -> str:
    return world.say(owner, "OWNS", owned, percentage=percentage)


def listed(world: World, *entities: str) -> list[str]:
    return [world.say(entity, "SANCTIONED", "A list", programme="P") for entity in entities]


def supplied() -> World:
    world = World()
    supply(world, "org:deep", "org:s")
    return world


def test_an_owner_two_hops_up_blocks_step_by_step_without_multiplying():
    world = supplied()
    cited = [*listed(world, "org:x"), owns(world, "org:x", "org:h", 60), owns(world, "org:h", "org:deep", 55)]
    finding = only(KIND, world)
    assert finding.subject == "org:deep"
    assert finding.related == ("org:h", "org:x")
    assert sorted(finding.claims) == sorted(cited)
    assert "over 2 steps of ownership" in finding.text
    assert len(finding.evidence) == 3


def test_shares_of_blocked_owners_add_up():
    world = supplied()
    listed(world, "per:1", "org:2")
    owns(world, "per:1", "org:s", 30)
    assert run(KIND, world) == ()
    owns(world, "org:2", "org:s", 20)
    assert only(KIND, world).related == ("org:2", "per:1")


@pytest.mark.parametrize(("share", "blocked"), [(49, False), (49.99, False), (50, True), (100, True)])
def test_half_is_enough_and_less_is_not(share: float, blocked: bool):
    world = supplied()
    listed(world, "org:x")
    owns(world, "org:x", "org:s", share)
    assert subjects(KIND, world) == (["org:s"] if blocked else [])


def test_no_more_owners_are_cited_than_it_takes_greatest_first():
    world = supplied()
    entries = dict(zip("abc", listed(world, "per:a", "per:b", "per:c"), strict=True))
    shares = {name: owns(world, f"per:{name}", "org:s", share) for name, share in (("a", 10), ("b", 30), ("c", 25))}
    assert set(only(KIND, world).claims) == {entries["b"], entries["c"], shares["b"], shares["c"]}


def test_a_supplier_listed_itself_is_reported_and_needs_no_owner():
    world = supplied()
    (entry,) = listed(world, "org:s")
    finding = only(KIND, world)
    assert (finding.subject, finding.claims, finding.related) == ("org:s", (entry,), ())
    assert "itself on the list A list" in finding.text


def test_a_blocked_supplier_blocks_what_it_owns():
    world = supplied()
    listed(world, "org:s")
    owns(world, "org:s", "org:deep", 51)
    assert subjects(KIND, world) == ["org:deep", "org:s"]


def test_links_unknown_shares_ended_ownership_and_ended_listings_block_no_firm():
    world = supplied()
    listed(world, "org:x")
    world.say("org:x", "LINKED_TO", "org:s")
    world.say("org:x", "OWNS", "org:s", control="indirect")
    world.say("org:x", "OWNS", "org:deep", percentage=90, valid=(None, "2025-01-01T00:00:00Z"))
    world.say("per:y", "SANCTIONED", "A list", valid=(None, "2025-01-01T00:00:00Z"))
    owns(world, "per:y", "org:deep", 100)
    assert run(KIND, world) == ()


def test_blocked_parties_that_are_no_suppliers_are_left_out():
    world = supplied()
    listed(world, "org:x")
    owns(world, "org:x", "org:elsewhere", 100)
    assert run(KIND, world) == ()


def test_of_two_sources_on_one_share_the_surer_counts_and_they_are_not_added():
    world = supplied()
    listed(world, "org:x")
    world.say("org:x", "OWNS", "org:s", percentage=30, source="sure", confidence=0.9)
    world.say("org:x", "OWNS", "org:s", percentage=70, source="unsure", confidence=0.5)
    assert run(KIND, world) == ()


def test_the_operator_of_a_site_upstream_counts_as_a_supplier():
    world = World()
    world.say("sit:1", "SUPPLIES", "org:buyer")
    world.say("org:o", "OPERATES", "sit:1")
    listed(world, "org:o")
    assert subjects(KIND, world) == ["org:o"]


def test_merged_owners_are_one_owner():
    world = supplied()
    listed(world, "org:x1")
    owns(world, "org:x2", "org:s", 60)
    assert run(KIND, world) == ()
    world.judge("org:x1", "org:x2")
    assert subjects(KIND, world) == ["org:s"]


HOLDINGS = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 6)), st.sampled_from([10, 24.5, 25, 30, 49, 50, 60]), max_size=14
)


@given(HOLDINGS, st.sets(st.integers(0, 6), max_size=3))
@settings(max_examples=150, deadline=None)
def test_it_blocks_the_parties_of_the_rule_and_proves_it(holdings: dict[tuple[int, int], float], roots: set[int]):
    world = World()
    supply(world, *(f"org:{firm}" for firm in range(7)))
    for (owner, owned), share in sorted(holdings.items()):
        if owner != owned:
            owns(world, f"org:{owner}", f"org:{owned}", share)
    listed(world, *(f"org:{firm}" for firm in sorted(roots)))
    blocked = set(roots)
    while more := {
        owned
        for owned in range(7)
        if owned not in blocked
        and sum(share for (owner, of), share in holdings.items() if of == owned and owner in blocked) >= 50
    }:
        blocked |= more
    findings = run(KIND, world)
    assert {finding.subject for finding in findings} == {f"org:{firm}" for firm in blocked}
    for finding in findings:
        gone = {stored.claim.id for stored in world.claims if stored.claim.predicate != "SUPPLIES"} - {*finding.claims}
        assert finding.subject in subjects(KIND, world.without(gone)), "the cited claims alone must suffice"
        for claim in finding.claims:
            assert finding.subject not in subjects(KIND, world.without({*gone, claim})), "and each must be needed"
