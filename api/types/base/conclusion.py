"""Scenes: the entities, claims and evidence that the conclusions of one list rest on, read together when key for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from api.request.batches import cited
from api.request.context import ReadView
from api.request.cursors import ListPosition, cut, question
from api.request.limits import PAGE_LARGEST
from api.types.base.entity import Claim, Entity, PresentedClaims, entities
from api.types.base.evidence import Evidence, evidence_list
from api.types.base.page import Connection, connection
from graph.port import Cited
from ontology.canonical import digest
from ontology.records import ClaimId, EntityId, EvidenceId, StoredClaim

R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True)
class ConclusionContext:
    """What one list of conclusions rests on: the ids of its entities, claims and evidence.

    Attributes:
        stored: The claims themselves, where they are read already; None to read them by `claims` when they are needed.
    """

    view: ReadView
    entities: Sequence[EntityId]
    claims: Sequence[ClaimId]
    evidence: Sequence[EvidenceId] = ()
    stored: Sequence[StoredClaim] | None = None

    def entity(self, entity: EntityId) -> Entity:
        """One of the entities."""
        return self._entities[self.view.identity.of(entity)]

    def maybe(self, entity: str) -> Entity | None:
        """One of the entities; None for what is no id of one: a tier, the name of a product, what is not known."""
        return self.entity(EntityId(entity)) if ":" in entity else None

    def present(self, claims: Iterable[ClaimId]) -> list[Claim]:
        """Some of the claims."""
        return self._presented.present(claims)

    def cite(self, evidence: Iterable[EvidenceId]) -> list[Evidence]:
        """Some of the evidence."""
        return evidence_list(self._cited, evidence)

    def prove(self, claims: Iterable[ClaimId]) -> list[Evidence]:
        """The evidence of some of the claims, each piece once."""
        there = self._presented.claims
        ids = {item for claim in claims if claim in there for item in there[claim].claim.evidence}
        return evidence_list(self._presented.cited, sorted(ids))

    @cached_property
    def _entities(self) -> Mapping[EntityId, Entity]:
        return entities(self.view, self.entities)

    @cached_property
    def _presented(self) -> PresentedClaims:
        stored = self.view.cited(self.claims) if self.stored is None else self.stored
        return PresentedClaims(self.view, stored=stored)

    @cached_property
    def _cited(self) -> Mapping[EvidenceId, Cited]:
        return cited(self.view, self.evidence)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of conclusions to be listed a page at a time.

    Attributes:
        key: What tells this list from others.
        first, after: The page, as the client asks for it.
    """

    view: ReadView
    key: tuple[str, ...]
    first: int
    after: str | None

    def show(
        self, rows: Sequence[R], key: Callable[[R], str], present: Callable[[Sequence[R]], Sequence[T]]
    ) -> Connection[T]:
        """The page; `present` makes what is listed of its rows, in their order."""
        place = ListPosition(self.view.at, question(*self.key, self.view.buyer))
        listed, more = cut(rows, place.page(self.first, self.after), key)
        cursors = [place.cursor(key(row)) for row in listed]
        return connection(list(zip(cursors, present(listed), strict=True)), lambda: len(rows), more=more)


def longest(claims: Sequence[ClaimId]) -> Sequence[ClaimId]:
    """As many of the claims as one field may show."""
    return claims[:PAGE_LARGEST]


def short(*parts: object) -> str:
    """A name, unique in practice, for what these parts make up."""
    return digest([str(part) for part in parts])[:16]
