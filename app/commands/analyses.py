"""The commands of analyses: whatif, spof, concentration, questions, alternatives, series."""

from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import AsOfOption, BuyerOption, JsonOption, KnownAtOption, StoreOption, allow_only, forbid
from app.commands.what_if.changes import FORMS, EditTexts
from app.runtime.graphql import answer_document
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
TopOption = Annotated[int, typer.Option("--top", min=1, help="List at most so many rows.")]
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
    risk: Annotated[Repeated, typer.Option(metavar=FORMS["risk"], help="An own risk, 0 to 1.")] = None,
    stock: Annotated[
        Repeated, typer.Option(metavar=FORMS["stock"], help="Stock for DAYS of an outage; 90 days by default.")
    ] = None,
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
    """Compute what changes would do to the exposure.

    Suppliers are ranked by how much their exposure changes, each with the cause. Nothing is written to the store.
    """
    from app.commands.what_if.runs import Trial, delete_branch, list_branches, try_out

    settings: Settings = context.obj
    _refuse_unread(context, several=len(branches or []) > 1, kept=keep is not None)
    if listing or delete is not None:
        list_branches(as_json=as_json) if delete is None else delete_branch(delete, as_json=as_json)
        return
    lists = (each or [] for each in (stop, drop, add, share, confirm, close, risk, stock))
    trial = Trial(branches or [], EditTexts(*lists).edits(), keep, note)
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
    """Find single points of failure.

    Lists each firm or site, and each two, that stop an essential input of the buyer, with the chain by which they do.
    """
    from app.views.analysis_tables import print_failure_points
    from app.views.failure_point_picture import draw_failure_points

    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as session:
        found = session.reasoning.analyses.failure_points(session.buyer, session.at)
        if plot is not None:
            draw_failure_points(session, found, plot)
        if as_json:
            print_json(answer_document(session, "failure-points", {"first": top}, buyer=session.buyer))
        else:
            print_failure_points(session, found, top)


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
    """Measure how concentrated inputs and exposure are.

    Lists the Herfindahl–Hirschman index and the effective number of suppliers; sole essential sources come first.
    """
    from app.views.analysis_tables import print_concentrations
    from reasoning.analysis.concentration import only_by

    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as session:
        if as_json:
            print_json(answer_document(session, "concentration", {"by": by, "first": top}, buyer=session.buyer))
            return
        found = only_by(by, session.reasoning.analyses.concentrations(session.buyer, session.at))
        print_concentrations(session, found[:top])


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
    """Rank the facts to find out next.

    The best fact is the one whose answer is expected to narrow the exposure most for an hour of work.
    """
    from app.views.analysis_tables import print_questions
    from reasoning.analysis.questions import RANKED

    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as session:
        most = max(RANKED, top)
        if as_json:
            print_json(answer_document(session, "questions", {"first": top, "most": most}, buyer=session.buyer))
        else:
            print_questions(session.reasoning.analyses.questions(session.buyer, session.at, most=most)[:top])


def alternatives(
    context: typer.Context,
    supplier: Annotated[str, typer.Argument(help="Id of the supplier to replace.")],
    *,
    customer: Annotated[str | None, typer.Option(metavar="ID", help="Only for this customer of the supplier.")] = None,
    top: TopOption = 20,
    store: StoreOption = None,
    buyer: BuyerOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find other makers of what a supplier delivers.

    Each switch comes with what it does to the buyer's exposure.
    """
    from app.views.analysis_tables import print_alternatives

    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as session:
        only, replaced = None if customer is None else session.known(customer), session.known(supplier)
        if as_json:
            variables = {"supplier": replaced, "customer": only, "first": top}
            print_json(answer_document(session, "alternatives", variables, buyer=session.buyer))
            return
        analyses = session.reasoning.analyses
        found = analyses.alternatives(session.buyer, replaced, session.at, customer=only)
        print_alternatives(session, found[:top])


def series(
    context: typer.Context,
    dates: Annotated[list[str], typer.Argument(help="Dates, the earliest first.")],
    *,
    changes: Annotated[
        bool, typer.Option("--changes", help="Say what changed from the first date to the last, and why.")
    ] = False,
    alerts: Annotated[
        bool, typer.Option("--alerts", help="List alerts: findings and rises. Each is listed once while it holds.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="List the alerts too that an earlier run listed.")] = False,
    top: TopOption = 20,
    plot: PlotOption = None,
    store: StoreOption = None,
    buyer: BuyerOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Follow the exposure over dates.

    --changes adds the claims that moved it, --alerts what to look at and why.
    """
    from app.commands.over_time.series import SeriesRequest, follow

    settings: Settings = context.obj
    if not changes:
        forbid(context, "series without --changes", "--top", fix="give --changes too: its rows are what is listed")
    with open_session(settings, store=store, times=Times(dates[-1], known_at), buyer=buyer) as session:
        request = SeriesRequest(changes, alerts or every, top, plot, every, store or settings.store)
        follow(session, dates, request, as_json=as_json)
