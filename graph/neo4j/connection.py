"""The one place that holds a driver: how the server is reached, and what a transaction may do."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString, TypeVar

import neo4j

from graph.neo4j.faults import translated
from ontology.errors import StoreAuthError, StoreReadOnlyError

_RETRY_SECONDS = 5.0
_ACQUISITION_SECONDS = 2.0
_CONNECTION_SECONDS = 2.0
_LIVENESS_SECONDS = 30.0
_BULK_SECONDS = 300.0
_FETCH_ROWS = 10_000

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a server.

    Attributes:
        address: `bolt://…`, `bolt+s://…`, `neo4j://…` or `neo4j+s://…`.
        user: "" where authentication is off.
        certificates: A PEM file of the authorities to trust in place of the system's; only with `+s`.
        connect_timeout: Seconds to wait for a connection, at most 2.
        query_timeout: Seconds that one read may take on the server; a write, or the read of a whole predicate, may take
            300, or this where it is more.
    """

    address: str
    user: str = ""
    password: str = ""
    certificates: Path | None = None
    connect_timeout: float = _CONNECTION_SECONDS
    query_timeout: float = 30.0
    read_only: bool = False


class Transaction:
    """What a unit of work may do: run a query text of `graph.neo4j.cypher` with parameters."""

    def __init__(self, running: neo4j.ManagedTransaction) -> None:
        self._running = running

    def run(self, text: LiteralString, **parameters: object) -> list[list[Any]]:
        """All rows of a query, each a list in the order of its RETURN."""
        return self._running.run(text, dict(parameters)).values()


class Neo4jConnection:
    """A pool of connections to one server; threads may share it."""

    def __init__(self, access: Access) -> None:
        self.address = access.address
        self._access = access
        self._bulk_seconds = max(access.query_timeout, _BULK_SECONDS)
        with translated(self.address):
            self._driver = _driver(access)

    def verify(self) -> None:
        """Reach the server once.

        Raises:
            StoreAuthError: It refused the credentials, or its certificate is not trusted.
            StoreUnavailableError: It is away.
        """
        with translated(self.address):
            self._driver.verify_connectivity()

    def read(self, work: Callable[[Transaction], _T], *, bulk: bool = False) -> _T:
        """The answer of `work`, in one read transaction; it may be run again where the server asks for a retry.

        A `bulk` read, of a whole predicate or model, may take as long as a write.
        """
        seconds = self._bulk_seconds if bulk else self._access.query_timeout
        unit = neo4j.unit_of_work(timeout=seconds)(lambda running: work(Transaction(running)))
        with translated(self.address), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(unit)

    def write(self, work: Callable[[Transaction], _T]) -> _T:
        """The answer of `work`, in one write transaction: all of it or nothing is kept.

        Raises:
            StoreReadOnlyError: The store was opened for reading.
        """
        if self._access.read_only:
            message = f"the store {self.address} was opened for reading only"
            raise StoreReadOnlyError(message, fix="open it without the read-only option", address=self.address)
        unit = neo4j.unit_of_work(timeout=self._bulk_seconds)(lambda running: work(Transaction(running)))
        with translated(self.address), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(unit)

    def empty(self) -> None:
        """Delete everything but the store's own node, in transactions small enough for any heap."""
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
        message = f"there are no trusted certificates at {certificates}"
        raise StoreAuthError(message, fix="name a PEM file that exists", path=str(certificates))
