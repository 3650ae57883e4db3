"""`demo`: the sample world, what Tierscope finds in it, and GraphQL over it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.options import JsonOption, LightOption, forbid
from app.jobs.embedding import embed_few
from app.runtime.output import console, notes, print_json
from app.runtime.session import ReadSession
from app.runtime.settings import Settings, data_folder
from app.runtime.wiring import make_reasoning, open_store
from app.views.documents import evidence_documents, exposure_document, finding_document, recommendation_document

if TYPE_CHECKING:
    from app.jobs.world import World
    from graph.port import GraphStore
    from ontology.records import EvidenceId


def register(application: typer.Typer) -> None:
    """Add the command."""
    application.command("demo", epilog="Example: tierscope demo --once --json")(demo)


def demo(
    context: typer.Context,
    *,
    once: Annotated[bool, typer.Option("--once", help="Stop after printing; do not serve.")] = False,
    world: Annotated[Path | None, typer.Option(help="Another world in the same files.", file_okay=False)] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on; 0 takes a free one (TIERSCOPE_PORT).")] = None,
    light: LightOption = False,  # noqa: ARG001  # taken out of the command line in `app.cli`; here for --help
    as_json: JsonOption = False,
) -> None:
    """Load the sample world into a store of its own, print what Tierscope finds in it, then serve it over GraphQL."""
    from app.jobs.world import SAMPLE, read_world

    if once:
        forbid(context, "demo --once", "--port", fix="leave one of the two out: --once serves nothing")
    settings: Settings = context.obj
    read = read_world(world or SAMPLE)
    with _own_store(settings) as (store, address):
        _load(store, read, quiet=as_json)
        embed_few(settings, store)
        question = ReadSession(store, make_reasoning(settings, store), read.at, read.buyer, settings)
        if as_json:
            print_json(document(question, address))
        else:
            _print(question)
        if not once:
            _serve(settings, question, port)


@contextmanager
def _own_store(settings: Settings) -> Generator[tuple[GraphStore, str]]:
    """A store made anew in the user's data folder, never the user's own; a demo that still runs keeps its own file."""
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


def document(question: ReadSession, address: str) -> dict[str, object]:
    """What `--json` prints: exposures, findings and recommendations, and all evidence that they cite."""
    from graph.content_hash import content_hash

    exposures = question.reasoning.exposures(question.buyer, question.at)
    findings = question.reasoning.findings(question.buyer, question.at)
    recommendations = question.reasoning.recommendations(question.buyer, question.at)
    cited: set[EvidenceId] = {each for exposure in exposures for each in exposure.evidence}
    cited |= {each for finding in findings for each in finding.evidence}
    cited |= {each for recommendation in recommendations for each in recommendation.evidence}
    return {
        "revision": question.store.status().revision,
        "hash": content_hash(question.store),
        "buyer": question.buyer,
        "as_of": question.at.as_of,
        "known_at": question.at.known_at,
        "store": address,
        "exposures": list(map(exposure_document, exposures)),
        "findings": list(map(finding_document, findings)),
        "recommendations": list(map(recommendation_document, recommendations)),
        "evidence": evidence_documents(question.store.evidence(sorted(cited))),
    }


def _print(question: ReadSession) -> None:
    from app.views.tables import print_exposures, print_findings, print_recommendations

    console().rule("What Tierscope finds in the sample world (all firms are fictional)")
    print_exposures(question, question.reasoning.exposures(question.buyer, question.at, paths=2)[:15])
    print_findings(question.reasoning.findings(question.buyer, question.at))
    print_recommendations(question, question.reasoning.recommendations(question.buyer, question.at))


def _serve(settings: Settings, question: ReadSession, port: int | None) -> None:
    from app.server.process import Serving, free_port, serve_forever

    wanted = settings.port if port is None else port
    place = Serving(settings.host, wanted if port is not None else free_port(settings.host, wanted), settings.deadline)
    at = question.at.as_of or ""
    serve_forever(question.store, question.reasoning, place, clock=lambda: at, buyer=question.buyer)


__all__ = ["document", "register"]
