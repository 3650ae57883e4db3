"""Streams of rows: their memory does not grow with the store, and SQLite reads indexes instead of sorting."""

import sqlite3
import tracemalloc
from pathlib import Path

import pytest

from graph.connect import create
from graph.sqlite.reading import CLAIM, JUDGEMENT, LEDGER
from graph.sqlite.store import SqliteStore
from tests.graph.samples import VOCABULARY, batch, claim_of, entry, named


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> SqliteStore:
    made = create(f"sqlite:///{tmp_path_factory.mktemp('large')}/store.db", vocabulary=VOCABULARY)
    assert isinstance(made, SqliteStore)
    for chunk in range(4):
        rows = range(chunk * 1_000, chunk * 1_000 + 1_000)
        made.apply(batch(*(entry(claim_of(named(f"org:{row}", f"Firm {row} " * 20), f"r{row}")) for row in rows)))
    return made


@pytest.mark.parametrize("history", [False, True])
def test_rows_are_streamed_one_at_a_time(store: SqliteStore, history: bool) -> None:
    tracemalloc.start()
    try:
        count = sum(1 for _ in store.rows(history=history))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count > 8_000
    assert peak < 1_000_000, f"{peak} bytes at once; the claims alone are more than 3,000,000"


def test_giving_up_in_the_middle_leaves_the_store_usable(store: SqliteStore) -> None:
    rows = store.rows()
    next(rows)
    rows.close()  # type: ignore[attr-defined]
    assert store.status().counts["claims"] == 4_000


@pytest.mark.parametrize(
    "question",
    [
        f"{CLAIM} WHERE c.closed IS NULL ORDER BY c.id, c.opened",
        f"{CLAIM} ORDER BY c.id, c.opened",
        f"{JUDGEMENT} ORDER BY j.id, j.opened",
        f"{LEDGER} WHERE r.recorded_at IS NOT NULL ORDER BY r.source, r.record",
    ],
    ids=range(4),
)
def test_no_stream_is_sorted(store: SqliteStore, question: str) -> None:
    db = sqlite3.connect(Path(store.path))
    plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {question}")]
    db.close()
    assert plan
    assert not [step for step in plan if "TEMP B-TREE" in step]
