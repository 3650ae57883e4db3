"""Batches: what a field needs of one entity is read for all entities of its list, in one store call.

Resolvers run one after the other in one thread. The first resolver of a list that needs something makes one store call
for the whole list, and the others find the result there. So the number of store calls depends on the nested lists and
the kinds of fields in a query, not on the number of rows.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from api.request.context import ReadView
from api.request.cursors import ListPosition, Page, cut, question
from graph.port import Cited, ClaimQuery
from ontology.canonical import Scalar
from ontology.generated.vocabulary import kind_of
from ontology.preference import believed
from ontology.records import ClaimId, EntityId, EvidenceId, StoredClaim

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Traversal:
    """A step from an entity to related entities, over the claims of these predicates.

    Attributes:
        ordinal: Qualifier that orders the related entities; by id if it is empty.
        inward: Whether the step goes against the direction of the claims.
    """

    predicates: tuple[str, ...]
    inward: bool = False
    ordinal: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A related entity, and the claims that state the relation, the preferred one first."""

    other: EntityId
    claims: tuple[StoredClaim, ...]


@dataclass(frozen=True, slots=True)
class RelationPage:
    """One page of related entities: its rows, whether more follow, and the total number."""

    rows: tuple[Relation, ...]
    more: bool
    total: int


class EntityBatch:
    """The entities of one list."""

    def __init__(self, view: ReadView, ids: Iterable[EntityId]) -> None:
        self.view = view
        self.ids = sorted(set(ids))
        self._found: dict[Hashable, object] = {}

    def once(self, key: Hashable, find: Callable[[], T]) -> T:
        """The result of `find`, computed once for the batch."""
        if key not in self._found:
            self._found[key] = find()
        return self._found[key]  # type: ignore[return-value]  # what was found under this key

    def claims_of(self, predicates: tuple[str, ...]) -> Mapping[EntityId, list[StoredClaim]]:
        """The claims of these predicates about each entity, the preferred one first."""
        return self.once(("claims of", predicates), lambda: self._read(Traversal(predicates)))

    def properties(self) -> Mapping[EntityId, list[StoredClaim]]:
        """The claims that the fields of each entity's type are read from."""
        return self.claims_of(self._predicates)

    def relations(self, hop: Traversal, page: Page) -> Mapping[EntityId, RelationPage]:
        """For each entity, one page of the entities that a traversal leads to."""
        return self.once(("relations", hop, page), lambda: self._pages(hop, page))

    def place(self, *key: str) -> ListPosition:
        """The position of the list with this name and these filters."""
        return self.view.place(question(*key))

    @cached_property
    def _predicates(self) -> tuple[str, ...]:
        known = self.view.session.shapes
        shapes = {known.get(kind_of(entity), known[""]) for entity in self.ids}
        return tuple(sorted({predicate for shape in shapes for predicate in shape.PROPERTIES}))

    def _pages(self, hop: Traversal, page: Page) -> Mapping[EntityId, RelationPage]:
        claims = self.once(("hop", hop), lambda: self._read(hop))
        return {entity: self._part(claims[entity], hop, page) for entity in self.ids}

    def _part(self, claims: Sequence[StoredClaim], hop: Traversal, page: Page) -> RelationPage:
        far: dict[EntityId, list[StoredClaim]] = defaultdict(list)
        for stored in claims:
            far[self._far_end(stored, hop)].append(stored)
        found = [Relation(other, tuple(leading)) for other, leading in far.items()]
        found.sort(key=lambda relation: (_ordinal(relation.claims[0], hop.ordinal), relation.other))
        rows, more = cut(found, page, lambda relation: relation.other)
        return RelationPage(tuple(rows), more, len(found))

    def _far_end(self, stored: StoredClaim, hop: Traversal) -> EntityId:
        end = stored.claim.subject if hop.inward else stored.claim.object
        return self.view.identity.of(end or stored.claim.subject)

    def _read(self, hop: Traversal) -> Mapping[EntityId, list[StoredClaim]]:
        members = self.view.members(self.ids)
        ask = ClaimQuery(objects=members) if hop.inward else ClaimQuery(subjects=members)
        groups: dict[EntityId, list[StoredClaim]] = {entity: [] for entity in self.ids}
        for stored in believed(self.view.claims(replace(ask, predicates=hop.predicates))):
            near = stored.claim.object if hop.inward else stored.claim.subject
            groups[self.view.identity.of(near or stored.claim.subject)].append(stored)
        return groups


class ClaimBatch:
    """Claims of one answer, with the evidence that they cite. Both are read when they are needed."""

    def __init__(
        self, view: ReadView, ids: Iterable[ClaimId] = (), *, stored: Iterable[StoredClaim] | None = None
    ) -> None:
        self.view = view
        self._ids = ids
        self._stored = stored

    @cached_property
    def claims(self) -> Mapping[ClaimId, StoredClaim]:
        """The claims by id."""
        found = self._stored
        if found is None:
            ids = sorted(set(self._ids))
            found = self.view.claims(ClaimQuery(ids=ids)) if ids else ()
        return {stored.claim.id: stored for stored in found}

    @cached_property
    def cited(self) -> Mapping[EvidenceId, Cited]:
        """The evidence of all the claims, by id."""
        return cited(self.view, (item for stored in self.claims.values() for item in stored.claim.evidence))


def cited(view: ReadView, ids: Iterable[EvidenceId]) -> Mapping[EvidenceId, Cited]:
    """The evidence with these ids that exists."""
    wanted = sorted(set(ids))
    found = view.session.reader.evidence(wanted) if wanted else ()
    return {item.evidence.id: item for item in found}


def first_value(claims: Iterable[StoredClaim], predicate: str) -> Scalar | None:
    """The preferred value of a predicate, among claims in order of preference; None if there is none."""
    return next((stored.claim.value for stored in claims if stored.claim.predicate == predicate), None)


def _ordinal(stored: StoredClaim, qualifier: str) -> float:
    value = stored.claim.qualifiers.get(qualifier) if qualifier else None
    return float(value) if isinstance(value, int | float) else float("inf")
