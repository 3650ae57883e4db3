"""Backups: a dump of any store as JSON lines, which any store is filled from."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.lines import from_lines, to_line
from graph.port import GraphReader, GraphWriter
from ontology.errors import InputError, SourceFileError, StoreFullError, TierscopeError


def dump(store: GraphReader, target: Path, *, history: bool = True) -> None:
    """Write the rows of `store` as JSON lines to the new file `target`, which is whole or not there at all."""
    with _appearing(target) as part, part.open("wb") as lines:
        for row in store.rows(history=history):
            lines.write(to_line(row))
        lines.flush()
        os.fsync(lines.fileno())


def load_dump(store: GraphWriter, path: Path) -> None:
    """Fill the empty `store` from a dump with history.

    Raises:
        SourceFileError: The file cannot be read, or is no dump.
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
    """A file to write that takes the name `target` when the block ends well, and vanishes when it does not."""
    if target.exists():
        message = f"{target} is there already"
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
        return StoreFullError(message, fix="free some space, then run the same again", path=str(target))
    message = f"{target} cannot be written: {error.strerror}"
    return InputError(message, fix="choose a folder that is there and writable", path=str(target))
