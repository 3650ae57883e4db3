"""Restoring: fills an empty store with the rows of another store, with their record instants."""

import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from graph.port import LedgerRow, Row
from graph.refusals import contradicting_feed, not_empty
from graph.sqlite import writing
from graph.sqlite.lookup import update_words
from graph.sqlite.streaming import stream_changes
from ontology.records import Change, Document, Entity, Evidence, StoredClaim, StoredJudgement, Vector

_CHUNK = 5_000
_T = TypeVar("_T")


def restore(db: sqlite3.Connection, rows: Iterable[Row], searchable: frozenset[str]) -> None:
    """Insert rows within the caller's transaction.

    Args:
        db: A connection in a write transaction.
        rows: The rows of another store, in the order of `GraphReader.rows`.
        searchable: Predicates whose values can be searched by word.

    Raises:
        StoreError: The store is not empty.
        StoreCorruptError: The change feed among the rows differs from the one that the versions make.
    """
    if db.execute("SELECT 1 FROM entity UNION ALL SELECT 1 FROM record UNION ALL SELECT 1 FROM document").fetchone():
        raise not_empty()
    update_words(db, searchable)
    filling = _Filling(db, searchable)
    for sort, group in itertools.groupby(rows, type):
        filling.put(sort, group)
    filling.end()


class _Filling:
    """A restore in progress.

    The number of a revision is the rank of its instant, which is known only once all versions are inserted. Until then
    each instant has a provisional, negative number.
    """

    def __init__(self, db: sqlite3.Connection, searchable: frozenset[str]) -> None:
        self._db = db
        self._searchable = searchable
        self._revisions: dict[str, int] = {}
        self._last = ""
        self._ranked = False

    def put(self, sort: type, rows: Iterator[Row]) -> None:
        """Insert rows of one type; `sort` is that type."""
        if sort is Change:
            self._compare(rows)
            return
        for chunk in _chunks(rows):
            self._put_chunk(sort, chunk)

    def end(self) -> None:
        """Number the revisions and store the last record instant."""
        self._rank()
        if self._last:
            writing.note_instant(self._db, self._last)

    def _put_chunk(self, sort: type, rows: Sequence[Row]) -> None:
        writing.put_entities(self._db, _only(Entity, rows))
        writing.put_documents(self._db, _only(Document, rows))
        writing.put_evidence(self._db, _only(Evidence, rows))
        if sort is StoredClaim:
            self._put_claims(_only(StoredClaim, rows))
        elif sort is StoredJudgement:
            self._put_judgements(_only(StoredJudgement, rows))
        elif sort is LedgerRow:
            self._put_ledger(_only(LedgerRow, rows))
        writing.put_vectors(self._db, _only(Vector, rows))

    def _put_claims(self, rows: Sequence[StoredClaim]) -> None:
        keys = writing.record_keys(self._db, ((row.claim.source, row.claim.record) for row in rows))
        self._number(rows)
        writing.put_claims(
            self._db,
            [(row.claim, keys[row.claim.source, row.claim.record], *self._interval(row)) for row in rows],
            self._searchable,
        )

    def _put_judgements(self, rows: Sequence[StoredJudgement]) -> None:
        self._number(rows)
        writing.put_judgements(self._db, [(row.judgement, *self._interval(row)) for row in rows])

    def _put_ledger(self, rows: Sequence[LedgerRow]) -> None:
        keys = writing.record_keys(self._db, ((row.key.source, row.key.record) for row in rows))
        self._last = max([self._last, *(row.recorded_at for row in rows)])
        writing.put_ledger(self._db, [(r.key, r.fault, r.recorded_at, keys[r.key.source, r.key.record]) for r in rows])

    def _number(self, rows: Sequence[StoredClaim] | Sequence[StoredJudgement]) -> None:
        """Give each new instant a provisional revision."""
        met = {instant for row in rows for instant in (row.recorded_at, row.superseded_at) if instant is not None}
        new = [
            (-len(self._revisions) - place, instant) for place, instant in enumerate(met - self._revisions.keys(), 1)
        ]
        self._db.executemany("INSERT INTO revision VALUES (?, ?)", new)
        self._revisions |= {instant: revision for revision, instant in new}

    def _interval(self, row: StoredClaim | StoredJudgement) -> tuple[int, int | None]:
        closed = None if row.superseded_at is None else self._revisions[row.superseded_at]
        return self._revisions[row.recorded_at], closed

    def _rank(self) -> None:
        """Replace the provisional revisions by the ranks of their instants."""
        if self._ranked:
            return
        self._ranked = True
        self._db.execute("PRAGMA defer_foreign_keys = ON")
        self._db.execute(
            "CREATE TEMP TABLE rank AS"
            " SELECT revision AS old, row_number() OVER (ORDER BY instant) AS new FROM revision"
        )
        self._db.execute("CREATE UNIQUE INDEX temp.rank_old ON rank (old)")
        for table in ("claim", "judgement"):
            self._db.execute(
                f"UPDATE {table} SET opened = (SELECT new FROM rank WHERE old = opened),"  # noqa: S608 - two fixed names
                " closed = (SELECT new FROM rank WHERE old = closed)"
            )
        self._db.execute("UPDATE revision SET revision = (SELECT new FROM rank WHERE old = revision)")
        self._db.execute("DROP TABLE rank")
        self._last = max([self._last, *self._revisions])

    def _compare(self, rows: Iterable[Row]) -> None:
        self._rank()
        for given, derived in itertools.zip_longest(rows, stream_changes(self._db)):
            if given != derived:
                raise contradicting_feed(given, derived)


def _only(sort: type[_T], rows: Iterable[object]) -> list[_T]:
    return [row for row in rows if isinstance(row, sort)]


def _chunks(rows: Iterator[_T]) -> Iterator[list[_T]]:
    while chunk := list(itertools.islice(rows, _CHUNK)):
        yield chunk
