"""The words of searchable claims, kept by version so that a look-up is a join."""

import json
import sqlite3
from collections.abc import Iterable

from graph.words import words
from ontology.canonical import Scalar

_MASK = 2**64 - 1
_TEXTS = "SELECT version, value FROM claim WHERE predicate IN (SELECT value FROM json_each(?))"


def put_words(db: sqlite3.Connection, texts: Iterable[tuple[int, Scalar | None]]) -> None:
    """Keep the words of the values of searchable claims, by version."""
    db.executemany(
        "INSERT INTO word VALUES (?, ?)",
        [(word, version) for version, text in texts if isinstance(text, str) for word in set(words(text))],
    )


def follow(db: sqlite3.Connection, searchable: frozenset[str]) -> None:
    """Make the words anew where the ontology now has other searchable predicates than those they were made for."""
    wanted = json.dumps(sorted(searchable))
    if _searchable(db) == wanted:
        return
    db.execute("DELETE FROM word")
    put_words(db, ((version, json.loads(value)) for version, value in db.execute(_TEXTS, (wanted,)) if value))
    db.execute("INSERT OR REPLACE INTO meta VALUES ('searchable', ?)", (wanted,))


def agree(db: sqlite3.Connection) -> bool:
    """Whether the words that are kept are those of the claims: two sums over all of them, in no order, are equal."""
    kept = told = 0
    for word, version in db.execute("SELECT word, version FROM word"):
        kept += hash((word, version))
    for version, value in db.execute(_TEXTS, (_searchable(db),)):
        text = json.loads(value) if value else None
        if isinstance(text, str):
            told += sum(hash((word, version)) for word in set(words(text)))
    return (kept - told) & _MASK == 0


def _searchable(db: sqlite3.Connection) -> str:
    row = db.execute("SELECT value FROM meta WHERE name = 'searchable'").fetchone()
    return row[0] if row else "[]"
