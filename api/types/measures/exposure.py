"""Exposure (M1): a score, its interval, and the paths and risks that it is made from."""

from collections.abc import Iterable, Mapping, Sequence

import strawberry

from api.request.batches import EntityBatch
from api.request.context import ReadView
from api.types.base.conclusion import ConclusionContext, Listing
from api.types.base.entity import Entity
from api.types.base.page import Connection
from api.types.base.proof import Trace, Traceable, TraceableInPart, Verifiable
from api.types.measures.assessment import Assessment, present_assessment
from ontology.errors import QueryError
from ontology.records import EntityId
from reasoning.exposure.exposure import WHOLE_EXPOSURE, ExposureScope, verify
from reasoning.exposure.exposure import CategoryPart as ComputedCategoryPart
from reasoning.exposure.exposure import Exposure as Computed
from reasoning.exposure.exposure import ExposurePath as ComputedPath
from reasoning.exposure.exposure import PathHop as ComputedPathHop
from reasoning.measures.catalogue import category_of
from reasoning.network.links import Link
from reasoning.risk.own_risk import OwnRisk as ComputedRisk


@strawberry.type
class OwnRisk(Traceable):
    """A firm's own risk in one category: a recorded risk, or else an assessment of evidence.

    Attributes:
        value: Severity times likelihood, from 0 to 1.
        low: Lower bound of the risk.
        high: Upper bound of the risk.
        assessment: The assessment behind the risk; null if a risk is recorded.
        claims: The claims that the own risk follows from.
    """

    value: float
    low: float
    high: float
    assessment: Assessment | None
    computed: strawberry.Private[ComputedRisk]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def risk(self) -> Entity | None:
        """The recorded risk with the greatest weight; null if evidence was assessed instead."""
        return None if self.computed.risk is None else self.context.entity(self.computed.risk)

    @strawberry.field
    def place(self) -> Entity:
        """The firm, site or region that the risk affects."""
        return self.context.entity(self.computed.place)


@strawberry.type
class CategoryPart:
    """One category's part of a score. The parts of all categories add up to the score.

    Attributes:
        weight: Weight of the category, from 0 to 1. All weights add up to 1.
        low: Part of the lower bound.
        score: Part of the estimate.
        high: Part of the upper bound.
        own_risk: The supplier's own risk in the category; null if it is unknown, which is not the same as 0.
    """

    weight: float
    low: float
    score: float
    high: float
    own_risk: OwnRisk | None
    computed: strawberry.Private[ComputedCategoryPart]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def category(self) -> Entity:
        """The category of risk."""
        return self.context.entity(self.computed.category)


@strawberry.type
class HopLink(Traceable):
    """One counted supply link of a step; several products, or several figures of one source, are several links.

    Attributes:
        product: Id or name of what is supplied; empty where it is not known.
        weight: The link's weight among all links of the customer, in the unit of the step.
        counted: The part of the weight that the estimate counts; less than the weight for an inferred link.
        claims: The claims of the link.
    """

    product: str
    weight: float
    counted: float


@strawberry.type
class PathHop(Traceable):
    """One step of a path, from a customer to a supplier.

    Attributes:
        share: The supplier's share of the customer's need, from 0 to 1.
        inferred: Whether the step rests on inferred claims only.
        unit: The unit in which the customer's links are weighed, such as `annualSpend EUR` or `equal`.
        counted: The counted weight of the supplier's links, in that unit: `share` times `total`.
        total: The weight of all links of the customer, in that unit.
        links: The links of the step.
        claims: The supply claims of this step.
    """

    share: float
    inferred: bool
    unit: str
    counted: float
    total: float
    links: list[HopLink]
    computed: strawberry.Private[ComputedPathHop]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def customer(self) -> Entity:
        """The customer of this step."""
        return self.context.entity(self.computed.customer)

    @strawberry.field
    def supplier(self) -> Entity:
        """The supplier of this step."""
        return self.context.entity(self.computed.supplier)


@strawberry.type
class ExposurePath:
    """A path from the buyer up to the supplier.

    Attributes:
        contribution: Contribution of the path to the score.
        hops: The steps, from the buyer upwards.
    """

    contribution: float
    hops: list[PathHop]
    computed: strawberry.Private[ComputedPath]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def entities(self) -> list[Entity]:
        """The firms of the path: the buyer first, the supplier last."""
        return [self.context.entity(entity) for entity in self.computed.entities]

    @strawberry.field
    def category(self) -> Entity | None:
        """The category of risk with the greatest contribution on this path; null if no own risk is known."""
        return self.context.entity(EntityId(self.computed.category)) if self.computed.category else None


@strawberry.type
class Exposure(TraceableInPart, Verifiable):
    """A buyer's exposure through one supplier: the supplier's part of the buyer's whole exposure.

    If a category was requested, the scores, `coverage` and the contributions of paths are that category's part.

    Attributes:
        tier: Shortest distance from the buyer in supply links; 1 for a direct supplier.
        longest_tier: Longest distance from the buyer in supply links; null if a cycle makes it infinite.
        score: Estimate, from 0 to 1: inferred links count by their confidence, and unknown risks as 0.5. It is the sum
            of the paths' contributions and `remainder`.
        low: Lower bound: without inferred links, and with unknown risks at 0.
        high: Upper bound: with all links, and unknown risks at 1.
        coverage: Share of the supplier's risk that is known, from 0 to 1: by category weight, 1 minus the width of the
            interval of its own risk.
        reach_low: `reach` at the low end of the interval.
        reach: The part of the buyer's need that ends at the supplier, from 0 to 1.
        reach_high: `reach` at the high end of the interval.
        remainder: Contribution of all paths that are not listed.
        paths: The paths with the greatest contributions, in descending order.
        by_category: The parts of the score by category of risk.
        claims: The claims of the paths and of the supplier's own risks.
    """

    tier: int
    longest_tier: int | None
    score: float
    low: float
    high: float
    coverage: float
    reach_low: float
    reach: float
    reach_high: float
    remainder: float
    paths: list[ExposurePath]
    by_category: list[CategoryPart]
    computed: strawberry.Private[Computed]
    context: strawberry.Private[ConclusionContext]

    @strawberry.field
    def supplier(self) -> Entity:
        """The supplier."""
        return self.context.entity(self.computed.supplier)

    def verify(self) -> Iterable[str]:
        """See `Verifiable`."""
        return verify(self.computed).faults


def scope_of(category: str | None) -> ExposureScope:
    """The part of the exposure in a category, given by its id or short name; the whole exposure if none is given.

    Raises:
        InputError: There is no such category.
    """
    return ExposureScope(category=None if category is None else category_of(category))


def exposures_of(
    view: ReadView, paths: int | None, scope: ExposureScope = WHOLE_EXPOSURE, *, most: int | None = None
) -> Sequence[Computed]:
    """The buyer's exposure through each of its suppliers.

    Args:
        view: Where it is read.
        paths: Paths of each supplier at most; None for as many as a request may list.
        scope: Only the part of one category.
        most: Only so many suppliers, those of the greatest score; None for all.

    Raises:
        QueryError: There is no buyer, or `paths` is out of range.
    """
    listed = _listed_paths(view, paths)
    return view.session.reasoning.exposures(view.required_buyer(), view.at, paths=listed, most=most, scope=scope)


def _listed_paths(view: ReadView, paths: int | None) -> int | None:
    """How many paths to list; None for all.

    Raises:
        QueryError: That many cannot be listed.
    """
    limit = view.session.limits.paths
    if paths is None:
        return limit
    if paths < 0 or (limit is not None and paths > limit):
        fix = "give 0 or more" if limit is None else f"give a number from 0 to {limit}"
        raise QueryError(f"paths is {paths}", fix=fix)
    return paths


def find_exposures(
    view: ReadView, paths: int | None, scope: ExposureScope, first: int, after: str | None
) -> Connection[Exposure]:
    """One page of the buyer's exposures, the greatest first. Of a large store the first page is scored alone.

    Raises:
        QueryError: There is no buyer, or the page, its cursor or the number of paths is not right.
    """
    reasoning = view.session.reasoning
    most = view.page(first) + 1 if reasoning.is_large() and not after else None
    listing = Listing(view, ("exposures", str(paths), scope.category or ""), first, after)
    found = exposures_of(view, paths, scope, most=most)
    page = listing.show(found, lambda one: one.supplier, lambda rows: present_exposures(view, rows))
    scoring = reasoning.scoring(view.required_buyer(), view.at)
    return Connection(edges=page.edges, page_info=page.page_info, count=lambda: len(scoring.suppliers))


def exposures_in(batch: EntityBatch, paths: int, scope: ExposureScope = WHOLE_EXPOSURE) -> Mapping[EntityId, Exposure]:
    """The exposure through each firm of a batch that is upstream of the buyer."""
    return batch.once(("exposures", paths, scope), lambda: _exposures_in(batch, paths, scope))


def _exposures_in(batch: EntityBatch, paths: int, scope: ExposureScope) -> Mapping[EntityId, Exposure]:
    wanted = set(batch.ids)
    found = [one for one in exposures_of(batch.view, paths, scope) if one.supplier in wanted]
    return {one.computed.supplier: one for one in present_exposures(batch.view, found)}


def present_exposures(view: ReadView, found: Sequence[Computed]) -> list[Exposure]:
    """Exposures as GraphQL shows them, in one context."""
    paths = [path for one in found for path in one.paths]
    risks = [part.own for one in found for part in one.parts if part.own is not None]
    named = [entity for path in paths for entity in (*path.entities, EntityId(path.category)) if entity]
    named += [entity for risk in risks for entity in (risk.risk, risk.place) if entity is not None]
    named += [ground.place for risk in risks if risk.assessment is not None for ground in risk.assessment.grounds]
    named += [entity for one in found for entity in (one.supplier, *(part.category for part in one.parts))]
    claims = [claim for one in found for claim in one.claims]
    context = ConclusionContext(view, named, claims)
    return [_exposure(one, context) for one in found]


def _exposure(computed: Computed, context: ConclusionContext) -> Exposure:
    return Exposure(
        tier=computed.tier,
        longest_tier=computed.longest,
        score=computed.score,
        low=computed.low,
        high=computed.high,
        coverage=computed.coverage,
        reach_low=computed.reach[0],
        reach=computed.reach[1],
        reach_high=computed.reach[2],
        remainder=computed.remainder,
        paths=[_path(path, context) for path in computed.paths],
        by_category=[_part(part, context) for part in computed.parts],
        computed=computed,
        context=context,
        trace=Trace(context, computed.claims),
    )


def _path(path: ComputedPath, context: ConclusionContext) -> ExposurePath:
    hops = [_path_hop(hop, context) for hop in path.hops]
    return ExposurePath(contribution=path.contribution, hops=hops, computed=path, context=context)


def _path_hop(hop: ComputedPathHop, context: ConclusionContext) -> PathHop:
    return PathHop(
        share=hop.share,
        inferred=hop.inferred,
        unit=hop.unit,
        counted=hop.counted,
        total=hop.total,
        links=[_hop_link(link, context) for link in hop.links],
        computed=hop,
        context=context,
        trace=Trace(context, hop.claims),
    )


def _hop_link(link: Link, context: ConclusionContext) -> HopLink:
    trace = Trace(context, link.claims)
    return HopLink(product=link.product, weight=link.weight, counted=link.counted, trace=trace)


def _part(part: ComputedCategoryPart, context: ConclusionContext) -> CategoryPart:
    own = None if part.own is None else _own(part.own, context)
    return CategoryPart(
        weight=part.weight,
        low=part.low,
        score=part.score,
        high=part.high,
        own_risk=own,
        computed=part,
        context=context,
    )


def _own(own: ComputedRisk, context: ConclusionContext) -> OwnRisk:
    low, value, high = own.bounds
    made = None if own.assessment is None else present_assessment(own.assessment, context)
    trace = Trace(context, own.claims)
    return OwnRisk(value=value, low=low, high=high, assessment=made, computed=own, context=context, trace=trace)
