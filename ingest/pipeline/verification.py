"""Proving evidence again: the file is read once more and the quoted bytes are hashed.

The recipe (docs/mapping.md, "Proof"): SHA-256 of the raw bytes of the rows that the locator names, without line ends,
joined by one line feed; or of the characters that it names within one row.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.port import Cited
from ingest.mapping.drafts import GroupQuote, rows_in
from ingest.mapping.source_spec import Contract, FileSpec
from ingest.pipeline.source_files import sha256_of
from ingest.readers.formats import read_rows
from ingest.readers.row import RawRow
from ontology.canonical import canonical
from ontology.errors import SourceFileError
from ontology.records import Evidence, EvidenceId


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether evidence still stands.

    Attributes:
        document: Whether the file's bytes are those of the Source.
        quote: Whether the quoted bytes hash to what the evidence says.
    """

    evidence: EvidenceId
    document: bool
    quote: bool


def verify(cited: Sequence[Cited], contract: Contract, folder: Path) -> list[Proof]:
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
        found = _hashes(path, spec_of(contract, name), [each.evidence for each in several])
        digest, _ = sha256_of(path)
        for each in several:
            evidence = each.evidence
            matches = found.get(evidence.id) == evidence.quote_sha256
            proofs[evidence.id] = Proof(evidence.id, each.source.sha256 == digest, matches)
    return [proofs[each.evidence.id] for each in cited]


def spec_of(contract: Contract, name: str) -> FileSpec:
    """How the file `name` of a source is read.

    Raises:
        SourceFileError: The contract has no such file.
    """
    for spec in contract.files.values():
        if Path(name).match(spec.path) or len(contract.files) == 1:
            return spec
    raise SourceFileError(f"{contract.source} has no file {name}", fix="take the contract that it was loaded by")


def _hashes(path: Path, spec: FileSpec, evidence: Sequence[Evidence]) -> dict[EvidenceId, str]:
    """SHA-256 of what each locator quotes, as the file says it now."""
    wanted = _Wanted(evidence)
    for row in read_rows(path, spec.format, spec.read):
        wanted.take(row)
    return dict(wanted.found())


class _Wanted:
    """Locators, and what has been gathered for them so far."""

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        self._quotes = {each.id: GroupQuote("") for each in evidence}
        self._by_row: dict[int, list[EvidenceId]] = {}
        self._by_place: dict[bytes, list[tuple[EvidenceId, slice | None]]] = {}
        for each in evidence:
            self._want(each.id, json.loads(each.locator))

    def _want(self, identity: EvidenceId, locator: Mapping[str, Any]) -> None:
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
        """Gather what a row gives."""
        for identity in self._by_row.get(row.number, ()):
            self._quotes[identity].add(row)
        for identity, span in self._by_place.get(canonical(dict(row.locator)), ()):
            raw = row.raw if span is None else row.raw.decode()[span].encode()
            self._quotes[identity].add(RawRow(row.number, {}, raw))

    def found(self) -> Iterator[tuple[EvidenceId, str]]:
        """The hashes of what was gathered; nothing for what was not found."""
        return ((identity, quote.sha256) for identity, quote in self._quotes.items() if quote.rows)
