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
    """One holder's share of a whole.

    Attributes:
        id: Id of the firm or country, or the number of the tier; empty if it is unknown.
        share: The share, from 0 to 1.
    """

    id: str
    share: float
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entity(self) -> Entity | None:
        """The firm or country; null for a tier, or if it is unknown."""
        return self.context.maybe(self.id)


@strawberry.type
class Concentration(Traceable, Verifiable):
    """The concentration of one whole: an input of a customer, or a part of the buyer's exposure.

    Attributes:
        by: The kind of whole: `input` of a customer; the buyer's exposure (`all`), through a `product`, at a `tier` or
            in a `country`; or all of it over `countries` or `tiers`.
        key: The product, tier or country. Empty if it is unknown, or if there is only one whole of the kind.
        part: The input's share of the customer's purchases, or the part's share of the buyer's exposure, from 0 to 1.
        index: Herfindahl–Hirschman index, from 0 to 10,000.
        effective: Effective number: as many equal holders would have the same index.
        sole: Whether there is exactly one holder.
        essential: Whether a claim states that the input is essential.
        holders: The holders, by descending share.
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
        """The customer whose input it is; the buyer for its exposure."""
        return self.context.entity(self.computed.customer)

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        return concentration.verify(self.computed)


def concentrations_of(view: ReadView, by: str | None) -> Sequence[ComputedConcentration]:
    """The concentration of the buyer's inputs and exposure.

    Raises:
        InputError: The kind of whole is unknown.
    """
    found = view.session.reasoning.analyses.concentrations(view.required_buyer(), view.at)
    return concentration.only_by(by, found)


def concentration_key(found: ComputedConcentration) -> str:
    """A key that identifies the whole."""
    return f"{found.by}:{found.customer}:{found.key}"


def present_concentrations(view: ReadView, found: Sequence[ComputedConcentration]) -> list[Concentration]:
    """Concentrations as GraphQL shows them, in one context."""
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
