"""Refusals of the driver and the file system become the product's errors, and no partial batch is written."""

import builtins
import errno
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.connect import connect, create
from graph.content_hash import content_hash
from graph.port import ClaimQuery
from graph.sqlite import connections
from graph.sqlite.faults import of_system, translated
from graph.sqlite.store import SqliteStore
from ontology.errors import (
    StoreCorruptError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    StoreReadOnlyError,
    TierscopeError,
)
from tests.graph.contract.test_model import outcome
from tests.graph.samples import VOCABULARY, batch, claim_of, entry, named

FIRST = batch(entry(claim_of(named("org:a", "Alpha"))))
SECOND = batch(*(entry(claim_of(named(f"org:{row}", "x" * 500), f"r{row}")) for row in range(400)))


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    made = create(f"sqlite:///{tmp_path}/store.db", vocabulary=VOCABULARY)
    assert isinstance(made, SqliteStore)
    made.apply(FIRST)
    return made


def require_untouched(store: SqliteStore) -> None:
    """After the error the old state remains, and the same batch succeeds once the fault is gone."""
    assert [row.claim.value for row in store.claims(ClaimQuery())] == ["Alpha"]
    assert store.status().revision == 1


def test_a_full_disk(store: SqliteStore) -> None:
    assert store._writer is not None
    db = store._writer._connection()
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreFullError) as raised:
        store.apply(SECOND)
    assert raised.value.fix
    require_untouched(store)
    db.execute("PRAGMA max_page_count = 1000000")
    assert store.apply(SECOND).opened == 400


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.EROFS, StoreReadOnlyError),
        (errno.EACCES, StoreReadOnlyError),
        (errno.EPERM, StoreReadOnlyError),
        (errno.ENOSPC, StoreFullError),
        (errno.EDQUOT, StoreFullError),
        (errno.EIO, StoreError),
    ],
)
def test_a_file_system_that_refuses_the_lock(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, number: int, expected: type[StoreError]
) -> None:
    real = os.open

    def refuse(path: str, *arguments: Any, **named_arguments: Any) -> int:
        if str(path).endswith(".lock"):
            raise OSError(number, os.strerror(number), path)
        return real(path, *arguments, **named_arguments)

    monkeypatch.setattr(f"{connections.__name__}.os.open", refuse)
    with pytest.raises(expected) as raised:
        store.apply(SECOND)
    assert raised.value.fix
    monkeypatch.undo()
    require_untouched(store)
    assert store.apply(SECOND).opened == 400


class Refusing(sqlite3.Connection):
    """A connection that fails at the n-th statement with an error of the driver."""

    left = 1_000_000
    code = sqlite3.SQLITE_IOERR_WRITE

    def _count(self) -> None:
        type(self).left -= 1
        if type(self).left == 0:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = type(self).code
            raise error

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        self._count()
        return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:
        self._count()
        return super().executemany(*arguments)


@pytest.mark.parametrize("statement", range(1, 30))
def test_a_write_that_fails_at_any_statement_leaves_the_old_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: int
) -> None:
    real = sqlite3.connect
    monkeypatch.setattr(
        f"{connections.__name__}.sqlite3.connect",
        lambda *given, **named: real(*given, **{"factory": Refusing, **named}),
    )
    Refusing.left = 1_000_000
    store = create(f"sqlite:///{tmp_path}/store.db", vocabulary=VOCABULARY)
    store.apply(FIRST)
    before = content_hash(store, history=True)
    Refusing.left = statement
    applied = outcome(store, SECOND)
    Refusing.left = 1_000_000
    if isinstance(applied, str):
        assert applied == "STORE"
        assert content_hash(store, history=True) == before
        assert store.apply(SECOND).opened == 400
    else:
        assert statement > 20
    store.close()


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC])
def test_the_reason_behind_an_io_error_is_found(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """The driver reports only that writing failed; the file system has the reason."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE

    def refuse(path: Path, *_: object) -> object:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises((StoreReadOnlyError, StoreFullError)) as raised, translated(store.path):
        raise error
    assert raised.value.__cause__ is error
    assert raised.value.fix


CODES: list[tuple[int, type[StoreError]]] = [
    (sqlite3.SQLITE_BUSY, StoreLockedError),
    (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreLockedError),
    (sqlite3.SQLITE_LOCKED, StoreLockedError),
    (sqlite3.SQLITE_READONLY, StoreReadOnlyError),
    (sqlite3.SQLITE_READONLY_DBMOVED, StoreReadOnlyError),
    (sqlite3.SQLITE_FULL, StoreFullError),
    (sqlite3.SQLITE_CORRUPT, StoreCorruptError),
    (sqlite3.SQLITE_CORRUPT_INDEX, StoreCorruptError),
    (sqlite3.SQLITE_NOTADB, StoreCorruptError),
    (sqlite3.SQLITE_ERROR, StoreCorruptError),
    (sqlite3.SQLITE_NOMEM, StoreError),
    (sqlite3.SQLITE_IOERR_FSYNC, StoreError),
    (sqlite3.SQLITE_CANTOPEN, StoreError),
]


@pytest.mark.parametrize(("code", "expected"), CODES)
def test_each_code_has_one_error(store: SqliteStore, code: int, expected: type[StoreError]) -> None:
    error = sqlite3.OperationalError("from the driver")
    error.sqlite_errorcode = code
    with pytest.raises(StoreError) as raised, translated(store.path):
        raise error
    assert type(raised.value) is expected
    assert raised.value.fix
    assert raised.value.__cause__ is error


@pytest.mark.parametrize("content", [b"supplier,customer\n" * 400, b"x", b"\0" * 8192, os.urandom(4096)])
def test_a_file_that_is_no_store(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(content)
    for function in (connect, create):
        with pytest.raises(TierscopeError) as raised:
            function(f"sqlite:///{path}", vocabulary=VOCABULARY)
        assert raised.value.fix
        assert str(path) in str(raised.value)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE theirs (a)")
    db.commit()
    db.close()
    before = path.read_bytes()
    for function in (connect, create):
        with pytest.raises(StoreError, match="another program"):
            function(f"sqlite:///{path}", vocabulary=VOCABULARY)
    assert path.read_bytes() == before


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    for function in (connect, create):
        with pytest.raises(TierscopeError) as raised:
            function(f"sqlite:///{tmp_path}", vocabulary=VOCABULARY)
        assert raised.value.fix


def test_a_dropped_table_is_damage(store: SqliteStore) -> None:
    db = sqlite3.connect(store.path)
    db.execute("DROP TABLE word")
    db.commit()
    db.close()
    with pytest.raises(StoreCorruptError) as raised:
        list(store.rows())
    assert raised.value.fix


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE claim SET value = '{not json'",
        "UPDATE claim SET qualifiers = '[]'",
        "UPDATE claim SET qualifiers = 'x'",
        "UPDATE claim SET id = CAST(x'FF' AS TEXT)",
    ],
)
def test_what_cannot_be_read_back_is_damage(store: SqliteStore, damage: str) -> None:
    db = sqlite3.connect(store.path)
    db.execute(damage)
    db.commit()
    db.close()
    questions: list[Callable[[], object]] = [
        lambda: store.claims(ClaimQuery()),
        lambda: list(store.rows()),
        lambda: content_hash(store),
    ]
    for question in questions:
        with pytest.raises(StoreCorruptError) as raised:
            question()
        assert raised.value.fix


def test_other_errors_of_the_system_are_reported(tmp_path: Path) -> None:
    error = of_system(OSError(errno.EMFILE, os.strerror(errno.EMFILE)), tmp_path)
    assert type(error) is StoreError
    assert os.strerror(errno.EMFILE) in str(error)
    assert builtins.str(tmp_path) in str(error)
