"""Translates errors of the Neo4j driver and the server into the product's errors."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Forbidden,
    ForbiddenOnReadOnlyDatabase,
    IncompleteCommit,
    Neo4jError,
    NotALeader,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from ontology.errors import (
    InvalidRecordError,
    StoreAuthError,
    StoreCorruptError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    StoreReadOnlyError,
    StoreUnavailableError,
    TierscopeError,
)

_NO_SPACE = ("no space left", "disk full", "disk quota")
_AWAY = (ServiceUnavailable, SessionExpired, ConnectionError, TimeoutError)
_READ_ONLY = (ForbiddenOnReadOnlyDatabase, NotALeader)


@contextmanager
def translated(address: str) -> Iterator[None]:
    """Translate errors within the block into the product's errors, which name the server and a fix."""
    try:
        yield
    except (DriverError, Neo4jError, OSError) as error:
        raise of_driver(error, address) from error
    except (OverflowError, UnicodeEncodeError) as error:
        message = f"the store {address} cannot hold a value: {error}"
        raise InvalidRecordError(message, fix="use integers below 2^53 and valid Unicode text") from error


def of_driver(error: Exception, address: str) -> TierscopeError:
    """The product's error for an error of the driver; its whole chain of causes is considered.

    Args:
        error: The error of the driver or the system.
        address: Address of the server, for the message.
    """
    if any(isinstance(cause, ssl.SSLError) for cause in _chain(error)):
        message = f"the certificate of {address} is not trusted, or the server does not use TLS: {_tls_reason(error)}"
        fix = "name the PEM file of its authority in the setting for trusted certificates; use bolt:// where TLS is off"
        return StoreAuthError(message, fix=fix, address=address)
    if isinstance(error, Neo4jError):
        return _of_server(error, address)
    return _of_connection(error, address)


def corrupt(address: str, why: str) -> StoreCorruptError:
    """The error for a damaged store; `why` completes "the store is damaged: …"."""
    message = f"the store {address} is damaged: {why}"
    return StoreCorruptError(message, fix="restore a backup, or load the sources into a new store", address=address)


def _of_connection(error: Exception, address: str) -> StoreError:
    if isinstance(error, IncompleteCommit):
        message = f"the connection to {address} was lost during a commit; whether the batch was written is not known"
        return StoreUnavailableError(
            message, fix="repeat the command: rows that exist are not written twice", address=address
        )
    if isinstance(error, ConfigurationError) and not isinstance(error, AuthError):
        message = f"the driver refuses {address}: {error}"
        return StoreError(message, fix="write bolt://HOST:PORT or neo4j://HOST:PORT (bolt+s, neo4j+s with TLS)")
    if isinstance(error, _AWAY) or "timed out" in str(error) or "timeout" in str(error).lower():
        return _away(address)
    message = f"the store {address} cannot be used: {type(error).__name__}"
    return StoreError(message, fix="run `tierscope doctor`", address=address, reason=type(error).__name__)


def _away(address: str) -> StoreUnavailableError:
    message = f"the store {address} is unreachable or did not answer in time"
    scheme, _, place = address.partition("://")
    tls = "" if scheme.endswith("+s") else f"; where the server demands TLS, write {scheme}+s://{place}"
    return StoreUnavailableError(message, fix=f"check that Neo4j runs there with Bolt enabled{tls}", address=address)


def _of_server(error: Neo4jError, address: str) -> StoreError:
    code = error.code or ""
    text = f"{code} {error.message or ''}".lower()
    if isinstance(error, AuthError) or ".Security." in code:
        return _refused(error, address)
    if any(sign in text for sign in _NO_SPACE):
        message = f"no space is left on the disk of {address}; nothing was written"
        return StoreFullError(message, fix="free some space on the server, then repeat the command", address=address)
    if isinstance(error, _READ_ONLY) or "read only" in text or "read-only" in text:
        message = f"the store {address} refuses writes: the database or its server is read-only"
        return StoreReadOnlyError(message, fix="write to the leader, or make the database writable", address=address)
    return _of_load(error, code, address)


def _refused(error: Neo4jError, address: str) -> StoreAuthError:
    if isinstance(error, Forbidden):
        message, fix = (
            f"{address} does not permit this user the operation",
            "give the user the roles reader and publisher",
        )
    elif (error.code or "").endswith("AuthenticationRateLimit"):
        message, fix = f"{address} refuses further attempts after wrong passwords", "wait a few seconds, then try again"
    else:
        message, fix = f"{address} refused the user name or the password", "set the store's user and password"
    return StoreAuthError(message, fix=fix, address=address)


def _of_load(error: Neo4jError, code: str, address: str) -> StoreError:
    if "OutOfMemory" in code or "MemoryLimit" in code or "MemoryPool" in code:
        message = f"the server {address} ran out of memory; nothing was written"
        return StoreUnavailableError(
            message, fix="write smaller batches, or give the server more heap", address=address
        )
    if "Lock" in code:
        message = f"another process is writing to the store {address}"
        return StoreLockedError(message, fix="wait until it has ended, then try again", address=address)
    if "TimedOut" in code or "Terminated" in code:
        message = f"the store {address} did not answer in time"
        return StoreUnavailableError(message, fix="request less, or raise the query timeout", address=address)
    return _of_rest(error, code, address)


def _of_rest(error: Neo4jError, code: str, address: str) -> StoreError:
    if isinstance(error, TransientError) or "Unavailable" in code:
        return _away(address)
    message = f"the store {address} refused: {code}"
    return StoreError(message, fix="run `tierscope doctor`", address=address, reason=code)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _tls_reason(error: Exception) -> str:
    reason = next(cause for cause in _chain(error) if isinstance(cause, ssl.SSLError))
    return str(getattr(reason, "verify_message", "") or getattr(reason, "reason", "") or type(reason).__name__)
