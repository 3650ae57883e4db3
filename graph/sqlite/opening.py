"""How the file of a store is made, opened, and brought from an older layout to this one."""

import sqlite3
from pathlib import Path

from graph.sqlite import schema
from graph.sqlite.connections import Readers, Writer
from graph.sqlite.store import SqliteStore
from ontology.errors import NotFoundError, StoreError, StoreVersionError
from ontology.vocabulary import Vocabulary


def create_store(path: Path, vocabulary: Vocabulary, *, wait: float, timeout: float) -> SqliteStore:
    """The store at `path`, made where there is none.

    Raises:
        StoreVersionError: There is one of another layout.
        StoreError: The file is another program's, or cannot be made.
    """
    _require_folder(path)
    writer = Writer(path, wait)
    try:
        with writer.writing() as db:
            if _layout(db, path) == 0:
                schema.create(db)
    finally:
        writer.close()
    return open_store(path, vocabulary, wait=wait, timeout=timeout)


def open_store(
    path: Path, vocabulary: Vocabulary, *, wait: float, timeout: float, read_only: bool = False
) -> SqliteStore:
    """The store at `path`; no file is made.

    Raises:
        NotFoundError: There is none.
        StoreVersionError: It is of another layout.
    """
    _require_file(path)
    readers = Readers(path, timeout)
    try:
        with readers.reading() as db:
            _require_layout(_layout(db, path), path)
    finally:
        readers.close()
    return SqliteStore(path, vocabulary, wait=wait, timeout=timeout, read_only=read_only)


def upgrade_store(path: Path, *, wait: float) -> tuple[int, int]:
    """Bring the file's layout to this version's, in one transaction; the layouts before and after."""
    _require_file(path)
    writer = Writer(path, wait)
    try:
        with writer.writing() as db:
            before = _layout(db, path)
            if before > schema.VERSION:
                _require_layout(before, path)
            schema.migrate(db)
            return before, schema.VERSION
    finally:
        writer.close()


def _layout(db: sqlite3.Connection, path: Path) -> int:
    layout = schema.version(db)
    if layout is None:
        message = f"{path} is an SQLite file of another program"
        raise StoreError(message, fix="choose another path for the store", path=str(path))
    return layout


def _require_layout(layout: int, path: Path) -> None:
    if layout == schema.VERSION:
        return
    message = f"the store {path} has the layout {layout}; this version of Tierscope reads {schema.VERSION}"
    fix = "run `tierscope store upgrade`" if layout < schema.VERSION else "install the newer Tierscope that wrote it"
    raise StoreVersionError(message, fix=fix, path=str(path), layout=layout)


def _require_file(path: Path) -> None:
    if not path.is_file() or path.stat().st_size == 0:
        message = f"there is no store at {path}"
        raise NotFoundError(message, fix="make one with `tierscope store init`, or correct the address", path=str(path))


def _require_folder(path: Path) -> None:
    if not path.parent.is_dir():
        message = f"there is no folder {path.parent}"
        raise NotFoundError(message, fix="make the folder first, or choose another path", path=str(path.parent))
