"""The connection to a Neo4j server. No other module holds the driver."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString, TypeVar

import neo4j

from graph.neo4j.faults import translated
from ontology.errors import StoreAuthError, StoreReadOnlyError

_RETRY_SECONDS = 5.0  # total time of a transaction's retries
_ACQUISITION_SECONDS = 2.0  # maximum wait for a connection of the pool
_CONNECTION_SECONDS = 2.0  # maximum time to open a connection
_LIVENESS_SECONDS = 30.0  # idle time after which a connection is tested before use
_BULK_SECONDS = 300.0  # minimum timeout of writes and bulk reads
_FETCH_ROWS = 10_000  # rows that the server sends at a time

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a server.

    Attributes:
        address: `bolt://…`, `bolt+s://…`, `neo4j://…` or `neo4j+s://…`.
        user: User name; "" where authentication is off.
        password: Password of the user.
        certificates: PEM file of the certificate authorities to trust instead of the system's; only with `+s`.
        connect_timeout: Seconds to wait for a connection; values above 2 count as 2.
        query_timeout: Seconds that a read may take on the server. Writes and bulk reads may take at least 300.
        read_only: Whether writes are refused.
    """

    address: str
    user: str = ""
    password: str = ""
    certificates: Path | None = None
    connect_timeout: float = _CONNECTION_SECONDS
    query_timeout: float = 30.0
    read_only: bool = False


class Transaction:
    """A running transaction, which can run the queries of `graph.neo4j.cypher`.

    Args:
        running: The transaction of the driver.
    """

    def __init__(self, running: neo4j.ManagedTransaction) -> None:
        self._running = running

    def run(self, text: LiteralString, **parameters: object) -> list[list[Any]]:
        """All rows of a query; each is a list of values in the order of its RETURN clause."""
        return self._running.run(text, dict(parameters)).values()


class Neo4jConnection:
    """A pool of connections to one server; threads may share it.

    Args:
        access: How to reach the server.

    Raises:
        StoreAuthError: The file of trusted certificates does not exist.
        StoreError: The driver refuses the address.
    """

    def __init__(self, access: Access) -> None:
        self.address = access.address
        self._access = access
        self._bulk_seconds = max(access.query_timeout, _BULK_SECONDS)
        with translated(self.address):
            self._driver = _driver(access)

    def verify(self) -> None:
        """Connect to the server once.

        Raises:
            StoreAuthError: The server refused the credentials, or its certificate is not trusted.
            StoreUnavailableError: The server is unreachable.
        """
        with translated(self.address):
            self._driver.verify_connectivity()

    def read(self, work: Callable[[Transaction], _T], *, bulk: bool = False) -> _T:
        """Run a function in one read transaction and return its result.

        Args:
            work: The function; it runs again when the server requires a retry.
            bulk: Whether the read covers a whole predicate or model and may take as long as a write.

        Raises:
            StoreError: The server refused the read, or did not answer in time.
        """
        seconds = self._bulk_seconds if bulk else self._access.query_timeout
        unit = neo4j.unit_of_work(timeout=seconds)(lambda running: work(Transaction(running)))
        with translated(self.address), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(unit)

    def write(self, work: Callable[[Transaction], _T]) -> _T:
        """Run a function in one write transaction, which is atomic, and return its result.

        Args:
            work: The function; it runs again when the server requires a retry.

        Raises:
            StoreReadOnlyError: The store was opened for reading only.
            StoreError: The server refused the write, or did not answer in time.
        """
        if self._access.read_only:
            message = f"the store {self.address} was opened for reading only"
            raise StoreReadOnlyError(message, fix="open it without the read-only option", address=self.address)
        unit = neo4j.unit_of_work(timeout=self._bulk_seconds)(lambda running: work(Transaction(running)))
        with translated(self.address), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(unit)

    def empty(self) -> None:
        """Delete everything except the store's own node, in transactions that fit into a small heap."""
        with translated(self.address), self._session(neo4j.WRITE_ACCESS) as session:
            session.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS").consume()
            session.run("MATCH (n) WHERE NOT n:Store CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()

    def close(self) -> None:
        """Close every connection."""
        self._driver.close()

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(default_access_mode=access, fetch_size=_FETCH_ROWS)


def _driver(access: Access) -> neo4j.Driver:
    settings: dict[str, Any] = {
        "auth": (access.user, access.password) if access.user else None,
        "telemetry_disabled": True,
        "notifications_min_severity": "OFF",
        "max_transaction_retry_time": _RETRY_SECONDS,
        "connection_acquisition_timeout": min(_ACQUISITION_SECONDS, access.connect_timeout),
        "connection_timeout": min(_CONNECTION_SECONDS, access.connect_timeout),
        "liveness_check_timeout": _LIVENESS_SECONDS,
    }
    if access.certificates is None or "+s://" not in access.address:
        return neo4j.GraphDatabase.driver(access.address, **settings)
    _require_file(access.certificates)
    trust = neo4j.TrustCustomCAs(str(access.certificates))
    address = access.address.replace("+s://", "://", 1)
    return neo4j.GraphDatabase.driver(address, encrypted=True, trusted_certificates=trust, **settings)


def _require_file(certificates: Path) -> None:
    if not certificates.is_file():
        message = f"there is no file of trusted certificates at {certificates}"
        raise StoreAuthError(message, fix="name an existing PEM file", path=str(certificates))
