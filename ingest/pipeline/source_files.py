"""The files of a source: found by the contract's names, and fingerprinted."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.mapping.source_spec import Contract, FileSpec
from ingest.readers.formats import MEDIA_TYPES
from ingest.readers.opening import faults_of
from ontology.errors import SourceFileError
from ontology.records import Source

_BLOCK = 2**20


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a source as it lies there: its path, its size in bytes, and the Source that it is."""

    path: Path
    size: int
    source: Source


def find_files(contract: Contract, path: Path) -> dict[str, Path]:
    """The files of a source by their names in the contract; `path` is their folder, or the one file that it needs.

    Raises:
        SourceFileError: A file that is not optional is not there, or more than one fits its name.
    """
    if path.is_dir():
        found = {name: _in_folder(path, spec) for name, spec in contract.files.items()}
        return {name: file for name, file in found.items() if file is not None}
    if not path.exists():
        raise SourceFileError(f"{path} is not there", fix="give the file, or the folder with the files of the source")
    return {_only_file(contract, path): path}


def _in_folder(folder: Path, spec: FileSpec) -> Path | None:
    with faults_of(folder):
        fitting = sorted(folder.glob(spec.path))
    if len(fitting) > 1:
        names = ", ".join(file.name for file in fitting)
        raise SourceFileError(f"{spec.path} fits several files: {names}", fix="leave only the one to load")
    if not fitting and not spec.optional:
        raise SourceFileError(f"{folder} has no file {spec.path}", fix="give the folder where the source's files lie")
    return fitting[0] if fitting else None


def _only_file(contract: Contract, path: Path) -> str:
    needed = [name for name, spec in contract.files.items() if not spec.optional]
    fitting = [name for name, spec in contract.files.items() if path.match(spec.path)]
    if len(needed) > 1:
        names = ", ".join(contract.files[name].path for name in needed)
        raise SourceFileError(f"{contract.source} needs several files: {names}", fix="give the folder where they lie")
    return (needed or fitting or list(contract.files))[0]


def fingerprint(contract: Contract, files: Mapping[str, Path], at: str) -> dict[str, Document]:
    """The documents of the files: SHA-256 of their bytes as they lie there (compressed where they are compressed)."""
    return {name: _document(contract, contract.files[name], path, at) for name, path in files.items()}


def _document(contract: Contract, spec: FileSpec, path: Path, at: str) -> Document:
    digest, size = sha256_of(path)
    source = Source(
        Source.id_of(digest),
        contract.source,
        digest,
        contract.uri,
        spec.media_type or MEDIA_TYPES[spec.format],
        contract.licence,
        contract.publisher,
        at,
    )
    return Document(path, size, source)


def sha256_of(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file's bytes."""
    digest, size = hashlib.sha256(), 0
    with faults_of(path), path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size
