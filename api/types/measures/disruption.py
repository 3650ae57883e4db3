"""Disruption (M2): the probability that suppliers stop the buyer, and the contribution of each firm."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import strawberry

from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext, Listing
from api.types.base.entity import Entity
from api.types.base.page import Connection
from api.types.base.proof import Trace, Traceable, TraceableInPart, Verifiable
from ontology.records import EntityId
from reasoning.measures.catalogue import category_of
from reasoning.network.citations import claims_along
from reasoning.network.links import Link
from reasoning.risk.own_risk import OwnRisk

if TYPE_CHECKING:
    from reasoning.measures.disruption.disruption import Chance as ComputedChance
    from reasoning.measures.disruption.disruption import Disruption as Computed
    from reasoning.measures.disruption.network import DisruptionTerms as ComputedTerms
    from reasoning.measures.disruption.shares import FirmShare


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
        worlds: The number of random worlds that the estimate is the mean of.
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
    worlds: int
    link_chances: list[float]
    own_chance: float
    ids: strawberry.Private[tuple[EntityId, ...]]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def way(self) -> list[Entity]:
        """The firms of the most probable single path, the buyer first."""
        return [self.context.entity(entity) for entity in self.ids]


@strawberry.type
class DisruptionTerms:
    """The assumptions of a disruption, where no claim says how far a stop reaches.

    Attributes:
        stop_probability: The probability that a risk of 1 stops a firm within a year, from 0 to 1.
        most: The probability that the only supplier of an input stops its customer, from 0 to 1.
        substitutability: The part of any input that another firm can deliver in time, from 0 to 1.
        worlds: The number of random worlds that are drawn for each estimate.
        seed: The seed of the random numbers.
    """

    stop_probability: float
    most: float
    substitutability: float
    worlds: int
    seed: int


@strawberry.type
class FirmRisk(Traceable):
    """A known own risk of a firm, in one category.

    Attributes:
        low: The risk at the low end of its interval, from 0 to 1.
        value: The risk, from 0 to 1.
        high: The risk at the high end of its interval, from 0 to 1.
        claims: The claims that the own risk follows from.
    """

    low: float
    value: float
    high: float
    id: strawberry.Private[EntityId]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def category(self) -> Entity:
        """The category of risk."""
        return self.context.entity(self.id)


@strawberry.type
class SupplyPath(Traceable):
    """A shortest supply path from the buyer up to a firm.

    Attributes:
        claims: The claims of its links.
    """

    ids: strawberry.Private[tuple[EntityId, ...]]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entities(self) -> list[Entity]:
        """The buyer first, the firm last."""
        return [self.context.entity(entity) for entity in self.ids]


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
        risks: The known own risks of the firm, of the categories that were asked for.
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
    risks: list[FirmRisk]
    computed: strawberry.Private["FirmShare"]
    paths: strawberry.Private["FirmPaths"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def firm(self) -> Entity:
        """The firm."""
        return self.context.entity(self.computed.firm)

    @strawberry.field
    def path(self) -> SupplyPath:
        """A shortest supply path from the buyer to the firm."""
        return self.paths.of(self.computed.firm)


@strawberry.type
class Disruption(TraceableInPart, Verifiable):
    """The probability that suppliers stop the buyer.

    Attributes:
        coverage: Share of the pairs of supplier and category about which something is known, from 0 to 1.
        low: The probability without inferred links, and with unknown risks at 0.
        estimate: The probability with inferred links weighted by their confidence, and unknown risks at 0.5.
        high: The probability with all links, and unknown risks at 1.
        terms: What is assumed.
        claims: The claims of the most probable path, and of the own risks of its last firm.
    """

    coverage: float
    low: Chance
    estimate: Chance
    high: Chance
    terms: DisruptionTerms
    computed: strawberry.Private["Computed"]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def category(self) -> Entity | None:
        """The category of risk; null for all categories together."""
        return self.context.maybe(self.computed.category)

    @strawberry.field
    def firms(
        self, first: int = 20, after: str | None = None, only: strawberry.ID | None = None
    ) -> Connection[FirmDisruption]:
        """The contribution of each firm to the estimate, in descending order."""
        return _firms(self.context.view, self.computed, only, first, after)

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        from reasoning.measures.disruption.disruption import verify  # noqa: PLC0415 - imports numba

        return verify(self.computed)


def disruption_of(view: ReadView, category: str | None, stop_probability: float) -> Disruption:
    """The probability that suppliers stop the buyer, in one category or in all together.

    Raises:
        InputError: There is no such category, or the stop probability is none.
    """
    wanted, terms = _category(category), _terms(stop_probability)
    measures = view.session.reasoning.measures
    return _present(view, [measures.disruption(view.required_buyer(), view.at, category=wanted, terms=terms)])[0]


def disruption_after(view: ReadView, stopped: EntityId, category: str | None, stop_probability: float) -> Disruption:
    """The same once one thing stops for certain.

    Raises:
        InputError: There is no such category, or the stop probability is none.
        NotFoundError: Nothing that supplies anybody stops with it.
    """
    wanted, terms = _category(category), _terms(stop_probability)
    measures, buyer = view.session.reasoning.measures, view.required_buyer()
    return _present(view, [measures.disruption_after(buyer, view.at, stopped, category=wanted, terms=terms)])[0]


def disruption_by_category(view: ReadView, first: int, stop_probability: float) -> list[Disruption]:
    """The same by each category, the most probable first.

    Raises:
        InputError: The stop probability is none.
    """
    measures, terms = view.session.reasoning.measures, _terms(stop_probability)
    found = measures.disruption_by_category(view.required_buyer(), view.at, terms=terms)
    return _present(view, found[: view.page(first)])


def _category(name: str | None) -> EntityId | None:
    return None if name is None else category_of(name)


def _terms(stop_probability: float) -> "ComputedTerms":
    from reasoning.measures.disruption.network import DisruptionTerms as ComputedTerms  # noqa: PLC0415 - numba

    return ComputedTerms(stop_probability=stop_probability)


def _present(view: ReadView, found: Sequence["Computed"]) -> list[Disruption]:
    entities = [entity for one in found for end in one.ends for entity in end.path.entities]
    entities += [EntityId(one.category) for one in found if one.category]
    context = ConclusionContext(view, entities, [claim for one in found for claim in view.longest(one.claims)])
    return [
        Disruption(
            coverage=one.coverage,
            low=_chance(one.low, context),
            estimate=_chance(one.middle, context),
            high=_chance(one.high, context),
            terms=_shown_terms(one.terms),
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
        worlds=end.drawn.worlds,
        link_chances=list(end.path.chances),
        own_chance=end.path.own,
        ids=end.path.entities,
        context=context,
    )


def _shown_terms(terms: "ComputedTerms") -> DisruptionTerms:
    return DisruptionTerms(
        stop_probability=terms.stop_probability,
        most=terms.most,
        substitutability=terms.substitutability,
        worlds=terms.worlds,
        seed=terms.seed,
    )


def _firms(
    view: ReadView, found: "Computed", only: str | None, first: int, after: str | None
) -> Connection[FirmDisruption]:
    from reasoning.measures.disruption.shares import firm_shares  # noqa: PLC0415 - with it comes numba

    listing = Listing(view, ("disruption", found.category, only or ""), first, after)
    shares = [share for share in firm_shares(found) if only is None or share.firm == view.identity.of(EntityId(only))]
    return listing.show(shares, lambda one: one.firm, lambda rows: _present_firms(view, found, rows))


def _present_firms(view: ReadView, found: "Computed", rows: Sequence["FirmShare"]) -> list[FirmDisruption]:
    risks = [risk for one in rows for risk in one.chance.known]
    claims = [claim for one in rows for claim in view.longest(one.claims)]
    context = ConclusionContext(view, [*(one.firm for one in rows), *(risk.category for risk in risks)], claims)
    paths = FirmPaths(view, found.buyer, [one.firm for one in rows])
    return [_firm(one, context, paths) for one in rows]


def _firm(one: "FirmShare", context: ConclusionContext, paths: "FirmPaths") -> FirmDisruption:
    return FirmDisruption(
        tier=paths.tiers[one.firm],
        low=one.added[0],
        value=one.added[1],
        high=one.added[2],
        own_low=one.own[0],
        own=one.own[1],
        own_high=one.own[2],
        unknown=one.unknown,
        risks=[_risk(risk, context) for risk in one.chance.known],
        computed=one,
        paths=paths,
        context=context,
        trace=Trace(context, one.claims),
    )


def _risk(risk: OwnRisk, context: ConclusionContext) -> FirmRisk:
    low, value, high = risk.bounds
    proof = Trace(context, risk.claims)
    return FirmRisk(low=low, value=value, high=high, id=risk.category, context=context, trace=proof)


class FirmPaths:
    """The shortest supply paths to the firms of one list; their claims are read together, when one is requested."""

    def __init__(self, view: ReadView, buyer: EntityId, firms: Sequence[EntityId]) -> None:
        self._view = view
        self._buyer = buyer
        self._firms = firms
        self._scoring = view.session.reasoning.scoring(buyer, view.at)
        self.tiers = self._scoring.suppliers

    def of(self, firm: EntityId) -> SupplyPath:
        """The path to one of the firms."""
        links, context = self._paths[firm], self._context
        ids = (self._buyer, *(link.supplier for link in links))
        return SupplyPath(ids=ids, context=context, trace=Trace(context, claims_along(links)))

    @cached_property
    def _paths(self) -> Mapping[EntityId, tuple[Link, ...]]:
        return {firm: self._scoring.shortest_path(firm) for firm in self._firms}

    @cached_property
    def _context(self) -> ConclusionContext:
        links = [link for path in self._paths.values() for link in path]
        claims = [claim for link in links for claim in link.claims]
        return ConclusionContext(self._view, [self._buyer, *(link.supplier for link in links)], claims)
