"""The port: everything the product asks of a store, in twelve methods, set-at-a-time, with no query language in it.

Both stores give the same rows in the same order: ids ascending by code point. A page asks for what comes after an id
(keyset), so it is stable while others write.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from ontology.canonical import Scalar
from ontology.records import (
    Applied,
    At,
    Basis,
    Batch,
    Change,
    ClaimId,
    Document,
    Entity,
    EntityId,
    Evidence,
    EvidenceId,
    LedgerKey,
    Review,
    StoredClaim,
    StoredJudgement,
    Vector,
)

LATEST = At()


@dataclass(frozen=True, slots=True)
class Status:
    """What a store is.

    Attributes:
        address: Where it is, without credentials.
        schema: Version of the store's own layout.
        revision: Rises by one for each batch that had an effect on claims or judgements.
        recorded_at: The last record instant, or None in an empty store.
        counts: Rows by sort: entities, claims (open), versions, evidence, documents, judgements (open), ledger (live
            rows, the quarantined among them), quarantined.
    """

    address: str
    schema: int
    revision: int
    recorded_at: str | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class EntityQuery:
    """Which entities: every filter that is given must hold.

    Only entities are found that a claim open and valid at `at` is about, as its subject or as its object.

    Attributes:
        ids: One of these ids.
        kinds: One of these kinds.
        words: Holding all these words (each text is split by `graph.words`) in the values of the searchable claims that
            they are the subject of, whichever claim each word is in. Texts without any letter or digit find nothing.
        after: Ids greater than this one.
        limit: At most so many.
    """

    ids: Sequence[EntityId] | None = None
    kinds: Sequence[str] | None = None
    words: Sequence[str] = ()
    after: str = ""
    limit: int | None = None
    at: At = LATEST


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """Which versions of which claims: every filter that is given must hold; ordered by (claim id, recorded at).

    Attributes:
        records: (source, record) pairs.
        history: All versions, closed ones too; `at` then only filters by validity.
        after: Claim ids greater than this one.
        limit: At most so many claims; with history, all the versions of each.
    """

    ids: Sequence[ClaimId] | None = None
    subjects: Sequence[EntityId] | None = None
    objects: Sequence[EntityId] | None = None
    predicates: Sequence[str] | None = None
    sources: Sequence[str] | None = None
    records: Sequence[tuple[str, str]] | None = None
    evidence: Sequence[EvidenceId] | None = None
    history: bool = False
    after: str = ""
    limit: int | None = None
    at: At = LATEST


@dataclass(frozen=True, slots=True)
class Cited:
    """Evidence with the document that it is derived from."""

    evidence: Evidence
    document: Document


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One live record of a source. `fault` is "" where accepted, else the canonical JSON reason of its quarantine."""

    key: LedgerKey
    fault: str
    recorded_at: str


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """Which ledger rows, ordered by (source, record): of these sources or records, accepted or quarantined or both."""

    sources: Sequence[str] | None = None
    records: Sequence[tuple[str, str]] | None = None
    state: Literal["accepted", "quarantined", "both"] = "both"
    after: tuple[str, str] = ("", "")
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimColumns:
    """The open claims of one predicate as columns, ordered by claim id: what reasoning reads.

    Attributes:
        claims, statements, sources, subjects: One text a claim.
        objects: The entity pointed at, or None; values: the value, or None.
        basis, review: As `ontology.preference` orders them; the review is never `rejected`.
        confidence: float64.
        valid_from, valid_to: World time or None.
        qualifiers: One column for each that was asked for; None where a claim lacks it.
        evidence: The evidence ids of each claim.
    """

    claims: list[ClaimId]
    statements: list[str]
    sources: list[str]
    subjects: list[EntityId]
    objects: list[EntityId | None]
    values: list[Scalar | None]
    basis: list[Basis]
    review: list[Review]
    confidence: npt.NDArray[np.float64]
    valid_from: list[str | None]
    valid_to: list[str | None]
    qualifiers: dict[str, list[Scalar | None]]
    evidence: list[tuple[EvidenceId, ...]]


@dataclass(frozen=True, slots=True)
class ColumnsPart:
    """Which part of a predicate's columns, where they are too many to be read in one go.

    Attributes:
        after: Claim ids greater than this one.
        limit: At most so many claims.
        cited: With their evidence; without it `ClaimColumns.evidence` is empty for each claim, and reading is quicker.
    """

    after: str = ""
    limit: int | None = None
    cited: bool = True


WHOLE = ColumnsPart()

Row = Entity | Document | Evidence | StoredClaim | StoredJudgement | LedgerRow | Change | Vector


class GraphReader(Protocol):
    """What reading needs. Every method is one bounded set of store calls, however many rows it answers."""

    def status(self) -> Status:
        """What the store is and holds."""
        ...

    def entities(self, ask: EntityQuery) -> list[Entity]:
        """The entities that `ask` finds, by id."""
        ...

    def claims(self, ask: ClaimQuery) -> list[StoredClaim]:
        """The claims that `ask` finds, by (id, recorded at)."""
        ...

    def evidence(self, ids: Sequence[EvidenceId]) -> list[Cited]:
        """The evidence of these ids that is there, by id."""
        ...

    def judgements(self, at: At = LATEST) -> list[StoredJudgement]:
        """The judgements open at `at.known_at`, by id."""
        ...

    def columns(
        self, predicate: str, qualifiers: Sequence[str] = (), at: At = LATEST, part: ColumnsPart = WHOLE
    ) -> ClaimColumns:
        """The claims of one predicate open and valid at `at`, as columns; rejected ones are left out."""
        ...

    def ledger(self, ask: LedgerQuery) -> list[LedgerRow]:
        """The live ledger rows that `ask` finds."""
        ...

    def changes(self, after: int, limit: int | None = None) -> list[Change]:
        """The change feed after a revision, by (revision, ordinal): what it closed by id, then what it opened by id.

        A limit never cuts a revision in two: whole revisions come until there are at least so many lines.
        """
        ...

    def vectors(self, model: str) -> tuple[list[EntityId], npt.NDArray[np.float32]]:
        """Entity ids ascending, and their embeddings by `model` as rows."""
        ...

    def rows(self, *, history: bool = False) -> Iterator[Row]:
        """Everything stored, sort by sort in the order of `Row`, each by id: for the content hash, copies and exports.

        Without `history`: entities, documents and evidence that open claims use, open claims and open judgements.
        With it: all entities, documents, evidence and versions, ledger, changes and vectors.

        Raises:
            StoreCorruptError: What the store keeps twice (a native relationship, say) does not agree.
        """
        ...


class GraphWriter(Protocol):
    """What writing needs."""

    def apply(self, batch: Batch) -> Applied:
        """Write a batch, all or nothing; the only way facts get in. Applying it again has no effect.

        An entry whose ledger key is live with the same fault is unchanged: it is passed over. A claim that is said as
        before, but with other evidence, basis, review or confidence, is closed and opened in another version. What is
        written for the ledger alone moves the last record instant, not the revision. A number comes
        back as the number that it was: 1 as 1, 1.0 as 1.0.

        Raises:
            InvalidRecordError: A kind, predicate or qualifier is not in the vocabulary; a record is named twice.
            MissingEndError: A claim, judgement or vector names an entity that is not there.
            MissingEvidenceError: A claim has no evidence, or evidence that is not there; evidence without its document.
            JudgementConflictError: A `same` contradicts a `different`.
            StoreError: The store refused; nothing was written.
        """
        ...

    def restore(self, rows: Iterable[Row]) -> None:
        """Fill an empty store with the rows that another gave with history; the instants are kept.

        Raises:
            StoreError: The store is not empty.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...


class GraphStore(GraphReader, GraphWriter, Protocol):
    """A store that reads and writes."""
