"""What the driver and the file system raise, translated once into the product's own errors."""

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

_PRIMARY = 0xFF  # extended result codes keep the primary one in their low byte
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise what the driver or the file system raises within as a `StoreError` that names the file and the way out."""
    try:
        yield
    except sqlite3.Error as error:
        raise _of_driver(error, path) from error
    except OSError as error:
        raise of_system(error, path) from error


def of_system(error: OSError, path: Path) -> StoreError:
    """The store's error for one of the file system."""
    if error.errno in _FULL:
        return _full(path)
    if error.errno in _READ_ONLY:
        return _read_only(path)
    message = f"the store {path} cannot be used: {error.strerror}"
    return StoreError(message, fix="check the file and the folder that it lies in", path=str(path))


def corrupt(path: Path, why: str) -> StoreCorruptError:
    """The error for a file whose content contradicts itself."""
    message = f"the store {path} is damaged: {why}"
    return StoreCorruptError(message, fix="restore a backup, or load the sources into a new store", path=str(path))


def locked(path: Path, holder: str) -> StoreLockedError:
    """The error for a store that another process writes to; `holder` is its process id, or "" where unknown."""
    by = f"process {holder}" if holder else "another process"
    message = f"the store {path} is being written by {by}"
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
    """Our questions are fixed, so what they do not fit is the file."""
    if isinstance(error, sqlite3.IntegrityError):
        return True
    return isinstance(error, sqlite3.OperationalError) and code in {0, sqlite3.SQLITE_ERROR}


def _of_io(error: sqlite3.Error, path: Path) -> StoreError:
    """The driver hides the system's reason; opening the file for writing brings it to light."""
    try:
        with path.open("r+b"):
            pass
    except OSError as reason:
        return of_system(reason, path)
    message = f"the store {path} cannot be read or written: {error}"
    return StoreError(message, fix="check the disk and the folder that the file lies in", path=str(path))


def _read_only(path: Path) -> StoreReadOnlyError:
    message = f"the store {path} cannot be written: the file or its folder is read-only"
    return StoreReadOnlyError(message, fix="make the folder writable, or choose another store", path=str(path))


def _full(path: Path) -> StoreFullError:
    message = f"no space is left where the store {path} lies; nothing was written"
    return StoreFullError(message, fix="free some space, then run the same again", path=str(path))


def _too_slow(path: Path) -> StoreUnavailableError:
    message = f"the store {path} did not answer in time"
    return StoreUnavailableError(message, fix="ask for less, or raise the query timeout", path=str(path))


_PLAIN: dict[int, Callable[[Path], StoreError]] = {
    sqlite3.SQLITE_BUSY: lambda path: locked(path, ""),
    sqlite3.SQLITE_LOCKED: lambda path: locked(path, ""),
    sqlite3.SQLITE_READONLY: _read_only,
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_INTERRUPT: _too_slow,
    sqlite3.SQLITE_NOTADB: lambda path: corrupt(path, "it is not an SQLite file"),
    sqlite3.SQLITE_CORRUPT: lambda path: corrupt(path, "its pages are broken"),
}
