"""Restoring: fills an empty store with the rows of another store, with their record instants.

A large store does not fit into one transaction of a server with a small heap. The store is therefore marked as being
filled until its last row is written. A store whose copy was interrupted cannot be opened, and the next copy starts from
the beginning.
"""

import itertools
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from graph.neo4j import cypher, schema, writing
from graph.neo4j.connection import Neo4jConnection, Transaction
from graph.neo4j.records import ledger_row
from graph.neo4j.schema import Names
from graph.port import LedgerRow, Row
from graph.refusals import contradicting_feed, not_empty
from ontology.errors import StoreError
from ontology.records import Change, Document, Entity, Evidence, StoredClaim, StoredJudgement, Vector

_T = TypeVar("_T")
_Version = StoredClaim | StoredJudgement


@dataclass(slots=True)
class _Feed:
    """The change feed that versions make: a revision for each instant, in order, with the ids it closed and opened.

    Attributes:
        closed: The ids that were closed, by record instant.
        opened: The ids that were opened, by record instant.
    """

    closed: dict[str, list[str]] = field(default_factory=dict)
    opened: dict[str, list[str]] = field(default_factory=dict)

    def add(self, version: _Version, id_: str) -> None:
        """Add one version of the claim or judgement `id_`."""
        self.opened.setdefault(version.recorded_at, []).append(id_)
        if version.superseded_at is not None:
            self.closed.setdefault(version.superseded_at, []).append(id_)

    def revisions(self) -> Iterator[tuple[int, str, list[str], list[str]]]:
        """For each revision: its number, its instant, the ids that it closed and the ids that it opened, ascending."""
        for number, instant in enumerate(sorted(self.closed.keys() | self.opened.keys()), 1):
            yield number, instant, sorted(self.closed.get(instant, [])), sorted(self.opened.get(instant, []))

    def changes(self) -> Iterator[Change]:
        """The lines of the change feed."""
        for number, _, closed, opened in self.revisions():
            lines = [*(("closed", id_) for id_ in closed), *(("opened", id_) for id_ in opened)]
            for ordinal, (action, id_) in enumerate(lines):
                yield Change(number, ordinal, "closed" if action == "closed" else "opened", id_)


def restore(connection: Neo4jConnection, rows: Iterable[Row], names: Names) -> None:
    """Write rows in several transactions; on an error the store is cleared again.

    Args:
        connection: The server.
        rows: The rows of another store, in the order of `GraphReader.rows`.
        names: The names of the vocabulary.

    Raises:
        StoreError: The store is not empty.
        StoreCorruptError: The change feed among the rows differs from the one that the versions make.
    """
    connection.write(_begin)
    try:
        _fill(connection, rows, names)
    except BaseException:
        with suppress(
            StoreError
        ):  # where the server is unreachable, the mark stays, and the next copy clears the store
            schema.clear(connection)
        raise


def _fill(connection: Neo4jConnection, rows: Iterable[Row], names: Names) -> None:
    feed, last = _Feed(), ""
    for sort, group in itertools.groupby(rows, type):
        if sort is Change:
            _compare(group, feed)
            continue
        for chunk in _chunks(group):
            connection.write(lambda transaction, chunk=chunk: _put(transaction, chunk, names))  # type: ignore[misc]
            last = max([last, *_note(chunk, feed)])
    for revision in feed.revisions():
        connection.write(lambda transaction, revision=revision: _put_revision(transaction, *revision))  # type: ignore[misc]
    connection.write(lambda transaction: _end(transaction, last))


def _begin(transaction: Transaction) -> None:
    writing.lock(transaction)
    if transaction.run("MATCH (n) WHERE NOT n:Store RETURN 1 LIMIT 1"):
        raise not_empty()
    transaction.run(cypher.SET_FILLING, filling=True)


def _put(transaction: Transaction, rows: list[Row], names: Names) -> None:
    writing.put_entities(transaction, _only(Entity, rows), names)
    writing.put_documents(transaction, _only(Document, rows))
    writing.put_evidence(transaction, _only(Evidence, rows))
    writing.put_claims(transaction, _only(StoredClaim, rows), names)
    writing.put_judgements(transaction, _only(StoredJudgement, rows))
    ledger = _only(LedgerRow, rows)
    writing.put_ledger(transaction, (ledger_row(row.key, row.fault, row.recorded_at) for row in ledger))
    writing.put_vectors(transaction, _only(Vector, rows))


def _note(rows: Iterable[Row], feed: _Feed) -> Iterator[str]:
    """Add the versions among the rows to the feed; yields the record instants of the rows."""
    for row in rows:
        if isinstance(row, StoredClaim):
            feed.add(row, row.claim.id)
        elif isinstance(row, StoredJudgement):
            feed.add(row, row.judgement.id)
        if isinstance(row, StoredClaim | StoredJudgement):
            yield row.superseded_at or row.recorded_at
        elif isinstance(row, LedgerRow):
            yield row.recorded_at


def _put_revision(transaction: Transaction, number: int, instant: str, closed: list[str], opened: list[str]) -> None:
    writing.note_revision(transaction, number, instant, (closed, opened))


def _end(transaction: Transaction, last: str) -> None:
    if last:
        transaction.run(cypher.NOTE_INSTANT, instant=last)
    transaction.run(cypher.SET_FILLING, filling=None)


def _compare(rows: Iterable[Row], feed: _Feed) -> None:
    for given, derived in itertools.zip_longest(rows, feed.changes()):
        if given != derived:
            raise contradicting_feed(given, derived)


def _only(sort: type[_T], rows: Iterable[object]) -> list[_T]:
    return [row for row in rows if isinstance(row, sort)]


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(itertools.islice(rows, writing.CHUNK)):
        yield chunk
