"""Errors as clients see them: a code, whether a retry may help, and a fix. Internals are never included."""

import logging
import traceback
from collections.abc import Iterable, Iterator
from typing import Any

from graphql import GraphQLError

from ontology.errors import QueryError, TierscopeError

log = logging.getLogger(__name__)

INTERNAL = "INTERNAL"


def present(errors: Iterable[GraphQLError], request: str) -> list[dict[str, Any]]:
    """The errors of a response. Unexpected errors are logged and masked behind the request's id."""
    return [_present(error, request) for error in errors]


def described(error: TierscopeError) -> dict[str, Any]:
    """The entry of an expected error."""
    fix = {"fix": error.fix} if error.fix else {}
    return {"message": str(error), "extensions": {"code": error.code, "retryable": error.retryable, **fix}}


def masked(error: BaseException, request: str) -> dict[str, Any]:
    """The entry of an unexpected error.

    The log has its class and its frames, but not its message, which may contain values.
    """
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    log.error("request failed", extra={"request": request, "error": type(error).__name__, "frames": frames})
    message = "an internal error occurred"
    fix = f"report request id {request} to the operator of this service"
    return {"message": message, "extensions": {"code": INTERNAL, "retryable": False, "fix": fix, "request": request}}


def _present(error: GraphQLError, request: str) -> dict[str, Any]:
    cause = cause_of(error)
    if isinstance(cause, TierscopeError):
        entry = described(cause)
    elif _is_the_queries(error):
        entry = described(QueryError(error.message))
    else:
        entry = masked(cause or error, request)
    return {**entry, **_place(error)}


def cause_of(error: GraphQLError) -> Exception | None:
    """The error under all layers of GraphQL errors; None if it is a GraphQL error itself."""
    *_, last = _chain(error)
    return None if isinstance(last, GraphQLError) else last


def _chain(error: Exception) -> Iterator[Exception]:
    yield error
    while isinstance(error, GraphQLError) and error.original_error is not None:
        error = error.original_error
        yield error


def _is_the_queries(error: GraphQLError) -> bool:
    """Whether the query is at fault: it was not executed, or GraphQL refused an argument of a field."""
    inner = error.original_error
    return error.path is None or (isinstance(inner, GraphQLError) and bool(inner.nodes) and cause_of(error) is None)


def _place(error: GraphQLError) -> dict[str, Any]:
    place: dict[str, Any] = {}
    if error.locations:
        place["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path is not None:
        place["path"] = error.path
    return place
