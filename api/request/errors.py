"""What clients are told when something goes wrong: a code, whether to try again, and a fix; never what is inside."""

import logging
import traceback
from collections.abc import Iterable, Iterator
from typing import Any

from graphql import GraphQLError

from ontology.errors import QueryError, TierscopeError

log = logging.getLogger(__name__)

INTERNAL = "INTERNAL"


def present(errors: Iterable[GraphQLError], request: str) -> list[dict[str, Any]]:
    """Errors as a response lists them; those that nobody foresaw become the id of the request, and are logged."""
    return [_present(error, request) for error in errors]


def described(error: TierscopeError) -> dict[str, Any]:
    """What is said of an error that was raised on purpose."""
    fix = {"fix": error.fix} if error.fix else {}
    return {"message": str(error), "extensions": {"code": error.code, "retryable": error.retryable, **fix}}


def masked(error: BaseException, request: str) -> dict[str, Any]:
    """What is said of any other error. The log has its sort and where it arose, not its words: they may hold values."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    log.error("request failed", extra={"request": request, "sort": type(error).__name__, "frames": frames})
    message = "something went wrong inside"
    fix = f"quote {request} to whoever runs this service"
    return {"message": message, "extensions": {"code": INTERNAL, "retryable": False, "fix": fix, "request": request}}


def _present(error: GraphQLError, request: str) -> dict[str, Any]:
    cause = _cause(error)
    if isinstance(cause, TierscopeError):
        entry = described(cause)
    elif _is_the_queries(error):
        entry = described(QueryError(error.message))
    else:
        entry = masked(cause or error, request)
    return {**entry, **_place(error)}


def _cause(error: GraphQLError) -> Exception | None:
    """What was raised, under all that GraphQL wrapped it in."""
    *_, last = _chain(error)
    return None if isinstance(last, GraphQLError) else last


def _chain(error: Exception) -> Iterator[Exception]:
    yield error
    while isinstance(error, GraphQLError) and error.original_error is not None:
        error = error.original_error
        yield error


def _is_the_queries(error: GraphQLError) -> bool:
    """Whether the query is at fault: it was not executed at all, or GraphQL itself refused an argument of a field."""
    inner = error.original_error
    return error.path is None or (isinstance(inner, GraphQLError) and bool(inner.nodes) and _cause(error) is None)


def _place(error: GraphQLError) -> dict[str, Any]:
    place: dict[str, Any] = {}
    if error.locations:
        place["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path is not None:
        place["path"] = error.path
    return place
