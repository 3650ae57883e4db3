"""Old workbooks. Nothing here writes them, so a small real one lies in tests/data."""

from pathlib import Path
from typing import Any

import pytest
from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_NUMBER, XL_CELL_TEXT, sheet

from ingest.readers.table import plain
from ingest.readers.xls import _value, read
from ontology.errors import MappingError, SourceFileError
from tests.public_data import ROOT

LIST = ROOT / "tests" / "data" / "dol" / "EO13126List_2014.xls"


def test_rows_of_a_real_list():
    rows = list(read(LIST, {"columns": ["Country", "Good"]}))
    assert len(rows) == 54
    assert (rows[0].number, rows[0].cells) == (2, {"Country": "Afghanistan", "Good": "Bricks"})
    assert rows[-1].raw == b'{"Country":"Vietnam","Good":"Garments"}'
    assert rows[-1].locator == {"sheet": "Sheet1"}


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"sheet": "Gone"}, SourceFileError, "no sheet 'Gone'; it has Sheet1, Sheet2, Sheet3"),
        ({"columns": ["ISO3"]}, MappingError, "ISO3"),
        ({"header": 900}, MappingError, "no row 900"),
        ({"sheet": "Sheet2"}, MappingError, "no row 1"),
        ({"heading": 1}, MappingError, "read: heading"),
    ],
)
def test_options_that_do_not_fit_the_file(options, error, words):
    with pytest.raises(error, match=words) as caught:
        list(read(LIST, options))
    assert caught.value.fix


@pytest.mark.parametrize("kept", [0, 100, 600, 5000, 12000])
def test_a_truncated_workbook_is_refused(tmp_path, kept):
    path = tmp_path / "a.xls"
    path.write_bytes(LIST.read_bytes()[:kept])
    with pytest.raises(SourceFileError, match="not a readable"):
        list(read(path, {}))


@pytest.mark.parametrize(
    "content", [b"a,b\n1,2\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, b"<html></html>"]
)
def test_what_is_no_such_workbook_is_refused(tmp_path, content):
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    with pytest.raises(SourceFileError, match="not a readable") as caught:
        list(read(path, {}))
    assert caught.value.fix


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(SourceFileError, match=r"gone\.xls is not there"):
        list(read(tmp_path / "gone.xls", {}))


@pytest.mark.parametrize(
    ("kind", "stored", "value"),
    [
        (XL_CELL_DATE, 46082.0, "2026-03-01"),
        (XL_CELL_DATE, 46082.5, "2026-03-01T12:00:00"),
        (XL_CELL_BOOLEAN, 1, True),
        (XL_CELL_ERROR, 0x2A, "#N/A"),
        (XL_CELL_NUMBER, 3.0, 3),
        (XL_CELL_NUMBER, 3.25, 3.25),
        (XL_CELL_TEXT, " India ", " India "),
    ],
)
def test_cells_become_plain_values(kind, stored: Any, value):
    assert plain(_value(sheet.Cell(kind, stored), 0)) == value
