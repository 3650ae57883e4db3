"""M3 over all firms on the command line: what each firm's closing takes from the buyer's whole network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.exposure.pictures import network_picture
from app.commands.exposure.request import Document, MeasureView, ResolvedRequest, counted
from app.runtime.output import print_table
from app.views.tables import name_of
from reasoning.measures.options import ROWS

if TYPE_CHECKING:
    from reasoning.measures.cascade.systemic import Closure, Systemic
    from reasoning.measures.options import SystemicOptions


def answer(asked: ResolvedRequest[SystemicOptions]) -> MeasureView:
    """The answer by what was asked for."""
    from reasoning.measures.cascade.systemic import EXPLAINED, verify

    ask, only = asked.options, asked.supplier
    explained = max(EXPLAINED, ask.top) if ask.explain else None
    with asked.crew("closing firms", 1 if only else len(asked.suppliers) + 1) as crew:
        found = asked.measures(crew).systemic(asked.buyer, asked.question.at, only=only, explained=explained)
    shown = found.closures[: ask.top]
    told = ask.explain or only is not None

    def document() -> Document:
        return asked.head(
            unit=found.unit,
            all=len(found.closures),
            closures=[_closure(found, one, told=told) for one in shown],
            faults=verify(found),
        )

    def say() -> None:
        _print_closures(asked, shown)
        if told:
            _print_losses(asked, shown)

    return MeasureView(document, say, lambda: network_picture(asked, [one.firm for one in shown], "Systemic risk"))


def _closure(found: Systemic, one: Closure, *, told: bool) -> Document:
    claims, evidence = found.cited(one.firm)
    document = {
        "firm": one.firm,
        "tier": one.tier,
        "weight": one.weight,
        "total": one.total,
        "downstream": one.downstream,
        "upstream": one.upstream,
        "steps": one.steps,
        "claims": list(claims),
        "evidence": list(evidence),
    }
    return {**document, "losses": one.losses} if told else document


def _print_closures(asked: ResolvedRequest[SystemicOptions], closures: tuple[Closure, ...]) -> None:
    cells = [
        (
            name_of(asked.question, one.firm),
            one.tier,
            f"{one.weight:.2%}",
            f"{one.total:.2%}",
            f"{one.downstream:.2%}",
            f"{one.upstream:.2%}",
        )
        for one in closures
    ]
    columns = ["if it closes", "tier", "its own part", "lost of the network (ESRI)", "to customers", "to suppliers"]
    print_table("What each firm's closing takes from the network", columns, cells, empty="No supplier is known.")


def _print_losses(asked: ResolvedRequest[SystemicOptions], closures: tuple[Closure, ...]) -> None:
    for one in closures:
        cells = [
            (name_of(asked.question, each.firm), f"{each.downstream:.1%}", f"{each.upstream:.1%}")
            for each in one.losses[:ROWS]
        ]
        title = f"Who loses when {name_of(asked.question, one.firm)} closes{counted(one.losses)}"
        print_table(title, ["who", "for want of supplies", "for want of customers"], cells, empty="")
