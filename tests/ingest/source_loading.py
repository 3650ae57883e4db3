"""Loading a source from a folder into a store of its own, and asking what came of it."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.connect import connect, create
from graph.port import ClaimQuery, EntityQuery, GraphStore, LedgerQuery
from ingest.mapping.source_catalog import load_source_spec
from ingest.pipeline.load import load
from ingest.pipeline.report import Report
from ingest.pipeline.verification import Proof, verify
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import Claim, Evidence, EvidenceId
from tests.public_data import PUBLIC_DATA, ROOT

EXTRACTS = ROOT / "tests" / "data"
AT = "2026-03-01T09:00:00.000000Z"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A store in which one source was loaded, with the report of it."""

    store: GraphStore
    source: str
    folder: Path
    report: Report

    def claims(self, predicate: str = "", subject: str = "") -> list[Claim]:
        """The open claims, of one predicate or about one entity."""
        ask = ClaimQuery(predicates=[predicate] if predicate else None, subjects=[subject] if subject else None)  # type: ignore[list-item]
        return [stored.claim for stored in self.store.claims(ask)]

    def values_of(self, subject: str, predicate: str) -> list[object]:
        """The different things that are said of an entity, objects or values, ascending by their text."""
        found = {claim.object or claim.value for claim in self.claims(predicate, subject)}
        return sorted(found, key=str)

    def only(self, subject: str, predicate: str) -> object:
        """The one thing that is said of an entity."""
        (found,) = self.values_of(subject, predicate)
        return found

    def count(self, predicate: str) -> int:
        """How many open claims a predicate has."""
        return len(self.store.columns(predicate).claims)

    def kinds(self) -> dict[str, str]:
        """Entities and their kinds."""
        return {entity.id: entity.kind for entity in self.store.entities(EntityQuery())}

    def evidence(self, claim: Claim) -> Evidence:
        """The one piece of evidence of a claim."""
        (cited,) = self.store.evidence(claim.evidence)
        return cited.evidence

    def proofs(self) -> list[Proof]:
        """Every piece of evidence that a claim cites, held against the files."""
        cited = {each for predicate in VOCABULARY.predicates for each in self._cited(predicate)}
        return verify(self.store.evidence(sorted(cited)), load_source_spec(self.source), self.folder)

    def _cited(self, predicate: str) -> Iterator[EvidenceId]:
        return (each for ids in self.store.columns(predicate).evidence for each in ids)

    def again(self) -> Report:
        """Load the same folder once more."""
        return load(self.store, load_source_spec(self.source), self.folder, clock=lambda: AT)

    def quarantined(self) -> list[str]:
        """Keys of the records in quarantine."""
        rows = self.store.ledger(LedgerQuery(sources=[self.source], state="quarantined"))
        return [row.key.record for row in rows]


def load_source(source: str, folder: Path, place: Path) -> Loaded:
    """Load `source` from `folder` into a new store in `place`."""
    store = create(f"sqlite:///{place / source}.db", vocabulary=VOCABULARY)
    report = load(store, load_source_spec(source), folder, clock=lambda: AT)
    return Loaded(store, source, folder, report)


def load_public(source: str, place: Path) -> Loaded:
    """Load `source` from the public set of that name."""
    return load_source(source, PUBLIC_DATA / source, place)


def revision_of(source: str, place: Path) -> int:
    """The revision of the store that a failed load left behind."""
    return connect(f"sqlite:///{place / source}.db", vocabulary=VOCABULARY).status().revision


def pack(source: Path, target: Path) -> None:
    """Put a file into another place, compressed."""
    target.write_bytes(gzip.compress(source.read_bytes(), mtime=0))


def assert_proven(loaded: Loaded) -> None:
    """Every claim's evidence is in a file that is still the document, and quotes what stands there."""
    proofs = loaded.proofs()
    assert proofs
    assert all(proof.document and proof.quote for proof in proofs)


def assert_accounted(loaded: Loaded, *, read: int, quarantined: int = 0) -> None:
    """Every row became something with its proof, a second load changes nothing, the declared counts hold."""
    first = loaded.report
    assert (first.read, first.quarantined) == (read, quarantined)
    assert first.read == first.accepted + first.unchanged + first.quarantined
    assert first.warnings == ()
    assert_proven(loaded)
    second = loaded.again()
    assert (second.opened, second.closed, second.accepted) == (0, 0, 0)
    assert second.unchanged == read - quarantined
    assert second.revision == first.revision
