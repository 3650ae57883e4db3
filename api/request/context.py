"""The context of one request, and its views of the store: at two times, for a buyer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from strawberry.types import Info

from api.request.cursors import ListPosition, page_size, read_cursor
from api.request.idempotency import IdempotencyMemory
from api.request.limits import Limits
from api.request.scope import ReadScope
from graph.identity import Identity
from graph.port import ClaimQuery, GraphReader, GraphWriter, Status
from ontology.errors import QueryError, QueryTooCostlyError
from ontology.instants import record_instant, world_start
from ontology.records import At, ClaimId, EntityId, Judgement, StoredClaim
from reasoning.exposure.snapshot import Snapshot
from reasoning.service.service import ReasoningService


@dataclass(frozen=True)
class RequestContext:
    """The context of one request.

    Attributes:
        reader: The store, with the request's deadline.
        writer: The same store, for mutations.
        reasoning: The service that computes conclusions.
        memory: The recently used idempotency keys.
        clock: The current record time.
        shapes: The GraphQL type of each class of entities that has one of its own.
        as_of: World time of a read whose scope has none.
        buyer: The buying organisation of a read whose scope has none.
    """

    reader: GraphReader
    writer: GraphWriter
    reasoning: ReasoningService
    memory: IdempotencyMemory
    limits: Limits
    clock: Callable[[], str]
    as_of: str
    shapes: Mapping[str, type[Any]]
    buyer: EntityId | None = None
    _views: dict[tuple[At, EntityId | None], "ReadView"] = field(default_factory=dict)

    @cached_property
    def status(self) -> Status:
        """The state of the store when the request began. All reads of the request are of that revision."""
        return self.reader.status()

    def view(self, scope: ReadScope | None = None, *, after: str | None = None) -> "ReadView":
        """The view of a scope. With a cursor as `after`, the list is read at the cursor's times.

        Raises:
            InputError: A time is neither a date nor a date-time.
            QueryError: The cursor and the scope have different times.
        """
        given = scope or ReadScope()
        at = At(world_start(given.as_of or self.as_of), self._known(given.known_at))
        if after:
            at = self._at_of(after, given)
        key = (at, EntityId(given.buyer) if given.buyer else self.buyer)
        if key not in self._views:
            judged = [stored.judgement for stored in self.reader.judgements(at)]
            self._views[key] = ReadView(self, at, key[1], Identity(judged), _absorbed(judged))
        return self._views[key]

    def afresh(self) -> "RequestContext":
        """The context as it is after a write."""
        return replace(self, _views={})

    def _known(self, known_at: str | None) -> str | None:
        # Nothing is known later than the last record instant: naming it pins all reads of the request to one revision.
        last = self.status.recorded_at
        return last if known_at is None or last is None else min(record_instant(known_at), last)

    def _at_of(self, after: str, given: ReadScope) -> At:
        at = read_cursor(after).at
        meant = At(world_start(at.as_of or self.as_of), self._known(at.known_at))
        differs = (given.as_of and world_start(given.as_of) != meant.as_of) or (
            given.known_at and self._known(given.known_at) != meant.known_at
        )
        if differs or at != meant:
            raise QueryError(
                "the cursor is of another time", fix="continue with the same scope, or without asOf and knownAt"
            )
        return meant


ApiInfo = Info[RequestContext, None]


@dataclass(frozen=True)
class ReadView:
    """The store at two times, for a buyer, with merged entities as one.

    Attributes:
        absorbed: Ids that another id represents.
    """

    session: RequestContext
    at: At
    buyer: EntityId | None
    identity: Identity
    absorbed: frozenset[EntityId] = frozenset()

    def members(self, ids: Iterable[EntityId]) -> list[EntityId]:
        """All ids of these entities, ascending."""
        return sorted({member for entity in ids for member in self.identity.members(entity)})

    def claims(self, ask: ClaimQuery) -> list[StoredClaim]:
        """The claims that match `ask` at this view's times.

        Raises:
            QueryTooCostlyError: There are more claims than one store call may read.
        """
        return self._claims(replace(ask, at=self.at))

    def cited(self, ids: Iterable[ClaimId]) -> list[StoredClaim]:
        """The claims with these ids at this view's record time, whatever their validity.

        Raises:
            QueryTooCostlyError: They are more than one store call may read.
        """
        wanted = sorted(set(ids))
        return self._claims(ClaimQuery(ids=wanted, at=At(None, self.at.known_at))) if wanted else []

    def _claims(self, ask: ClaimQuery) -> list[StoredClaim]:
        most = self.session.limits.claims
        found = self.session.reader.claims(replace(ask, limit=min(ask.limit or most + 1, most + 1)))
        if len(found) > most:
            raise QueryTooCostlyError(
                f"the query reads more than {most} claims at once", fix="give predicates, or request fewer items"
            )
        return found

    def place(self, question: str) -> ListPosition:
        """Where the lists of one question stand, at this view's times."""
        return ListPosition(self.at, question, self.session.limits.page)

    def page(self, first: int) -> int:
        """How many items a list without cursors shows.

        Raises:
            QueryError: `first` is below 1, or above what a page may have.
        """
        return page_size(first, self.session.limits.page)

    def longest(self, claims: Sequence[ClaimId]) -> Sequence[ClaimId]:
        """As many of the claims as one field may show."""
        return claims[: self.session.limits.page]

    def snapshot(self) -> Snapshot:
        """The snapshot that reasoning reads at this view's times."""
        return self.session.reasoning.snapshot(self.at)

    def apart(self) -> "ReadView":
        """The same view without merges."""
        return replace(self, identity=Identity(), absorbed=frozenset())

    def required_buyer(self) -> EntityId:
        """The buyer.

        Raises:
            QueryError: Neither the scope nor the service names one.
        """
        if self.buyer is None:
            raise QueryError("there is no buyer", fix="give the id of the buying organisation as scope.buyer")
        return self.identity.of(self.buyer)


def _absorbed(judgements: Sequence[Judgement]) -> frozenset[EntityId]:
    identity = Identity(judgements)
    ends = {end for judged in judgements for end in (judged.left, judged.right)}
    return frozenset(end for end in ends if identity.of(end) != end)
