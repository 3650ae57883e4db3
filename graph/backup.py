"""Backups: a dump of a store as JSON lines, from which any store can be filled."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.lines import from_lines, to_line
from graph.port import GraphReader, GraphWriter
from ontology.errors import InputError, SourceFileError, StoreFullError, TierscopeError


def dump(store: GraphReader, target: Path, *, history: bool = True) -> None:
    """Write the rows of a store as JSON lines to a new file, which appears only when it is complete.

    Args:
        store: The store to dump.
        target: Path of the new file.
        history: Whether closed versions, ledger, change feed and vectors are included.

    Raises:
        InputError: The file exists, or its folder cannot be written.
        StoreFullError: No space is left.
        StoreCorruptError: The stored data contradict themselves.
    """
    with _appearing(target) as part, part.open("wb") as lines:
        for row in store.rows(history=history):
            lines.write(to_line(row))
        lines.flush()
        os.fsync(lines.fileno())


def load_dump(store: GraphWriter, path: Path) -> None:
    """Fill an empty store from a dump with history.

    Args:
        store: The empty store.
        path: The dump.

    Raises:
        SourceFileError: The file cannot be read, or is not a dump.
        StoreError: The store is not empty.
    """
    try:
        with path.open("rb") as lines:
            store.restore(from_lines(lines))
    except OSError as error:
        message = f"the dump {path} cannot be read: {error.strerror}"
        raise SourceFileError(message, fix="check the path and its permissions", path=str(path)) from error


@contextmanager
def _appearing(target: Path) -> Iterator[Path]:
    """A temporary file, which is renamed to `target` when the block succeeds and deleted when it fails."""
    if target.exists():
        message = f"{target} exists already"
        raise InputError(message, fix="name a file that does not exist yet", path=str(target))
    part = target.with_name(f"{target.name}.part")
    try:
        yield part
        part.rename(target)
    except OSError as error:
        raise _refused(error, target) from error
    finally:
        part.unlink(missing_ok=True)


def _refused(error: OSError, target: Path) -> TierscopeError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        message = f"no space is left for {target}"
        return StoreFullError(message, fix="free some space, then repeat the command", path=str(target))
    message = f"{target} cannot be written: {error.strerror}"
    return InputError(message, fix="choose an existing, writable folder", path=str(target))
