"""`judge`, `withdraw` and `judgements`: whether two records are one entity."""

from typing import Annotated, Literal

import typer

from app.commands.options import JsonOption, KnownAtOption, StoreOption
from app.runtime.clock import now
from app.runtime.graphql import EVERY, answer_document
from app.runtime.output import print_json
from app.runtime.session import Times, open_session
from app.runtime.settings import Settings
from app.runtime.wiring import open_store
from app.views.tables import print_judgements
from ontology.records import EntityId, JudgementId


def register(application: typer.Typer) -> None:
    """Add the commands."""
    example = "Example: tierscope judge org:lei-5299… same org:name:erp-acme-1a2b3c4d --why 'same VAT number'"
    application.command("judge", epilog=example)(judge)
    application.command("withdraw", epilog="Example: tierscope withdraw jdg:0123…")(withdraw)
    application.command("judgements", epilog="Example: tierscope judgements --json")(judgements)


def judge(
    context: typer.Context,
    left: Annotated[str, typer.Argument(help="Id of one entity.")],
    verdict: Annotated[Literal["same", "different", "unsure"], typer.Argument(help="The verdict.")],
    right: Annotated[str, typer.Argument(help="Id of the other entity.")],
    *,
    why: Annotated[str, typer.Option(help="The reason.")],
    by: Annotated[str, typer.Option(help="Name of the person or process that judges.")] = "command line",
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Judge two records the same, different or unsure.

    Nothing is merged for good: `withdraw` undoes it.
    """
    from reasoning.identity.judging import JudgementRequest
    from reasoning.identity.judging import judge as record

    settings: Settings = context.obj
    request = JudgementRequest(EntityId(left), EntityId(right), verdict, by, why)
    with open_store(settings, address=store) as opened:
        outcome = record(opened, opened, request, clock=now)
    made = outcome.judgement.judgement
    if as_json:
        print_json({"judgement": made.id, "revision": outcome.revision, "opened": int(outcome.changed)})
    else:
        typer.echo(f"{made.id}: {made.left} and {made.right} are {verdict} (revision {outcome.revision})")


def withdraw(
    context: typer.Context,
    judgement: Annotated[str, typer.Argument(help="Id of the judgement, as `judgements` lists it.")],
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Withdraw a judgement.

    Both entities are as before it; claims that were loaded since belong to the entity that they name.
    """
    from reasoning.identity.judging import withdraw as record

    settings: Settings = context.obj
    with open_store(settings, address=store) as opened:
        outcome = record(opened, opened, JudgementId(judgement), clock=now)
    if as_json:
        print_json({"withdrawn": judgement, "revision": outcome.revision})
    else:
        typer.echo(f"{judgement} is withdrawn (revision {outcome.revision})")


def judgements(
    context: typer.Context, *, store: StoreOption = None, known_at: KnownAtOption = None, as_json: JsonOption = False
) -> None:
    """List the judgements that stand."""
    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(known_at=known_at)) as session:
        if as_json:
            print_json(answer_document(session, "judgements", {"first": EVERY}))
        else:
            print_judgements(session.store.judgements(session.at))
