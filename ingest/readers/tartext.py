"""Archives of plain texts (`.tar`, also packed with gzip or xz): one row for each text.

Nothing is ever written to disk. An archive with a link, a device or a path that climbs out of it is refused as a whole:
by malice or by mistake, its texts are not those that the source declares.
"""

import hashlib
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel, ConfigDict

from ingest.readers.opening import faults_of, open_source
from ingest.readers.options import check_options
from ingest.readers.row import RawRow
from ontology.errors import SourceFileError


class TarTextOptions(BaseModel):
    """Options of an archive of texts.

    Attributes:
        encoding: Of every text in it, as Python names it.
        text_limit: Greatest number of bytes of one text.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    encoding: str = "utf-8"
    text_limit: int = 64 * 2**20


def read(path: Path, options: Mapping[str, Any]) -> Iterator[RawRow]:
    """One row for each text, in the archive's order; `options` are those of `TarTextOptions`.

    Cells: `name` (its file name), `stem` (without the ending), `text` and `sha256`.

    Raises:
        MappingError: An option is unknown.
        SourceFileError: Not an archive, cut short, a text too large or misencoded, or a member that is no plain file.
    """
    known = check_options(TarTextOptions, options)
    with faults_of(path), open_source(path) as file:
        try:
            with tarfile.open(fileobj=file, mode="r|") as archive:
                yield from _rows(archive, known)
            while file.read(2**20):  # to the end: only then a packed file's checksum is compared
                pass
        except tarfile.TarError as error:
            message = f"{path} is not a whole archive of texts: {error}"
            raise SourceFileError(message, fix="fetch the file again", path=str(path)) from error


def _rows(archive: tarfile.TarFile, options: TarTextOptions) -> Iterator[RawRow]:
    number = 0
    for member in archive:
        _check(member, options.text_limit)
        part = archive.extractfile(member)
        if part is not None:
            number += 1
            yield _row(number, member, part.read(), options.encoding)


def _check(member: tarfile.TarInfo, limit: int) -> None:
    place = PurePosixPath(member.name)
    if place.is_absolute() or ".." in place.parts or "\\" in member.name:
        raise _refused(member, "a path that leads out of it")
    if not (member.isfile() or member.isdir()):
        raise _refused(member, "a link or a device")
    if member.size > limit:
        raise _refused(member, f"larger than {limit:,} bytes")


def _refused(member: tarfile.TarInfo, what: str) -> SourceFileError:
    message = f"the archive's member {member.name!r} is {what}"
    return SourceFileError(message, fix="do not use this file; fetch it from its publisher", member=member.name)


def _row(number: int, member: tarfile.TarInfo, raw: bytes, encoding: str) -> RawRow:
    if len(raw) < member.size:
        raise _refused(member, "cut short")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"the text {member.name!r} is not {encoding} (byte {error.start})"
        raise SourceFileError(message, fix="declare the encoding that it has in `read:`", member=member.name) from error
    place = PurePosixPath(member.name)
    sha256 = hashlib.sha256(raw).hexdigest()
    return RawRow(
        number, {"name": place.name, "stem": place.stem, "text": text, "sha256": sha256}, raw, {"member": member.name}
    )
