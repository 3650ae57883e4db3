"""Facts near some entities, read when they are needed: never a whole predicate for one entity."""

from typing import Protocol

from graph.port import ClaimQuery
from ontology.preference import is_believable
from ontology.records import At, EntityId, StoredClaim
from reasoning.network.facts import ClaimReader, Fact, Facts

_Key = tuple[str, EntityId]


class NearReader(ClaimReader, Protocol):
    """What facts near an entity are read from: the three methods of `graph.port.GraphReader` that they need."""

    def claims(self, query: ClaimQuery, /) -> list[StoredClaim]:
        """The claims that the query finds."""
        ...


class NearFacts(Facts):
    """The facts of a reading instant; those about one entity, or onto one, are read when they are requested.

    A predicate that is requested as a whole is read as a whole, as by any `Facts`.
    """

    _reader: NearReader

    def __init__(self, reader: NearReader, at: At) -> None:
        super().__init__(reader, at)
        self._near: NearFacts | None = None
        self._about: dict[_Key, tuple[Fact, ...]] = {}
        self._onto: dict[_Key, tuple[Fact, ...]] = {}

    @property
    def ever(self) -> Facts:
        """The facts known then, of whatever validity."""
        if self._near is None:
            self._near = NearFacts(self._reader, At(None, self.at.known_at))
        return self._near

    def about(self, predicate: str, entity: str) -> tuple[Fact, ...]:
        """The facts of a predicate about one entity."""
        key = (predicate, EntityId(entity))
        if key not in self._about:
            self._about[key] = self._facts(ClaimQuery(subjects=self._named(entity), predicates=[predicate], at=self.at))
        return self._about[key]

    def onto(self, predicate: str, entity: str) -> tuple[Fact, ...]:
        """The facts of a predicate that point at one entity."""
        key = (predicate, EntityId(entity))
        if key not in self._onto:
            self._onto[key] = self._facts(ClaimQuery(objects=self._named(entity), predicates=[predicate], at=self.at))
        return self._onto[key]

    def _named(self, entity: str) -> tuple[EntityId, ...]:
        """All members of the entity that an id stands for; none where another id stands for it."""
        members = self.identity.members(EntityId(entity))
        return members if members[0] == entity else ()

    def _facts(self, query: ClaimQuery) -> tuple[Fact, ...]:
        stored = self._reader.claims(query)
        return tuple(self._resolved(_fact(one)) for one in stored if is_believable(one.claim.review))


def _fact(stored: StoredClaim) -> Fact:
    claim = stored.claim
    return Fact(
        claim.id, claim.statement, claim.source, claim.subject, claim.predicate, claim.object, claim.value,
        claim.qualifiers, claim.valid_from, claim.valid_to, claim.basis, claim.review, claim.confidence, claim.evidence,
    )  # fmt: skip
