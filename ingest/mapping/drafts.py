"""Drafts: what a mapping made of a row or a group of rows, before validation; and where its rows stand."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.readers.row import Cell, RawRow, place, place_of_rows
from ontology.canonical import canonical
from ontology.errors import InvalidRecordError

QUOTE_LIMIT = 4096  # bytes of a row or a group of rows that evidence repeats as text

Record = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Quote:
    """The rows that an entry was made from.

    Attributes:
        file: Name of the file in the contract.
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


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a row that a record names by its `locator`: where it stands in the file, its hash and its text."""

    locator: str
    sha256: str
    quote: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A ledger entry before validation.

    Attributes:
        record: Its key within the source.
        digest: SHA-256 of what it was made from: the raw rows, and what lookups gave for them.
        quote: Its rows.
        records: What the mapping made of them.
        fault: Why nothing was made of them; None where something was.
        cells: The row as read, where a fault may be tried again without the file.
        parts: What its records name within the row, by their `locator`.
    """

    record: str
    digest: str
    quote: Quote
    records: list[Record] = field(default_factory=list)
    fault: InvalidRecordError | None = None
    cells: Mapping[str, Cell] | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)


def quote_of(file: str, path: str, row: RawRow) -> Quote:
    """The quote of one row of the file `file`, whose path in the source is `path`."""
    kept = row.raw if len(row.raw) <= QUOTE_LIMIT else b""
    return Quote(file, (row.number,), place(path, row), hashlib.sha256(row.raw).hexdigest(), kept)


def parts_of(records: Iterable[Record], path: str, row: RawRow) -> dict[str, Part]:
    """The parts of a text row that records name by `locator`, `{"characters":[start,end]}`, counted in its characters.

    Raises:
        InvalidRecordError: A locator is no such place, or the row is no text.
    """
    named = {record["locator"] for record in records if "locator" in record}
    return {locator: _part(locator, path, row) for locator in named}


def _part(locator: str, path: str, row: RawRow) -> Part:
    try:
        start, end = json.loads(locator)["characters"]
        quote = row.raw.decode()[start:end]
    except (ValueError, TypeError, KeyError) as error:
        message = f"{locator} is no place within the row"
        raise InvalidRecordError(message, fix='write {"characters":[start,end]}', rule="locator") from error
    inner = RawRow(row.number, {}, quote.encode(), {**row.locator, "characters": [start, end]})
    kept = quote if len(inner.raw) <= QUOTE_LIMIT else ""
    return Part(place(path, inner), hashlib.sha256(inner.raw).hexdigest(), kept)


def content_digest(sha256: str, touched: Sequence[Cell]) -> str:
    """The digest of rows with this hash for which lookups gave `touched`."""
    if not touched:
        return sha256
    return hashlib.sha256(sha256.encode() + canonical(list(touched))).hexdigest()


def key_text(block: str, parts: Sequence[Cell], *, whole: bool = True) -> str:
    """The key of a record: `block:part|part`; where it need not be `whole`, null parts are empty texts.

    Raises:
        InvalidRecordError: A part is null; or all are, where it need not be whole.
    """
    if None in parts and (whole or all(part is None for part in parts)):
        message = "a part of the record's key is empty" if whole else "all that the row is grouped by is empty"
        raise InvalidRecordError(message, fix="fill in the key columns, or choose other columns", rule="key")
    return f"{block}:{'|'.join([_escaped(part) for part in parts])}"


def _escaped(part: Cell) -> str:
    text = "" if part is None else str(part)
    return text.replace("\\", "\\\\").replace("|", "\\|") if "|" in text or "\\" in text else text


def block_of(record: str) -> str:
    """The name of the block, or file, that a record key begins with."""
    return record.partition("#")[0].partition(":")[0]


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
    """The row numbers that ranges such as `12-15,19` say: the inverse of `ranges`."""
    if text.isdecimal():
        return [int(text)]
    found: list[int] = []
    for span in text.split(","):
        first, _, last = span.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


class GroupQuote:
    """Gathers the rows of one group, in the order of the file, in bounded memory a row."""

    __slots__ = ("_hash", "_kept", "_size", "rows", "sheet")

    def __init__(self, sheet: str) -> None:
        self.rows: list[int] = []
        self.sheet = sheet
        self._hash = hashlib.sha256()
        self._kept: list[bytes] = []
        self._size = 0

    def add(self, row: RawRow) -> None:
        """Take in the next row."""
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
        locator = place_of_rows(path, ranges(self.rows), self.sheet)
        return Quote(file, self.rows, locator, self.sha256, raw)
