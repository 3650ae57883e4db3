"""Finding the files of a source, and several of them in one load."""

from pathlib import Path

import pytest

from graph.port import GraphStore
from ingest.pipeline.load import load
from ingest.pipeline.source_files import find_files, sha256_of
from ontology.errors import SourceFileError
from tests.ingest.loading import make_store, open_claims, source_spec, ticking

TWO = """
source: two
title: Entries and their names
licence: CC0
publisher: nobody
uri: https://example.org/two
mode: snapshot
files:
  entries: {path: entries.csv, format: csv}
  names: {path: names.csv, format: csv, optional: true}
lookups:
  kinds: {file: entries, key: "${id}", value: "${kind}", when: {present: "${kind}"}}
records:
  - name: entry
    from: entries
    key: [id]
    make:
      - "@type": ${kind}
        id: {ref: "${kind}", scheme: two, value: "${id}"}
        name: ${name}
  - name: name
    from: names
    key: [number]
    let: {kind: {of: "${id}", do: [{lookup: kinds}]}}
    make:
      - "@type": ${kind}
        id: {ref: "${kind}", scheme: two, value: "${id}"}
        aliases: ["${name}"]
"""


@pytest.fixture
def store(tmp_path: Path) -> GraphStore:
    return make_store(tmp_path)


def write(folder: Path, *, names: bool = True, kind: str = "Person") -> None:
    (folder / "entries.csv").write_text(f"id,kind,name\n1,Organization,Alpha\n2,{kind},Ann\n", encoding="utf-8")
    (folder / "names.csv").unlink(missing_ok=True)
    if names:
        text = "number,id,name\n1,1,Alfa\n2,2,Anna\n3,9,Nobody\n"
        (folder / "names.csv").write_text(text, encoding="utf-8")


def test_a_lookup_in_one_file_tells_how_to_read_another(tmp_path: Path, store: GraphStore) -> None:
    write(tmp_path)
    report = load(store, source_spec(TWO), tmp_path, clock=ticking())
    assert (report.read, report.accepted, report.quarantined) == (5, 4, 1)
    assert report.refusals[0].message == "column 'id': '9' is not in the table kinds"
    named = {(claim.subject, claim.value) for claim in open_claims(store, "NAMED")}
    assert named == {("org:two-1", "Alpha"), ("org:two-1", "Alfa"), ("per:two-2", "Ann"), ("per:two-2", "Anna")}


def test_a_row_changes_with_what_its_lookup_gives(tmp_path: Path, store: GraphStore) -> None:
    clock = ticking()
    write(tmp_path)
    load(store, source_spec(TWO), tmp_path, clock=clock)
    write(tmp_path, kind="Asset")
    report = load(store, source_spec(TWO), tmp_path, clock=clock)
    assert (report.accepted, report.unchanged) == (2, 2)
    assert {claim.subject for claim in open_claims(store, "NAMED")} == {"org:two-1", "ast:two-2"}


def test_an_optional_file_that_is_away_closes_nothing(tmp_path: Path, store: GraphStore) -> None:
    clock = ticking()
    write(tmp_path)
    load(store, source_spec(TWO), tmp_path, clock=clock)
    write(tmp_path, names=False)
    report = load(store, source_spec(TWO), tmp_path, clock=clock)
    assert (report.read, report.unchanged, report.closed) == (2, 2, 0)
    assert "Alfa" in {claim.value for claim in open_claims(store, "NAMED")}


def test_one_file_does_for_a_source_that_needs_but_one(tmp_path: Path) -> None:
    write(tmp_path)
    assert find_files(source_spec(TWO), tmp_path / "entries.csv") == {"entries": tmp_path / "entries.csv"}


def test_a_source_of_several_files_wants_their_folder(tmp_path: Path) -> None:
    write(tmp_path)
    both = source_spec(TWO.replace(", optional: true", ""))
    with pytest.raises(SourceFileError, match="needs several files") as caught:
        find_files(both, tmp_path / "entries.csv")
    assert caught.value.fix == "give the folder where they lie"
    (tmp_path / "names.csv").unlink()
    with pytest.raises(SourceFileError, match=r"has no file names\.csv"):
        find_files(both, tmp_path)


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    digest, size = sha256_of(tmp_path / "a")
    assert (digest[:8], size) == ("ba7816bf", 3)
