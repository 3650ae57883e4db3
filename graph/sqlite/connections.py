"""Connections to the file: a pool of read-only connections, and one locked connection that writes."""

import fcntl
import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from graph.sqlite.faults import corrupt, locked, translated
from ontology.errors import StoreLockedError

_POLL = 0.02  # seconds between two attempts to take the lock
_CACHE = 32_768  # KiB of the writer's page cache: a batch touches every index
_READ_CACHE = 16_384  # KiB of each reader's page cache
_PAGE = 8_192  # bytes of a page: loads are a tenth faster than with the default of 4,096
_LOG_PAGES = 4_096  # pages of the log before a checkpoint: more than a large batch writes
_STEPS = 50_000  # virtual machine steps between two checks of the deadline


_Stamp = tuple[int, int, int]


class Readers:
    """A pool of read-only connections, one for each concurrent read; they never create a file.

    Without a `-wal` file there is no writer. The file is then opened as immutable, because SQLite would create a `-wal`
    file even to read. When a writer starts during such a read, the read fails at its end and does not mix two states.

    Args:
        path: The file.
        timeout: Seconds that a read may take.
    """

    def __init__(self, path: Path, timeout: float) -> None:
        self._path = path
        self._log = Path(f"{path}-wal")
        self._timeout = timeout
        self._idle: deque[tuple[sqlite3.Connection, _Stamp | None]] = deque()

    @contextmanager
    def reading(self, *, bounded: bool = True) -> Iterator[sqlite3.Connection]:
        """A connection in a read transaction, which sees one state of the store.

        Args:
            bounded: Whether the read must end within the timeout.

        Raises:
            StoreUnavailableError: The read took longer than the timeout.
            StoreLockedError: A writer changed the file during an immutable read; the read can be repeated.
        """
        with translated(self._path), _decoding(self._path):
            stamp = self._stamp()
            db = self._take(stamp)
            try:
                self._limit(db, bounded=bounded)
                db.execute("BEGIN")
                yield db
                db.execute("COMMIT")
            except BaseException:
                db.close()
                raise
            if stamp is not None and self._stamp() != stamp:
                db.close()
                raise _changed_while_read(self._path)
            self._idle.append((db, stamp))

    def close(self) -> None:
        """Close every idle connection."""
        while self._idle:
            self._idle.pop()[0].close()

    def _take(self, stamp: _Stamp | None) -> sqlite3.Connection:
        while self._idle:
            try:
                db, of = self._idle.pop()
            except IndexError:  # another thread took the last one
                break
            if of == stamp:
                return db
            db.close()
        return self._connect("ro" if stamp is None else "ro&immutable=1")

    def _connect(self, mode: str) -> sqlite3.Connection:
        db = _open(self._path, mode, self._timeout)
        db.execute("PRAGMA query_only = ON")
        db.execute(f"PRAGMA cache_size = -{_READ_CACHE}")
        return db

    def _limit(self, db: sqlite3.Connection, *, bounded: bool) -> None:
        if not bounded:
            db.set_progress_handler(None, 0)
            return
        deadline = time.monotonic() + self._timeout
        db.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)

    def _stamp(self) -> _Stamp | None:
        """A stamp that every write to the file changes; None while the file has a log."""
        if self._log.exists():
            return None
        found = self._path.stat()
        return (found.st_ino, found.st_size, found.st_mtime_ns)


class WriteConnection:
    """The one connection that writes. A lock file excludes other processes during a transaction.

    Args:
        path: The file.
        wait: Seconds to wait for another writer.
    """

    def __init__(self, path: Path, wait: float) -> None:
        self._path = path
        self._wait = wait
        self._threads = threading.Lock()
        self._db: sqlite3.Connection | None = None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a write transaction: committed when the block succeeds, rolled back when it fails.

        Raises:
            StoreLockedError: Another process or thread wrote for the whole wait.
        """
        if not self._threads.acquire(timeout=self._wait):
            raise locked(self._path, str(os.getpid()))
        try:
            with translated(self._path), write_lock(self._path, self._wait):
                yield from self._transaction()
        finally:
            self._threads.release()

    def _transaction(self) -> Iterator[sqlite3.Connection]:
        db = self._connection()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:  # SQLite itself rolls back when the disk is full
                db.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Write the log back into the file and close the connection."""
        with self._threads:
            if self._db is not None:
                with translated(self._path), write_lock(self._path, self._wait):
                    self._db.close()
                self._db = None

    def _connection(self) -> sqlite3.Connection:
        if self._db is None:
            db = _open(self._path, "rwc", self._wait)
            db.execute(f"PRAGMA page_size = {_PAGE}")
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA temp_store = MEMORY")
            db.execute(f"PRAGMA cache_size = -{_CACHE}")
            db.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
            self._db = db
        return self._db


@contextmanager
def write_lock(path: Path, wait: float) -> Iterator[None]:
    """Hold the lock file of a store, which contains the holder's process id.

    SQLite before 3.51.3 can lose a commit when two processes reset the log at once. With this lock only one writes.

    Args:
        path: The file of the store.
        wait: Seconds to wait for the lock.

    Raises:
        StoreLockedError: Another process held the lock for the whole wait.
    """
    handle = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _lock(handle, path, wait)
        os.truncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)  # releases the lock


def _lock(handle: int, path: Path, wait: float) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise locked(path, os.pread(handle, 20, 0).decode(errors="replace")) from None
            time.sleep(_POLL)
        else:
            return


@contextmanager
def _decoding(path: Path) -> Iterator[None]:
    """Report stored text that cannot be decoded as damage, because only this program writes the file."""
    try:
        yield
    except ValueError as error:
        raise corrupt(path, str(error)) from error


def _open(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)


def _changed_while_read(path: Path) -> StoreLockedError:
    message = f"the store {path} was written while it was read"
    return StoreLockedError(message, fix="repeat the request", path=str(path))
