"""Raw SQL cannot alter a value that the content hash covers without another hash or an error."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from graph.connect import connect, create
from graph.content_hash import content_hash
from graph.port import ClaimQuery
from ontology.errors import StoreCorruptError, TierscopeError
from ontology.records import Batch, EntityId, StoredClaim
from tests.claims import Said
from tests.graph.samples import DAY, VOCABULARY, batch, claim_of, entry, evidence, instant, judged, named, supplies

COVERED = {
    "entity": {"key", "id", "kind"},
    "document": {"key", "id", "name", "sha256", "uri", "media_type", "licence", "publisher"},
    "evidence": {"key", "id", "document", "locator", "quote_sha256", "quote"},
    "record": {"key", "source", "record"},
    "claim": {
        "version", "id", "statement", "record", "subject", "predicate", "object", "value", "qualifiers", "valid_from",
        "valid_to", "basis", "review", "confidence", "closed",
    },
    "cited": {"version", "evidence"},
    "judgement": {"version", "id", "left", "right", "verdict", "by", "why", "features", "closed"},
    "word": {"word", "version"},
}  # fmt: skip
TIMES = {
    "document": {"retrieved_at"},
    "claim": {"opened"},
    "judgement": {"opened"},
    "revision": {"revision", "instant"},
}
LEDGER = {"record": {"digest", "recipe", "fault", "recorded_at"}, "recipe": {"key", "mapping", "ontology"}}
ELSEWHERE = {"meta": {"name", "value"}, "vector": {"model", "entity", "values"}}
# A row that nothing refers to by its own number may have any number.
FREE = {("judgement", "version")}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small store with something in every column."""
    path = tmp_path_factory.mktemp("whole") / "store.db"
    store = create(f"sqlite:///{path}", vocabulary=VOCABULARY)
    for step, share in enumerate([0.25, 0.5]):
        claims = (
            claim_of(
                Said(
                    EntityId("org:a"), "SUPPLIES", EntityId("org:b"), None, {"share": share},
                    "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z",
                )
            ),
            claim_of(named("org:a", "Alpha Works"), cites=[evidence("2")]),
            claim_of(supplies("org:b", "org:c", share=0.125)),
        )  # fmt: skip
        store.apply(batch(entry(*claims, content=str(step)), at=instant(step), cites=[evidence("2")]))
    store.apply(Batch(DAY, judgements=(judged("org:a", "org:b"), judged("org:b", "org:c", "unsure"))))
    store.close()
    return path


def columns(path: Path) -> dict[str, set[str]]:
    db = sqlite3.connect(path)
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    found = {table: {row[1] for row in db.execute(f"PRAGMA table_info({table})")} for table in tables}
    db.close()
    return found


def test_every_column_is_accounted_for(made: Path) -> None:
    accounted: dict[str, set[str]] = {}
    for group in (COVERED, TIMES, LEDGER, ELSEWHERE):
        for table, names in group.items():
            accounted[table] = accounted.get(table, set()) | names
    assert columns(made) == accounted


CASES = sorted((table, column) for table, names in COVERED.items() for column in names if (table, column) not in FREE)


USED = {
    "document": "key IN (SELECT document FROM evidence)",
    "claim": "closed IS NULL",
    "judgement": "closed IS NULL",
    "cited": "version IN (SELECT version FROM claim WHERE closed IS NULL)",
}
KEYS = {"cited": ("version", "evidence"), "word": ("word", "version")}


def used_rows(path: Path, table: str) -> list[tuple[object, ...]]:
    """The keys of the rows that open claims and judgements depend on."""
    db = sqlite3.connect(path)
    keys = ", ".join(KEYS.get(table, ("rowid",)))
    rows = db.execute(f"SELECT {keys} FROM {table} WHERE {USED.get(table, 'true')}").fetchall()
    db.close()
    return rows


def alter(path: Path, table: str, column: str, row: tuple[object, ...]) -> bool:
    """Alter one value by raw SQL; returns whether the table allowed it."""
    db = sqlite3.connect(path)
    where = " AND ".join(f"{key} = ?" for key in KEYS.get(table, ("rowid",)))
    (value,) = db.execute(f'SELECT "{column}" FROM {table} WHERE {where}', row).fetchone()
    other = value / 2 if isinstance(value, float) else value + 1000 if isinstance(value, int) else f"{value or '1'}~"
    if value is None and column in {"object", "closed"}:
        other = 1
    try:
        db.execute(f'UPDATE {table} SET "{column}" = ? WHERE {where}', (other, *row))
        db.commit()
    except sqlite3.IntegrityError:
        return False
    finally:
        db.close()
    return True


def hash_of(path: Path, *, history: bool = False) -> str:
    store = connect(f"sqlite:///{path}", vocabulary=VOCABULARY)
    try:
        return content_hash(store, history=history)
    finally:
        store.close()


def fingerprint(path: Path, *, history: bool = False) -> str:
    """The content hash, or the code of the error that hashing raises."""
    try:
        return hash_of(path, history=history)
    except TierscopeError as error:
        return f"{error.code}: {error.fix[0]}"


def claims(path: Path) -> list[StoredClaim]:
    store = connect(f"sqlite:///{path}", vocabulary=VOCABULARY)
    try:
        return store.claims(ClaimQuery())
    finally:
        store.close()


@pytest.mark.parametrize("column", ["basis", "review"])
def test_columns_refuse_a_basis_or_review_that_is_none(made: Path, tmp_path: Path, column: str) -> None:
    path = tmp_path / "altered.db"
    shutil.copy(made, path)
    db = sqlite3.connect(path)
    db.execute(f"UPDATE claim SET {column} = 'guessed'")
    db.commit()
    db.close()
    store = connect(f"sqlite:///{path}", vocabulary=VOCABULARY)
    with pytest.raises(StoreCorruptError, match="'guessed'") as caught:
        store.columns("SUPPLIES")
    store.close()
    assert caught.value.fix


@pytest.mark.parametrize(("table", "column"), CASES)
def test_altering_a_value_is_detected(made: Path, tmp_path: Path, table: str, column: str) -> None:
    before = hash_of(made)
    altered = 0
    for number, row in enumerate(used_rows(made, table)):
        path = tmp_path / f"{number}.db"
        shutil.copy(made, path)
        if alter(path, table, column, row):
            altered += 1
            assert fingerprint(path) != before, (table, column, row)
    assert altered


@pytest.mark.parametrize(
    ("table", "column"), [("claim", "opened"), ("revision", "instant"), ("document", "retrieved_at")]
)
def test_altering_a_time_changes_the_hash_of_history(made: Path, tmp_path: Path, table: str, column: str) -> None:
    path = tmp_path / "altered.db"
    shutil.copy(made, path)
    assert alter(path, table, column, (1,))
    assert fingerprint(path, history=True) != fingerprint(made, history=True)


@pytest.mark.parametrize("table", COVERED)
def test_deleted_rows_are_detected(made: Path, tmp_path: Path, table: str) -> None:
    path = tmp_path / "less.db"
    shutil.copy(made, path)
    db = sqlite3.connect(path)
    db.execute(f"DELETE FROM {table}")
    db.commit()
    db.close()
    assert fingerprint(path) != fingerprint(made)


@pytest.mark.parametrize("part", range(1, 20))
def test_a_flipped_byte_never_passes_silently(made: Path, tmp_path: Path, part: int) -> None:
    """For damage to any page the result is the right hash, another hash, or a typed error, and never a crash."""
    content = bytearray(made.read_bytes())
    content[len(content) * part // 20] ^= 0xFF
    path = tmp_path / "flipped.db"
    path.write_bytes(content)
    if fingerprint(path) == fingerprint(made):
        assert claims(path) == claims(made)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_truncated_file_is_detected(made: Path, tmp_path: Path, kept: float) -> None:
    path = tmp_path / "cut.db"
    content = made.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert fingerprint(path).startswith("STORE")
