"""Alternatives: other makers of a product that a customer could buy from instead."""

from collections.abc import Iterable, Sequence

import strawberry

from api.request.context import ReadView
from api.types.analyses.edits import Edit, present_edit
from api.types.base.conclusion import ConclusionContext
from api.types.base.entity import Entity
from api.types.base.proof import Trace, Traceable, Verifiable
from ontology.records import EntityId
from reasoning.analysis import alternatives
from reasoning.analysis.alternatives import Alternative as ComputedAlternative


@strawberry.type
class Alternative(Traceable, Verifiable):
    """A switch: a customer buys a product from another known maker instead.

    Attributes:
        product: Id of the product.
        share: Share of the customer's purchases that is switched, from 0 to 1.
        already: Whether the customer already buys the product from the other maker too.
        before: The buyer's whole exposure before the switch, for the known network.
        after: The buyer's whole exposure after the switch, for the known network.
        low_before: The low end of its interval now.
        high_before: The high end now.
        low_after: The low end after the switch.
        high_after: The high end after it.
        change: `after` minus `before`; negative if the switch lowers the exposure.
        whole_low_before: Lower bound of the buyer's whole exposure before the switch, including unknown suppliers.
        whole_high_before: Upper bound of the buyer's whole exposure before the switch, including unknown suppliers.
        whole_low_after: Lower bound of the buyer's whole exposure after the switch, including unknown suppliers.
        whole_high_after: Upper bound of the buyer's whole exposure after the switch, including unknown suppliers.
        loss_before: Share of its production that the buyer loses if the present supplier stops before the switch. Null
            if it was not computed.
        loss_after: Share of its production that the buyer loses if the other maker stops after the switch. Null if it
            was not computed.
        edits: The changes that make the switch, for a what-if.
        claims: The claims that the other maker makes the product.
    """

    product: str
    share: float
    already: bool
    before: float
    after: float
    change: float
    low_before: float
    high_before: float
    low_after: float
    high_after: float
    whole_low_before: float
    whole_high_before: float
    whole_low_after: float
    whole_high_after: float
    loss_before: float | None
    loss_after: float | None
    edits: list[Edit]
    computed: strawberry.Private[ComputedAlternative]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def customer(self) -> Entity:
        """The customer that switches."""
        return self.context.entity(self.computed.customer)

    @strawberry.field
    def supplier(self) -> Entity:
        """The supplier that is replaced."""
        return self.context.entity(self.computed.supplier)

    @strawberry.field
    def other(self) -> Entity:
        """The maker that takes over."""
        return self.context.entity(self.computed.other)

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        return alternatives.verify(self.computed, self.context.view.snapshot())


def alternatives_of(view: ReadView, supplier: str, customer: str | None) -> Sequence[ComputedAlternative]:
    """Other makers that the supplier's customers could buy from.

    Raises:
        NotFoundError: The supplier supplies nobody in the buyer's network, or not this customer.
    """
    whose = None if customer is None else EntityId(customer)
    analyses = view.session.reasoning.analyses
    return analyses.alternatives(view.required_buyer(), EntityId(supplier), view.at, customer=whose)


def present_alternatives(view: ReadView, found: Sequence[ComputedAlternative]) -> list[Alternative]:
    """Alternatives as GraphQL shows them, in one context."""
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
            low_before=one.before[0],
            high_before=one.before[2],
            low_after=one.after[0],
            high_after=one.after[2],
            whole_low_before=one.whole_before.low,
            whole_high_before=one.whole_before.high,
            whole_low_after=one.whole_after.low,
            whole_high_after=one.whole_after.high,
            loss_before=one.loss_before,
            loss_after=one.loss_after,
            edits=[present_edit(edit) for edit in one.edits],
            computed=one,
            context=context,
            trace=Trace(context, one.claims),
        )
        for one in found
    ]
