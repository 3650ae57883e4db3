"""M3 over all firms on the command line: what each firm's closing takes from the buyer's whole network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.exposure.pictures import network_picture
from app.commands.exposure.request import MeasureView, ResolvedRequest, cut_note
from app.runtime.graphql import EVERY
from app.runtime.output import print_table
from app.views.columns import CLOSURES, FIRM_LOSSES
from app.views.tables import name_of
from reasoning.measures.options import ROWS

if TYPE_CHECKING:
    from reasoning.measures.cascade.systemic import Closure
    from reasoning.measures.options import SystemicOptions


def view(request: ResolvedRequest[SystemicOptions]) -> MeasureView:
    """The view of the systemic risk of each firm, or of one."""
    from reasoning.measures.cascade.systemic import EXPLAINED

    options, only = request.options, request.supplier
    explained = max(EXPLAINED, options.top) if options.explain else EXPLAINED
    with request.executor("closing firms", 1 if only else len(request.suppliers) + 1) as executor:
        measures = request.measures(executor)
        found = measures.systemic(request.buyer, request.session.at, only=only, explained=explained)
    shown = found.closures[: options.top]
    explain = options.explain or only is not None

    def print_tables() -> None:
        _print_closures(request, shown)
        if explain:
            _print_losses(request, shown)

    return MeasureView(
        "systemic",
        {"first": options.top, "every": EVERY, "supplier": only, "explained": explained, "explain": explain},
        print_tables,
        lambda: network_picture(request, [one.firm for one in shown], "Systemic risk"),
    )


def _print_closures(request: ResolvedRequest[SystemicOptions], closures: tuple[Closure, ...]) -> None:
    rows = [
        (
            name_of(request.session, one.firm),
            one.tier,
            f"{one.weight:.2%}",
            f"{one.total:.2%}",
            f"{one.downstream:.2%}",
            f"{one.upstream:.2%}",
        )
        for one in closures
    ]
    title = "What each firm's closing takes from the network (ESRI)"
    print_table(title, CLOSURES.headings, rows, empty="No supplier is known.")


def _print_losses(request: ResolvedRequest[SystemicOptions], closures: tuple[Closure, ...]) -> None:
    for one in closures:
        rows = [
            (name_of(request.session, each.firm), f"{each.downstream:.1%}", f"{each.upstream:.1%}")
            for each in one.losses[:ROWS]
        ]
        title = f"Who loses when {name_of(request.session, one.firm)} closes{cut_note(one.losses)}"
        print_table(title, FIRM_LOSSES.headings, rows, empty="")
