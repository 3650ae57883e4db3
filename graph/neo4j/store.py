"""The server store: implements the port over one Neo4j database."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from graph.admission import Admission
from graph.neo4j import reading, writing
from graph.neo4j.connection import Neo4jConnection
from graph.neo4j.restoring import restore
from graph.neo4j.schema import Names
from graph.neo4j.streaming import Stream
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
from ontology.records import Applied, At, Batch, Change, Entity, EntityId, EvidenceId, StoredClaim, StoredJudgement
from ontology.vocabulary import Vocabulary


class Neo4jStore:
    """A `GraphStore` in a Neo4j database; threads may share it.

    Args:
        connection: Connection to a database that `graph.neo4j.schema` has laid out.
        vocabulary: The kinds and predicates that batches may name.
    """

    def __init__(self, connection: Neo4jConnection, vocabulary: Vocabulary) -> None:
        self._connection = connection
        self._admission = Admission(vocabulary)
        self._names = Names(vocabulary)

    def status(self) -> Status:
        """The address, layout, revision and row counts of the store."""
        return self._connection.read(lambda tx: reading.read_status(tx, self._connection.address))

    def entities(self, query: EntityQuery) -> list[Entity]:
        """The entities that match a query, ordered by id."""
        return self._connection.read(lambda tx: reading.read_entities(tx, query, self._names))

    def claims(self, query: ClaimQuery) -> list[StoredClaim]:
        """The versions of claims that match a query, ordered by (claim id, recorded at)."""
        return self._connection.read(lambda tx: reading.read_claims(tx, query))

    def evidence(self, ids: Sequence[EvidenceId]) -> list[Cited]:
        """The evidence with these ids, ordered by id; unknown ids are left out."""
        return self._connection.read(lambda tx: reading.read_evidence(tx, ids))

    def judgements(self, at: At = LATEST) -> list[StoredJudgement]:
        """The judgements that were open at `at.known_at`, ordered by id."""
        return self._connection.read(lambda tx: reading.read_judgements(tx, at))

    def columns(
        self, predicate: str, qualifiers: Sequence[str] = (), at: At = LATEST, part: ColumnsPart = WHOLE
    ) -> ClaimColumns:
        """The claims of one predicate that are open and valid at `at`, as columns."""
        return self._connection.read(lambda tx: reading.read_columns(tx, predicate, qualifiers, at, part), bulk=True)

    def ledger(self, query: LedgerQuery) -> list[LedgerRow]:
        """The live ledger rows that match a query, ordered by (source, record)."""
        return self._connection.read(lambda tx: reading.read_ledger(tx, query))

    def changes(self, after: int, limit: int | None = None) -> list[Change]:
        """The change feed after a revision, ordered by (revision, ordinal)."""
        return self._connection.read(lambda tx: reading.read_changes(tx, after, limit))

    def vectors(self, model: str) -> tuple[list[EntityId], npt.NDArray[np.float32]]:
        """The embeddings of a model: entity ids ascending, and an array of shape (entities, dimensions)."""
        return self._connection.read(lambda tx: reading.read_vectors(tx, model), bulk=True)

    def rows(self, *, history: bool = False) -> Iterator[Row]:
        """Everything stored, in the state at the time of the first row."""
        return Stream(self._connection, self._names, history=history).rows()

    def apply(self, batch: Batch) -> Applied:
        """Write a batch atomically."""
        self._admission.check(batch)
        return self._connection.write(lambda tx: writing.apply(tx, batch, self._names))

    def restore(self, rows: Iterable[Row]) -> None:
        """Fill an empty store with the rows of another store."""
        restore(self._connection, rows, self._names)

    def close(self) -> None:
        """Close every connection."""
        self._connection.close()
