"""Pictures of a buyer's network by tiers, with what a measure found most of marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from app.views.pictures import Firm, tier_picture
from app.views.tables import name_of

if TYPE_CHECKING:
    from app.commands.exposure.request import ResolvedRequest
    from ontology.records import EntityId

MARKED = 10


def network_picture(asked: ResolvedRequest[Any], marked: Iterable[EntityId], title: str) -> str:
    """The buyer on the left, its suppliers by tier to the right of it; those marked are named."""
    tiers = {asked.buyer: 0, **asked.suppliers}
    standing_out = {*list(marked)[:MARKED], asked.buyer}
    question = asked.question
    snapshot = question.reasoning.snapshot(question.at)
    firms = {
        str(entity): Firm(name_of(question, entity), tier, entity in standing_out) for entity, tier in tiers.items()
    }
    ways = {
        (str(link.supplier), str(link.customer))
        for customer in tiers
        for link in snapshot.by_customer.get(customer, ())
        if link.supplier in tiers
    }
    return tier_picture(f"{title}: {name_of(question, asked.buyer)}", firms, ways)
