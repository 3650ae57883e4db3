"""Entry point to the stores: loads the adapter that an address names."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.port import GraphStore
from ontology.errors import InputError
from ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from graph.neo4j.connection import Access

_FILE = "sqlite:///"
_SERVER = ("bolt://", "bolt+s://", "neo4j://", "neo4j+s://")


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """The options of a connection to a store.

    Attributes:
        user: User name for a server that needs one.
        password: Password of the user.
        trusted_certificates: PEM file of the trusted certificate authorities, for `bolt+s` and `neo4j+s`.
        connect_timeout: Seconds to wait for a connection, or for another writer of a file.
        query_timeout: Seconds that one read or write may take.
        read_only: Whether writes are refused; a file is then never changed.
    """

    user: str = ""
    password: str = ""
    trusted_certificates: Path | None = None
    connect_timeout: float = 5.0
    query_timeout: float = 30.0
    read_only: bool = False


_DEFAULT = StoreOptions()


def connect(address: str, *, vocabulary: Vocabulary, options: StoreOptions = _DEFAULT) -> GraphStore:
    """Open an existing store.

    Args:
        address: `sqlite:///relative/file`, `sqlite:////absolute/file`, `bolt://…` or `neo4j://…` (with TLS: `bolt+s`,
            `neo4j+s`).
        vocabulary: The kinds and predicates that batches may name.
        options: The options of the connection.

    Raises:
        InputError: The address is invalid.
        NotFoundError: There is no store at the address.
        StoreError: The store is locked, unreachable, of another version, or refuses the connection.
    """
    if address.startswith(_FILE):
        from graph.sqlite.opening import open_store  # noqa: PLC0415 - only the adapter that is used is loaded

        return open_store(
            _path(address),
            vocabulary,
            wait=options.connect_timeout,
            timeout=options.query_timeout,
            read_only=options.read_only,
        )
    if address.startswith(_SERVER):
        return _on_server(address, vocabulary, options, make=False)
    raise _bad(address)


def create(address: str, *, vocabulary: Vocabulary, options: StoreOptions = _DEFAULT) -> GraphStore:
    """Open a store, and create it where there is none; an existing store keeps its content.

    Args:
        address: As for `connect`.
        vocabulary: The kinds and predicates that batches may name.
        options: The options of the connection; `read_only` has no effect on a file.

    Raises:
        InputError: The address is invalid.
        StoreError: The store cannot be created or opened.
    """
    if address.startswith(_FILE):
        from graph.sqlite.opening import create_store  # noqa: PLC0415

        return create_store(_path(address), vocabulary, wait=options.connect_timeout, timeout=options.query_timeout)
    if address.startswith(_SERVER):
        return _on_server(address, vocabulary, options, make=True)
    raise _bad(address)


def upgrade(address: str, *, options: StoreOptions = _DEFAULT) -> tuple[int, int]:
    """Upgrade the layout of a store to the current version.

    Args:
        address: As for `connect`.
        options: The options of the connection.

    Returns:
        The layout versions before and after.

    Raises:
        InputError: The address is invalid.
        NotFoundError: There is no store at the address.
        StoreError: The store cannot be upgraded.
    """
    if address.startswith(_FILE):
        from graph.sqlite.opening import upgrade_store  # noqa: PLC0415

        return upgrade_store(_path(address), wait=options.connect_timeout)
    if address.startswith(_SERVER):
        from graph.neo4j.opening import layout_of  # noqa: PLC0415

        layout = layout_of(_access(address, options))
        return layout, layout
    raise _bad(address)


def _on_server(address: str, vocabulary: Vocabulary, options: StoreOptions, *, make: bool) -> GraphStore:
    from graph.neo4j.opening import create_store, open_store  # noqa: PLC0415

    return (create_store if make else open_store)(_access(address, options), vocabulary)


def _access(address: str, options: StoreOptions) -> "Access":
    from graph.neo4j.connection import Access  # noqa: PLC0415

    return Access(
        address,
        user=options.user,
        password=options.password,
        certificates=options.trusted_certificates,
        connect_timeout=options.connect_timeout,
        query_timeout=options.query_timeout,
        read_only=options.read_only,
    )


def _path(address: str) -> Path:
    path = address.removeprefix(_FILE)
    if not path:
        raise _bad(address)
    return Path(path)


def _bad(address: str) -> InputError:
    scheme = address.partition("://")[0]
    message = f"the address of a store cannot begin with {scheme!r}"
    return InputError(message, fix="write sqlite:///FILE, bolt://HOST:PORT or neo4j://HOST:PORT")
