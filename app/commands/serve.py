"""`serve`: GraphQL over HTTP."""

from typing import Annotated

import typer

from app.commands.options import BuyerOption, LightOption, StoreOption
from app.runtime.settings import Settings


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command("serve", epilog="Example: tierscope serve --port 8317")(serve)


def serve(
    context: typer.Context,
    *,
    store: StoreOption = None,
    buyer: BuyerOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on (TIERSCOPE_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one (TIERSCOPE_PORT).")] = None,
    light: LightOption = False,  # noqa: ARG001  # taken out of the command line in `app.cli`; here for --help
) -> None:
    """Serve the store over GraphQL, by default to this machine only."""
    from app.runtime.clock import today
    from app.runtime.wiring import make_reasoning, open_store
    from app.server.process import Serving, serve_forever

    settings: Settings = context.obj
    place = Serving(host or settings.host, settings.port if port is None else port, settings.deadline)
    with open_store(settings, address=store) as opened:
        serve_forever(opened, make_reasoning(settings, opened), place, clock=today, buyer=buyer or settings.buyer)
