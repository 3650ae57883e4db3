"""How facts are read: every question is one statement, whatever the number of rows that answer it."""

# ruff: noqa: S608 - questions are joined from fixed parts; whatever a caller gave fills a question mark

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
_PLACES = "(SELECT k.key FROM json_each(?) j JOIN record k ON k.source = j.value ->> 0 AND k.record = j.value ->> 1)"
# No version is ever taken out, so the last one is their number; records are walked once.
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
    """Conditions that must all hold, with what fills their question marks."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.values: list[object] = []

    def add(self, condition: str, *values: object) -> None:
        """Let `condition` hold as well."""
        self._conditions.append(condition)
        self.values.extend(values)

    def listed(self, condition: str, values: Sequence[object] | None) -> None:
        """Let `condition` hold with `values` as the JSON list that fills its question mark; None asks for nothing."""
        if values is not None:
            self.add(condition, json.dumps(list(values)))

    def known(self, row: str, at: At) -> None:
        """Versions of `row` that were open at `at.known_at`."""
        if at.known_at is None:
            self.add(f"{row}.closed IS NULL")
        else:
            self.add(f"{row}.opened <= {_KNOWN}", at.known_at)
            self.add(f"({row}.closed IS NULL OR {row}.closed > {_KNOWN})", at.known_at)

    def valid(self, at: At) -> None:
        """Claims that are valid at `at.as_of`."""
        if at.as_of is not None:
            self.add("(c.valid_from IS NULL OR c.valid_from <= ?)", at.as_of)
            self.add("(c.valid_to IS NULL OR c.valid_to > ?)", at.as_of)

    def holds(self) -> str:
        """All conditions joined."""
        return " AND ".join(self._conditions) or "true"


def read_clock(db: sqlite3.Connection) -> Clock:
    """The revision and the last record instant; what `read_counts` counts changes only with them."""
    (revision,) = db.execute("SELECT coalesce(max(revision), 0) FROM revision").fetchone()
    last = db.execute("SELECT value FROM meta WHERE name = 'recorded_at'").fetchone()
    return revision, last[0] if last else None


def read_counts(db: sqlite3.Connection) -> dict[str, int]:
    """The rows of those sorts that are counted one by one."""
    names = ("claims", "versions", "judgements", "ledger", "quarantined")
    return dict(zip(names, db.execute(_COUNTS).fetchone(), strict=True))


def read_sizes(db: sqlite3.Connection) -> dict[str, int]:
    """The rows of those sorts that only ever grow, so that the last key is their number."""
    return dict(zip(("entities", "evidence", "documents"), db.execute(_SIZES).fetchone(), strict=True))


def read_entities(db: sqlite3.Connection, ask: EntityQuery) -> list[Entity]:
    """The entities that `ask` finds."""
    sought = sorted({word for text in ask.words for word in words(text)})
    if ask.words and not sought:
        return []
    where = Where()
    where.listed(f"n.id {_LISTED}", ask.ids)
    where.listed(f"n.kind {_LISTED}", ask.kinds)
    where.add("n.id > ?", ask.after)
    _add_words(where, sought, ask.at)
    if not sought:
        _add_mentioned(where, ask.at)
    question = _text("SELECT n.id, n.kind FROM entity n WHERE", where.holds(), "ORDER BY n.id LIMIT ?")
    return [Entity(*row) for row in db.execute(question, (*where.values, _limit(ask.limit)))]


def read_claims(db: sqlite3.Connection, ask: ClaimQuery) -> list[StoredClaim]:
    """The claims that `ask` finds."""
    where = _asked(ask)
    limit = _limit(ask.limit)
    if ask.history and ask.limit is not None:
        found = _text("SELECT DISTINCT c.id FROM claim c WHERE", where.holds(), "ORDER BY c.id LIMIT ?")
        where.add(f"c.id IN ({found})", *where.values, limit)
        limit = _NO_LIMIT
    question = _text(CLAIM, "WHERE", where.holds(), "ORDER BY c.id, c.opened LIMIT ?")
    return [stored_claim(row) for row in db.execute(question, (*where.values, limit))]


def read_evidence(db: sqlite3.Connection, ids: Sequence[str]) -> list[Cited]:
    """Evidence and its documents."""
    question = (
        f"SELECT {EVIDENCE}, {DOCUMENT} FROM evidence v JOIN document d ON d.key = v.document"
        f" WHERE v.id {_LISTED} ORDER BY v.id"
    )
    return [Cited(Evidence(*row[:5]), Document(*row[5:])) for row in db.execute(question, (json.dumps(list(ids)),))]


def read_judgements(db: sqlite3.Connection, at: At = LATEST) -> list[StoredJudgement]:
    """The judgements open at `at.known_at`."""
    where = Where()
    where.known("j", at)
    question = _text(JUDGEMENT, "WHERE", where.holds(), "ORDER BY j.id")
    return [stored_judgement(row) for row in db.execute(question, where.values)]


def read_ledger(db: sqlite3.Connection, ask: LedgerQuery) -> list[LedgerRow]:
    """The live ledger rows that `ask` finds."""
    where = Where()
    where.add("r.recorded_at IS NOT NULL")
    where.add("(r.source, r.record) > (?, ?)", *ask.after)
    where.listed(f"r.source {_LISTED}", ask.sources)
    where.listed(f"r.key IN {_PLACES}", ask.records)
    if ask.state != "both":
        where.add("r.fault = ''" if ask.state == "accepted" else "r.fault <> ''")
    question = _text(LEDGER, "WHERE", where.holds(), "ORDER BY r.source, r.record LIMIT ?")
    return [ledger_row(row) for row in db.execute(question, (*where.values, _limit(ask.limit)))]


def read_changes(db: sqlite3.Connection, after: int, limit: int | None) -> list[Change]:
    """The change feed in whole revisions, as many as it takes for `limit` lines."""
    found: list[Change] = []
    for (revision,) in db.execute("SELECT revision FROM revision WHERE revision > ? ORDER BY revision", (after,)):
        if limit is not None and len(found) >= limit:
            break
        found.extend(changes_of(db, revision))
    return found


def changes_of(db: sqlite3.Connection, revision: int) -> Iterator[Change]:
    """The lines of one revision: what it closed by id, then what it opened by id."""
    rows = db.execute(
        "SELECT 'closed', id FROM claim WHERE closed = ?1"
        " UNION ALL SELECT 'closed', id FROM judgement WHERE closed = ?1"
        " UNION ALL SELECT 'opened', id FROM claim WHERE opened = ?1"
        " UNION ALL SELECT 'opened', id FROM judgement WHERE opened = ?1 ORDER BY 1, 2",
        (revision,),
    )
    return (Change(revision, ordinal, action, id_) for ordinal, (action, id_) in enumerate(rows))


def read_vectors(db: sqlite3.Connection, model: str) -> tuple[list[EntityId], npt.NDArray[np.float32]]:
    """The entities that `model` embedded, and the matrix of their vectors."""
    rows = db.execute(
        'SELECT n.id, v."values" FROM vector v JOIN entity n ON n.key = v.entity WHERE v.model = ? ORDER BY n.id',
        (model,),
    ).fetchall()
    matrix = np.frombuffer(b"".join(values for _, values in rows), dtype="<f4")
    return [id_ for id_, _ in rows], matrix.reshape(len(rows), -1) if rows else matrix.reshape(0, 0)


def stored_claim(row: _Row) -> StoredClaim:
    """The version of a claim that a row of `CLAIM` holds."""
    value = None if row[7] is None else orjson.loads(row[7])
    qualifiers = {} if row[8] == _NOTHING else _mapping(row[8])
    evidence = tuple(sorted(row[14].split())) if row[14] else ()
    fields: _Row = (*row[:7], value, qualifiers, *row[9:14], evidence)
    return StoredClaim(Claim(*fields), row[15], row[16])


def stored_judgement(row: _Row) -> StoredJudgement:
    """The version of a judgement that a row of `JUDGEMENT` holds."""
    fields: _Row = (*row[:6], _mapping(row[6]))
    return StoredJudgement(Judgement(*fields), row[7], row[8])


def ledger_row(row: _Row) -> LedgerRow:
    """The ledger row that a row of `LEDGER` holds."""
    return LedgerRow(LedgerKey(*row[:5]), row[5], row[6])


def _mapping(text: str) -> dict[str, Scalar]:
    found = orjson.loads(text)
    if not isinstance(found, dict):
        message = f"{text[:40]!r} is no mapping"
        raise ValueError(message)  # noqa: TRY004 - the content is wrong, as with any other broken JSON
    return found


def _asked(ask: ClaimQuery) -> Where:
    where = Where()
    where.add("c.id > ?", ask.after)
    where.listed(f"c.id {_LISTED}", ask.ids)
    where.listed(f"c.subject IN (SELECT key FROM entity WHERE id {_LISTED})", ask.subjects)
    where.listed(f"c.object IN (SELECT key FROM entity WHERE id {_LISTED})", ask.objects)
    where.listed(f"c.predicate {_LISTED}", ask.predicates)
    where.listed(f"c.record IN (SELECT key FROM record WHERE source {_LISTED})", ask.sources)
    where.listed(f"c.record IN {_PLACES}", ask.records)
    where.listed(
        f"c.version IN (SELECT x.version FROM evidence v JOIN cited x ON x.evidence = v.key WHERE v.id {_LISTED})",
        ask.evidence,
    )
    if not ask.history:
        where.known("c", ask.at)
    where.valid(ask.at)
    return where


def _standing(at: At) -> Where:
    where = Where()
    where.known("c", at)
    where.valid(at)
    return where


def _add_words(where: Where, sought: Sequence[str], at: At) -> None:
    standing = _standing(at)
    question = _text(
        "SELECT c.subject FROM word w JOIN claim c ON c.version = w.version WHERE w.word = ? AND", standing.holds()
    )
    for word in sought:
        where.add(f"n.key IN ({question})", word, *standing.values)


def _add_mentioned(where: Where, at: At) -> None:
    """Let an open claim be about the entity: as its subject or as its object."""
    standing = _standing(at)
    ends = [
        _text("EXISTS (SELECT 1 FROM claim c WHERE", f"c.{end} = n.key AND", standing.holds(), ")")
        for end in ("subject", "object")
    ]
    where.add(f"({' OR '.join(ends)})", *standing.values, *standing.values)


def _limit(limit: int | None) -> int:
    return _NO_LIMIT if limit is None else limit


def _text(*parts: str) -> str:
    return " ".join(parts)
