"""Runs the web application: binds the port first, so that a taken one is a clear error, and stops cleanly."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.runtime.output import notes
from app.server.warmup import Warming
from ontology.errors import SettingsError

if TYPE_CHECKING:
    from graph.port import GraphStore
    from reasoning.service.service import ReasoningService


@dataclass(frozen=True, slots=True)
class Serving:
    """Where to listen, and how many seconds a request may take."""

    host: str
    port: int
    deadline: float


def bind(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        SettingsError: The port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        fix = f"stop what listens there, or take another with --port {port + 1} (0 takes a free one)"
        raise SettingsError(f"cannot listen on {host}:{port}: {error.strerror}", fix=fix) from error
    return listener


def free_port(host: str, wanted: int) -> int:
    """The port that is wanted, or, where it is taken, 0: the system then gives a free one."""
    try:
        bind(host, wanted).close()
    except SettingsError:
        notes().print(f"Port {wanted} is taken; taking a free one.")
        return 0
    return wanted


def serve_forever(
    store: GraphStore, reasoning: ReasoningService, place: Serving, *, clock: Callable[[], str], buyer: str | None
) -> None:
    """Serve until Ctrl-C or a termination signal. `clock` gives the default `asOf`."""
    import uvicorn  # only serving needs the web

    from api.http.application import create_app

    listener = bind(place.host, place.port)
    port = listener.getsockname()[1]
    web = create_app(store, reasoning, clock=clock, buyer=buyer, deadline=place.deadline)
    shown = f"[{place.host}]" if ":" in place.host else place.host
    notes().print(f"GraphQL at http://{shown}:{port}/graphql — Ctrl-C stops.")
    server = uvicorn.Server(uvicorn.Config(web, log_config=None, access_log=False, timeout_graceful_shutdown=5))
    try:
        with Warming():
            server.run(sockets=[listener])
    except KeyboardInterrupt:
        notes().print("Stopped.")
    finally:
        listener.close()
