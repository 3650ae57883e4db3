"""Reads of the embedded store: each query is one SQL statement, for any number of rows."""

# ruff: noqa: S608 - statements are joined from constant parts; values of a caller are always parameters

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from graph.port import LATEST, Cited, ClaimQuery, EntityQuery, LedgerQuery, LedgerRow
from graph.words import words
from ontology.canonical import Scalar
from ontology.records import (
    At,
    Change,
    Claim,
    Document,
    Entity,
    EntityId,
    Evidence,
    Judgement,
    LedgerKey,
    StoredClaim,
    StoredJudgement,
)

_Row = tuple[Any, ...]
Clock = tuple[int, str | None]

CLAIM = (
    "SELECT c.id, c.statement, r.source, r.record, s.id, c.predicate, o.id, c.value, c.qualifiers, c.valid_from,"
    " c.valid_to, c.basis, c.review, c.confidence,"
    " (SELECT group_concat(v.id, ' ') FROM cited x JOIN evidence v ON v.key = x.evidence WHERE x.version = c.version),"
    " b.instant, e.instant FROM claim c JOIN record r ON r.key = c.record JOIN entity s ON s.key = c.subject"
    " LEFT JOIN entity o ON o.key = c.object JOIN revision b ON b.revision = c.opened"
    " LEFT JOIN revision e ON e.revision = c.closed"
)
JUDGEMENT = (
    'SELECT j.id, l.id, r.id, j.verdict, j."by", j.why, j.features, b.instant, e.instant FROM judgement j'
    ' JOIN entity l ON l.key = j."left" JOIN entity r ON r.key = j."right" JOIN revision b ON b.revision = j.opened'
    " LEFT JOIN revision e ON e.revision = j.closed"
)
DOCUMENT = "d.id, d.name, d.sha256, d.uri, d.media_type, d.licence, d.publisher, d.retrieved_at"
EVIDENCE = "v.id, d.id, v.locator, v.quote_sha256, v.quote"
LEDGER = (
    "SELECT r.source, r.record, r.digest, p.mapping, p.ontology, r.fault, r.recorded_at FROM record r"
    " JOIN recipe p ON p.key = r.recipe"
)
_KNOWN = "(SELECT coalesce(max(revision), 0) FROM revision WHERE instant <= ?)"
_LISTED = "IN (SELECT value FROM json_each(?))"
_RECORDS = "(SELECT k.key FROM json_each(?) j JOIN record k ON k.source = j.value ->> 0 AND k.record = j.value ->> 1)"
# Versions are never deleted, so the greatest key is their number. The table of records is scanned once.
_COUNTS = (
    "SELECT c.versions - (SELECT count(*) FROM claim WHERE closed IS NOT NULL), c.versions,"
    " (SELECT count(*) FROM judgement WHERE closed IS NULL), r.live, r.refused"
    " FROM (SELECT coalesce(max(version), 0) AS versions FROM claim) c,"
    " (SELECT count(recorded_at) AS live, count(nullif(fault, '')) AS refused FROM record) r"
)
_SIZES = (
    "SELECT (SELECT coalesce(max(key), 0) FROM entity), (SELECT coalesce(max(key), 0) FROM evidence),"
    " (SELECT coalesce(max(key), 0) FROM document)"
)
_NO_LIMIT = -1
_NOTHING = "{}"


class Where:
    """A conjunction of SQL conditions.

    Attributes:
        values: The values of their parameters, in order.
    """

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.values: list[object] = []

    def add(self, condition: str, *values: object) -> None:
        """Add a condition with the values of its parameters."""
        self._conditions.append(condition)
        self.values.extend(values)

    def listed(self, condition: str, values: Sequence[object] | None) -> None:
        """Add a condition whose one parameter is a JSON list of `values`; None adds nothing."""
        if values is not None:
            self.add(condition, json.dumps(list(values)))

    def known(self, row: str, at: At) -> None:
        """Require that the versions of the table alias `row` were open at `at.known_at`."""
        if at.known_at is None:
            self.add(f"{row}.closed IS NULL")
        else:
            self.add(f"{row}.opened <= {_KNOWN}", at.known_at)
            self.add(f"({row}.closed IS NULL OR {row}.closed > {_KNOWN})", at.known_at)

    def valid(self, at: At) -> None:
        """Require that the claims of the alias `c` are valid at `at.as_of`."""
        if at.as_of is not None:
            self.add("(c.valid_from IS NULL OR c.valid_from <= ?)", at.as_of)
            self.add("(c.valid_to IS NULL OR c.valid_to > ?)", at.as_of)

    def text(self) -> str:
        """The conditions, joined by AND."""
        return " AND ".join(self._conditions) or "true"


def read_clock(db: sqlite3.Connection) -> Clock:
    """The revision and the last record instant; `read_counts` changes only when one of them does."""
    (revision,) = db.execute("SELECT coalesce(max(revision), 0) FROM revision").fetchone()
    last = db.execute("SELECT value FROM meta WHERE name = 'recorded_at'").fetchone()
    return revision, last[0] if last else None


def read_counts(db: sqlite3.Connection) -> dict[str, int]:
    """The number of claims, versions, judgements and ledger rows, which takes a scan."""
    names = ("claims", "versions", "judgements", "ledger", "quarantined")
    return dict(zip(names, db.execute(_COUNTS).fetchone(), strict=True))


def read_sizes(db: sqlite3.Connection) -> dict[str, int]:
    """The number of entities, evidence and documents: they are never deleted, so the greatest key is their number."""
    return dict(zip(("entities", "evidence", "documents"), db.execute(_SIZES).fetchone(), strict=True))


def read_entities(db: sqlite3.Connection, query: EntityQuery) -> list[Entity]:
    """The entities that match a query, ordered by id."""
    tokens = sorted({word for text in query.words for word in words(text)})
    if query.words and not tokens:
        return []
    where = Where()
    where.listed(f"n.id {_LISTED}", query.ids)
    where.listed(f"n.kind {_LISTED}", query.kinds)
    where.add("n.id > ?", query.after)
    _add_words(where, tokens, query.at)
    if not tokens:
        _add_mentioned(where, query.at)
    statement = _text("SELECT n.id, n.kind FROM entity n WHERE", where.text(), "ORDER BY n.id LIMIT ?")
    return [Entity(*row) for row in db.execute(statement, (*where.values, _limit(query.limit)))]


def read_claims(db: sqlite3.Connection, query: ClaimQuery) -> list[StoredClaim]:
    """The versions of claims that match a query, ordered by (claim id, recorded at)."""
    where = _filters(query)
    limit = _limit(query.limit)
    if query.history and query.limit is not None:
        found = _text("SELECT DISTINCT c.id FROM claim c WHERE", where.text(), "ORDER BY c.id LIMIT ?")
        where.add(f"c.id IN ({found})", *where.values, limit)
        limit = _NO_LIMIT
    statement = _text(CLAIM, "WHERE", where.text(), "ORDER BY c.id, c.opened LIMIT ?")
    return [stored_claim(row) for row in db.execute(statement, (*where.values, limit))]


def read_evidence(db: sqlite3.Connection, ids: Sequence[str]) -> list[Cited]:
    """The evidence with these ids and its documents, ordered by id."""
    statement = (
        f"SELECT {EVIDENCE}, {DOCUMENT} FROM evidence v JOIN document d ON d.key = v.document"
        f" WHERE v.id {_LISTED} ORDER BY v.id"
    )
    return [Cited(Evidence(*row[:5]), Document(*row[5:])) for row in db.execute(statement, (json.dumps(list(ids)),))]


def read_judgements(db: sqlite3.Connection, at: At = LATEST) -> list[StoredJudgement]:
    """The judgements that were open at `at.known_at`, ordered by id."""
    where = Where()
    where.known("j", at)
    statement = _text(JUDGEMENT, "WHERE", where.text(), "ORDER BY j.id")
    return [stored_judgement(row) for row in db.execute(statement, where.values)]


def read_ledger(db: sqlite3.Connection, query: LedgerQuery) -> list[LedgerRow]:
    """The live ledger rows that match a query, ordered by (source, record)."""
    where = Where()
    where.add("r.recorded_at IS NOT NULL")
    where.add("(r.source, r.record) > (?, ?)", *query.after)
    where.listed(f"r.source {_LISTED}", query.sources)
    where.listed(f"r.key IN {_RECORDS}", query.records)
    if query.state != "both":
        where.add("r.fault = ''" if query.state == "accepted" else "r.fault <> ''")
    statement = _text(LEDGER, "WHERE", where.text(), "ORDER BY r.source, r.record LIMIT ?")
    return [ledger_row(row) for row in db.execute(statement, (*where.values, _limit(query.limit)))]


def read_changes(db: sqlite3.Connection, after: int, limit: int | None) -> list[Change]:
    """The change feed after a revision, in whole revisions with at least `limit` lines in all."""
    found: list[Change] = []
    for (revision,) in db.execute("SELECT revision FROM revision WHERE revision > ? ORDER BY revision", (after,)):
        if limit is not None and len(found) >= limit:
            break
        found.extend(changes_of(db, revision))
    return found


def changes_of(db: sqlite3.Connection, revision: int) -> Iterator[Change]:
    """The lines of one revision: closed ids ascending, then opened ids ascending."""
    rows = db.execute(
        "SELECT 'closed', id FROM claim WHERE closed = ?1"
        " UNION ALL SELECT 'closed', id FROM judgement WHERE closed = ?1"
        " UNION ALL SELECT 'opened', id FROM claim WHERE opened = ?1"
        " UNION ALL SELECT 'opened', id FROM judgement WHERE opened = ?1 ORDER BY 1, 2",
        (revision,),
    )
    return (Change(revision, ordinal, action, id_) for ordinal, (action, id_) in enumerate(rows))


def read_vectors(db: sqlite3.Connection, model: str) -> tuple[list[EntityId], npt.NDArray[np.float32]]:
    """The embedded entities of a model, ascending, and their vectors of shape (entities, dimensions)."""
    rows = db.execute(
        'SELECT n.id, v."values" FROM vector v JOIN entity n ON n.key = v.entity WHERE v.model = ? ORDER BY n.id',
        (model,),
    ).fetchall()
    matrix = np.frombuffer(b"".join(values for _, values in rows), dtype="<f4")
    return [id_ for id_, _ in rows], matrix.reshape(len(rows), -1) if rows else matrix.reshape(0, 0)


def stored_claim(row: _Row) -> StoredClaim:
    """The version of a claim in a row of `CLAIM`."""
    value = None if row[7] is None else orjson.loads(row[7])
    qualifiers = {} if row[8] == _NOTHING else _mapping(row[8])
    evidence = tuple(sorted(row[14].split())) if row[14] else ()
    fields: _Row = (*row[:7], value, qualifiers, *row[9:14], evidence)
    return StoredClaim(Claim(*fields), row[15], row[16])


def stored_judgement(row: _Row) -> StoredJudgement:
    """The version of a judgement in a row of `JUDGEMENT`."""
    fields: _Row = (*row[:6], _mapping(row[6]))
    return StoredJudgement(Judgement(*fields), row[7], row[8])


def ledger_row(row: _Row) -> LedgerRow:
    """The ledger row in a row of `LEDGER`."""
    return LedgerRow(LedgerKey(*row[:5]), row[5], row[6])


def _mapping(text: str) -> dict[str, Scalar]:
    found = orjson.loads(text)
    if not isinstance(found, dict):
        message = f"{text[:40]!r} is not a JSON object"
        raise ValueError(message)  # noqa: TRY004 - the content is wrong, as with any other broken JSON
    return found


def _filters(query: ClaimQuery) -> Where:
    where = Where()
    where.add("c.id > ?", query.after)
    where.listed(f"c.id {_LISTED}", query.ids)
    where.listed(f"c.subject IN (SELECT key FROM entity WHERE id {_LISTED})", query.subjects)
    where.listed(f"c.object IN (SELECT key FROM entity WHERE id {_LISTED})", query.objects)
    where.listed(f"c.predicate {_LISTED}", query.predicates)
    where.listed(f"c.record IN (SELECT key FROM record WHERE source {_LISTED})", query.sources)
    where.listed(f"c.record IN {_RECORDS}", query.records)
    where.listed(
        f"c.version IN (SELECT x.version FROM evidence v JOIN cited x ON x.evidence = v.key WHERE v.id {_LISTED})",
        query.evidence,
    )
    if not query.history:
        where.known("c", query.at)
    where.valid(query.at)
    return where


def _open_and_valid(at: At) -> Where:
    where = Where()
    where.known("c", at)
    where.valid(at)
    return where


def _add_words(where: Where, tokens: Sequence[str], at: At) -> None:
    """Require that open claims about the entity hold every token."""
    claims = _open_and_valid(at)
    statement = _text(
        "SELECT c.subject FROM word w JOIN claim c ON c.version = w.version WHERE w.word = ? AND", claims.text()
    )
    for token in tokens:
        where.add(f"n.key IN ({statement})", token, *claims.values)


def _add_mentioned(where: Where, at: At) -> None:
    """Require an open claim with the entity as its subject or its object."""
    claims = _open_and_valid(at)
    ends = [
        _text("EXISTS (SELECT 1 FROM claim c WHERE", f"c.{end} = n.key AND", claims.text(), ")")
        for end in ("subject", "object")
    ]
    where.add(f"({' OR '.join(ends)})", *claims.values, *claims.values)


def _limit(limit: int | None) -> int:
    return _NO_LIMIT if limit is None else limit


def _text(*parts: str) -> str:
    return " ".join(parts)
