"""The overlay: a snapshot as it would be after a change. The store and the snapshot below it stay as they are."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate

import numpy as np

from ontology.canonical import digest
from ontology.errors import NotFoundError
from ontology.records import ClaimId, EntityId
from reasoning.core.graph.network import Network
from reasoning.exposure.snapshot import NetworkView, Snapshot, patched
from reasoning.network.deliveries import weight_of
from reasoning.network.facts import Fact, Facts
from reasoning.network.links import EQUAL, Link, Links, Unit
from reasoning.risk.own_risk import OwnRisk, Risks, places
from reasoning.risk.weights import CATEGORIES, UNKNOWN
from reasoning.scenarios.edits import (
    AddLink,
    CloseSuppliers,
    ConfirmLink,
    DropLink,
    Edit,
    LinkEdit,
    SetInventory,
    SetRisk,
    SetShare,
    Stop,
)
from reasoning.scenarios.stops import Parts, stopped_with

HYPOTHETICAL = "hyp"  # prefix of the id of a hypothetical claim


class Overlay(Snapshot):
    """A snapshot with one change laid over it; it is read like any snapshot, and may lie below another overlay.

    A link that a change adds has a hypothetical claim, whose id begins with `hyp:`. A risk that a change sets has no
    claim.

    Attributes:
        stopped: The part of each firm that the change stops, in (0, 1].
        closed: The firms that have no unknown suppliers, by this change and those below it.

    Raises:
        NotFoundError: The change is about a link that does not exist, or stops no supplier.
    """

    def __init__(self, below: Snapshot, edit: Edit) -> None:
        super().__init__(below.facts, below.revision)
        self.edit = edit
        self.stopped: Parts = {}
        if isinstance(edit, Stop):
            self.stopped = stopped_with(self.facts.of(edit.entity), below)
            self.risks = _StoppedRisks(below, self.stopped)
        elif isinstance(edit, SetRisk):
            self.risks = _SetRisks(below, edit)
        else:
            self.risks = below.risks
        self._below = below
        self._links = _changed(below.links, edit, self.facts) if isinstance(edit, LinkEdit) else None
        self._relinked = self.facts.of(edit.customer) if isinstance(edit, LinkEdit) else None
        closed = {self.facts.of(edit.entity)} if isinstance(edit, CloseSuppliers) else set()
        self.closed = closed_in(below) | closed

    @cached_property
    def links(self) -> Links:
        """The counted links after the change."""
        return self._below.links if self._links is None else self._links

    @cached_property
    def nodes(self) -> Sequence[EntityId]:
        """Firms and sites by index."""
        return self._below.nodes if self._same_firms else super().nodes

    @cached_property
    def index(self) -> Mapping[EntityId, int]:
        """Index by id."""
        return self._below.index if self._same_firms else super().index

    @cached_property
    def by_customer(self) -> Mapping[EntityId, tuple[Link, ...]]:
        """The counted links of each customer."""
        return self._below.by_customer if self._links is None else super().by_customer

    @cached_property
    def whole(self) -> NetworkView:
        """The network of all links: that below, except for the customer whose links change."""
        if self._relinked is None:
            return self._below.whole
        if not self._same_firms or not isinstance(self._below.whole.links, tuple):
            return super().whole
        return patched(self._below.whole, self.index[self._relinked], self._relinked_links, self.index)

    @cached_property
    def _relinked_links(self) -> tuple[Link, ...]:
        """The links, after the change, of the customer whose links change."""
        return () if self._relinked is None else self.links.counted[_span(self.links, self._relinked)]

    @cached_property
    def _same_firms(self) -> bool:
        """Whether the same firms have links as before."""
        if self._relinked is None:
            return True
        index, net = self._below.index, self._below.whole.net
        place = index.get(self._relinked)
        if place is None or any(link.supplier not in index for link in self._relinked_links):
            return False
        suppliers = set(net.suppliers(place)) - {index[link.supplier] for link in self._relinked_links}
        alone = not self._relinked_links and not np.any(net.supplier == place)
        return not alone and all(_is_elsewhere(net, supplier) for supplier in suppliers)

    def view(self, buyer: EntityId, product: str = "") -> tuple[NetworkView, int | None]:
        """The network to score for a buyer, as `Snapshot.view`; the very same object where no link changes."""
        return self._below.view(buyer, product) if self._links is None else super().view(buyer, product)


def layers(below: Snapshot, edits: Iterable[Edit]) -> tuple[Snapshot, ...]:
    """The snapshot, and the overlay after each change.

    Raises:
        NotFoundError: As `Overlay` does.
    """
    return tuple(accumulate(edits, Overlay, initial=below))


def closed_in(snapshot: Snapshot) -> frozenset[EntityId]:
    """The firms that have no unknown suppliers, by the changes of an overlay."""
    return snapshot.closed if isinstance(snapshot, Overlay) else frozenset()


def stopped_in(snapshots: Iterable[Snapshot]) -> Parts:
    """The part of each firm that all changes stop together; parts that several stop count as independent."""
    lasting: dict[EntityId, float] = {}
    for one in snapshots:
        for firm, part in one.stopped.items() if isinstance(one, Overlay) else ():
            lasting[firm] = lasting.get(firm, 1.0) * (1 - part)
    return {firm: 1 - left for firm, left in sorted(lasting.items())}


class _StoppedRisks(Risks):
    """Own risks where parts of some firms stop for certain."""

    def __init__(self, below: Snapshot, stopped: Parts) -> None:
        super().__init__(below.facts)
        self._below = below.risks
        self._stopped = stopped

    def of(self, entity: EntityId) -> Mapping[EntityId, OwnRisk]:
        """The own risk of an entity by category; a category of which nothing is known is not a key."""
        found = self._below.of(entity)
        part = self._stopped.get(entity)
        if part is None:
            return found
        return {category: _mixed(found.get(category), category, entity, part) for category in CATEGORIES}


class _SetRisks(Risks):
    """Own risks where one is set."""

    def __init__(self, below: Snapshot, edit: SetRisk) -> None:
        super().__init__(below.facts)
        self._below = below.risks
        self._edit = edit
        self._entity = below.facts.of(edit.entity)

    def of(self, entity: EntityId) -> Mapping[EntityId, OwnRisk]:
        """The own risk of an entity by category; a category of which nothing is known is not a key."""
        found, edit = self._below.of(entity), self._edit
        standing = found.get(edit.category)
        its_own = entity == self._entity
        if its_own or (
            self._entity in places(self._facts, entity) and (standing is None or standing.value < edit.value)
        ):
            return {**found, edit.category: OwnRisk(edit.category, edit.value, None, self._entity, ())}
        return found


def _mixed(own: OwnRisk | None, category: EntityId, entity: EntityId, part: float) -> OwnRisk:
    """The own risk of a firm of which `part` stops for certain, and the rest is as before."""
    bounds = UNKNOWN if own is None else own.bounds
    low, middle, high = (part + (1 - part) * bound for bound in bounds)
    facts = () if own is None else own.facts
    return OwnRisk(category, middle, None, entity, facts, None if low == high else (low, high))


def _changed(before: Links, edit: LinkEdit, facts: Facts) -> Links:
    customer, supplier = facts.of(edit.customer), facts.of(edit.supplier)
    span = _span(before, customer)
    bought = before.counted[span]
    if isinstance(edit, AddLink):
        after = _added(bought, edit, (supplier, customer), facts)
    else:
        mine = [link for link in bought if link.supplier == supplier and _meant(link, edit, facts)]
        if not mine:
            message = f"{edit.supplier} does not supply {edit.customer}"
            raise NotFoundError(message, fix="`tierscope exposure` names who supplies whom; or add the link first")
        after = _edited(bought, mine, edit)
    units = {**before.units, customer: _unit(before.units.get(customer), edit)}
    mine = sorted(after, key=lambda link: (link.supplier, link.fact.claim))
    return Links((*before.counted[: span.start], *mine, *before.counted[span.stop :]), units, before.set_aside)


def _span(links: Links, customer: EntityId) -> slice:
    """The places of a customer's links among all."""
    first = bisect_left(links.counted, customer, key=lambda link: link.customer)
    return slice(first, bisect_right(links.counted, customer, lo=first, key=lambda link: link.customer))


def _is_elsewhere(net: Network, node: int) -> bool:
    """Whether a node that no longer supplies one customer has another link."""
    return bool(net.start[node + 1] > net.start[node] or np.count_nonzero(net.supplier == node) > 1)


def _unit(before: Unit | None, edit: LinkEdit) -> Unit:
    """The unit of a changed customer's links; to set a share makes them shares of supply."""
    if isinstance(edit, SetShare):
        return Unit("shareOfSupply", "a what-if sets it")
    return before or Unit(EQUAL, "it has no other supplier")


def _meant(link: Link, edit: LinkEdit, facts: Facts) -> bool:
    product = getattr(edit, "product", "")
    return not product or link.product == facts.of(product)


def _edited(before: Sequence[Link], mine: Sequence[Link], edit: LinkEdit) -> list[Link]:
    rest = [link for link in before if link not in mine]
    match edit:
        case DropLink():
            return rest
        case ConfirmLink():
            return [*rest, *map(_confirmed, mine)]
        case SetInventory():
            passes = max(0.0, 1 - edit.days / edit.outage)
            return [*rest, *(replace(link, passes=link.passes * passes) for link in mine)]
        case SetShare():
            return _shared(rest, mine, edit.share)
        case _:
            raise AssertionError(edit)


def _confirmed(link: Link) -> Link:
    """The link with its claim as if observed; a link that is not inferred stays as it is."""
    return replace(link, fact=replace(link.fact, basis="observed")) if link.fact.inferred else link


def _shared(rest: Sequence[Link], mine: Sequence[Link], share: float) -> list[Link]:
    """The links `mine` weigh `share` of the whole, the others the rest; those of a sole supplier weigh the whole."""
    whole = weight_of([*rest, *mine]) or 1.0
    return [*_scaled(rest, (1 - share) * whole), *_scaled(mine, (share if rest else 1.0) * whole)]


def _scaled(links: Sequence[Link], to: float) -> list[Link]:
    whole = weight_of(links)
    return [replace(link, weight=link.weight * to / whole if whole > 0 else to / len(links)) for link in links]


def _added(before: Sequence[Link], edit: AddLink, ends: tuple[EntityId, EntityId], facts: Facts) -> list[Link]:
    supplier, customer = ends
    fact = _hypothetical(edit, supplier, customer)
    link = Link(supplier, customer, facts.of(edit.product) if edit.product else "", 1.0, fact)
    share = 1 / (len({one.supplier for one in before}) + 1) if edit.share is None else edit.share
    return _shared(before, [link], share)


def _hypothetical(edit: AddLink, supplier: EntityId, customer: EntityId) -> Fact:
    name = digest([edit.supplier, edit.customer, edit.product, edit.share])
    return Fact(
        claim=ClaimId(f"{HYPOTHETICAL}:{name[:32]}"),
        statement=name,
        source="",
        subject=supplier,
        predicate="SUPPLIES",
        object=customer,
        value=None,
        qualifiers={"product": edit.product} if edit.product else {},
        valid_from=None,
        valid_to=None,
        basis="observed",
        review="accepted",
        confidence=1.0,
        evidence=(),
    )
