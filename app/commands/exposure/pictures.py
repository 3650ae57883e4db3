"""The picture of a buyer's network by tiers, with the firms that a measure ranks first marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from app.views.pictures import Firm, tier_picture
from app.views.tables import name_of

if TYPE_CHECKING:
    from app.commands.exposure.request import ResolvedRequest
    from ontology.records import EntityId

MARKED = 10


def network_picture(request: ResolvedRequest[Any], marked: Iterable[EntityId], title: str) -> str:
    """Draw the buyer on the left and its suppliers by tier to the right; the first `MARKED` firms are named."""
    session = request.session
    tiers = {request.buyer: 0, **request.suppliers}
    named = {*list(marked)[:MARKED], request.buyer}
    snapshot = session.reasoning.snapshot(session.at)
    firms = {str(entity): Firm(name_of(session, entity), tier, entity in named) for entity, tier in tiers.items()}
    links = {
        (str(link.supplier), str(link.customer))
        for customer in tiers
        for link in snapshot.by_customer.get(customer, ())
        if link.supplier in tiers
    }
    return tier_picture(f"{title}: {name_of(session, request.buyer)}", firms, links)
