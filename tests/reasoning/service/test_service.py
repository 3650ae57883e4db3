import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest

from graph.port import GraphReader, GraphStore, Status
from ontology.errors import NotFoundError
from ontology.records import At, Batch, EntityId
from reasoning.clauses.library import BY_EMBEDDINGS, BY_WORDS, unembedded
from reasoning.core.execution.executor import Executor
from reasoning.exposure.exposure import ExposureScope, verify
from reasoning.service.service import ReasoningService
from reasoning.service.snapshots import Snapshots
from tests.reasoning.clauses.test_recommendation import small
from tests.reasoning.stores import HashedWords, fill, new_store
from tests.reasoning.world import AT, RECORDED, World

BUYER = EntityId("org:buyer")
LATER = "2026-02-01T00:00:00.000000Z"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    """A store that holds the small world."""
    made = new_store(tmp_path)
    fill(made, small())
    yield made
    made.close()


class WrittenBetweenReads:
    """Passes every call on to a store, into which more is written just before its status is read again."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._reads = 0

    def status(self) -> Status:
        self._reads += 1
        if self._reads == 2:
            fill(self._store, more(), LATER)
        return self._store.status()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def more() -> World:
    world = small()
    world.say("org:c", "SUPPLIES", "org:buyer")
    return world


def test_answers_over_a_store_are_those_over_the_claims_themselves(store: GraphStore):
    exposures = ReasoningService(store).exposures(BUYER, AT)
    assert [(one.supplier, one.tier) for one in exposures] == [("org:a", 1), ("org:b", 2)]
    assert all(verify(one).holds for one in exposures)
    (recommended,) = ReasoningService(store).recommendations(BUYER, AT)
    assert recommended.clause == "cls:audit-1"
    cited = {cited.evidence.id for cited in store.evidence(list(recommended.evidence))}
    assert cited == set(recommended.evidence)


def test_an_answer_is_made_once_until_the_revision_moves(store: GraphStore):
    reasoning = ReasoningService(store)
    first = reasoning.exposures(BUYER, AT)
    assert reasoning.exposures(BUYER, AT) is first
    fill(store, more(), LATER)
    again = reasoning.exposures(BUYER, AT)
    assert {one.supplier for one in again} == {"org:a", "org:b", "org:c"}
    assert reasoning.snapshot(AT).revision == 2


def test_a_snapshot_shows_nothing_of_what_is_recorded_after_it(store: GraphStore):
    snapshot = ReasoningService(store).snapshot(AT)
    fill(store, more(), LATER)
    assert "org:c" not in snapshot.nodes


def test_a_past_instant_is_read_as_if_the_later_facts_were_never_seen(store: GraphStore):
    before = ReasoningService(store).exposures(BUYER, AT)
    fill(store, more(), LATER)
    assert ReasoningService(store).exposures(BUYER, At(AT.as_of, RECORDED)) == before
    assert ReasoningService(store).exposures(BUYER, AT) != before


def test_who_is_not_there_is_told_apart_from_who_has_no_suppliers(store: GraphStore):
    reasoning = ReasoningService(store)
    assert reasoning.exposures(EntityId("org:b"), AT) == ()
    for ask in (reasoning.exposures, reasoning.recommendations, reasoning.findings, reasoning.totals):
        with pytest.raises(NotFoundError) as told:
            ask(EntityId("org:nobody"), AT)
        assert told.value.fix


def test_a_number_is_explained_and_the_explanation_holds(store: GraphStore):
    reasoning = ReasoningService(store)
    explained = reasoning.explain(BUYER, EntityId("org:b"), AT)
    assert explained.verification.holds
    assert explained.exposure.score == reasoning.exposures(BUYER, AT)[1].score
    assert explained.revision == 1
    with pytest.raises(NotFoundError):
        reasoning.explain(BUYER, EntityId("org:elsewhere"), AT)


CYBER, SOCIAL = EntityId("rct:tierscope-cyber"), EntityId("rct:tierscope-social")


def test_a_category_narrows_exposures_and_their_order(store: GraphStore):
    reasoning = ReasoningService(store)
    by_firm = {one.supplier: one for one in reasoning.exposures(BUYER, AT)}
    found = reasoning.exposures(BUYER, AT, scope=ExposureScope(category=CYBER))
    assert {one.supplier: one.score for one in found} == {firm: one.by_category[CYBER] for firm, one in by_firm.items()}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(verify(one).holds for one in found)
    assert reasoning.exposures(BUYER, AT, scope=ExposureScope(category=CYBER)) is found
    assert reasoning.exposures(BUYER, AT, scope=ExposureScope(category=SOCIAL)) != found
    assert reasoning.exposures(BUYER, AT, scope=ExposureScope(category=CYBER), most=1) == found[:1]
    assert reasoning.exposures(BUYER, AT, scope=ExposureScope("prd:none", CYBER)) == ()


def test_the_most_of_a_category_are_not_the_most_of_all(tmp_path: Path):
    world = World()
    for firm in ("org:a", "org:b"):
        world.say(firm, "SUPPLIES", BUYER)
    world.risk("x", "org:a", "cyber", 0.1)
    world.risk("y", "org:a", "social", 1.0)
    world.risk("z", "org:a", "financial", 1.0)
    store = new_store(tmp_path)
    fill(store, world)
    reasoning = ReasoningService(store)
    assert [one.supplier for one in reasoning.exposures(BUYER, AT, most=1)] == ["org:a"]
    narrow = ExposureScope(category=CYBER)
    assert [one.supplier for one in reasoning.exposures(BUYER, AT, most=1, scope=narrow)] == ["org:b"]
    store.close()


def test_one_category_is_explained_and_the_explanation_holds(store: GraphStore):
    reasoning, supplier = ReasoningService(store), EntityId("org:b")
    whole = reasoning.explain(BUYER, supplier, AT)
    told = reasoning.explain(BUYER, supplier, AT, scope=ExposureScope(category=CYBER))
    (listed,) = (
        one for one in reasoning.exposures(BUYER, AT, scope=ExposureScope(category=CYBER)) if one.supplier == supplier
    )
    assert told.exposure == listed
    assert told.verification.holds
    assert told.verification.recomputed == pytest.approx(told.exposure.score, abs=1e-12)
    assert [row["category"] for row in told.document()["categories"]] == [CYBER]  # type: ignore[union-attr,index,call-overload]
    assert told.exposure.score < whole.exposure.score
    assert reasoning.explain(BUYER, supplier, AT) is whole


def test_the_totals_are_those_of_the_exposures(store: GraphStore):
    reasoning = ReasoningService(store)
    assert reasoning.totals(BUYER, AT).score == pytest.approx(sum(one.score for one in reasoning.exposures(BUYER, AT)))


def test_findings_and_conflicts_are_answered(tmp_path: Path):
    world = small()
    world.say("org:a", "HEADCOUNT", 10, source="one")
    world.say("org:a", "HEADCOUNT", 12, source="two")
    store = new_store(tmp_path)
    fill(store, world)
    reasoning = ReasoningService(store)
    assert [conflict.subject for conflict in reasoning.conflicts(AT)] == ["org:a"]
    assert "conflicting_sources" in {finding.kind for finding in reasoning.findings(BUYER, AT)}
    store.close()


def test_paths_and_product_are_part_of_the_question(store: GraphStore):
    reasoning = ReasoningService(store)
    assert len(reasoning.exposures(BUYER, AT)[0].paths) == 1
    assert reasoning.exposures(BUYER, AT, paths=0)[0].paths == ()
    assert reasoning.exposures(BUYER, AT, scope=ExposureScope(product="prd:none")) == ()


def test_with_embeddings_the_answers_say_so_and_stored_vectors_are_used(store: GraphStore):
    embedder = HashedWords()
    for vectors in unembedded(store, embedder):
        store.apply(Batch(at=RECORDED, vectors=vectors))
    clauses = embedder.embedded
    (ranked,) = ReasoningService(store, embedder=embedder).recommendations(BUYER, AT)
    assert ranked.ranked_by == BY_EMBEDDINGS
    assert (clauses, embedder.embedded) == (3, 4)  # only the question was embedded anew
    (plain,) = ReasoningService(store).recommendations(BUYER, AT)
    assert plain.ranked_by == BY_WORDS


def test_without_stored_vectors_they_are_computed(store: GraphStore):
    embedder = HashedWords()
    (ranked,) = ReasoningService(store, embedder=embedder).recommendations(BUYER, AT)
    assert (ranked.ranked_by, embedder.embedded) == (BY_EMBEDDINGS, 3)  # the two of the type, and the question


def test_threads_may_ask_at_once(store: GraphStore):
    reasoning = ReasoningService(store)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: reasoning.exposures(BUYER, AT), range(16)))
    assert all(answer is answers[0] for answer in answers)


def test_old_answers_make_room_and_are_made_again(store: GraphStore):
    reasoning = ReasoningService(store)
    first = reasoning.exposures(BUYER, AT)
    for count in range(100):
        reasoning.exposures(BUYER, AT, paths=count + 1)
    again = reasoning.exposures(BUYER, AT)
    assert again is not first
    assert again == first


def test_the_parts_share_one_snapshot_and_its_answers(store: GraphStore):
    reasoning = ReasoningService(store)
    whole = reasoning.totals(BUYER, AT)
    assert reasoning.analyses.series(BUYER, AT, [AT.as_of or ""])[0].totals == whole
    assert reasoning.analyses.snapshot_reader(AT)(AT.as_of or "") is reasoning.snapshot(AT)
    assert reasoning.analyses is reasoning.analyses
    assert reasoning.measures.disruption(BUYER, AT).revision == reasoning.snapshot(AT).revision


def test_another_executor_runs_the_measures_and_the_answers_are_shared(store: GraphStore):
    reasoning, done = ReasoningService(store), list[int]()
    other = reasoning.with_executor(Executor(progress=done.append))
    closures = other.measures.systemic(BUYER, AT)
    assert sum(done) == len(closures.closures) == 3
    assert reasoning.measures.systemic(BUYER, AT) is closures
    assert other.exposures(BUYER, AT) is reasoning.exposures(BUYER, AT)
    assert sum(done) == 3


def test_the_executor_of_the_service_runs_the_measures(store: GraphStore):
    done = list[int]()
    reasoning = ReasoningService(store, executor=Executor(progress=done.append))
    assert sum(done) == 0
    reasoning.measures.systemic(BUYER, AT)
    assert sum(done) == 3


def test_an_answer_about_a_buyer_is_made_from_one_revision(tmp_path: Path):
    store = new_store(tmp_path)
    fill(store, small())
    snapshots = Snapshots(cast("GraphReader", WrittenBetweenReads(store)))
    snapshot, _ = snapshots.base(BUYER, AT)
    assert snapshot.revision == 1
    assert "org:c" not in snapshot.nodes
    assert snapshots.at(AT).revision == 2
    store.close()


def test_importing_the_service_imports_nothing_heavy():
    heavy = "scipy numba networkx torch sentence_transformers transformers rdflib neo4j strawberry"
    code = f"import sys, reasoning.service.service; print(*sorted(set('{heavy}'.split()) & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []
