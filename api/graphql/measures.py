"""Root fields of the measures: exposure, disruption, production loss, systemic risk, recovery and inoperability."""

# ruff: noqa: A002, PLR0913, PLR0917 - the parameters of a resolver are the arguments of its field

import strawberry

from api.request.context import ApiInfo
from api.request.scope import ReadScope
from api.types.analyses.series import ExposurePoint, total_exposure_of
from api.types.base.page import Connection
from api.types.measures.disruption import Disruption, disruption_after, disruption_by_category, disruption_of
from api.types.measures.explanation import Explanation, explanation_of
from api.types.measures.exposure import Exposure, find_exposures, scope_of
from api.types.measures.inoperability import Inoperability, inoperability_of
from api.types.measures.production_loss import ProductionLoss, ProductionLosses, find_losses, loss_of
from api.types.measures.recovery import Recoveries, RecoveryQuery, find_recoveries
from api.types.measures.systemic import Closures, find_closures
from ontology.records import EntityId
from reasoning.measures.options import RECOVERY_DAYS, ROWS


@strawberry.type
class MeasureFields:
    """Measures of exposure and disruption for a buyer, each with its recomputation."""

    @strawberry.field
    def exposures(
        self,
        info: ApiInfo,
        first: int,
        after: str | None = None,
        paths: int | None = 10,
        category: str | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Exposure]:
        """The buyer's exposure through each supplier of any tier (M1), or one category's part of it.

        The greatest first.
        """
        view = info.context.view(scope, after=after)
        return find_exposures(view, paths, scope_of(category), first, after)

    @strawberry.field
    def total_exposure(self, info: ApiInfo, scope: ReadScope | None = None) -> ExposurePoint:
        """The buyer's whole exposure, with its parts by tier and by category of risk."""
        return total_exposure_of(info.context.view(scope))

    @strawberry.field
    def explain(
        self,
        info: ApiInfo,
        supplier: strawberry.ID,
        paths: int | None = None,
        category: str | None = None,
        scope: ReadScope | None = None,
    ) -> Explanation | None:
        """The derivation of the exposure through one supplier, or of one category's part, with its recomputation.

        Error `NOT_FOUND` if the supplier is not upstream of the buyer.
        """
        view = info.context.view(scope)
        return explanation_of(view, EntityId(supplier), paths, scope_of(category))

    @strawberry.field
    def disruption(
        self,
        info: ApiInfo,
        category: str | None = None,
        stop_probability: float = 1.0,
        scope: ReadScope | None = None,
    ) -> Disruption:
        """Probability that suppliers stop the buyer (M2): bounds, estimate, and the contribution of each firm."""
        return disruption_of(info.context.view(scope), category, stop_probability)

    @strawberry.field
    def disruption_after(
        self,
        info: ApiInfo,
        stopped: strawberry.ID,
        category: str | None = None,
        stop_probability: float = 1.0,
        scope: ReadScope | None = None,
    ) -> Disruption:
        """Probability that suppliers stop the buyer if one thing stops for certain (M2), in the same random worlds."""
        return disruption_after(info.context.view(scope), EntityId(stopped), category, stop_probability)

    @strawberry.field
    def disruption_by_category(
        self,
        info: ApiInfo,
        first: int = 12,
        stop_probability: float = 1.0,
        scope: ReadScope | None = None,
    ) -> list[Disruption]:
        """Probability that suppliers stop the buyer (M2), by category of risk; the most probable first."""
        return disruption_by_category(info.context.view(scope), first, stop_probability)

    @strawberry.field
    def production_losses(
        self,
        info: ApiInfo,
        first: int = 20,
        after: str | None = None,
        by: str = "supplier",
        explained: int = ROWS,
        scope: ReadScope | None = None,
    ) -> ProductionLosses:
        """The buyer's production loss if a supplier, country or product stops (M3); the greatest loss first."""
        view = info.context.view(scope, after=after)
        return find_losses(view, by, explained, first, after)

    @strawberry.field
    def production_loss(
        self,
        info: ApiInfo,
        id: strawberry.ID,
        scope: ReadScope | None = None,
    ) -> ProductionLoss | None:
        """The buyer's production loss if one supplier, site, region, sector or product stops (M3).

        Error `NOT_FOUND` if its stop would not stop any supplier.
        """
        return loss_of(info.context.view(scope), EntityId(id))

    @strawberry.field
    def systemic(
        self,
        info: ApiInfo,
        first: int = 20,
        after: str | None = None,
        supplier: strawberry.ID | None = None,
        explained: int = ROWS,
        scope: ReadScope | None = None,
    ) -> Closures:
        """Share of the buyer's network that is lost if a firm closes (M3, ESRI), for each firm or for one.

        The greatest first.
        """
        view = info.context.view(scope, after=after)
        return find_closures(view, supplier, explained, first, after)

    @strawberry.field
    def inoperability(
        self,
        info: ApiInfo,
        by: str | None = None,
        stopped: strawberry.ID | None = None,
        days: float = RECOVERY_DAYS,
        most: int = 50,
        scope: ReadScope | None = None,
    ) -> Inoperability:
        """The buyer's inoperability, day by day, after a group of firms stops and recovers (M5).

        For each group or for one.
        """
        return inoperability_of(info.context.view(scope), by, stopped, days, most)

    @strawberry.field
    def recovery(
        self,
        info: ApiInfo,
        first: int = 20,
        after: str | None = None,
        by: str = "supplier",
        days: float | None = None,
        stopped: strawberry.ID | None = None,
        explained: int = ROWS,
        scope: ReadScope | None = None,
    ) -> Recoveries | None:
        """The buyer's loss until recovery and its time to survive, for each stop (M4); the greatest loss first.

        Error `NOT_GIVEN` if facts are missing that the measure needs, such as bills of material.
        """
        view = info.context.view(scope, after=after)
        return find_recoveries(view, RecoveryQuery(by, days, stopped, explained), first, after)
