"""Goods made by child or forced labour: products, and risks to goods and countries."""

import csv
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from ingest.readers import csv as csv_reader
from ingest.readers import xls
from ontology.errors import SourceFileError
from ontology.ids import name_id, scheme_id
from tests.ingest.source_loading import (
    EXTRACTS,
    Loaded,
    assert_accounted,
    assert_proven,
    load_public,
    load_source,
    revision_of,
)
from tests.public_data import PUBLIC_DATA, needs_public_data

LIST_2014 = EXTRACTS / "dol" / "EO13126List_2014.xls"


def rows() -> list[list[str]]:
    with (EXTRACTS / "dol" / "tvpra.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def folder_with(place: Path, table: list[list[str]]) -> Path:
    folder = place / "dol"
    folder.mkdir()
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Sheet1"
    for line in table:
        page.append([cell or None for cell in line])
    book.save(folder / "TVPRA2016_0.xlsx")
    shutil.copy(LIST_2014, folder)
    return folder


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    place = tmp_path_factory.mktemp("dol")
    return load_source("dol", folder_with(place, rows()), place)


def test_every_claim_is_proven_by_its_file(loaded: Loaded) -> None:
    assert_proven(loaded)


def risk_of(good: str, code: str, *, edition: str = "2016") -> str:
    return scheme_id("rsk", f"dol-{edition}", f"{code}-{good}")


@pytest.mark.parametrize(
    ("good", "spelling"),
    [
        ("Brazil Nuts/Chestnuts", "Brazil Nuts / Chestnuts"),
        ("Cottonseed (hybrid)", "Cottonseed (Hybrid)"),
        ("Garments", "Garments "),
    ],
)
def test_spellings_of_one_good_are_one_product(loaded: Loaded, good: str, spelling: str) -> None:
    kinds = loaded.kinds()
    assert kinds[name_id("prd", "dol", good)] == "Product"
    folded = spelling.strip()
    assert folded == good or name_id("prd", "dol", folded) not in kinds


@pytest.mark.parametrize(
    ("code", "name"),
    [("MM", "Burma"), ("CI", "Cote d'Ivoire"), ("CD", "Democratic Republic of the Congo"), ("TR", "Turkey")],
)
def test_dirty_country_names_lead_to_their_codes(loaded: Loaded, code: str, name: str) -> None:
    assert loaded.only(f"reg:iso3166-{code}", "NAMED") == name


def test_misspelt_countries_of_the_older_list_are_known(loaded: Loaded) -> None:
    sugarcane = risk_of("Sugarcane", "BO", edition="eo13126-2014")  # "Boliva"
    assert loaded.only(sugarcane, "SEVERITY") == 1
    cotton = risk_of("Cotton", "TJ", edition="eo13126-2014")  # "Tajikstan"
    assert loaded.only(cotton, "AFFECTS") == name_id("prd", "dol", "Cotton")


@pytest.mark.parametrize(
    ("good", "code", "severity", "labour"),
    [
        ("Cattle", "BO", 1, {"forced labour"}),
        ("Garments", "BD", 0.8, {"child labour"}),
        ("Gold", "CD", 1, {"child labour", "forced labour"}),
    ],
)
def test_a_row_is_a_social_risk_to_its_good(loaded: Loaded, good, code, severity, labour) -> None:
    risk = risk_of(good, code)
    assert loaded.only(risk, "IN_CATEGORY") == "rct:tierscope-social"
    assert loaded.only(risk, "AFFECTS") == name_id("prd", "dol", good)
    assert loaded.only(risk, "SEVERITY") == severity
    classes = {(claim.qualifiers["scheme"], claim.value) for claim in loaded.claims("CLASSIFIED", risk)}
    assert classes == {("iso3166", code)} | {("dol-labour", each) for each in labour}
    (claim,) = loaded.claims("SEVERITY", risk)
    assert (claim.basis, claim.valid_from) == ("inferred", "2016-01-01T00:00:00Z")


def test_a_countrys_risk_is_made_of_its_rows(loaded: Loaded) -> None:
    assert loaded.only("rsk:dol-2016-BO", "LIKELIHOOD") == pytest.approx(0.08)  # two goods
    assert loaded.only("rsk:dol-2016-BO", "SEVERITY") == 1  # one of them by forced labour
    assert loaded.only("rsk:dol-2016-BD", "SEVERITY") == 0.8
    (claim,) = loaded.claims("LIKELIHOOD", "rsk:dol-2016-BO")
    assert '"rows":"3-4"' in loaded.evidence(claim).locator


def test_the_year_stands_in_names_and_title(loaded: Loaded) -> None:
    assert loaded.only(risk_of("Gold", "CD"), "NAMED") == (
        "Child or forced labour: Gold, Democratic Republic of the Congo (2016)"
    )


def test_an_unknown_country_is_quarantined(tmp_path: Path) -> None:
    loaded = load_source("dol", folder_with(tmp_path, [*rows(), ["Freedonia", "Bricks", "X", ""]]), tmp_path)
    assert loaded.report.quarantined == 1
    assert {key.partition(":")[0] for key in loaded.quarantined()} <= {"good", "good#14", "country#14"}
    assert "Freedonia" in loaded.report.refusals[0].message


def test_a_workbook_in_the_place_of_the_other_is_refused(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, rows())
    shutil.copy(folder / "TVPRA2016_0.xlsx", folder / LIST_2014.name)
    with pytest.raises(SourceFileError, match="not a readable"):
        load_source("dol", folder, tmp_path)
    assert revision_of("dol", tmp_path) == 0


@needs_public_data
@pytest.mark.slow
def test_both_whole_lists(tmp_path: Path) -> None:
    loaded = load_public("dol", tmp_path)
    assert_accounted(loaded, read=379 + 54)
    kinds = list(loaded.kinds().values())
    assert kinds.count("Region") == 75
    assert kinds.count("Risk") == 379 + 54 + 75


@needs_public_data
def test_the_lists_typed_off_as_csv_say_the_same() -> None:
    """Why they are not read: a copy is no second witness."""
    folder = PUBLIC_DATA / "dol"
    typed = [list(row.cells.values()) for row in csv_reader.read(folder / "child_labor.csv", {"encoding": "utf-8-sig"})]
    sheet = load_workbook(folder / "TVPRA2016_0.xlsx")["Sheet1"].iter_rows(min_row=2, values_only=True)
    assert typed == [[cell or "" for cell in row] for row in sheet]
    products = [row.cells for row in csv_reader.read(folder / "products.csv", {})]
    assert products == [row.cells for row in xls.read(LIST_2014, {})]
