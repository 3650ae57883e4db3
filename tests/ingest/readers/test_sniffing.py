"""Sniffing: encoding, delimiter and the form of values, guessed from the first rows."""

from pathlib import Path

import pytest

from ingest.readers.sniffing import date_format, number_form, sample_table
from ontology.errors import SourceFileError


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", "\t"), ("utf-8", "|")]
)
def test_encoding_and_delimiter_are_seen(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = write(tmp_path, "x.csv", f"Größe{delimiter}b\n1{delimiter}é\n", encoding)
    look = sample_table(path)
    assert (look.encoding, look.delimiter) == (encoding, delimiter)
    assert look.samples == {"Größe": ["1"], "b": ["é"]}


@pytest.mark.parametrize(
    ("samples", "form"),
    [
        (["2026-03-01"], "%Y-%m-%d"),
        (["1.3.2026"], "%d.%m.%Y"),
        (["02-Jun-06"], "%d-%b-%y"),
        (["02-Jun-2006"], "%d-%b-%Y"),
        (["03/04/2026"], "%d/%m/%Y"),
        (["03/14/2026", "03/04/2026"], "%m/%d/%Y"),
        (["20260301"], "%Y%m%d"),
        (["03/13/2026"], "%m/%d/%Y"),
        (["03/12/2026"], "%d/%m/%Y"),
        (["03/04/2026", "2026-03-01"], None),
        (["2026-03-01", "soon"], None),
        ([], None),
    ],
)
def test_the_form_of_dates(samples: list[str], form: str | None) -> None:
    assert date_format(samples) == form


@pytest.mark.parametrize(
    ("samples", "form"),
    [
        (["1,234.50", "2"], "number"),
        (["1.234,50", "2"], '{number: "1.234,5"}'),
        (["12,5"], '{number: "1.234,5"}'),
        (["12,5", "3"], '{number: "1.234,5"}'),
        (["1.234,567", "2"], '{number: "1.234,5"}'),
        (["1,234"], "number"),
        (["€ 12", "-3"], "number"),
        (["many"], None),
        (["1", "many"], None),
        ([], None),
    ],
)
def test_the_form_of_numbers(samples: list[str], form: str | None) -> None:
    assert number_form(samples) == form


def test_empty_values_are_no_samples(tmp_path: Path) -> None:
    assert sample_table(write(tmp_path, "x.csv", "a,b\n1,\n,2\n")).samples == {"a": ["1"], "b": ["2"]}


def test_a_row_of_another_width_is_left_out(tmp_path: Path) -> None:
    assert sample_table(write(tmp_path, "x.csv", "a,b\n1,2\n3\n")).samples == {"a": ["1"], "b": ["2"]}
    with pytest.raises(SourceFileError, match="has no rows below its header"):
        sample_table(write(tmp_path, "y.csv", "a,b\n1\n"))
