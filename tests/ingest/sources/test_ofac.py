"""OFAC: entries, programmes, names, addresses and links, as an old snapshot says them."""

from pathlib import Path

import pytest

from ingest.mapping.source_catalog import load_source_spec
from ingest.pipeline.load import load
from ontology.errors import SourceFileError
from tests.ingest.source_loading import (
    AT,
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


def folder_with(place: Path, **changed: bytes) -> Path:
    """The extract, compressed as the source is, with some of its files replaced."""
    folder = place / "ofac"
    folder.mkdir()
    for name in ("sdn", "alt", "add"):
        pack(EXTRACTS / "ofac" / f"{name}.csv", folder / f"{name}.csv.gz")
        if name in changed:
            (folder / f"{name}.csv.gz").write_bytes(changed[name])
    return folder


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    place = tmp_path_factory.mktemp("ofac")
    return load_source("ofac", folder_with(place), place)


def test_kinds_follow_the_type(loaded: Loaded) -> None:
    kinds = loaded.kinds()
    assert kinds["org:ofac-306"] == "Organization"
    assert kinds["per:ofac-7940"] == "Person"
    assert kinds["ast:ofac-15036"] == "Asset"
    assert kinds["ast:ofac-15431"] == "Asset"


def test_each_programme_is_a_claim_of_its_own(loaded: Loaded) -> None:
    claims = loaded.claims("SANCTIONED", "org:ofac-4632")
    assert {claim.value for claim in claims} == {"OFAC SDN"}
    assert {claim.qualifiers["programme"] for claim in claims} == {"IRAN", "SDGT", "IRGC", "IFSR"}
    assert {claim.qualifiers["entry"] for claim in claims} == {"4632"}


def test_names_are_primary_alias_or_weak(loaded: Loaded) -> None:
    names = {(claim.value, claim.qualifiers["kind"]) for claim in loaded.claims("NAMED", "org:ofac-306")}
    assert ("BANCO NACIONAL DE CUBA", "primary") in names
    assert ("NATIONAL BANK OF CUBA", "alias") in names
    assert ("BNC", "weak") in names


def test_identifiers_in_the_remarks_are_read(loaded: Loaded) -> None:
    vessel = {(claim.qualifiers["scheme"], claim.value) for claim in loaded.claims("IDENTIFIED_BY", "ast:ofac-15036")}
    assert vessel == {("ofac", "15036"), ("imo", "9187629"), ("mmsi", "572469210"), ("call-sign", "T2EU4")}
    firm = {(claim.qualifiers["scheme"], claim.value) for claim in loaded.claims("IDENTIFIED_BY", "org:ofac-23203")}
    assert ("duns", "520242307") in firm


def test_a_link_leads_to_the_entry_of_exactly_that_name_and_is_no_ownership(loaded: Loaded) -> None:
    (link,) = loaded.claims("LINKED_TO", "ast:ofac-15036")
    assert link.qualifiers == {"kind": "OFAC Linked To"}
    assert "NATIONAL IRANIAN TANKER COMPANY" in loaded.values_of(str(link.object), "NAMED")
    assert len(loaded.values_of("org:ofac-4632", "LINKED_TO")) == 2
    assert loaded.claims("OWNS") == []


def test_links_that_resolve_to_none_or_to_several_are_reported_and_not_invented(loaded: Loaded) -> None:
    assert loaded.quarantined() == ["unresolved-link:18782", "unresolved-link:25436"]
    assert loaded.values_of("per:ofac-25436", "LINKED_TO") == []  # two entries are called MINISTRY OF STATE SECURITY
    named = {refusal.message for refusal in loaded.report.refusals}
    assert any("ROSTEC." in message for message in named)
    assert loaded.only("per:ofac-25436", "SANCTIONED") == "OFAC SDN"  # the entry itself stands


def test_a_person_belongs_to_the_nationality_only_where_it_is_certain(loaded: Loaded) -> None:
    assert loaded.values_of("per:ofac-7940", "IN_COUNTRY") == []  # "possibly Palestinian"
    assert loaded.only("ast:ofac-15036", "IN_COUNTRY") == "reg:iso3166-IR"  # its flag


def test_a_seat_is_claimed_where_all_addresses_agree(loaded: Loaded) -> None:
    countries = {str(claim.object) for claim in loaded.claims("LOCATED_AT", "org:ofac-306")}
    assert countries == {"reg:iso3166-CH", "reg:iso3166-ES", "reg:iso3166-JP", "reg:iso3166-PA"}
    assert loaded.values_of("org:ofac-306", "IN_COUNTRY") == []
    assert loaded.only("org:ofac-36", "IN_COUNTRY") == "reg:iso3166-CU"


def test_addresses_stand_as_they_are_written(loaded: Loaded) -> None:
    addresses = {claim.qualifiers.get("address") for claim in loaded.claims("LOCATED_AT", "org:ofac-306")}
    assert "Zweierstrasse 35, Zurich CH-8022" in addresses


def test_nothing_is_said_of_the_null_marker_or_of_the_end_of_file_mark(loaded: Loaded) -> None:
    assert not [claim for claim in loaded.claims() if str(claim.value).strip() in {"-0-", "\x1a"}]


def test_every_row_is_accounted_for(loaded: Loaded) -> None:
    report = loaded.report
    assert report.read == report.accepted + report.quarantined
    assert report.quarantined == 2
    assert any("sdn.csv.gz has 16 rows" in warning for warning in report.warnings)
    assert_proven(loaded)
    assert loaded.again().opened == 0


def test_the_contract_says_that_it_is_old() -> None:
    assert "old snapshot" in load_source_spec("ofac").title


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"sdn": b"\x1f\x8b\x08\x00 no gzip"}, "broken or truncated"),
        ({"alt": b"PK\x03\x04 a workbook"}, "not a CSV file"),
        ({"add": b""}, "has no rows"),
    ],
)
def test_a_wrong_file_writes_nothing(tmp_path: Path, changed: dict[str, bytes], words: str) -> None:
    folder = folder_with(tmp_path, **changed)
    with pytest.raises(SourceFileError, match=words) as caught:
        load_source("ofac", folder, tmp_path)
    assert caught.value.fix
    assert revision_of("ofac", tmp_path) == 0


def test_a_truncated_file_and_a_missing_one_are_typed(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    whole = (folder / "sdn.csv.gz").read_bytes()
    (folder / "sdn.csv.gz").write_bytes(whole[:-30])
    with pytest.raises(SourceFileError, match="truncated"):
        load_source("ofac", folder, tmp_path)
    (folder / "sdn.csv.gz").unlink()
    store = load_source_spec("ofac")
    with pytest.raises(SourceFileError, match=r"has no file sdn\.csv\.gz"):
        load(None, store, folder, clock=lambda: AT)  # type: ignore[arg-type]  # it must not get so far as the store


@needs_public_data
@pytest.mark.slow
def test_the_whole_list(tmp_path: Path) -> None:
    loaded = load_public("ofac", tmp_path)
    assert_accounted(loaded, read=8976 + 11910 + 13837, quarantined=10)
    assert {key.partition(":")[0] for key in loaded.quarantined()} == {"unresolved-link"}
    assert loaded.count("LINKED_TO") == 3391 - 8 - 2  # eight names are no entry's, two are two entries'
    assert len(set(loaded.store.columns("SANCTIONED").subjects)) == 8976
    assert loaded.count("OWNS") == 0
