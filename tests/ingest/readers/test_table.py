"""Sheets of both Excel formats: which sheet, which header, and cells as plain values."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from ingest.readers.options import check_options
from ingest.readers.table import SheetOptions, choose_sheet, header_of, is_blank, plain, row_of
from ontology.errors import MappingError, SourceFileError

PATH = Path("a.xlsx")


def test_the_first_sheet_is_read_unless_another_is_named() -> None:
    assert choose_sheet(PATH, ["A", "B"], None) == "A"
    assert choose_sheet(PATH, ["A", "B"], "B") == "B"


@pytest.mark.parametrize(("sheets", "wanted", "words"), [(["A", "B"], "C", "it has A, B"), ([], None, "it has none")])
def test_a_sheet_that_is_not_there_is_refused(sheets: list[str], wanted: str | None, words: str) -> None:
    with pytest.raises(SourceFileError, match=words):
        choose_sheet(PATH, sheets, wanted)


def test_a_header_is_trimmed_and_may_have_columns_without_a_name() -> None:
    assert header_of(PATH, [" a  b ", None, "", 3], SheetOptions()) == ("a b", "", "", "3")


def test_a_column_that_is_there_twice_is_named() -> None:
    with pytest.raises(SourceFileError, match="two columns 'b'"):
        header_of(PATH, ["a", "b", "c", "b"], SheetOptions())


@pytest.mark.parametrize(
    ("values", "columns", "words"),
    [(["a"], ["a", "b"], r"row 1 .* names no column \['b'\]; it has a"), ([None, ""], [], "names no column")],
)
def test_a_header_without_what_is_declared_is_refused(values: list[object], columns: list[str], words: str) -> None:
    with pytest.raises(MappingError, match=words):
        header_of(PATH, values, SheetOptions(columns=tuple(columns)))


def test_the_header_is_the_first_row_unless_another_is_declared() -> None:
    assert check_options(SheetOptions, {}).header == 1
    assert check_options(SheetOptions, {"header": 1}).header == 1
    with pytest.raises(MappingError, match="read: header"):
        check_options(SheetOptions, {"header": 0})


def test_a_row_has_only_named_cells() -> None:
    row = row_of(("a", "", "c"), [1, 2, "x", "beyond"], sheet="S", number=7)
    assert (row.number, row.cells, row.locator) == (7, {"a": 1, "c": "x"}, {"sheet": "S"})
    assert row.raw == b'{"a":1,"c":"x"}'


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (datetime(2026, 3, 1), "2026-03-01"),  # noqa: DTZ001  # Excel knows no time zone
        (datetime(2026, 3, 1, 9, 30), "2026-03-01T09:30:00"),  # noqa: DTZ001
        (date(2026, 3, 1), "2026-03-01"),
        (time(9, 30), "09:30:00"),
        (7.0, 7),
        (7.5, 7.5),
        (-(2.0**52), -(2**52)),
        (2.0**53 - 1, 2**53 - 1),
        (2.0**53, 2.0**53),
        (True, True),
        ("x", "x"),
        (None, None),
        (b"x", None),
    ],
)
def test_cells_become_plain_values(value: object, result: object) -> None:
    assert plain(value) == result
    assert type(plain(value)) is type(result)


@pytest.mark.parametrize(("values", "blank"), [(["", None], True), ([0, None], False), (["", "x"], False)])
def test_a_row_is_blank_where_all_its_cells_are(values: list[object], blank: bool) -> None:
    assert is_blank(row_of(("a", "b"), values, sheet="S", number=2)) is blank
