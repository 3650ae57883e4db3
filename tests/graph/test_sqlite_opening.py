"""Stores with other layout versions, and the upgrade of an older one."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.connect import connect, create, upgrade
from graph.content_hash import content_hash
from graph.port import ClaimQuery, EntityQuery
from graph.sqlite import schema
from ontology.errors import NotFoundError, StoreVersionError
from ontology.vocabulary import Predicate, Vocabulary
from tests.graph.samples import VOCABULARY, batch, claim_of, entry, named


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    store = create(f"sqlite:///{path}", vocabulary=VOCABULARY)
    store.apply(batch(entry(claim_of(named("org:a", "Alpha")))))
    store.close()
    return path


def set_layout(path: Path, layout: int) -> None:
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {layout}")
    db.close()


@pytest.mark.parametrize("function", [connect, create])
def test_a_newer_layout_is_refused(path: Path, function: Callable[..., object]) -> None:
    set_layout(path, schema.VERSION + 1)
    with pytest.raises(StoreVersionError) as raised:
        function(f"sqlite:///{path}", vocabulary=VOCABULARY)
    assert "install" in raised.value.fix
    with pytest.raises(StoreVersionError):
        upgrade(f"sqlite:///{path}")


@pytest.mark.parametrize("function", [connect, create])
def test_an_older_layout_is_refused_with_the_command(
    path: Path, function: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    with pytest.raises(StoreVersionError) as raised:
        function(f"sqlite:///{path}", vocabulary=VOCABULARY)
    assert "store upgrade" in raised.value.fix


def test_upgrading_the_newest_changes_nothing(path: Path) -> None:
    assert upgrade(f"sqlite:///{path}") == (schema.VERSION, schema.VERSION)
    assert len(connect(f"sqlite:///{path}", vocabulary=VOCABULARY).claims(ClaimQuery())) == 1


def test_upgrading_nothing_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        upgrade(f"sqlite:///{tmp_path}/none.db")
    assert list(tmp_path.iterdir()) == []


def make_layout_1(path: Path) -> None:
    """The same store in layout 1, which called an entity a noun."""
    db = sqlite3.connect(path)
    db.execute("ALTER TABLE entity RENAME TO noun")
    db.execute("ALTER TABLE vector RENAME COLUMN entity TO noun")
    db.execute("DROP INDEX entity_kind")
    db.execute("CREATE INDEX noun_kind ON noun (kind, id)")
    db.close()
    set_layout(path, 1)


def layout_of(path: Path) -> list[tuple[object, ...]]:
    db = sqlite3.connect(path)
    found = db.execute("SELECT type, name, tbl_name FROM sqlite_schema ORDER BY 1, 2").fetchall()
    db.close()
    return found


def test_the_first_layout_is_brought_up_with_all_that_it_holds(path: Path) -> None:
    before, laid = content_hash(connect(f"sqlite:///{path}", vocabulary=VOCABULARY)), layout_of(path)
    make_layout_1(path)
    with pytest.raises(StoreVersionError):
        connect(f"sqlite:///{path}", vocabulary=VOCABULARY)
    assert upgrade(f"sqlite:///{path}") == (1, schema.VERSION)
    assert layout_of(path) == laid
    assert content_hash(connect(f"sqlite:///{path}", vocabulary=VOCABULARY)) == before


def add_column(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE entity ADD COLUMN note TEXT")


def rename(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE entity RENAME COLUMN note TO remark")


class StoppedError(Exception):
    """Leave the file as after the death of the process."""


def stop(db: sqlite3.Connection) -> None:
    rename(db)
    raise StoppedError


def layout_and_columns(path: Path) -> tuple[int, list[str]]:
    db = sqlite3.connect(path)
    try:
        (layout,) = db.execute("PRAGMA user_version").fetchone()
        return layout, [row[1] for row in db.execute("PRAGMA table_info(entity)")]
    finally:
        db.close()


def test_migrations_run_one_after_the_other_and_all_or_none(path: Path) -> None:
    now = schema.VERSION
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("BEGIN")
    with pytest.raises(StoppedError):
        schema.migrate(db, {now: add_column, now + 1: stop}, target=now + 2)
    db.execute("ROLLBACK")
    assert layout_and_columns(path) == (now, ["key", "id", "kind"])
    db.execute("BEGIN")
    schema.migrate(db, {now: add_column, now + 1: rename}, target=now + 2)
    db.execute("COMMIT")
    db.close()
    assert layout_and_columns(path) == (now + 2, ["key", "id", "kind", "remark"])


def test_there_is_a_migration_from_every_layout() -> None:
    assert set(schema.MIGRATIONS) == set(range(1, schema.VERSION))


def test_words_follow_an_ontology_that_searches_more(path: Path) -> None:
    code = Predicate("CODE", ("Organization",), value="string", searchable=True)
    wider = Vocabulary("wider", VOCABULARY.kinds, {**VOCABULARY.predicates, "CODE": code})
    statement = claim_of(named("org:a", "Alpha"))
    store = connect(f"sqlite:///{path}", vocabulary=VOCABULARY)
    coded = statement.__class__(
        **{name: getattr(statement, name) for name in statement.__slots__} | {"predicate": "CODE", "record": "r2"}
    )
    store.apply(batch(entry(coded)))
    before = content_hash(store)
    store.close()
    store = connect(f"sqlite:///{path}", vocabulary=wider)
    assert content_hash(store) == before
    store.apply(batch(entry(claim_of(named("org:b", "Beta"), "r3"))))
    assert [entity.id for entity in store.entities(EntityQuery(words=["alpha"]))] == ["org:a"]
    store.apply(batch(gone=[("demo", "r1")]))
    assert [entity.id for entity in store.entities(EntityQuery(words=["alpha"]))] == ["org:a"]
    content_hash(store)
    store.close()
