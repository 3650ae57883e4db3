"""The files of a source: found by the names of its declaration, and hashed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.mapping.source_spec import FileSpec, SourceSpec
from ingest.readers.formats import MEDIA_TYPES
from ingest.readers.opening import faults_of
from ontology.errors import SourceFileError
from ontology.records import Document

_CHUNK = 2**20  # bytes that are hashed at a time


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source on disk: its path, its size in bytes, and the document that it is."""

    path: Path
    size: int
    document: Document


def find_files(spec: SourceSpec, path: Path) -> dict[str, Path]:
    """Find the files of a source.

    Args:
        spec: Its declaration.
        path: The folder of its files, or the one file that it needs.

    Returns:
        Paths by the names of the declaration.

    Raises:
        SourceFileError: A file that is not optional is not there, or more than one fits its name.
    """
    if path.is_dir():
        found = {name: _in_folder(path, file) for name, file in spec.files.items()}
        return {name: file for name, file in found.items() if file is not None}
    if not path.exists():
        raise SourceFileError(f"{path} is not there", fix="give the file, or the folder with the files of the source")
    return {_only_file(spec, path): path}


def _in_folder(folder: Path, file: FileSpec) -> Path | None:
    with faults_of(folder):
        fitting = sorted(folder.glob(file.path))
    if len(fitting) > 1:
        names = ", ".join(each.name for each in fitting)
        raise SourceFileError(f"{file.path} fits several files: {names}", fix="leave only the one to load")
    if not fitting and not file.optional:
        raise SourceFileError(f"{folder} has no file {file.path}", fix="give the folder where the source's files lie")
    return fitting[0] if fitting else None


def _only_file(spec: SourceSpec, path: Path) -> str:
    needed = [name for name, file in spec.files.items() if not file.optional]
    fitting = [name for name, file in spec.files.items() if path.match(file.path)]
    if len(needed) > 1:
        names = ", ".join(spec.files[name].path for name in needed)
        raise SourceFileError(f"{spec.source} needs several files: {names}", fix="give the folder where they lie")
    return (needed or fitting or list(spec.files))[0]


def hash_files(spec: SourceSpec, paths: Mapping[str, Path], at: str) -> dict[str, SourceFile]:
    """Hash the files as they are on disk (compressed where they are compressed); `at` is the record instant."""
    return {name: _source_file(spec, spec.files[name], path, at) for name, path in paths.items()}


def _source_file(spec: SourceSpec, file: FileSpec, path: Path, at: str) -> SourceFile:
    digest, size = sha256_of(path)
    document = Document(
        Document.id_of(digest),
        spec.source,
        digest,
        spec.uri,
        file.media_type or MEDIA_TYPES[file.format],
        spec.licence,
        spec.publisher,
        at,
    )
    return SourceFile(path, size, document)


def sha256_of(path: Path) -> tuple[str, int]:
    """SHA-256 and size in bytes of a file."""
    digest, size = hashlib.sha256(), 0
    with faults_of(path), path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size
