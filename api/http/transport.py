"""GraphQL over HTTP: reading requests and writing responses."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.graphql.execution import GraphQLRequest, GraphQLResponse, GraphQLService
from api.request.deadline import Deadline
from api.request.errors import described
from api.request.threads import RequestThreads
from ontology.errors import OverloadedError, QueryError, TierscopeError

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"


_FIXES = {
    400: 'send one JSON object: {"query": "…", "variables": {…}, "operationName": "…"}; there is no batching',
    404: "request /graphql, /livez or /readyz",
    405: f"send POST /graphql with Content-Type: {JSON}",
    413: "send a smaller body",
    415: f"send the request with Content-Type: {JSON}",
}


def json_response(content: Mapping[str, Any], status: int = 200, media_type: str = JSON) -> Response:
    """Content as JSON; the same content gives the same bytes."""
    headers = {"retry-after": "1"} if status == 503 else None
    return Response(orjson.dumps(content), status, headers=headers, media_type=media_type)


async def read_request(request: Request, largest: int) -> GraphQLRequest:
    """The GraphQL request in an HTTP request.

    Raises:
        HTTPException: The body is not JSON, too large, or of the wrong form.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise HTTPException(415, "the request is not JSON")
    try:
        sent = orjson.loads(await _body(request, largest))
    except orjson.JSONDecodeError as error:
        raise HTTPException(400, "the body is not JSON") from error
    return _request_of(sent)


async def _body(request: Request, largest: int) -> bytes:
    """The body, read no further than the limit."""
    chunks = bytearray()
    async for chunk in request.stream():
        chunks += chunk
        if len(chunks) > largest:
            raise HTTPException(413, f"the body has more than {largest} bytes")
    return bytes(chunks)


def _request_of(sent: object) -> GraphQLRequest:
    if not isinstance(sent, dict):
        raise HTTPException(400, "the body is not a single request")
    query, variables, operation = (sent.get(key) for key in ("query", "variables", "operationName"))
    if not isinstance(query, str) or not query.strip():
        raise HTTPException(400, "there is no query")
    if not isinstance(variables, dict | None) or not isinstance(operation, str | None):
        raise HTTPException(400, "variables or operationName have the wrong type")
    return GraphQLRequest(query, variables or {}, operation or None)


async def respond(request: Request, service: GraphQLService, workers: RequestThreads) -> Response:
    """The response to a POST."""
    deadline = Deadline(service.limits.deadline)
    name = request.state.request
    sent = await read_request(request, service.limits.body)
    try:
        answer = await workers.run(lambda: service.answer(sent, name, deadline), service.limits.deadline)
    except TierscopeError as error:
        return json_response({"errors": [described(error)]}, 503 if isinstance(error, OverloadedError) else 200)
    return _answered(answer, request.headers.get("accept", ""))


async def refused(_request: Request, error: Exception) -> Response:
    """The response to an HTTP error."""
    status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
    return json_response({"errors": [described(QueryError(detail, fix=_FIXES.get(status, "")))]}, status)


def _answered(answer: GraphQLResponse, accepted: str) -> Response:
    """The response to an answered request.

    By the GraphQL-over-HTTP draft, only clients that accept its media type get a status other than 200.
    """
    if GRAPHQL_JSON not in accepted:
        return json_response(answer)
    return json_response(answer, 200 if "data" in answer else 400, GRAPHQL_JSON)
