"""M4 on the command line: what each stop costs until recovery, how long the buyer survives it; of one stop also why."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from app.commands.exposure.pictures import network_picture
from app.commands.exposure.request import Document, MeasureView, ResolvedRequest, counted
from app.runtime.output import print_table
from app.views.tables import name_of
from ontology.errors import NotFoundError
from ontology.ids import kind_prefix
from ontology.records import EntityId
from reasoning.measures.options import ROWS

if TYPE_CHECKING:
    from reasoning.measures.options import RecoveryOptions
    from reasoning.measures.recovery.answer import Range, Reason, Recoveries, RecoveryStop

_BY_KIND: dict[str, Literal["site", "country"]] = {"sit": "site", "reg": "country"}
_EVERY = 1_000_000


def answer(asked: ResolvedRequest[RecoveryOptions]) -> MeasureView:
    """The answer by what was asked for."""
    from reasoning.measures.recovery.answer import EXPLAINED, RecoveryTerms
    from reasoning.measures.recovery.recovery import verify

    ask = asked.options
    by = _stopping(asked)
    told = ask.explain or asked.subject is not None
    terms = RecoveryTerms(by=by, days=ask.days, explained=_EVERY if told else EXPLAINED)
    found = asked.measures().recovery(asked.buyer, asked.question.at, terms=terms)
    shown = _shown(asked, found)

    def document() -> Document:
        return asked.head(
            by=by,
            currency=found.currency or None,
            gaps=[{"what": gap.what, "holder": gap.holder, "product": gap.product} for gap in found.gaps],
            all=len(found.stops),
            stops=[_stop(one, told=told) for one in shown],
            faults=verify(found),
        )

    def say() -> None:
        _print_stops(asked, found, shown)
        if told:
            _print_reasons(asked, shown)

    firms = {node.holder for one in shown for node in one.stopped}
    return MeasureView(document, say, lambda: network_picture(asked, sorted(firms), "Time to recover"))


def _stopping(asked: ResolvedRequest[RecoveryOptions]) -> Literal["supplier", "site", "country"]:
    """What stops: as it was given, else of the kind of the one that is explained."""
    if asked.options.by is not None:
        return asked.options.by
    return "supplier" if asked.subject is None else _BY_KIND.get(kind_prefix(asked.subject), "supplier")


def _shown(asked: ResolvedRequest[RecoveryOptions], found: Recoveries) -> tuple[RecoveryStop, ...]:
    if asked.subject is None:
        return found.stops[: asked.options.top]
    shown = tuple(one for one in found.stops if one.entity == asked.subject)
    if not shown:
        fix = f"`tierscope exposure --buyer {asked.buyer} --measure recovery` lists what may stop"
        raise NotFoundError(f"nothing that {asked.buyer} sells needs {asked.subject}", fix=fix, id=asked.subject)
    return shown


def _stop(one: RecoveryStop, *, told: bool) -> Document:
    document = {
        "entity": one.entity,
        "stops": [{"holder": node.holder, "product": node.product} for node in one.stopped],
        "days": one.days,
        "assumed": one.assumed,
        "loss": _range(one.loss),
        "undisrupted": _range(one.undisrupted),
        "survival": _range(one.survival),
        "gap": _range(one.gap),
        "index": _range(one.index),
    }
    return {**document, "losing": _reason(one.losing), "lasting": _reason(one.lasting)} if told else document


def _range(found: Range | None) -> Document | None:
    """Both ends; an endless one is null."""
    return None if found is None else {"best": _finite(found.best), "worst": _finite(found.worst)}


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None


def _reason(found: Reason | None) -> Document | None:
    if found is None:
        return None
    return {
        "days": _finite(found.days),
        "demanded": found.demanded,
        "limits": [
            {
                "kind": one.kind,
                "holder": one.holder,
                "product": one.product or None,
                "amount": _finite(one.amount),
                "worth": one.worth,
                "claims": list(one.claims),
            }
            for one in found.limits
        ],
        "contingency": [
            {"from": one.giver.holder, "to": one.taker.holder, "units": one.units, "undisrupted": one.undisrupted}
            for one in found.contingency
        ],
        "lost": dict(found.lost),
    }


def _print_stops(asked: ResolvedRequest[RecoveryOptions], found: Recoveries, stops: tuple[RecoveryStop, ...]) -> None:
    cells = [
        (
            name_of(asked.question, one.entity),
            "not known" if one.days is None else f"{one.days:g}" + (" (assumed)" if one.assumed else ""),
            _between(one.survival, "{:.1f}"),
            _between(one.gap, "{:+.1f}"),
            _between(one.loss, "{:,.0f}"),
            _between(one.index, "{:.2f}"),
        )
        for one in stops
    ]
    unit = found.currency or "units"
    columns = ["if it stops", "days to recover", "days survived", "gap", f"lost, {unit}", "index"]
    title = f"What {name_of(asked.question, found.buyer)} loses until recovery, at best – at worst"
    if found.gaps:
        title += f"; {len(found.gaps)} figures are not known"
    print_table(title, columns, cells, empty="Nobody makes anything for what this buyer sells.")


def _between(found: Range | None, form: str) -> str:
    if found is None:
        return "not known"
    ends = [form.format(end) if math.isfinite(end) else "endless" for end in (found.best, found.worst)]
    return ends[0] if ends[0] == ends[1] else " – ".join(ends)


def _print_reasons(asked: ResolvedRequest[RecoveryOptions], stops: tuple[RecoveryStop, ...]) -> None:
    for one in stops:
        reason = one.losing or one.lasting
        if reason is None:
            continue
        cells = [
            (
                limit.kind,
                name_of(asked.question, limit.holder),
                name_of(asked.question, limit.product) if limit.product else "",
                f"{limit.amount:,.0f}",
                f"{limit.worth:,.4g}",
                f"{len(limit.claims)} claims",
            )
            for limit in reason.limits[:ROWS]
        ]
        title = f"What binds when {name_of(asked.question, one.entity)} stops{counted(reason.limits)}"
        print_table(title, ["what", "of", "product", "there is", "one more is worth", "proof"], cells, empty="")
        _print_contingency(asked, reason)


def _print_contingency(asked: ResolvedRequest[RecoveryOptions], reason: Reason) -> None:
    cells = [
        (
            name_of(asked.question, EntityId(one.giver.holder)),
            name_of(asked.question, EntityId(one.taker.holder)),
            f"{one.units:,.0f}",
            f"{one.undisrupted:,.0f}",
        )
        for one in reason.contingency[:ROWS]
    ]
    if cells:
        title = f"Where other supply comes from{counted(reason.contingency)}"
        print_table(title, ["from", "to", "units", "without the stop"], cells, empty="")
