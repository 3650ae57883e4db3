"""`judge` and `judgements`: what people say about two records being one."""

from typing import Annotated, Literal

import typer

from app.commands.options import JsonOption, KnownAtOption, StoreOption
from app.runtime.clock import now
from app.runtime.output import print_json, print_table
from app.runtime.settings import Settings
from app.runtime.wiring import open_store
from ontology.records import At, EntityId, JudgementId


def register(application: typer.Typer) -> None:
    """Add the commands."""
    example = "Example: tierscope judge org:lei-5299… same org:name:erp-acme-1a2b3c4d --why 'same VAT number'"
    application.command("judge", epilog=example)(judge)
    application.command("withdraw", epilog="Example: tierscope withdraw jdg:0123…")(withdraw)
    application.command("judgements", epilog="Example: tierscope judgements --json")(judgements)


def judge(
    context: typer.Context,
    left: Annotated[str, typer.Argument(help="Id of the one.")],
    verdict: Annotated[Literal["same", "different", "unsure"], typer.Argument(help="What they are.")],
    right: Annotated[str, typer.Argument(help="Id of the other.")],
    *,
    why: Annotated[str, typer.Option(help="The reason, in words.")],
    by: Annotated[str, typer.Option(help="Who judges.")] = "command line",
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Judge two records the same, different or unsure. Nothing is merged for good: `withdraw` undoes it."""
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
    """Withdraw a judgement: both records are right again, later claims included."""
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
    from ontology.instants import record_instant

    settings: Settings = context.obj
    at = At(known_at=None if known_at is None else record_instant(known_at))
    with open_store(settings, address=store, read_only=True) as opened:
        held = opened.judgements(at)
    if as_json:
        print_json({"judgements": held})
        return
    rows = [(j.id, j.left, j.verdict, j.right, j.by, j.why) for j in (stored.judgement for stored in held)]
    print_table(
        "Judgements", ["id", "left", "verdict", "right", "by", "why"], rows, empty="Nobody has judged anything."
    )
