"""Creating, opening and upgrading the file of a store."""

from pathlib import Path

from graph.sqlite import schema
from graph.sqlite.connections import Readers, WriteConnection
from graph.sqlite.faults import corrupt, translated
from graph.sqlite.store import SqliteStore
from ontology.errors import NotFoundError, StoreError, StoreVersionError
from ontology.vocabulary import Vocabulary

_MAGIC = b"SQLite format 3\0"
_LAYOUT_TIMEOUT = 5.0  # seconds to read the layout version


def create_store(path: Path, vocabulary: Vocabulary, *, wait: float, timeout: float) -> SqliteStore:
    """Open the store in a file, and create it where there is none.

    Args:
        path: The file; its folder must exist.
        vocabulary: The kinds and predicates that batches may name.
        wait: Seconds to wait for another writer.
        timeout: Seconds that a read may take.

    Raises:
        NotFoundError: The folder does not exist.
        StoreVersionError: The store has another layout version.
        StoreError: The file belongs to another program, or cannot be created.
    """
    _require_folder(path)
    if _layout_of(path) == 0:
        _make(path, wait)
    return open_store(path, vocabulary, wait=wait, timeout=timeout)


def open_store(
    path: Path, vocabulary: Vocabulary, *, wait: float, timeout: float, read_only: bool = False
) -> SqliteStore:
    """Open the store in an existing file.

    Args:
        path: The file.
        vocabulary: The kinds and predicates that batches may name.
        wait: Seconds to wait for another writer.
        timeout: Seconds that a read may take.
        read_only: Whether writes are refused.

    Raises:
        NotFoundError: There is no store.
        StoreVersionError: The store has another layout version.
        StoreError: The file belongs to another program, or cannot be read.
    """
    _require_layout(_require_store(path), path)
    return SqliteStore(path, vocabulary, wait=wait, timeout=timeout, read_only=read_only)


def upgrade_store(path: Path, *, wait: float) -> tuple[int, int]:
    """Upgrade the layout of a store in one transaction.

    Args:
        path: The file.
        wait: Seconds to wait for another writer.

    Returns:
        The layout versions before and after.

    Raises:
        NotFoundError: There is no store.
        StoreVersionError: The store was written by a newer version of Tierscope.
    """
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
            if schema.version(db) == 0:  # otherwise another process has just created it
                schema.create(db)
    finally:
        writer.close()


def _layout_of(path: Path) -> int:
    """The layout version of the file, 0 where it is empty or missing; reads only, so foreign files stay unchanged."""
    with translated(path):
        if not path.exists() or path.stat().st_size == 0:
            return 0
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise corrupt(path, "it is not an SQLite file")
    readers = Readers(path, _LAYOUT_TIMEOUT)
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
        fix = "create one with `tierscope store init`, or correct the address"
        raise NotFoundError(message, fix=fix, path=str(path))
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
        raise NotFoundError(message, fix="create the folder, or choose another path", path=str(path.parent))
