from random import Random

from ontology.records import EntityId
from reasoning.exposure.snapshot import Snapshot
from reasoning.findings.detect import DETECTORS, detect
from reasoning.findings.finding import listed, make_finding, titled
from reasoning.network.facts import Facts
from tests.reasoning.findings.scene import AS_OF, BUYER, supply
from tests.reasoning.world import AT, World


def snapshot(facts: Facts) -> Snapshot:
    return Snapshot(facts, 1)


def several() -> World:
    world = World()
    supply(world, "org:b", "org:a")
    supply(world, "org:c", "org:b")
    for entity in ("org:a", "org:b", "org:c"):
        world.say(entity, "SANCTIONED", "A list")
    for source, people in (("one", 1), ("two", 2)):
        world.say("org:a", "HEADCOUNT", people, source=source)
    return world


def test_all_eight_kinds_have_a_detector():
    assert sorted(DETECTORS) == [
        "breached_obligation",
        "conflicting_sources",
        "expiring_certificate",
        "hidden_single_point_of_failure",
        "missing_clause",
        "over_reach",
        "possible_same_firm",
        "sanctioned_owner",
    ]


def test_findings_come_in_one_order_whatever_the_order_of_claims():
    world = several()
    expected = detect(snapshot(world.facts()), BUYER, AS_OF)
    assert [finding.kind for finding in expected] == ["conflicting_sources", *["sanctioned_owner"] * 3]
    for seed in range(5):
        claims = Random(seed).sample(world.claims, len(world.claims))
        assert detect(snapshot(Facts.from_claims(claims, AT)), BUYER, AS_OF) == expected


def test_a_merged_buyer_is_known_by_any_of_its_ids():
    world = several()
    world.judge(BUYER, "org:another-name")
    assert len(detect(snapshot(world.facts()), EntityId("org:another-name"), AS_OF)) == 4


def test_an_unknown_buyer_has_only_conflicts():
    assert [finding.kind for finding in detect(snapshot(several().facts()), EntityId("org:nobody"), AS_OF)] == [
        "conflicting_sources"
    ]


def test_evidence_and_related_entities_are_listed_once_and_ascending():
    world = several()
    facts = world.facts()["SANCTIONED"]
    finding = make_finding("over_reach", EntityId("org:a"), (*facts, *facts), "…", related=(f.subject for f in facts))
    assert finding.rule == "finding.over-reach"
    assert finding.related == ("org:b", "org:c")
    assert list(finding.claims) == sorted({fact.claim for fact in facts})
    assert list(finding.evidence) == sorted({one for fact in facts for one in fact.evidence})


def test_lists_and_titles_read_well():
    assert [listed("A"), listed("AB"), listed("ABC")] == ["A", "A and B", "A, B and C"]
    world = World()
    world.say("ctr:1", "NAMED", "Name", kind="primary")
    assert titled(EntityId("ctr:1"), world.facts()) == "Name"
    world.say("ctr:1", "TITLE", "Title")
    assert titled(EntityId("ctr:1"), world.facts()) == "Title"
    assert titled(EntityId("ctr:2"), world.facts()) == "ctr:2"
