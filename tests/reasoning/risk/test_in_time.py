"""Assessments in both times: later validity or recording does not change earlier assessments."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.records import At, EntityId
from reasoning.risk.assessor import METHODS, recheck
from reasoning.risk.own_risk import Risks
from reasoning.risk.weights import CATEGORIES
from reasoning.service.service import ReasoningService
from tests.reasoning.risk.scene import FIRM, assessed, certify, deliver, figure, incident
from tests.reasoning.stores import new_store
from tests.reasoning.world import RECORDED, World

EARLY = "2024-06-01T00:00:00Z"
LATER = st.dates(min_value=date(2024, 6, 2), max_value=date(2026, 12, 31))


def known_early() -> World:
    world = World()
    world.say("org:a", "IN_COUNTRY", "reg:iso3166-XX")
    figure(world, "WGI Rule of law", -0.5, 2019)
    deliver(world, "early", 4, "2024-03-01")
    incident(world, "early", 0.6, "2024-01-01")
    certify(world, "early", "ISO 14001")
    return world


@given(LATER, st.floats(0, 1), st.integers(2025, 2030))
def test_later_validity_does_not_change_earlier_assessments(day: date, severity: float, year: int):
    world = known_early()
    before = assessed(world, EARLY)
    deliver(world, "later", 40, str(day))
    figure(world, "WGI Rule of law", -2.5, year)
    later = (f"{day}T00:00:00Z", None)
    world.say("inc:later", "AFFECTS", "org:a", valid=later)
    world.say("inc:later", "IN_CATEGORY", "rct:tierscope-cyber", valid=later)
    world.say("inc:later", "SEVERITY", severity, valid=later)
    world.say("org:a", "SANCTIONED", "OFAC SDN", valid=later)
    world.say("crt:later", "HELD_BY", "org:a", valid=later)
    world.say("crt:later", "SCHEME", "ISO 27001")
    assert assessed(world, EARLY) == before
    assert assessed(world, "2031-01-01T00:00:00Z") != before


def test_a_later_record_was_not_known():
    world = known_early()
    first = len(world.claims)
    before = assessed(world, EARLY)
    incident(world, "later", 0.9, "2024-05-01")
    deliver(world, "late news", 40, "2024-05-01")
    afterwards = "2026-09-01T00:00:00.000000Z"
    world.claims[first:] = [replace(stored, recorded_at=afterwards) for stored in world.claims[first:]]
    own = Risks(world.facts(At(EARLY, RECORDED))).of(FIRM)
    assert {name: one.assessment for name, one in own.items()} == dict(before)
    assert assessed(world, EARLY) != before


@given(st.lists(st.sampled_from(["2024-06-01", "2025-06-01", "2026-06-01", "2028-06-01"]), min_size=2, max_size=2))
def test_without_new_evidence_certainty_only_fades(days: list[str]):
    world = known_early()
    earlier, later = (assessed(world, f"{day}T00:00:00Z") for day in sorted(days))
    assert set(later) <= set(earlier)
    assert all(later[name].coverage <= earlier[name].coverage + 1e-12 for name in later)


def test_the_sample_world_is_assessed_where_no_risk_is_recorded(tmp_path: Path):
    from app.jobs.world import SAMPLE, load_world, read_world  # noqa: PLC0415 - the app knows the world's order

    world, store = read_world(SAMPLE), new_store(tmp_path)
    list(load_world(store, world))
    reasoning = ReasoningService(store)
    exposures = reasoning.exposures(world.buyer, world.at, paths=0)
    own = {(one.supplier, part.category): part.own for one in exposures for part in one.parts if part.own is not None}
    made = {key: one.assessment for key, one in own.items() if one.assessment is not None}
    assert {ground.method for one in made.values() for ground in one.grounds} >= set(METHODS) - {
        "country-figures@1",
        "incidents@1",
    }
    assert [fault for one in made.values() for fault in recheck(one)] == []
    withdrawn = made[EntityId("org:world-f-007"), EntityId("rct:tierscope-quality-safety")]
    assert withdrawn.low == pytest.approx(0.5 * (3 * 0.85 - 2))  # three claims, each 0.85 sure
    late = made.get((EntityId("org:world-f-003"), EntityId("rct:tierscope-commercial")))
    recorded = own[EntityId("org:world-f-003"), EntityId("rct:tierscope-commercial")]
    assert (late is None) == (recorded.risk is not None)
    assert {category for _, category in made} <= set(CATEGORIES)
    store.close()


@pytest.mark.parametrize("label", METHODS)
def test_a_method_is_named_with_its_version(label: str):
    name, _, version = label.partition("@")
    assert name
    assert int(version) >= 1
