"""The CSV reader: rows with their exact bytes; what is no CSV is refused by name."""

import csv
import gzip
import io
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.csv import read
from ontology.errors import MappingError, SourceFileError


def write(folder: Path, body: bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


def test_a_row_keeps_its_bytes_without_the_lines_end(tmp_path: Path) -> None:
    rows = list(read(write(tmp_path, b"a,b\r\n1,x\r\n2,y\r\n"), {}))
    assert [row.raw for row in rows] == [b"1,x", b"2,y"]
    assert rows[0].cells == {"a": "1", "b": "x"}


def test_the_header_counts_so_a_spreadsheet_shows_the_same_number(tmp_path: Path) -> None:
    assert [row.number for row in read(write(tmp_path, b"a\n1\n2\n"), {})] == [2, 3]


def test_without_a_header_columns_are_declared(tmp_path: Path) -> None:
    rows = list(read(write(tmp_path, b"1,x\n"), {"header": False, "columns": ["no", "word"]}))
    assert rows[0].cells == {"no": "1", "word": "x"}
    assert rows[0].number == 1


def test_a_quoted_cell_may_span_lines(tmp_path: Path) -> None:
    rows = list(read(write(tmp_path, b'a,b\r\n1,"two\r\nlines"\r\n2,y\r\n'), {}))
    assert rows[0].raw == b'1,"two\r\nlines"'
    assert rows[0].cells["b"] == "two\r\nlines"
    assert rows[1].number == 3


def test_empty_lines_are_passed_over_but_counted(tmp_path: Path) -> None:
    assert [row.number for row in read(write(tmp_path, b"a\n\n1\n"), {})] == [3]


def test_the_end_of_file_mark_of_dos_is_no_row(tmp_path: Path) -> None:
    assert [row.raw for row in read(write(tmp_path, b"a\n1\n\x1a"), {})] == [b"1"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "UTF-8-SIG"])
def test_a_byte_order_mark_is_taken_away(tmp_path: Path, encoding: str) -> None:
    rows = list(read(write(tmp_path, b"\xef\xbb\xbfa,b\n1,2\n"), {"encoding": encoding}))
    assert rows[0].cells == {"a": "1", "b": "2"}


def test_latin_text_is_read_by_its_declared_encoding(tmp_path: Path) -> None:
    rows = list(read(write(tmp_path, "a\nCôte\n".encode("cp1252")), {"encoding": "cp1252"}))
    assert rows[0].cells == {"a": "Côte"}
    assert rows[0].raw == "Côte".encode("cp1252")


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress], ids=["gzip", "xz"])
def test_packed_files_are_known_by_their_bytes(tmp_path: Path, pack) -> None:
    assert [row.cells["a"] for row in read(write(tmp_path, pack(b"a\n1\n")), {})] == ["1"]


def test_a_row_of_other_length_is_faulty_not_fatal(tmp_path: Path) -> None:
    rows = list(read(write(tmp_path, b"a,b\n1\n1,2\n"), {}))
    assert rows[0].fault == "the row has 1 cells, not 2"
    assert rows[0].raw == b"1"
    assert rows[1].fault == ""


@pytest.mark.parametrize(
    ("body", "options", "says"),
    [
        (b"a\n\xff\n", {}, "encoding"),
        (b"PK\x03\x04rest", {}, "not a CSV"),
        ("a,b\n1,2\n".encode("utf-16"), {}, "UTF-16"),
        (b"a\x00b\n1\n", {}, "not a CSV"),
        (gzip.compress(b"a\n" + b"1\n" * 5000, mtime=0)[:-20], {}, "truncated"),
        (b"a,a\n1,2\n", {}, "two columns 'a'"),
        (b'a\n"1\n2\n', {}, "broken at line"),
        (b'a\n"1"x\n', {}, "broken at line 2"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, body: bytes, options: dict[str, object], says: str) -> None:
    with pytest.raises(SourceFileError, match=says) as caught:
        list(read(write(tmp_path, body), options))
    assert caught.value.fix
    assert "a.csv" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match=r"nowhere\.csv is not there"):
        list(read(tmp_path / "nowhere.csv", {}))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match="cannot be read"):
        list(read(tmp_path, {}))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"columns": ["b"]}, "no column 'b'"),
        ({"encoding": "no-such"}, "no encoding"),
        ({"encoding": "utf-16"}, "cannot be read by row"),
        ({"delimeter": ";"}, "delimeter"),
    ],
)
def test_options_that_do_not_fit_are_the_mappings_fault(tmp_path: Path, options: dict[str, object], says: str) -> None:
    with pytest.raises(MappingError, match=says):
        list(read(write(tmp_path, b"a\n1\n"), options))


def test_a_line_longer_than_the_limit_is_refused_before_it_is_held(tmp_path: Path) -> None:
    path = write(tmp_path, b"a\n1\n" + b"x" * 2000)
    with pytest.raises(SourceFileError, match=r"line 3 of .* longer than 1,000 bytes"):
        list(read(path, {"record_limit": 1000}))


@pytest.mark.parametrize("rows", [["1"], ["1", "2"]])
def test_a_row_of_several_lines_may_be_as_long_as_the_limit_and_no_longer(tmp_path: Path, rows: list[str]) -> None:
    before = "".join(f"{row}\n" for row in rows)
    path = write(tmp_path, f'a\n{before}"{"x" * 45}\n{"y" * 51}"\n'.encode())
    assert len(list(read(path, {"record_limit": 100}))) == len(rows) + 1
    with pytest.raises(SourceFileError, match="longer than 99 bytes"):
        list(read(path, {"record_limit": 99}))


def test_the_first_row_may_be_as_long_as_the_limit_and_no_longer(tmp_path: Path) -> None:
    path = write(tmp_path, f'"{"x" * 45}\n{"y" * 51}"\n'.encode())
    bare = {"header": False, "columns": ["a"]}
    assert len(list(read(path, {**bare, "record_limit": 100}))) == 1
    with pytest.raises(SourceFileError, match="longer than 99 bytes"):
        list(read(path, {**bare, "record_limit": 99}))


def test_a_quote_left_open_does_not_swallow_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, b'a\n"1\n' + b"x\n" * 2000)
    with pytest.raises(SourceFileError, match="longer than 1,000 bytes"):
        list(read(path, {"record_limit": 1000}))


_CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1a"), max_size=12)


@given(st.lists(st.lists(_CELL, min_size=2, max_size=2), min_size=1, max_size=8))
def test_what_was_written_is_read_and_its_raw_bytes_say_the_same(tmp_path_factory, table: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *table])
    path = write(tmp_path_factory.mktemp("csv"), text.getvalue().encode())
    rows = list(read(path, {}))
    assert [list(row.cells.values()) for row in rows] == table
    again = [next(csv.reader(io.StringIO(row.raw.decode(), newline=""), strict=True)) for row in rows]
    assert again == table
