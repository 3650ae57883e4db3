"""Drafts: what a mapping made of a row or a group of rows, before validation; and the keys of their records."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.readers.row import QUOTE_LIMIT, Cell, Quote, RawRow, locator_of
from ontology.canonical import canonical
from ontology.errors import InvalidRecordError

Record = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class QuotePart:
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
        cells: The row as read, so that a fault can be tried again without the file.
        parts: What its records name within the row, by their `locator`.
    """

    record: str
    digest: str
    quote: Quote
    records: list[Record] = field(default_factory=list)
    fault: InvalidRecordError | None = None
    cells: Mapping[str, Cell] | None = None
    parts: Mapping[str, QuotePart] = field(default_factory=dict)


def parts_of(records: Iterable[Record], path: str, row: RawRow) -> dict[str, QuotePart]:
    """The parts of a text row that records name by `locator`, `{"characters":[start,end]}`, counted in its characters.

    Raises:
        InvalidRecordError: A locator has another form, or the row is no text.
    """
    named = {record["locator"] for record in records if "locator" in record}
    return {locator: _part(locator, path, row) for locator in named}


def _part(locator: str, path: str, row: RawRow) -> QuotePart:
    try:
        start, end = json.loads(locator)["characters"]
        quote = row.raw.decode()[start:end]
    except (ValueError, TypeError, KeyError) as error:
        message = f"{locator} is no place within the row"
        raise InvalidRecordError(message, fix='write {"characters":[start,end]}', rule="locator") from error
    inner = RawRow(row.number, {}, quote.encode(), {**row.locator, "characters": [start, end]})
    kept = quote if len(inner.raw) <= QUOTE_LIMIT else ""
    return QuotePart(locator_of(path, inner), hashlib.sha256(inner.raw).hexdigest(), kept)


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


def row_key(block: str, number: int) -> str:
    """The key of a record that only its row's number identifies: `block#12`."""
    return f"{block}#{number}"


def block_of(record: str) -> str:
    """The name of the block, or file, that a record key begins with."""
    return record.partition("#")[0].partition(":")[0]
