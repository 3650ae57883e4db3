"""The store port: twelve set-at-a-time methods that every store implements, without a query language.

All stores return the same rows in the same order, which is ids ascending by code point. Pages are keyset pages: a page
starts after an id, so it stays stable while others write.
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
    """The state of a store.

    Attributes:
        address: Address without credentials.
        schema: Version of the store's layout.
        revision: Number of batches that opened or closed a claim or judgement.
        recorded_at: The last record instant, or None in an empty store.
        counts: Number of rows by type: entities, claims (open), versions, evidence, documents, judgements (open),
            ledger (live rows, including quarantined ones), quarantined.
    """

    address: str
    schema: int
    revision: int
    recorded_at: str | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class EntityQuery:
    """A query for entities; a filter that is None or empty text accepts all, and all filters must hold.

    An entity is found only if a claim that is open and valid at `at` has it as subject or object.

    Attributes:
        ids: Accepted ids.
        kinds: Accepted kinds.
        words: Texts, split by `graph.words`. Each word must occur in the value of some searchable claim about the
            entity; the claims may differ. Texts without any letter or digit find nothing.
        after: Only ids greater than this one.
        limit: Maximum number of entities.
        at: The two times of the read.
    """

    ids: Sequence[EntityId] | None = None
    kinds: Sequence[str] | None = None
    words: Sequence[str] = ()
    after: str = ""
    limit: int | None = None
    at: At = LATEST


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """A query for versions of claims; a filter that is None accepts all, and all filters must hold.

    Attributes:
        ids: Accepted claim ids.
        subjects: Accepted subjects.
        objects: Accepted objects.
        predicates: Accepted predicates.
        sources: Accepted names of sources.
        records: Accepted (source, record) pairs.
        evidence: Evidence ids, of which a claim must cite one.
        history: Whether closed versions are included; `at` then filters by validity only.
        after: Only claim ids greater than this one.
        limit: Maximum number of claims; with history, each comes with all its versions.
        at: The two times of the read.
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
    """Evidence with the document that contains it."""

    evidence: Evidence
    document: Document


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """The ledger row of a live record of a source.

    Attributes:
        key: What the record was made from.
        fault: "" where the record was accepted; otherwise canonical JSON with the reason of its quarantine.
        recorded_at: Record instant at which the row was written.
    """

    key: LedgerKey
    fault: str
    recorded_at: str


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """A query for ledger rows; a filter that is None accepts all, and all filters must hold.

    Attributes:
        sources: Accepted names of sources.
        records: Accepted (source, record) pairs.
        state: Whether accepted rows, quarantined rows or both are returned.
        after: Only rows after this (source, record) pair.
        limit: Maximum number of rows.
    """

    sources: Sequence[str] | None = None
    records: Sequence[tuple[str, str]] | None = None
    state: Literal["accepted", "quarantined", "both"] = "both"
    after: tuple[str, str] = ("", "")
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimColumns:
    """The open claims of one predicate as columns of equal length, ordered by claim id; reasoning reads these.

    Attributes:
        claims: Claim ids.
        statements: Statement hashes.
        sources: Names of the sources.
        subjects: The subjects.
        objects: The objects; None for claims with a value.
        values: The values; None for claims with an object.
        basis: The basis of each claim.
        review: The review of each claim, which is never `rejected`.
        confidence: Confidence in [0, 1], as float64.
        valid_from: World time from which each claim holds; None is unbounded.
        valid_to: World time before which each claim holds; None is unbounded.
        qualifiers: One column for each requested qualifier; None where a claim lacks it.
        evidence: The evidence ids of each claim, ascending.
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
    """A part of a predicate's columns, for predicates with too many claims for one read.

    Attributes:
        after: Only claim ids greater than this one.
        limit: Maximum number of claims.
        cited: Whether evidence is read. Without it, reading is faster and `ClaimColumns.evidence` has empty tuples.
    """

    after: str = ""
    limit: int | None = None
    cited: bool = True


WHOLE = ColumnsPart()

Row = Entity | Document | Evidence | StoredClaim | StoredJudgement | LedgerRow | Change | Vector


class GraphReader(Protocol):
    """The reading part of the port. Each method makes a bounded number of store calls, for any number of rows.

    Every method may raise `StoreError` where the store is locked, unreachable, too slow or damaged.
    """

    def status(self) -> Status:
        """The address, layout, revision and row counts of the store."""
        ...

    def entities(self, query: EntityQuery, /) -> list[Entity]:
        """The entities that match a query, ordered by id."""
        ...

    def claims(self, query: ClaimQuery, /) -> list[StoredClaim]:
        """The versions of claims that match a query, ordered by (claim id, recorded at)."""
        ...

    def evidence(self, ids: Sequence[EvidenceId]) -> list[Cited]:
        """The evidence with these ids, ordered by id; unknown ids are left out."""
        ...

    def judgements(self, at: At = LATEST) -> list[StoredJudgement]:
        """The judgements that were open at `at.known_at`, ordered by id."""
        ...

    def columns(
        self, predicate: str, qualifiers: Sequence[str] = (), at: At = LATEST, part: ColumnsPart = WHOLE
    ) -> ClaimColumns:
        """The claims of one predicate that are open and valid at `at`, as columns; rejected claims are left out.

        Args:
            predicate: Name of the predicate.
            qualifiers: Names of the qualifiers to read.
            at: The two times of the read.
            part: The part to read; by default all claims.
        """
        ...

    def ledger(self, query: LedgerQuery, /) -> list[LedgerRow]:
        """The live ledger rows that match a query, ordered by (source, record)."""
        ...

    def changes(self, after: int, limit: int | None = None) -> list[Change]:
        """The change feed, ordered by (revision, ordinal): in each revision closed ids ascending, then opened ids.

        Args:
            after: Only revisions greater than this one.
            limit: Number of lines after which no further revision is added. A revision is never cut.
        """
        ...

    def vectors(self, model: str) -> tuple[list[EntityId], npt.NDArray[np.float32]]:
        """The embeddings of a model: entity ids ascending, and an array of shape (entities, dimensions)."""
        ...

    def rows(self, *, history: bool = False) -> Iterator[Row]:
        """Everything stored, type by type in the order of `Row`, each ordered by id; used by hash, copy and export.

        Args:
            history: False gives the open claims and judgements, with the entities, documents and evidence that the
                open claims use. True gives all entities, documents, evidence and versions, the ledger, the change
                feed and the vectors.

        Raises:
            StoreCorruptError: Redundant data of the store, such as native relationships, contradict the claims.
        """
        ...


class GraphWriter(Protocol):
    """The writing part of the port."""

    def apply(self, batch: Batch) -> Applied:
        """Write a batch atomically. Applying the same batch again has no effect.

        An entry is unchanged, and skipped, while the ledger row of its record has the same key and fault. A claim with
        other evidence, basis, review or confidence than its open version is closed and opened as a new version. A write
        to the ledger alone moves the last record instant, and not the revision. Numbers keep their type: 1 is read back
        as 1, and 1.0 as 1.0.

        Raises:
            InvalidRecordError: A kind, predicate or qualifier is not in the vocabulary, or a record is named twice.
            MissingEndError: A claim, judgement or vector names an unknown entity.
            MissingEvidenceError: A claim cites no or unknown evidence, or evidence cites an unknown document.
            JudgementConflictError: A `same` contradicts a `different`.
            StoreError: The store refused the batch; nothing was written.
        """
        ...

    def restore(self, rows: Iterable[Row]) -> None:
        """Fill an empty store with the rows of another store, and keep their record instants.

        Args:
            rows: What `GraphReader.rows` of the other store gives with history.

        Raises:
            StoreError: The store is not empty.
            StoreCorruptError: The change feed among the rows contradicts the versions.
        """
        ...

    def close(self) -> None:
        """Close files and connections."""
        ...


class GraphStore(GraphReader, GraphWriter, Protocol):
    """A store for reading and writing."""
