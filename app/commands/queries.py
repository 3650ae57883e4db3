"""The reading commands: show, search, exposure, recommend, findings, conflicts."""

from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import AsOfOption, BuyerOption, JsonOption, KnownAtOption, LightOption, StoreOption, forbid
from app.runtime.output import print_json, print_table
from app.runtime.session import Times, open_session
from app.runtime.settings import Settings
from app.views.documents import finding_document, recommendation_document
from app.views.tables import name_of, print_conflicts, print_document, print_findings, print_recommendations
from ontology.errors import InputError

_EXAMPLES = {
    "show": "Example: tierscope show org:erp-017",
    "search": "Example: tierscope search ranbaxy",
    "exposure": "Example: tierscope exposure org:erp-000 --measure loss --by country --top 20",
    "recommend": "Example: tierscope recommend org:erp-017 --buyer org:erp-000",
    "findings": "Example: tierscope findings --buyer org:erp-000 --as-of 2026-06-30",
    "conflicts": "Example: tierscope conflicts --json",
}
TopOption = Annotated[int, typer.Option("--top", min=1, help="At most so many rows.")]


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
    """Show one thing: what is said of an entity and by whom, a claim's versions, or the words that evidence quotes."""
    from app.commands.show import show as find

    if id.startswith("clm:"):
        forbid(context, "show of a claim", "--as-of", "--known-at", fix="leave them out: it shows all versions")
    if id.startswith("jdg:"):
        forbid(context, "show of a judgement", "--as-of", fix="leave it out: a judgement has no time in the world")
    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at)) as question:
        found = find(question, id)
    if as_json:
        print_json(found)
    else:
        print_document(found)


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words that the name or text holds, all of them.")],
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
    with open_session(settings, store=store, times=Times(known_at=known_at)) as question:
        kinds = None if kind is None else [kind]
        ask = EntityQuery(kinds=kinds, words=split(" ".join(words)), limit=top, at=question.at)
        found = question.store.entities(ask)
        rows = [{"id": entity.id, "kind": entity.kind, "name": name_of(question, entity.id)} for entity in found]
    if as_json:
        print_json({"entities": rows})
    else:
        print_table(
            "Found", ["id", "kind", "name"], [list(row.values()) for row in rows], empty="Nothing holds these words."
        )


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
    """What an organisation is exposed to, by any measure, with what each number follows from and whether it does.

    An option that the measure does not read is refused, with those that it reads.
    """
    from app.commands.exposure.dispatch import answer
    from app.commands.exposure.request import ExposureRequest
    from app.views.pictures import write_picture

    settings: Settings = context.obj
    given = {"category": category, "by": by, "stop_probability": stop_probability, "days": days}
    request = ExposureRequest(organization, measure, {**given, "explain": explain, "top": top, "paths": paths})
    with open_session(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as question:
        found = answer(question, request)
        if plot is not None:
            write_picture(plot, found.draw())
        if as_json:
            print_json(found.document())
            return
        found.tell()


def findings(
    context: typer.Context,
    *,
    store: StoreOption = None,
    buyer: BuyerOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """What the detectors find: hidden single points of failure, sanctioned owners, missing clauses and more."""
    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as question:
        found = question.reasoning.findings(question.buyer, question.at)
        if as_json:
            print_json({"buyer": question.buyer, "findings": list(map(finding_document, found))})
            return
    print_findings(found)


def recommend(
    context: typer.Context,
    supplier: Annotated[str | None, typer.Argument(help="One supplier only.")] = None,
    *,
    light: LightOption = False,  # noqa: ARG001  # taken out of the command line in `app.cli`; here for --help
    store: StoreOption = None,
    buyer: BuyerOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Which clauses to ask for because of a supplier's risk, each with its rule, facts and evidence, or why none."""
    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as question:
        held = question.reasoning.recommendations(question.buyer, question.at)
        if supplier is not None:
            held = tuple(item for item in held if item.supplier == question.known(supplier))
        if as_json:
            print_json({"buyer": question.buyer, "recommendations": list(map(recommendation_document, held))})
            return
        print_recommendations(question, held)


def conflicts(
    context: typer.Context,
    *,
    store: StoreOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Where sources contradict each other: the sides, and which is preferred and why."""
    settings: Settings = context.obj
    with open_session(settings, store=store, times=Times(as_of, known_at)) as question:
        held = question.reasoning.conflicts(question.at)
        if as_json:
            print_json({"conflicts": held})
        else:
            print_conflicts(question, held)
