import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.port import GraphStore
from ontology.errors import NotFoundError
from ontology.records import At, Batch, EntityId
from reasoning.clauses.library import BY_EMBEDDINGS, BY_WORDS, unembedded
from reasoning.exposure.exposure import ExposureScope, verify
from reasoning.service.engine import Engine
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


def more() -> World:
    world = small()
    world.say("org:c", "SUPPLIES", "org:buyer")
    return world


def test_answers_over_a_store_are_those_over_the_claims_themselves(store: GraphStore):
    exposures = Engine(store).exposures(BUYER, AT)
    assert [(one.supplier, one.tier) for one in exposures] == [("org:a", 1), ("org:b", 2)]
    assert all(verify(one).holds for one in exposures)
    (recommended,) = Engine(store).recommendations(BUYER, AT)
    assert recommended.clause == "cls:audit-1"
    cited = {cited.evidence.id for cited in store.evidence(list(recommended.evidence))}
    assert cited == set(recommended.evidence)


def test_an_answer_is_made_once_until_the_revision_moves(store: GraphStore):
    engine = Engine(store)
    first = engine.exposures(BUYER, AT)
    assert engine.exposures(BUYER, AT) is first
    fill(store, more(), LATER)
    again = engine.exposures(BUYER, AT)
    assert {one.supplier for one in again} == {"org:a", "org:b", "org:c"}
    assert engine.snapshot(AT).revision == 2


def test_a_snapshot_shows_nothing_of_what_is_recorded_after_it(store: GraphStore):
    snapshot = Engine(store).snapshot(AT)
    fill(store, more(), LATER)
    assert "org:c" not in snapshot.nodes


def test_a_past_instant_is_read_as_if_the_later_facts_were_never_seen(store: GraphStore):
    before = Engine(store).exposures(BUYER, AT)
    fill(store, more(), LATER)
    assert Engine(store).exposures(BUYER, At(AT.as_of, RECORDED)) == before
    assert Engine(store).exposures(BUYER, AT) != before


def test_who_is_not_there_is_told_apart_from_who_has_no_suppliers(store: GraphStore):
    engine = Engine(store)
    assert engine.exposures(EntityId("org:b"), AT) == ()
    for ask in (engine.exposures, engine.recommendations, engine.findings, engine.totals):
        with pytest.raises(NotFoundError) as told:
            ask(EntityId("org:nobody"), AT)
        assert told.value.fix


def test_a_number_is_explained_and_the_explanation_holds(store: GraphStore):
    engine = Engine(store)
    explained = engine.explain(BUYER, EntityId("org:b"), AT)
    assert explained.verification.holds
    assert explained.exposure.score == engine.exposures(BUYER, AT)[1].score
    assert explained.revision == 1
    with pytest.raises(NotFoundError):
        engine.explain(BUYER, EntityId("org:elsewhere"), AT)


CYBER, SOCIAL = EntityId("rct:tierscope-cyber"), EntityId("rct:tierscope-social")


def test_a_category_narrows_exposures_and_their_order(store: GraphStore):
    engine = Engine(store)
    by_firm = {one.supplier: one for one in engine.exposures(BUYER, AT)}
    found = engine.exposures(BUYER, AT, scope=ExposureScope(category=CYBER))
    assert {one.supplier: one.score for one in found} == {firm: one.by_category[CYBER] for firm, one in by_firm.items()}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(verify(one).holds for one in found)
    assert engine.exposures(BUYER, AT, scope=ExposureScope(category=CYBER)) is found
    assert engine.exposures(BUYER, AT, scope=ExposureScope(category=SOCIAL)) != found
    assert engine.exposures(BUYER, AT, scope=ExposureScope(category=CYBER), most=1) == found[:1]
    assert engine.exposures(BUYER, AT, scope=ExposureScope("prd:none", CYBER)) == ()


def test_the_most_of_a_category_are_not_the_most_of_all(tmp_path: Path):
    world = World()
    for firm in ("org:a", "org:b"):
        world.say(firm, "SUPPLIES", BUYER)
    world.risk("x", "org:a", "cyber", 0.1)
    world.risk("y", "org:a", "social", 1.0)
    world.risk("z", "org:a", "financial", 1.0)
    store = new_store(tmp_path)
    fill(store, world)
    engine = Engine(store)
    assert [one.supplier for one in engine.exposures(BUYER, AT, most=1)] == ["org:a"]
    narrow = ExposureScope(category=CYBER)
    assert [one.supplier for one in engine.exposures(BUYER, AT, most=1, scope=narrow)] == ["org:b"]
    store.close()


def test_one_category_is_explained_and_the_explanation_holds(store: GraphStore):
    engine, supplier = Engine(store), EntityId("org:b")
    whole = engine.explain(BUYER, supplier, AT)
    told = engine.explain(BUYER, supplier, AT, scope=ExposureScope(category=CYBER))
    (listed,) = (
        one for one in engine.exposures(BUYER, AT, scope=ExposureScope(category=CYBER)) if one.supplier == supplier
    )
    assert told.exposure == listed
    assert told.verification.holds
    assert told.verification.recomputed == pytest.approx(told.exposure.score, abs=1e-12)
    assert [row["category"] for row in told.document()["categories"]] == [CYBER]  # type: ignore[union-attr,index,call-overload]
    assert told.exposure.score < whole.exposure.score
    assert engine.explain(BUYER, supplier, AT) is whole


def test_the_totals_are_those_of_the_exposures(store: GraphStore):
    engine = Engine(store)
    assert engine.totals(BUYER, AT).score == pytest.approx(sum(one.score for one in engine.exposures(BUYER, AT)))


def test_findings_and_conflicts_are_answered(tmp_path: Path):
    world = small()
    world.say("org:a", "HEADCOUNT", 10, source="one")
    world.say("org:a", "HEADCOUNT", 12, source="two")
    store = new_store(tmp_path)
    fill(store, world)
    engine = Engine(store)
    assert [conflict.subject for conflict in engine.conflicts(AT)] == ["org:a"]
    assert "conflicting_sources" in {finding.kind for finding in engine.findings(BUYER, AT)}
    store.close()


def test_paths_and_product_are_part_of_the_question(store: GraphStore):
    engine = Engine(store)
    assert len(engine.exposures(BUYER, AT)[0].paths) == 1
    assert engine.exposures(BUYER, AT, paths=0)[0].paths == ()
    assert engine.exposures(BUYER, AT, scope=ExposureScope(product="prd:none")) == ()


def test_with_embeddings_the_answers_say_so_and_stored_vectors_are_used(store: GraphStore):
    embedder = HashedWords()
    for vectors in unembedded(store, embedder):
        store.apply(Batch(at=RECORDED, vectors=vectors))
    clauses = embedder.embedded
    (ranked,) = Engine(store, embedder=embedder).recommendations(BUYER, AT)
    assert ranked.ranked_by == BY_EMBEDDINGS
    assert (clauses, embedder.embedded) == (3, 4)  # only the question was embedded anew
    (plain,) = Engine(store).recommendations(BUYER, AT)
    assert plain.ranked_by == BY_WORDS


def test_without_stored_vectors_they_are_computed(store: GraphStore):
    embedder = HashedWords()
    (ranked,) = Engine(store, embedder=embedder).recommendations(BUYER, AT)
    assert (ranked.ranked_by, embedder.embedded) == (BY_EMBEDDINGS, 3)  # the two of the type, and the question


def test_threads_may_ask_at_once(store: GraphStore):
    engine = Engine(store)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: engine.exposures(BUYER, AT), range(16)))
    assert all(answer is answers[0] for answer in answers)


def test_old_answers_make_room_and_are_made_again(store: GraphStore):
    engine = Engine(store)
    first = engine.exposures(BUYER, AT)
    for count in range(100):
        engine.exposures(BUYER, AT, paths=count + 1)
    again = engine.exposures(BUYER, AT)
    assert again is not first
    assert again == first


def test_importing_the_engine_imports_nothing_heavy():
    heavy = "scipy numba networkx torch sentence_transformers transformers rdflib neo4j strawberry"
    code = f"import sys, reasoning.service.engine; print(*sorted(set('{heavy}'.split()) & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []
