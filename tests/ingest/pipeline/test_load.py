"""Loading: every row accounted for, nothing written twice, nothing half-written, proof with every claim."""

import errno
import gzip
import hashlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ingest.pipeline.checking
from graph.content_hash import content_hash
from graph.port import ClaimQuery, GraphStore, LedgerQuery
from ingest.pipeline.load import load
from ingest.pipeline.report import Progress, Report
from ingest.pipeline.retraction import retract
from ingest.pipeline.run import FAULT_POINTS
from ontology.errors import (
    MappingError,
    SourceFileError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
    TierscopeError,
)
from ontology.ids import name_id
from ontology.records import Applied, Batch
from tests.ingest.loading import HEADER, MAPPING, ROWS, make_store, open_claims, source_spec, ticking, write_rows


@pytest.fixture
def store(tmp_path: Path) -> GraphStore:
    return make_store(tmp_path)


@pytest.fixture
def clock() -> Callable[[], str]:
    return ticking()


def assert_balanced(report: Report) -> None:
    assert report.read == report.accepted + report.unchanged + report.quarantined


def test_rows_become_claims_with_their_proof(tmp_path: Path, store: GraphStore, clock) -> None:
    path = write_rows(tmp_path)
    report = load(store, source_spec(), path, clock=clock)
    assert (report.read, report.accepted, report.quarantined) == (4, 4, 0)
    claim = open_claims(store, "SUPPLIES")[0]
    assert claim.subject == name_id("org", "tiny", "Alpha")
    assert claim.object == name_id("org", "tiny", "Us")
    assert claim.qualifiers == {"annualSpend": 30.75, "currency": "EUR"}
    assert (claim.valid_from, claim.valid_to) == ("2014-01-01T00:00:00Z", "2015-01-01T00:00:00Z")
    assert (claim.confidence, claim.basis, claim.source) == (0.8, "observed", "tiny")
    (cited,) = store.evidence(claim.evidence)
    assert json.loads(cited.evidence.locator) == {"file": "deliveries.csv", "rows": "2-3"}
    assert cited.evidence.quote == f"{ROWS[0]}\n{ROWS[1]}"
    assert cited.evidence.quote_sha256 == hashlib.sha256(cited.evidence.quote.encode()).hexdigest()
    assert cited.document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (cited.document.licence, cited.document.publisher, cited.document.media_type) == (
        "CC0",
        "nobody",
        "text/csv",
    )


def test_a_second_load_moves_nothing(tmp_path: Path, store: GraphStore, clock) -> None:
    path = write_rows(tmp_path)
    first = load(store, source_spec(), path, clock=clock)
    changes = store.changes(0)
    second = load(store, source_spec(), path, clock=clock)
    assert (second.unchanged, second.opened, second.closed) == (4, 0, 0)
    assert second.revision == first.revision
    assert store.changes(0) == changes


def test_a_packed_file_makes_the_same_claims(tmp_path: Path, store: GraphStore, clock) -> None:
    plain = write_rows(tmp_path)
    load(store, source_spec(), plain, clock=clock)
    other = make_store(tmp_path, "other.db")
    packed = tmp_path / "deliveries.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    load(other, source_spec(), packed, clock=clock)
    ids = [{row.claim.id for row in each.claims(ClaimQuery())} for each in (store, other)]
    assert ids[0] == ids[1]


def test_a_changed_row_closes_what_it_no_longer_says(tmp_path: Path, store: GraphStore, clock) -> None:
    load(store, source_spec(), write_rows(tmp_path), clock=clock)
    changed = [*ROWS[:2], ROWS[2].replace("France", "Italy"), ROWS[3].replace("France", "Italy")]
    report = load(store, source_spec(), write_rows(tmp_path, changed), clock=clock)
    assert_balanced(report)
    assert report.unchanged == 2
    countries = {claim.subject: claim.object for claim in open_claims(store, "IN_COUNTRY")}
    assert countries[name_id("org", "tiny", "Béta")] == "reg:iso3166-IT"
    versions = store.claims(ClaimQuery(predicates=["IN_COUNTRY"], history=True))
    assert sum(row.superseded_at is not None for row in versions) == 1


def test_a_row_that_a_snapshot_lost_is_closed(tmp_path: Path, store: GraphStore, clock) -> None:
    load(store, source_spec(), write_rows(tmp_path), clock=clock)
    report = load(store, source_spec(), write_rows(tmp_path, ROWS[:2]), clock=clock)
    assert report.closed == 3 + 2 + 2  # name, country, supply of Béta; name and class of two products
    assert {claim.value for claim in open_claims(store, "NAMED")} == {"Alpha", "bolts"}


def test_a_file_that_lost_most_of_what_was_known_is_worth_a_look(tmp_path: Path, store: GraphStore, clock) -> None:
    many = [f"{number},Alpha,Germany,p{number},1,03-Mar-14" for number in range(10)]
    load(store, source_spec(), write_rows(tmp_path, many), clock=clock)
    report = load(store, source_spec(), write_rows(tmp_path, many[:2]), clock=clock)
    assert report.warnings == ("8 records are no longer in the file and were closed",)


def test_an_appended_source_keeps_what_is_not_in_the_next_file(tmp_path: Path, store: GraphStore, clock) -> None:
    growing = source_spec(MAPPING.replace("mode: snapshot", "mode: append"))
    load(store, growing, write_rows(tmp_path), clock=clock)
    report = load(store, growing, write_rows(tmp_path, ["9,Gamma,Spain,pins,1,05-Mar-15"]), clock=clock)
    assert report.closed == 0
    assert {"Alpha", "Béta", "Gamma"} <= {claim.value for claim in open_claims(store, "NAMED")}


def test_the_order_of_rows_within_other_groups_does_not_matter(tmp_path: Path, store: GraphStore, clock) -> None:
    load(store, source_spec(), write_rows(tmp_path), clock=clock)
    report = load(store, source_spec(), write_rows(tmp_path, [*ROWS[2:], *ROWS[:2]]), clock=clock)
    assert (report.unchanged, report.opened, report.closed) == (4, 0, 0)


def test_another_mapping_reads_unchanged_rows_again(tmp_path: Path, store: GraphStore, clock) -> None:
    path = write_rows(tmp_path)
    load(store, source_spec(), path, clock=clock)
    report = load(store, source_spec(MAPPING.replace("currency: EUR", "currency: USD")), path, clock=clock)
    assert (report.accepted, report.unchanged) == (4, 0)
    assert (report.opened, report.closed) == (2, 2)


BAD = (
    "5,Alpha,Germany,pins,many,05-Mar-15",
    "6,Delta,Atlantis,pins,1,05-Mar-15",
    "7,Alpha",
    "1,Alpha,Germany,again,1,05-Mar-14",
    ",Alpha,Germany,nothing,1,05-Mar-14",
)


def test_a_refused_row_is_kept_with_rule_and_fix(tmp_path: Path, store: GraphStore, clock) -> None:
    report = load(store, source_spec(), write_rows(tmp_path, [*ROWS, *BAD]), clock=clock)
    assert (report.read, report.accepted, report.quarantined) == (9, 4, 5)
    assert {refusal.rule for refusal in report.refusals} == {"number", "country", "row", "duplicate", "key"}
    assert all(refusal.fix and refusal.message and refusal.raw and refusal.rows for refusal in report.refusals)
    by_record = {refusal.record: refusal for refusal in report.refusals}
    assert by_record["product:5"].message == "column 'Amount': 'many' is not a number"
    assert by_record["product:5"].path == "records.product.make.0.classifications.0.value.do.0"
    assert by_record["rows#8"].message == "the row has 2 cells, not 6"
    assert by_record["product#9"].message == "another row has the key product:1"
    assert store.status().counts["quarantined"] == len({refusal.record for refusal in report.refusals})


def test_quarantined_rows_stay_so_and_count_each_time(tmp_path: Path, store: GraphStore, clock) -> None:
    path = write_rows(tmp_path, [*ROWS, *BAD])
    first = load(store, source_spec(), path, clock=clock)
    second = load(store, source_spec(), path, clock=clock)
    assert (second.accepted, second.unchanged, second.quarantined) == (0, 4, 5)
    assert second.revision == first.revision


def test_a_known_fault_cites_the_file_that_was_loaded_last(tmp_path: Path, store: GraphStore, clock) -> None:
    load(store, source_spec(), write_rows(tmp_path, [*ROWS, BAD[0]]), clock=clock)
    path = write_rows(tmp_path, [*ROWS, BAD[0], "8,Alpha,Germany,pins,1,05-Mar-15"])
    load(store, source_spec(), path, clock=clock)
    (row,) = store.ledger(LedgerQuery(records=[("tiny", "product:5")]))
    assert json.loads(row.fault)["document"] == f"src:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def test_a_refused_row_leaves_what_its_record_said_before(tmp_path: Path, store: GraphStore, clock) -> None:
    load(store, source_spec(), write_rows(tmp_path), clock=clock)
    spoilt = [ROWS[0].replace("10.5", "ten"), *ROWS[1:]]
    load(store, source_spec(), write_rows(tmp_path, spoilt), clock=clock)
    assert "bolts" in {claim.value for claim in open_claims(store, "NAMED")}
    (row,) = store.ledger(LedgerQuery(records=[("tiny", "product:1")]))
    assert row.fault


def test_only_the_faulty_row_is_left_out_of_its_group(tmp_path: Path, store: GraphStore, clock) -> None:
    spoilt = [ROWS[0].replace("10.5", "ten"), *ROWS[1:]]
    load(store, source_spec(), write_rows(tmp_path, spoilt), clock=clock)
    assert open_claims(store, "SUPPLIES")[0].qualifiers["annualSpend"] == 20.25


def test_a_validator_refuses_what_the_ontology_does_not_know(tmp_path: Path, store: GraphStore, clock) -> None:
    negative = [ROWS[0].replace("10.5", "-50"), *ROWS[1:]]
    report = load(store, source_spec(), write_rows(tmp_path, negative), clock=clock)
    (refusal,) = report.refusals
    assert refusal.rule == "SupplyRelation.annualSpend.minInclusive"
    assert (refusal.record, refusal.rows) == ("supply:Alpha|2014", "2-3")
    assert report.quarantined == 2


def test_a_row_that_no_block_takes_is_accounted_for(tmp_path: Path, store: GraphStore, clock) -> None:
    only = MAPPING[: MAPPING.index("  - name: supplier")] + MAPPING[MAPPING.index("  - name: product") :]
    rows = [*ROWS, "5,Alpha,Germany,,1,05-Mar-15"]
    path = write_rows(tmp_path, rows)
    report = load(store, source_spec(only), path, clock=clock)
    assert (report.read, report.accepted) == (5, 5)
    assert load(store, source_spec(only), path, clock=clock).unchanged == 5


def test_an_expected_count_that_differs_is_a_warning(tmp_path: Path, store: GraphStore, clock) -> None:
    expecting = source_spec(MAPPING.replace("format: csv", "format: csv, rows: 5"))
    report = load(store, expecting, write_rows(tmp_path), clock=clock)
    assert report.warnings == ("deliveries.csv has 4 rows; its declaration expects 5",)


def test_a_dry_run_writes_nothing_and_says_what_would_be(tmp_path: Path, store: GraphStore, clock) -> None:
    path = write_rows(tmp_path, [*ROWS, BAD[0]])
    dry = load(store, source_spec(), path, clock=clock, dry_run=True)
    assert (dry.dry_run, dry.read, dry.accepted, dry.quarantined, dry.revision) == (True, 5, 4, 1, 0)
    assert [refusal.rule for refusal in dry.refusals] == ["number", "number"]
    assert store.status().counts["ledger"] == 0
    wet = load(store, source_spec(), path, clock=clock)
    assert wet.opened == dry.opened


def test_a_dry_run_tells_what_would_be_closed(tmp_path: Path, store: GraphStore, clock) -> None:
    load(store, source_spec(), write_rows(tmp_path), clock=clock)
    dry = load(store, source_spec(), write_rows(tmp_path, ROWS[:2]), clock=clock, dry_run=True)
    assert dry.warnings == ("4 records are no longer in the file and would be closed",)
    assert len(open_claims(store, "SUPPLIES")) == 2


def test_progress_is_told_by_phase(tmp_path: Path, store: GraphStore, clock) -> None:
    told: list[Progress] = []
    rows = [f"{number},Alpha,Germany,p{number},1,03-Mar-14" for number in range(2500)]
    path = write_rows(tmp_path, rows)
    load(store, source_spec(), path, clock=clock, progress=told.append)
    reading = [each.rows for each in told if each.phase == "reading"]
    assert reading == [1000, 2000]
    assert [(each.rows, each.of) for each in told if each.phase == "writing"] == [(2000, 2502), (2502, 2502)]
    assert {each.bytes for each in told} == {path.stat().st_size}


def test_batches_are_bounded(tmp_path: Path, store: GraphStore, clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.pipeline.writing.CLAIMS", 10)
    applied: list[Batch] = []
    real = store.apply

    def apply(batch: Batch) -> Applied:
        applied.append(batch)
        return real(batch)

    monkeypatch.setattr(store, "apply", apply)
    rows = [f"{number},Alpha,Germany,p{number},1,03-Mar-14" for number in range(30)]
    load(store, source_spec(), write_rows(tmp_path, rows), clock=clock)
    sizes = [sum(len(entry.claims) for entry in batch.entries) for batch in applied]
    assert sum(sizes) == 63
    assert max(sizes) <= 10
    assert all(batch.documents for batch in applied)


def test_the_run_is_named_by_files_mapping_and_instant(tmp_path: Path, store: GraphStore) -> None:
    path = write_rows(tmp_path)
    runs = [load(store, source_spec(), path, clock=ticking()).run for _ in range(2)]
    assert runs[0] == runs[1]
    assert runs[0] != load(store, source_spec(), write_rows(tmp_path, ROWS[:3]), clock=ticking()).run


def test_the_report_is_json(tmp_path: Path, store: GraphStore, clock) -> None:
    report = load(store, source_spec(), write_rows(tmp_path, [*ROWS, BAD[1]]), clock=clock)
    body = json.loads(json.dumps(report.as_json()))
    assert body["claims"] == report.opened
    assert body["read"] == 5
    assert body["refusals"][0]["record"] == "supplier#6"


@pytest.mark.parametrize(
    ("rows", "header", "error", "says"),
    [
        (ROWS, HEADER.replace("Supplier", "Suplier"), MappingError, "no column 'Supplier'"),
        (["x;y"], "a;b", MappingError, "no column"),
        (["1,\udcff,Germany,bolts,1,03-Mar-14"], HEADER, SourceFileError, "encoding"),
    ],
)
def test_a_file_that_does_not_fit_writes_nothing(
    tmp_path: Path, store: GraphStore, clock, *, rows: list[str], header: str, error: type[TierscopeError], says: str
) -> None:
    path = tmp_path / "deliveries.csv"
    path.write_bytes("\n".join([header, *rows, ""]).encode("utf-8", "surrogateescape"))
    with pytest.raises(error, match=says) as caught:
        load(store, source_spec(), path, clock=clock)
    assert caught.value.fix
    assert store.status().counts["ledger"] == 0
    assert store.status().counts["documents"] == 0


def test_a_table_with_a_header_only_is_an_empty_table_and_says_so(tmp_path: Path, store: GraphStore, clock) -> None:
    load(store, source_spec(), write_rows(tmp_path), clock=clock)
    report = load(store, source_spec(), write_rows(tmp_path, []), clock=clock)
    assert report.read == 0
    assert report.closed == store.status().counts["versions"]
    assert "has a header and no rows" in report.warnings[0]


def test_an_empty_file_is_refused(tmp_path: Path, store: GraphStore, clock) -> None:
    path = tmp_path / "deliveries.csv"
    path.write_bytes(b"")
    with pytest.raises(SourceFileError):
        load(store, source_spec(), path, clock=clock)


def test_a_misspelt_column_is_told_the_nearest(tmp_path: Path, store: GraphStore, clock) -> None:
    path = write_rows(tmp_path, header=HEADER.replace("Delivered", "Deliverd"))
    with pytest.raises(MappingError) as caught:
        load(store, source_spec(), path, clock=clock)
    assert "did you mean 'Deliverd'?" in caught.value.fix


def test_a_fault_late_in_the_file_still_writes_nothing(tmp_path: Path, store: GraphStore, clock) -> None:
    path = write_rows(tmp_path, [*ROWS * 700, "1,\xff"])
    path.write_bytes(path.read_bytes().replace("\xff".encode(), b"\xff"))
    with pytest.raises(SourceFileError, match="encoding"):
        load(store, source_spec(), path, clock=clock)
    assert store.status().counts["ledger"] == 0


def test_a_file_or_folder_that_is_not_there(tmp_path: Path, store: GraphStore, clock) -> None:
    with pytest.raises(SourceFileError, match="is not there"):
        load(store, source_spec(), tmp_path / "none.csv", clock=clock)
    with pytest.raises(SourceFileError, match="has no file deliveries"):
        load(store, source_spec(), tmp_path, clock=clock)


def test_two_files_that_fit_one_name_are_refused(tmp_path: Path, store: GraphStore, clock) -> None:
    write_rows(tmp_path)
    (tmp_path / "deliveries.csv.gz").write_bytes(b"")
    with pytest.raises(SourceFileError, match="fits several files"):
        load(store, source_spec(), tmp_path, clock=clock)


@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, StoreFullError), (errno.EROFS, StoreReadOnlyError), (errno.EIO, SourceFileError)],
)
@pytest.mark.parametrize("moment", ["open", "write"])
def test_a_disk_that_fails_the_spool_is_typed(
    tmp_path: Path, store: GraphStore, clock, monkeypatch: pytest.MonkeyPatch, *, number: int, error, moment: str
) -> None:
    class Broken:
        def write(self, _: bytes) -> int:
            raise OSError(number, "injected")

        def close(self) -> None:
            raise OSError(number, "injected")

    def make(**_: object) -> Broken:
        if moment == "open":
            raise OSError(number, "injected")
        return Broken()

    monkeypatch.setattr(tempfile, "TemporaryFile", make)
    with pytest.raises(error) as caught:
        load(store, source_spec(), write_rows(tmp_path), clock=clock)
    assert caught.value.fix
    assert store.status().counts["ledger"] == 0


def test_the_spool_is_gone_afterwards(tmp_path: Path, store: GraphStore, clock) -> None:
    place = tmp_path / "spool"
    place.mkdir()
    load(store, source_spec(), write_rows(tmp_path), clock=clock, staging_folder=place)
    assert list(place.iterdir()) == []


class Stop(BaseException):
    """Dying, as far as one process can."""


@pytest.mark.parametrize("point", FAULT_POINTS)
@pytest.mark.parametrize("turn", [1, 2])
def test_dying_anywhere_and_loading_again_ends_in_the_same_graph(
    tmp_path: Path, clock, monkeypatch: pytest.MonkeyPatch, point: str, turn: int
) -> None:
    monkeypatch.setattr("ingest.pipeline.writing.CLAIMS", 5)
    monkeypatch.setattr(ingest.pipeline.checking, "PROGRESS_ROWS", 2)
    rows = [*ROWS, *BAD]
    clean = make_store(tmp_path, "clean.db")
    _twice(clean, tmp_path, rows, ticking())
    store, seen = make_store(tmp_path), 0

    def die(name: str) -> None:
        nonlocal seen
        seen += name == point
        if name == point and seen == turn:
            raise Stop

    load(store, source_spec(), write_rows(tmp_path, rows), clock=clock)
    try:
        load(store, source_spec(), write_rows(tmp_path, rows[1:4]), clock=clock, fault_point=die)
    except Stop:
        assert seen == turn
    load(store, source_spec(), write_rows(tmp_path, rows[1:4]), clock=clock)
    assert content_hash(store) == content_hash(clean)


def _twice(store: GraphStore, folder: Path, rows: list[str], clock: Callable[[], str]) -> None:
    load(store, source_spec(), write_rows(folder, rows), clock=clock)
    load(store, source_spec(), write_rows(folder, rows[1:4]), clock=clock)


def test_every_fault_point_is_passed(tmp_path: Path, store: GraphStore, clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.pipeline.checking, "PROGRESS_ROWS", 2)
    passed: list[str] = []
    load(store, source_spec(), write_rows(tmp_path), clock=clock, fault_point=passed.append)
    load(store, source_spec(), write_rows(tmp_path, ROWS[:2]), clock=clock, fault_point=passed.append)
    assert set(passed) == set(FAULT_POINTS)
    last = passed[len(passed) - passed[::-1].index("hashed") - 1 :]
    assert list(dict.fromkeys(last)) == [point for point in FAULT_POINTS if point in last]


def test_a_store_that_refuses_leaves_what_was_written_before(
    tmp_path: Path, store: GraphStore, clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.pipeline.writing.CLAIMS", 5)
    real, calls = store.apply, []

    def fail(batch: Batch):
        calls.append(batch)
        if len(calls) == 2:
            raise StoreError("gone", fix="wait")
        return real(batch)

    monkeypatch.setattr(store, "apply", fail)
    with pytest.raises(StoreError, match="gone"):
        load(store, source_spec(), write_rows(tmp_path), clock=clock)
    assert store.status().revision == 1
    report = load(store, source_spec(), write_rows(tmp_path), clock=clock)
    assert_balanced(report)
    assert report.unchanged + report.accepted == 4


def test_retracting_and_loading_again_restores_the_graph(tmp_path: Path, store: GraphStore, clock) -> None:
    path = write_rows(tmp_path)
    load(store, source_spec(), path, clock=clock)
    before = content_hash(store)
    retract(store, "tiny", clock=clock)
    assert content_hash(store) != before
    assert load(store, source_spec(), path, clock=clock).accepted == 4
    assert content_hash(store) == before


_ROW = st.tuples(
    st.sampled_from(["1", "2", "3", "", "4"]),
    st.sampled_from(["Alpha", "Béta", "", "n/a"]),
    st.sampled_from(["Germany", "France", "Atlantis", ""]),
    st.sampled_from(["bolts", "", '"a,b"', "n/a"]),
    st.sampled_from(["1", "2.5", "many", ""]),
    st.sampled_from(["03-Mar-14", "04-Mar-15", "soon", ""]),
).map(",".join)


@settings(max_examples=25)
@given(st.lists(st.lists(_ROW, min_size=1, max_size=8), min_size=1, max_size=3))
def test_whatever_the_files_every_row_is_accounted_for_and_the_last_file_counts(
    tmp_path_factory: pytest.TempPathFactory, editions: list[list[str]]
) -> None:
    folder, clock = tmp_path_factory.mktemp("load"), ticking()
    store = make_store(folder)
    for rows in editions:
        report = load(store, source_spec(), write_rows(folder, rows), clock=clock)
        assert_balanced(report)
        assert report.read == len(rows)
    again = load(store, source_spec(), write_rows(folder, editions[-1]), clock=clock)
    assert (again.accepted, again.opened, again.closed) == (0, 0, 0)
    live = {row.key.record for row in store.ledger(LedgerQuery(sources=["tiny"]))}
    fresh = make_store(folder, "fresh.db")
    load(fresh, source_spec(), write_rows(folder, editions[-1]), clock=ticking())
    assert live == {row.key.record for row in fresh.ledger(LedgerQuery(sources=["tiny"]))}
