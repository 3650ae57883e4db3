"""Staging: checked entries wait on disk until the whole source has been checked, so that a broken file writes nothing.

Memory stays bounded, and a full or read-only disk is a typed error before anything was written.
"""

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import orjson

from ingest.claims.entries import StagedEntry
from ontology.errors import SourceFileError, StoreFullError, StoreReadOnlyError, TierscopeError

_CHUNK = 512 * 1024


class StagingFile:
    """Staged entries as lines of JSON in a temporary file, which is deleted when this is closed."""

    def __init__(self, folder: Path | None = None) -> None:
        with _disk_faults():
            self._file: IO[bytes] = tempfile.TemporaryFile(  # noqa: SIM115 - closed in `__exit__`
                prefix="tierscope-", dir=folder, buffering=_CHUNK
            )
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._file.close()

    def put(self, entry: StagedEntry) -> None:
        """Add an entry."""
        try:
            self._file.write(orjson.dumps([*entry], option=orjson.OPT_APPEND_NEWLINE))
        except OSError as error:
            raise _disk_error(error) from error
        self.count += 1

    def __iter__(self) -> Iterator[StagedEntry]:
        with _disk_faults():
            self._file.flush()
            self._file.seek(0)
        try:
            for line in self._file:
                yield StagedEntry(*orjson.loads(line))
        except OSError as error:
            raise _disk_error(error) from error


@contextmanager
def _disk_faults() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _disk_error(error) from error


def _disk_error(error: OSError) -> TierscopeError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFullError("no space is left for the temporary file", fix="free space there, or set TMPDIR")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT):
        return StoreReadOnlyError("no temporary file can be written", fix="set TMPDIR to a folder that is writable")
    return SourceFileError(
        f"the temporary file failed: {error.strerror or error}", fix="check the disk, then load again"
    )
