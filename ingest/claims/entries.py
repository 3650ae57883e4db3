"""From what the spool gives back to ledger entries with their claims and evidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.claims.decomposition import Decomposer
from ingest.claims.makers import make_evidence
from ingest.claims.staged_entry import StagedEntry
from ingest.claims.validation import KindOf
from ontology.records import Entry, Evidence, LedgerKey, Noun, NounId, SourceId


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms entries are written: the source and the versions that are part of every ledger key."""

    source: str
    mapping: str
    ontology: str

    def key(self, record: str, digest: str) -> LedgerKey:
        """The ledger key of a record."""
        return LedgerKey(self.source, record, digest, self.mapping, self.ontology)


@dataclass(frozen=True, slots=True)
class EntryMaker:
    """Makes entries under its terms."""

    terms: Terms
    decomposer: Decomposer

    def make(self, said: StagedEntry, document: SourceId) -> tuple[Entry, list[Evidence]]:
        """The entry of a draft, accepted or refused, and the evidence that its claims cite."""
        key = self.terms.key(said.record, said.digest)
        if said.fault:
            return Entry(key, (), said.fault), []
        whole = make_evidence(document, said.locator, said.sha256, said.quote)
        parts = {
            name: make_evidence(document, part["locator"], part["sha256"], part["quote"])
            for name, part in said.parts.items()
        }
        ids = {name: part.id for name, part in parts.items()}
        claims = self.decomposer.claims(said.record, said.records, whole.id, ids)
        if not parts:
            return Entry(key, claims), [whole] if claims else []
        used = {each for claim in claims for each in claim.evidence}
        return Entry(key, claims), [each for each in (whole, *parts.values()) if each.id in used]


def ends_of(entries: Iterable[Entry], kind_of: KindOf, known: Mapping[NounId, object] | set[NounId]) -> list[Noun]:
    """The nouns that the claims of entries are about, those that are `known` left out."""
    found: dict[NounId, None] = {}
    for entry in entries:
        for claim in entry.claims:
            found[claim.subject] = None
            if claim.object is not None:
                found[claim.object] = None
    return [Noun(noun, kind_of(noun)) for noun in found if noun not in known]
