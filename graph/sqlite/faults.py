"""Translates errors of the SQLite driver and the file system into the product's errors."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ontology.errors import (
    StoreCorruptError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    StoreReadOnlyError,
    StoreUnavailableError,
)

_PRIMARY = 0xFF  # mask of the primary result code within an extended one
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Translate errors within the block into a `StoreError` that names the file and a fix."""
    try:
        yield
    except sqlite3.Error as error:
        raise _of_driver(error, path) from error
    except OSError as error:
        raise of_system(error, path) from error


def of_system(error: OSError, path: Path) -> StoreError:
    """The `StoreError` for an error of the file system."""
    if error.errno in _FULL:
        return _full(path)
    if error.errno in _READ_ONLY:
        return _read_only(path)
    message = f"the store {path} cannot be used: {error.strerror}"
    return StoreError(message, fix="check the file and its folder", path=str(path))


def corrupt(path: Path, why: str) -> StoreCorruptError:
    """The error for a damaged file; `why` completes "the store is damaged: …"."""
    message = f"the store {path} is damaged: {why}"
    return StoreCorruptError(message, fix="restore a backup, or load the sources into a new store", path=str(path))


def locked(path: Path, holder: str) -> StoreLockedError:
    """The error for a store that another process writes to; `holder` is its process id, or "" where unknown."""
    by = f"process {holder}" if holder else "another process"
    message = f"{by} is writing to the store {path}"
    return StoreLockedError(message, fix="wait until it has ended, then try again", path=str(path), holder=holder)


def _of_driver(error: sqlite3.Error, path: Path) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if _is_damage(error, code):
        return corrupt(path, str(error))
    translate = _PLAIN.get(code)
    if translate is not None:
        return translate(path)
    if code in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}:
        return _of_io(error, path)
    message = f"the store {path} refused: {error}"
    return StoreError(message, fix="run `tierscope doctor`", path=str(path), reason=type(error).__name__)


def _is_damage(error: sqlite3.Error, code: int) -> bool:
    """Whether an error means a damaged file: our SQL is fixed, so an invalid statement means unexpected tables."""
    if isinstance(error, sqlite3.IntegrityError):
        return True
    return isinstance(error, sqlite3.OperationalError) and code in {0, sqlite3.SQLITE_ERROR}


def _of_io(error: sqlite3.Error, path: Path) -> StoreError:
    """The error of the system, which the driver hides: opening the file for writing reveals it."""
    try:
        with path.open("r+b"):
            pass
    except OSError as reason:
        return of_system(reason, path)
    message = f"the store {path} cannot be read or written: {error}"
    return StoreError(message, fix="check the disk and the folder of the file", path=str(path))


def _read_only(path: Path) -> StoreReadOnlyError:
    message = f"the store {path} cannot be written: the file or its folder is read-only"
    return StoreReadOnlyError(message, fix="make the folder writable, or choose another store", path=str(path))


def _full(path: Path) -> StoreFullError:
    message = f"no space is left on the disk of the store {path}; nothing was written"
    return StoreFullError(message, fix="free some space, then repeat the command", path=str(path))


def _too_slow(path: Path) -> StoreUnavailableError:
    message = f"the store {path} did not answer in time"
    return StoreUnavailableError(message, fix="request less, or raise the query timeout", path=str(path))


_PLAIN: dict[int, Callable[[Path], StoreError]] = {
    sqlite3.SQLITE_BUSY: lambda path: locked(path, ""),
    sqlite3.SQLITE_LOCKED: lambda path: locked(path, ""),
    sqlite3.SQLITE_READONLY: _read_only,
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_INTERRUPT: _too_slow,
    sqlite3.SQLITE_NOTADB: lambda path: corrupt(path, "it is not an SQLite file"),
    sqlite3.SQLITE_CORRUPT: lambda path: corrupt(path, "its pages are broken"),
}
