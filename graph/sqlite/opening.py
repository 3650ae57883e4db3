"""How the file of a store is made, opened, and brought from an older layout to this one."""

from pathlib import Path

from graph.sqlite import schema
from graph.sqlite.connections import Readers, WriteConnection
from graph.sqlite.faults import corrupt, translated
from graph.sqlite.store import SqliteStore
from ontology.errors import NotFoundError, StoreError, StoreVersionError
from ontology.vocabulary import Vocabulary

_MAGIC = b"SQLite format 3\0"
_PATIENCE = 5.0  # seconds to learn the layout


def create_store(path: Path, vocabulary: Vocabulary, *, wait: float, timeout: float) -> SqliteStore:
    """The store at `path`, made where there is none.

    Raises:
        StoreVersionError: There is one of another layout.
        StoreError: The file is another program's, or cannot be made.
    """
    _require_folder(path)
    if _layout_of(path) == 0:
        _make(path, wait)
    return open_store(path, vocabulary, wait=wait, timeout=timeout)


def open_store(
    path: Path, vocabulary: Vocabulary, *, wait: float, timeout: float, read_only: bool = False
) -> SqliteStore:
    """The store at `path`; no file is made.

    Raises:
        NotFoundError: There is none.
        StoreVersionError: It is of another layout.
    """
    _require_layout(_require_store(path), path)
    return SqliteStore(path, vocabulary, wait=wait, timeout=timeout, read_only=read_only)


def upgrade_store(path: Path, *, wait: float) -> tuple[int, int]:
    """Bring the file's layout to this version's, in one transaction; the layouts before and after."""
    if _require_store(path) > schema.VERSION:
        _require_layout(_layout_of(path), path)
    writer = WriteConnection(path, wait)
    try:
        with writer.writing() as db:
            before = schema.version(db) or schema.VERSION
            schema.migrate(db)
            return before, schema.VERSION
    finally:
        writer.close()


def _make(path: Path, wait: float) -> None:
    writer = WriteConnection(path, wait)
    try:
        with writer.writing() as db:
            if schema.version(db) == 0:  # else another process was faster
                schema.create(db)
    finally:
        writer.close()


def _layout_of(path: Path) -> int:
    """The layout of the file, 0 where it is empty or not there; it is only read, so another program's stays its own."""
    with translated(path):
        if not path.exists() or path.stat().st_size == 0:
            return 0
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise corrupt(path, "it is not an SQLite file")
    readers = Readers(path, _PATIENCE)
    with readers.reading() as db:
        layout = schema.version(db)
    readers.close()
    if layout is None:
        message = f"{path} is an SQLite file of another program"
        raise StoreError(message, fix="choose another path for the store", path=str(path))
    return layout


def _require_store(path: Path) -> int:
    layout = _layout_of(path)
    if layout == 0:
        message = f"there is no store at {path}"
        raise NotFoundError(message, fix="make one with `tierscope store init`, or correct the address", path=str(path))
    return layout


def _require_layout(layout: int, path: Path) -> None:
    if layout == schema.VERSION:
        return
    message = f"the store {path} has the layout {layout}; this version of Tierscope reads {schema.VERSION}"
    fix = "run `tierscope store upgrade`" if layout < schema.VERSION else "install the newer Tierscope that wrote it"
    raise StoreVersionError(message, fix=fix, path=str(path), layout=layout)


def _require_folder(path: Path) -> None:
    if not path.parent.is_dir():
        message = f"there is no folder {path.parent}"
        raise NotFoundError(message, fix="make the folder first, or choose another path", path=str(path.parent))
