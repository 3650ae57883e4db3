"""What a reading command is given: the store, the service over it, the instant it asks about, and for which buyer."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.runtime.clock import today
from app.runtime.settings import Settings
from app.runtime.wiring import make_reasoning, open_store
from ontology.errors import InputError, NotFoundError
from ontology.instants import record_instant, world_start
from ontology.records import At, EntityId

if TYPE_CHECKING:
    from graph.port import GraphStore
    from reasoning.service.service import ReasoningService


@dataclass(frozen=True, slots=True)
class ReadSession:
    """One reading of one store."""

    store: GraphStore
    reasoning: ReasoningService
    at: At
    named_buyer: str | None
    settings: Settings

    @property
    def buyer(self) -> EntityId:
        """The buying organisation.

        Raises:
            InputError: Nobody said which.
        """
        if self.named_buyer is None:
            fix = "name it with --buyer ID or TIERSCOPE_BUYER; `tierscope search WORDS` finds ids"
            raise InputError("this question is asked for a buying organisation", fix=fix)
        return self.known(self.named_buyer)

    def known(self, entity: str) -> EntityId:
        """`entity`, resolved to the id that stands for it.

        Raises:
            NotFoundError: No open claim is about it.
        """
        from graph.port import EntityQuery  # numpy comes with it

        if not self.store.entities(EntityQuery(ids=[EntityId(entity)], at=At(known_at=self.at.known_at))):
            fix = "`tierscope search WORDS` finds ids; --known-at reads what was recorded at another time"
            raise NotFoundError(f"nothing is known about {entity}", fix=fix)
        return self.reasoning.snapshot(self.at).facts.of(entity)


@dataclass(frozen=True, slots=True)
class Times:
    """The two times of a question, as the user wrote them; None is now and the latest."""

    as_of: str | None = None
    known_at: str | None = None

    @property
    def at(self) -> At:
        """The same as instants."""
        as_of = today() if self.as_of is None else world_start(self.as_of)
        return At(as_of, None if self.known_at is None else record_instant(self.known_at))


@contextmanager
def open_session(
    settings: Settings, *, store: str | None = None, times: Times | None = None, buyer: str | None = None
) -> Generator[ReadSession]:
    """Open the store for reading and ask a question of it."""
    with open_store(settings, address=store, read_only=True) as opened:
        at = (times or Times()).at
        yield ReadSession(opened, make_reasoning(settings, opened), at, buyer or settings.buyer, settings)
