"""The tables of the embedded store, and the migrations from older layouts.

Each id is stored once (in `entity`, `document`, `evidence`, `record`) and referred to by an integer key elsewhere. A
version of a claim refers to the revisions that opened and closed it. The change feed and every read of the past are
therefore ranges of integers. `word` indexes the words of searchable claims, so no search uses an engine's query syntax.
"""

import sqlite3
from collections.abc import Callable, Mapping

VERSION = 2
APPLICATION = 0x54535250  # "TSRP": marks the SQLite files of this program

_TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE revision (revision INTEGER PRIMARY KEY, instant TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE entity (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL) STRICT",
    """CREATE TABLE document (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    sha256 TEXT NOT NULL, uri TEXT NOT NULL, media_type TEXT NOT NULL, licence TEXT NOT NULL, publisher TEXT NOT NULL,
    retrieved_at TEXT NOT NULL) STRICT""",
    """CREATE TABLE evidence (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES document, locator TEXT NOT NULL, quote_sha256 TEXT NOT NULL,
    quote TEXT NOT NULL) STRICT""",
    # The versions that made records: few pairs for many records.
    """CREATE TABLE recipe (key INTEGER PRIMARY KEY, mapping TEXT NOT NULL, ontology TEXT NOT NULL,
    UNIQUE (mapping, ontology)) STRICT""",
    # A record without a live ledger row stays, because closed claims refer to it; its `recorded_at` is NULL.
    """CREATE TABLE record (key INTEGER PRIMARY KEY, source TEXT NOT NULL, record TEXT NOT NULL, digest TEXT,
    recipe INTEGER REFERENCES recipe, fault TEXT, recorded_at TEXT, UNIQUE (source, record)) STRICT""",
    """CREATE TABLE claim (version INTEGER PRIMARY KEY, id TEXT NOT NULL, statement TEXT NOT NULL,
    record INTEGER NOT NULL REFERENCES record, subject INTEGER NOT NULL REFERENCES entity, predicate TEXT NOT NULL,
    object INTEGER REFERENCES entity, value TEXT, qualifiers TEXT NOT NULL, valid_from TEXT, valid_to TEXT,
    basis TEXT NOT NULL, review TEXT NOT NULL, confidence REAL NOT NULL, opened INTEGER NOT NULL REFERENCES revision,
    closed INTEGER REFERENCES revision) STRICT""",
    """CREATE TABLE cited (version INTEGER NOT NULL REFERENCES claim, evidence INTEGER NOT NULL REFERENCES evidence,
    PRIMARY KEY (version, evidence)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE judgement (version INTEGER PRIMARY KEY, id TEXT NOT NULL, "left" INTEGER NOT NULL REFERENCES entity,
    "right" INTEGER NOT NULL REFERENCES entity, verdict TEXT NOT NULL, "by" TEXT NOT NULL, why TEXT NOT NULL,
    features TEXT NOT NULL, opened INTEGER NOT NULL REFERENCES revision, closed INTEGER REFERENCES revision,
    UNIQUE (id, opened)) STRICT""",
    """CREATE TABLE word (word TEXT NOT NULL, version INTEGER NOT NULL REFERENCES claim,
    PRIMARY KEY (word, version)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE vector (model TEXT NOT NULL, entity INTEGER NOT NULL REFERENCES entity, "values" BLOB NOT NULL,
    PRIMARY KEY (model, entity)) STRICT""",
)
_INDEXES = (
    "CREATE UNIQUE INDEX claim_id ON claim (id, opened)",
    "CREATE INDEX claim_record ON claim (record)",
    "CREATE INDEX claim_subject ON claim (subject)",
    "CREATE INDEX claim_object ON claim (object) WHERE object IS NOT NULL",
    "CREATE INDEX claim_predicate ON claim (predicate)",
    "CREATE INDEX claim_opened ON claim (opened)",
    "CREATE INDEX claim_closed ON claim (closed) WHERE closed IS NOT NULL",
    "CREATE INDEX cited_evidence ON cited (evidence)",
    "CREATE INDEX entity_kind ON entity (kind, id)",
)

Migration = Callable[[sqlite3.Connection], None]


def _entities(db: sqlite3.Connection) -> None:
    """Upgrade layout 1 to layout 2, which calls a noun an entity; the rows stay as they are."""
    db.execute("ALTER TABLE noun RENAME TO entity")
    db.execute("ALTER TABLE vector RENAME COLUMN noun TO entity")
    db.execute("DROP INDEX noun_kind")
    db.execute("CREATE INDEX entity_kind ON entity (kind, id)")


MIGRATIONS: Mapping[int, Migration] = {1: _entities}
"""The migration from each layout version to the next; layout 1 is the first."""


def create(db: sqlite3.Connection) -> None:
    """Create the tables in an empty file, within the caller's transaction."""
    for statement in (*_TABLES, *_INDEXES):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION}")
    db.execute(f"PRAGMA user_version = {VERSION}")


def version(db: sqlite3.Connection) -> int | None:
    """The layout version of the file: 0 where it is empty, None where it belongs to another program."""
    (made_by,) = db.execute("PRAGMA application_id").fetchone()
    (layout,) = db.execute("PRAGMA user_version").fetchone()
    if made_by == APPLICATION:
        return int(layout)
    (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return None if tables else 0


def migrate(db: sqlite3.Connection, migrations: Mapping[int, Migration] = MIGRATIONS, *, target: int = VERSION) -> None:
    """Upgrade the layout step by step, within the caller's transaction.

    Args:
        db: A connection in a write transaction.
        migrations: The migration from each layout version to the next.
        target: Layout version to reach.
    """
    layout = version(db) or target
    for step in range(layout, target):
        migrations[step](db)
        db.execute(f"PRAGMA user_version = {step + 1}")
