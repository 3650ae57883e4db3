"""The web application: GraphQL, a small console, and health checks."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.graphql.execution import GraphQLService
from api.http.middleware import RequestMiddleware
from api.http.transport import json_response, refused, respond
from api.request.limits import Limits
from api.request.threads import RequestThreads
from graph.port import GraphStore
from ontology.errors import TierscopeError
from ontology.records import EntityId
from reasoning.service.service import ReasoningService

_CONSOLE = Path(__file__).parent / "console"
_PAGES = {"/graphql": "index.html", "/console.js": "console.js", "/console.css": "console.css"}
_MEDIA = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
_READY_SECONDS = 2.0


def create_app(
    store: GraphStore,
    reasoning: ReasoningService,
    *,
    clock: Callable[[], str],
    buyer: str | None = None,
    deadline: float = 10.0,
) -> Starlette:
    """The application over a store.

    Args:
        store: The store to read, and to write judgements to.
        reasoning: The service that computes conclusions.
        clock: The current time as ISO text; the default `asOf` is its full hour.
        buyer: Id of the buying organisation of a read whose scope has none.
        deadline: Seconds that a request may take.
    """
    limits = replace(Limits(), deadline=deadline)
    return assemble(GraphQLService(store, reasoning, clock, None if buyer is None else EntityId(buyer), limits))


def assemble(service: GraphQLService, *, console: bool = True, ready_within: float = _READY_SECONDS) -> Starlette:
    """The application around a GraphQL service.

    Args:
        service: Answers the requests.
        console: Whether the console for people is served.
        ready_within: Seconds within which a ready store gives its status.
    """
    workers = RequestThreads(service.limits)
    _ = service.schema, service.prices  # built once, before the first request

    async def post(request: Request) -> Response:
        return await respond(request, service, workers)

    async def ready(_request: Request) -> Response:
        return await _readiness(service, workers, ready_within)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        workers.close()

    routes = [
        Route("/", _front if console else _no_front),
        Route("/graphql", post, methods=["POST"]),
        *(Route(path, _page, methods=["GET"]) for path in _PAGES if console),
        Route("/livez", _alive),
        Route("/readyz", ready),
    ]
    paths = frozenset(route.path for route in routes)
    return Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[Middleware(RequestMiddleware, paths=paths)],
        exception_handlers={HTTPException: refused},
    )


async def _front(_request: Request) -> Response:
    return RedirectResponse("/graphql")


async def _no_front(_request: Request) -> Response:
    return json_response({"graphql": "/graphql", "live": "/livez", "ready": "/readyz"})


async def _page(request: Request) -> Response:
    file = _CONSOLE / _PAGES[request.url.path]
    return Response(file.read_bytes(), media_type=_MEDIA[file.suffix])


async def _alive(_request: Request) -> Response:
    return json_response({"live": True})


async def _readiness(service: GraphQLService, workers: RequestThreads, seconds: float) -> Response:
    try:
        status = await workers.run(service.store.status, seconds)
    except TierscopeError as error:
        return json_response({"ready": False, "code": error.code, "fix": error.fix}, 503)
    return json_response({"ready": True, "revision": status.revision, "schema": status.schema})
