"""Streams all stored rows, type by type; the memory needed does not grow with the store."""

# ruff: noqa: S608 - statements are joined from constant parts

import sqlite3
from collections.abc import Iterator

from graph.port import Row
from graph.sqlite.reading import (
    CLAIM,
    DOCUMENT,
    EVIDENCE,
    JUDGEMENT,
    LEDGER,
    changes_of,
    ledger_row,
    stored_claim,
    stored_judgement,
)
from ontology.records import Change, Document, Entity, Evidence, Vector

_OPEN_ENTITY = (
    "WHERE EXISTS (SELECT 1 FROM claim c WHERE c.subject = n.key AND c.closed IS NULL)"
    " OR EXISTS (SELECT 1 FROM claim c WHERE c.object = n.key AND c.closed IS NULL)"
)
_OPEN_EVIDENCE = (
    "WHERE EXISTS (SELECT 1 FROM cited x JOIN claim c ON c.version = x.version"
    " WHERE x.evidence = v.key AND c.closed IS NULL)"
)
_OPEN_DOCUMENT = (
    "WHERE d.key IN (SELECT v.document FROM claim c JOIN cited x ON x.version = c.version"
    " JOIN evidence v ON v.key = x.evidence WHERE c.closed IS NULL)"
)


def stream(db: sqlite3.Connection, *, history: bool) -> Iterator[Row]:
    """The rows of `GraphReader.rows`.

    Args:
        db: A connection in a read transaction, which must last until the last row.
        history: Whether all versions and all other rows are included, not only open ones.
    """
    yield from _entities_and_citations(db, history=history)
    open_claims, open_judgements = ("", "") if history else ("WHERE c.closed IS NULL", "WHERE j.closed IS NULL")
    yield from map(stored_claim, db.execute(f"{CLAIM} {open_claims} ORDER BY c.id, c.opened"))
    yield from map(stored_judgement, db.execute(f"{JUDGEMENT} {open_judgements} ORDER BY j.id, j.opened"))
    if history:
        yield from map(ledger_row, db.execute(f"{LEDGER} WHERE r.recorded_at IS NOT NULL ORDER BY r.source, r.record"))
        yield from stream_changes(db)
        yield from _vectors(db)


def _entities_and_citations(db: sqlite3.Connection, *, history: bool) -> Iterator[Row]:
    entities, documents, evidence = ("", "", "") if history else (_OPEN_ENTITY, _OPEN_DOCUMENT, _OPEN_EVIDENCE)
    for row in db.execute(f"SELECT n.id, n.kind FROM entity n {entities} ORDER BY n.id"):
        yield Entity(*row)
    for row in db.execute(f"SELECT {DOCUMENT} FROM document d {documents} ORDER BY d.id"):
        yield Document(*row)
    joined = "FROM evidence v JOIN document d ON d.key = v.document"
    for row in db.execute(f"SELECT {EVIDENCE} {joined} {evidence} ORDER BY v.id"):
        yield Evidence(*row)


def stream_changes(db: sqlite3.Connection) -> Iterator[Change]:
    """All lines of the change feed, revision by revision."""
    for (revision,) in db.execute("SELECT revision FROM revision ORDER BY revision"):
        yield from changes_of(db, revision)


def _vectors(db: sqlite3.Connection) -> Iterator[Vector]:
    for row in db.execute(
        'SELECT v.model, n.id, v."values" FROM vector v JOIN entity n ON n.key = v.entity ORDER BY v.model, n.id'
    ):
        yield Vector(*row)
