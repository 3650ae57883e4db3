"""Assessments as values, their proof, and what they add to own risk and exposure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.canonical import digest
from ontology.records import At, EntityId
from reasoning.clauses.recommendation import recommend
from reasoning.exposure.explanation import explain
from reasoning.exposure.exposure import verify
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.facts import Facts, ListedClaims
from reasoning.risk.assessment import Assessment, Figure
from reasoning.risk.assessor import METHODS, recheck
from reasoning.risk.certainty import known
from reasoning.risk.own_risk import Risks
from tests.reasoning.risk.scene import AS_OF, FIRM, assessed, category, certify, deliver, figure, incident
from tests.reasoning.world import AT, World

CYBER, COMMERCIAL = category("cyber"), category("commercial")


def rich() -> World:
    """A firm with evidence of every sort and no recorded risk."""
    world = World()
    world.say("org:a", "SUPPLIES", "org:buyer", confidence=0.9)
    world.say("org:a", "IN_COUNTRY", "reg:iso3166-XX")
    world.say("org:a", "OPERATES", "sit:1")
    world.say("org:p", "SANCTIONED", "OFAC SDN")
    world.say("org:p", "OWNS", "org:a", percentage=60)
    figure(world, "WGI Rule of law", -0.5, 2019)
    figure(world, "WGI Control of corruption", 0.5, 2019)
    for number, delay in enumerate((0, 4, -1, 0, 9)):
        deliver(world, str(number), delay, f"2026-0{number + 1}-01", on="sit:1" if number % 2 else "org:a")
    incident(world, "1", 0.6, "2025-12-01")
    certify(world, "1", "ISO 27001")
    certify(world, "2", "ISO 14001", "withdrawn", on="sit:1")
    return world


def test_all_methods_have_figures_and_each_is_declared_once():
    made = assessed(rich())
    used = {ground.method for one in made.values() for ground in one.grounds}
    assert used == set(METHODS)
    assert all(label == f"{method.name}@{method.version}" for label, method in METHODS.items())
    assert all(method.measure.__doc__ and method.find.__doc__ for method in METHODS.values())


def test_an_assessment_names_method_inputs_time_and_proof():
    for name, one in assessed(rich()).items():
        assert (one.subject, one.category, one.at) == (FIRM, name, AS_OF)
        assert one.method == ("combined@1" if len(one.grounds) > 1 else one.grounds[0].method)
        assert one.inputs == digest(sorted(one.claims))
        assert one.coverage == pytest.approx(1 - (one.high - one.low))
        assert len(set(one.claims)) == len(one.claims) > 0
        assert one.evidence


def test_from_its_own_claims_alone_comes_the_same_assessment():
    world = rich()
    for name, one in assessed(world).items():
        alone = World([stored for stored in world.claims if stored.claim.id in set(one.claims)])
        assert assessed(alone)[name] == one


def test_facts_not_cited_change_nothing():
    world = rich()
    before = assessed(world)
    world.say("org:b", "SANCTIONED", "OFAC SDN")
    incident(world, "2", 1.0, "2026-05-01", on="org:b")
    deliver(world, "far", 30, "2026-05-01", on="org:b")
    certify(world, "3", "ISO 9001", on="org:b")
    figure(world, "WGI Rule of law", -2.5, 2019, on="reg:iso3166-YY")
    assert assessed(world) == before


def test_taking_any_cited_claim_away_changes_the_assessment():
    world = rich()
    for name, one in assessed(world).items():
        for claim in one.claims:
            after = assessed(world.without([claim])).get(name)
            assert after is None or after.inputs != one.inputs


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_claims_does_not_matter(random: Any):
    world = rich()
    before = assessed(world)
    random.shuffle(world.claims)
    assert assessed(world) == before


@pytest.mark.parametrize("field", ["value", "low", "high", "coverage", "inputs", "method"])
def test_a_changed_assessment_does_not_hold(field: str):
    one = assessed(rich())[CYBER]
    wrong: Any = "x@1" if field in {"inputs", "method"} else 0.123
    assert list(recheck(replace(one, **{field: wrong})))


def test_a_changed_ground_does_not_hold():
    one = assessed(rich())[COMMERCIAL]
    ground = next(each for each in one.grounds if each.path)
    for wrong in (
        replace(ground, figure=Figure(0, 0, 0, known(1))),
        replace(ground, facts=ground.facts[2:]),
        replace(ground, path=()),
        replace(ground, place=EntityId("sit:2")),
        replace(ground, method="oracle@7"),
    ):
        others = tuple(each for each in one.grounds if each is not ground)
        assert list(recheck(replace(one, grounds=(*others, wrong))))


def test_nothing_known_stays_unknown():
    world = World()
    world.say("org:a", "SUPPLIES", "org:buyer")
    assert assessed(world) == {}
    assert Risks(world.facts(At(None))).of(FIRM) == {}


def test_without_a_world_time_nothing_is_assessed():
    assert Risks(rich().facts(At(None))).of(FIRM) == {}


def test_a_recorded_risk_counts_and_the_others_are_assessed():
    world = rich()
    world.risk("1", "org:a", "cyber", 0.05)
    own = Risks(world.facts()).of(FIRM)
    assert (own[CYBER].value, own[CYBER].risk, own[CYBER].assessment) == (0.05, "rsk:1", None)
    made = own[COMMERCIAL].assessment
    assert isinstance(made, Assessment)
    assert own[COMMERCIAL].bounds == (made.low, made.value, made.high)
    assert own[COMMERCIAL].claims == made.claims


def exposure(world: World):
    snapshot = Snapshot(world.facts(), 1)
    return Scoring(snapshot, EntityId("org:buyer")).exposure(FIRM), snapshot


def test_evidence_narrows_the_interval_and_the_number_holds():
    bare = World()
    bare.say("org:a", "SUPPLIES", "org:buyer", confidence=0.9)
    before, _ = exposure(bare)
    after, snapshot = exposure(rich())
    assert before.low <= after.low <= after.score <= after.high <= before.high
    assert after.coverage > before.coverage == 0
    assert verify(after).faults == ()
    document = explain(after, snapshot).document()
    assessments = [part["because"] for part in document["categories"] if part["because"]]  # type: ignore[union-attr,index,call-overload]
    assert assessments
    assert all(each["assessment"]["inputs"] for each in assessments)  # type: ignore[index,call-overload]


def test_an_exposure_does_not_hold_with_another_assessment_in_it():
    one, _ = exposure(rich())
    parts = list(one.parts)
    number = next(at for at, part in enumerate(parts) if part.own is not None and part.own.assessment is not None)
    own = parts[number].own
    assert own is not None
    assert own.assessment is not None
    parts[number] = replace(parts[number], own=replace(own, assessment=replace(own.assessment, value=0.9, low=0.9)))
    assert any("assess" in fault for fault in verify(replace(one, parts=tuple(parts))).faults)


def test_unknown_risk_is_no_reason_for_a_clause():
    world = World()
    world.say("org:a", "SUPPLIES", "org:buyer")
    world.say("clt:x", "MITIGATES", CYBER, threshold=0.3)
    certify(world, "1", "ISO 27001")

    def recommended() -> Sequence[str]:
        snapshot = Snapshot(world.facts(AT), 1)
        return [one.clause_type for one in recommend(snapshot, Scoring(snapshot, EntityId("org:buyer")))]

    assert recommended() == []
    incident(world, "1", 0.9, "2026-05-01")
    assert recommended() == ["clt:x"]


def test_the_store_is_read_as_often_for_many_firms_as_for_one():
    def calls(firms: int) -> list[str]:
        world = World()
        for number in range(firms):
            firm = f"org:f{number}"
            world.say(firm, "IN_COUNTRY", "reg:iso3166-XX")
            deliver(world, f"{number}", 1, "2026-05-01", on=firm)
            incident(world, f"{number}", 0.5, "2026-05-01", on=firm)
            certify(world, f"{number}", "ISO 9001", on=firm)
        figure(world, "WGI Rule of law", 0.5, 2019)
        predicates: list[str] = []

        class Counted(ListedClaims):
            def columns(self, predicate: str, *more: Any, **options: Any) -> Any:
                predicates.append(predicate)
                return super().columns(predicate, *more, **options)

        risks = Risks(Facts(Counted(world.claims), AT))
        assert all(len(risks.of(EntityId(f"org:f{number}"))) == 4 for number in range(firms))
        return sorted(predicates)

    assert calls(1) == calls(12)
