"""The engine: every question that reasoning answers, over one store; an answer is made once a revision and instant."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from graph.port import EntityQuery, GraphReader
from ontology.errors import InputError, NotFoundError
from ontology.ids import kind_prefix
from ontology.records import At, EntityId
from reasoning.clauses.embedding import Embedder
from reasoning.clauses.library import ClauseVectors
from reasoning.clauses.recommendation import Recommendation, recommend
from reasoning.exposure.explanation import Explanation, explain
from reasoning.exposure.exposure import WHOLE_EXPOSURE, Exposure, ExposureScope, in_category, narrowed
from reasoning.exposure.scoring import Scoring, Totals
from reasoning.exposure.snapshot import Snapshot
from reasoning.findings.conflicts import Conflict, conflicts
from reasoning.findings.detect import detect
from reasoning.findings.finding import Finding
from reasoning.network.facts import Facts
from reasoning.service.answers import Answer, Answers

KEPT = 64  # answers, snapshots among them; the ones not asked for longest go first


class Large(Protocol):
    """How stores are read that are too large to be read whole: those with at least so many `claims`."""

    claims: int

    def snapshot(self, reader: GraphReader, at: At) -> Snapshot:
        """What is read at `at`."""
        ...


class Engine:
    """Reasoning over one store. Answers are values; threads may ask at once. `at.as_of` is the caller's to give.

    Without `embedder` clauses are ranked by words and rules, and the answers say so. Large stores are read by what is
    given for them, small ones as a whole.
    """

    def __init__(self, reader: GraphReader, *, embedder: Embedder | None = None, large: Large | None = None) -> None:
        self._reader = reader
        self._large = large
        self._vectors = None if embedder is None else ClauseVectors(reader, embedder)
        self._answers = Answers(KEPT)

    def snapshot(self, at: At) -> Snapshot:
        """What is read at `at`, stamped with the store's revision; what is recorded later does not show in it."""
        status = self._reader.status()
        fixed = at if at.known_at is not None else replace(at, known_at=status.recorded_at)
        key = (Snapshot, status.revision, fixed)
        large = self._large
        if large is not None and self.is_large():
            return self.once(key, lambda: large.snapshot(self._reader, at))
        return self.once(key, lambda: Snapshot(Facts(self._reader, fixed), status.revision))

    def is_large(self) -> bool:
        """Whether the store is read as a large one: then ask for the greatest, not for all."""
        return self._large is not None and self._reader.status().counts["claims"] >= self._large.claims

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
            NotFoundError: There is no such buyer.
        """
        scoring = self._scored(buyer, self.snapshot(at), scope.product)
        category = scope.category
        if category is None:
            return self.once((Exposure, scoring, paths, most), lambda: scoring.exposures(paths=paths, most=most))
        whole = self.exposures(buyer, at, paths=paths, scope=replace(scope, category=None))
        return self.once((Exposure, scoring, paths, most, category), lambda: in_category(whole, category)[:most])

    def totals(self, buyer: EntityId, at: At, *, product: str = "") -> Totals:
        """The buyer's whole exposure, by category and by tier.

        Raises:
            NotFoundError: There is no such buyer.
        """
        scoring = self._scored(buyer, self.snapshot(at), product)
        return self.once((Totals, scoring), scoring.totals)

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
            NotFoundError: There is no such buyer, or the supplier is not in its network.
        """
        snapshot = self.snapshot(at)
        scoring, wanted = self._scored(buyer, snapshot, scope.product), snapshot.facts.of(supplier)
        if wanted in scoring.suppliers:
            key = (Explanation, scoring, wanted, scope.category)
            return self.once(key, lambda: _explained(scoring, wanted, scope.category))
        message = f"{supplier} is not in the supply network of {buyer}"
        raise NotFoundError(message, fix="ask for one of the suppliers that its exposures name", id=supplier)

    def recommendations(self, buyer: EntityId, at: At) -> tuple[Recommendation, ...]:
        """The clauses to ask the buyer's suppliers for, or why not.

        Raises:
            NotFoundError: There is no such buyer.
        """
        snapshot = self.snapshot(at)
        scoring = self._scored(buyer, snapshot)
        return self.once((Recommendation, scoring), lambda: recommend(snapshot, scoring, vectors=self._vectors))

    def findings(self, buyer: EntityId, at: At) -> tuple[Finding, ...]:
        """What the declared detectors find.

        Raises:
            NotFoundError: There is no such buyer.
        """
        snapshot = self.snapshot(at)
        scoring = self._scored(buyer, snapshot)
        return self.once((Finding, scoring), lambda: detect(snapshot, scoring.buyer, at.as_of or ""))

    def conflicts(self, at: At) -> tuple[Conflict, ...]:
        """Where sources contradict each other, and which side is preferred and why."""
        snapshot = self.snapshot(at)
        return self.once((Conflict, snapshot), lambda: conflicts(snapshot.facts))

    def scoring(self, buyer: EntityId, at: At, *, product: str = "") -> Scoring:
        """M1 of a buyer, worked out once.

        Raises:
            NotFoundError: There is no such buyer.
        """
        return self._scored(buyer, self.snapshot(at), product)

    def base(self, buyer: EntityId, at: At) -> tuple[Snapshot, EntityId]:
        """The snapshot that answers about a buyer are made from, and the id that stands for the buyer.

        Raises:
            NotFoundError: There is no such buyer.
        """
        scoring = self.scoring(buyer, at)
        return self.snapshot(at), scoring.buyer

    def _scored(self, buyer: EntityId, snapshot: Snapshot, product: str = "") -> Scoring:
        if kind_prefix(buyer) != "org":
            fix = "name an organisation; `tierscope search` finds ids"
            raise InputError(f"{buyer} is no organisation: it buys nothing itself", fix=fix)
        if not self.once((EntityQuery, snapshot, buyer), lambda: self._reader.entities(EntityQuery(ids=[buyer]))):
            message = f"there is no {buyer} in the graph"
            raise NotFoundError(message, fix="look its id up with `tierscope search`", id=buyer)
        return self.once((Scoring, snapshot, buyer, product), lambda: Scoring(snapshot, buyer, product=product))

    def once(self, key: tuple[object, ...], make: Callable[[], Answer]) -> Answer:
        """The kept answer to a question, made where it was not asked before. Keys begin with the answer's class.

        While one thread makes it, others that ask for the same wait; questions of other keys go on beside it.
        """
        return self._answers.once(key, make)


def _explained(scoring: Scoring, supplier: EntityId, category: EntityId | None) -> Explanation:
    whole = scoring.exposure(supplier)
    return explain(whole if category is None else narrowed(whole, category), scoring.snapshot)
