"""The format of a CSV file, guessed from its first rows: encoding, delimiter, form of dates and numbers."""

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ingest.readers.csv import read
from ingest.readers.opening import faults_of, lines, open_source
from ontology.errors import SourceFileError

_SAMPLE = 200  # rows that are read
_LIMIT = 2**20  # bytes of a line of a table that a person keeps
_DELIMITERS = ",;\t|"
_DATES: Sequence[tuple[str, str]] = (
    (r"\d{4}-\d\d?-\d\d?", "%Y-%m-%d"),
    (r"\d\d?\.\d\d?\.\d{4}", "%d.%m.%Y"),
    (r"\d\d?-[A-Za-z]{3}-\d{2}", "%d-%b-%y"),
    (r"\d\d?-[A-Za-z]{3}-\d{4}", "%d-%b-%Y"),
    (r"\d{8}", "%Y%m%d"),
)
_SLASHED = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})")
_NUMBER = re.compile(r"[^\d-]{0,4}-?[\d.,  ]*\d[^\d]{0,4}")


@dataclass(frozen=True, slots=True)
class TableSample:
    """The first rows of a CSV file and how they are written.

    Attributes:
        samples: First values, empty ones left out, by column in the order of the header.
    """

    encoding: str
    delimiter: str
    samples: Mapping[str, Sequence[str]]


def sample_table(path: Path) -> TableSample:
    """Read the first rows of a CSV file.

    Raises:
        SourceFileError: It is not there, not text, or has no rows.
    """
    encoding = _encoding(path)
    delimiter = _delimiter(path, encoding)
    rows = list(islice(read(path, {"encoding": encoding, "delimiter": delimiter}), _SAMPLE))
    whole = [row for row in rows if not row.fault]
    if not whole:
        raise SourceFileError(f"{path} has no rows below its header", fix="give a CSV file with a header and rows")
    samples = {column: [text for row in whole if (text := str(row.cells[column]).strip())] for column in whole[0].cells}
    return TableSample(encoding, delimiter, samples)


def _encoding(path: Path) -> str:
    with faults_of(path), open_source(path) as file:
        start = file.read(_LIMIT)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter(path: Path, encoding: str) -> str:
    with faults_of(path), open_source(path) as file:
        header = next(lines(file, path, limit=_LIMIT), b"").decode(encoding, "replace")
    return max(_DELIMITERS, key=header.count)


def date_format(samples: Sequence[str]) -> str | None:
    """The `strptime` format of all samples, or None where they are no dates; 03/04/2026 is the third of April."""
    if not samples:
        return None
    for pattern, form in _DATES:
        if all(re.fullmatch(pattern, text) for text in samples):
            return form
    slashed = [match for text in samples if (match := _SLASHED.fullmatch(text))]
    if len(slashed) < len(samples):
        return None
    return "%m/%d/%Y" if any(int(match[2]) > 12 for match in slashed) else "%d/%m/%Y"


def number_form(samples: Sequence[str]) -> str | None:
    """`number`, or the form with a decimal comma, where all samples are numbers; else None."""
    if not samples or not all(_NUMBER.fullmatch(text) for text in samples):
        return None
    comma = any(re.search(r",\d{1,2}$", text) for text in samples) or any(
        re.search(r"\.\d{3},", text) for text in samples
    )
    return '{number: "1.234,5"}' if comma else "number"
