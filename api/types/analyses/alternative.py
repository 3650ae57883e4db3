"""Alternatives: other makers of a product that a customer could buy from instead."""

from collections.abc import Iterable, Sequence

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext
from api.types.base.entity import Entity
from api.types.base.proof import Trace, Traceable, Verifiable
from ontology.records import EntityId
from reasoning.analysis import alternatives
from reasoning.analysis.alternatives import Alternative as ComputedAlternative


@strawberry.type
class Alternative(Traceable, Verifiable):
    """A switch: a customer buys a product from another known maker of it instead.

    Attributes:
        product: Id of the product.
        share: The part of what the customer buys that is switched, from 0 to 1.
        already: Whether the customer buys the product from the other one too.
        before: The buyer's whole exposure now, as far as the network is known.
        after: The buyer's whole exposure after the switch.
        change: After less before; below 0 where the switch lowers the exposure.
        whole_low_before: The least that it may be now, whoever may stand behind firms of which no supplier is known.
        whole_high_before: The most that it may be now.
        whole_low_after: The least that it may be after the switch.
        whole_high_after: The most that it may be after it.
        loss_before: What part of its production the buyer loses when the present supplier stops now, by the exact
            cascade; null where it was not computed.
        loss_after: What part it loses when the other one stops after the switch.
        changes: The changes that make the switch, one sentence each.
        claims: The claims that the other supplier makes the product.
    """

    product: str
    share: float
    already: bool
    before: float
    after: float
    change: float
    whole_low_before: float
    whole_high_before: float
    whole_low_after: float
    whole_high_after: float
    loss_before: float | None
    loss_after: float | None
    changes: list[str]
    computed: strawberry.Private[ComputedAlternative]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def customer(self) -> Entity:
        """Who switches."""
        return self.context.entity(self.computed.customer)

    @strawberry.field
    def supplier(self) -> Entity:
        """Who is replaced."""
        return self.context.entity(self.computed.supplier)

    @strawberry.field
    def other(self) -> Entity:
        """Who takes over."""
        return self.context.entity(self.computed.other)

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        return alternatives.verify(self.computed, self.context.view.snapshot())


def alternatives_of(view: ReadView, supplier: str, customer: str | None) -> Sequence[ComputedAlternative]:
    """Which other makers the supplier's customers could buy from.

    Raises:
        NotFoundError: The supplier supplies nobody in the buyer's network, or not this customer.
    """
    whose = None if customer is None else EntityId(customer)
    analyses = view.session.reasoning.analyses
    return analyses.alternatives(view.required_buyer(), EntityId(supplier), view.at, customer=whose)


def present_alternatives(view: ReadView, found: Sequence[ComputedAlternative]) -> list[Alternative]:
    """Alternatives as GraphQL shows them, resting on one context."""
    entities = [entity for one in found for entity in (one.customer, one.supplier, one.other)]
    context = ConclusionContext(view, entities, [claim for one in found for claim in one.claims])
    return [
        Alternative(
            product=one.product,
            share=one.share,
            already=one.already,
            before=one.before[1],
            after=one.after[1],
            change=one.change,
            whole_low_before=one.whole_before.low,
            whole_high_before=one.whole_before.high,
            whole_low_after=one.whole_after.low,
            whole_high_after=one.whole_after.high,
            loss_before=one.loss_before,
            loss_after=one.loss_after,
            changes=[edit.text for edit in one.edits],
            computed=one,
            context=context,
            trace=Trace(context, one.claims),
        )
        for one in found
    ]
