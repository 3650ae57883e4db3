"""Disruption (M2): how probably suppliers stop the buyer, and what each firm adds to that."""

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
    """How probable a disruption is: `lower` is never above it, `upper` never below it.

    Attributes:
        lower: The chance of the most probable single way.
        estimate: The mean over the worlds that were drawn.
        error: The standard error of the estimate.
        interval_low: The low end of the estimate's 95 % confidence interval.
        interval_high: Its high end.
        upper: The least fixed point of the noisy-OR.
        link_chances: The chance of each link of the most probable way to stop its customer, from the buyer upwards.
        own_chance: The chance that the last firm of that way is disrupted by itself; times the links' it is `lower`.
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
        """The most probable single way: the buyer first."""
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
    """What one firm adds to the probability that the buyer is stopped: its Shapley value. The firms' add up to it.

    Attributes:
        tier: Fewest links from the buyer.
        low: What it adds to the estimate at the low end, where only what is known counts.
        value: What it adds to the estimate.
        high: What it adds to the estimate at the high end.
        own_low: The chance that it is disrupted by itself, at the low end.
        own: That chance.
        own_high: That chance at the high end.
        unknown: Of how many of the categories that were asked for nothing is known.
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
    """How probably suppliers stop the buyer.

    Attributes:
        coverage: Of which part of the risks, every supplier and category counting alike, something is known.
        low: Where unknown risks are 0 and inferred links are not there.
        estimate: Between the two.
        high: Where unknown risks are 1 and inferred links are there.
        claims: The claims of the most probable way, and of the own risks of its last firm.
    """

    coverage: float
    low: Chance
    estimate: Chance
    high: Chance
    computed: strawberry.Private["Computed"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def category(self) -> Entity | None:
        """The category of risk; null for any of them."""
        return self.context.maybe(self.computed.category)

    @strawberry.field
    def firms(self, first: int = 20, after: str | None = None) -> Connection[FirmDisruption]:
        """What each firm adds to the estimate, the greatest first."""
        return _firms(self.context.view, self.computed, first, after)

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        from reasoning.measures.disruption.disruption import verify  # noqa: PLC0415 - with it comes numba

        return verify(self.computed)


def disruption_of(view: ReadView, category: str | None) -> Disruption:
    """How probably suppliers stop the buyer, by one category or by any.

    Raises:
        InputError: There is no such category.
    """
    narrowed = None if category is None else category_of(category)
    found = view.session.reasoning.measures.disruption(view.required_buyer(), view.at, category=narrowed)
    return _present(view, [found])[0]


def disruption_by_category(view: ReadView) -> list[Disruption]:
    """The same by each category, the most probable first."""
    return _present(view, view.session.reasoning.measures.disruption_by_category(view.required_buyer(), view.at))


def _present(view: ReadView, found: Sequence["Computed"]) -> list[Disruption]:
    entities = [entity for one in found for end in one.ends for entity in end.way.entities]
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
        link_chances=list(end.way.chances),
        own_chance=end.way.own,
        ids=end.way.entities,
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
