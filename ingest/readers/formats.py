"""Which reader reads which format; a reader is imported when a file needs it."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from ingest.readers.row import RawRow

Format = Literal["csv", "xlsx", "xls", "jsonl", "markdown", "tartext"]
MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "jsonl": "application/x-ndjson",
    "markdown": "text/markdown",
    "tartext": "application/x-tar",
}


def read_rows(path: Path, form: Format, options: Mapping[str, Any]) -> Iterator[RawRow]:
    """The rows of a file by the reader of its format.

    Raises:
        SourceFileError: The file as a whole cannot be used.
        MappingError: An option or a declared column does not fit.
    """
    reader = import_module(f"ingest.readers.{form}")
    rows: Iterator[RawRow] = reader.read(path, options)
    return rows
