"""The input of a what-if: the changes to lay over what is known."""

from collections.abc import Iterable

import strawberry

from api.types.analyses.edits import EditInput, edit_of
from ontology.errors import QueryError
from ontology.records import EntityId
from reasoning.scenarios.edits import (
    AddLink,
    CloseSuppliers,
    ConfirmLink,
    DropLink,
    Edit,
    SetInventory,
    SetRisk,
    SetShare,
    Stop,
)


@strawberry.input
class LinkInput:
    """A supply link, from a supplier to a customer.

    Attributes:
        supplier: Id of the supplier.
        customer: Id of the customer.
        product: Id of a product, to restrict the change to it; everything that is supplied by default.
    """

    supplier: strawberry.ID
    customer: strawberry.ID
    product: str = ""


@strawberry.input
class NewLinkInput:
    """A supply link that begins.

    Attributes:
        supplier: Id of the supplier.
        customer: Id of the customer.
        product: Id of the product; unknown by default.
        share: The supplier's share of the customer's purchases, from 0 to 1; the average of the other suppliers by
            default.
    """

    supplier: strawberry.ID
    customer: strawberry.ID
    product: str = ""
    share: float | None = None


@strawberry.input
class ShareInput:
    """A new share of a supplier in a customer's purchases.

    Attributes:
        supplier: Id of the supplier.
        customer: Id of the customer.
        share: The share, from 0 to 1. The other suppliers divide the rest in proportion.
    """

    supplier: strawberry.ID
    customer: strawberry.ID
    share: float


@strawberry.input
class RiskInput:
    """A new own risk of a firm. For a site or region, the minimum own risk of the firms there.

    Attributes:
        entity: Id of the organisation, site or region.
        category: Id of the category of risk.
        value: The risk, from 0 to 1.
    """

    entity: strawberry.ID
    category: strawberry.ID
    value: float


@strawberry.input
class InventoryInput:
    """Stock of a customer that bridges an outage.

    Attributes:
        supplier: Id of the supplier whose goods are stocked.
        customer: Id of the customer that keeps the stock.
        days: Days of the outage for which the stock lasts.
        outage: Length of the outage in days.
    """

    supplier: strawberry.ID
    customer: strawberry.ID
    days: float
    outage: float = 90.0


@strawberry.input
class WhatIfInput:
    """Hypothetical changes, 1 to 20 in all, applied in the order of these fields; `edits` takes them in any order.

    Attributes:
        stop: Ids of suppliers, sites, regions, product categories (sectors) or products that stop for certain.
        drop_links: Links that end. The customer's other suppliers take over.
        add_links: Links that begin.
        set_shares: New shares of suppliers in customers' purchases.
        confirm_links: Inferred links that turn out to exist.
        close_suppliers: Ids of firms of which all suppliers are known.
        set_risks: New own risks.
        set_inventories: Stocks.
        edits: Changes of any sort, made in their own order after those of the other fields.
        name: Name of the whole, which the answer repeats: up to 64 letters, digits and `.`, `_`, `-`.
        note: What it is for, which the answer repeats.
    """

    stop: list[strawberry.ID] = strawberry.field(default_factory=list)
    drop_links: list[LinkInput] = strawberry.field(default_factory=list)
    add_links: list[NewLinkInput] = strawberry.field(default_factory=list)
    set_shares: list[ShareInput] = strawberry.field(default_factory=list)
    confirm_links: list[LinkInput] = strawberry.field(default_factory=list)
    close_suppliers: list[strawberry.ID] = strawberry.field(default_factory=list)
    set_risks: list[RiskInput] = strawberry.field(default_factory=list)
    set_inventories: list[InventoryInput] = strawberry.field(default_factory=list)
    edits: list[EditInput] = strawberry.field(default_factory=list)
    name: str = "unnamed"
    note: str = ""


def edits_of(given: WhatIfInput, most: int) -> tuple[Edit, ...]:
    """The changes, at most so many, in the order of the input's fields.

    Raises:
        QueryError: There is none, or there are too many.
        InputError: One of them has a value out of range.
    """
    edits = tuple(_edits(given))
    if not 0 < len(edits) <= most:
        raise QueryError(f"the input has {len(edits)} changes", fix=f"give 1 to {most} changes")
    return edits


def _edits(given: WhatIfInput) -> Iterable[Edit]:
    yield from (Stop(EntityId(entity)) for entity in given.stop)
    yield from (DropLink(*_ends(one), one.product) for one in given.drop_links)
    yield from (AddLink(*_ends(one), one.product, one.share) for one in given.add_links)
    yield from (SetShare(*_ends(one), one.share) for one in given.set_shares)
    yield from (ConfirmLink(*_ends(one), one.product) for one in given.confirm_links)
    yield from (CloseSuppliers(EntityId(entity)) for entity in given.close_suppliers)
    yield from (SetRisk(EntityId(one.entity), EntityId(one.category), one.value) for one in given.set_risks)
    yield from (SetInventory(*_ends(one), one.days, one.outage) for one in given.set_inventories)
    yield from map(edit_of, given.edits)


def _ends(link: LinkInput | NewLinkInput | ShareInput | InventoryInput) -> tuple[EntityId, EntityId]:
    return EntityId(link.supplier), EntityId(link.customer)
