"""Arrays in files: a folder with a header and a file of columns, written atomically and checked when opened.

`header.json` names the format, the stamp, and for each column its type, shape, place and SHA-256; its first line is the
SHA-256 of the rest. `columns.bin` holds the columns at multiples of 64 bytes; the gaps are zero. Opening checks the
header's SHA-256, the file's length and the CRC-32 of each block of a mebibyte, which detects any altered byte and any
altered run of 32 bits. `check` compares SHA-256 too: it detects deliberate changes, at three times the cost.
"""

import hashlib
import json
import mmap
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ontology.errors import StoreCorruptError
from ontology.records import At
from reasoning.arrays.columns.arrays import LAYOUT, Arrays, Stamp

FORMAT = 1
HEADER, COLUMNS = "header.json", "columns.bin"
_BLOCK = 1 << 20
_ALIGNED = 64
_FIX = "remove the folder; it is built again from the store"

Array = npt.NDArray[Any]


def save(arrays: Arrays, folder: Path) -> None:
    """Write arrays as a new folder, which appears whole or not at all. An existing folder is kept.

    Raises:
        OSError: The place cannot be written, or is full.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder.parent))
    try:
        _write(arrays, draft)
        _rename(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def open_arrays(folder: Path) -> Arrays:
    """The arrays of a folder, memory-mapped: after the check, only what is used is read.

    Raises:
        StoreCorruptError: It is not what was saved: damaged, cut off, of another format, or not there.
    """
    header = _header(folder)
    try:
        with (folder / COLUMNS).open("rb") as file:
            if os.fstat(file.fileno()).st_size != header["bytes"]:
                raise _damaged(folder, "the columns are not as long as they were")
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) if header["bytes"] else b""
    except OSError as error:
        raise _damaged(folder, str(error)) from error
    if header["crc32"] != [zlib.crc32(block) for block in _blocks(content)]:
        raise _damaged(folder, "the columns are not what they were")
    columns = {name: _column(content, header["columns"][name]) for name in LAYOUT}
    return Arrays(_stamp(header["stamp"]), columns)


def check(folder: Path) -> None:
    """Compare the SHA-256 of each column with what was saved, after all that opening compares.

    Raises:
        StoreCorruptError: As `open_arrays` does.
    """
    arrays, header = open_arrays(folder), _header(folder)
    for name, column in arrays.columns.items():
        if _sha256(column) != header["columns"][name]["sha256"]:
            raise _damaged(folder, f"the column {name} is not what it was")


def digest(arrays: Arrays) -> str:
    """SHA-256 over all columns: equal arrays have equal digests, however they were made."""
    whole = hashlib.sha256()
    for name, column in arrays.columns.items():
        whole.update(f"{name} {column.dtype.str} {column.shape} {_sha256(column)}\n".encode())
    whole.update("\n".join(arrays.stamp.units).encode())
    return whole.hexdigest()


def _write(arrays: Arrays, folder: Path) -> None:
    places: dict[str, Mapping[str, object]] = {}
    at, crcs = 0, _Checks()
    with (folder / COLUMNS).open("wb") as file:
        for name, kind in LAYOUT.items():
            column = np.ascontiguousarray(arrays.columns[name], dtype=kind)
            gap = bytes(-at % _ALIGNED)
            data = column.reshape(-1).view(np.uint8).data
            for piece in (gap, data):
                file.write(piece)
                crcs.add(piece)
            at += len(gap)
            places[name] = {"dtype": kind, "shape": column.shape, "at": at, "sha256": _sha256(column)}
            at += len(data)
        _settle(file.fileno(), file.flush)
    stamp = asdict(arrays.stamp)
    head = {"format": FORMAT, "stamp": stamp, "bytes": at, "columns": places, "crc32": crcs.end()}
    text = json.dumps(head, sort_keys=True)
    with (folder / HEADER).open("w", encoding="ascii") as file:
        file.write(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}")
        _settle(file.fileno(), file.flush)
    _settle_folder(folder)


def _rename(draft: Path, folder: Path) -> None:
    """Move the draft to its place, unless another process was faster."""
    try:
        draft.rename(folder)
    except OSError:
        if not (folder / HEADER).exists():
            raise
        return
    _settle_folder(folder.parent)


def _settle(handle: int, flush: Any) -> None:  # noqa: ANN401 - a bound method of any file
    flush()
    os.fsync(handle)


def _settle_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Checks:
    """The CRC-32 of each block of what is added."""

    def __init__(self) -> None:
        self._found: list[int] = []
        self._crc, self._room = 0, _BLOCK

    def add(self, piece: bytes | memoryview) -> None:
        """Take in some bytes."""
        while len(piece) >= self._room:
            self._found.append(zlib.crc32(piece[: self._room], self._crc))
            piece = piece[self._room :]
            self._crc, self._room = 0, _BLOCK
        self._crc = zlib.crc32(piece, self._crc)
        self._room -= len(piece)

    def end(self) -> list[int]:
        """All of them."""
        return self._found if self._room == _BLOCK else [*self._found, self._crc]


def _blocks(content: memoryview | bytes) -> Iterator[memoryview | bytes]:
    ends = [*range(0, len(content), _BLOCK), len(content)]
    return (content[first:end] for first, end in pairwise(ends) if end > first)


def _header(folder: Path) -> dict[str, Any]:
    try:
        found, _, text = (folder / HEADER).read_bytes().partition(b"\n")
    except OSError as error:
        raise _damaged(folder, str(error)) from error
    if hashlib.sha256(text).hexdigest().encode() != found:
        raise _damaged(folder, "the header is not what it was")
    header: dict[str, Any] = json.loads(text)
    if header["format"] != FORMAT:
        raise _damaged(folder, f"it has format {header['format']}, not {FORMAT}")
    return header


def _column(content: memoryview | bytes, stored: Mapping[str, Any]) -> Array:
    count = int(np.prod(stored["shape"], dtype=np.int64))
    if not count:
        return np.empty(stored["shape"], dtype=stored["dtype"])
    return np.frombuffer(content, dtype=stored["dtype"], count=count, offset=stored["at"]).reshape(stored["shape"])


def _stamp(stored: Mapping[str, Any]) -> Stamp:
    return Stamp(stored["store"], stored["revision"], stored["recorded_at"], At(**stored["at"]), tuple(stored["units"]))


def _sha256(column: Array) -> str:
    return hashlib.sha256(np.ascontiguousarray(column).reshape(-1).view(np.uint8).data).hexdigest()


def _damaged(folder: Path, why: str) -> StoreCorruptError:
    return StoreCorruptError(f"the snapshot in {folder} cannot be used: {why}", fix=_FIX)
