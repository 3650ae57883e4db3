"""The staged entry: a draft that was checked, accepted or refused, as it waits on disk until all have been checked."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import NamedTuple

from ingest.mapping.drafts import Draft, Record, ranges


class StagedEntry(NamedTuple):
    """A draft as the spool gives it back: accepted with `records`, or refused with `fault` (canonical JSON text).

    `parts` has, by the records' `locator`, the fields of a `Part`.
    """

    record: str
    digest: str
    file: str
    rows: str
    locator: str
    sha256: str
    quote: str
    records: list[Record]
    fault: str
    parts: Mapping[str, Mapping[str, str]]


def stage(draft: Draft, key: str, fault: str) -> StagedEntry:
    """A draft under its key, without its records where there is a fault."""
    quote = draft.quote
    records, parts = ([], {}) if fault else (draft.records, draft.parts)
    return StagedEntry(
        key,
        draft.digest,
        quote.file,
        ranges(quote.rows),
        quote.locator,
        quote.sha256,
        utf8(quote.raw),
        records,
        fault,
        {name: asdict(part) for name, part in parts.items()},
    )


def utf8(raw: bytes) -> str:
    """`raw` as text where that keeps its bytes, else "": a quote's text must hash to the quote's hash."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return ""
