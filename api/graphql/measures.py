"""Root fields of the measures: exposure, disruption, production loss, systemic risk, recovery and inoperability."""

# ruff: noqa: A002, PLR0913, PLR0917 - the parameters of a resolver are the arguments of its field

import strawberry

from api.request.context import ApiInfo
from api.request.scope import ReadScope
from api.types.base.conclusion import Listing
from api.types.base.page import Connection
from api.types.measures.disruption import Disruption, disruption_by_category, disruption_of
from api.types.measures.explanation import Explanation, explanation_of
from api.types.measures.exposure import Exposure, exposures_of, present_exposures, scope_of
from api.types.measures.inoperability import Inoperability, inoperability_of
from api.types.measures.production_loss import ProductionLoss, ProductionLosses, find_losses, loss_of
from api.types.measures.recovery import Recoveries, find_recoveries
from api.types.measures.systemic import Closures, find_closures
from ontology.records import EntityId
from reasoning.measures.options import RECOVERY_DAYS


@strawberry.type
class MeasureFields:
    """The measures, each with what recomputes it."""

    @strawberry.field
    def exposures(
        self,
        info: ApiInfo,
        first: int,
        after: str | None = None,
        paths: int = 10,
        category: str | None = None,
        scope: ReadScope | None = None,
    ) -> Connection[Exposure]:
        """What the buyer is exposed to through each supplier, direct or not, greatest first; or one category's part."""
        view = info.context.view(scope, after=after)
        narrowed = scope_of(category)
        listing = Listing(view, ("exposures", str(paths), narrowed.category or ""), first, after)
        found = exposures_of(view, paths, narrowed)
        return listing.show(found, lambda one: one.supplier, lambda rows: present_exposures(view, rows))

    @strawberry.field
    def explain(
        self,
        info: ApiInfo,
        supplier: strawberry.ID,
        category: str | None = None,
        scope: ReadScope | None = None,
    ) -> Explanation | None:
        """How the exposure through one supplier, or one category's part of it, comes about, and whether it follows."""
        view = info.context.view(scope)
        return explanation_of(view, EntityId(supplier), scope_of(category))

    @strawberry.field
    def disruption(
        self,
        info: ApiInfo,
        category: str | None = None,
        scope: ReadScope | None = None,
    ) -> Disruption:
        """How probably suppliers stop the buyer (M2): bounds, estimate, and what each firm adds to it."""
        return disruption_of(info.context.view(scope), category)

    @strawberry.field
    def disruption_by_category(
        self,
        info: ApiInfo,
        scope: ReadScope | None = None,
    ) -> list[Disruption]:
        """The same by each category of risk, the most probable first."""
        return disruption_by_category(info.context.view(scope))

    @strawberry.field
    def production_losses(
        self,
        info: ApiInfo,
        first: int = 20,
        after: str | None = None,
        by: str = "supplier",
        scope: ReadScope | None = None,
    ) -> ProductionLosses:
        """What the buyer loses when each supplier, country or product stops (M3), the greatest loss first."""
        view = info.context.view(scope, after=after)
        return find_losses(view, by, first, after)

    @strawberry.field
    def production_loss(
        self,
        info: ApiInfo,
        id: strawberry.ID,
        scope: ReadScope | None = None,
    ) -> ProductionLoss | None:
        """What the buyer loses when one supplier, site, region, sector or product stops (M3)."""
        return loss_of(info.context.view(scope), EntityId(id))

    @strawberry.field
    def systemic(
        self,
        info: ApiInfo,
        first: int = 20,
        after: str | None = None,
        supplier: strawberry.ID | None = None,
        scope: ReadScope | None = None,
    ) -> Closures:
        """What the closing of each firm, or of one, takes from the buyer's network (M3, ESRI), the most first."""
        view = info.context.view(scope, after=after)
        return find_closures(view, supplier, first, after)

    @strawberry.field
    def inoperability(
        self,
        info: ApiInfo,
        by: str | None = None,
        stopped: strawberry.ID | None = None,
        days: float = RECOVERY_DAYS,
        scope: ReadScope | None = None,
    ) -> Inoperability:
        """How inoperable the buyer is, day by day, after each group of firms, or one, stops and recovers (M5)."""
        return inoperability_of(info.context.view(scope), by, stopped, days)

    @strawberry.field
    def recovery(
        self,
        info: ApiInfo,
        first: int = 20,
        after: str | None = None,
        by: str = "supplier",
        days: float | None = None,
        scope: ReadScope | None = None,
    ) -> Recoveries | None:
        """What each stop costs the buyer until recovery, and how long it survives it (M4); the greatest loss first."""
        view = info.context.view(scope, after=after)
        return find_recoveries(view, by, days, first, after)
