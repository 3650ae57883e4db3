"""The changes of a what-if: as values, as JSON, and each as one sentence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

from ontology.canonical import Json
from ontology.errors import InputError
from ontology.ids import kind_prefix
from ontology.records import EntityId
from reasoning.risk.weights import CATEGORIES, short

STOPPABLE = {"org": "supplier", "sit": "site", "reg": "region", "cat": "sector", "prd": "product"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class Stop:
    """A supplier, site, region, sector (product category) or product stops for certain; no other takes over."""

    what: ClassVar[str] = "stop"
    entity: EntityId

    def __post_init__(self) -> None:
        if kind_prefix(self.entity) not in STOPPABLE:
            raise _wrong(f"{self.entity} cannot stop", "name an organisation, site, region, category or product")

    @property
    def text(self) -> str:
        """The change in one sentence, with ids."""
        return f"{STOPPABLE[kind_prefix(self.entity)]} {self.entity} stops"


@dataclass(frozen=True, slots=True)
class LinkEdit:
    """A change of the links between a supplier and a customer, which are two organisations or sites."""

    supplier: EntityId
    customer: EntityId

    def __post_init__(self) -> None:
        for entity in (self.supplier, self.customer):
            if kind_prefix(entity) not in {"org", "sit"}:
                raise _wrong(f"{entity} neither supplies nor is supplied", "name organisations, or sites")
        if self.supplier == self.customer:
            raise _wrong(f"{self.supplier} cannot supply itself", "name two different firms")


@dataclass(frozen=True, slots=True)
class AddLink(LinkEdit):
    """A supplier begins to supply a customer; the shares of the others shrink in proportion.

    Attributes:
        product: What it supplies; "" where that is unknown.
        share: Its share of what the customer buys, in [0, 1]; None for the mean share of the others.
    """

    what: ClassVar[str] = "add_link"
    product: str = ""
    share: float | None = None

    def __post_init__(self) -> None:
        LinkEdit.__post_init__(self)
        if self.share is not None:
            _check_part("a share", self.share)

    @property
    def text(self) -> str:
        """The change in one sentence, with ids."""
        share = "" if self.share is None else f" with {self.share:.0%}"
        return f"{self.supplier} begins to supply {self.customer}{share}"


@dataclass(frozen=True, slots=True)
class DropLink(LinkEdit):
    """A supplier no longer supplies a customer; the customer's other suppliers take over in proportion."""

    what: ClassVar[str] = "drop_link"
    product: str = ""

    @property
    def text(self) -> str:
        """The change in one sentence, with ids."""
        return f"{self.supplier} no longer supplies {self.customer}"


@dataclass(frozen=True, slots=True)
class ConfirmLink(LinkEdit):
    """An inferred link is confirmed: it counts as observed."""

    what: ClassVar[str] = "confirm_link"
    product: str = ""

    @property
    def text(self) -> str:
        """The change in one sentence, with ids."""
        return f"{self.supplier} is confirmed to supply {self.customer}"


@dataclass(frozen=True, slots=True)
class SetShare(LinkEdit):
    """A supplier gets this share, in [0, 1], of what a customer buys; the others get the rest in proportion."""

    what: ClassVar[str] = "set_share"
    share: float

    def __post_init__(self) -> None:
        LinkEdit.__post_init__(self)
        _check_part("a share", self.share)

    @property
    def text(self) -> str:
        """The change in one sentence, with ids."""
        return f"{self.supplier} gets {self.share:.0%} of what {self.customer} buys"


@dataclass(frozen=True, slots=True)
class SetRisk:
    """The own risk of an organisation in a category is `value`, in [0, 1], instead of what claims give.

    For a site or region: the own risk of each firm there is at least `value`.
    """

    what: ClassVar[str] = "set_risk"
    entity: EntityId
    category: EntityId
    value: float

    def __post_init__(self) -> None:
        if kind_prefix(self.entity) not in {"org", "sit", "reg"}:
            raise _wrong(f"{self.entity} has no own risk", "name an organisation, a site or a region")
        if self.category not in CATEGORIES:
            raise _wrong(f"{self.category} is no category of risk", f"name one of {', '.join(CATEGORIES)}")
        _check_part("a risk", self.value)

    @property
    def text(self) -> str:
        """The change in one sentence, with ids."""
        return f"the {short(self.category)} risk of {self.entity} is {self.value:g}"


@dataclass(frozen=True, slots=True)
class SetInventory(LinkEdit):
    """A customer holds a stock of what it buys of a supplier.

    The link then passes on only the part of a loss that the stock does not cover: 1 − days / outage, at least 0.

    Attributes:
        days: For how many days the stock lasts.
        outage: How many days the supplier is out.
    """

    what: ClassVar[str] = "set_inventory"
    days: float
    outage: float = 90.0

    def __post_init__(self) -> None:
        LinkEdit.__post_init__(self)
        if not (self.days >= 0 and 0 < self.outage < float("inf")):
            raise _wrong(
                f"a stock of {self.days:g} days for an outage of {self.outage:g}", "give 0 or more, and more than 0"
            )

    @property
    def text(self) -> str:
        """The change in one sentence, with ids."""
        days = f"{self.days:g} of {self.outage:g} days"
        return f"{self.customer} holds stock for {days} of what {self.supplier} supplies"


@dataclass(frozen=True, slots=True)
class CloseSuppliers:
    """All suppliers of a firm that matter are known: no unknown one remains behind it."""

    what: ClassVar[str] = "close_suppliers"
    entity: EntityId

    def __post_init__(self) -> None:
        if kind_prefix(self.entity) not in {"org", "sit"}:
            raise _wrong(f"{self.entity} is not supplied", "name an organisation, or a site")

    @property
    def text(self) -> str:
        """The change in one sentence, with ids."""
        return f"all suppliers of {self.entity} that matter are known"


Edit = Stop | AddLink | DropLink | ConfirmLink | SetShare | SetRisk | SetInventory | CloseSuppliers
_SORTS: Mapping[str, type[Any]] = {
    sort.what: sort for sort in (Stop, AddLink, DropLink, ConfirmLink, SetShare, SetRisk, SetInventory, CloseSuppliers)
}


@dataclass(frozen=True, slots=True)
class Branch:
    """A named, immutable list of changes, applied in order; `note` is its purpose in words."""

    name: str
    edits: tuple[Edit, ...]
    note: str = ""

    def __post_init__(self) -> None:
        if not _NAME.match(self.name):
            raise _wrong(f"{self.name!r} is no name of a branch", "use up to 64 letters, digits and . _ -")

    def document(self) -> dict[str, Json]:
        """The branch as JSON."""
        return {"name": self.name, "note": self.note, "edits": [edit_document(edit) for edit in self.edits]}


def edit_document(edit: Edit) -> dict[str, Json]:
    """A change as JSON."""
    return {"what": edit.what, **{name: value for name, value in asdict(edit).items() if value is not None}}


def read_edit(document: Mapping[str, Any]) -> Edit:
    """The change that a JSON object states.

    Raises:
        InputError: It states no change, or an impossible one.
    """
    sort = _SORTS.get(str(document.get("what")))
    if sort is None:
        raise _wrong(f"there is no change {document.get('what')!r}", f"use one of {', '.join(_SORTS)}")
    given = {name: value for name, value in document.items() if name != "what"}
    known = {field.name: field.type for field in fields(sort)}
    if not given.keys() <= known.keys() or not all(_fits(value, known[name]) for name, value in given.items()):
        raise _wrong(f"a change {sort.what} does not have these fields", f"give {', '.join(known)}")
    try:
        made: Edit = sort(**given)
    except TypeError as error:
        raise _wrong(f"a change {sort.what} lacks a field", f"give {', '.join(known)}") from error
    return made


def read_branch(document: Mapping[str, Any]) -> Branch:
    """The branch that a JSON object states.

    Raises:
        InputError: It states none.
    """
    edits: object = document.get("edits")
    if not isinstance(edits, Sequence) or not all(isinstance(edit, Mapping) for edit in edits):
        raise _wrong("a branch has no list of changes", 'write {"name": …, "edits": [{"what": "stop", "entity": …}]}')
    return Branch(str(document.get("name")), tuple(map(read_edit, edits)), str(document.get("note", "")))


def _fits(value: object, sort: object) -> bool:
    number = sort in {float, float | None}
    return isinstance(value, int | float if number else str) and not isinstance(value, bool)


def _check_part(what: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise _wrong(f"{what} is {value}", "give a number from 0 to 1")


def _wrong(message: str, fix: str) -> InputError:
    return InputError(message, fix=fix)
