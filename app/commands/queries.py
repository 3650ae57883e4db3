"""The reading commands: show, search, exposure, recommend, findings, conflicts."""

from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import AsOfOption, BuyerOption, JsonOption, KnownAtOption, LightOption, StoreOption, forbid
from app.runtime.graphql import EVERY, answer_document
from app.runtime.output import print_json, print_table
from app.runtime.session import Times, open_session
from app.runtime.settings import Settings
from app.views.columns import ENTITIES
from app.views.tables import print_conflicts, print_findings, print_recommendations
from ontology.errors import InputError

_EXAMPLES = {
    "show": "Example: tierscope show org:erp-017",
    "search": "Example: tierscope search ranbaxy",
    "exposure": "Example: tierscope exposure org:erp-000 --measure loss --by country --top 20",
    "recommend": "Example: tierscope recommend org:erp-017 --buyer org:erp-000",
    "findings": "Example: tierscope findings --buyer org:erp-000 --as-of 2026-06-30",
    "conflicts": "Example: tierscope conflicts --json",
}
TopOption = Annotated[int, typer.Option("--top", min=1, help="List at most so many rows.")]


ExposedArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[ORG]",
        help="Who is exposed. Where a buyer is named already: the supplier (or country, or product) to explain.",
    ),
]
MeasureOption = Annotated[
    str, typer.Option(metavar="NAME", help="leontief, disruption, loss, systemic, recovery or inoperability.")
]
# What measures read of these, with the defaults, is in `reasoning.measures.options`; None is not given.
CategoryOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="By one risk category only, such as cyber. Default: all.")
]
ByOption = Annotated[
    str | None,
    typer.Option(
        metavar="WHAT",
        help="What rows are: supplier, country, product, site, category or tier. Default: supplier; inoperability "
        "takes the first of product, country and supplier that makes two groups.",
    ),
]
StopProbabilityOption = Annotated[
    float | None,
    typer.Option(metavar="P", help="Probability that a risk of 1 stops a firm in a year, 0 to 1. Default: 1."),
]
DaysOption = Annotated[
    float | None,
    typer.Option(
        metavar="DAYS",
        help="Days to recover of whatever has none known. Default: 90; recovery leaves such losses open.",
    ),
]
ExplainOption = Annotated[
    bool | None, typer.Option("--explain", help="Say of each row how it comes about. Default: not.")
]
RowsOption = Annotated[int | None, typer.Option("--top", min=1, help="At most so many rows. Default: 20.")]
PathsOption = Annotated[
    int | None,
    typer.Option(min=0, help="At most so many paths a supplier. Default: 3; all in the JSON document of one supplier."),
]


def register(application: typer.Typer) -> None:
    """Add the commands."""
    for command in (show, search, exposure, recommend, findings, conflicts):
        application.command(command.__name__, epilog=_EXAMPLES[command.__name__])(command)


def show(
    context: typer.Context,
    id: Annotated[str, typer.Argument(help="Id of an entity, a claim, evidence or a judgement.")],  # noqa: A002
    *,
    store: StoreOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one thing by its id.

    An entity is shown with its claims, a claim with all its versions, evidence with its document and quote.
    """
    from app.commands.show import find

    if id.startswith("clm:"):
        forbid(context, "show of a claim", "--as-of", "--known-at", fix="leave them out: it shows all versions")
    if id.startswith("jdg:"):
        forbid(context, "show of a judgement", "--as-of", fix="leave it out: a judgement has no time in the world")
    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at)) as session:
        view = find(session, id)
        if as_json:
            print_json(answer_document(session, view.document, view.variables))
        else:
            view.print_tables()


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words of a name or text; all of them must be in it.")],
    *,
    kind: Annotated[
        str | None, typer.Option(help="Only entities of this kind, such as Organization or Clause.")
    ] = None,
    top: TopOption = 20,
    store: StoreOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find entities by the words of their names and texts."""
    from graph.port import EntityQuery
    from graph.words import words as split
    from ontology.generated.vocabulary import VOCABULARY

    if kind is not None and kind not in VOCABULARY.kinds:
        raise InputError(f"there is no kind {kind}", fix=f"the kinds are {', '.join(sorted(VOCABULARY.kinds))}")
    settings: Settings = context.obj
    text, kinds = " ".join(words), None if kind is None else [kind]
    with open_session(settings, store=store, times=Times(known_at=known_at)) as session:
        if as_json:
            print_json(answer_document(session, "search", {"words": text, "kinds": kinds, "first": top}))
            return
        query = EntityQuery(kinds=kinds, words=split(text), limit=top, at=session.at)
        rows = [(entity.id, entity.kind, session.nearby.name(entity.id)) for entity in session.store.entities(query)]
        print_table("Found", ENTITIES.headings, rows, empty="No name or text has all these words.")


def exposure(
    context: typer.Context,
    organization: ExposedArgument = None,
    *,
    measure: MeasureOption = "leontief",
    category: CategoryOption = None,
    by: ByOption = None,
    stop_probability: StopProbabilityOption = None,
    days: DaysOption = None,
    explain: ExplainOption = None,
    top: RowsOption = None,
    paths: PathsOption = None,
    plot: Annotated[Path | None, typer.Option("--plot", metavar="FILE", help="Write a picture (SVG) too.")] = None,
    store: StoreOption = None,
    buyer: BuyerOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure what a buyer is exposed to.

    Every number comes with what it follows from, and is verified. An option that the measure does not read is refused.
    """
    from app.commands.exposure.registry import view_of
    from app.commands.exposure.request import ExposureRequest, resolve
    from app.views.pictures import write_picture

    settings: Settings = context.obj
    given = {"category": category, "by": by, "stop_probability": stop_probability, "days": days}
    request = ExposureRequest(organization, measure, {**given, "explain": explain, "top": top, "paths": paths})
    with open_session(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as session:
        resolved = resolve(session, request)
        view = view_of(resolved)
        if plot is not None:
            write_picture(plot, view.draw())
        if as_json:
            print_json(answer_document(session, view.document, view.variables, buyer=resolved.buyer))
        else:
            view.print_tables()


def findings(
    context: typer.Context,
    *,
    store: StoreOption = None,
    buyer: BuyerOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what the detectors find.

    Hidden single points of failure, sanctioned owners, missing clauses and more, each with its rule.
    """
    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as session:
        if as_json:
            print_json(answer_document(session, "findings", {"first": EVERY}, buyer=session.buyer))
        else:
            print_findings(session.reasoning.findings(session.buyer, session.at))


def recommend(
    context: typer.Context,
    supplier: Annotated[str | None, typer.Argument(help="Id of one supplier. Default: all.")] = None,
    *,
    light: LightOption = False,  # noqa: ARG001  # taken out of the command line in `app.cli`; here for --help
    store: StoreOption = None,
    buyer: BuyerOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Recommend clauses to ask suppliers for.

    Each recommendation has its rule, claims, evidence and text, or says why there is no text.
    """
    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as session:
        only = None if supplier is None else session.known(supplier)
        if as_json:
            variables = {"first": EVERY, "supplier": only}
            print_json(answer_document(session, "recommendations", variables, buyer=session.buyer))
            return
        found = session.reasoning.recommendations(session.buyer, session.at)
        print_recommendations(session, (item for item in found if only in (None, item.supplier)))


def conflicts(
    context: typer.Context,
    *,
    store: StoreOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """List where sources contradict each other.

    Each conflict has its sides, the preferred one first, and why it is preferred.
    """
    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at)) as session:
        if as_json:
            print_json(answer_document(session, "conflicts", {"first": EVERY}))
        else:
            print_conflicts(session, session.reasoning.conflicts(session.at))
