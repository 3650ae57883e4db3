"""Locks, threads, processes, and readers that create no file."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.connect import StoreOptions, connect, create
from graph.content_hash import content_hash
from graph.port import ClaimQuery, EntityQuery, GraphStore
from graph.sqlite.connections import Readers, write_lock
from ontology.errors import StoreLockedError, StoreUnavailableError
from ontology.records import Batch
from tests.graph.samples import VOCABULARY, batch, claim_of, entry, named
from tests.waiting import HANG

IMPATIENT = StoreOptions(connect_timeout=0.05)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@contextmanager
def opened(path: Path, options: StoreOptions = IMPATIENT) -> Iterator[GraphStore]:
    store = create(f"sqlite:///{path}", vocabulary=VOCABULARY, options=options)
    try:
        yield store
    finally:
        store.close()


def saying(place: int) -> Batch:
    return batch(entry(claim_of(named(f"org:{place}", f"Firm {place}"), f"r{place}")))


@contextmanager
def locked_by_another(path: Path) -> Iterator[int]:
    """Lets another process hold the lock file; gives its process id."""
    code = (
        "import sys; from pathlib import Path; from graph.sqlite.connections import write_lock\n"
        "with write_lock(Path(sys.argv[1]), 600.0): print('locked', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"locked\n"
        yield process.pid
    finally:
        process.communicate()


def test_a_locked_store_names_the_holder(path: Path) -> None:
    with opened(path) as store, locked_by_another(path) as pid:
        with pytest.raises(StoreLockedError) as raised:
            store.apply(saying(1))
        assert raised.value.details["holder"] == str(pid)
        assert str(pid) in str(raised.value)
        assert raised.value.retryable
        assert store.entities(EntityQuery()) == []
    with opened(path) as store:
        assert store.apply(saying(1)).opened == 1


def test_the_lock_is_waited_for(path: Path) -> None:
    with opened(path, StoreOptions(connect_timeout=HANG)) as store:
        release = threading.Event()
        started = threading.Event()

        def hold() -> None:
            with write_lock(path, HANG):
                started.set()
                release.wait(HANG)

        thread = threading.Thread(target=hold)
        thread.start()
        assert started.wait(HANG)
        threading.Timer(0.1, release.set).start()
        assert store.apply(saying(1)).opened == 1
        thread.join()


def test_another_programs_transaction_is_a_lock_too(path: Path) -> None:
    with opened(path) as store:
        store.apply(saying(1))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLockedError):
            store.apply(saying(2))
        other.execute("ROLLBACK")
        other.close()
        assert store.apply(saying(2)).revision == 2


def test_reading_goes_on_while_another_writes(path: Path) -> None:
    with opened(path) as writer, opened(path) as reader:
        writer.apply(saying(1))
        rows = reader.rows()
        first = next(rows)
        writer.apply(saying(2))
        streamed = [first, *rows]
        assert sum(type(row).__name__ == "StoredClaim" for row in streamed) == 1
        assert len(reader.claims(ClaimQuery())) == 2


def test_threads_share_one_store(path: Path) -> None:
    with opened(path, StoreOptions(connect_timeout=HANG)) as store, ThreadPoolExecutor(8) as pool:
        written = list(pool.map(lambda place: store.apply(saying(place)).opened, range(40)))
        counted = list(pool.map(lambda _: len(store.claims(ClaimQuery())), range(40)))
        mixed = list(
            pool.map(
                lambda place: store.apply(saying(place)).opened if place % 2 else len(store.entities(EntityQuery())),
                range(40, 80),
            )
        )
        assert written == [1] * 40
        assert counted == [40] * 40
        assert set(mixed[1::2]) == {1}
        assert all(40 <= count <= 60 for count in mixed[0::2])
        status = store.status()
        assert (status.revision, status.counts["claims"]) == (60, 60)
        instants = [row.recorded_at for row in store.claims(ClaimQuery())]
        assert len(set(instants)) == 60


def test_a_thread_that_waits_too_long_is_refused(path: Path) -> None:
    with opened(path) as store:
        writing = threading.Event()
        done = threading.Event()

        def slow_rows() -> Iterator[object]:
            writing.set()
            done.wait(HANG)
            yield from ()

        thread = threading.Thread(target=lambda: store.restore(slow_rows()))  # type: ignore[arg-type]
        thread.start()
        assert writing.wait(HANG)
        try:
            with pytest.raises(StoreLockedError) as raised:
                store.apply(saying(1))
        finally:
            done.set()
            thread.join()
        assert raised.value.details["holder"] == str(os.getpid())
        assert store.apply(saying(1)).opened == 1


def test_two_processes_write_overlapping_batches(path: Path) -> None:
    code = (
        "import sys; from graph.connect import StoreOptions, create\n"
        "from tests.graph.samples import VOCABULARY\n"
        "from tests.graph.test_sqlite_connections import saying\n"
        "store = create('sqlite:///' + sys.argv[1], vocabulary=VOCABULARY, options=StoreOptions(connect_timeout=600))\n"
        "for place in range(int(sys.argv[2]), int(sys.argv[2]) + 20): store.apply(saying(place))\n"
        "store.close()"
    )
    with opened(path):
        pass
    processes = [subprocess.Popen([sys.executable, "-c", code, str(path), str(start)]) for start in (0, 10)]
    assert [process.wait(HANG) for process in processes] == [0, 0]
    with opened(path) as store, opened(path.with_name("alone.db")) as alone:
        for place in range(30):
            alone.apply(saying(place))
        assert content_hash(store) == content_hash(alone)
        assert store.status().revision == 30


def test_readers_make_no_file(path: Path) -> None:
    with opened(path) as store:
        store.apply(saying(1))
    before = {file.name: file.stat().st_mtime_ns for file in path.parent.iterdir()}
    store = connect(f"sqlite:///{path}", vocabulary=VOCABULARY)
    assert len(store.claims(ClaimQuery())) == 1
    assert store.status().revision == 1
    assert len(list(store.rows(history=True))) > 1
    assert {file.name: file.stat().st_mtime_ns for file in path.parent.iterdir()} == before
    store.close()
    assert {file.name: file.stat().st_mtime_ns for file in path.parent.iterdir()} == before


def test_a_reader_sees_what_came_after_it_was_opened(path: Path) -> None:
    with opened(path):
        pass
    reader = connect(f"sqlite:///{path}", vocabulary=VOCABULARY)
    assert reader.claims(ClaimQuery()) == []
    with opened(path) as writer:
        writer.apply(saying(1))
        assert len(reader.claims(ClaimQuery())) == 1
        writer.apply(saying(2))
        assert len(reader.claims(ClaimQuery())) == 2
    assert len(reader.claims(ClaimQuery())) == 2
    reader.close()


def test_a_file_that_changes_during_an_immutable_read_is_reported(path: Path) -> None:
    with opened(path) as store:
        store.apply(saying(1))
    reader = connect(f"sqlite:///{path}", vocabulary=VOCABULARY)
    rows = reader.rows()
    next(rows)
    with opened(path) as store:
        store.apply(saying(2))
        with pytest.raises(StoreLockedError) as raised:
            list(rows)
        assert raised.value.retryable
    assert len(reader.claims(ClaimQuery())) == 2


def test_a_read_that_takes_too_long_is_stopped(path: Path) -> None:
    with opened(path):
        pass
    readers = Readers(path, -1.0)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(StoreUnavailableError) as raised, readers.reading() as db:
        db.execute(endless).fetchone()
    assert raised.value.retryable
    readers.close()


KILLED = """
import sys
from graph.connect import create
from tests.graph.samples import VOCABULARY, batch, entry, named, claim_of
store = create("sqlite:///" + sys.argv[1], vocabulary=VOCABULARY)
for step in range(100_000):
    entries = [entry(claim_of(named(f"org:{place}", f"Step {step}"), f"r{place}")) for place in range(20)]
    print(store.apply(batch(*entries)).revision, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 2, 5, 9, 14])
def test_a_killed_process_leaves_no_half_batch(path: Path, acknowledged: int) -> None:
    """Each batch renames the same twenty entities, so after the kill all must have the name of the same step."""
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    last = [int(process.stdout.readline()) for _ in range(acknowledged)][-1]
    time.sleep(0.001 * acknowledged)  # somewhere within the batch that follows
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with opened(path) as store:
        names = [row.claim.value for row in store.claims(ClaimQuery())]
        revision = store.status().revision
        assert revision >= last
        assert names == [f"Step {revision - 1}"] * 20
        counts = [change.revision for change in store.changes(0)]
        assert [counts.count(each) for each in range(1, revision + 1)] == [20] + [40] * (revision - 1)
        assert len(store.claims(ClaimQuery(history=True))) == 20 * revision


def test_what_a_killed_writer_left_is_read_without_writing(path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate()
    reader = connect(f"sqlite:///{path}", vocabulary=VOCABULARY, options=StoreOptions(read_only=True))
    assert len(reader.claims(ClaimQuery())) == 20
    reader.close()
