"""INFORM: raw figures as indicators, and risks by a declared rule."""

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook

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

NAME, SHEET = "inform_risk_2025_v070.xlsx", "INFORM Risk 2025 (a-z)"


def rows() -> list[list[object]]:
    with (EXTRACTS / "inform" / "index.csv").open(encoding="utf-8", newline="") as file:
        header, *body = csv.reader(file)
    return [list(header), *([_figure(cell) for cell in line] for line in body)]


def _figure(cell: str) -> object:
    try:
        return float(cell) if cell else None
    except ValueError:
        return cell


def folder_with(place: Path, table: list[list[object]], sheet: str = SHEET) -> Path:
    folder = place / "inform"
    folder.mkdir()
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for line in table:
        page.append(line)
    book.save(folder / NAME)
    return folder


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    place = tmp_path_factory.mktemp("inform")
    return load_source("inform", folder_with(place, rows()), place)


def test_every_claim_is_proven_by_its_file(loaded: Loaded) -> None:
    assert_proven(loaded)


def test_a_country_is_its_code_and_keeps_its_name(loaded: Loaded) -> None:
    assert loaded.only("reg:iso3166-CI", "NAMED") == "Côte d'Ivoire"
    assert loaded.only("reg:iso3166-CI", "IDENTIFIED_BY") == "CIV"


def test_figures_are_kept_raw_with_unit_and_year(loaded: Loaded) -> None:
    figures = {claim.qualifiers["indicator"]: claim for claim in loaded.claims("INDICATOR", "reg:iso3166-AF")}
    assert len(figures) == 38
    natural = figures["INFORM Natural"]
    assert (natural.value, natural.qualifiers["unit"], natural.qualifiers["year"]) == (5.6, "0-10", 2025)
    assert natural.basis == "observed"


def test_what_is_not_given_is_absent_and_not_zero(loaded: Loaded) -> None:
    yemen = {claim.qualifiers["indicator"] for claim in loaded.claims("INDICATOR", "reg:iso3166-YE")}
    assert "INFORM DRR" not in yemen  # "x" in the sheet
    zero = [claim for claim in loaded.claims("INDICATOR", "reg:iso3166-AF") if claim.value == 0]
    assert zero  # a zero in the sheet is a figure


@pytest.mark.parametrize(
    ("risk", "category", "likelihood", "severity"),
    [
        ("natural-hazard", "natural-hazard", 0.56, 0.785),  # 5.6 / 10, mean of 8.3 and 7.4 / 10
        ("conflict", "geopolitical-trade", 0.89, 0.785),
        ("governance", "governance", 1, 0.87),
        ("social", "social", 1, 0.81),
    ],
)
def test_risks_follow_the_declared_rule(loaded: Loaded, risk, category, likelihood, severity) -> None:
    entity = f"rsk:inform-AFG-{risk}"
    assert loaded.only(entity, "IN_CATEGORY") == f"rct:tierscope-{category}"
    assert loaded.only(entity, "AFFECTS") == "reg:iso3166-AF"
    assert loaded.only(entity, "LIKELIHOOD") == pytest.approx(likelihood)
    assert loaded.only(entity, "SEVERITY") == pytest.approx(severity)
    assert {claim.basis for claim in loaded.claims("SEVERITY", entity)} == {"inferred"}


def test_a_risk_without_its_figure_is_not_made(tmp_path: Path) -> None:
    table = rows()
    table[1][table[0].index("Governance")] = "x"
    loaded = load_source("inform", folder_with(tmp_path, table), tmp_path)
    assert loaded.values_of("rsk:inform-AFG-governance", "SEVERITY") == []
    assert loaded.only("rsk:inform-AFG-social", "SEVERITY") == pytest.approx(0.81)


def test_a_figure_beyond_the_scale_is_quarantined(tmp_path: Path) -> None:
    table = rows()
    table[2][table[0].index("Natural")] = 56
    loaded = load_source("inform", folder_with(tmp_path, table), tmp_path)
    assert loaded.quarantined() == ["country:CIV"]
    (refusal,) = loaded.report.refusals
    assert "likelihood" in refusal.path
    assert refusal.fix


def test_an_unknown_country_is_quarantined_with_its_name(tmp_path: Path) -> None:
    table = rows()
    table[1][1] = "ZZZ"
    loaded = load_source("inform", folder_with(tmp_path, table), tmp_path)
    assert loaded.quarantined() == ["country#2"]
    assert "'ZZZ'" in loaded.report.refusals[0].message


def test_another_sheet_or_column_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match="no sheet 'INFORM Risk 2025"):
        load_source("inform", folder_with(tmp_path, rows(), sheet="INFORM Risk 2026 (a-z)"), tmp_path)
    assert revision_of("inform", tmp_path) == 0
    table = rows()
    table[0][table[0].index("Natural")] = "Nature"
    second = tmp_path / "second"
    second.mkdir()
    with pytest.raises(MappingError, match="no column 'Natural'"):
        load_source("inform", folder_with(second, table), second)


@needs_public_data
@pytest.mark.slow
def test_the_whole_index(tmp_path: Path) -> None:
    loaded = load_public("inform", tmp_path)
    assert_accounted(loaded, read=191)
    kinds = list(loaded.kinds().values())
    assert kinds.count("Region") == 191
    assert kinds.count("Risk") == 4 * 191
    assert loaded.count("INDICATOR") == 7183
