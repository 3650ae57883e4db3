from dataclasses import replace

import pytest

from ontology.records import At
from reasoning.network.facts import Facts
from tests.reasoning.world import AT, RECORDED, World


def test_facts_of_a_predicate_come_by_claim_id():
    world = World()
    claims = {world.say(f"org:{name}", "SUPPLIES", "org:buyer") for name in "abcdef"}
    assert [fact.claim for fact in world.facts()["SUPPLIES"]] == sorted(claims)


def test_an_unused_predicate_has_no_facts():
    assert World().facts()["SUPPLIES"] == ()


def test_facts_carry_the_fields_of_their_claims():
    world = World()
    claim = world.say(
        "org:a", "SUPPLIES", "org:b", source="scms", basis="inferred", review="proposed", confidence=0.4,
        product="prd:x", annualSpend=5,
    )  # fmt: skip
    (fact,) = world.facts()["SUPPLIES"]
    assert (fact.claim, fact.source, fact.subject, fact.object, fact.value) == (claim, "scms", "org:a", "org:b", None)
    assert (fact.basis, fact.inferred, fact.review) == ("inferred", True, "proposed")
    assert (fact.confidence, fact.evidence) == (0.4, world.evidence_of(claim))
    assert (fact.text("product"), fact.number("annualSpend")) == ("prd:x", 5.0)
    assert (fact.text("currency"), fact.number("shareOfSupply"), fact.number("product")) == ("", None, None)


def test_facts_are_found_by_either_end():
    world = World()
    claim = world.say("org:a", "SUPPLIES", "org:b")
    facts = world.facts()
    assert [fact.claim for fact in facts.about("SUPPLIES", "org:a")] == [claim]
    assert [fact.claim for fact in facts.onto("SUPPLIES", "org:b")] == [claim]
    assert facts.about("SUPPLIES", "org:b") == ()
    assert facts.onto("SUPPLIES", "org:a") == ()
    assert set(facts.by_subject("SUPPLIES")) == {"org:a"}
    assert set(facts.by_object("SUPPLIES")) == {"org:b"}


def test_merged_entities_are_one_and_withdrawing_gives_back_two():
    world = World()
    world.say("org:b", "SUPPLIES", "org:z")
    world.say("org:c", "SUPPLIES", "org:z")
    world.judge("org:b", "org:c")
    merged = world.facts()
    assert [fact.subject for fact in merged["SUPPLIES"]] == ["org:b", "org:b"]
    assert len(merged.about("SUPPLIES", merged.of("org:c"))) == 2
    world.judgements.clear()
    assert {fact.subject for fact in world.facts()["SUPPLIES"]} == {"org:b", "org:c"}


def test_unsure_and_different_merge_nothing():
    world = World()
    world.judge("org:b", "org:c", "unsure")
    world.judge("org:b", "org:d", "different")
    facts = world.facts()
    assert (facts.of("org:c"), facts.of("org:d")) == ("org:c", "org:d")


@pytest.mark.parametrize(
    ("valid", "holds"),
    [
        ((None, None), True),
        (("2026-06-01T00:00:00Z", None), True),
        ((None, "2026-06-01T00:00:00Z"), False),
        (("2026-06-01T00:00:01Z", None), False),
        ((None, "2026-06-01T00:00:01Z"), True),
    ],
)
def test_validity_is_half_open(valid: tuple[str | None, str | None], holds: bool):
    world = World()
    world.say("org:a", "SUPPLIES", "org:b", valid=valid)
    assert bool(world.facts()["SUPPLIES"]) is holds
    assert len(world.facts(At())["SUPPLIES"]) == 1


def test_record_time_is_half_open_too():
    world = World()
    world.say("org:a", "SUPPLIES", "org:b")
    later = "2026-02-01T00:00:00.000000Z"
    world.claims[0] = replace(world.claims[0], superseded_at=later)
    for known_at, holds in [(None, False), ("2025-12-31T00:00:00.000000Z", False), (RECORDED, True), (later, False)]:
        assert bool(world.facts(At(AT.as_of, known_at))["SUPPLIES"]) is holds


def test_a_rejected_claim_is_no_fact():
    world = World()
    world.say("org:a", "SUPPLIES", "org:b", review="rejected")
    assert world.facts()["SUPPLIES"] == ()


def test_the_observed_and_surer_fact_is_preferred():
    world = World()
    world.say("rsk:1", "SEVERITY", 0.9, basis="inferred")
    world.say("rsk:1", "SEVERITY", 0.5, source="weak", confidence=0.3)
    world.say("rsk:1", "SEVERITY", 0.7, source="strong", confidence=0.8)
    preferred = world.facts().preferred("SEVERITY", "rsk:1")
    assert preferred is not None
    assert preferred.value == 0.7
    assert world.facts().preferred("SEVERITY", "rsk:2") is None


def test_the_confirmed_fact_is_preferred_then_the_accepted_one():
    world = World()
    world.say("rsk:1", "SEVERITY", 0.5, source="erp")
    world.say("rsk:1", "SEVERITY", 0.6, source="draft", review="proposed")
    world.say("rsk:1", "SEVERITY", 0.1, source="auditor", basis="confirmed", review="proposed", confidence=0.2)
    ranked = sorted(world.facts()["SEVERITY"], key=lambda fact: fact.preference)
    assert [fact.value for fact in ranked] == [0.1, 0.5, 0.6]
    assert [fact.inferred for fact in ranked] == [False] * 3


def test_of_equally_sure_facts_the_more_recent_is_preferred_then_the_source_by_name():
    world = World()
    world.say("org:a", "HEADCOUNT", 10, source="a")
    world.say("org:a", "HEADCOUNT", 11, source="b", valid=("2020-01-01T00:00:00Z", None))
    world.say("org:a", "HEADCOUNT", 12, source="c", valid=("2024-01-01T00:00:00Z", None))
    world.say("org:a", "HEADCOUNT", 13, source="d", valid=("2024-01-01T00:00:00Z", None))
    ranked = sorted(world.facts()["HEADCOUNT"], key=lambda fact: fact.preference)
    assert [fact.value for fact in ranked] == [12, 13, 11, 10]


def test_an_entity_is_called_by_its_primary_name_else_by_any_else_by_its_id():
    world = World()
    world.say("org:a", "NAMED", "Alias", kind="alias")
    world.say("org:b", "NAMED", "Other", kind="alias")
    world.say("org:b", "NAMED", "Main", kind="primary")
    facts = world.facts()
    assert (facts.name("org:a"), facts.name("org:b"), facts.name("org:c")) == ("Alias", "Main", "org:c")
    world.say("org:b", "NAMED", "Confirmed Alias", kind="alias", basis="confirmed")
    world.say("org:b", "NAMED", "Confirmed", basis="confirmed", confidence=0.1)
    assert world.facts().name("org:b") == "Confirmed"


def test_the_kind_of_an_entity_is_in_its_id():
    facts = World().facts()
    assert (facts.kind("org:a"), facts.kind("clt:tierscope-audit-rights")) == ("Organization", "ClauseType")
    assert (facts.kind("zzz:a"), facts.kind("")) == ("", "")


def test_the_same_claims_in_any_order_make_the_same_facts():
    world = World()
    for number in range(20):
        world.say(f"org:{number % 7}", "SUPPLIES", "org:buyer", volume=number)
    turned = Facts.from_claims(reversed(world.claims), AT)
    assert turned["SUPPLIES"] == world.facts()["SUPPLIES"]
