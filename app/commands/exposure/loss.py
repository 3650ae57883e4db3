"""M3 on the command line: what the buyer loses when a supplier, country or product stops, and by which chain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.commands.exposure.pictures import network_picture
from app.commands.exposure.request import MeasureView, ResolvedRequest
from app.runtime.output import print_table
from app.views.columns import LOSS_HOPS, LOSSES
from app.views.tables import chain_of, name_of
from ontology.records import EntityId

if TYPE_CHECKING:
    from reasoning.measures.cascade.loss import Loss, LossHop
    from reasoning.measures.options import LossOptions


def view(request: ResolvedRequest[LossOptions]) -> MeasureView:
    """The view of the losses, or of one of them."""
    return _of_each(request) if request.subject is None else _of_one(request, request.subject)


def _of_each(request: ResolvedRequest[LossOptions]) -> MeasureView:
    from reasoning.measures.cascade.loss import EXPLAINED, LossTerms

    options, by = request.options, request.options.by
    explained = max(EXPLAINED, options.top) if options.explain else EXPLAINED
    terms = LossTerms(by=by, explained=explained)
    with request.executor("closing suppliers", len(request.suppliers)) as executor:
        found = request.measures(executor).losses(request.buyer, request.session.at, terms=terms)
    shown = found.losses[: options.top]

    def print_tables() -> None:
        title = f"What {name_of(request.session, found.buyer)} loses when this {by} stops"
        if found.left_out:
            title += f"; {found.left_out} more cost at most {found.threshold:.0%} each"
        _print_losses(request, shown, title)
        if options.explain:
            _print_chains(request, shown)

    return MeasureView(
        "production-losses",
        {"first": options.top, "by": by, "explained": explained},
        print_tables,
        lambda: network_picture(request, _firms(shown), "Production loss"),
    )


def _of_one(request: ResolvedRequest[LossOptions], subject: EntityId) -> MeasureView:
    one = request.measures().loss(request.buyer, request.session.at, subject)

    def print_tables() -> None:
        _print_losses(request, [one], f"What {name_of(request.session, request.buyer)} loses")
        _print_chains(request, [one])

    return MeasureView(
        "production-loss",
        {"id": subject},
        print_tables,
        lambda: network_picture(request, _firms([one]), "Production loss"),
    )


def _firms(losses: Sequence[Loss]) -> list[EntityId]:
    """The firms of the chains, the greatest loss first; of a loss without a chain, those that stop."""
    return list(
        dict.fromkeys(entity for one in losses for entity in (one.chain.entities if one.chain else one.stopped))
    )


def _print_losses(request: ResolvedRequest[LossOptions], losses: Sequence[Loss], title: str) -> None:
    rows = [
        (
            name_of(request.session, one.entity),
            one.tier,
            f"{one.value:.1%}",
            f"{one.observed:.1%}",
            f"{one.undelivered:.1%}",
            "" if one.chain is None else chain_of(request.session, one.chain.entities),
        )
        for one in losses
    ]
    print_table(title, LOSSES.headings, rows, empty="No stop costs the buyer anything that is known.")


def _print_chains(request: ResolvedRequest[LossOptions], losses: Sequence[Loss]) -> None:
    for one in losses:
        if one.chain is not None:
            rows = [_hop_row(request, hop) for hop in one.chain.hops]
            title = f"How {name_of(request.session, one.entity)} reaches the buyer"
            print_table(title, LOSS_HOPS.headings, rows, empty="")


def _hop_row(request: ResolvedRequest[LossOptions], hop: LossHop) -> tuple[object, ...]:
    contributions = [
        f"{name_of(request.session, each.supplier)}: {each.part:.1%} × {each.loss:.1%}" for each in hop.contributions
    ]
    customer = name_of(request.session, hop.customer)
    return hop.step, customer, _input(request, hop), "\n".join(contributions), f"{hop.loss:.1%}"


def _input(request: ResolvedRequest[LossOptions], hop: LossHop) -> str:
    """The input that binds."""
    if not hop.essential:
        return "all inputs that are not essential"
    return name_of(request.session, hop.product) if hop.product else "an input without a product"
