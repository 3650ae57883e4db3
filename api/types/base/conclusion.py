"""Conclusions of one list: their entities, claims and evidence are read together, when they are needed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from api.request.batches import cited
from api.request.context import ReadView
from api.request.cursors import cut, question
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
        stored: The claims themselves, if they were read already; None to read them by `claims` when they are needed.
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
        """One of the entities; None for a text that is no id, such as a tier, a product's name or an empty text."""
        return self.entity(EntityId(entity)) if ":" in entity else None

    def present(self, claims: Iterable[ClaimId]) -> list[Claim]:
        """The claims with these ids."""
        return self._presented.present(claims)

    def cite(self, evidence: Iterable[EvidenceId]) -> list[Evidence]:
        """The evidence with these ids."""
        return evidence_list(self._cited, evidence)

    def prove(self, claims: Iterable[ClaimId]) -> list[Evidence]:
        """The evidence of the claims with these ids, each piece once."""
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
    """A list of conclusions that is shown page by page.

    Attributes:
        key: What distinguishes this list from others: its name and its filters.
        first, after: The requested page.
    """

    view: ReadView
    key: tuple[str, ...]
    first: int
    after: str | None

    def show(
        self, rows: Sequence[R], key: Callable[[R], str], present: Callable[[Sequence[R]], Sequence[T]]
    ) -> Connection[T]:
        """The page; `present` turns its rows into GraphQL objects, in the same order."""
        place = self.view.place(question(*self.key, self.view.buyer))
        listed, more = cut(rows, place.page(self.first, self.after), key)
        cursors = [place.cursor(key(row)) for row in listed]
        return connection(list(zip(cursors, present(listed), strict=True)), lambda: len(rows), more=more)


def short(*parts: object) -> str:
    """A short digest of these parts, unique in practice."""
    return digest([str(part) for part in parts])[:16]
