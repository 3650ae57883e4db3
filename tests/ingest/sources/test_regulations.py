"""FAR and DFARS: entries with a text become clauses, those without are named, types are inferred."""

import json
import re
import shutil
from pathlib import Path

import pytest

from ingest.mapping.source_catalog import load_source_spec
from ontology.errors import MappingError, SourceFileError
from ontology.generated.concepts import CONCEPTS
from tests.ingest.source_loading import (
    EXTRACTS,
    Loaded,
    assert_accounted,
    assert_proven,
    load_public,
    load_source,
    pack,
    revision_of,
)
from tests.public_data import needs_public_data

FILES = {"far": "far_part52.jsonl", "dfars": "dfars_252.jsonl"}


def folder_with(place: Path, source: str, raw: bytes | None = None) -> Path:
    folder = place / source
    folder.mkdir()
    target = folder / f"{FILES[source]}.gz"
    if raw is None:
        pack(EXTRACTS / source / FILES[source], target)
    else:
        target.write_bytes(raw)
    return folder


def load_extract(source: str, place: Path) -> Loaded:
    return load_source(source, folder_with(place, source), place)


@pytest.fixture(scope="module")
def far(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load_extract("far", tmp_path_factory.mktemp("far"))


@pytest.fixture(scope="module")
def dfars(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load_extract("dfars", tmp_path_factory.mktemp("dfars"))


def entries(source: str) -> dict[str, dict[str, str]]:
    lines = (EXTRACTS / source / FILES[source]).read_text(encoding="utf-8").splitlines()
    return {entry["number"]: entry for entry in map(json.loads, lines)}


def test_the_part_is_a_template_with_one_version_fixed_by_its_bytes(far: Loaded) -> None:
    version = str(far.only("tpl:far-part-52", "HAS_VERSION"))
    digest = str(far.only(version, "SHA256"))
    assert version == f"ctv:sha256-{digest}"
    (claim,) = far.claims("SHA256")
    assert far.store.evidence(claim.evidence)[0].document.sha256 == digest
    assert far.values_of("tpl:far-part-52", "TITLE") == ["Federal Acquisition Regulation, part 52"]


def test_a_clause_has_number_heading_text_prescription_and_citation(far: Loaded) -> None:
    entry = entries("far")["52.203-3"]
    entity = "cls:far-52.203-3"
    assert far.only(entity, "NUMBERING") == "52.203-3"
    assert far.only(entity, "HEADING") == "Gratuities"
    assert far.only(entity, "TEXT") == entry["text"]
    assert far.only(entity, "DESCRIPTION") == entry["prescription"]
    assert far.values_of(entity, "CITATION") == sorted(["FAR 52.203-3", entry["citation"]])
    assert [claim.object for claim in far.claims("CONTAINS") if claim.object == entity] == [entity]


def test_entries_without_text_are_named_and_are_no_clauses_with_wording(far: Loaded, dfars: Loaded) -> None:
    assert far.only("cls:far-52.200", "CLASSIFIED") == "scope"
    assert far.only("cls:far-52.203-4", "CLASSIFIED") == "reserved"
    assert far.only("cls:far-52.203-4", "NAMED") == "FAR 52.203-4 [Reserved]"
    assert dfars.only("cls:dfars-252.204-7001", "CLASSIFIED") == "reserved"
    for loaded, entity in ((far, "cls:far-52.200"), (far, "cls:far-52.203-4"), (dfars, "cls:dfars-252.204-7001")):
        assert loaded.values_of(entity, "TEXT") == []
        assert entity not in {claim.object for claim in loaded.claims("CONTAINS")}


@pytest.mark.parametrize("number", ["52.203-15", "52.203-17"])
def test_flow_down_is_read_off_the_text(far: Loaded, number: str) -> None:
    claims = {str(claim.object): claim for claim in far.claims("OF_TYPE", f"cls:far-{number}")}
    claim = claims["clt:tierscope-flow-down"]
    assert (claim.basis, claim.confidence) == ("inferred", 0.9)
    assert claim.qualifiers == {"score": 0.9, "method": "text keywords"}


def test_other_types_are_read_off_the_heading_and_silence_stays_untyped(far: Loaded, dfars: Loaded) -> None:
    audit = {str(claim.object): claim for claim in far.claims("OF_TYPE", "cls:far-52.215-2")}
    assert audit["clt:tierscope-audit-rights"].qualifiers["method"] == "heading keywords"
    assert "clt:tierscope-cap-on-liability" in far.values_of("cls:far-52.246-23", "OF_TYPE")
    assert far.values_of("cls:far-52.203-3", "OF_TYPE") == ["clt:tierscope-anti-corruption"]
    assert dfars.values_of("cls:dfars-252.201-7000", "OF_TYPE") == []
    assert all(claim.basis == "inferred" and claim.confidence < 1 for claim in far.claims("OF_TYPE"))


def test_the_headings_of_dfars_stand_in_its_texts(dfars: Loaded) -> None:
    assert dfars.only("cls:dfars-252.201-7000", "HEADING") == "CONTRACTING OFFICER'S REPRESENTATIVE"
    assert (
        dfars.only("cls:dfars-252.201-7000", "DESCRIPTION") == "As prescribed in 201.602-70 , use the following clause:"
    )
    basic = "EXERCISE OF OPTION TO FULFILL FOREIGN MILITARY SALES COMMITMENTS—BASIC"
    assert dfars.only("cls:dfars-252.217-7000", "HEADING") == basic
    assert dfars.values_of("cls:dfars-252.209-7998", "HEADING") == []  # a pointer to a class deviation has none


@pytest.mark.parametrize("source", ["far", "dfars", "commonpaper", "cuad"])
def test_every_clause_type_and_category_that_a_contract_names_is_in_the_ontology(source: str) -> None:
    """A misspelt type would make an entity that nobody asks for."""
    said = load_source_spec(source).model_dump_json()
    named = set(re.findall(r"clt:tierscope-[a-z-]+", said)) | {
        f"clt:tierscope-{slug}" for slug in re.findall(r'"type":"([a-z-]+)"', said)
    }
    assert len(named) > 20
    assert named <= {concept.id for concept in CONCEPTS}


@pytest.mark.parametrize("source", ["far", "dfars"])
def test_every_entry_is_accounted_for(source: str, tmp_path: Path) -> None:
    loaded = load_extract(source, tmp_path)
    assert loaded.report.read == loaded.report.accepted == len(entries(source))
    assert_proven(loaded)
    assert loaded.again().opened == 0


def test_a_new_edition_makes_a_new_version_and_closes_the_old_one(tmp_path: Path) -> None:
    loaded = load_extract("far", tmp_path)
    before = loaded.only("tpl:far-part-52", "HAS_VERSION")
    raw = (EXTRACTS / "far" / FILES["far"]).read_bytes().replace(b"Gratuities (APR 1984)", b"Gratuities (APR 2026)")
    (loaded.folder / "far_part52.jsonl.gz").write_bytes(raw)
    report = loaded.again()
    after = loaded.only("tpl:far-part-52", "HAS_VERSION")
    assert after != before
    assert {claim.subject for claim in loaded.claims("CONTAINS")} == {after}
    assert str(loaded.only("cls:far-52.203-3", "TEXT")).startswith("Gratuities (APR 2026)")
    assert report.closed > 0


@pytest.mark.parametrize(
    ("raw", "error", "words"),
    [
        (b'{"number": "52.1", "title": "cut', SourceFileError, "line 1 .* is not JSON"),
        (b'{"number": "52.1"}\n', MappingError, "no key 'title'"),
        (b"", SourceFileError, "has no rows"),
        (b"\xfd7zXZ\x00 no archive", SourceFileError, "broken or truncated"),
    ],
)
def test_a_file_that_is_not_the_declared_one_writes_nothing(tmp_path: Path, raw, error, words) -> None:
    with pytest.raises(error, match=words) as caught:
        load_source("far", folder_with(tmp_path, "far", raw), tmp_path)
    assert caught.value.fix
    assert revision_of("far", tmp_path) == 0


def test_the_collection_of_another_source_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "far"
    folder.mkdir()
    shutil.copy(EXTRACTS / "dfars" / FILES["dfars"], folder / "far_part52.jsonl.gz")
    with pytest.raises(MappingError, match="no key 'prescription'"):
        load_source("far", folder, tmp_path)


@needs_public_data
@pytest.mark.slow
@pytest.mark.parametrize(("source", "read", "texts", "flow_down"), [("far", 669, 610, 80), ("dfars", 447, 346, 68)])
def test_the_whole_collections(tmp_path: Path, source: str, read: int, texts: int, flow_down: int) -> None:
    loaded = load_public(source, tmp_path)
    assert_accounted(loaded, read=read)
    assert loaded.count("TEXT") == texts
    assert loaded.count("NAMED") == read - texts + 1  # each entry without a text, and the template
    types = [str(each) for each in loaded.store.columns("OF_TYPE").objects]
    assert types.count("clt:tierscope-flow-down") == flow_down
