"""Entities, and the claims about them with their evidence."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import ClassVar

import strawberry

from api.request.batches import ClaimBatch, EntityBatch, cited, first_value
from api.request.claim_pages import claim_groups, claim_pages, evidence_groups, evidence_pages
from api.request.context import ReadView
from api.request.scope import Instant
from api.types.base.evidence import Evidence, Node, Qualifier, evidence_list, qualifiers_of
from api.types.base.page import Connection, connection
from api.types.base.scalars import Basis, Review, Value
from graph.port import ClaimQuery
from ontology.generated.vocabulary import kind_of
from ontology.preference import is_primary_name
from ontology.records import ClaimId, EntityId, StoredClaim

_NAMING = ("NAMED", "TITLE", "HEADING")


@strawberry.type
class Name:
    """A name of an entity, from one claim.

    Attributes:
        value: The name.
        kind: `primary`, `alias` or `weak`; null if the source does not classify it.
        language: Language code of the name; null if the source gives none.
        source: Name of the source that uses the name.
        claim_id: Id of the claim that gives the name.
    """

    value: str
    kind: str | None
    language: str | None
    source: str
    claim_id: strawberry.ID


@strawberry.type
class Claim(Node):
    """A statement about an entity that one source makes, with its evidence and its times.

    Attributes:
        statement: Hash of the statement's content. Claims of several sources with the same content share it.
        source: Name of the source, as declared in its specification.
        record: Key of the source's record that contains the statement.
        predicate: The ontology's name of the statement, such as `SUPPLIES` or `HEADCOUNT`.
        value: The value of the statement; null if it points at an entity (`object`).
        qualifiers: Further details of the statement, such as a share or a role, by name.
        valid_from: World time from which the statement holds; null if it is unbounded.
        valid_to: World time at which the statement ceases to hold; null if it is unbounded.
        basis: How the claim came about.
        review: Whether a person has reviewed the claim.
        confidence: Confidence in the claim, from 0 to 1; never above the maximum of its source.
        recorded_at: Record time at which the claim was written to this store.
        superseded_at: Record time at which the claim was replaced or withdrawn in this store; null while it stands.
    """

    statement: str
    source: str
    record: str
    predicate: str
    value: Value | None
    qualifiers: list[Qualifier]
    valid_from: Instant | None
    valid_to: Instant | None
    basis: Basis
    review: Review
    confidence: float
    recorded_at: Instant
    superseded_at: Instant | None
    group: strawberry.Private["PresentedClaims"]
    stored: strawberry.Private[StoredClaim]

    @strawberry.field
    def subject(self) -> "Entity":
        """The entity that the claim is about. For merged entities, the one that represents them."""
        return self.group.entity(self.stored.claim.subject)

    @strawberry.field
    def object(self) -> "Entity | None":
        """The entity that the claim points at; null if the claim has a value."""
        target = self.stored.claim.object
        return None if target is None else self.group.entity(target)

    @strawberry.field
    def evidence(self) -> list[Evidence]:
        """The places in documents that support the claim."""
        return evidence_list(self.group.cited, self.stored.claim.evidence)


@strawberry.interface
class Entity(Node):
    """Something that exists: an organisation, a site, a product, a contract. All its properties are claims.

    Attributes:
        kind: Class in the ontology, such as `Organization`.
    """

    PROPERTIES: ClassVar[tuple[str, ...]] = (*_NAMING, "DESCRIPTION", "DEFINITION")

    kind: str
    batch: strawberry.Private[EntityBatch]

    @strawberry.field
    def name(self) -> str | None:
        """The preferred name, title or heading; null if no claim gives one."""
        named = sorted(_names(self), key=lambda name: not is_primary_name(name.kind))
        return named[0].value if named else text_of(self, "TITLE") or text_of(self, "HEADING")

    @strawberry.field
    def names(self) -> list[Name]:
        """All names, the preferred one first."""
        return _names(self)

    @strawberry.field
    def description(self) -> str | None:
        """A description in words; null if no claim gives one."""
        return text_of(self, "DESCRIPTION") or text_of(self, "DEFINITION")

    @strawberry.field
    def members(self) -> list[strawberry.ID]:
        """Ids of all records of this entity. There are several if records were judged to be the same entity."""
        return [strawberry.ID(member) for member in self.batch.view.identity.members(self.key)]

    @strawberry.field
    def claims(
        self, first: int = 20, after: str | None = None, predicates: list[str] | None = None
    ) -> Connection[Claim]:
        """Claims about the entity, ordered by claim id."""
        return _claim_connection(self, ClaimQuery(predicates=predicates), first, after)

    @strawberry.field
    def mentions(
        self, first: int = 20, after: str | None = None, predicates: list[str] | None = None
    ) -> Connection[Claim]:
        """Claims about other entities that point at this entity, ordered by claim id."""
        return _claim_connection(self, ClaimQuery(predicates=predicates, objects=()), first, after)

    @strawberry.field
    def evidence(self, first: int = 20, after: str | None = None) -> Connection[Evidence]:
        """Evidence of all claims about the entity, ordered by evidence id."""
        return _evidence_connection(self, first, after)

    @property
    def key(self) -> EntityId:
        """The id as the records use it."""
        return EntityId(self.id)

    def properties(self) -> Sequence[StoredClaim]:
        """The claims that the fields of this type are read from."""
        return self.batch.properties()[self.key]


@strawberry.type
class Thing(Entity):
    """An entity of a class that has no GraphQL type of its own. Its properties are in `claims`."""


class PresentedClaims(ClaimBatch):
    """Claims of one answer, as GraphQL shows them."""

    def entity(self, entity: EntityId) -> Entity:
        """The subject or the object of one of the claims."""
        return self._ends[self.view.identity.of(entity)]

    def present(self, ids: Iterable[ClaimId]) -> list[Claim]:
        """The claims with these ids, in this order; ids that were not found are left out."""
        return [present_claim(self, self.claims[item]) for item in ids if item in self.claims]

    @cached_property
    def _ends(self) -> Mapping[EntityId, Entity]:
        claims = [stored.claim for stored in self.claims.values()]
        return entities(
            self.view, [end for claim in claims for end in (claim.subject, claim.object) if end is not None]
        )


def text_of(entity: Entity, predicate: str) -> str | None:
    """The preferred value of a predicate as text; None if no claim gives one."""
    value = first_value(entity.properties(), predicate)
    return None if value is None else str(value)


def number_of(entity: Entity, predicate: str) -> float | None:
    """The preferred value of a predicate as a number; None if no claim gives one."""
    value = first_value(entity.properties(), predicate)
    return float(value) if isinstance(value, int | float) else None


def integer_of(entity: Entity, predicate: str) -> int | None:
    """The preferred value of a predicate as a whole number; None if no claim gives one."""
    value = number_of(entity, predicate)
    return None if value is None else round(value)


def target_of(entity: Entity, predicate: str) -> Entity | None:
    """The preferred object of a predicate; None if no claim gives one."""
    found = entity.batch.once(("targets", predicate), lambda: _targets(entity.batch, predicate))
    return found.get(entity.key)


def entities(view: ReadView, ids: Iterable[EntityId]) -> Mapping[EntityId, Entity]:
    """Entities as one batch, by the id that represents each."""
    batch = EntityBatch(view, (view.identity.of(entity) for entity in ids))
    return {entity: _entity(batch, entity) for entity in batch.ids}


def _entity(batch: EntityBatch, entity: EntityId) -> Entity:
    kind = kind_of(entity)
    shape: type[Entity] = batch.view.session.shapes.get(kind, Thing)
    return shape(id=strawberry.ID(entity), kind=kind, batch=batch)


def present_claim(group: PresentedClaims, stored: StoredClaim) -> Claim:
    """A version of a claim as GraphQL shows it."""
    claim = stored.claim
    return Claim(
        id=strawberry.ID(claim.id),
        statement=claim.statement,
        source=claim.source,
        record=claim.record,
        predicate=claim.predicate,
        value=None if claim.value is None else Value(claim.value),
        qualifiers=qualifiers_of(claim.qualifiers),
        valid_from=_instant(claim.valid_from),
        valid_to=_instant(claim.valid_to),
        basis=Basis(claim.basis),
        review=Review(claim.review),
        confidence=float(claim.confidence),
        recorded_at=Instant(stored.recorded_at),
        superseded_at=_instant(stored.superseded_at),
        group=group,
        stored=stored,
    )


def _instant(text: str | None) -> Instant | None:
    return None if text is None else Instant(text)


def _names(entity: Entity) -> list[Name]:
    return [_name(stored) for stored in entity.properties() if stored.claim.predicate == "NAMED"]


def _name(stored: StoredClaim) -> Name:
    claim = stored.claim
    kind, language = (claim.qualifiers.get(qualifier) for qualifier in ("kind", "language"))
    return Name(
        value=str(claim.value),
        kind=None if kind is None else str(kind),
        language=None if language is None else str(language),
        source=claim.source,
        claim_id=strawberry.ID(claim.id),
    )


def _targets(batch: EntityBatch, predicate: str) -> Mapping[EntityId, Entity]:
    """The preferred object of a predicate, for each entity of a batch that has one."""
    firsts = {
        entity: next((stored.claim.object for stored in claims if stored.claim.predicate == predicate), None)
        for entity, claims in batch.properties().items()
    }
    found = entities(batch.view, [target for target in firsts.values() if target is not None])
    return {entity: found[batch.view.identity.of(target)] for entity, target in firsts.items() if target is not None}


def _claim_connection(entity: Entity, ask: ClaimQuery, first: int, after: str | None) -> Connection[Claim]:
    batch, inward = entity.batch, ask.objects is not None
    place = batch.place(entity.id, "mentions" if inward else "claims", *(ask.predicates or ()))
    page = place.page(first, after)
    pages = claim_pages(batch, ask, page)
    key = ("presented claims", page, tuple(ask.predicates or ()), inward)
    group = batch.once(
        key, lambda: PresentedClaims(batch.view, stored=[one for part in pages.values() for one in part])
    )
    found = pages[entity.key]
    listed = group.present(stored.claim.id for stored in found[: page.first])
    edges = [(place.cursor(claim.id), claim) for claim in listed]
    return connection(edges, lambda: len(claim_groups(batch, ask)[entity.key]), more=len(found) > page.first)


def _evidence_connection(entity: Entity, first: int, after: str | None) -> Connection[Evidence]:
    batch = entity.batch
    place = batch.place(entity.id, "evidence")
    page = place.page(first, after)
    pages = evidence_pages(batch, page)
    found = batch.once(("cited", page), lambda: cited(batch.view, [one for ids in pages.values() for one in ids]))
    listed = evidence_list(found, pages[entity.key][: page.first])
    edges = [(place.cursor(item.id), item) for item in listed]
    more = len(pages[entity.key]) > page.first
    return connection(edges, lambda: len(evidence_groups(batch)[entity.key]), more=more)
