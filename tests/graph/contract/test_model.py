"""Every store behaves like the plain Python model, batch for batch."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.content_hash import content_hash
from graph.port import ClaimQuery, EntityQuery, GraphStore, LedgerQuery
from ontology.errors import TierscopeError
from ontology.records import Applied, At, Batch
from tests.fakes import FakeStore
from tests.graph.batches import batches
from tests.graph.conftest import MakeStore
from tests.graph.samples import VOCABULARY, instant


def outcome(store: GraphStore, batch: Batch) -> Applied | str:
    """The result of applying a batch, or the code of its error."""
    try:
        return store.apply(batch)
    except TierscopeError as error:
        return error.code


def compare(store: GraphStore, model: GraphStore) -> None:
    """Compare every read of the store with the model's."""
    assert list(store.rows(history=True)) == list(model.rows(history=True))
    assert list(store.rows()) == list(model.rows())
    assert content_hash(store) == content_hash(model)
    assert replace(store.status(), address="", schema=0) == replace(model.status(), address="", schema=0)
    assert store.changes(2, 5) == model.changes(2, 5)
    assert store.ledger(LedgerQuery(state="accepted")) == model.ledger(LedgerQuery(state="accepted"))
    for at in (At(), At(as_of="2026-03-01T00:00:00Z"), At(known_at=instant(4)), At("2026-08-01T00:00:00Z", instant(9))):
        assert store.claims(ClaimQuery(at=at)) == model.claims(ClaimQuery(at=at))
        assert store.judgements(at) == model.judgements(at)
        assert store.columns("SUPPLIES", ["share"], at).claims == model.columns("SUPPLIES", ["share"], at).claims
        assert store.entities(EntityQuery(at=at)) == model.entities(EntityQuery(at=at))
        query = EntityQuery(words=["works"], at=at)
        assert store.entities(query) == model.entities(query)


@pytest.fixture
def model() -> FakeStore:
    """The model, empty at first; like the store, it lasts over all examples."""
    return FakeStore(VOCABULARY)


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(given_batches=st.lists(batches(), min_size=6, max_size=6))
def test_a_store_does_what_the_model_does(store: GraphStore, model: FakeStore, given_batches: list[Batch]) -> None:
    for batch in given_batches:
        assert outcome(store, batch) == outcome(model, batch)
    compare(store, model)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    given_batches=st.lists(batches(), min_size=1, max_size=8), again=st.lists(st.integers(1, 5), min_size=8, max_size=8)
)
def test_a_batch_delivered_once_or_five_times_is_the_same(
    make_file: MakeStore, given_batches: list[Batch], again: list[int]
) -> None:
    store, model = make_file(), FakeStore(VOCABULARY)
    for batch, times in zip(given_batches, again, strict=False):
        for _ in range(times):
            outcome(store, batch)
        outcome(model, batch)
    compare_content(store, model)


def compare_content(store: GraphStore, model: GraphStore) -> None:
    assert content_hash(store) == content_hash(model)
    assert [row.claim for row in store.claims(ClaimQuery())] == [row.claim for row in model.claims(ClaimQuery())]
