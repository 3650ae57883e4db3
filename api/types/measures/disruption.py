"""Disruption (M2): the probability that suppliers stop the buyer, and the contribution of each firm."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext, Listing, longest
from api.types.base.entity import Entity
from api.types.base.page import Connection
from api.types.base.proof import Trace, TraceableInPart, Verifiable
from ontology.records import ClaimId, EntityId
from reasoning.measures.catalogue import category_of

if TYPE_CHECKING:
    from reasoning.measures.disruption.disruption import Chance as ComputedChance
    from reasoning.measures.disruption.disruption import Disruption as Computed
    from reasoning.measures.disruption.network import OwnChance


@strawberry.type
class Chance:
    """A probability of disruption between two bounds. The exact value is at least `lower` and at most `upper`.

    Attributes:
        lower: Lower bound: the probability of the most probable single path.
        estimate: Estimate: the mean over the sampled worlds.
        error: Standard error of the estimate.
        interval_low: Lower end of the estimate's 95 % confidence interval.
        interval_high: Upper end of the estimate's 95 % confidence interval.
        upper: Upper bound: the least fixed point of the noisy-OR.
        link_chances: For each link of the most probable path, the probability that a stop passes on, from the buyer
            upwards.
        own_chance: Probability that the last firm of the most probable path is disrupted by itself. `lower` is its
            product with all `linkChances`.
    """

    lower: float
    estimate: float
    error: float
    interval_low: float
    interval_high: float
    upper: float
    link_chances: list[float]
    own_chance: float
    ids: strawberry.Private[tuple[EntityId, ...]]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def way(self) -> list[Entity]:
        """The firms of the most probable single path, the buyer first."""
        return [self.context.entity(entity) for entity in self.ids]


@dataclass(frozen=True, slots=True)
class Share:
    """What one firm adds, at the three ends, and its own chance."""

    firm: EntityId
    tier: int
    adds: tuple[float, float, float]
    own: tuple[float, float, float]
    unknown: int
    claims: tuple[ClaimId, ...]


@strawberry.type
class FirmDisruption(TraceableInPart):
    """One firm's contribution to the probability that the buyer is stopped: its Shapley value.

    The contributions of all firms add up to the estimate.

    Attributes:
        tier: Shortest distance from the buyer in supply links.
        low: Contribution to the estimate without inferred links, and with unknown risks at 0.
        value: Contribution to the estimate, as a probability.
        high: Contribution to the estimate with all links, and unknown risks at 1.
        own_low: Probability that the firm is disrupted by itself, with unknown risks at 0.
        own: Probability that the firm is disrupted by itself.
        own_high: Probability that the firm is disrupted by itself, with unknown risks at 1.
        unknown: Number of requested categories in which nothing is known about the firm.
        claims: The claims of the firm's own risks.
    """

    tier: int
    low: float
    value: float
    high: float
    own_low: float
    own: float
    own_high: float
    unknown: int
    computed: strawberry.Private[Share]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def firm(self) -> Entity:
        """The firm."""
        return self.context.entity(self.computed.firm)


@strawberry.type
class Disruption(TraceableInPart, Verifiable):
    """The probability that suppliers stop the buyer.

    Attributes:
        coverage: Share of the pairs of supplier and category about which something is known, from 0 to 1.
        low: The probability without inferred links, and with unknown risks at 0.
        estimate: The probability with inferred links weighted by their confidence, and unknown risks at 0.5.
        high: The probability with all links, and unknown risks at 1.
        claims: The claims of the most probable path, and of the own risks of its last firm.
    """

    coverage: float
    low: Chance
    estimate: Chance
    high: Chance
    computed: strawberry.Private["Computed"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def category(self) -> Entity | None:
        """The category of risk; null for all categories together."""
        return self.context.maybe(self.computed.category)

    @strawberry.field
    def firms(self, first: int = 20, after: str | None = None) -> Connection[FirmDisruption]:
        """The contribution of each firm to the estimate, in descending order."""
        return _firms(self.context.view, self.computed, first, after)

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        from reasoning.measures.disruption.disruption import verify  # noqa: PLC0415 - imports numba

        return verify(self.computed)


def disruption_of(view: ReadView, category: str | None) -> Disruption:
    """The probability that suppliers stop the buyer, in one category or in all together.

    Raises:
        InputError: There is no such category.
    """
    narrowed = None if category is None else category_of(category)
    found = view.session.reasoning.measures.disruption(view.required_buyer(), view.at, category=narrowed)
    return _present(view, [found])[0]


def disruption_by_category(view: ReadView) -> list[Disruption]:
    """The probability that suppliers stop the buyer in each category, in descending order."""
    return _present(view, view.session.reasoning.measures.disruption_by_category(view.required_buyer(), view.at))


def _present(view: ReadView, found: Sequence["Computed"]) -> list[Disruption]:
    entities = [entity for one in found for end in one.ends for entity in end.path.entities]
    entities += [EntityId(one.category) for one in found if one.category]
    context = ConclusionContext(view, entities, [claim for one in found for claim in longest(one.claims)])
    return [
        Disruption(
            coverage=one.coverage,
            low=_chance(one.low, context),
            estimate=_chance(one.middle, context),
            high=_chance(one.high, context),
            computed=one,
            context=context,
            trace=Trace(context, one.claims),
        )
        for one in found
    ]


def _chance(end: "ComputedChance", context: ConclusionContext) -> Chance:
    return Chance(
        lower=end.lower,
        estimate=end.estimate,
        error=end.error,
        interval_low=end.interval[0],
        interval_high=end.interval[1],
        upper=end.upper,
        link_chances=list(end.path.chances),
        own_chance=end.path.own,
        ids=end.path.entities,
        context=context,
    )


def _firms(view: ReadView, found: "Computed", first: int, after: str | None) -> Connection[FirmDisruption]:
    listing = Listing(view, ("disruption", found.category), first, after)
    return listing.show(_shares(view, found), lambda one: one.firm, lambda rows: _present_firms(view, rows))


def _shares(view: ReadView, found: "Computed") -> list[Share]:
    tiers = view.session.reasoning.scoring(found.buyer, view.at).suppliers
    adds: Sequence[Mapping[EntityId, float]] = [dict(end.shares) for end in found.ends]
    shares = [_share(own, tiers[own.firm], adds, found) for own in found.own if own.firm in tiers]
    return sorted(shares, key=lambda one: (-one.adds[1], one.firm))


def _share(own: "OwnChance", tier: int, adds: Sequence[Mapping[EntityId, float]], found: "Computed") -> Share:
    low, middle, high = (end.get(own.firm, 0.0) for end in adds)
    return Share(own.firm, tier, (low, middle, high), own.chance(found.terms), own.unknown, own.claims)


def _present_firms(view: ReadView, rows: Sequence[Share]) -> list[FirmDisruption]:
    context = ConclusionContext(
        view, [one.firm for one in rows], [claim for one in rows for claim in longest(one.claims)]
    )
    return [
        FirmDisruption(
            tier=one.tier,
            low=one.adds[0],
            value=one.adds[1],
            high=one.adds[2],
            own_low=one.own[0],
            own=one.own[1],
            own_high=one.own[2],
            unknown=one.unknown,
            computed=one,
            context=context,
            trace=Trace(context, one.claims),
        )
        for one in rows
    ]
