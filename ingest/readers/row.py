"""One row of a source file, as a reader gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from json.encoder import encode_basestring
from typing import Any

from ontology.canonical import canonical

Cell = Any  # what stands in a cell: text, number, truth value, None, or JSON in formats that nest


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row, a section or a document: what one place of a source file says.

    Attributes:
        number: Its ordinal in the file, from 1; a header counts, so a spreadsheet shows the same number.
        cells: Column name to what stands there; text is as it stands in the file, neither trimmed nor read as null.
        raw: The exact bytes that evidence quotes, without the line's end.
        locator: Where it stands besides its number: `{"sheet": "a-z"}`, `{"member": "x.txt", "characters": [0, 9]}`.
            With `characters` or `member` in it the row's number is left out of evidence.
        fault: Why the row cannot be used though the file can (too few cells, say); "" where it can. Such a row is
            quarantined; what makes the whole file unusable is raised instead.
    """

    number: int
    cells: dict[str, Cell]
    raw: bytes
    locator: Mapping[str, Cell] = field(default_factory=dict)
    fault: str = ""


def place(file: str, row: RawRow) -> str:
    """The locator of one row as evidence keeps it: canonical JSON text."""
    if not row.locator:
        return place_of_rows(file, str(row.number))
    body: dict[str, Cell] = {"file": file, **row.locator}
    if not {"characters", "member", "rows"} & row.locator.keys():
        body["rows"] = str(row.number)
    return canonical(body).decode()


def place_of_rows(file: str, ranges: str, sheet: str = "") -> str:
    """The locator of several rows: `ranges` is like `12-15,19`."""
    beyond = f',"sheet":{encode_basestring(sheet)}' if sheet else ""
    return f'{{"file":{encode_basestring(file)},"rows":"{ranges}"{beyond}}}'
