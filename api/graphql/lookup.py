"""Finding things: by id, and organisations by words, country and tier."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from api.request.batches import cited
from api.request.context import ReadView
from api.request.cursors import ListPosition, Page, question
from api.request.limits import PAGE_LARGEST
from api.types.base.entity import Entity, PresentedClaims, entities
from api.types.base.evidence import Node, evidence_of
from api.types.base.page import Connection, connection
from api.types.entities.judgement import present_judgements
from api.types.measures.exposure import exposures_of
from graph.port import ClaimQuery, EntityQuery
from graph.words import words
from ontology.errors import NotFoundError, QueryError
from ontology.generated.vocabulary import kind_of
from ontology.ids import scheme_id
from ontology.records import ClaimId, EntityId, EvidenceId

T = TypeVar("T", bound=Node)
_ALPHA_2 = 2


def find_nodes(view: ReadView, ids: Iterable[str]) -> Mapping[str, Node]:
    """What is there under these ids, of entities, claims, evidence and judgements; each sort is read once."""
    wanted = sorted(set(ids))
    sorts = {prefix: [one for one in wanted if one.startswith(prefix)] for prefix in ("clm:", "evd:", "jdg:")}
    rest = [EntityId(one) for one in wanted if kind_of(EntityId(one))]
    found: dict[str, Node] = {}
    if rest:
        found |= {str(key): entity for key, entity in find_entities(view, rest).items()}
    if sorts["clm:"]:
        shelf = PresentedClaims(view, [ClaimId(one) for one in sorts["clm:"]])
        found |= {str(claim.id): claim for claim in shelf.present(shelf.claims)}
    if sorts["evd:"]:
        proofs = cited(view, [EvidenceId(one) for one in sorts["evd:"]])
        found |= {key: evidence_of(item) for key, item in proofs.items()}
    if sorts["jdg:"]:
        judged = [one for one in view.session.reader.judgements(view.at) if one.judgement.id in sorts["jdg:"]]
        found |= {str(one.id): one for one in present_judgements(view, judged)}
    return found


def find_entities(view: ReadView, ids: Sequence[EntityId]) -> Mapping[EntityId, Entity]:
    """The entities of these ids, by the id requested; a merged entity gives the one that stands for it."""
    there = {entity.id for entity in view.session.reader.entities(EntityQuery(ids=view.members(ids), at=view.at))}
    known = [entity for entity in ids if not there.isdisjoint(view.identity.members(entity))]
    found = entities(view, known)
    return {entity: found[view.identity.of(entity)] for entity in known}


def at_most_100(ids: Sequence[str]) -> Sequence[str]:
    """These ids, where they are not too many.

    Raises:
        QueryError: They are.
    """
    if len(ids) > PAGE_LARGEST:
        raise QueryError(f"{len(ids)} ids are asked for", fix=f"ask for at most {PAGE_LARGEST} at a time")
    return ids


def sure(found: Mapping[str, Node], wanted: str, sort: type[T]) -> T:
    """What was found under an id.

    Raises:
        NotFoundError: Nothing was, or something of another sort.
    """
    node = found.get(wanted)
    if not isinstance(node, sort):
        message = f"nothing is known about {wanted}" if node is None else f"{wanted} is no {sort.__name__}"
        raise NotFoundError(
            message, fix="search by name with organizations(where: {search: …}), or ask at another time"
        )
    return node


@dataclass(frozen=True, slots=True)
class OrganizationFilter:
    """Which organisations: every filter that is given must hold.

    Attributes:
        search: Words that its names hold, all of them.
        country: Id of the country, or its two-letter code.
        tier: Fewest supply links from the buyer.
    """

    search: str = ""
    country: str = ""
    tier: int | None = None


def find_organizations(view: ReadView, wanted: OrganizationFilter, first: int, after: str | None) -> Connection[Entity]:
    """One page of the organisations that are wanted, by id.

    Raises:
        QueryError: The page or its cursor is not right, or a tier is asked for and there is no buyer.
    """
    asked = question("organizations", wanted.search, wanted.country, wanted.tier, view.buyer)
    place = ListPosition(view.at, asked)
    page = place.page(first, after)
    ask = _query(view, wanted)
    rows = _rows(view, ask, page)
    shown = rows[: page.first]
    found = entities(view, shown)
    edges = [(place.cursor(row), found[view.identity.of(row)]) for row in shown]
    return connection(edges, lambda: _count(view, ask), more=len(rows) > page.first)


def _query(view: ReadView, wanted: OrganizationFilter) -> EntityQuery:
    ids: set[EntityId] | None = None
    if wanted.country:
        ids = set(_in_country(view, wanted.country))
    if wanted.tier is not None:
        upstream = set(view.members(_at_tier(view, wanted.tier)))
        ids = upstream if ids is None else ids & upstream
    held = None if ids is None else sorted(ids)
    return EntityQuery(ids=held, kinds=["Organization"], words=words(wanted.search), at=view.at)


def _in_country(view: ReadView, country: str) -> list[EntityId]:
    region = scheme_id("reg", "iso3166", country.upper()) if len(country) == _ALPHA_2 else EntityId(country)
    said = view.claims(ClaimQuery(predicates=["IN_COUNTRY"], objects=view.members([region])))
    return view.members(stored.claim.subject for stored in said if stored.claim.review != "rejected")


def _at_tier(view: ReadView, tier: int) -> list[EntityId]:
    if tier == 0:
        return [view.required_buyer()]
    return [one.supplier for one in exposures_of(view, 10) if one.tier == tier]


def _rows(view: ReadView, ask: EntityQuery, page: Page) -> list[EntityId]:
    """The ids of a page and of one more: of merged entities, the smallest that fits."""
    if ask.ids is not None and not ask.ids:
        return []
    spare = sum(1 for entity in view.absorbed if entity > page.after)
    part = replace(ask, after=page.after, limit=page.first + 1 + spare)
    fitting = [entity.id for entity in view.session.reader.entities(part)]
    doubles = _doubles(view, ask, fitting)
    return [entity for entity in fitting if entity not in doubles][: page.first + 1]


def _doubles(view: ReadView, ask: EntityQuery, fitting: Sequence[EntityId]) -> set[EntityId]:
    """Those of which a smaller member of the same entity fits too."""
    smaller = {
        entity: [one for one in view.identity.members(entity) if one < entity]
        for entity in fitting
        if entity in view.absorbed
    }
    if not smaller:
        return set()
    asked = {one for group in smaller.values() for one in group}
    ids = sorted(asked if ask.ids is None else asked & set(ask.ids))
    there = {entity.id for entity in view.session.reader.entities(replace(ask, ids=ids))} if ids else set()
    return {entity for entity, group in smaller.items() if not there.isdisjoint(group)}


def _count(view: ReadView, ask: EntityQuery) -> int:
    if ask.ids is not None and not ask.ids:
        return 0
    return len({view.identity.of(entity.id) for entity in view.session.reader.entities(ask)})
