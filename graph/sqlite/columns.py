"""Reads the open claims of one predicate as columns."""

import sqlite3
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import numpy as np
import orjson

from graph.port import ClaimColumns, ColumnsPart
from graph.sqlite.reading import Where
from ontology.preference import to_bases, to_reviews
from ontology.records import At

_CONTENT = (
    "SELECT c.id, c.statement, r.source, s.id, o.id, c.value, c.basis, c.review, c.confidence, c.valid_from,"
    " c.valid_to, c.qualifiers,"
)
_CITED = (
    "(SELECT group_concat(v.id, ' ') FROM cited x JOIN evidence v ON v.key = x.evidence WHERE x.version = c.version)"
)
_FROM = (
    "FROM claim c JOIN record r ON r.key = c.record JOIN entity s ON s.key = c.subject"
    " LEFT JOIN entity o ON o.key = c.object WHERE"
)

_SORTED_PARTS = 8  # up to so many parts, sorting the predicate's claims is faster than walking the index of ids


def read_columns(
    db: sqlite3.Connection, predicate: str, qualifiers: Sequence[str], at: At, part: ColumnsPart
) -> ClaimColumns:
    """The claims of a predicate that are open and valid at `at`, ordered by id; see `GraphReader.columns`."""
    rows = db.execute(*_statement(predicate, at, part, walk=_is_walked(db, predicate, part))).fetchall()
    columns: list[list[Any]] = [list(map(itemgetter(place), rows)) for place in range(13)]
    carried = [orjson.loads(text) for text in columns[11]] if qualifiers else []
    return ClaimColumns(
        claims=columns[0],
        statements=columns[1],
        sources=columns[2],
        subjects=columns[3],
        objects=columns[4],
        values=[None if value is None else orjson.loads(value) for value in columns[5]],
        basis=to_bases(columns[6]),
        review=to_reviews(columns[7]),
        confidence=np.array(columns[8], dtype=np.float64),
        valid_from=columns[9],
        valid_to=columns[10],
        qualifiers={name: [each.get(name) for each in carried] for name in qualifiers},
        evidence=[tuple(sorted(ids.split())) if ids else () for ids in columns[12]],
    )


def _is_walked(db: sqlite3.Connection, predicate: str, part: ColumnsPart) -> bool:
    """Whether walking the index of ids finds a part faster than sorting all claims of the predicate."""
    if part.limit is None:
        return False
    most = part.limit * _SORTED_PARTS
    statement = "SELECT count(*) FROM (SELECT 1 FROM claim WHERE predicate = ? LIMIT ?)"
    (count,) = db.execute(statement, (predicate, most + 1)).fetchone()
    return bool(count > most)


def _statement(predicate: str, at: At, part: ColumnsPart, *, walk: bool) -> tuple[str, list[object]]:
    """The SQL text, and the values of its parameters."""
    where = Where()
    named = "+c.predicate = ?" if walk else "c.predicate = ?"  # the sign disables the index on predicates
    where.add(f"{named} AND c.review <> 'rejected' AND c.id > ?", predicate, part.after)
    where.known("c", at)
    where.valid(at)
    text = f"{_CONTENT} {_CITED if part.cited else 'NULL'} {_FROM} {where.text()} ORDER BY c.id LIMIT ?"
    return text, [*where.values, -1 if part.limit is None else part.limit]
