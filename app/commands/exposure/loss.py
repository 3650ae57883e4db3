"""M3 on the command line: what the buyer loses when each supplier, country or product stops; of one with its chain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.commands.exposure.pictures import network_picture
from app.commands.exposure.request import Document, MeasureView, ResolvedRequest
from app.runtime.output import print_table
from app.views.tables import name_of
from ontology.records import EntityId

if TYPE_CHECKING:
    from reasoning.measures.cascade.loss import Loss, LossChain, LossHop
    from reasoning.measures.options import LossOptions


def answer(asked: ResolvedRequest[LossOptions]) -> MeasureView:
    """The answer by what was asked for."""
    return _by(asked) if asked.subject is None else _one(asked, asked.subject)


def _by(asked: ResolvedRequest[LossOptions]) -> MeasureView:
    from reasoning.measures.cascade.loss import EXPLAINED, LossTerms, verify

    ask, by = asked.options, asked.options.by
    terms = LossTerms(by=by, explained=max(EXPLAINED, ask.top) if ask.explain else EXPLAINED)
    with asked.crew("closing suppliers", len(asked.suppliers)) as crew:
        found = asked.measures(crew).losses(asked.buyer, asked.question.at, terms=terms)
    shown = found.losses[: ask.top]

    def document() -> Document:
        return asked.head(
            by=by,
            unit=found.unit,
            threshold=found.threshold,
            upstream=found.upstream,
            left_out=found.left_out,
            all=len(found.losses),
            losses=[loss_document(one) for one in shown],
            faults=verify(found),
        )

    def say() -> None:
        title = f"What {name_of(asked.question, found.buyer)} loses when this {by} stops"
        if found.left_out:
            title += f"; {found.left_out} more cost at most {found.threshold:.0%} each"
        _print_losses(asked, shown, title)
        if ask.explain:
            _print_chains(asked, shown)

    return MeasureView(document, say, lambda: network_picture(asked, _firms(shown), "Production loss"))


def _one(asked: ResolvedRequest[LossOptions], subject: EntityId) -> MeasureView:
    from reasoning.measures.cascade.loss import verify_loss

    one = asked.measures().loss(asked.buyer, asked.question.at, subject)

    def document() -> Document:
        return asked.head(losses=[loss_document(one)], faults=verify_loss(one, asked.buyer))

    def say() -> None:
        _print_losses(asked, [one], f"What {name_of(asked.question, asked.buyer)} loses")
        _print_chains(asked, [one])

    return MeasureView(document, say, lambda: network_picture(asked, _firms([one]), "Production loss"))


def loss_document(one: Loss) -> Document:
    """What one stop costs, and how it comes about."""
    return {
        "entity": one.entity,
        "tier": one.tier,
        "stopped": dict(one.stopped),
        "value": one.value,
        "observed": one.observed,
        "undelivered": one.undelivered,
        "bound": one.bound,
        "steps": one.steps,
        "chain": None if one.chain is None else _chain(one.chain),
    }


def _chain(chain: LossChain) -> Document:
    return {
        "entities": list(chain.entities),
        "stopped": chain.stopped,
        "hops": [_hop(hop) for hop in chain.hops],
        "claims": list(chain.claims),
        "evidence": list(chain.evidence),
    }


def _hop(hop: LossHop) -> Document:
    return {
        "customer": hop.customer,
        "step": hop.step,
        "loss": hop.loss,
        "essential": hop.essential,
        "product": hop.product or None,
        "bought": hop.bought,
        "contributions": [
            {
                "supplier": each.supplier,
                "bought": each.bought,
                "part": each.part,
                "share": each.share,
                "loss": each.loss,
                "passed": each.passed,
                "claims": list(each.claims),
            }
            for each in hop.contributions
        ],
    }


def _input(asked: ResolvedRequest[LossOptions], hop: LossHop) -> str:
    if not hop.essential:
        return "all that is not essential"
    return name_of(asked.question, hop.product) if hop.product else "an input of no known kind"


def _firms(losses: Sequence[Loss]) -> list[EntityId]:
    return list(
        dict.fromkeys(entity for one in losses for entity in (one.chain.entities if one.chain else one.stopped))
    )


def _print_losses(asked: ResolvedRequest[LossOptions], losses: Sequence[Loss], title: str) -> None:
    cells = [
        (
            name_of(asked.question, one.entity),
            one.tier,
            f"{one.value:.1%}",
            f"{one.observed:.1%}",
            f"{one.undelivered:.1%}",
            "" if one.chain is None else " → ".join(name_of(asked.question, entity) for entity in one.chain.entities),
        )
        for one in losses
    ]
    columns = ["if it stops", "tier", "lost", "by observed links", "not delivered", "way"]
    print_table(title, columns, cells, empty="No stop costs the buyer anything that is known.")


def _print_chains(asked: ResolvedRequest[LossOptions], losses: Sequence[Loss]) -> None:
    for one in losses:
        if one.chain is None:
            continue
        cells = [
            (
                hop.step,
                name_of(asked.question, hop.customer),
                _input(asked, hop),
                "\n".join(
                    f"{name_of(asked.question, each.supplier)}: {each.part:.1%} × {each.loss:.1%}"
                    for each in hop.contributions
                ),
                f"{hop.loss:.1%}",
            )
            for hop in one.chain.hops
        ]
        title = f"How {name_of(asked.question, one.entity)} reaches the buyer"
        print_table(title, ["step", "who", "for want of", "part × loss of", "loses"], cells, empty="")
