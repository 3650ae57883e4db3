"""The embedded store: implements the port over one SQLite file."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from graph.admission import Admission
from graph.port import (
    LATEST,
    WHOLE,
    Cited,
    ClaimColumns,
    ClaimQuery,
    ColumnsPart,
    EntityQuery,
    LedgerQuery,
    LedgerRow,
    Row,
    Status,
)
from graph.sqlite import lookup, reading, schema, writing
from graph.sqlite.columns import read_columns
from graph.sqlite.connections import Readers, WriteConnection
from graph.sqlite.faults import corrupt
from graph.sqlite.restoring import restore
from graph.sqlite.streaming import stream
from ontology.errors import StoreReadOnlyError
from ontology.records import Applied, At, Batch, Change, Entity, EntityId, EvidenceId, StoredClaim, StoredJudgement
from ontology.vocabulary import Vocabulary


class SqliteStore:
    """A `GraphStore` in one file; threads may share it.

    Args:
        path: The file, which must exist (see `graph.sqlite.opening`).
        vocabulary: The kinds and predicates that batches may name.
        wait: Seconds to wait for another writer.
        timeout: Seconds that a read may take.
        read_only: Whether writes are refused.
    """

    def __init__(
        self, path: Path, vocabulary: Vocabulary, *, wait: float = 5.0, timeout: float = 30.0, read_only: bool = False
    ) -> None:
        self.path = path
        self._admission = Admission(vocabulary)
        self._searchable = frozenset(name for name, term in vocabulary.predicates.items() if term.searchable)
        self._readers = Readers(path, timeout)
        self._counted: tuple[reading.Clock, dict[str, int]] | None = None
        self._writer = None if read_only else WriteConnection(path, wait)

    def status(self) -> Status:
        """The address, layout, revision and row counts of the store."""
        with self._readers.reading() as db:
            known = reading.read_clock(db)
            if self._counted is None or self._counted[0] != known:
                self._counted = (known, reading.read_counts(db))
            counts = self._counted[1] | reading.read_sizes(db)
            return Status(f"sqlite:///{self.path}", schema.VERSION, *known, counts)

    def entities(self, query: EntityQuery) -> list[Entity]:
        """The entities that match a query, ordered by id."""
        with self._readers.reading() as db:
            return reading.read_entities(db, query)

    def claims(self, query: ClaimQuery) -> list[StoredClaim]:
        """The versions of claims that match a query, ordered by (claim id, recorded at)."""
        with self._readers.reading() as db:
            return reading.read_claims(db, query)

    def evidence(self, ids: Sequence[EvidenceId]) -> list[Cited]:
        """The evidence with these ids, ordered by id; unknown ids are left out."""
        with self._readers.reading() as db:
            return reading.read_evidence(db, ids)

    def judgements(self, at: At = LATEST) -> list[StoredJudgement]:
        """The judgements that were open at `at.known_at`, ordered by id."""
        with self._readers.reading() as db:
            return reading.read_judgements(db, at)

    def columns(
        self, predicate: str, qualifiers: Sequence[str] = (), at: At = LATEST, part: ColumnsPart = WHOLE
    ) -> ClaimColumns:
        """The claims of one predicate that are open and valid at `at`, as columns."""
        with self._readers.reading() as db:
            return read_columns(db, predicate, qualifiers, at, part)

    def ledger(self, query: LedgerQuery) -> list[LedgerRow]:
        """The live ledger rows that match a query, ordered by (source, record)."""
        with self._readers.reading() as db:
            return reading.read_ledger(db, query)

    def changes(self, after: int, limit: int | None = None) -> list[Change]:
        """The change feed after a revision, ordered by (revision, ordinal)."""
        with self._readers.reading() as db:
            return reading.read_changes(db, after, limit)

    def vectors(self, model: str) -> tuple[list[EntityId], npt.NDArray[np.float32]]:
        """The embeddings of a model: entity ids ascending, and an array of shape (entities, dimensions)."""
        with self._readers.reading() as db:
            return reading.read_vectors(db, model)

    def rows(self, *, history: bool = False) -> Iterator[Row]:
        """Everything stored, in the state at the time of the first row."""
        with self._readers.reading(bounded=False) as db:
            yield from stream(db, history=history)
            if not lookup.words_match(db):
                raise corrupt(self.path, "the word index does not match the claims")

    def apply(self, batch: Batch) -> Applied:
        """Write a batch atomically."""
        self._admission.check(batch)
        with self._writing() as db:
            return writing.apply(db, batch, self._searchable)

    def restore(self, rows: Iterable[Row]) -> None:
        """Fill an empty store with the rows of another store."""
        with self._writing() as db:
            restore(db, rows, self._searchable)

    def _writing(self) -> AbstractContextManager[sqlite3.Connection]:
        if self._writer is None:
            raise StoreReadOnlyError("the store was opened for reading only", fix="open it for writing")
        return self._writer.writing()

    def close(self) -> None:
        """Close the file."""
        self._readers.close()
        if self._writer is not None:
            self._writer.close()
