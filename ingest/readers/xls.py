"""Old Excel workbooks (`.xls`, BIFF): one sheet's rows with the values that Excel last calculated."""

import io
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from ingest.readers.opening import faults_of
from ingest.readers.options import check_options
from ingest.readers.row import RawRow
from ingest.readers.table import SheetOptions, choose_sheet, header_of, is_blank, row_of
from ontology.errors import MappingError, SourceFileError

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container that every .xls since Excel 5 is in

if TYPE_CHECKING:
    from xlrd import Book
    from xlrd.sheet import Cell


def read(path: Path, options: Mapping[str, Any]) -> Iterator[RawRow]:
    """The rows below the header of one sheet, blank rows left out; `options` are those of `SheetOptions`.

    Raises:
        SourceFileError: Not such a workbook, broken, or no such sheet.
        MappingError: An option is unknown, or a declared column or the header's row is not there.
    """
    known = check_options(SheetOptions, options)
    with faults_of(path):
        book = _open(path)
    name = choose_sheet(path, book.sheet_names(), known.sheet)
    sheet = book.sheet_by_name(name)
    if sheet.nrows < known.header:
        message = f"sheet {name!r} of {path} has no row {known.header}"
        raise MappingError(message, fix="check `header` in `read:`", path=str(path))
    header = header_of(path, sheet.row_values(known.header - 1), known)
    for index in range(known.header, sheet.nrows):
        values = [_value(cell, book.datemode) for cell in sheet.row(index)]
        row = row_of(header, values, sheet=name, number=index + 1)
        if not is_blank(row):
            yield row


def _open(path: Path) -> "Book":
    from xlrd import open_workbook  # noqa: PLC0415  # few sources need it
    from xlrd.biffh import XLRDError  # noqa: PLC0415
    from xlrd.compdoc import CompDocError  # noqa: PLC0415

    _refuse_other(path)
    try:
        return open_workbook(str(path), logfile=io.StringIO())
    except OSError:
        raise
    except (XLRDError, CompDocError, struct.error, AssertionError, LookupError, ValueError, ArithmeticError) as error:
        message = f"{path} is not a readable .xls workbook: {error}"
        raise SourceFileError(
            message, fix="save it as .xls again, or declare its real format", path=str(path)
        ) from error


def _refuse_other(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(_COMPOUND)) != _COMPOUND:
            message = f"{path} is not a readable .xls workbook: it does not begin as one"
            raise SourceFileError(message, fix="declare its real format", path=str(path))


def _value(cell: "Cell", datemode: int) -> object:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, xldate_as_datetime  # noqa: PLC0415
    from xlrd.biffh import error_text_from_code  # noqa: PLC0415

    if cell.ctype == XL_CELL_DATE:
        return xldate_as_datetime(cast("float", cell.value), cast("Literal[0, 1]", datemode))
    if cell.ctype == XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == XL_CELL_ERROR:
        return error_text_from_code[cast("int", cell.value)]
    return cell.value
