"""The quarantine: what it shows, and another try under the mapping as it is now."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.content_hash import content_hash
from graph.port import GraphStore
from ingest.pipeline.load import load
from ingest.pipeline.quarantine import refusals, refused, retry
from ontology.errors import NotFoundError
from tests.ingest.loading import MAPPING, ROWS, make_store, open_claims, source_spec, ticking, write_rows
from tests.ingest.readers.archives import archive

BLOCK = MAPPING[: MAPPING.index("  - name: supplier")] + MAPPING[MAPPING.index("  - name: product") :]
MENDED = BLOCK.replace("[number, text]", "[{replace: [many, '99']}, number, text]")
BAD = ("5,Alpha,Germany,pins,many,05-Mar-15", "6,Alpha,Germany,caps,few,05-Mar-15", "7,Alpha")


@pytest.fixture
def clock() -> Callable[[], str]:
    return ticking()


@pytest.fixture
def store(tmp_path: Path, clock) -> GraphStore:
    store = make_store(tmp_path)
    load(store, source_spec(BLOCK), write_rows(tmp_path, [*ROWS, *BAD]), clock=clock)
    return store


def test_it_lists_what_was_refused_by_record(store: GraphStore) -> None:
    listed = refusals(store)
    assert [refusal.record for refusal in listed] == ["product:5", "product:6", "rows#8"]
    assert listed[0].raw == BAD[0]
    assert (listed[0].rows, listed[0].rule, listed[0].file) == ("6", "number", "deliveries.csv")


def test_it_lists_by_source_and_page(store: GraphStore) -> None:
    assert refusals(store, "other") == []
    first = refusals(store, "tiny", limit=2)
    rest = refusals(store, "tiny", after=(first[-1].source, first[-1].record))
    assert [refusal.record for refusal in [*first, *rest]] == ["product:5", "product:6", "rows#8"]


def test_it_shows_one(store: GraphStore) -> None:
    assert refused(store, "tiny", "product:6").message == "column 'Amount': 'few' is not a number"


@pytest.mark.parametrize("record", ["product:1", "product:77"])
def test_what_is_not_in_quarantine_is_not_found(store: GraphStore, record: str) -> None:
    with pytest.raises(NotFoundError, match=record):
        refused(store, "tiny", record)


def test_a_try_under_the_same_mapping_changes_nothing(store: GraphStore, clock) -> None:
    before = store.status()
    result = retry(store, source_spec(BLOCK), clock=clock)
    assert (result.tried, result.accepted, result.refused, result.opened) == (3, 0, 3, 0)
    assert store.status() == before


def test_a_better_mapping_brings_in_what_fits_now(tmp_path: Path, store: GraphStore, clock) -> None:
    result = retry(store, source_spec(MENDED), clock=clock)
    assert (result.tried, result.accepted, result.refused, result.waiting, result.opened) == (3, 1, 2, 1, 2)
    assert "pins" in {claim.value for claim in open_claims(store, "NAMED")}
    assert [refusal.record for refusal in refusals(store)] == ["product:6", "rows#8"]


def test_what_a_try_brought_in_is_what_loading_would_have(tmp_path: Path, store: GraphStore, clock) -> None:
    path = tmp_path / "deliveries.csv"
    retry(store, source_spec(MENDED), clock=clock)
    report = load(store, source_spec(MENDED), path, clock=clock)
    assert (report.opened, report.closed) == (0, 0)
    fresh = make_store(tmp_path, "fresh.db")
    load(fresh, source_spec(MENDED), path, clock=ticking())
    assert content_hash(store) == content_hash(fresh)


def test_a_row_with_a_key_at_last_leaves_its_old_place(tmp_path: Path, clock) -> None:
    strict = BLOCK.replace("key: [No]", 'let: {no: {of: "${No}", do: [integer]}}\n    key: [no]')
    store = make_store(tmp_path, "keys.db")
    load(store, source_spec(strict), write_rows(tmp_path, ["1,A,B,bolts,1,x", "two,A,B,nuts,2,x"]), clock=clock)
    assert [refusal.record for refusal in refusals(store)] == ["product#3"]
    result = retry(store, source_spec(BLOCK), clock=clock)
    assert result.accepted == 1
    assert refusals(store) == []
    assert {claim.record for claim in open_claims(store, "NAMED")} == {"product:1", "product:two"}


def test_a_key_that_is_taken_stays_refused(tmp_path: Path, clock) -> None:
    store = make_store(tmp_path, "twice.db")
    load(store, source_spec(BLOCK), write_rows(tmp_path, [ROWS[0], ROWS[0].replace("bolts", "nuts")]), clock=clock)
    result = retry(store, source_spec(BLOCK), clock=clock)
    assert (result.tried, result.accepted) == (1, 0)


TEXTS = """
source: texts
title: Texts
licence: CC0
publisher: nobody
uri: https://example.org/texts
mode: snapshot
files:
  texts: {path: texts.tar, format: tartext}
records:
  - name: text
    from: texts
    make:
      - "@type": Product
        id: {ref: Product, scheme: text, value: "${stem}"}
        name: {of: "${text}", do: [STEPS]}
"""


def test_a_text_of_an_archive_is_tried_again_under_its_own_key_and_place(tmp_path: Path, clock) -> None:
    store = make_store(tmp_path, "texts.db")
    path = tmp_path / "texts.tar"
    path.write_bytes(archive([("a.txt", b"1"), ("b.txt", b"two"), ("c.txt", b"three")]))
    load(store, source_spec(TEXTS.replace("STEPS", "number, text")), path, clock=clock)
    assert [refusal.record for refusal in refusals(store)] == ["text#2", "text#3"]
    mended = source_spec(TEXTS.replace("STEPS", "text"))
    assert retry(store, mended, clock=clock).accepted == 2
    assert {claim.record: claim.value for claim in open_claims(store, "NAMED")} == {
        "text#1": "1",
        "text#2": "two",
        "text#3": "three",
    }
    two = next(claim for claim in open_claims(store, "NAMED") if claim.value == "two")
    assert json.loads(store.evidence(two.evidence)[0].evidence.locator) == {"file": "texts.tar", "member": "b.txt"}
    report = load(store, mended, path, clock=clock)
    assert (report.unchanged, report.opened, report.closed) == (2, 0, 0)


def test_a_key_with_a_number_sign_is_no_row_number(tmp_path: Path, clock) -> None:
    named = source_spec(TEXTS.replace("STEPS", "number, text").replace("    make:", "    key: [name]\n    make:"))
    store = make_store(tmp_path, "named.db")
    path = tmp_path / "texts.tar"
    path.write_bytes(archive([("a#b.txt", b"one")]))
    load(store, named, path, clock=clock)
    assert [refusal.record for refusal in refusals(store)] == ["text:a#b.txt"]
    mended = source_spec(TEXTS.replace("STEPS", "text").replace("    make:", "    key: [name]\n    make:"))
    assert retry(store, mended, clock=clock).accepted == 1


def test_groups_wait_for_their_file(tmp_path: Path, clock) -> None:
    store = make_store(tmp_path, "groups.db")
    load(store, source_spec(), write_rows(tmp_path, ["1,Alpha,Atlantis,,1,03-Mar-14"]), clock=clock)
    known = source_spec(MAPPING.replace("source: tiny", "source: tiny\ncountries: {Atlantis: GR}"))
    assert retry(store, known, clock=clock).waiting == 1
    assert load(store, known, tmp_path / "deliveries.csv", clock=clock).quarantined == 0
    assert refusals(store) == []
