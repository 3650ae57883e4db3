"""Entries: a checked draft is staged until all rows have been checked, then becomes a ledger entry with its claims."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import NamedTuple

from ingest.claims.decomposition import Decomposer, make_evidence
from ingest.claims.validation import KindOf, Ontology
from ingest.mapping.drafts import Draft, Record
from ingest.mapping.source_spec import SourceSpec
from ingest.readers.row import ranges
from ontology.records import DocumentId, Entity, EntityId, Entry, Evidence, LedgerKey


class StagedEntry(NamedTuple):
    """A checked draft: accepted with `records`, or refused with `fault` (canonical JSON text).

    Attributes:
        record: Key of the entry within the source.
        digest: SHA-256 of what it was made from.
        file: Name of the file in the source's declaration.
        rows: Numbers of its rows, such as `12-15,19`.
        locator: Canonical JSON text of where they stand. sha256: their hash. quote: their text, or "".
        records: What the mapping made of them; none where there is a fault.
        fault: Why they were refused; "" where they were accepted.
        parts: By the records' `locator`, the fields of a `QuotePart`.
    """

    record: str
    digest: str
    file: str
    rows: str
    locator: str
    sha256: str
    quote: str
    records: list[Record]
    fault: str
    parts: Mapping[str, Mapping[str, str]]


def stage(draft: Draft, key: str, fault: str) -> StagedEntry:
    """A draft under its key; with a fault it is staged without its records."""
    quote = draft.quote
    records, parts = ([], {}) if fault else (draft.records, draft.parts)
    return StagedEntry(
        key,
        draft.digest,
        quote.file,
        ranges(quote.rows),
        quote.locator,
        quote.sha256,
        quote.text,
        records,
        fault,
        {name: asdict(part) for name, part in parts.items()},
    )


class EntryMaker:
    """Makes the ledger entries of one source, by the versions of its mapping and of the ontology."""

    def __init__(self, spec: SourceSpec, ontology: Ontology) -> None:
        self._source, self._mapping, self._ontology = spec.source, spec.version, ontology.vocabulary.version
        self._decomposer = Decomposer(ontology.records, confidence=spec.confidence, basis=spec.basis)

    def key(self, staged: StagedEntry) -> LedgerKey:
        """The ledger key of a staged entry."""
        return LedgerKey(self._source, staged.record, staged.digest, self._mapping, self._ontology)

    def make(self, staged: StagedEntry, document: DocumentId) -> tuple[Entry, list[Evidence]]:
        """The entry of a staged entry, accepted or refused, and the evidence that its claims cite."""
        key = self.key(staged)
        if staged.fault:
            return Entry(key, (), staged.fault), []
        whole = make_evidence(document, staged.locator, staged.sha256, staged.quote)
        parts = {
            name: make_evidence(document, part["locator"], part["sha256"], part["quote"])
            for name, part in staged.parts.items()
        }
        ids = {name: part.id for name, part in parts.items()}
        claims = self._decomposer.claims(key, staged.records, whole.id, ids)
        cited = {each for claim in claims for each in claim.evidence}
        return Entry(key, claims), [each for each in (whole, *parts.values()) if each.id in cited]


def entities_of(
    entries: Iterable[Entry], kind_of: KindOf, known: Mapping[EntityId, object] | set[EntityId]
) -> list[Entity]:
    """The entities that are subject or object of a claim of the entries, those that are `known` left out."""
    found: dict[EntityId, None] = {}
    for entry in entries:
        for claim in entry.claims:
            found[claim.subject] = None
            if claim.object is not None:
                found[claim.object] = None
    return [Entity(entity, kind_of(entity)) for entity in found if entity not in known]
