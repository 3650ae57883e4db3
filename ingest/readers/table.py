"""A sheet's header and its cells as a row: what both Excel formats share."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from ingest.readers.row import RawRow
from ontology.errors import MappingError, SourceFileError


class SheetOptions(BaseModel):
    """Options of a workbook.

    Attributes:
        sheet: The sheet's name; the first one where it is left out.
        header: Number of the row that names the columns, from 1.
        columns: Columns that must be there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    sheet: str | None = None
    header: int = Field(default=1, ge=1)
    columns: tuple[str, ...] = ()


def choose_sheet(path: Path, sheets: Sequence[str], wanted: str | None) -> str:
    """The sheet that is wanted, or the first one.

    Raises:
        SourceFileError: The workbook has no such sheet, or none at all.
    """
    if wanted is None and sheets:
        return sheets[0]
    if wanted is None or wanted not in sheets:
        message = f"{path} has no sheet {wanted!r}; it has {', '.join(sheets) or 'none'}"
        fix = "check that it is the declared file, or change `sheet` in `read:`"
        raise SourceFileError(message, fix=fix, path=str(path))
    return wanted


def header_of(path: Path, values: Sequence[object], options: SheetOptions) -> tuple[str, ...]:
    """The column names of a header row: text trimmed and inner spaces folded; "" where a column has none.

    Raises:
        SourceFileError: Two columns have one name.
        MappingError: A declared column is not there.
    """
    names = tuple("" if value is None else " ".join(str(value).split()) for value in values)
    named = [name for name in names if name]
    if len(set(named)) < len(named):
        twice = next(name for name in named if named.count(name) > 1)
        raise SourceFileError(f"{path} has two columns {twice!r}", fix="rename one of them", path=str(path))
    missing = [name for name in options.columns if name not in named]
    if missing or not named:
        message = f"row {options.header} of {path} names no column {missing[:1] or ''}; it has {', '.join(named)}"
        raise MappingError(message, fix="check that it is the declared file, and `header` in `read:`", columns=missing)
    return names


def row_of(header: Sequence[str], values: Sequence[object], *, sheet: str, number: int) -> RawRow:
    """The row `number` of a sheet, from 1 as Excel counts; `raw` is its named cells as JSON."""
    cells = {name: plain(value) for name, value in zip(header, values, strict=False) if name}
    raw = json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode()
    return RawRow(number, cells, raw, {"sheet": sheet})


def plain(value: object) -> object:
    """A cell's value as JSON; dates and times as ISO text, and a date where the time is midnight."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value if isinstance(value, str | int | float | bool) else None


def is_blank(row: RawRow) -> bool:
    """Whether every cell is empty: Excel keeps formatted but empty rows below a table."""
    return all(value is None or value == "" for value in row.cells.values())
