"""Lookup by id: entities, claims, evidence and judgements."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from api.request.batches import cited
from api.request.context import ReadView
from api.request.limits import PAGE_LARGEST
from api.types.base.entity import Entity, PresentedClaims, entities
from api.types.base.evidence import Node, evidence_of
from api.types.entities.judgement import present_judgements
from graph.port import EntityQuery
from ontology.errors import NotFoundError, QueryError
from ontology.generated.vocabulary import kind_of
from ontology.records import ClaimId, EntityId, EvidenceId

T = TypeVar("T", bound=Node)


def find_nodes(view: ReadView, ids: Iterable[str]) -> Mapping[str, Node]:
    """The entities, claims, evidence and judgements with these ids. Each kind is read once."""
    wanted = sorted(set(ids))
    by_prefix = {prefix: [one for one in wanted if one.startswith(prefix)] for prefix in ("clm:", "evd:", "jdg:")}
    rest = [EntityId(one) for one in wanted if kind_of(EntityId(one))]
    found: dict[str, Node] = {}
    if rest:
        found |= {str(key): entity for key, entity in find_entities(view, rest).items()}
    if by_prefix["clm:"]:
        group = PresentedClaims(view, [ClaimId(one) for one in by_prefix["clm:"]])
        found |= {str(claim.id): claim for claim in group.present(group.claims)}
    if by_prefix["evd:"]:
        proofs = cited(view, [EvidenceId(one) for one in by_prefix["evd:"]])
        found |= {key: evidence_of(item) for key, item in proofs.items()}
    if by_prefix["jdg:"]:
        judged = [one for one in view.session.reader.judgements(view.at) if one.judgement.id in by_prefix["jdg:"]]
        found |= {str(one.id): one for one in present_judgements(view, judged)}
    return found


def find_entities(view: ReadView, ids: Sequence[EntityId]) -> Mapping[EntityId, Entity]:
    """The entities with these ids, by the requested id. A merged entity gives the one that represents it."""
    there = {entity.id for entity in view.session.reader.entities(EntityQuery(ids=view.members(ids), at=view.at))}
    known = [entity for entity in ids if not there.isdisjoint(view.identity.members(entity))]
    found = entities(view, known)
    return {entity: found[view.identity.of(entity)] for entity in known}


def at_most_100(ids: Sequence[str]) -> Sequence[str]:
    """These ids, unless there are too many.

    Raises:
        QueryError: There are more than 100.
    """
    if len(ids) > PAGE_LARGEST:
        raise QueryError(f"ids has {len(ids)} ids", fix=f"give at most {PAGE_LARGEST} ids in one request")
    return ids


def require(found: Mapping[str, Node], wanted: str, shape: type[T]) -> T:
    """The node with this id.

    Raises:
        NotFoundError: Nothing has the id, or something of another type.
    """
    node = found.get(wanted)
    if not isinstance(node, shape):
        message = f"nothing is known about {wanted}" if node is None else f"{wanted} is not of type {shape.__name__}"
        raise NotFoundError(
            message, fix="search by name with organizations(where: {search: …}), or read at another time"
        )
    return node
