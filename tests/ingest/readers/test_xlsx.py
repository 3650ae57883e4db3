"""Workbooks: values as last calculated, and every way in which a file can fail to be one."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ingest.readers.xlsx import read
from ontology.errors import MappingError, SourceFileError
from tests.public_data import PUBLIC_DATA, needs_public_data


def workbook(path: Path, rows: Sequence[list[Any]], *, sheet: str = "Figures") -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def rewritten(path: Path, part: str, change: tuple[str, str]) -> Path:
    """The workbook with a text in one of its parts replaced."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    before, after = change
    assert before in parts[part].decode()
    parts[part] = parts[part].decode().replace(before, after).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def test_rows_carry_number_cells_and_quotable_bytes(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["Country", " Risk  class "], ["Mali", 6.5], ["Côte d'Ivoire", 5]])
    rows = list(read(path, {}))
    assert [row.number for row in rows] == [2, 3]
    assert rows[1].cells == {"Country": "Côte d'Ivoire", "Risk class": 5}
    assert rows[1].raw == '{"Country":"Côte d\'Ivoire","Risk class":5}'.encode()
    assert rows[1].locator == {"sheet": "Figures"}


HALF_PAST_NINE = datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001  # Excel knows no time zone


def test_dates_become_iso_text_and_other_values_keep_their_type(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["a", "b", "c", "d"], [date(2026, 3, 1), HALF_PAST_NINE, True, 7.0]])
    (row,) = read(path, {})
    assert row.cells == {"a": "2026-03-01", "b": "2026-03-01T09:30:00", "c": True, "d": 7}


def test_a_formula_gives_the_value_that_was_calculated_last(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["a"], ["=1+1"]])
    rewritten(path, SHEET, ("<f>1+1</f><v />", "<f>1+1</f><v>2</v>"))
    (row,) = read(path, {})
    assert row.cells == {"a": 2}


def test_a_formula_that_was_calculated_to_nothing_is_empty_and_no_fault(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], ['=IF(1>2,"YES","")', "x"]])
    (row,) = read(path, {})  # the writer leaves an empty <v />, as Excel does for a formula that gives ""
    assert row.cells == {"a": None, "b": "x"}


def test_a_formula_without_a_calculated_value_is_refused_by_its_cell(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], ["x", 1], ["y", "=B2*2"]])
    rewritten(path, SHEET, ("<f>B2*2</f><v />", "<f>B2*2</f>"))
    with pytest.raises(SourceFileError, match=r"cell B3 of sheet 'Figures'.*without a calculated value") as caught:
        list(read(path, {}))
    assert caught.value.details["cell"] == "B3"
    assert "recalculate" in caught.value.fix


def test_the_refusal_comes_before_the_first_row(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["a"], *[[str(n)] for n in range(50)], ["=1+1"]])
    rewritten(path, SHEET, ("<f>1+1</f><v />", "<f>1+1</f>"))
    with pytest.raises(SourceFileError):
        next(iter(read(path, {})))


def test_blank_rows_are_left_out_but_counted(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["a"], ["x"], [None], [""], ["y"]])
    assert [(row.number, row.cells["a"]) for row in read(path, {})] == [(2, "x"), (5, "y")]


def test_header_may_stand_lower(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["Title of it all"], [None], ["a", "b"], [1, 2]])
    assert [row.cells for row in read(path, {"header": 3})] == [{"a": 1, "b": 2}]


def test_sheet_is_chosen_by_name(tmp_path):
    book = Workbook()
    for name in ("One", "Two"):
        page = book.create_sheet(name)
        page.append(["a"])
        page.append([name])
    book.save(tmp_path / "a.xlsx")
    assert [row.cells for row in read(tmp_path / "a.xlsx", {"sheet": "Two"})] == [{"a": "Two"}]


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"sheet": "Gone"}, SourceFileError, "no sheet 'Gone'; it has Figures"),
        ({"columns": ["ISO3"]}, MappingError, "names no column.*ISO3"),
        ({"header": 9}, MappingError, "no row 9"),
        ({"header": 0}, MappingError, "read: header"),
        ({"heading": 1}, MappingError, "read: heading"),
    ],
)
def test_options_that_do_not_fit_the_file(tmp_path, options, error, words):
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], [1, 2]])
    with pytest.raises(error, match=words) as caught:
        list(read(path, options))
    assert caught.value.fix


def test_two_columns_of_one_name_are_refused(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["a", "a"], [1, 2]])
    with pytest.raises(SourceFileError, match="two columns 'a'"):
        list(read(path, {}))


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", b"PK\x03\x04 and no more", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9]
)
def test_what_is_no_workbook_is_refused(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(SourceFileError, match="not a readable Excel workbook") as caught:
        list(read(path, {}))
    assert caught.value.fix


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("readme.txt", "nothing")
    with pytest.raises(SourceFileError, match="not a readable Excel workbook"):
        list(read(tmp_path / "a.xlsx", {}))


def test_a_truncated_workbook_is_refused(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["a"], [1]])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(SourceFileError):
        list(read(path, {}))


def test_a_workbook_with_an_entity_bomb_is_refused(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["a"], [1]])
    bomb = '<!DOCTYPE x [<!ENTITY e "eeee">]><worksheet'
    rewritten(path, SHEET, ("<worksheet", bomb))
    with pytest.raises(SourceFileError, match="not a readable Excel workbook"):
        list(read(path, {}))


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    path = workbook(tmp_path / "a.xlsx", [["a"], [1]])
    monkeypatch.setattr("ingest.readers.xlsx.SIZE_LIMIT", 1000)
    with pytest.raises(SourceFileError, match="unpacks to"):
        list(read(path, {}))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SourceFileError, match=r"gone\.xlsx is not there"):
        list(read(tmp_path / "gone.xlsx", {}))


@needs_public_data
def test_inform_is_read_with_calculated_values():
    path = PUBLIC_DATA / "inform" / "inform_risk_2025_v070.xlsx"
    rows = list(read(path, {"sheet": "INFORM Risk 2025 (a-z)"}))
    assert len(rows) == 191
    assert len(rows[0].cells) == 42
    assert (rows[0].cells["COUNTRY"], rows[0].cells["INFORM RISK"], rows[0].cells["Natural"]) == (
        "Afghanistan",
        7.8,
        5.6,
    )
