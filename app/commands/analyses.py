"""The commands of analyses: whatif, spof, concentration, questions, alternatives, series."""

from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import AsOfOption, BuyerOption, JsonOption, KnownAtOption, StoreOption, allow_only, forbid
from app.commands.what_if.changes import FORMS, Words
from app.runtime.output import print_json
from app.runtime.session import Times, open_session
from app.runtime.settings import Settings

_EXAMPLES = {
    "whatif": "Example: tierscope whatif --stop org:world-f-054 --keep magnets-stop --buyer org:world-f-001",
    "spof": "Example: tierscope spof --buyer org:world-f-001 --plot spof.svg",
    "concentration": "Example: tierscope concentration --buyer org:world-f-001 --by country",
    "questions": "Example: tierscope questions --buyer org:world-f-001 --top 10",
    "alternatives": "Example: tierscope alternatives org:world-f-003 --buyer org:world-f-001",
    "series": "Example: tierscope series 2025-01-01 2025-07-01 2026-01-01 --buyer org:world-f-001 --plot series.svg",
}
TopOption = Annotated[int, typer.Option("--top", min=1, help="At most so many rows.")]
PlotOption = Annotated[Path | None, typer.Option("--plot", metavar="FILE", help="Write a picture (SVG) too.")]
Repeated = list[str] | None


def register(application: typer.Typer) -> None:
    """Add the commands."""
    for command in (whatif, spof, concentration, questions, alternatives, series):
        application.command(command.__name__, epilog=_EXAMPLES[command.__name__])(command)


def whatif(
    context: typer.Context,
    branches: Annotated[Repeated, typer.Argument(help="Kept branches: one is run, several are compared.")] = None,
    *,
    stop: Annotated[
        Repeated, typer.Option(metavar=FORMS["stop"], help="A firm, site, region or product stops.")
    ] = None,
    drop: Annotated[Repeated, typer.Option(metavar=FORMS["drop"], help="A link ends; others take over.")] = None,
    add: Annotated[Repeated, typer.Option(metavar=FORMS["add"], help="A link begins.")] = None,
    share: Annotated[Repeated, typer.Option(metavar=FORMS["share"], help="A link's part of the need, 0 to 1.")] = None,
    confirm: Annotated[Repeated, typer.Option(metavar=FORMS["confirm"], help="An inferred link is there.")] = None,
    close: Annotated[Repeated, typer.Option(metavar=FORMS["close"], help="All suppliers of a firm are known.")] = None,
    risk: Annotated[Repeated, typer.Option(metavar=FORMS["risk"], help="A score, 0 to 1.")] = None,
    stock: Annotated[Repeated, typer.Option(metavar=FORMS["stock"], help="Stock for DAYS of an outage of 90.")] = None,
    keep: Annotated[str | None, typer.Option(metavar="NAME", help="Keep the branch under this name.")] = None,
    note: Annotated[str, typer.Option(help="What the kept branch is for.")] = "",
    listing: Annotated[bool, typer.Option("--list", help="List the kept branches.")] = False,
    delete: Annotated[str | None, typer.Option(metavar="NAME", help="Delete a kept branch.")] = None,
    top: TopOption = 20,
    store: StoreOption = None,
    buyer: BuyerOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """What changes would do to the exposure: ranked, each with its cause. Nothing is written to the store."""
    from app.commands.what_if.runs import Trial, delete_branch, list_branches, try_out

    settings: Settings = context.obj
    _refuse_unread(context, several=len(branches or []) > 1, kept=keep is not None)
    if listing or delete is not None:
        list_branches(as_json=as_json) if delete is None else delete_branch(delete, as_json=as_json)
        return
    lists = (each or [] for each in (stop, drop, add, share, confirm, close, risk, stock))
    trial = Trial(branches or [], Words(*lists).edits(), keep, note)
    try_out(settings, trial, (store, Times(as_of, known_at), buyer), top=top, as_json=as_json)


def _refuse_unread(context: typer.Context, *, several: bool, kept: bool) -> None:
    """Refuse what this form of `whatif` does not read."""
    if context.params["listing"]:
        allow_only(context, "whatif --list", "--list", "--json")
    elif context.params["delete"] is not None:
        allow_only(context, "whatif --delete", "--delete", "--json")
    if several:
        forbid(context, "whatif of several branches", "--top", fix="name one branch to see whose exposure changes")
    if not kept:
        forbid(context, "whatif without --keep", "--note", fix="give the name to keep the branch under: --keep NAME")


def spof(
    context: typer.Context,
    *,
    top: TopOption = 50,
    plot: PlotOption = None,
    store: StoreOption = None,
    buyer: BuyerOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Single points of failure: which firm or site, or which two, stop an essential input, and by which way."""
    from app.views.analysis_tables import print_failure_points
    from app.views.failure_point_picture import draw_failure_points
    from reasoning.analysis.failure_points import verify

    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as question:
        found = question.reasoning.analyses.failure_points(question.buyer, question.at)
        if plot is not None:
            draw_failure_points(question, found, plot)
        if as_json:
            faults = verify(question.reasoning.snapshot(question.at), found)
            listed = {"points": found.points[:top], "pairs": found.pairs[:top]}
            counts = {"all_points": len(found.points), "all_pairs": len(found.pairs), "complete": found.complete}
            print_json({"buyer": found.buyer, **counts, **listed, "faults": faults})
            return
        print_failure_points(question, found, top)


def concentration(
    context: typer.Context,
    *,
    by: Annotated[str | None, typer.Option(help="Only input, all, product, tier, country, tiers or countries.")] = None,
    top: TopOption = 30,
    store: StoreOption = None,
    buyer: BuyerOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """How concentrated inputs and exposure are: Herfindahl–Hirschman index, effective number, sole sources."""
    from app.views.analysis_tables import print_concentrations
    from reasoning.analysis.concentration import only_by, verify

    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as question:
        found = only_by(by, question.reasoning.analyses.concentrations(question.buyer, question.at))
        if as_json:
            faults = [fault for one in found for fault in verify(one)]
            shown = {"all": len(found), "concentrations": found[:top]}
            print_json({"buyer": question.buyer, **shown, "faults": faults})
            return
        print_concentrations(question, found[:top])


def questions(
    context: typer.Context,
    *,
    top: TopOption = 20,
    store: StoreOption = None,
    buyer: BuyerOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """What to find out next: the facts whose answer is expected to narrow the exposure most for an hour's work."""
    from app.views.analysis_documents import interval_document, question_document
    from app.views.analysis_tables import print_questions
    from reasoning.analysis.questions import verify

    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as question:
        analyses = question.reasoning.analyses
        found = analyses.questions(question.buyer, question.at, most=top)
        if as_json:
            whole = interval_document(analyses.uncertainty(question.buyer, question.at))
            asked = list(map(question_document, found))
            base = question.reasoning.snapshot(question.at)
            faults = [fault for one in found for fault in verify(one, base, question.buyer)]
            print_json({"buyer": question.buyer, "whole_interval": whole, "questions": asked, "faults": faults})
            return
        print_questions(found)


def alternatives(
    context: typer.Context,
    supplier: Annotated[str, typer.Argument(help="Who is to be replaced.")],
    *,
    customer: Annotated[str | None, typer.Option(metavar="ID", help="Only for this customer of it.")] = None,
    top: TopOption = 20,
    store: StoreOption = None,
    buyer: BuyerOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Which other makers of the same product a supplier's customers could buy from, and what that does to exposure."""
    from app.views.analysis_documents import alternative_document
    from app.views.analysis_tables import print_alternatives
    from reasoning.analysis.alternatives import verify

    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as question:
        whose = None if customer is None else question.known(customer)
        analyses, replaced = question.reasoning.analyses, question.known(supplier)
        found = analyses.alternatives(question.buyer, replaced, question.at, customer=whose)
        if as_json:
            listed = list(map(alternative_document, found[:top]))
            base = question.reasoning.snapshot(question.at)
            faults = [fault for one in found[:top] for fault in verify(one, base)]
            head = {"buyer": question.buyer, "supplier": replaced, "all": len(found)}
            print_json({**head, "alternatives": listed, "faults": faults})
            return
        print_alternatives(question, found[:top])


def series(
    context: typer.Context,
    dates: Annotated[list[str], typer.Argument(help="Dates, the earliest first.")],
    *,
    changes: Annotated[
        bool, typer.Option("--changes", help="What changed from the first to the last, and why.")
    ] = False,
    alerts: Annotated[bool, typer.Option("--alerts", help="What to look at, each told once while it holds.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Alerts that an earlier run told too.")] = False,
    top: TopOption = 20,
    plot: PlotOption = None,
    store: StoreOption = None,
    buyer: BuyerOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Exposure over time; with --changes the claims that moved it, with --alerts what to look at and why."""
    from app.commands.over_time.series import SeriesRequest, follow

    settings: Settings = context.obj
    if not changes:
        forbid(context, "series without --changes", "--top", fix="give --changes too: its rows are what is listed")
    with open_session(settings, store=store, times=Times(dates[-1], known_at), buyer=buyer) as question:
        wanted = SeriesRequest(changes, alerts or every, top, plot, every, store or settings.store)
        follow(question, dates, wanted, as_json=as_json)
