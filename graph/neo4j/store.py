"""The server store: the port's methods over one Neo4j database."""

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
        connection: To a database that `graph.neo4j.schema` has laid out.
        vocabulary: What may be named.
    """

    def __init__(self, connection: Neo4jConnection, vocabulary: Vocabulary) -> None:
        self._connection = connection
        self._admission = Admission(vocabulary)
        self._names = Names(vocabulary)

    def status(self) -> Status:
        """What the store is and holds."""
        return self._connection.read(lambda tx: reading.read_status(tx, self._connection.address))

    def entities(self, ask: EntityQuery) -> list[Entity]:
        """The entities that `ask` finds, by id."""
        return self._connection.read(lambda tx: reading.read_entities(tx, ask, self._names))

    def claims(self, ask: ClaimQuery) -> list[StoredClaim]:
        """The claims that `ask` finds, by (id, recorded at)."""
        return self._connection.read(lambda tx: reading.read_claims(tx, ask))

    def evidence(self, ids: Sequence[EvidenceId]) -> list[Cited]:
        """The evidence of these ids that is there, by id."""
        return self._connection.read(lambda tx: reading.read_evidence(tx, ids))

    def judgements(self, at: At = LATEST) -> list[StoredJudgement]:
        """The judgements open at `at.known_at`, by id."""
        return self._connection.read(lambda tx: reading.read_judgements(tx, at))

    def columns(
        self, predicate: str, qualifiers: Sequence[str] = (), at: At = LATEST, part: ColumnsPart = WHOLE
    ) -> ClaimColumns:
        """The claims of one predicate open and valid at `at`, as columns."""
        return self._connection.read(lambda tx: reading.read_columns(tx, predicate, qualifiers, at, part), bulk=True)

    def ledger(self, ask: LedgerQuery) -> list[LedgerRow]:
        """The live ledger rows that `ask` finds."""
        return self._connection.read(lambda tx: reading.read_ledger(tx, ask))

    def changes(self, after: int, limit: int | None = None) -> list[Change]:
        """The change feed after a revision, by (revision, ordinal)."""
        return self._connection.read(lambda tx: reading.read_changes(tx, after, limit))

    def vectors(self, model: str) -> tuple[list[EntityId], npt.NDArray[np.float32]]:
        """Entity ids ascending, and their embeddings by `model` as rows."""
        return self._connection.read(lambda tx: reading.read_vectors(tx, model), bulk=True)

    def rows(self, *, history: bool = False) -> Iterator[Row]:
        """Everything stored, as of the moment at which the first row is asked for."""
        return Stream(self._connection, self._names, history=history).rows()

    def apply(self, batch: Batch) -> Applied:
        """Write a batch, all or nothing."""
        self._admission.check(batch)
        return self._connection.write(lambda tx: writing.apply(tx, batch, self._names))

    def restore(self, rows: Iterable[Row]) -> None:
        """Fill an empty store with the rows that another gave with history."""
        restore(self._connection, rows, self._names)

    def close(self) -> None:
        """Close every connection."""
        self._connection.close()
