"""Changes of a what-if, as a client gives them and as answers name them: the same fields both ways."""

from dataclasses import asdict
from typing import Any

import strawberry

from reasoning.scenarios.edits import Edit as ComputedEdit
from reasoning.scenarios.edits import edit_document, read_edit


@strawberry.input
class EditInput:
    """One change; `what` says which of the other fields it has.

    Attributes:
        what: `stop`, `close_suppliers` (entity); `drop_link`, `confirm_link` (supplier, customer, product); `add_link`
            (supplier, customer, product, share); `set_share` (supplier, customer, share); `set_risk` (entity, category,
            value); `set_inventory` (supplier, customer, days, outage).
        entity: Id of what stops, of the firm whose suppliers are all known, or of whose risk is set.
        supplier: Id of the supplier of a link.
        customer: Id of the customer of a link.
        product: Id or name of the product of a link; all products by default.
        share: The supplier's part of what the customer buys, from 0 to 1.
        category: Id of the category of a risk.
        value: The risk, from 0 to 1.
        days: Days of the outage for which stock lasts.
        outage: Days that the outage takes; 90 by default.
    """

    what: str
    entity: strawberry.ID | None = None
    supplier: strawberry.ID | None = None
    customer: strawberry.ID | None = None
    product: str | None = None
    share: float | None = None
    category: strawberry.ID | None = None
    value: float | None = None
    days: float | None = None
    outage: float | None = None


@strawberry.type
class Edit:
    """One change; fields that it does not have are null. `EditInput` takes the same fields, but for `text`.

    Attributes:
        what: The sort of change, such as `stop` or `add_link`.
        text: The change in one sentence, with ids.
        entity: Id of what stops, of the firm whose suppliers are all known, or of whose risk is set.
        supplier: Id of the supplier of a link.
        customer: Id of the customer of a link.
        product: Id or name of the product of a link; empty for all products.
        share: The supplier's part of what the customer buys, from 0 to 1.
        category: Id of the category of a risk.
        value: The risk, from 0 to 1.
        days: Days of the outage for which stock lasts.
        outage: Days that the outage takes.
    """

    what: str
    text: str
    entity: strawberry.ID | None = None
    supplier: strawberry.ID | None = None
    customer: strawberry.ID | None = None
    product: str | None = None
    share: float | None = None
    category: strawberry.ID | None = None
    value: float | None = None
    days: float | None = None
    outage: float | None = None


def edit_of(given: EditInput) -> ComputedEdit:
    """The change that a client gives.

    Raises:
        InputError: There is no such sort of change, a field is missing or not one of it, or the change cannot be.
    """
    return read_edit({name: value for name, value in asdict(given).items() if value is not None})


def present_edit(computed: ComputedEdit) -> Edit:
    """A change as GraphQL shows it."""
    fields: dict[str, Any] = {**edit_document(computed)}
    return Edit(text=computed.text, **fields)
