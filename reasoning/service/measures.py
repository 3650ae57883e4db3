"""The measures of the service: M2 to M5 of a buyer, each made once for every face."""

from typing import TYPE_CHECKING

from ontology.records import At, EntityId
from reasoning.core.execution.executor import CALLING_THREAD, Executor
from reasoning.risk.weights import CATEGORIES
from reasoning.service.snapshots import Snapshots

if TYPE_CHECKING:  # most measures import numba or scipy: each is imported when it is requested
    from reasoning.measures.cascade.loss import Cascading, Loss, Losses, LossTerms
    from reasoning.measures.cascade.systemic import Systemic
    from reasoning.measures.disruption.disruption import Disruption, Disruptions
    from reasoning.measures.disruption.network import DisruptionTerms
    from reasoning.measures.inoperability.values import Inoperability, InoperabilityTerms
    from reasoning.measures.recovery.answer import Recoveries, RecoveryTerms


class BuyerMeasures:
    """Measures of a buyer over the snapshots of one store; answers are values, cached as all of the service's are.

    Each answer's module has a `verify` that recomputes it from itself: an empty tuple says that all holds. Every method
    raises `NotFoundError` where there is no such buyer, `InputError` where its id is of no organisation, and
    `NotConvergedError` where a computation did not end. The executor runs the work on many firms and reports progress;
    no figure depends on it.
    """

    def __init__(self, snapshots: Snapshots, executor: Executor = CALLING_THREAD) -> None:
        self._snapshots = snapshots
        self._executor = executor

    def disruption(
        self, buyer: EntityId, at: At, *, category: EntityId | None = None, terms: "DisruptionTerms | None" = None
    ) -> "Disruption":
        """M2: how probably suppliers stop the buyer, by one risk category or any; `disruption.verify` recomputes it."""
        from reasoning.measures.disruption.disruption import Disruption  # noqa: PLC0415

        made = self._disruptions(buyer, at, terms)
        return self._snapshots.once((Disruption, made, category), lambda: made.of(category or ""))

    def disruption_by_category(
        self, buyer: EntityId, at: At, *, terms: "DisruptionTerms | None" = None
    ) -> "tuple[Disruption, ...]":
        """M2 of each of the twelve categories, the most probable first: by the low end, the middle, the high end."""
        found = [self.disruption(buyer, at, category=category, terms=terms) for category in CATEGORIES]
        return tuple(sorted(found, key=lambda one: tuple(-end.estimate for end in one.ends)))

    def disruption_after(
        self,
        buyer: EntityId,
        at: At,
        entity: EntityId,
        *,
        category: EntityId | None = None,
        terms: "DisruptionTerms | None" = None,
    ) -> "Disruption":
        """M2 where one thing stops for certain: a supplier, site, region, sector or product; under the same draws.

        Raises:
            NotFoundError: Nothing that supplies anybody stops with it.
        """
        from reasoning.measures.disruption.disruption import Disruption, measure  # noqa: PLC0415
        from reasoning.measures.disruption.network import DECLARED  # noqa: PLC0415
        from reasoning.scenarios.edits import Stop  # noqa: PLC0415
        from reasoning.scenarios.overlay import Overlay  # noqa: PLC0415

        base, buyer = self._snapshots.base(buyer, at)
        declared = terms or DECLARED
        key = (Disruption, base, buyer, entity, category, declared)
        return self._snapshots.once(
            key, lambda: measure(Overlay(base, Stop(entity)), buyer, category=category or "", terms=declared)
        )

    def losses(self, buyer: EntityId, at: At, *, terms: "LossTerms | None" = None) -> "Losses":
        """M3: what the buyer loses when each supplier, country or product stops; `loss.verify` recomputes it."""
        from reasoning.measures.cascade.loss import DECLARED, Losses  # noqa: PLC0415

        made, declared = self._cascading(buyer, at), terms or DECLARED
        return self._snapshots.once((Losses, made, declared), lambda: made.losses(declared))

    def loss(self, buyer: EntityId, at: At, entity: EntityId) -> "Loss":
        """M3: what the buyer loses when one thing stops: a supplier, site, region, sector or product.

        `loss.verify_loss(found, buyer)` recomputes it.

        Raises:
            NotFoundError: Nothing that supplies anybody stops with it.
        """
        from reasoning.measures.cascade.loss import Loss  # noqa: PLC0415

        made = self._cascading(buyer, at)
        return self._snapshots.once((Loss, made, entity), lambda: made.loss(entity))

    def systemic(
        self, buyer: EntityId, at: At, *, only: EntityId | None = None, explained: int | None = None
    ) -> "Systemic":
        """M3: what the closing of each firm, or of one, takes from the buyer's whole network.

        `explained` is how many of the greatest come with what every other firm loses; None for 20. `systemic.verify`
        recomputes it.

        Raises:
            NotFoundError: The one firm is not in the buyer's network.
        """
        from reasoning.measures.cascade import systemic  # noqa: PLC0415

        base, buyer = self._snapshots.base(buyer, at)
        most = systemic.EXPLAINED if explained is None else explained
        key = (systemic.Systemic, base, buyer, only, most)
        return self._snapshots.once(
            key, lambda: systemic.measure(base, buyer, only=only, explained=most, executor=self._executor)
        )

    def recovery(self, buyer: EntityId, at: At, *, terms: "RecoveryTerms | None" = None) -> "Recoveries":
        """M4: what each stop costs until recovery, and how long the buyer survives it.

        `recovery.verify` recomputes it.

        Raises:
            NotGivenError: What it is made from is not in the graph; `fix` says what to load.
            InputError: A number of days is none.
        """
        from reasoning.measures.recovery.answer import DECLARED, Recoveries  # noqa: PLC0415
        from reasoning.measures.recovery.recovery import measure  # noqa: PLC0415

        base, buyer = self._snapshots.base(buyer, at)
        declared = terms or DECLARED
        return self._snapshots.once((Recoveries, base, buyer, declared), lambda: measure(base, buyer, terms=declared))

    def inoperability(
        self, buyer: EntityId, at: At, *, terms: "InoperabilityTerms | None" = None, stopped: EntityId | None = None
    ) -> "Inoperability":
        """M5: how inoperable the buyer is day by day after each group stops, or only the one that is named.

        `inoperability.verify` recomputes it.

        Raises:
            NotFoundError: What is named is nothing in the buyer's network.
            InputError: A number of the terms is out of its range.
        """
        from reasoning.measures.inoperability.inoperability import measure  # noqa: PLC0415
        from reasoning.measures.inoperability.values import DECLARED, Inoperability  # noqa: PLC0415

        base, buyer = self._snapshots.base(buyer, at)
        declared = terms or DECLARED
        key = (Inoperability, base, buyer, declared, stopped)
        progress = self._executor.progress or (lambda _: None)
        return self._snapshots.once(
            key, lambda: measure(base, buyer, terms=declared, stopped=stopped, progress=progress)
        )

    def _disruptions(self, buyer: EntityId, at: At, terms: "DisruptionTerms | None") -> "Disruptions":
        from reasoning.measures.disruption.disruption import Disruptions  # noqa: PLC0415
        from reasoning.measures.disruption.network import DECLARED  # noqa: PLC0415

        base, buyer = self._snapshots.base(buyer, at)
        declared = terms or DECLARED
        return self._snapshots.once(
            (Disruptions, base, buyer, declared), lambda: Disruptions(base, buyer, terms=declared)
        )

    def _cascading(self, buyer: EntityId, at: At) -> "Cascading":
        from reasoning.measures.cascade.loss import Cascading  # noqa: PLC0415

        base, buyer = self._snapshots.base(buyer, at)
        return self._snapshots.once((Cascading, base, buyer), lambda: Cascading(base, buyer, executor=self._executor))
