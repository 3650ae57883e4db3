"""Snapshots of one store, and the buyers scored over them: what every answer of the service is made from."""

from collections.abc import Callable
from typing import Protocol

from graph.port import EntityQuery, GraphReader
from ontology.errors import InputError, NotFoundError
from ontology.ids import kind_prefix
from ontology.records import At, EntityId
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.facts import Facts
from reasoning.network.reading import fixed
from reasoning.service.answer_cache import Answer, AnswerCache

CAPACITY = 64  # answers in the cache, snapshots among them


class LargeStoreReader(Protocol):
    """Reads stores that are too large to be read whole: those with at least `claims` claims."""

    claims: int

    def snapshot(self, reader: GraphReader, at: At) -> Snapshot:
        """The snapshot of the store at `at`."""
        ...


class Snapshots:
    """The snapshots of one store and the scorings over them, in one cache with all answers made from them.

    A store with many claims is read by `large`, any other one as a whole.
    """

    def __init__(self, reader: GraphReader, *, large: LargeStoreReader | None = None) -> None:
        self._reader = reader
        self._large = large
        self._cache = AnswerCache(CAPACITY)

    def at(self, at: At) -> Snapshot:
        """The snapshot at `at`, stamped with the store's revision; later records do not show in it."""
        status, now = fixed(self._reader, at)
        key = (Snapshot, status.revision, now)
        large = self._large
        if large is not None and self.is_large():
            return self.once(key, lambda: large.snapshot(self._reader, at))
        return self.once(key, lambda: Snapshot(Facts(self._reader, now), status.revision))

    def is_large(self) -> bool:
        """Whether the store is read as a large one. Answers about all of its firms are then costly."""
        return self._large is not None and self._reader.status().counts["claims"] >= self._large.claims

    def scoring(self, buyer: EntityId, at: At, *, product: str = "") -> Scoring:
        """The exposure of a buyer, scored; its `snapshot` and `buyer` are what answers about the buyer start from.

        Args:
            buyer: Any id of the buyer.
            at: World time and record time.
            product: Only through this product; "" for all.

        Raises:
            InputError: The id is of no organisation.
            NotFoundError: There is no such buyer.
            NotConvergedError: The walks did not converge.
        """
        if kind_prefix(buyer) != "org":
            fix = "name an organisation; `tierscope search` finds ids"
            raise InputError(f"{buyer} is no organisation: it buys nothing itself", fix=fix)
        snapshot = self.at(at)
        if not self.once((EntityQuery, snapshot, buyer), lambda: self._reader.entities(EntityQuery(ids=[buyer]))):
            message = f"there is no {buyer} in the graph"
            raise NotFoundError(message, fix="look its id up with `tierscope search`", id=buyer)
        return self.once((Scoring, snapshot, buyer, product), lambda: Scoring(snapshot, buyer, product=product))

    def base(self, buyer: EntityId, at: At) -> tuple[Snapshot, EntityId]:
        """The snapshot that answers about a buyer are made from, and the id that stands for the buyer.

        Raises:
            InputError, NotFoundError, NotConvergedError: As `scoring` does.
        """
        scoring = self.scoring(buyer, at)
        return scoring.snapshot, scoring.buyer

    def once(self, key: tuple[object, ...], make: Callable[[], Answer]) -> Answer:
        """The answer of a key, made where it is not cached. A key begins with the class of its answer."""
        return self._cache.once(key, make)
