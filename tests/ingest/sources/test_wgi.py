"""Worldwide Governance Indicators: a claim a country, year and indicator, and risks of the last year."""

import hashlib
import json
from pathlib import Path

import pytest

from ontology.errors import MappingError, SourceFileError
from tests.ingest.source_loading import (
    EXTRACTS,
    Loaded,
    assert_accounted,
    assert_proven,
    load_public,
    load_source,
    revision_of,
)
from tests.public_data import needs_public_data

NAME = "Worldwide_Governance_Indicators_1996-2019.csv.gz"
RAW = (EXTRACTS / "wgi" / "figures.csv").read_bytes()


def folder_with(place: Path, raw: bytes) -> Path:
    folder = place / "wgi"
    folder.mkdir()
    (folder / NAME).write_bytes(raw)
    return folder


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    place = tmp_path_factory.mktemp("wgi")
    return load_source("wgi", folder_with(place, RAW), place)


def test_every_claim_is_proven_by_its_file(loaded: Loaded) -> None:
    assert_proven(loaded)


def test_names_in_windows_1252_are_read_right(loaded: Loaded) -> None:
    assert loaded.only("reg:iso3166-CI", "NAMED") == "Côte d'Ivoire"


def test_codes_of_the_world_bank_lead_to_iso_regions(loaded: Loaded) -> None:
    assert loaded.only("reg:iso3166-CD", "NAMED") == "Congo, Dem. Rep."
    assert loaded.only("reg:iso3166-AD", "NAMED") == "Andorra"


def test_an_estimate_holds_in_its_year(loaded: Loaded) -> None:
    claims = [
        claim
        for claim in loaded.claims("INDICATOR", "reg:iso3166-SO")
        if claim.qualifiers == {"indicator": "WGI Rule of law", "unit": "standard normal", "year": 2018}
    ]
    (claim,) = claims
    assert (claim.valid_from, claim.valid_to) == ("2018-01-01T00:00:00Z", "2019-01-01T00:00:00Z")
    row = loaded.evidence(claim).quote
    assert row.split(",")[1] == '"Somalia"'
    assert str(claim.value) in row
    assert row.endswith('"RuleofLaw"')


def test_the_quote_of_a_row_in_another_encoding_is_its_hash(loaded: Loaded) -> None:
    claim = loaded.claims("INDICATOR", "reg:iso3166-CI")[0]
    evidence = loaded.evidence(claim)
    (row,) = json.loads(evidence.locator)["rows"].split("-")
    assert evidence.quote == ""  # its bytes are not UTF-8; repeating them as text would hash to something else
    assert evidence.quote_sha256 == hashlib.sha256(RAW.split(b"\n")[int(row) - 1]).hexdigest()


def test_a_row_without_an_estimate_says_nothing_and_is_accounted_for(loaded: Loaded) -> None:
    assert b'"SSD",2009,NA,' in RAW
    assert loaded.only("reg:iso3166-SS", "NAMED") == "South Sudan"
    assert loaded.claims("INDICATOR", "reg:iso3166-SS") == []
    assert loaded.report.read == RAW.count(b"\n") - 1
    assert loaded.report.quarantined == 0


def test_risks_are_of_the_last_year_and_normalised(loaded: Loaded) -> None:
    (figure,) = [
        claim
        for claim in loaded.claims("INDICATOR", "reg:iso3166-CI")
        if claim.qualifiers["indicator"] == "WGI Control of corruption" and claim.qualifiers["year"] == 2019
    ]
    risk = "rsk:wgi-CIV-ControlofCorruption"
    assert isinstance(figure.value, float)
    assert loaded.only(risk, "SEVERITY") == pytest.approx((2.5 - figure.value) / 5, abs=1e-4)
    assert loaded.only(risk, "LIKELIHOOD") == 1
    assert loaded.only(risk, "IN_CATEGORY") == "rct:tierscope-governance"
    (claim,) = loaded.claims("SEVERITY", risk)
    assert (claim.basis, claim.confidence, claim.valid_from) == ("inferred", 0.7, "2019-01-01T00:00:00Z")


def test_a_figure_beyond_the_usual_range_stays_within_one(loaded: Loaded) -> None:
    assert loaded.only("rsk:wgi-SOM-PoliticalStability", "IN_CATEGORY") == "rct:tierscope-geopolitical-trade"
    severities = [claim.value for claim in loaded.claims("SEVERITY")]
    assert all(isinstance(value, int | float) and 0 <= value <= 1 for value in severities)


def test_a_risk_is_made_once_for_each_country_and_indicator(loaded: Loaded) -> None:
    assert loaded.count("SEVERITY") == 4 * 6


@pytest.mark.parametrize(
    ("raw", "error", "words"),
    [
        (RAW.replace(b'"Estimate"', b'"Estimation"'), MappingError, "no column 'Estimate'"),
        (b"a;b\n1;2\n", MappingError, "no column"),
        (b"\xd0\xcf\x11\xe0 an old workbook", SourceFileError, "not a CSV file"),
        (RAW + b'"9","an open quote', SourceFileError, "broken at line"),
    ],
)
def test_a_file_that_is_not_the_declared_one_writes_nothing(tmp_path: Path, raw, error, words) -> None:
    with pytest.raises(error, match=words) as caught:
        load_source("wgi", folder_with(tmp_path, raw), tmp_path)
    assert caught.value.fix
    assert revision_of("wgi", tmp_path) == 0


def test_an_estimate_that_is_no_number_is_quarantined(tmp_path: Path) -> None:
    raw = RAW.replace(b'"CIV",2018,', b'"CIV",2018,much', 1)
    loaded = load_source("wgi", folder_with(tmp_path, raw), tmp_path)
    assert loaded.report.quarantined == 1
    (refusal,) = loaded.report.refusals
    assert refusal.rule == "number"
    assert "much" in refusal.message


@needs_public_data
@pytest.mark.slow
def test_the_whole_series(tmp_path: Path) -> None:
    loaded = load_public("wgi", tmp_path)
    assert_accounted(loaded, read=26964)
    assert loaded.count("INDICATOR") == 26964 - 983
    assert list(loaded.kinds().values()).count("Region") == 214
    assert loaded.count("SEVERITY") == 1251
