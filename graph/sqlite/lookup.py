"""The word index: the words of searchable values by version of their claim, so that a search is a join."""

import json
import sqlite3
from collections.abc import Iterable

from graph.words import words
from ontology.canonical import Scalar

_MASK = 2**64 - 1
_TEXTS = "SELECT version, value FROM claim WHERE predicate IN (SELECT value FROM json_each(?))"


def put_words(db: sqlite3.Connection, texts: Iterable[tuple[int, Scalar | None]]) -> None:
    """Index the words of searchable values.

    Args:
        db: A connection in a write transaction.
        texts: (version, value) of claims with a searchable predicate; values that are not text have no words.
    """
    db.executemany(
        "INSERT INTO word VALUES (?, ?)",
        [(word, version) for version, text in texts if isinstance(text, str) for word in set(words(text))],
    )


def update_words(db: sqlite3.Connection, searchable: frozenset[str]) -> None:
    """Rebuild the word index where the searchable predicates differ from those that it was built for."""
    wanted = json.dumps(sorted(searchable))
    if _searchable(db) == wanted:
        return
    db.execute("DELETE FROM word")
    put_words(db, ((version, json.loads(value)) for version, value in db.execute(_TEXTS, (wanted,)) if value))
    db.execute("INSERT OR REPLACE INTO meta VALUES ('searchable', ?)", (wanted,))


def words_match(db: sqlite3.Connection) -> bool:
    """Whether the word index matches the values of the claims; compares a sum of hashes that ignores order."""
    indexed = expected = 0
    for word, version in db.execute("SELECT word, version FROM word"):
        indexed += hash((word, version))
    for version, value in db.execute(_TEXTS, (_searchable(db),)):
        text = json.loads(value) if value else None
        if isinstance(text, str):
            expected += sum(hash((word, version)) for word in set(words(text)))
    return (indexed - expected) & _MASK == 0


def _searchable(db: sqlite3.Connection) -> str:
    row = db.execute("SELECT value FROM meta WHERE name = 'searchable'").fetchone()
    return row[0] if row else "[]"
