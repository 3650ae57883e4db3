"""Evidence is proved by reading its file again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.port import Cited, GraphStore
from ingest.pipeline.load import load
from ingest.pipeline.verification import file_spec, verify
from ontology.errors import SourceFileError
from tests.ingest.loading import MAPPING, ROWS, make_store, open_claims, source_spec, ticking, write_rows


@pytest.fixture
def store(tmp_path: Path) -> GraphStore:
    store = make_store(tmp_path)
    clock: Callable[[], str] = ticking()
    load(store, source_spec(), write_rows(tmp_path), clock=clock)
    return store


def cited(store: GraphStore) -> list[Cited]:
    claims = [claim for predicate in ("NAMED", "SUPPLIES", "IN_COUNTRY") for claim in open_claims(store, predicate)]
    return store.evidence(sorted({each for claim in claims for each in claim.evidence}))


def test_all_evidence_stands(tmp_path: Path, store: GraphStore) -> None:
    proofs = verify(cited(store), source_spec(), tmp_path)
    assert len(proofs) == 6  # the groups of rows by supplier and by year are the same rows
    assert all(proof.document and proof.quote for proof in proofs)


def test_proofs_come_in_the_order_of_the_evidence(tmp_path: Path, store: GraphStore) -> None:
    backwards = cited(store)[::-1]
    assert [proof.evidence for proof in verify(backwards, source_spec(), tmp_path)] == [
        c.evidence.id for c in backwards
    ]


def test_a_row_that_was_altered_fails_with_its_groups(tmp_path: Path, store: GraphStore) -> None:
    write_rows(tmp_path, [ROWS[0].replace("10.5", "11.5"), *ROWS[1:]])
    proofs = {proof.evidence: proof for proof in verify(cited(store), source_spec(), tmp_path)}
    broken = [each.evidence.locator for each in cited(store) if not proofs[each.evidence.id].quote]
    assert sorted(broken) == ['{"file":"deliveries.csv","rows":"2"}', '{"file":"deliveries.csv","rows":"2-3"}']
    assert not any(proof.document for proof in proofs.values())


def test_a_row_that_is_gone_fails(tmp_path: Path, store: GraphStore) -> None:
    write_rows(tmp_path, ROWS[:2])
    assert [proof.quote for proof in verify(cited(store), source_spec(), tmp_path)].count(False) == 3


def test_one_file_may_be_named_itself(tmp_path: Path, store: GraphStore) -> None:
    assert all(proof.quote for proof in verify(cited(store), source_spec(), tmp_path / "deliveries.csv"))


def test_a_file_that_is_away_is_an_error(tmp_path: Path, store: GraphStore) -> None:
    (tmp_path / "deliveries.csv").unlink()
    with pytest.raises(SourceFileError, match="is not there"):
        verify(cited(store), source_spec(), tmp_path)


def test_a_long_row_is_proved_without_its_quote(tmp_path: Path) -> None:
    store = make_store(tmp_path, "long.db")
    load(store, source_spec(), write_rows(tmp_path, [ROWS[0].replace("bolts", "b" * 5000)]), clock=ticking())
    found = cited(store)
    assert {each.evidence.quote for each in found} == {""}
    assert all(proof.quote for proof in verify(found, source_spec(), tmp_path))


def test_a_file_of_another_source_is_refused() -> None:
    two = MAPPING.replace("files:\n", 'files:\n  more: {path: "more.csv", format: csv}\n')
    with pytest.raises(SourceFileError, match=r"has no file x\.csv"):
        file_spec(source_spec(two), "x.csv")


def test_no_evidence_needs_no_file(tmp_path: Path) -> None:
    assert verify([], source_spec(), tmp_path) == []
