"""The reading commands: show, search, exposure, recommend, findings, conflicts."""

from typing import Annotated

import typer

from app.asking import Question, Times, asking
from app.documents import evidence_documents, exposure_document, finding_document, recommendation_document
from app.options import AsOfOption, BuyerOption, JsonOption, KnownAtOption, LightOption, StoreOption
from app.output import print_json, print_table
from app.settings import Settings
from ontology.records import NounId

_EXAMPLES = {
    "search": "Example: tierscope search ranbaxy",
    "exposure": "Example: tierscope exposure --buyer org:erp-000 --top 20",
    "recommend": "Example: tierscope recommend org:erp-017 --buyer org:erp-000",
    "findings": "Example: tierscope findings --buyer org:erp-000 --as-of 2026-06-30",
    "conflicts": "Example: tierscope conflicts --json",
}
TopOption = Annotated[int, typer.Option("--top", min=1, help="At most so many rows.")]


def register(application: typer.Typer) -> None:
    """Add the commands."""
    for command in (search, exposure, recommend, findings, conflicts):
        application.command(command.__name__, epilog=_EXAMPLES[command.__name__])(command)


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words that the name or text holds, all of them.")],
    *,
    kind: Annotated[str | None, typer.Option(help="Only nouns of this kind, such as Organization or Clause.")] = None,
    top: TopOption = 20,
    store: StoreOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find nouns by the words of their names and texts."""
    from graph.port import NounQuery
    from graph.words import words as split

    settings: Settings = context.obj
    with asking(settings, store=store, times=Times(known_at=known_at)) as question:
        kinds = None if kind is None else [kind]
        ask = NounQuery(kinds=kinds, words=split(" ".join(words)), limit=top, at=question.at)
        found = question.store.nouns(ask)
        rows = [{"id": noun.id, "kind": noun.kind, "name": _name(question, noun.id)} for noun in found]
    if as_json:
        print_json({"nouns": rows})
    else:
        print_table(
            "Found", ["id", "kind", "name"], [list(row.values()) for row in rows], empty="Nothing holds these words."
        )


def exposure(
    context: typer.Context,
    supplier: Annotated[str | None, typer.Argument(help="One supplier only, with all its paths.")] = None,
    *,
    top: TopOption = 20,
    paths: Annotated[int, typer.Option(min=0, help="At most so many paths a supplier.")] = 3,
    store: StoreOption = None,
    buyer: BuyerOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Multi-tier exposure by supplier: score, interval, coverage, and the paths that make it."""
    settings: Settings = context.obj
    with asking(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as question:
        held = question.engine.exposures(question.buyer, question.at, paths=1000 if supplier else paths)
        if supplier is not None:
            held = tuple(item for item in held if item.supplier == question.known(supplier))
        shown = held[:top]
        if as_json:
            revision = question.store.status().revision
            print_json(
                {"revision": revision, "buyer": question.buyer, "exposures": list(map(exposure_document, shown))}
            )
            return
        print_exposures(question, shown)


def print_exposures(question: Question, exposures: tuple, title: str = "Exposure by supplier") -> None:  # type: ignore[type-arg]  # of Exposure, imported late
    """The exposure table, the dearest supplier first."""
    rows = [
        (
            _name(question, item.supplier),
            item.tier,
            f"{item.score:.4f}",
            f"{item.low:.4f} – {item.high:.4f}",
            f"{item.coverage:.0%}",
            "\n".join(" → ".join(_name(question, noun) for noun in path.nouns) for path in item.paths[:2]),
        )
        for item in exposures
    ]
    columns = ["supplier", "tier", "score", "interval", "known", "greatest paths"]
    print_table(title, columns, rows, empty="No supplier is known for this buyer.")


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
    with asking(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as question:
        found = question.engine.findings(question.buyer, question.at)
        if as_json:
            print_json({"buyer": question.buyer, "findings": list(map(finding_document, found))})
            return
    rows = [(item.kind.replace("_", " "), item.text, item.rule) for item in found]
    print_table("Findings", ["kind", "what", "rule"], rows, empty="The detectors found nothing.")


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
    with asking(settings, store=store, times=Times(as_of, known_at), buyer=buyer) as question:
        held = question.engine.recommendations(question.buyer, question.at)
        if supplier is not None:
            held = tuple(item for item in held if item.supplier == question.known(supplier))
        if as_json:
            print_json({"buyer": question.buyer, "recommendations": list(map(recommendation_document, held))})
            return
        print_recommendations(question, held)


def print_recommendations(question: Question, held: tuple) -> None:  # type: ignore[type-arg]  # of Recommendation
    """The recommendation table."""
    rows = [
        (
            _name(question, item.supplier),
            _name(question, item.clause_type),
            item.rule,
            f"abstained: {item.abstained}" if item.abstained else _shortened(item.text),
            f"{len(item.facts)} facts, {len(item.evidence)} evidence",
        )
        for item in held
    ]
    columns = ["supplier", "ask for", "because of rule", "text", "proof"]
    print_table("Clause recommendations", columns, rows, empty="No risk calls for a clause.")


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
    with asking(settings, store=store, times=Times(as_of, known_at)) as question:
        held = question.engine.conflicts(question.at)
        if as_json:
            print_json({"conflicts": held})
            return


def _name(question: Question, noun: str) -> str:
    facts = question.engine.snapshot(question.at).facts
    return facts.name(NounId(noun)) or noun


def _shortened(text: str, length: int = 160) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


__all__ = ["evidence_documents", "print_exposures", "print_recommendations", "register"]
