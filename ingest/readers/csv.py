"""Comma-separated text, plain or compressed, with the exact bytes of each row (also of one that spans lines)."""

import codecs
import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import BaseModel, ConfigDict

from ingest.readers.opening import LINE_LIMIT, faults_of, lines, open_source
from ingest.readers.options import check_options
from ingest.readers.row import RawRow
from ontology.errors import MappingError, SourceFileError

_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG")
_END_OF_FILE = b"\x1a"  # DOS programs end a text with it, OFAC's files among them


class CsvOptions(BaseModel):
    """Options of a CSV file.

    Attributes:
        encoding: As Python names it; `utf-8-sig` takes away a byte-order mark. It must keep ASCII bytes as they are.
        delimiter: One character. quote: one character.
        header: Whether the first row names the columns; else `columns` does.
        columns: Without a header their names, in order; with a header those that must be there.
        record_limit: Greatest number of bytes of one row.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    header: bool = True
    columns: tuple[str, ...] = ()
    record_limit: int = LINE_LIMIT


def read(path: Path, options: Mapping[str, Any]) -> Iterator[RawRow]:
    """The rows of a CSV file, empty lines left out; `options` are those of `CsvOptions`.

    Raises:
        SourceFileError: The file is missing, broken, misencoded or not text, or a row is too long.
        MappingError: An option is unknown, or a declared column or the declared encoding is not there.
    """
    known = check_options(CsvOptions, options)
    encoding = _plain_encoding(known.encoding)
    with faults_of(path), open_source(path) as file:
        _refuse_binary(file, path)
        yield from _Rows(file, path, known, encoding)


def _plain_encoding(name: str) -> str:
    try:
        keeps_ascii = "a,\n".encode(name).removeprefix(codecs.BOM_UTF8) == b"a,\n"
    except LookupError as error:
        raise MappingError(f"no encoding is called {name!r}", fix="use utf-8, utf-8-sig or cp1252") from error
    if not keeps_ascii:
        raise MappingError(f"{name} files cannot be read by row", fix="save the file as UTF-8")
    return "utf-8" if codecs.lookup(name).name == "utf-8-sig" else name


def _refuse_binary(file: BinaryIO, path: Path) -> None:
    start: bytes = file.peek(512)[:512]  # type: ignore[attr-defined]  # a BufferedReader has it
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceFileError(f"{path} is in the encoding UTF-16", fix="save it as UTF-8", path=str(path))
    if start.startswith(_NOT_TEXT) or b"\x00" in start:
        raise SourceFileError(f"{path} is not a CSV file", fix="check that it is the declared file", path=str(path))


class _Rows:
    """Feeds lines to `csv.reader` and keeps the bytes that it consumed for the current row."""

    def __init__(self, file: BinaryIO, path: Path, options: CsvOptions, encoding: str) -> None:
        self._file, self._path, self._options, self._encoding = file, path, options, encoding
        self._taken: list[bytes] = []
        self._size = 0

    def __iter__(self) -> Iterator[RawRow]:
        csv.field_size_limit(max(csv.field_size_limit(), self._options.record_limit))
        reader = csv.reader(
            self._decoded(), delimiter=self._options.delimiter, quotechar=self._options.quote, strict=True
        )
        try:
            yield from self._rows(reader)
        except csv.Error as error:
            message = f"{self._path} is broken at line {reader.line_num}: {error}"
            raise SourceFileError(message, fix="mend the quoting of that line", line=reader.line_num) from error

    def _rows(self, reader: Iterator[list[str]]) -> Iterator[RawRow]:
        columns: list[str] | None = None if self._options.header else list(self._options.columns)
        for number, cells in enumerate(reader, 1):
            raw = self._raw()
            if not cells or raw == _END_OF_FILE:
                continue
            if columns is None:
                columns = self._header(cells)
                continue
            if len(cells) == len(columns):
                yield RawRow(number, dict(zip(columns, cells, strict=True)), raw)
            else:
                fault = f"the row has {len(cells)} cells, not {len(columns)}"
                yield RawRow(number, {}, raw, fault=fault)

    def _decoded(self) -> Iterator[str]:
        limit, encoding, taken = self._options.record_limit, self._encoding, self._taken
        for number, line in enumerate(lines(self._file, self._path, limit=limit), 1):
            text = line.removeprefix(codecs.BOM_UTF8) if number == 1 and self._options.encoding != encoding else line
            taken.append(text)
            self._size += len(text)
            if self._size > limit:
                message = f"the row that ends in line {number} of {self._path} is longer than {limit:,} bytes"
                raise SourceFileError(message, fix="a quote was left open, or this is another file", line=number)
            yield text.decode(encoding)

    def _raw(self) -> bytes:
        raw = self._taken[0] if len(self._taken) == 1 else b"".join(self._taken)
        self._taken.clear()
        self._size = 0
        return raw.rstrip(b"\r\n")

    def _header(self, cells: list[str]) -> list[str]:
        columns = [cell.strip() for cell in cells]
        missing = [name for name in self._options.columns if name not in columns]
        if missing:
            message = f"{self._path} has no column {missing[0]!r}; it has {', '.join(columns)}"
            raise MappingError(message, fix="check that it is the declared file", column=missing[0])
        if len(set(columns)) < len(columns):
            twice = next(name for name in columns if columns.count(name) > 1)
            raise SourceFileError(f"{self._path} has two columns {twice!r}", fix="rename one of them")
        return columns
