"""Request middleware: a request id, security headers, and a line in the access log for every response."""

import logging
import re
import secrets
import time
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.transport import json_response
from api.request.errors import described, masked
from ontology.errors import QueryError

log = logging.getLogger("api.access")

_NAMED = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}


@dataclass(slots=True)
class _Sent:
    """Status and size of a response as it is sent."""

    status: int = 0
    size: int = 0


class RequestMiddleware:
    """ASGI middleware around the whole application. `paths` are those that appear in the log."""

    def __init__(self, app: ASGIApp, paths: frozenset[str]) -> None:
        self._app = app
        self._paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = _request_name(Headers(scope=scope))
        scope.setdefault("state", {})["request"] = name
        started, sent = time.monotonic(), _Sent()
        try:
            await self._serve(scope, receive, _sealed(send, name, sent))
        finally:
            self._log(scope, name, sent, time.monotonic() - started)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_meant(scope):
            fault = QueryError(
                "the Host header names another service", fix="send the request to localhost or 127.0.0.1"
            )
            await json_response({"errors": [described(fault)]}, 421)(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        except Exception as error:  # noqa: BLE001 - nothing handles errors after this
            failed = json_response({"errors": [masked(error, scope["state"]["request"])]}, 500)
            await failed(scope, receive, send)

    def _log(self, scope: Scope, name: str, sent: _Sent, seconds: float) -> None:
        path = scope["path"] if scope["path"] in self._paths else "other"
        line = {"request": name, "method": scope["method"], "path": path, "status": sent.status, "bytes": sent.size}
        log.info("request", extra=line | {"ms": round(seconds * 1000, 1)})


def _sealed(send: Send, name: str, sent: _Sent) -> Send:
    async def send_sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            sent.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["x-request-id"] = name
            for header, value in HEADERS.items():
                headers.setdefault(header, value)
        sent.size += len(message.get("body", b""))
        await send(message)

    return send_sealed


def _request_name(headers: Headers) -> str:
    """The request id: the client's own if it is safe to log, otherwise a new one."""
    given = headers.get("x-request-id", "")
    return given if _NAMED.fullmatch(given) else f"req-{secrets.token_hex(8)}"


def _is_meant(scope: Scope) -> bool:
    """Whether a request over the loopback names it as host.

    Otherwise a foreign name was made to point here (DNS rebinding).
    """
    server = (scope.get("server") or ("", None))[0]
    host = Headers(scope=scope).get("host", "")
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    return server not in _LOOPBACK or name in _LOOPBACK
