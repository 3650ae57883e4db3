"""Search for organisations by the words of their names, by country and by tier."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import strawberry

from api.request.context import ReadView
from api.request.cursors import ListPosition, Page, question
from api.types.base.entity import Entity, entities
from api.types.base.page import Connection, connection
from api.types.entities.organization import Organization
from api.types.measures.exposure import exposures_of
from graph.port import ClaimQuery, EntityQuery
from graph.words import words
from ontology.errors import InputError
from ontology.generated.vocabulary import VOCABULARY
from ontology.ids import scheme_id
from ontology.records import EntityId

_ALPHA_2 = 2


@strawberry.input
class OrganizationWhere:
    """Filters for organisations. An organisation is listed if it passes all given filters.

    Attributes:
        search: Words that the organisation's names contain, all of them. Case, accents and punctuation are ignored.
        country: The country of registration: its id (`reg:iso3166-CI`) or its two-letter code.
        tier: Distance from the buyer in supply links: 0 for the buyer, 1 for its direct suppliers.
    """

    search: str | None = None
    country: str | None = None
    tier: int | None = None


def find_organizations(
    view: ReadView, where: OrganizationWhere | None, first: int, after: str | None
) -> Connection[Organization]:
    """One page of the organisations that pass the filters, by id.

    Raises:
        QueryError: The page size or the cursor is invalid, or a tier is given without a buyer.
    """
    wanted = where or OrganizationWhere()
    filters = question("organizations", wanted.search or "", wanted.country or "", wanted.tier, view.buyer)
    found = _page(view, _query(view, wanted), view.place(filters), first, after)
    return cast("Connection[Organization]", found)


def search_entities(
    view: ReadView, text: str, kinds: Sequence[str] | None, first: int, after: str | None
) -> Connection[Entity]:
    """One page of the entities whose names or texts hold all words of a text, by id.

    Raises:
        InputError: There is no such kind.
        QueryError: The page or its cursor is not right.
    """
    unknown = sorted(set(kinds or ()) - VOCABULARY.kinds.keys())
    if unknown:
        fix = f"the kinds are {', '.join(sorted(VOCABULARY.kinds))}"
        raise InputError(f"there is no kind {', '.join(unknown)}", fix=fix)
    place = view.place(question("search", text, *(kinds or ())))
    return _page(view, EntityQuery(kinds=kinds, words=words(text), at=view.at), place, first, after)


def _page(view: ReadView, ask: EntityQuery, place: ListPosition, first: int, after: str | None) -> Connection[Entity]:
    """One page of the entities that a query finds, those that were merged as one."""
    page = place.page(first, after)
    rows = _rows(view, ask, page)
    listed = rows[: page.first]
    found = entities(view, listed)
    edges = [(place.cursor(row), found[view.identity.of(row)]) for row in listed]
    return connection(edges, lambda: _count(view, ask), more=len(rows) > page.first)


def _query(view: ReadView, wanted: OrganizationWhere) -> EntityQuery:
    ids: set[EntityId] | None = None
    if wanted.country:
        ids = set(_in_country(view, wanted.country))
    if wanted.tier is not None:
        upstream = set(view.members(_at_tier(view, wanted.tier)))
        ids = upstream if ids is None else ids & upstream
    listed = None if ids is None else sorted(ids)
    return EntityQuery(ids=listed, kinds=["Organization"], words=words(wanted.search or ""), at=view.at)


def _in_country(view: ReadView, country: str) -> list[EntityId]:
    region = scheme_id("reg", "iso3166", country.upper()) if len(country) == _ALPHA_2 else EntityId(country)
    located = view.claims(ClaimQuery(predicates=["IN_COUNTRY"], objects=view.members([region])))
    return view.members(stored.claim.subject for stored in located if stored.claim.review != "rejected")


def _at_tier(view: ReadView, tier: int) -> list[EntityId]:
    if tier == 0:
        return [view.required_buyer()]
    return [one.supplier for one in exposures_of(view, 10) if one.tier == tier]


def _rows(view: ReadView, ask: EntityQuery, page: Page) -> list[EntityId]:
    """The ids of a page and of one more. A merged entity is listed under the smallest of its ids that fits."""
    if ask.ids is not None and not ask.ids:
        return []
    spare = sum(1 for entity in view.absorbed if entity > page.after)
    part = replace(ask, after=page.after, limit=page.first + 1 + spare)
    fitting = [entity.id for entity in view.session.reader.entities(part)]
    doubles = _doubles(view, ask, fitting)
    return [entity for entity in fitting if entity not in doubles][: page.first + 1]


def _doubles(view: ReadView, ask: EntityQuery, fitting: Sequence[EntityId]) -> set[EntityId]:
    """The ids that repeat an entity, because a smaller id of the same entity fits too."""
    smaller = {
        entity: [one for one in view.identity.members(entity) if one < entity]
        for entity in fitting
        if entity in view.absorbed
    }
    if not smaller:
        return set()
    candidates = {one for group in smaller.values() for one in group}
    ids = sorted(candidates if ask.ids is None else candidates & set(ask.ids))
    there = {entity.id for entity in view.session.reader.entities(replace(ask, ids=ids))} if ids else set()
    return {entity for entity, group in smaller.items() if not there.isdisjoint(group)}


def _count(view: ReadView, ask: EntityQuery) -> int:
    if ask.ids is not None and not ask.ids:
        return 0
    return len({view.identity.of(entity.id) for entity in view.session.reader.entities(ask)})
