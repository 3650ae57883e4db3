"""The one door to the stores: an address names the adapter that is loaded."""

from dataclasses import dataclass
from pathlib import Path

from graph.port import GraphStore
from ontology.errors import StoreError
from ontology.vocabulary import Vocabulary

_FILE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """How to reach a store.

    Attributes:
        user: Name for a server that wants one.
        password: Its password.
        trusted_certificates: A PEM file of the authorities to trust, beside `bolt+s` or `neo4j+s`.
        connect_timeout: Seconds to wait for a connection, or for another writer of a file.
        query_timeout: Seconds that one read or write may take.
        read_only: Refuse to write; a file is then never touched.
    """

    user: str = ""
    password: str = ""
    trusted_certificates: Path | None = None
    connect_timeout: float = 5.0
    query_timeout: float = 30.0
    read_only: bool = False


_DEFAULT = StoreOptions()


def connect(address: str, *, vocabulary: Vocabulary, options: StoreOptions = _DEFAULT) -> GraphStore:
    """The store at `address`: `sqlite:///relative/file`, `sqlite:////absolute/file`, `bolt://…`, `neo4j://…` (or `+s`).

    Raises:
        NotFoundError: There is no store there.
        StoreError: It cannot be used: locked, away, of another version, refused.
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
    raise _bad(address)


def create(address: str, *, vocabulary: Vocabulary, options: StoreOptions = _DEFAULT) -> GraphStore:
    """The store at `address`, made where there is none; what is there stays."""
    if address.startswith(_FILE):
        from graph.sqlite.opening import create_store  # noqa: PLC0415

        return create_store(_path(address), vocabulary, wait=options.connect_timeout, timeout=options.query_timeout)
    raise _bad(address)


def upgrade(address: str, *, options: StoreOptions = _DEFAULT) -> tuple[int, int]:
    """Bring the store's layout to this version's; the layouts before and after."""
    if address.startswith(_FILE):
        from graph.sqlite.opening import upgrade_store  # noqa: PLC0415

        return upgrade_store(_path(address), wait=options.connect_timeout)
    raise _bad(address)


def _path(address: str) -> Path:
    path = address.removeprefix(_FILE)
    if not path:
        raise _bad(address)
    return Path(path)


def _bad(address: str) -> StoreError:
    scheme = address.partition("://")[0]
    message = f"a store's address does not begin like {scheme!r}"
    return StoreError(message, fix="write sqlite:///FILE, bolt://HOST:PORT or neo4j://HOST:PORT")
