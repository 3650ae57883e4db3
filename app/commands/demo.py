"""`demo`: loads the sample world, prints what Tierscope finds in it, and serves it over GraphQL."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.options import JsonOption, LightOption, forbid
from app.jobs.embedding import embed_few
from app.runtime.graphql import EVERY, answer_document
from app.runtime.output import console, notes, print_json
from app.runtime.session import ReadSession
from app.runtime.settings import Settings, data_folder
from app.runtime.wiring import open_store

if TYPE_CHECKING:
    from app.jobs.world import World
    from graph.port import GraphStore


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command("demo", epilog="Example: tierscope demo --once --json")(demo)


def demo(
    context: typer.Context,
    *,
    once: Annotated[bool, typer.Option("--once", help="Stop after printing: do not serve.")] = False,
    world: Annotated[Path | None, typer.Option(help="Folder of another world.", file_okay=False)] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on; 0 takes a free one (TIERSCOPE_PORT).")] = None,
    light: LightOption = False,  # noqa: ARG001  # taken out of the command line in `app.cli`; here for --help
    as_json: JsonOption = False,
) -> None:
    """Load the sample world, print what Tierscope finds in it, and serve it.

    The world has a store of its own in the user's data folder. Your own store is never touched.
    """
    from app.jobs.world import SAMPLE, read_world

    if once:
        forbid(context, "demo --once", "--port", fix="leave one of the two out: --once serves nothing")
    settings: Settings = context.obj
    read = read_world(world or SAMPLE)
    with _own_store(settings) as (store, address):
        _load(store, read, quiet=as_json)
        embed_few(settings, store)
        session = ReadSession(store, read.at, read.buyer, settings)
        if as_json:
            notes().print(f"The world is in {address}.", markup=False)
            print_json(answer_document(session, "demo", {"every": EVERY}, buyer=session.buyer))
        else:
            _print(session)
        if not once:
            _serve(settings, session, port)


@contextmanager
def _own_store(settings: Settings) -> Generator[tuple[GraphStore, str]]:
    """Make an empty store in the user's data folder, apart from the user's own and from that of a running demo."""
    from app.runtime.files import claim_file

    with claim_file(data_folder() / "demo") as path:
        address = f"sqlite:///{path}"
        with open_store(settings, address=address, make=True) as store:
            yield store, address


def _load(store: GraphStore, world: World, *, quiet: bool) -> None:
    from app.jobs.world import load_world
    from app.runtime.progress import loading_bar

    with loading_bar("Loading the world") as tell:
        reports = list(load_world(store, world, progress=lambda _: tell))
    refused = [refusal for report in reports for refusal in report.refusals]
    if not quiet:
        rows, claims = sum(report.read for report in reports), sum(report.opened for report in reports)
        notes().print(f"{len(reports)} sources, {rows:,} rows, {claims:,} claims, {len(refused)} rows in quarantine.")
    for refusal in refused:
        notes().print(f"In quarantine: {refusal.file} row {refusal.rows}: {refusal.message}", markup=False)


def _print(session: ReadSession) -> None:
    from app.views.tables import print_exposures, print_findings, print_recommendations

    console().rule("What Tierscope finds in the sample world (all firms are fictional)")
    print_exposures(session, session.reasoning.exposures(session.buyer, session.at, paths=2)[:15])
    print_findings(session.reasoning.findings(session.buyer, session.at))
    print_recommendations(session, session.reasoning.recommendations(session.buyer, session.at))


def _serve(settings: Settings, session: ReadSession, port: int | None) -> None:
    from app.server.process import Serving, free_port, serve_forever

    wanted = settings.port if port is None else port
    place = Serving(settings.host, wanted if port is not None else free_port(settings.host, wanted), settings.deadline)
    at = session.at.as_of or ""
    serve_forever(session.store, session.reasoning, place, clock=lambda: at, buyer=session.buyer)
