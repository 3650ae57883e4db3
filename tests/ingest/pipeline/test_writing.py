"""Writing: how entries are put into batches, what a preview shows, and which records a snapshot loses."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.content_hash import content_hash
from graph.port import GraphStore
from ingest.pipeline.load import load
from ingest.pipeline.writing import PREVIEW, EntryBatch
from ontology.records import Applied, Batch, Claim, Entry, LedgerKey
from tests.ingest.loading import MAPPING, make_store, open_claims, source_spec, ticking, write_rows

PRODUCTS = MAPPING[: MAPPING.index("  - name: supplier")] + MAPPING[MAPPING.index("  - name: product") :]


@pytest.fixture
def store(tmp_path: Path) -> GraphStore:
    return make_store(tmp_path)


@pytest.fixture
def applied(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> list[Batch]:
    """The batches that the store was given."""
    batches: list[Batch] = []
    real: Callable[[Batch], Applied] = store.apply

    def apply(batch: Batch) -> Applied:
        batches.append(batch)
        return real(batch)

    monkeypatch.setattr(store, "apply", apply)
    return batches


def products(folder: Path, count: int, amount: str = "1") -> Path:
    return write_rows(folder, [f"{number},Alpha,Germany,p{number},{amount},03-Mar-14" for number in range(count)])


def entry(claims: int) -> Entry:
    return Entry(LedgerKey("s", "r", "d", "m", "o"), (None,) * claims)  # type: ignore[arg-type]


def test_a_batch_is_full_at_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.pipeline.writing.CLAIMS", 5)
    monkeypatch.setattr("ingest.pipeline.writing._ENTRIES", 3)
    batch = EntryBatch()
    batch.add(entry(3), [])
    assert batch.has_room(entry(2))
    assert not batch.has_room(entry(3))
    batch.add(entry(0), [])
    assert batch.has_room(entry(0))
    batch.add(entry(0), [])
    assert not batch.has_room(entry(0))
    assert (batch.claims, len(batch.entries)) == (3, 3)


def test_an_entry_larger_than_a_batch_has_one_of_its_own(tmp_path, store, applied, monkeypatch) -> None:
    monkeypatch.setattr("ingest.pipeline.writing.CLAIMS", 1)  # each product has two claims
    load(store, source_spec(PRODUCTS), products(tmp_path, 3), clock=ticking())
    assert [[len(each.claims) for each in batch.entries] for batch in applied] == [[2], [2], [2]]


def test_entities_and_documents_come_with_the_first_batch_that_needs_them(
    tmp_path, store, applied, monkeypatch
) -> None:
    monkeypatch.setattr("ingest.pipeline.writing.CLAIMS", 4)
    load(store, source_spec(), products(tmp_path, 3), clock=ticking())
    sent = [entity.id for batch in applied for entity in batch.entities]
    assert len(applied) > 1
    assert len(sent) == len(set(sent)) == store.status().counts["entities"]
    assert all(len(batch.documents) == 1 for batch in applied)


def test_a_preview_shows_the_first_refusals(tmp_path, store) -> None:
    report = load(store, source_spec(PRODUCTS), products(tmp_path, PREVIEW + 5, "many"), clock=ticking())
    assert report.quarantined == PREVIEW + 5
    assert [refusal.record for refusal in report.refusals] == [f"product:{number}" for number in range(PREVIEW)]


def test_the_size_of_chunks_changes_nothing(tmp_path, store, applied, monkeypatch) -> None:
    monkeypatch.setattr("ingest.pipeline.writing._CHUNK", 2)
    clock = ticking()
    load(store, source_spec(PRODUCTS), products(tmp_path, 7), clock=clock)
    again = load(store, source_spec(PRODUCTS), products(tmp_path, 7), clock=clock)
    assert (again.unchanged, again.accepted, len(applied)) == (7, 0, 1)
    fewer = load(store, source_spec(PRODUCTS), products(tmp_path, 2), clock=clock)
    assert (fewer.unchanged, fewer.closed) == (2, 10)
    assert [len(batch.gone) for batch in applied[1:]] == [2, 2, 1]
    assert fewer.warnings == ("5 records are no longer in the file and were closed",)
    monkeypatch.undo()
    other = make_store(tmp_path, "other.db")
    for count in (7, 2):
        load(other, source_spec(PRODUCTS), products(tmp_path, count), clock=ticking())
    assert content_hash(store) == content_hash(other)


def test_that_half_of_the_records_are_gone_is_no_warning(tmp_path, store) -> None:
    clock = ticking()
    load(store, source_spec(PRODUCTS), products(tmp_path, 4), clock=clock)
    report = load(store, source_spec(PRODUCTS), products(tmp_path, 2), clock=clock)
    assert (report.closed, report.warnings) == (4, ())


def test_a_dry_run_counts_only_new_and_changed_entries(tmp_path, store, applied) -> None:
    clock = ticking()
    load(store, source_spec(PRODUCTS), products(tmp_path, 4), clock=clock)
    report = load(store, source_spec(PRODUCTS), products(tmp_path, 5), clock=clock, dry_run=True)
    assert (report.opened, report.closed, report.accepted, report.unchanged) == (2, 0, 1, 4)
    assert len(applied) == 1


def test_another_sources_records_do_not_count(tmp_path, store) -> None:
    clock = ticking()
    load(store, source_spec(PRODUCTS.replace("source: tiny", "source: other")), products(tmp_path, 4), clock=clock)
    report = load(store, source_spec(PRODUCTS), products(tmp_path, 4), clock=clock)
    assert (report.accepted, report.unchanged, report.closed) == (4, 0, 0)
    claims: list[Claim] = open_claims(store, "NAMED")
    assert {claim.source for claim in claims} == {"tiny", "other"}
