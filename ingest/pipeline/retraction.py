"""Retraction of a source: its records are closed and their ledger keys removed, so that loading again restores them."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.port import ClaimQuery, GraphStore, LedgerQuery
from ontology.errors import NotFoundError
from ontology.records import Batch

_RECORDS = 2_000  # records of a batch


@dataclass(frozen=True, slots=True)
class Retraction:
    """The result of a retraction: records, claims closed, and the store's revision afterwards."""

    source: str
    records: int
    closed: int
    revision: int


def retract(store: GraphStore, source: str, *, record: str | None = None, clock: Callable[[], str]) -> Retraction:
    """Close all claims of a source, or of one of its records, in batches; a second run completes one that was killed.

    Raises:
        NotFoundError: The store never had a claim of that source, or has no live record of that key.
    """
    if record is not None:
        return _retract_record(store, source, record, clock)
    records, closed = 0, 0
    while page := store.ledger(LedgerQuery(sources=[source], limit=_RECORDS)):
        gone = tuple((row.key.source, row.key.record) for row in page)
        closed += store.apply(Batch(at=clock(), gone=gone)).closed
        records += len(gone)
    if not records and not store.claims(ClaimQuery(sources=[source], history=True, limit=1)):
        raise NotFoundError(
            f"nothing of the source {source!r} is in the store", fix="tierscope sources lists the names"
        )
    return Retraction(source, records, closed, store.status().revision)


def _retract_record(store: GraphStore, source: str, record: str, clock: Callable[[], str]) -> Retraction:
    if not store.ledger(LedgerQuery(records=[(source, record)])):
        message = f"{source} has no record {record!r}"
        raise NotFoundError(message, fix="show a claim to see its record's key", source=source, record=record)
    applied = store.apply(Batch(at=clock(), gone=((source, record),)))
    return Retraction(source, 1, applied.closed, store.status().revision)
