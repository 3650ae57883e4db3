"""Excel workbooks (`.xlsx`): one sheet's rows with the values that Excel last calculated.

Formulas are never evaluated. A formula that carries no calculated value (a program that does not calculate wrote the
file) is refused with the cell's name, because reading it as empty would lose a figure silently.
"""

import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse, parse

from ingest.readers.opening import faults_of
from ingest.readers.options import check_options
from ingest.readers.row import RawRow
from ingest.readers.table import SheetOptions, choose_sheet, header_of, is_blank, row_of
from ontology.errors import MappingError, SourceFileError

SIZE_LIMIT = 2**30  # bytes that a workbook may unpack to
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BROKEN = (zipfile.BadZipFile, ParseError, DefusedXmlException, NotImplementedError, LookupError, ValueError, TypeError)


def read(path: Path, options: Mapping[str, Any]) -> Iterator[RawRow]:
    """The rows below the header of one sheet, blank rows left out; `options` are those of `SheetOptions`.

    Raises:
        SourceFileError: Not a workbook, broken, too large, no such sheet, or a formula without a calculated value.
        MappingError: An option is unknown, or a declared column is not there.
    """
    known = check_options(SheetOptions, options)
    with faults_of(path), _broken(path):
        sheet = _examine(path, known)
        yield from _rows(path, sheet, known)


@contextmanager
def _broken(path: Path) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        message = f"{path} is not a readable Excel workbook: {error}"
        raise SourceFileError(message, fix="save it as .xlsx again, or fetch it again", path=str(path)) from error


def _examine(path: Path, options: SheetOptions) -> str:
    """The sheet to read, after the whole of it was checked."""
    with zipfile.ZipFile(path) as package:
        size = sum(part.file_size for part in package.infolist())
        if size > SIZE_LIMIT:
            message = f"{path} unpacks to {size:,} bytes, more than {SIZE_LIMIT:,}"
            raise SourceFileError(message, fix="keep only the sheet that is needed", path=str(path))
        parts = _parts(package)
        sheet = choose_sheet(path, list(parts), options.sheet)
        with package.open(parts[sheet]) as part:
            _refuse_uncalculated(path, sheet, part)
    return sheet


def _parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet names and the parts that hold them: the workbook names a link, and its relations say where that leads."""
    with package.open("xl/_rels/workbook.xml.rels") as relations:
        targets = {node.get("Id"): str(node.get("Target")) for node in parse(relations).iter(_RELATION)}
    with package.open("xl/workbook.xml") as workbook:
        links = {str(node.get("name")): targets[node.get(_LINK)] for node in parse(workbook).iter(f"{_MAIN}sheet")}
    return {name: link.lstrip("/") if link.startswith("/") else f"xl/{link}" for name, link in links.items()}


def _refuse_uncalculated(path: Path, sheet: str, part: IO[bytes]) -> None:
    for _, node in iterparse(part):
        if node.tag == f"{_MAIN}row":
            node.clear()
        elif node.tag == f"{_MAIN}c" and node.find(f"{_MAIN}f") is not None and node.find(f"{_MAIN}v") is None:
            cell = str(node.get("r"))
            message = f"cell {cell} of sheet {sheet!r} in {path} is a formula without a calculated value"
            fix = "open the file in Excel or LibreOffice, recalculate and save it"
            raise SourceFileError(message, fix=fix, path=str(path), sheet=sheet, cell=cell)


def _rows(path: Path, sheet: str, options: SheetOptions) -> Iterator[RawRow]:
    header: tuple[str, ...] = ()
    for number, values in enumerate(_values(path, sheet), start=1):
        if number == options.header:
            header = header_of(path, values, options)
        elif header and not is_blank(row := row_of(header, values, sheet=sheet, number=number)):
            yield row
    if not header:
        message = f"sheet {sheet!r} of {path} has no row {options.header}"
        raise MappingError(message, fix="check `header` in `read:`", path=str(path))


def _values(path: Path, sheet: str) -> Iterator[tuple[object, ...]]:
    from openpyxl import load_workbook  # noqa: PLC0415  # takes a tenth of a second, and few sources need it

    with warnings.catch_warnings(), path.open("rb") as file:  # of a path it would judge the ending
        warnings.simplefilter("ignore", UserWarning)  # it warns of styles and charts, which are not read
        book = load_workbook(file, read_only=True, data_only=True)
        try:
            yield from book[sheet].iter_rows(values_only=True)
        finally:
            book.close()
