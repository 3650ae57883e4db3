"""Missing clauses and over-reach: which contracts count, which clauses stand in them, and which rules reach them."""

import pytest

from reasoning.findings import missing_clauses, over_reach
from tests.reasoning.findings.scene import AS_OF, BUYER, only, run, subjects, supply
from tests.reasoning.world import World

MISSING, OVER = missing_clauses.KIND, over_reach.KIND
AUDIT, PRICE = "clt:audit", "clt:price"
DAY_BEFORE, DAY, DAY_AFTER = "2026-05-31", "2026-06-01", "2026-06-02"


def agree(world: World, name: str = "1", *types: str, kind: str = "supply", other: str = "org:s") -> None:
    """A contract in force between the buyer and a supplier, of one version with a clause of each type."""
    contract, version = f"ctr:{name}", f"ctv:{name}"
    world.say(BUYER, "PARTY_TO", contract, role="customer")
    world.say(other, "PARTY_TO", contract, role="supplier")
    world.say(contract, "CONTRACT_KIND", kind)
    add_version(world, name, version, *types)


def add_version(world: World, name: str, version: str, *types: str, number: int = 1) -> None:
    world.say(f"ctr:{name}", "HAS_VERSION", version)
    world.say(version, "VERSION_NO", number)
    for place, clause_type in enumerate(types or ("clt:law",)):
        clause = f"cls:{version[4:]}-{place}"
        world.say(version, "CONTAINS", clause, ordinal=place)
        world.say(clause, "OF_TYPE", clause_type)


def require(world: World, kind: str = "supply") -> str:
    kinds = {"contractKind": kind} if kind else {}
    return world.say("rul:1", "REQUIRES", AUDIT, qualified=kinds)


def forbid(world: World, bound: int | None = 50, *, people: int | None = 35) -> None:
    world.say("rul:2", "FORBIDS", AUDIT, qualified={} if bound is None else {"maxHeadcount": bound})
    if people is not None:
        world.say("org:s", "HEADCOUNT", people)


def test_a_contract_without_the_clause_is_reported_with_the_rule():
    world = World()
    demand = require(world)
    agree(world)
    world.say("ctr:1", "TITLE", "Frame agreement")
    finding = only(MISSING, world)
    assert (finding.subject, finding.rule, finding.related) == ("ctr:1", "rul:1", (AUDIT, "org:s"))
    assert demand in finding.claims
    assert "Frame agreement" in finding.text
    predicates = {s.claim.predicate for s in world.claims if s.claim.id in finding.claims}
    assert predicates == {"REQUIRES", "CONTRACT_KIND", "PARTY_TO", "HAS_VERSION"}


def test_the_clause_or_a_narrower_one_satisfies_and_a_wider_one_does_not():
    for clause_type, missing in ((AUDIT, 0), ("clt:narrow", 0), ("clt:narrower", 0), ("clt:wide", 1)):
        world = World()
        require(world)
        agree(world, "1", "clt:law", clause_type)
        world.say("clt:narrower", "BROADER", "clt:narrow")
        world.say("clt:narrow", "BROADER", AUDIT)
        world.say(AUDIT, "BROADER", "clt:wide")
        assert len(run(MISSING, world)) == missing, clause_type


def test_a_contract_without_typed_clauses_or_wording_makes_no_finding():
    world = World()
    require(world)
    agree(world)
    assert run(MISSING, world.without(s.claim.id for s in world.claims if s.claim.predicate == "OF_TYPE")) == ()
    assert run(MISSING, world.without(s.claim.id for s in world.claims if s.claim.predicate == "HAS_VERSION")) == ()


@pytest.mark.parametrize(
    ("predicate", "value", "counts"),
    [
        ("CONTRACT_STATE", "draft", False),
        ("CONTRACT_STATE", "In_Negotiation", False),
        ("CONTRACT_STATE", "expired", False),
        ("CONTRACT_STATE", "terminated", False),
        ("CONTRACT_STATE", "in_effect", True),
        ("EFFECTIVE_ON", DAY, True),
        ("EFFECTIVE_ON", DAY_AFTER, False),
        ("EXPIRES_ON", DAY, True),
        ("EXPIRES_ON", DAY_BEFORE, False),
    ],
)
@pytest.mark.parametrize("entity", ["ctr:1", "rul:1"])
def test_only_contracts_and_rules_in_force_count(entity: str, predicate: str, value: str, counts: bool):
    if entity == "rul:1" and predicate == "CONTRACT_STATE":
        return
    world = World()
    require(world)
    agree(world)
    world.say(entity, predicate, value)
    assert bool(run(MISSING, world)) is counts


def test_contracts_of_others_do_not_count():
    world = World()
    require(world)
    agree(world)
    assert run(MISSING, world.without(s.claim.id for s in world.claims if s.claim.subject == BUYER)) == ()


def test_the_current_version_counts():
    world = World()
    require(world)
    agree(world)
    add_version(world, "1", "ctv:2", AUDIT, number=2)
    assert run(MISSING, world) == ()
    add_version(world, "1", "ctv:3", number=3)
    assert subjects(MISSING, world) == ["ctr:1"]
    world.say("ctv:3", "EFFECTIVE_ON", DAY_AFTER)
    assert run(MISSING, world) == ()


def test_a_version_that_another_revises_is_not_current_even_without_numbers():
    world = World()
    require(world)
    agree(world)
    world.claims = [s for s in world.claims if s.claim.predicate != "VERSION_NO"]
    add_version(world, "1", "ctv:0", AUDIT)
    world.claims = [s for s in world.claims if s.claim.predicate != "VERSION_NO"]
    assert subjects(MISSING, world) == ["ctr:1"]
    world.say("ctv:0", "REVISION_OF", "ctv:1")
    assert run(MISSING, world) == ()


def test_a_rule_reaches_contracts_of_its_kind_only():
    world = World()
    require(world, "ict-service")
    agree(world)
    agree(world, "2", kind="ICT-service")
    assert subjects(MISSING, world) == ["ctr:2"]


def test_a_rule_without_kind_and_scope_reaches_nothing():
    world = World()
    require(world, "")
    agree(world)
    assert run(MISSING, world) == ()


SCOPES: dict[str, list[tuple[str, str, str]]] = {
    "reg:europe": [("org:s", "IN_COUNTRY", "reg:iso3166-DE"), ("reg:iso3166-DE", "PART_OF", "reg:europe")],
    "reg:iso3166-DE": [(BUYER, "IN_COUNTRY", "reg:iso3166-DE")],
    "org:s": [],
    "ctr:1": [],
    "cat:metal": [
        ("org:s", "GOVERNED_BY", "ctr:1"),
        ("prd:1", "IN_CATEGORY", "cat:steel"),
        ("cat:steel", "BROADER", "cat:metal"),
    ],
    "rct:wide": [
        ("rsk:1", "AFFECTS", "org:s"),
        ("rsk:1", "IN_CATEGORY", "rct:narrow"),
        ("rct:narrow", "BROADER", "rct:wide"),
    ],
}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_rule_reaches_what_it_applies_to(scope: str):
    world = World()
    require(world, "")
    agree(world)
    world.say("rul:1", "APPLIES_TO", scope)
    for subject, predicate, target in SCOPES[scope]:
        goods = {"product": "prd:1"} if predicate == "GOVERNED_BY" else {}
        world.say(subject, predicate, target, qualified=goods)
    finding = only(MISSING, world)
    assert "APPLIES_TO" in {s.claim.predicate for s in world.claims if s.claim.id in finding.claims}


@pytest.mark.parametrize("scope", ["reg:iso3166-FR", "org:other", "ctr:2", "cat:wood", "rct:other"])
def test_a_rule_reaches_nothing_else(scope: str):
    world = World()
    require(world)
    agree(world)
    world.say("rul:1", "APPLIES_TO", scope)
    for scopes in SCOPES.values():
        for subject, predicate, target in scopes:
            world.say(subject, predicate, target, qualified={"product": "prd:1"} if predicate == "GOVERNED_BY" else {})
    assert run(MISSING, world) == ()


def test_several_scopes_of_one_sort_are_alternatives_and_of_several_sorts_conditions():
    world = World()
    require(world)
    agree(world)
    world.say("rul:1", "APPLIES_TO", "org:other")
    world.say("rul:1", "APPLIES_TO", "org:s")
    assert subjects(MISSING, world) == ["ctr:1"]
    world.say("rul:1", "APPLIES_TO", "reg:iso3166-FR")
    assert run(MISSING, world) == ()


def test_a_rule_without_scope_has_that_of_its_policy():
    world = World()
    require(world, "")
    agree(world)
    world.say("rul:1", "PART_OF", "pol:1")
    world.say("pol:1", "APPLIES_TO", "org:s")
    assert subjects(MISSING, world) == ["ctr:1"]


def test_a_demand_on_a_small_supplier_is_reported():
    world = World()
    forbid(world)
    agree(world, "1", AUDIT, PRICE)
    finding = only(OVER, world)
    assert (finding.subject, finding.rule) == ("ctr:1", "rul:2")
    assert finding.related == ("cls:1-0", AUDIT, "org:s")
    assert "with 35 people" in finding.text
    predicates = {s.claim.predicate for s in world.claims if s.claim.id in finding.claims}
    assert predicates == {"FORBIDS", "HEADCOUNT", "OF_TYPE", "CONTAINS", "PARTY_TO", "HAS_VERSION"}


@pytest.mark.parametrize(
    ("bound", "people", "reported"),
    [(50, 50, True), (50, 51, False), (50, None, False), (None, None, True), (None, 9000, True)],
)
def test_the_bound_is_inclusive_and_an_unknown_headcount_is_not_judged(
    bound: int | None, people: int | None, reported: bool
):
    world = World()
    forbid(world, bound, people=people)
    agree(world, "1", AUDIT)
    assert bool(run(OVER, world)) is reported


def test_narrower_clauses_count_and_old_versions_do_not():
    world = World()
    forbid(world)
    agree(world, "1", "clt:narrow")
    world.say("clt:narrow", "BROADER", AUDIT)
    assert subjects(OVER, world) == ["ctr:1"]
    add_version(world, "1", "ctv:2", PRICE, number=2)
    assert run(OVER, world) == ()


def test_a_ban_with_a_scope_reaches_only_that():
    world = World()
    forbid(world)
    agree(world, "1", AUDIT)
    world.say("rul:2", "APPLIES_TO", "org:other")
    assert run(OVER, world) == ()


def position(world: World, applied: str = "org:s") -> None:
    supply(world, "org:s")
    world.say("pos:1", "ASKS_FOR", AUDIT, rung="preferred")
    world.say("pos:1", "PART_OF", "plb:1")
    world.say("plb:1", "APPLIES_TO", applied)


def test_a_position_of_a_playbook_for_a_small_supplier_is_reported():
    world = World()
    forbid(world)
    position(world)
    finding = only(OVER, world)
    assert (finding.subject, finding.rule, finding.related) == ("pos:1", "rul:2", (AUDIT, "org:s"))
    predicates = {s.claim.predicate for s in world.claims if s.claim.id in finding.claims}
    assert predicates == {"FORBIDS", "HEADCOUNT", "ASKS_FOR", "PART_OF", "APPLIES_TO"}


def test_a_position_for_others_or_out_of_the_bans_scope_is_not():
    world = World()
    forbid(world)
    position(world, "org:other")
    assert run(OVER, world) == ()
    world = World()
    forbid(world, people=80)
    position(world)
    assert run(OVER, world) == ()
    world = World()
    forbid(world)
    position(world)
    world.say("rul:2", "APPLIES_TO", "reg:iso3166-FR")
    assert run(OVER, world) == ()
    world.say("org:s", "IN_COUNTRY", "reg:iso3166-FR")
    assert subjects(OVER, world, as_of=AS_OF) == ["pos:1"]
