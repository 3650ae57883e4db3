"""Entries: what is kept of a draft, and which evidence a ledger entry brings."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ingest.claims.entries import EntryMaker, entities_of, stage
from ingest.claims.validation import current
from ingest.mapping.drafts import Draft, QuotePart
from ingest.readers.row import RawRow, quote_of
from ontology.records import DocumentId, EntityId, Entry, Evidence
from tests.ingest.loading import source_spec


def draft(
    records: list[dict[str, Any]], raw: bytes = b"1,2", parts: Mapping[str, QuotePart] = MappingProxyType({})
) -> Draft:
    quote = quote_of("rows", "a.csv", RawRow(7, {}, raw))
    return Draft("b:1", "digest", quote, records, parts=parts)


def test_parts_travel_with_their_records() -> None:
    part = QuotePart('{"characters":[0,1]}', "ab", "1")
    entry = stage(draft([{"a": 1}], parts={"whole": part}), "b:1", "")
    assert entry.parts == {"whole": {"locator": part.locator, "sha256": "ab", "quote": "1"}}


def test_a_refused_draft_leaves_its_records_behind() -> None:
    entry = stage(draft([{"a": 1}]), "b#7", "{}")
    assert (entry.record, entry.records, entry.parts, entry.fault, entry.rows) == ("b#7", [], {}, "{}", "7")


def test_a_quote_is_kept_where_text_keeps_its_bytes() -> None:
    assert stage(draft([], "é".encode()), "b:1", "").quote == "é"
    assert stage(draft([], "é".encode("cp1252")), "b:1", "").quote == ""


FIRM = {"@type": "Organization", "id": "org:x-1", "name": "A"}
DOCUMENT = DocumentId("src:" + "ab" * 32)
PLACE = '{"characters":[0,1]}'
PART = QuotePart('{"characters":[0,1],"file":"a.csv"}', "cd" * 32, "1")


def made(*records: dict[str, Any], fault: str = "") -> tuple[Entry, list[Evidence]]:
    maker = EntryMaker(source_spec(), current())
    return maker.make(stage(draft([*records], parts={PLACE: PART}), "b:1", fault), DOCUMENT)


def test_an_entry_brings_the_evidence_that_its_claims_cite() -> None:
    entry, evidence = made(FIRM)
    assert [claim.value for claim in entry.claims] == ["A"]
    assert [each.id for each in evidence] == list(entry.claims[0].evidence)
    assert (evidence[0].document, evidence[0].quote) == (DOCUMENT, "1,2")


def test_evidence_that_no_claim_cites_is_not_written() -> None:
    _, of_part = made({**FIRM, "locator": PLACE})
    assert [each.locator for each in of_part] == [PART.locator]
    _, of_both = made({**FIRM, "locator": PLACE}, {**FIRM, "id": "org:x-2"})
    assert [each.quote for each in of_both] == ["1,2", "1"]
    assert made()[1] == []


def test_a_refused_entry_has_neither_claims_nor_evidence() -> None:
    entry, evidence = made(FIRM, fault="{}")
    assert (entry.claims, entry.fault, evidence) == ((), "{}", [])


def test_an_entry_is_known_by_source_record_digest_and_versions() -> None:
    key = made(FIRM)[0].key
    versions = (source_spec().version, current().vocabulary.version)
    assert (key.source, key.record, key.digest, key.mapping, key.ontology) == ("tiny", "b:1", "digest", *versions)


def test_entities_are_the_subjects_and_objects_that_are_not_known_yet() -> None:
    supply = {"@type": "SupplyRelation", "supplier": "org:x-1", "customer": "org:x-2", "productGroup": "bolts"}
    entry, _ = made(supply, FIRM)
    assert [entity.id for entity in entities_of([entry], current().kind_of, set())] == ["org:x-1", "org:x-2"]
    assert [entity.kind for entity in entities_of([entry], current().kind_of, {EntityId("org:x-1")})] == [
        "Organization"
    ]
