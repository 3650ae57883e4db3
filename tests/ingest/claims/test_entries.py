"""Staged entries: what is kept of a draft, accepted or refused."""

from typing import Any

from ingest.claims.entries import stage
from ingest.mapping.drafts import Draft, QuotePart
from ingest.readers.row import RawRow, quote_of


def draft(records: list[dict[str, Any]], raw: bytes = b"1,2", **parts: QuotePart) -> Draft:
    quote = quote_of("rows", "a.csv", RawRow(7, {}, raw))
    return Draft("b:1", "digest", quote, records, parts=parts)


def test_parts_travel_with_their_records() -> None:
    part = QuotePart('{"characters":[0,1]}', "ab", "1")
    entry = stage(draft([{"a": 1}], whole=part), "b:1", "")
    assert entry.parts == {"whole": {"locator": part.locator, "sha256": "ab", "quote": "1"}}


def test_a_refused_draft_leaves_its_records_behind() -> None:
    entry = stage(draft([{"a": 1}]), "b#7", "{}")
    assert (entry.record, entry.records, entry.parts, entry.fault, entry.rows) == ("b#7", [], {}, "{}", "7")


def test_a_quote_is_kept_where_text_keeps_its_bytes() -> None:
    assert stage(draft([], "é".encode()), "b:1", "").quote == "é"
    assert stage(draft([], "é".encode("cp1252")), "b:1", "").quote == ""
