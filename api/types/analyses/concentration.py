"""Concentration: how much of an input or of the exposure few firms, products, tiers or countries hold."""

from collections.abc import Iterable, Sequence

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext
from api.types.base.entity import Entity
from api.types.base.proof import Trace, Traceable, Verifiable
from ontology.records import EntityId
from reasoning.analysis import concentration
from reasoning.analysis.concentration import Concentration as ComputedConcentration


@strawberry.type
class Holder:
    """Who holds which part of a whole.

    Attributes:
        id: Id of the firm or country, or the number of the tier; empty where it is not known.
        share: The part, from 0 to 1.
    """

    id: str
    share: float
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entity(self) -> Entity | None:
        """The firm or country; null for a tier, or where it is not known."""
        return self.context.maybe(self.id)


@strawberry.type
class Concentration(Traceable, Verifiable):
    """How concentrated one whole is.

    Attributes:
        by: What the whole is: `input` of a customer; or of the buyer's exposure `all`, or that through a `product`, at
            a `tier`, in a `country`; or all of it over `countries` or `tiers`.
        key: Which product, tier or country; empty where it is not known, or there is but one whole.
        part: Of an input, which part of what the customer buys; else, which part of the buyer's exposure.
        index: The Herfindahl–Hirschman index, from 0 to 10,000.
        effective: As how many equal holders that is.
        sole: Whether there is just one holder.
        essential: Whether a claim calls the input essential.
        holders: Who holds it, the greatest first.
        claims: The supply claims of an input; empty for a part of the exposure.
    """

    by: str
    key: str
    part: float
    index: float
    effective: float
    sole: bool
    essential: bool
    holders: list[Holder]
    computed: strawberry.Private[ComputedConcentration]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def customer(self) -> Entity:
        """Whose input it is; the buyer for its exposure."""
        return self.context.entity(self.computed.customer)

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        return concentration.verify(self.computed)


def concentrations_of(view: ReadView, by: str | None) -> Sequence[ComputedConcentration]:
    """How concentrated the buyer's inputs and exposure are.

    Raises:
        InputError: There is no such sort of whole.
    """
    found = view.session.reasoning.analyses.concentrations(view.required_buyer(), view.at)
    return concentration.only_by(by, found)


def concentration_key(found: ComputedConcentration) -> str:
    """What tells it from all other wholes."""
    return f"{found.by}:{found.customer}:{found.key}"


def present_concentrations(view: ReadView, found: Sequence[ComputedConcentration]) -> list[Concentration]:
    """Concentrations as GraphQL shows them, resting on one context."""
    holders = [EntityId(holder.id) for one in found for holder in one.holders if ":" in holder.id]
    customers = [one.customer for one in found]
    context = ConclusionContext(view, [*customers, *holders], [claim for one in found for claim in one.claims])
    return [
        Concentration(
            by=one.by,
            key=one.key,
            part=one.part,
            index=one.index,
            effective=one.effective,
            sole=one.sole,
            essential=one.essential,
            holders=[Holder(id=holder.id, share=holder.share, context=context) for holder in one.holders],
            computed=one,
            context=context,
            trace=Trace(context, one.claims),
        )
        for one in found
    ]
