"""Verification of evidence: the file is read again and the quoted bytes are hashed.

The recipe (docs/mapping.md, "Proof"): SHA-256 of the raw bytes of the rows that the locator names, without line ends,
joined by one line feed; or of the characters that it names within one row.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.port import Cited
from ingest.mapping.source_spec import FileSpec, SourceSpec
from ingest.pipeline.source_files import sha256_of
from ingest.readers.formats import read_rows
from ingest.readers.row import GroupQuote, RawRow, rows_in
from ontology.canonical import canonical
from ontology.errors import SourceFileError
from ontology.records import Evidence, EvidenceId


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether evidence still stands.

    Attributes:
        document: Whether the file's bytes are those of the document.
        quote: Whether the quoted bytes have the hash of the evidence.
    """

    evidence: EvidenceId
    document: bool
    quote: bool


def verify(cited: Sequence[Cited], spec: SourceSpec, folder: Path) -> list[Proof]:
    """Read the files of a source again and check each piece of evidence, in the order given; each file is read once.

    Raises:
        SourceFileError: A file that evidence names is not in the folder, or cannot be read.
    """
    by_file: dict[str, list[Cited]] = {}
    for each in cited:
        by_file.setdefault(json.loads(each.evidence.locator)["file"], []).append(each)
    proofs: dict[EvidenceId, Proof] = {}
    for name, several in by_file.items():
        path = folder if folder.is_file() else folder / name
        found = _hashes(path, file_spec(spec, name), [each.evidence for each in several])
        digest, _ = sha256_of(path)
        for each in several:
            evidence = each.evidence
            matches = found.get(evidence.id) == evidence.quote_sha256
            proofs[evidence.id] = Proof(evidence.id, each.document.sha256 == digest, matches)
    return [proofs[each.evidence.id] for each in cited]


def file_spec(spec: SourceSpec, name: str) -> FileSpec:
    """How the file `name` of a source is read.

    Raises:
        SourceFileError: The source declares no such file.
    """
    for file in spec.files.values():
        if Path(name).match(file.path) or len(spec.files) == 1:
            return file
    raise SourceFileError(f"{spec.source} has no file {name}", fix="use the mapping that it was loaded by")


def _hashes(path: Path, file: FileSpec, evidence: Sequence[Evidence]) -> dict[EvidenceId, str]:
    """SHA-256 of the bytes that each locator names, as they are in the file now."""
    quotes = _CollectedQuotes(evidence)
    for row in read_rows(path, file.format, file.read):
        quotes.take(row)
    return dict(quotes.found())


class _CollectedQuotes:
    """Locators, and the quotes that were collected for them so far."""

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        self._quotes = {each.id: GroupQuote("") for each in evidence}
        self._by_row: dict[int, list[EvidenceId]] = {}
        self._by_place: dict[bytes, list[tuple[EvidenceId, slice | None]]] = {}
        for each in evidence:
            self._add(each.id, json.loads(each.locator))

    def _add(self, identity: EvidenceId, locator: Mapping[str, Any]) -> None:
        if "rows" in locator and "characters" not in locator and "member" not in locator:
            for number in rows_in(str(locator["rows"])):
                self._by_row.setdefault(number, []).append(identity)
            return
        beyond = {name: value for name, value in locator.items() if name not in ("file", "rows")}
        self._by_place.setdefault(canonical(beyond), []).append((identity, None))
        if "characters" in beyond:
            span = slice(*beyond.pop("characters"))
            self._by_place.setdefault(canonical(beyond), []).append((identity, span))

    def take(self, row: RawRow) -> None:
        """Collect what a row gives."""
        for identity in self._by_row.get(row.number, ()):
            self._quotes[identity].add(row)
        for identity, span in self._by_place.get(canonical(dict(row.locator)), ()):
            raw = row.raw if span is None else row.raw.decode()[span].encode()
            self._quotes[identity].add(RawRow(row.number, {}, raw))

    def found(self) -> Iterator[tuple[EvidenceId, str]]:
        """The hashes of what was collected; none for a place that was not found."""
        return ((identity, quote.sha256) for identity, quote in self._quotes.items() if quote.rows)
