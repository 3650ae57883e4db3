"""The reasoning service: every answer that follows from one store, each made once a revision and instant."""

from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from graph.port import GraphReader
from ontology.errors import NotFoundError
from ontology.records import At, EntityId
from reasoning.clauses.embedding import Embedder
from reasoning.clauses.library import ClauseVectors
from reasoning.clauses.recommendation import Recommendation, recommend
from reasoning.core.execution.executor import CALLING_THREAD, Executor
from reasoning.exposure.explanation import Explanation, explain
from reasoning.exposure.exposure import WHOLE_EXPOSURE, Exposure, ExposureScope, in_category, narrowed
from reasoning.exposure.scoring import Scoring, Totals
from reasoning.exposure.snapshot import Snapshot
from reasoning.findings.conflicts import Conflict, conflicts
from reasoning.findings.detect import detect
from reasoning.findings.finding import Finding
from reasoning.service.measures import BuyerMeasures
from reasoning.service.snapshots import LargeStoreReader, Snapshots

if TYPE_CHECKING:
    from reasoning.service.analyses import BuyerAnalyses


class ReasoningService:
    """Reasoning over one store. It only reads the store, and is safe to share between threads.

    Answers are values. They are cached, so that equal requests get the very same answer until the store's revision
    moves. `at.as_of` is the caller's to give.

    Attributes:
        measures: The measures M2 to M5 of a buyer.
        analyses: What-if, failure points, concentration, questions, alternatives and changes over time.
    """

    def __init__(
        self,
        reader: GraphReader,
        *,
        embedder: Embedder | None = None,
        large: LargeStoreReader | None = None,
        executor: Executor = CALLING_THREAD,
    ) -> None:
        """Reason over a store.

        Args:
            reader: The store.
            embedder: Ranks clauses by meaning too; None ranks them by words and rules, and the answers say so.
            large: Reads a store that has many claims; None reads every store as a whole.
            executor: Runs the measures of many firms. No figure depends on it.
        """
        self._vectors = None if embedder is None else ClauseVectors(reader, embedder)
        self._snapshots = Snapshots(reader, large=large)
        self.measures = BuyerMeasures(self._snapshots, executor)

    @cached_property
    def analyses(self) -> "BuyerAnalyses":
        """The analyses, imported when the first one is requested: most commands need none."""
        from reasoning.service.analyses import BuyerAnalyses  # noqa: PLC0415

        return BuyerAnalyses(self._snapshots)

    def with_executor(self, executor: Executor) -> "ReasoningService":
        """The same service, with the same answers, whose measures run on another executor."""
        other = copy(self)
        other.measures = BuyerMeasures(self._snapshots, executor)
        return other

    def snapshot(self, at: At) -> Snapshot:
        """The snapshot at `at`, stamped with the store's revision; later records do not show in it."""
        return self._snapshots.at(at)

    def is_large(self) -> bool:
        """Whether the store is read as a large one: then request the greatest exposures, not all."""
        return self._snapshots.is_large()

    def scoring(self, buyer: EntityId, at: At, *, product: str = "") -> Scoring:
        """M1 of a buyer, worked out once; `product` narrows it to one product, "" is all.

        Raises:
            InputError: The id is of no organisation.
            NotFoundError: There is no such buyer.
        """
        return self._snapshots.scoring(buyer, at, product=product)

    def exposures(
        self,
        buyer: EntityId,
        at: At,
        *,
        paths: int | None = None,
        most: int | None = None,
        scope: ExposureScope = WHOLE_EXPOSURE,
    ) -> tuple[Exposure, ...]:
        """The exposure to every supplier of the buyer's network, greatest first, with its `paths` heaviest paths.

        Args:
            buyer: Who is exposed.
            at: World time and record time of the answer.
            paths: At most so many paths a supplier; None for all, or the 100 heaviest where a cycle makes them endless.
            most: Only to so many suppliers, those of the greatest score; None for all.
            scope: Only through one product, or as far as one category of risk makes it. The score is then that part's.

        Raises:
            InputError: The id is of no organisation.
            NotFoundError: There is no such buyer.
        """
        scoring = self.scoring(buyer, at, product=scope.product)
        once, category = self._snapshots.once, scope.category
        if category is None:
            return once((Exposure, scoring, paths, most), lambda: scoring.exposures(paths=paths, most=most))
        whole = self.exposures(buyer, at, paths=paths, scope=replace(scope, category=None))
        return once((Exposure, scoring, paths, most, category), lambda: in_category(whole, category)[:most])

    def totals(self, buyer: EntityId, at: At, *, product: str = "") -> Totals:
        """The buyer's whole exposure, by category and by tier.

        Raises:
            InputError: The id is of no organisation.
            NotFoundError: There is no such buyer.
        """
        scoring = self.scoring(buyer, at, product=product)
        return self._snapshots.once((Totals, scoring), scoring.totals)

    def explain(
        self, buyer: EntityId, supplier: EntityId, at: At, *, scope: ExposureScope = WHOLE_EXPOSURE
    ) -> Explanation:
        """How the exposure of a buyer to one supplier comes about, and whether it follows from that.

        Args:
            buyer: Who is exposed.
            supplier: Through whom.
            at: World time and record time of the answer.
            scope: Only through one product, or as far as one category of risk makes it.

        Raises:
            InputError: The buyer's id is of no organisation.
            NotFoundError: There is no such buyer, or the supplier is not in its network.
        """
        scoring = self.scoring(buyer, at, product=scope.product)
        resolved = scoring.snapshot.facts.of(supplier)
        if resolved in scoring.suppliers:
            key = (Explanation, scoring, resolved, scope.category)
            return self._snapshots.once(key, lambda: _explained(scoring, resolved, scope.category))
        message = f"{supplier} is not in the supply network of {buyer}"
        raise NotFoundError(message, fix="name one of the suppliers that its exposures list", id=supplier)

    def recommendations(self, buyer: EntityId, at: At) -> tuple[Recommendation, ...]:
        """The clauses to request from the buyer's suppliers, or why none is.

        Raises:
            InputError: The id is of no organisation.
            NotFoundError: There is no such buyer.
        """
        scoring = self.scoring(buyer, at)
        return self._snapshots.once(
            (Recommendation, scoring), lambda: recommend(scoring.snapshot, scoring, vectors=self._vectors)
        )

    def findings(self, buyer: EntityId, at: At) -> tuple[Finding, ...]:
        """The findings of all declared detectors.

        Raises:
            InputError: The id is of no organisation.
            NotFoundError: There is no such buyer.
        """
        scoring = self.scoring(buyer, at)
        return self._snapshots.once((Finding, scoring), lambda: detect(scoring.snapshot, scoring.buyer, at.as_of or ""))

    def conflicts(self, at: At) -> tuple[Conflict, ...]:
        """Where sources contradict each other, and which side is preferred and why."""
        snapshot = self.snapshot(at)
        return self._snapshots.once((Conflict, snapshot), lambda: conflicts(snapshot.facts))


def _explained(scoring: Scoring, supplier: EntityId, category: EntityId | None) -> Explanation:
    whole = scoring.exposure(supplier)
    return explain(whole if category is None else narrowed(whole, category), scoring.snapshot)
