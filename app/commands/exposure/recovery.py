"""M4 on the command line: what each stop costs until recovery, how long the buyer survives it, and what binds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from app.commands.exposure.pictures import network_picture
from app.commands.exposure.request import MeasureView, ResolvedRequest, cut_note
from app.runtime.graphql import EVERY
from app.runtime.output import print_table
from app.views.columns import RECOVERY_DELIVERIES, RECOVERY_LIMITS, RECOVERY_STOPS
from app.views.tables import name_of
from ontology.errors import NotFoundError
from ontology.ids import kind_prefix
from ontology.records import EntityId
from reasoning.measures.options import ROWS

if TYPE_CHECKING:
    from reasoning.measures.options import RecoveryOptions
    from reasoning.measures.recovery.answer import Range, Reason, Recoveries, RecoveryStop

_BY_KIND: dict[str, Literal["site", "country"]] = {"sit": "site", "reg": "country"}
_EVERY = 1_000_000  # stops, more than any buyer has


def view(request: ResolvedRequest[RecoveryOptions]) -> MeasureView:
    """The view of the recoveries, or of one of them."""
    from reasoning.measures.recovery.answer import EXPLAINED, RecoveryTerms

    options, by = request.options, _stopping(request)
    explain = options.explain or request.subject is not None
    explained = _EVERY if explain else EXPLAINED
    terms = RecoveryTerms(by=by, days=options.days, explained=explained)
    found = request.measures().recovery(request.buyer, request.session.at, terms=terms)
    shown = _shown(request, found)

    def print_tables() -> None:
        _print_stops(request, found, shown)
        if explain:
            _print_reasons(request, shown)

    firms = {node.holder for one in shown for node in one.stopped}
    options_of_list = {"first": options.top, "by": by, "days": options.days, "explained": explained}
    return MeasureView(
        "recovery",
        {**options_of_list, "every": EVERY, "stopped": request.subject, "explain": explain},
        print_tables,
        lambda: network_picture(request, sorted(firms), "Time to recover"),
    )


def _stopping(request: ResolvedRequest[RecoveryOptions]) -> Literal["supplier", "site", "country"]:
    """What stops: as the request says, else the kind of its subject."""
    if request.options.by is not None:
        return request.options.by
    return "supplier" if request.subject is None else _BY_KIND.get(kind_prefix(request.subject), "supplier")


def _shown(request: ResolvedRequest[RecoveryOptions], found: Recoveries) -> tuple[RecoveryStop, ...]:
    """The stops of the request.

    Raises:
        NotFoundError: Its subject is none of those found.
    """
    if request.subject is None:
        return found.stops[: request.options.top]
    shown = tuple(one for one in found.stops if one.entity == request.subject)
    if not shown:
        fix = f"`tierscope exposure --buyer {request.buyer} --measure recovery` lists what may stop"
        message = f"nothing that {request.buyer} sells needs {request.subject}"
        raise NotFoundError(message, fix=fix, id=request.subject)
    return shown


def _print_stops(request: ResolvedRequest[RecoveryOptions], found: Recoveries, stops: tuple[RecoveryStop, ...]) -> None:
    rows = [
        (
            name_of(request.session, one.entity),
            "not known" if one.days is None else f"{one.days:g}" + (" (assumed)" if one.assumed else ""),
            _range(one.survival, "{:.1f}"),
            _range(one.gap, "{:+.1f}"),
            _range(one.loss, "{:,.0f}"),
            _range(one.index, "{:.2f}"),
        )
        for one in stops
    ]
    unit = found.currency or "units"
    title = f"What {name_of(request.session, found.buyer)} loses until recovery, in {unit} and days, best – worst"
    if found.gaps:
        title += f"; {len(found.gaps)} figures are not known"
    empty = "No supplier makes anything that this buyer sells."
    print_table(title, RECOVERY_STOPS.headings, rows, empty=empty)


def _range(found: Range | None, form: str) -> str:
    """A range in words: one figure where both ends are the same."""
    if found is None:
        return "not known"
    ends = [form.format(end) if math.isfinite(end) else "unlimited" for end in (found.best, found.worst)]
    return ends[0] if ends[0] == ends[1] else " – ".join(ends)


def _print_reasons(request: ResolvedRequest[RecoveryOptions], stops: Sequence[RecoveryStop]) -> None:
    for one in stops:
        reason = one.losing or one.lasting
        if reason is not None:
            _print_limits(request, one.entity, reason)
            _print_contingency(request, reason)


def _print_limits(request: ResolvedRequest[RecoveryOptions], stopped: EntityId, reason: Reason) -> None:
    rows = [
        (
            limit.kind,
            name_of(request.session, limit.holder),
            name_of(request.session, limit.product) if limit.product else "",
            f"{limit.amount:,.0f}",
            f"{limit.worth:,.4g}",
            len(limit.claims),
        )
        for limit in reason.limits[:ROWS]
    ]
    title = f"What binds when {name_of(request.session, stopped)} stops{cut_note(reason.limits)}"
    print_table(title, RECOVERY_LIMITS.headings, rows, empty="")


def _print_contingency(request: ResolvedRequest[RecoveryOptions], reason: Reason) -> None:
    rows = [
        (
            name_of(request.session, one.giver.holder),
            name_of(request.session, one.taker.holder),
            f"{one.units:,.0f}",
            f"{one.undisrupted:,.0f}",
        )
        for one in reason.contingency[:ROWS]
    ]
    if rows:
        title = f"Where other supply comes from{cut_note(reason.contingency)}"
        print_table(title, RECOVERY_DELIVERIES.headings, rows, empty="")
