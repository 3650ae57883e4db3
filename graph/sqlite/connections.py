"""Connections to the file: read-only ones from a pool, and one that writes, under a lock."""

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

_POLL = 0.02  # seconds between two tries for the lock
_CACHE = 32_768  # KiB of pages that the writer keeps: a batch touches every index
_READ_CACHE = 16_384  # KiB of pages that each reader keeps
_PAGE = 8_192  # bytes: a tenth faster to load into than the usual 4,096
_LOG_PAGES = 4_096  # before the log is folded into the file: more than a large batch writes
_STEPS = 50_000  # virtual machine steps between two looks at the clock


_Stamp = tuple[int, int, int]


class Readers:
    """Read-only connections, one for each read that goes on at a time; they never make a file.

    Without a `-wal` file nobody writes, and the file is read as it lies (SQLite would make a `-wal` even to read). A
    writer that comes while such a read goes on is noticed at its end: the read fails, rather than mixing two states.
    """

    def __init__(self, path: Path, timeout: float) -> None:
        self._path = path
        self._log = Path(f"{path}-wal")
        self._timeout = timeout
        self._idle: deque[tuple[sqlite3.Connection, _Stamp | None]] = deque()

    @contextmanager
    def reading(self, *, bounded: bool = True) -> Iterator[sqlite3.Connection]:
        """A connection in a read transaction: everything that is read within is of one moment.

        Raises:
            StoreUnavailableError: It took longer than the query timeout (where `bounded`).
            StoreLockedError: A writer came to a file that nobody wrote when the read began; reading again will do.
        """
        with translated(self._path), _legible(self._path):
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
                raise _written_meanwhile(self._path)
            self._idle.append((db, stamp))

    def close(self) -> None:
        """Close every connection that is not in use."""
        while self._idle:
            self._idle.pop()[0].close()

    def _take(self, stamp: _Stamp | None) -> sqlite3.Connection:
        while self._idle:
            try:
                db, of = self._idle.pop()
            except IndexError:  # another thread was faster
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
        """What tells the file from itself after a write, while it has no log; None while it has one."""
        if self._log.exists():
            return None
        found = self._path.stat()
        return (found.st_ino, found.st_size, found.st_mtime_ns)


class WriteConnection:
    """The one connection that writes. A lock file keeps other processes out while a transaction lasts."""

    def __init__(self, path: Path, wait: float) -> None:
        self._path = path
        self._wait = wait
        self._threads = threading.Lock()
        self._db: sqlite3.Connection | None = None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction that ends with the block: kept where it ends well, else undone.

        Raises:
            StoreLockedError: Another process or thread writes, and did not end within the wait.
        """
        if not self._threads.acquire(timeout=self._wait):
            raise locked(self._path, str(os.getpid()))
        try:
            with translated(self._path), held(self._path, self._wait):
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
            if db.in_transaction:  # a full disk has already rolled back
                db.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Fold the log into the file and close the connection."""
        with self._threads:
            if self._db is not None:
                with translated(self._path), held(self._path, self._wait):
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
def held(path: Path, wait: float) -> Iterator[None]:
    """Hold the lock file of the store at `path`, which tells the holder's process id.

    SQLite before 3.51.3 can lose a commit when two processes reset the log at once; under this lock only one writes.

    Raises:
        StoreLockedError: Another process held it for the whole `wait` (seconds).
    """
    handle = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _lock(handle, path, wait)
        os.truncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)  # lets go of the lock


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
def _legible(path: Path) -> Iterator[None]:
    """What is stored was written by us, so what cannot be read back is damage."""
    try:
        yield
    except ValueError as error:
        raise corrupt(path, str(error)) from error


def _open(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)


def _written_meanwhile(path: Path) -> StoreLockedError:
    message = f"the store {path} was written while it was read"
    return StoreLockedError(message, fix="read again", path=str(path))
