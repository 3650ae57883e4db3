"""Reasoning over the sample world as it is shipped: what holds for every number and recommendation in it."""

import json
import math
from collections.abc import Iterator
from functools import cache

import pytest

from app.jobs.world import SAMPLE, load_world, read_world
from graph.port import ClaimQuery, GraphStore
from ontology.records import At, StoredClaim
from reasoning.clauses.recommendation import Recommendation, recommend
from reasoning.exposure.exposure import Exposure, ExposureScope, verify
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.facts import Facts
from reasoning.service.service import ReasoningService
from tests.reasoning.stores import new_store

WORLD = read_world(SAMPLE)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The sample world, loaded."""
    made = new_store(tmp_path_factory.mktemp("world"))
    for report in load_world(made, WORLD):
        assert report.quarantined == 0
    yield made
    made.close()


@pytest.fixture(scope="module")
def reasoning(store: GraphStore) -> ReasoningService:
    """Reasoning over it, without embeddings."""
    return ReasoningService(store)


@pytest.fixture(scope="module")
def exposures(reasoning: ReasoningService) -> tuple[Exposure, ...]:
    """Everything that the buyer is exposed to."""
    return reasoning.exposures(WORLD.buyer, WORLD.at)


@pytest.fixture(scope="module")
def recommendations(reasoning: ReasoningService) -> tuple[Recommendation, ...]:
    """Everything that is recommended to the buyer."""
    return reasoning.recommendations(WORLD.buyer, WORLD.at)


def test_every_number_is_recomputed_from_its_explanation(exposures: tuple[Exposure, ...]):
    assert len(exposures) >= 90
    assert [verify(one).faults for one in exposures if not verify(one).holds] == []
    assert {one.tier for one in exposures} >= {1, 2, 3, 4, 5}


def test_all_paths_asked_for_leave_no_remainder(exposures: tuple[Exposure, ...]):
    for one in exposures:
        assert one.remainder == 0
        assert math.fsum(path.contribution for path in one.paths) == pytest.approx(one.score, abs=1e-9)
        assert one.paths


def test_the_interval_holds_the_estimate_and_is_no_point(exposures: tuple[Exposure, ...]):
    for one in exposures:
        assert 0 <= one.low <= one.score <= one.high <= 1
        assert 0 <= one.coverage < 1
        assert one.low < one.high


def test_a_cut_list_of_paths_says_what_is_left_out(reasoning: ReasoningService, exposures: tuple[Exposure, ...]):
    cut = {one.supplier: one for one in reasoning.exposures(WORLD.buyer, WORLD.at, paths=1)}
    assert set(cut) == {one.supplier for one in exposures}
    for one in exposures:
        assert cut[one.supplier].paths == one.paths[:1]
        assert cut[one.supplier].score == one.score
        assert verify(cut[one.supplier]).holds
    assert any(one.remainder > 0 for one in cut.values())


def test_the_totals_are_the_sums(reasoning: ReasoningService, exposures: tuple[Exposure, ...]):
    totals = reasoning.totals(WORLD.buyer, WORLD.at)
    assert totals.score == pytest.approx(math.fsum(one.score for one in exposures), abs=1e-12)
    assert math.fsum(totals.by_tier) == pytest.approx(totals.score, abs=1e-12)
    assert totals.low < totals.score < totals.high


def test_everything_cited_is_there(
    store: GraphStore, exposures: tuple[Exposure, ...], recommendations: tuple[Recommendation, ...]
):
    claims = {claim for one in exposures for claim in one.claims} | {
        fact for one in recommendations for fact in one.facts
    }
    evidence = {one for each in exposures for one in each.evidence}
    evidence |= {one for each in recommendations for one in each.evidence}
    assert {stored.claim.id for stored in store.claims(ClaimQuery(ids=sorted(claims)))} == claims
    assert {cited.evidence.id for cited in store.evidence(sorted(evidence))} == evidence
    assert all(one.evidence and one.facts for one in recommendations)


def test_there_are_recommendations_over_several_suppliers_and_rules_and_some_abstain(
    recommendations: tuple[Recommendation, ...],
):
    given = [one for one in recommendations if not one.abstained]
    assert len(given) >= 5
    assert len({one.supplier for one in given}) >= 3
    assert len({one.rule for one in given}) >= 3
    assert all(one.text and one.clause for one in given)
    reasons = {one.abstained.split(":")[0] for one in recommendations if one.abstained}
    assert reasons == {"over-reach", "no precedent"}


def test_an_explanation_is_one_json_document(reasoning: ReasoningService, exposures: tuple[Exposure, ...]):
    deepest = max(exposures, key=lambda one: (one.tier, one.score))
    told = reasoning.explain(WORLD.buyer, deepest.supplier, WORLD.at)
    assert told.exposure == deepest
    assert json.loads(json.dumps(told.document()))["faults"] == []


def test_taking_away_a_cited_fact_takes_away_or_changes_its_recommendation(
    store: GraphStore, recommendations: tuple[Recommendation, ...]
):
    held = store.claims(ClaimQuery(at=At(None, WORLD.at.known_at)))
    judgements = store.judgements(WORLD.at)

    def decided(claims: list[StoredClaim]) -> tuple[Recommendation, ...]:
        snapshot = Snapshot(Facts.from_claims(claims, WORLD.at, judgements=judgements), 1)
        return recommend(snapshot, Scoring(snapshot, WORLD.buyer))

    @cache
    def without(claim: str) -> tuple[Recommendation, ...]:
        return decided([stored for stored in held if stored.claim.id != claim])

    assert decided(held) == recommendations
    for number, one in enumerate(recommendations):
        for fact in one.facts[number % 6 :: 6]:  # a sixth of the facts of each, another sixth of the next
            assert one not in without(fact)


def test_an_earlier_world_is_another(reasoning: ReasoningService, exposures: tuple[Exposure, ...]):
    early = reasoning.exposures(WORLD.buyer, At("2019-01-01T00:00:00Z", WORLD.at.known_at))
    assert {one.supplier for one in early} != {one.supplier for one in exposures}


def test_nothing_was_known_before_it_was_recorded(reasoning: ReasoningService):
    assert reasoning.exposures(WORLD.buyer, At(WORLD.at.as_of, "2020-01-01T00:00:00.000000Z")) == ()


def test_a_product_narrows_the_network(reasoning: ReasoningService, exposures: tuple[Exposure, ...]):
    direct = [one for one in exposures if one.tier == 1]
    product = next(link.product for one in direct for link in one.paths[0].hops[0].links if link.product)
    narrowed = reasoning.exposures(WORLD.buyer, WORLD.at, scope=ExposureScope(product=product))
    assert 0 < len(narrowed) < len(exposures)
    assert all(verify(one).holds for one in narrowed)
    assert all(product in {link.product for link in path.hops[0].links} for one in narrowed for path in one.paths)
