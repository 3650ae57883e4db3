"""One row of a source file as a reader gives it, and how evidence quotes it: bytes, hash and place."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from json.encoder import encode_basestring
from typing import Any

from ontology.canonical import canonical

QUOTE_LIMIT = 4096  # bytes of a row or a group of rows that evidence repeats as text

Cell = Any  # what stands in a cell: text, number, truth value, None, or JSON in formats that nest


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row, a section or a document: the content of one place of a source file.

    Attributes:
        number: Its ordinal in the file, from 1; a header counts, so a spreadsheet shows the same number.
        cells: Column name to what stands there; text is as it stands in the file, neither trimmed nor read as null.
        raw: The exact bytes that evidence quotes, without the line's end.
        locator: Where it stands besides its number: `{"sheet": "a-z"}`, `{"member": "x.txt", "characters": [0, 9]}`.
            With `characters` or `member` in it the row's number is left out of evidence.
        fault: Why the row cannot be used though the file can (too few cells, say); "" where it can. Such a row is
            quarantined; what makes the whole file unusable is raised instead.
    """

    number: int
    cells: dict[str, Cell]
    raw: bytes
    locator: Mapping[str, Cell] = field(default_factory=dict)
    fault: str = ""


def locator_of(file: str, row: RawRow) -> str:
    """The locator of one row as evidence keeps it: canonical JSON text."""
    if not row.locator:
        return locator_of_rows(file, str(row.number))
    body: dict[str, Cell] = {"file": file, **row.locator}
    if not {"characters", "member", "rows"} & row.locator.keys():
        body["rows"] = str(row.number)
    return canonical(body).decode()


def locator_of_rows(file: str, ranges: str, sheet: str = "") -> str:
    """The locator of several rows: `ranges` is like `12-15,19`."""
    beyond = f',"sheet":{encode_basestring(sheet)}' if sheet else ""
    return f'{{"file":{encode_basestring(file)},"rows":"{ranges}"{beyond}}}'


@dataclass(frozen=True, slots=True)
class Quote:
    """The rows that an entry was made from.

    Attributes:
        file: Name of the file in the source's declaration.
        rows: Their numbers.
        locator: Canonical JSON text of where they stand.
        sha256: SHA-256 of the raw rows joined by line feeds.
        raw: These bytes, or none where they are more than `QUOTE_LIMIT`.
    """

    file: str
    rows: Sequence[int]
    locator: str
    sha256: str
    raw: bytes

    @property
    def text(self) -> str:
        """`raw` as text where UTF-8 keeps its bytes, else "": the text of a quote must hash to the quote's hash."""
        try:
            return self.raw.decode()
        except UnicodeDecodeError:
            return ""


def quote_of(file: str, path: str, row: RawRow) -> Quote:
    """The quote of one row of the file `file`, whose path in the source is `path`."""
    kept = row.raw if len(row.raw) <= QUOTE_LIMIT else b""
    return Quote(file, (row.number,), locator_of(path, row), hashlib.sha256(row.raw).hexdigest(), kept)


def ranges(numbers: Sequence[int]) -> str:
    """Ascending row numbers as text: `12-15,19`."""
    if len(numbers) == 1:
        return str(numbers[0])
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def rows_in(text: str) -> list[int]:
    """The row numbers in ranges such as `12-15,19`: the inverse of `ranges`."""
    if text.isdecimal():
        return [int(text)]
    found: list[int] = []
    for span in text.split(","):
        first, _, last = span.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


class GroupQuote:
    """Collects the quote of a group of rows, in the order of the file; memory per row is bounded."""

    __slots__ = ("_hash", "_kept", "_size", "rows", "sheet")

    def __init__(self, sheet: str) -> None:
        self.rows: list[int] = []
        self.sheet = sheet
        self._hash = hashlib.sha256()
        self._kept: list[bytes] = []
        self._size = 0

    def add(self, row: RawRow) -> None:
        """Add the next row."""
        if self.rows:
            self._hash.update(b"\n")
        self._hash.update(row.raw)
        self.rows.append(row.number)
        self._size += len(row.raw) + 1
        if self._size <= QUOTE_LIMIT + 1:
            self._kept.append(row.raw)

    @property
    def sha256(self) -> str:
        """SHA-256 of the rows so far, joined by line feeds."""
        return self._hash.hexdigest()

    def close(self, file: str, path: str) -> Quote:
        """The quote of all rows."""
        raw = b"\n".join(self._kept) if self._size <= QUOTE_LIMIT + 1 else b""
        locator = locator_of_rows(path, ranges(self.rows), self.sheet)
        return Quote(file, self.rows, locator, self.sha256, raw)
