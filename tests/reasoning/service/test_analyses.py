"""The analyses of a store: the sample world's planted truths, each answer verified, made once, the store untouched."""

from collections.abc import Iterator

import pytest
import yaml

from app.jobs.world import SAMPLE, load_world, read_world
from graph.content_hash import content_hash
from graph.port import GraphStore
from ontology.errors import InputError, NotFoundError
from ontology.records import EntityId
from reasoning.analysis import alternatives, concentration, failure_points, questions
from reasoning.exposure.snapshot import Snapshot
from reasoning.scenarios.edits import Branch, Stop
from reasoning.scenarios.outcome import verify_outcome
from reasoning.service.analyses import BuyerAnalyses
from reasoning.service.service import ReasoningService
from tests.reasoning.stores import new_store

WORLD = read_world(SAMPLE)
BUYER, AT = WORLD.buyer, WORLD.at
DAYS = ("2025-01-01T00:00:00Z", "2025-07-01T00:00:00Z", AT.as_of or "")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    made = new_store(tmp_path_factory.mktemp("world"))
    assert list(load_world(made, WORLD))
    yield made
    made.close()


@pytest.fixture(scope="module")
def reasoning(store: GraphStore) -> ReasoningService:
    return ReasoningService(store)


@pytest.fixture(scope="module")
def analyses(reasoning: ReasoningService) -> BuyerAnalyses:
    return reasoning.analyses


@pytest.fixture(scope="module")
def snapshot(reasoning: ReasoningService) -> Snapshot:
    return reasoning.snapshot(AT)


def planted(kind: str) -> set[str]:
    said = yaml.safe_load((SAMPLE / "planted.yaml").read_text())["findings"]
    return {one["subject"] for one in said if one["kind"] == kind}


def test_the_planted_single_points_are_found_and_no_decoy_is_called_hidden(analyses: BuyerAnalyses, snapshot: Snapshot):
    found = analyses.failure_points(BUYER, AT)
    assert {point.entity for point in found.points if point.hidden} == planted("hidden_single_point_of_failure")
    assert failure_points.verify(snapshot, found) == ()
    assert all(point.claims and point.evidence for point in found.points)
    assert analyses.failure_points(BUYER, AT) is found


@pytest.mark.parametrize("entity", sorted(planted("hidden_single_point_of_failure")))
def test_a_stopped_planted_point_stops_the_buyer_and_is_the_greatest_change(analyses: BuyerAnalyses, entity: str):
    branch = Branch("stop", (Stop(EntityId(entity)),))
    told = analyses.what_if(BUYER, AT, branch)
    assert told.outcome.changes[0].supplier == entity
    assert told.loss is not None
    assert told.loss.value == 1
    assert verify_outcome(told.outcome) == ()
    assert analyses.what_if(BUYER, AT, branch) is told


def test_the_store_stays_as_it_is(analyses: BuyerAnalyses, store: GraphStore):
    before = content_hash(store)
    for entity in ("org:world-f-054", "reg:iso3166-DE", "sit:world-s-02", "prd:world-p-006"):
        told = analyses.what_if(BUYER, AT, Branch("stop", (Stop(EntityId(entity)),)))
        assert told.outcome.after.score > told.outcome.before.score
        assert told.whole_after.low >= told.whole_before.low
    assert content_hash(store) == before


def test_questions_narrow_the_interval_as_told(analyses: BuyerAnalyses, snapshot: Snapshot):
    found = analyses.questions(BUYER, AT, most=5)
    assert len(found) == 5
    assert found[0].before == analyses.uncertainty(BUYER, AT)
    for question in found:
        assert questions.verify(question, snapshot, BUYER) == ()
        for answer in question.answers:
            told = analyses.what_if(BUYER, AT, Branch("answer", answer.edits))
            assert told.whole_after == answer.interval
            assert told.loss is None


def test_the_hidden_source_weighs_most_of_all_tiers(analyses: BuyerAnalyses):
    found = analyses.concentrations(BUYER, AT)
    assert [one for one in found if concentration.verify(one)] == []
    (whole,) = (one for one in found if one.by == "all")
    assert whole.holders[0].id in planted("hidden_single_point_of_failure")
    assert found[0].sole
    assert found[0].essential


def test_alternatives_are_scored_as_their_what_if_is(analyses: BuyerAnalyses, snapshot: Snapshot):
    (found,) = analyses.alternatives(BUYER, EntityId("org:world-f-003"), AT)
    assert found.other == "org:world-f-008"
    assert found.loss_before == found.loss_after == 1
    assert alternatives.verify(found, snapshot) == ()
    assert analyses.what_if(BUYER, AT, found.branch).outcome.after.score == pytest.approx(found.after[1])
    assert analyses.alternatives(BUYER, EntityId("org:world-f-054"), AT) == ()


def test_over_time_the_wafers_become_a_single_point(analyses: BuyerAnalyses):
    points = analyses.series(BUYER, AT, DAYS)
    assert [point.as_of for point in points] == list(DAYS)
    told = analyses.alerts([BUYER], AT, DAYS)
    (wafers,) = (one for one in told if one.entity == "org:world-f-060" and one.sort == "finding")
    assert (wafers.since, wafers.until) == (DAYS[1], DAYS[2])  # the other source ended in June 2025
    assert wafers.way[0] == BUYER
    assert wafers.way[-1] == "org:world-f-060"
    found = analyses.between(BUYER, AT, (DAYS[0], DAYS[2]))
    assert all(shift.began or shift.ended or shift.aged for shift in found.shifts if shift.explained)
    assert found.later.totals == points[2].totals


def test_the_buyer_itself_is_not_stopped_and_only_an_organisation_buys(analyses: BuyerAnalyses):
    with pytest.raises(InputError) as raised:
        analyses.what_if(WORLD.buyer, WORLD.at, Branch("self", (Stop(WORLD.buyer),)))
    assert raised.value.fix
    with pytest.raises(InputError) as raised:
        analyses.failure_points(EntityId("reg:iso3166-DE"), WORLD.at)
    assert raised.value.fix


def test_a_buyer_that_is_not_there_is_told(analyses: BuyerAnalyses):
    nobody = EntityId("org:nobody")
    for ask in (
        lambda: analyses.failure_points(nobody, AT),
        lambda: analyses.questions(nobody, AT),
        lambda: analyses.what_if(nobody, AT, Branch("x", ())),
        lambda: analyses.series(nobody, AT, DAYS),
        lambda: analyses.alerts([nobody], AT, DAYS),
    ):
        with pytest.raises(NotFoundError):
            ask()
