"""JSON lines, plain or compressed: one object per line."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict

from ingest.readers.opening import LINE_LIMIT, faults_of, lines, open_source
from ingest.readers.options import check_options
from ingest.readers.row import RawRow
from ontology.errors import MappingError, SourceFileError


class JsonLinesOptions(BaseModel):
    """Options of a file of JSON lines.

    Attributes:
        columns: Keys that every object must have.
        record_limit: Greatest number of bytes of one line.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: tuple[str, ...] = ()
    record_limit: int = LINE_LIMIT


def read(path: Path, options: Mapping[str, Any]) -> Iterator[RawRow]:
    """The objects of the file, empty lines left out; `options` are those of `JsonLinesOptions`.

    Raises:
        SourceFileError: The file is missing or broken, a line is too long or is not a JSON object in UTF-8.
        MappingError: An option is unknown, or a declared key is not there.
    """
    known = check_options(JsonLinesOptions, options)
    with faults_of(path), open_source(path) as file:
        for number, line in enumerate(lines(file, path, limit=known.record_limit), 1):
            raw = line.rstrip(b"\r\n")
            if raw.strip():
                yield RawRow(number, _cells(raw, path, number, known.columns), raw)


def _cells(raw: bytes, path: Path, number: int, columns: tuple[str, ...]) -> dict[str, Any]:
    try:
        cells = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        message = f"line {number} of {path} is not JSON: {error.msg} at character {error.pos}"
        raise SourceFileError(message, fix="mend that line, or fetch the file again", line=number) from error
    if not isinstance(cells, dict):
        message = f"line {number} of {path} is not a JSON object"
        raise SourceFileError(message, fix="put one object on each line", line=number)
    missing = [name for name in columns if name not in cells]
    if missing:
        message = f"line {number} of {path} has no key {missing[0]!r}; it has {', '.join(cells)}"
        raise MappingError(message, fix="check that it is the declared file", column=missing[0])
    return cells
