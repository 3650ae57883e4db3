"""The session of a reading command: a store, the two times and the buyer that it reads for, and reasoning over it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.runtime.clock import today
from app.runtime.settings import Settings
from app.runtime.wiring import make_reasoning, open_store
from ontology.errors import InputError, NotFoundError
from ontology.instants import record_instant, world_start
from ontology.records import At, EntityId

if TYPE_CHECKING:
    from graph.port import GraphStore
    from reasoning.network.facts import Facts
    from reasoning.service.service import ReasoningService


@dataclass(frozen=True)
class ReadSession:
    """One reading session over one store.

    Attributes:
        store: The store, open for reading.
        at: The two times of every read.
        named_buyer: The id of the buying organisation as the user or the settings name it; None where neither does.
        settings: The settings.
    """

    store: GraphStore
    at: At
    named_buyer: str | None
    settings: Settings

    @cached_property
    def reasoning(self) -> ReasoningService:
        """Reasoning over the store; made at the first use, since some commands need none."""
        return make_reasoning(self.settings, self.store)

    @cached_property
    def nearby(self) -> Facts:
        """The facts about single entities, each read by the entity's id."""
        from reasoning.arrays.nearby.nearby_facts import NearFacts

        return NearFacts(self.store, self.at)

    @property
    def buyer(self) -> EntityId:
        """The id of the buying organisation.

        Raises:
            InputError: Neither the user nor the settings name a buyer.
            NotFoundError: No open claim is about it.
        """
        if self.named_buyer is None:
            fix = "name it with --buyer ID or TIERSCOPE_BUYER; `tierscope search WORDS` finds ids"
            raise InputError("this command needs a buying organisation", fix=fix)
        return self.known(self.named_buyer)

    def known(self, entity: str) -> EntityId:
        """The id that stands for an entity: its own, or that of the entity that it was merged into.

        Raises:
            NotFoundError: No open claim is about it.
        """
        from graph.port import EntityQuery  # numpy comes with it

        if not self.store.entities(EntityQuery(ids=[EntityId(entity)], at=At(known_at=self.at.known_at))):
            fix = "`tierscope search WORDS` finds ids; --known-at reads what was recorded at another time"
            raise NotFoundError(f"nothing is known about {entity}", fix=fix)
        return self.nearby.of(entity)


@dataclass(frozen=True, slots=True)
class Times:
    """The two times of a request, as the user wrote them.

    Attributes:
        as_of: World time; None for now.
        known_at: Record time; None for the latest.
    """

    as_of: str | None = None
    known_at: str | None = None

    @property
    def at(self) -> At:
        """The two times as instants.

        Raises:
            InputError: One is neither a date nor a date-time.
        """
        as_of = today() if self.as_of is None else world_start(self.as_of)
        return At(as_of, None if self.known_at is None else record_instant(self.known_at))


@contextmanager
def open_session(
    settings: Settings, *, store: str | None = None, times: Times | None = None, buyer: str | None = None
) -> Generator[ReadSession]:
    """Open a store for reading, as a session; the store is closed at the end.

    Args:
        settings: The settings.
        store: Address of the store; None for that of the settings.
        times: The two times; None for now and the latest.
        buyer: Id of the buying organisation; None for that of the settings.
    """
    with open_store(settings, address=store, read_only=True) as opened:
        at = (times or Times()).at
        yield ReadSession(opened, at, buyer or settings.buyer, settings)
