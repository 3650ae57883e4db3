"""Taking back a source, or one record of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.port import GraphStore, LedgerQuery
from ingest.pipeline.load import load
from ingest.pipeline.retraction import retract
from ontology.errors import NotFoundError
from tests.ingest.loading import MAPPING, make_store, open_claims, source_spec, ticking, write_rows


@pytest.fixture
def clock() -> Callable[[], str]:
    return ticking()


@pytest.fixture
def store(tmp_path: Path, clock) -> GraphStore:
    store = make_store(tmp_path)
    load(store, source_spec(), write_rows(tmp_path), clock=clock)
    other = source_spec(MAPPING.replace("source: tiny", "source: other"))
    load(store, other, tmp_path / "deliveries.csv", clock=clock)
    return store


def test_a_source_is_taken_back_whole_and_alone(store: GraphStore, clock) -> None:
    before = store.status()
    done = retract(store, "tiny", clock=clock)
    assert (done.source, done.records) == ("tiny", 8)
    assert done.closed == before.counts["claims"] / 2
    assert done.revision == before.revision + 1
    assert {claim.source for claim in open_claims(store, "NAMED")} == {"other"}
    assert store.ledger(LedgerQuery(sources=["tiny"])) == []


def test_one_record_is_taken_back_alone(store: GraphStore, clock) -> None:
    done = retract(store, "tiny", record="product:1", clock=clock)
    assert (done.records, done.closed) == (1, 2)
    tiny = {claim.value for claim in open_claims(store, "NAMED") if claim.source == "tiny"}
    assert "nuts" in tiny
    assert "bolts" in tiny  # the second row says so, too
    assert store.ledger(LedgerQuery(records=[("tiny", "product:1")])) == []


def test_a_record_comes_back_by_loading_again(tmp_path: Path, store: GraphStore, clock) -> None:
    retract(store, "tiny", record="product:1", clock=clock)
    report = load(store, source_spec(), tmp_path / "deliveries.csv", clock=clock)
    assert (report.opened, report.accepted, report.unchanged) == (2, 1, 3)


def test_taking_back_twice_does_nothing_more(store: GraphStore, clock) -> None:
    retract(store, "tiny", clock=clock)
    again = retract(store, "tiny", clock=clock)
    assert (again.records, again.closed) == (0, 0)


def test_many_records_go_in_batches(tmp_path: Path, store: GraphStore, clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.pipeline.retraction._RECORDS", 3)
    done = retract(store, "tiny", clock=clock)
    assert done.records == 8
    assert done.revision == 5


@pytest.mark.parametrize(("source", "record"), [("nobody", None), ("tiny", "product:77"), ("nobody", "product:1")])
def test_what_is_not_there_is_not_found(store: GraphStore, clock, source: str, record: str | None) -> None:
    with pytest.raises(NotFoundError) as caught:
        retract(store, source, record=record, clock=clock)
    assert caught.value.fix
