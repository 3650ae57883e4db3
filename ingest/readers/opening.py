"""Opening a source file: plain, .gz or .xz by its first bytes, every fault typed, memory bounded.

A reader works inside `faults_of(path)`: whatever the operating system or a decompressor raises there becomes a
`SourceFileError` that names the file.
"""

import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ontology.errors import SourceFileError

GZIP, XZ = b"\x1f\x8b", b"\xfd7zXZ\x00"
LINE_LIMIT = 16 * 2**20
SIZE_LIMIT = 8 * 2**30
RATIO_LIMIT = 1000
_FREE = 64 * 2**20  # so much may come out of any file, however small it is


@contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """Turn what reading `path` may raise into a `SourceFileError`."""
    try:
        yield
    except FileNotFoundError as error:
        raise SourceFileError(f"{path} is not there", fix="check the path", path=str(path)) from error
    except (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error) as error:
        message = f"{path} is a broken or truncated compressed file: {error}"
        raise SourceFileError(message, fix="fetch the file again", path=str(path)) from error
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        raise SourceFileError(message, fix="check that it is a file that you may read", path=str(path)) from error
    except UnicodeDecodeError as error:
        message = f"{path} is not in the declared encoding {error.encoding}: {error.reason}"
        raise SourceFileError(message, fix="declare the file's real encoding in `read:`", path=str(path)) from error


class _Inflated(io.RawIOBase):
    """The decompressed bytes of a file, refused when they grow beyond what honest compression gives."""

    def __init__(self, path: Path, inner: gzip.GzipFile | lzma.LZMAFile) -> None:
        self._path, self._inner = path, inner
        self._allowed = min(SIZE_LIMIT, max(_FREE, RATIO_LIMIT * path.stat().st_size))
        self._seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # a writable buffer, which typing cannot name before 3.12
        chunk = self._inner.read(len(view))
        view[: len(chunk)] = chunk
        self._seen += len(chunk)
        if self._seen > self._allowed:
            message = f"{self._path} inflates to more than {self._allowed:,} bytes"
            raise SourceFileError(message, fix="unpack it by hand and look at it first", path=str(self._path))
        return len(chunk)

    def close(self) -> None:
        self._inner.close()
        super().close()


def open_source(path: Path) -> BinaryIO:
    """The bytes of `path`, decompressed where it is gzip or xz. To be used inside `faults_of(path)`."""
    with path.open("rb") as file:
        magic = file.read(len(XZ))
    if magic.startswith(GZIP):
        return io.BufferedReader(_Inflated(path, gzip.open(path, "rb")), 2**18)
    if magic.startswith(XZ):
        return io.BufferedReader(_Inflated(path, lzma.open(path, "rb")), 2**18)
    return path.open("rb", buffering=2**18)


def lines(file: BinaryIO, path: Path, *, limit: int = LINE_LIMIT) -> Iterator[bytes]:
    """The lines of `file` with their ends, never holding more than `limit` bytes of one.

    Raises:
        SourceFileError: A line is longer than `limit`.
    """
    for number, line in enumerate(iter(lambda: file.readline(limit + 1), b""), 1):
        if len(line) > limit:
            message = f"line {number} of {path} is longer than {limit:,} bytes"
            raise SourceFileError(message, fix="this is not the declared file; check it", path=str(path), line=number)
        yield line
