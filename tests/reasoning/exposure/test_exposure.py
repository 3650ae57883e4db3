import math
from dataclasses import replace

import pytest
from hypothesis import given, settings

from ontology.records import EntityId
from reasoning.exposure.exposure import Exposure, ExposurePath, in_category, narrowed, verify
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from reasoning.risk.weights import WEIGHTS
from tests.reasoning.measures.worlds import BUYER, diamond, firm, snapshot, worlds
from tests.reasoning.world import World

CYBER, SOCIAL, COMMERCIAL = (EntityId(f"rct:tierscope-{name}") for name in ("cyber", "social", "commercial"))


def world() -> World:
    made = World()
    made.say("org:1", "SUPPLIES", "org:0", product="prd:x", annualSpend=60, currency="USD")
    made.say("org:1", "SUPPLIES", "org:0", product="prd:y", annualSpend=15, currency="USD")
    made.say("org:2", "SUPPLIES", "org:0", annualSpend=25, currency="USD", basis="inferred", confidence=0.5)
    made.say("org:3", "SUPPLIES", "org:1")
    made.say("org:3", "SUPPLIES", "org:2")
    made.risk("x", "org:3", "cyber", 0.8)
    made.risk("y", "org:3", "social", 0.3)
    return made


@pytest.fixture
def deep() -> Exposure:
    """The exposure to org:3, over org:1 (75 of 100) and over org:2 (12.5 of 100)."""
    found = Scoring(Snapshot(world().facts(), 1), EntityId("org:0")).exposures(paths=None)
    return next(one for one in found if one.supplier == "org:3")


def path(deep: Exposure) -> ExposurePath:
    return deep.paths[0]


def test_a_hop_states_share_unit_claims_and_evidence(deep: Exposure):
    first, second = path(deep).hops
    assert (first.customer, first.supplier, first.unit) == ("org:0", "org:1", "annualSpend USD")
    assert (first.counted, first.total, first.share) == (75.0, 100.0, 0.75)
    assert (second.unit, second.share) == ("equal", 1.0)
    assert len(first.claims) == len(first.evidence) == 2
    assert [hop.inferred for hop in deep.paths[1].hops] == [True, False]
    assert deep.paths[1].hops[0].share == 0.125


def test_a_path_cites_the_claims_of_its_hops(deep: Exposure):
    assert path(deep).claims == tuple(claim for hop in path(deep).hops for claim in hop.claims)
    assert set(path(deep).evidence) == {one for hop in path(deep).hops for one in hop.evidence}


def test_an_exposure_cites_links_and_risks(deep: Exposure):
    cited = {stored.claim.id for stored in world().claims}
    assert set(deep.claims) == cited
    assert list(deep.claims) == sorted(deep.claims)
    assert set(deep.evidence) == {one for stored in world().claims for one in stored.claim.evidence}


def test_the_category_of_a_path_is_that_of_the_greatest_known_risk(deep: Exposure):
    assert path(deep).category == "rct:tierscope-cyber"
    assert sum(deep.by_category.values()) == pytest.approx(deep.score)


def test_what_was_scored_is_verified(deep: Exposure):
    verification = verify(deep)
    assert verification.holds
    assert verification.recomputed == pytest.approx(deep.score, abs=1e-12)


def test_a_score_that_was_tampered_with_is_found_out(deep: Exposure):
    assert not verify(replace(deep, score=deep.score + 1e-6)).holds
    assert not verify(replace(deep, low=deep.low / 2)).holds
    assert not verify(replace(deep, high=deep.high * 2)).holds


def test_a_path_that_was_taken_away_is_found_out(deep: Exposure):
    assert not verify(replace(deep, paths=deep.paths[1:])).holds


def test_a_remainder_may_not_be_negative(deep: Exposure):
    twice = replace(deep, paths=(*deep.paths, path(deep)), remainder=deep.remainder - path(deep).contribution)
    assert any("negative" in fault for fault in verify(twice).faults)


def test_a_weight_that_was_tampered_with_is_found_out(deep: Exposure):
    hop = path(deep).hops[0]
    heavier = replace(hop, links=(replace(hop.links[0], weight=99.0), *hop.links[1:]))
    forged = replace(path(deep), hops=(heavier, path(deep).hops[1]))
    assert any("does not contribute" in fault for fault in verify(replace(deep, paths=(forged, deep.paths[1]))).faults)


def test_a_path_that_leads_elsewhere_is_found_out(deep: Exposure):
    astray = replace(path(deep), entities=(*path(deep).entities[:1], EntityId("org:2"), EntityId("org:3")))
    assert any("does not lead" in fault for fault in verify(replace(deep, paths=(astray, deep.paths[1]))).faults)


def test_a_risk_that_was_tampered_with_is_found_out(deep: Exposure):
    part = next(one for one in deep.parts if one.own is not None)
    assert part.own is not None
    milder = replace(part, own=replace(part.own, value=0.1))
    parts = tuple(milder if one is part else one for one in deep.parts)
    faults = verify(replace(deep, parts=parts)).faults
    assert any(part.category in fault for fault in faults)
    assert any("paths and remainder" in fault for fault in faults)


def test_a_part_that_was_taken_away_is_found_out(deep: Exposure):
    assert any("add up" in fault for fault in verify(replace(deep, parts=deep.parts[1:])).faults)


def test_an_estimate_outside_its_interval_is_found_out(deep: Exposure):
    assert any("outside" in fault for fault in verify(replace(deep, low=deep.high, high=deep.low)).faults)


def test_a_hop_without_weight_has_no_share(deep: Exposure):
    assert replace(path(deep).hops[0], total=0.0).share == 0.0


def faults(forged: Exposure) -> str:
    return "; ".join(verify(forged).faults)


def test_a_path_to_another_firm_is_found_out_even_where_its_hops_agree(deep: Exposure):
    short = replace(path(deep), entities=path(deep).entities[:2], hops=path(deep).hops[:1])
    assert "does not lead" in faults(replace(deep, paths=(short, deep.paths[1])))
    assert "does not lead" in faults(replace(deep, buyer=EntityId("org:9")))


def test_a_hop_that_begins_elsewhere_is_found_out(deep: Exposure):
    first, second = path(deep).hops
    astray = replace(path(deep), hops=(first, replace(second, customer=EntityId("org:2"))))
    assert "does not lead" in faults(replace(deep, paths=(astray, deep.paths[1])))


def test_a_link_between_other_firms_bears_no_hop(deep: Exposure):
    first, second = path(deep).hops
    borrowed = replace(second, links=deep.paths[1].hops[1].links)
    assert (borrowed.share, borrowed.supplier) == (second.share, second.supplier)
    assert "cites a link between other firms" in faults(
        replace(deep, paths=(replace(path(deep), hops=(first, borrowed)), deep.paths[1]))
    )


def test_a_coverage_that_was_tampered_with_is_found_out(deep: Exposure):
    assert deep.coverage == pytest.approx(2 / 12)
    assert "coverage" in faults(replace(deep, coverage=1.0))
    assert "coverage" in faults(replace(deep, coverage=deep.coverage - 1e-6))


@pytest.mark.parametrize("category", ["rct:tierscope-social", "rct:tierscope-commercial", ""])
def test_a_category_that_is_not_of_the_greatest_known_risk_is_found_out(deep: Exposure, category: str):
    milder = replace(path(deep), category=category)
    assert "has a greater known risk" in faults(replace(deep, paths=(milder, deep.paths[1])))


def test_an_end_of_a_part_that_was_tampered_with_is_found_out_by_name(deep: Exposure):
    part = next(one for one in deep.parts if one.own is not None)
    for name in ("low", "score", "high"):
        forged = replace(part, **{name: getattr(part, name) + 1e-6})
        parts = tuple(forged if one is part else one for one in deep.parts)
        assert f"{name} of {part.category}" in faults(replace(deep, parts=parts))
        assert f"add up to {name}" in faults(replace(deep, parts=parts))


def test_rounding_is_no_fault_and_more_is(deep: Exposure):
    assert verify(replace(deep, score=deep.score + 0.5e-9)).holds
    assert not verify(replace(deep, score=deep.score + 2e-9)).holds
    assert "remainder" in faults(replace(deep, remainder=-2e-9))
    assert "negative" not in faults(replace(deep, remainder=-0.5e-9))


def test_an_interval_below_nothing_or_below_the_estimate_is_found_out(deep: Exposure):
    assert "outside" in faults(replace(deep, low=-1e-6))
    assert "outside" in faults(replace(deep, high=deep.score - 1e-6))
    assert "outside" in faults(replace(deep, low=deep.score + 1e-5))
    assert "outside" not in faults(replace(deep, low=deep.score, high=deep.score))


def test_a_hop_is_inferred_only_where_no_observed_link_bears_it():
    made = world()
    made.say("org:2", "SUPPLIES", "org:0", annualSpend=5, currency="USD")
    found = Scoring(Snapshot(made.facts(), 1), EntityId("org:0")).exposures(paths=None)
    over = next(one for one in found if one.supplier == "org:2").paths[0].hops[0]
    assert sorted(link.fact.inferred for link in over.links) == [False, True]
    assert not over.inferred
    assert over.counted == 25 * 0.5 + 5


def test_what_is_cited_comes_in_order_and_once(deep: Exposure):
    doubled = replace(path(deep), hops=(*path(deep).hops, *path(deep).hops))
    for cited in (path(deep).hops[0].evidence, path(deep).evidence, doubled.evidence, deep.evidence, deep.claims):
        assert list(cited) == sorted(set(cited))
    assert doubled.claims == path(deep).claims * 2
    assert doubled.evidence == path(deep).evidence


def test_an_unknown_risk_may_be_anything_and_a_known_one_is_what_it_is(deep: Exposure):
    bounds = {part.category: part.bounds for part in deep.parts}
    assert bounds[EntityId("rct:tierscope-cyber")] == (0.8, 0.8, 0.8)
    assert bounds[EntityId("rct:tierscope-commercial")] == (0.0, 0.5, 1.0)
    assert len(deep.parts) == 12


def scored(world: World, paths: int | None = None) -> tuple[Exposure, ...]:
    return Scoring(snapshot(world), BUYER).exposures(paths=paths)


def test_a_category_is_its_part_by_hand():
    """Left: (1 − α)·α·0.6 of the need ends there; cyber weighs 1/12, and its risk is 0.4."""
    world = diamond()
    world.risk("hack", firm(1), "cyber", 0.4)
    world.risk("safe", firm(2), "cyber", 0.0)
    found = in_category(scored(world), CYBER)
    assert [one.supplier for one in found] == [firm(3), firm(1), firm(2)]
    deep, left, right = found
    assert left.score == pytest.approx(0.15 * 0.85 * 0.6 / 12 * 0.4)
    assert left.low == left.high == pytest.approx(left.score)
    assert (left.coverage, right.score) == (1, 0)
    assert deep.score == pytest.approx(0.15 * 0.85**2 / 12 * 0.5)  # its risk is unknown
    assert (deep.low, deep.coverage) == (0, 0)
    assert deep.high == pytest.approx(2 * deep.score)


def test_a_path_of_a_category_contributes_in_its_proportion_and_names_it_where_it_is_known(deep: Exposure):
    over_one = 0.15 * 0.85 * 0.75 * 0.85  # to org:3 over org:1, which has 75 of 100 of the need
    for category, risk, named in ((CYBER, 0.8, CYBER), (SOCIAL, 0.3, SOCIAL), (COMMERCIAL, 0.5, "")):
        one = narrowed(deep, category)
        assert one.paths[0].contribution == pytest.approx(over_one * risk / 12)
        assert {path.category for path in one.paths} == {named}
        assert (one.tier, one.reach, one.by_category) == (deep.tier, deep.reach, {category: one.score})


def test_a_category_cites_its_own_risk_and_no_other():
    claims = {stored.claim.id: stored.claim.subject for stored in world().claims}
    found = Scoring(Snapshot(world().facts(), 1), EntityId("org:0")).exposures(paths=None)
    whole = next(one for one in found if one.supplier == "org:3")
    for category, risk in ((CYBER, {"rsk:x"}), (SOCIAL, {"rsk:y"}), (COMMERCIAL, set())):
        cited = {claims[claim] for claim in narrowed(whole, category).claims}
        assert {entity for entity in cited if entity.startswith("rsk:")} == risk


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_the_parts_of_all_categories_are_the_whole_and_each_follows_from_its_explanation(world: World):
    for paths in (None, 1):
        found = {one.supplier: one for one in scored(world, paths)}
        parts = {category: {one.supplier: one for one in in_category(found.values(), category)} for category in WEIGHTS}
        for entity, whole in found.items():
            mine = {category: part[entity] for category, part in parts.items()}
            for name in ("score", "low", "high", "remainder"):
                assert math.fsum(getattr(one, name) for one in mine.values()) == pytest.approx(
                    getattr(whole, name), abs=1e-12
                )
            known = math.fsum(one.coverage * WEIGHTS[category] for category, one in mine.items())
            assert known == pytest.approx(whole.coverage, abs=1e-9)
            for one in mine.values():
                verification = verify(one)
                assert verification.faults == ()
                assert verification.recomputed == pytest.approx(one.score, abs=1e-12)


def test_what_was_tampered_with_in_a_category_is_found_out(deep: Exposure):
    one = narrowed(deep, CYBER)
    assert faults(one) == ""
    assert "paths and remainder" in faults(replace(one, score=one.score * 1.01))
    assert "coverage" in faults(replace(one, coverage=1 / 12))
    assert "does not contribute" in faults(replace(one, paths=(deep.paths[0], *one.paths[1:])))
    assert "paths and remainder" in faults(replace(one, paths=one.paths[1:]))
    assert "greater known risk" in faults(replace(one, paths=(replace(one.paths[0], category=SOCIAL), *one.paths[1:])))
    assert "add up to low" in faults(replace(one, low=deep.low))
