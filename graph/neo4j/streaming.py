"""Streams all stored rows, page by page, and checks each claim against the store's redundant data about it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, LiteralString

from graph.neo4j import cypher
from graph.neo4j.connection import Neo4jConnection
from graph.neo4j.faults import corrupt
from graph.neo4j.reading import changes_of
from graph.neo4j.records import native_properties, to_claim, to_judgement, to_kind, to_ledger_row, words_of
from graph.neo4j.schema import Names, place_of
from graph.port import Row
from ontology.records import Document, DocumentId, Entity, Evidence, EvidenceId, StoredClaim, StoredJudgement, Vector

PAGE = 5_000
_REVISIONS = 20
_Row = Sequence[Any]


class Stream:
    """The rows of the store at one time; rows that are written later are recognized by their record instant.

    Args:
        connection: The server.
        names: The names of the vocabulary.
        history: Whether all versions and all other rows are included, not only open ones.
    """

    def __init__(self, connection: Neo4jConnection, names: Names, *, history: bool) -> None:
        self._connection = connection
        self._names = names
        self._history = history
        self._state: _Row = ()

    def rows(self) -> Iterator[Row]:
        """The rows of `GraphReader.rows`.

        Raises:
            StoreCorruptError: Redundant data contradict the claims.
        """
        self._state = self._query(cypher.STATE)[0]
        self._require_no_strays()
        yield from self._paged(cypher.ENTITY_PAGE, cypher.STREAM_ENTITIES, self._entity)
        yield from self._paged(cypher.DOCUMENT_PAGE, cypher.STREAM_DOCUMENTS, lambda row: Document(*row))
        yield from self._paged(cypher.EVIDENCE_PAGE, cypher.STREAM_EVIDENCE, self._evidence)
        yield from self._paged(cypher.CLAIM_PAGE, cypher.STREAM_CLAIMS, self._claim)
        yield from map(self._judgement, self._query(cypher.STREAM_JUDGEMENTS))
        if self._history:
            yield from map(to_ledger_row, self._query(cypher.LEDGER, **_WHOLE_LEDGER))
            yield from self._changes()
            yield from self._vectors()

    def _query(self, text: LiteralString, **parameters: object) -> list[list[Any]]:
        known = {"history": self._history, "knownAt": self._state[1] if self._state else None}
        return self._connection.read(lambda transaction: transaction.run(text, **known, **parameters))

    def _paged(
        self, bounds: LiteralString, text: LiteralString, make: Callable[[_Row], Row], **parameters: object
    ) -> Iterator[Row]:
        after, more = "", True
        while more:
            bound = self._query(bounds, after=after, rows=PAGE, **parameters)
            more = bool(bound)
            last = bound[0][0] if bound else _LAST
            for row in self._query(text, after=after, last=last, **parameters):
                yield make(row)
            after = last

    def _changes(self) -> Iterator[Row]:
        after, more = 0, True
        while more:
            page = self._query(cypher.CHANGES, after=after, limit=_REVISIONS)
            yield from (change for row in page for change in changes_of(row))
            more = len(page) == _REVISIONS
            after = page[-1][0] if page else after

    def _vectors(self) -> Iterator[Row]:
        for (model,) in self._query(cypher.MODELS):
            yield from self._paged(
                cypher.VECTOR_PAGE,
                cypher.STREAM_VECTORS,
                lambda row, model=model: Vector(model, row[0], row[1]),  # type: ignore[misc]
                model=model,
            )

    def _entity(self, row: _Row) -> Entity:
        kind = to_kind(row[1])
        if self._names.prefixes.get(kind) != row[0].partition(":")[0]:
            raise self._corrupt(f"the entity {row[0]} has the labels {row[1]}")
        return Entity(row[0], kind)

    def _evidence(self, row: _Row) -> Evidence:
        return Evidence(EvidenceId(row[0]), DocumentId(self._one(row[1], f"document of evidence {row[0]}")), *row[2:])

    def _claim(self, row: _Row) -> StoredClaim:
        id_, predicate = row[0], row[5]
        subject = self._one(row[4], f"subject of claim {id_}")
        object_ = self._one(row[6], f"object of claim {id_}") if predicate in self._names.relations else None
        stored = to_claim([*row[:4], subject, predicate, object_, *row[7:15], *self._times(row[15:17])])
        current = to_claim([*row[:4], subject, predicate, object_, *row[7:17]])
        self._require_consistent(current, row)
        return stored

    def _judgement(self, row: _Row) -> StoredJudgement:
        ends = [self._one(row[end], f"entity of judgement {row[0]}") for end in (1, 2)]
        return to_judgement([row[0], *ends, *row[3:7], *self._times(row[7:9])])

    def _times(self, times: _Row) -> _Row:
        """The record instants of a version at the time of this stream: it is open if it was closed later."""
        recorded_at, superseded_at = times
        later = superseded_at is not None and superseded_at > (self._state[1] or "")
        return (recorded_at, None if later else superseded_at)

    def _require_consistent(self, stored: StoredClaim, row: _Row) -> None:
        """Compare a claim with its redundant data: its place, its words and its native relationship."""
        claim = stored.claim
        place, words, natives = row[17:20]
        if place != place_of(claim.source, claim.record):
            raise self._corrupt(f"the place of claim {claim.id} is not that of its record")
        if sorted(words) != (words_of(claim) if claim.predicate in self._names.searchable else []):
            raise self._corrupt(f"the indexed words of claim {claim.id} are not those of its value")
        expected = [[claim.predicate, native_properties(stored)]] if claim.object is not None else []
        if natives != expected or (claim.object is not None) != (row[7] is None):
            raise self._corrupt(f"claim {claim.id} contradicts its native relationship")

    def _require_no_strays(self) -> None:
        """Refuse native relationships without a claim; differing counts prove one only if no write came between."""
        for predicate in sorted(self._names.relations):
            natives, claims = self._query(cypher.count_strays(self._names, predicate), predicate=predicate)[0]
            if natives != claims and self._query(cypher.STATE)[0][0] == self._state[0]:
                raise self._corrupt(f"there are {natives} {predicate} relationships for {claims} claims")

    def _one(self, found: Sequence[str], what: str) -> str:
        if len(found) != 1:
            raise self._corrupt(f"{what}: {len(found)} found, not one")
        return found[0]

    def _corrupt(self, why: str) -> Exception:
        return corrupt(self._connection.address, why)


_LAST = "\U0010ffff"
_WHOLE_LEDGER = {"source": "", "record": "", "sources": None, "accepted": None, "limit": 2**62}
