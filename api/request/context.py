"""What the resolvers of one request work with: the session, and the views (two times and a buyer) that it opens."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from strawberry.types import Info

from api.request.cursors import read_cursor
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
    """One request's world.

    Attributes:
        reader: The store, with the request's deadline on it.
        writer: The same store, for the mutation.
        reasoning: What follows from what is stored.
        memory: The idempotency keys of late.
        clock: This moment, as record time.
        shapes: The GraphQL type of each kind of entity that has one of its own.
        as_of: World time of a read that names none.
        buyer: The buying organisation that questions are asked for where none is named.
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
        """What the store was when the request began; every read of the request is of that revision."""
        return self.reader.status()

    def view(self, scope: ReadScope | None = None, *, after: str | None = None) -> "ReadView":
        """The view of a scope; `after` is a cursor whose list is read on at its own times.

        Raises:
            InputError: A time is neither a date nor a date-time.
            QueryError: The cursor is of another time than the scope.
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
        """The session as it begins anew after a write."""
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
                "the cursor is of another time", fix="page on with the same scope, or without asOf and knownAt"
            )
        return meant


ApiInfo = Info[RequestContext, None]


@dataclass(frozen=True)
class ReadView:
    """What is read at two times, for a buyer, with merged entities as one.

    Attributes:
        absorbed: The entities that another stands for.
    """

    session: RequestContext
    at: At
    buyer: EntityId | None
    identity: Identity
    absorbed: frozenset[EntityId] = frozenset()

    def members(self, ids: Iterable[EntityId]) -> list[EntityId]:
        """All ids that stand for these entities, ascending."""
        return sorted({member for entity in ids for member in self.identity.members(entity)})

    def claims(self, ask: ClaimQuery) -> list[StoredClaim]:
        """The claims that `ask` finds at this view's times.

        Raises:
            QueryTooCostlyError: They are more than one store call may read.
        """
        return self._claims(replace(ask, at=self.at))

    def cited(self, ids: Iterable[ClaimId]) -> list[StoredClaim]:
        """The claims of these ids at this view's record time, of whatever validity.

        A conclusion may rest on what was so before, or is yet to begin.

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
                f"more than {most} claims would have to be read", fix="name predicates, or ask for fewer at once"
            )
        return found

    def snapshot(self) -> Snapshot:
        """What reasoning reads at this view's times."""
        return self.session.reasoning.snapshot(self.at)

    def apart(self) -> "ReadView":
        """The same view with merged entities as they are by themselves."""
        return replace(self, identity=Identity(), absorbed=frozenset())

    def required_buyer(self) -> EntityId:
        """The buyer.

        Raises:
            QueryError: None was named, and the service has none by default.
        """
        if self.buyer is None:
            raise QueryError("no buyer is named", fix="give the id of the buying organisation as scope.buyer")
        return self.identity.of(self.buyer)


def _absorbed(judgements: Sequence[Judgement]) -> frozenset[EntityId]:
    identity = Identity(judgements)
    ends = {end for judged in judgements for end in (judged.left, judged.right)}
    return frozenset(end for end in ends if identity.of(end) != end)
