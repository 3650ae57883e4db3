"""The deliveries of SCMS: the chain from site to vendor to country, what is no vendor, and what is missing."""

import csv
import gzip
from pathlib import Path

import pytest

from graph.port import ClaimQuery, EntityQuery
from ingest.mapping.source_catalog import load_source_spec
from ingest.pipeline.retraction import retract
from ingest.pipeline.verification import verify
from ontology.ids import fold_name, name_id, scheme_id
from ontology.records import EntityId
from tests.ingest.loading import ticking
from tests.ingest.source_loading import EXTRACTS, Loaded, load_public, load_source
from tests.public_data import PUBLIC_DATA, needs_public_data

WAREHOUSE = name_id("sit", "scms", "SCMS from RDC")
IVORIAN = name_id("org", "scms", "SCMS programme Côte d'Ivoire")
PROGRAMME = name_id("org", "scms", "Supply Chain Management System")


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load_source("scms", EXTRACTS / "scms", tmp_path_factory.mktemp("scms"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load_public("scms", tmp_path_factory.mktemp("scms"))


def observation(number: str) -> EntityId:
    return scheme_id("obs", "scms", number)


def test_every_row_of_the_extract_is_accounted_for(extract: Loaded) -> None:
    report = extract.report
    assert (report.read, report.accepted, report.quarantined) == (49, 49, 0)
    assert report.warnings == ("SCMS_Delivery_History_Dataset.csv has 49 rows; its declaration expects 10,324",)


def test_a_delivery_is_an_observation_with_its_delay(extract: Loaded) -> None:
    delays = {
        claim.subject: claim.value
        for claim in extract.claims("MEASURED")
        if claim.qualifiers["metric"] == "delivery delay"
    }
    assert len(delays) == 49
    assert delays[observation("1")] == 0
    assert any(value != 0 for value in delays.values())
    assert all(isinstance(value, int) for value in delays.values())


def test_a_weight_that_was_not_captured_is_absent_and_no_fault(extract: Loaded) -> None:
    weighed = {
        claim.subject for claim in extract.claims("MEASURED") if claim.qualifiers["metric"] == "delivered weight"
    }
    assert observation("1") in weighed
    assert 0 < len(weighed) < 49
    assert extract.quarantined() == []


def test_the_warehouse_is_a_site_that_the_programme_operates(extract: Loaded) -> None:
    assert extract.only(WAREHOUSE, "CLASSIFIED") == "warehouse"
    (operates,) = [claim for claim in extract.claims("OPERATES") if claim.object == WAREHOUSE]
    assert operates.subject == PROGRAMME
    assert name_id("org", "scms", "SCMS from RDC") not in {
        entity.id for entity in extract.store.entities(EntityQuery())
    }


def test_sites_supply_vendors_and_vendors_supply_countries(extract: Loaded) -> None:
    supplies = {(claim.subject, claim.object) for claim in extract.claims("SUPPLIES")}
    vendor = name_id("org", "scms", "Aurobindo Pharma Limited")
    site = name_id("sit", "scms", "Aurobindo Unit III, India")
    vietnam = name_id("org", "scms", "SCMS programme Vietnam")
    assert {(site, vendor), (vendor, vietnam)} <= supplies
    assert any(subject == WAREHOUSE for subject, _ in supplies)
    assert any(target == PROGRAMME for _, target in supplies)


def test_a_supply_sums_its_rows_and_cites_them(extract: Loaded) -> None:
    spends = [claim for claim in extract.claims("SUPPLIES") if "annualSpend" in claim.qualifiers]
    claim = max(spends, key=lambda each: len(extract.evidence(each).locator))
    quote = extract.evidence(claim).quote
    assert quote.count("\n") >= 1
    assert claim.qualifiers["currency"] == "USD"
    assert claim.valid_from is not None
    assert claim.valid_from.endswith("-01-01T00:00:00Z")


def test_names_are_spelt_right(extract: Loaded) -> None:
    assert extract.only(IVORIAN, "NAMED") == "SCMS programme Côte d'Ivoire"
    assert extract.only(IVORIAN, "IN_COUNTRY") == "reg:iso3166-CI"
    assert extract.values_of(EntityId("reg:iso3166-CD"), "NAMED") == ["Congo, DRC"]
    names = {claim.value for claim in extract.claims("NAMED")}
    assert any("Grønland" in str(name) for name in names)
    assert not any("\u00c3" in str(name) for name in names)


def test_not_applicable_is_no_place(extract: Loaded) -> None:
    assert "Not Applicable" not in {claim.value for claim in extract.claims("NAMED")}


def test_the_proof_stands_when_the_file_is_read_again(extract: Loaded) -> None:
    cited = extract.store.evidence(sorted({each for claim in extract.claims() for each in claim.evidence}))
    proofs = verify(cited, load_source_spec("scms"), extract.folder)
    assert len(proofs) > 49
    assert all(proof.document and proof.quote for proof in proofs)


@needs_public_data
def test_all_rows_vendors_sites_and_countries(whole: Loaded) -> None:
    report = whole.report
    assert (report.read, report.accepted, report.quarantined, report.warnings) == (10324, 10324, 0, ())
    suppliers = {claim.subject for claim in whole.claims("SUPPLIES")}
    assert len({each for each in suppliers if each.startswith("org:")}) == 72
    places = {entity.id for entity in whole.store.entities(EntityQuery(kinds=["Site"]))}
    assert len(places) == 88  # 87 where medicine is made, and the warehouse; "Not Applicable" is none
    assert WAREHOUSE in places
    regions = whole.store.entities(EntityQuery(kinds=["Region"]))
    assert len(regions) == 43
    assert len(whole.store.entities(EntityQuery(kinds=["PerformanceObservation"]))) == 10324


@needs_public_data
def test_the_sum_of_all_supplies_is_the_sum_of_all_rows(whole: Loaded) -> None:
    total = sum(float(str(claim.qualifiers.get("annualSpend", 0))) for claim in whole.claims("SUPPLIES"))
    with gzip.open(PUBLIC_DATA / "scms" / "SCMS_Delivery_History_Dataset.csv.gz", "rt", encoding="utf-8-sig") as file:
        expected = sum(float(row["Line Item Value"]) for row in csv.DictReader(file))
    assert total == pytest.approx(expected, abs=0.01)


@needs_public_data
def test_a_second_load_writes_nothing_and_retracting_takes_all(whole: Loaded) -> None:
    again = whole.again()
    assert (again.unchanged, again.opened, again.closed) == (10324, 0, 0)
    gone = retract(whole.store, "scms", clock=ticking())
    assert gone.closed == whole.report.opened
    assert whole.store.claims(ClaimQuery()) == []


@needs_public_data
def test_the_other_tables_of_firms_are_accounted_for(tmp_path: Path) -> None:
    loaded = load_public("apple_suppliers", tmp_path)
    assert (loaded.report.read, loaded.report.accepted, loaded.report.quarantined) == (7558, 7558, 0)
    suppliers = {claim.subject for claim in loaded.claims("SUPPLIES")}
    with gzip.open(PUBLIC_DATA / "apple_suppliers" / "apple-supplier-list.csv.gz", "rt", encoding="utf-8-sig") as file:
        spellings = {row["supplier_name"] for row in csv.DictReader(file)}
    assert len(spellings) == 954
    assert len(suppliers) == len({fold_name(name) for name in spellings})  # a spelling is an organisation of its own
    assert {claim.object for claim in loaded.claims("SUPPLIES")} == {name_id("org", "apple_suppliers", "Apple Inc.")}
    years = {str(claim.valid_from)[:4] for claim in loaded.claims("SUPPLIES")}
    assert years == {str(year) for year in range(2012, 2023)} - {"2019"}
