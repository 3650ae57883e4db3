"""Alternatives: other known makers of a product that a customer could buy it from, each switch computed exactly.

The score alone favours makers of which little is known: it counts nothing behind a maker without known suppliers. So
switches are ranked by the middle of the whole interval (`reasoning.analysis.uncertainty`), which counts that anything
may be behind such a maker. Where all is known both orders agree.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ontology.errors import NotFoundError
from ontology.records import ClaimId, EntityId
from reasoning.analysis.uncertainty import Interval, Uncertainty
from reasoning.core.closeness import is_close
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.deliveries import weight_of
from reasoning.network.links import Link
from reasoning.scenarios.edits import AddLink, Branch, DropLink, Edit
from reasoning.scenarios.overlay import layers

_DIGITS = 12  # what differs less is equal


@dataclass(frozen=True, slots=True)
class Alternative:
    """One switch: the customer buys a product from another known maker of it instead.

    Attributes:
        product: The product that is bought.
        edits: The changes that make the switch; a what-if with them gives the same numbers.
        share: The part of what the customer buys that is switched, in [0, 1].
        already: Whether the customer buys the product from the other one too.
        before, after: The buyer's exposure (low, score, high), as far as the network is known.
        whole_before, whole_after: The whole interval: it allows for any supplier behind a firm without known ones.
        claims: The claims that the other one makes the product: SUPPLIES of it or of a kind of it, and PRODUCES.
        loss_before, loss_after: What part of its production the buyer loses, by the exact cascade, when the present
            supplier stops now, and when the other one stops after the switch; None where it was not computed.
    """

    buyer: EntityId
    customer: EntityId
    supplier: EntityId
    other: EntityId
    product: str
    edits: tuple[Edit, ...]
    share: float
    already: bool
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    whole_before: Interval
    whole_after: Interval
    claims: tuple[ClaimId, ...]
    loss_before: float | None = None
    loss_after: float | None = None

    @property
    def change(self) -> float:
        """The score after less the score before: below 0 where the switch lowers the exposure."""
        return self.after[1] - self.before[1]

    @property
    def whole_change(self) -> float:
        """The change of the middle of the whole interval, by which switches are ranked."""
        return self.whole_after.middle - self.whole_before.middle

    @property
    def key(self) -> str:
        """Identifies the switch among all of a buyer."""
        return f"{self.customer}:{self.supplier}:{self.product}:{self.other}"

    @property
    def branch(self) -> Branch:
        """A branch that makes the switch."""
        return Branch("alternative", self.edits)


def alternatives(
    snapshot: Snapshot, buyer: EntityId, supplier: EntityId, *, customer: EntityId | None = None
) -> tuple[Alternative, ...]:
    """The switches from a supplier to other makers, for each of its customers and products, the best first.

    Args:
        snapshot: The network.
        buyer: Whose exposure is to be lowered.
        supplier: The supplier to replace.
        customer: Only this customer of it; None for all.

    Raises:
        NotFoundError: The supplier supplies nobody in the buyer's network, or not this customer.
        NotConvergedError: The walks did not converge.
    """
    scoring = Scoring(snapshot, buyer)
    customers = {scoring.buyer, *scoring.suppliers} if customer is None else {snapshot.facts.of(customer)}
    present = [link for link in _links_of(snapshot, snapshot.facts.of(supplier)) if link.customer in customers]
    if not present:
        message = f"{supplier} supplies nobody in the network of {buyer}" + (f" named {customer}" if customer else "")
        raise NotFoundError(message, fix="`tierscope exposure` names the suppliers of a buyer's network")
    before = _figures(snapshot, scoring.buyer)
    switches = {(link.customer, link.product) for link in present if link.product}
    found = [
        _tried(snapshot, scoring.buyer, switch, before)
        for one in sorted(switches)
        for switch in _switches(snapshot, present, one)
        if switch.other != scoring.buyer
    ]
    return tuple(sorted(found, key=_rank))


def verify(found: Alternative, snapshot: Snapshot) -> tuple[str, ...]:
    """The faults of a switch: the exposure before and after is scored again. Nothing where both agree."""
    return tuple(_faults(found, snapshot))


def _faults(found: Alternative, snapshot: Snapshot) -> Iterator[str]:
    stated = {"before": _Figures(found.before, found.whole_before), "after": _Figures(found.after, found.whole_after)}
    snapshots = {"before": snapshot, "after": layers(snapshot, found.edits)[-1]}
    for name, figures in stated.items():
        again = _figures(snapshots[name], found.buyer)
        if not figures.close_to(again):
            right, given = (f"{one.known} within {one.whole}" for one in (again, figures))
            yield f"the exposure {name} is {right}, not {given}"
    if not set(found.claims) <= set(_makers(snapshot, found.product).get(found.other, ())):
        yield f"its claims are not that {found.other} makes {found.product}"


@dataclass(frozen=True, slots=True)
class _Switch:
    customer: EntityId
    supplier: EntityId
    other: EntityId
    product: str
    share: float
    already: bool
    claims: tuple[ClaimId, ...]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The old link is dropped, then the new one is added with the share that it takes over."""
        return (
            DropLink(self.supplier, self.customer, self.product),
            AddLink(self.other, self.customer, self.product, self.share),
        )


def _switches(snapshot: Snapshot, present: Sequence[Link], one: tuple[EntityId, str]) -> Iterator[_Switch]:
    customer, product = one
    bought = snapshot.by_customer[customer]
    mine = [link for link in present if link.customer == customer and link.product == product]
    whole = weight_of(bought)
    share = weight_of(mine) / whole if whole > 0 else 0.0
    supplier, now = mine[0].supplier, {link.supplier for link in bought if link.product == product}
    for other, claims in sorted(_makers(snapshot, product).items()):
        if other not in {supplier, customer}:
            yield _Switch(customer, supplier, other, product, share, other in now, claims)


@dataclass(frozen=True, slots=True)
class _Figures:
    """A buyer's exposure as far as the network is known, and the whole interval."""

    known: tuple[float, float, float]
    whole: Interval

    def close_to(self, other: "_Figures") -> bool:
        mine, others = ((*one.known, one.whole.low, one.whole.high) for one in (self, other))
        return all(is_close(one, two) for one, two in zip(mine, others, strict=True))


def _figures(snapshot: Snapshot, buyer: EntityId) -> _Figures:
    totals = Scoring(snapshot, buyer).totals()
    return _Figures((totals.low, totals.score, totals.high), Uncertainty(snapshot, buyer).interval)


def _rank(found: Alternative) -> tuple[float, float, str]:
    return round(found.whole_change, _DIGITS), round(found.change, _DIGITS), found.key


def _tried(snapshot: Snapshot, buyer: EntityId, switch: _Switch, before: _Figures) -> Alternative:
    after = _figures(layers(snapshot, switch.edits)[-1], buyer)
    return Alternative(
        buyer=buyer,
        customer=switch.customer,
        supplier=switch.supplier,
        other=switch.other,
        product=switch.product,
        edits=switch.edits,
        share=switch.share,
        already=switch.already,
        before=before.known,
        after=after.known,
        whole_before=before.whole,
        whole_after=after.whole,
        claims=switch.claims,
    )


def _makers(snapshot: Snapshot, product: str) -> Mapping[EntityId, tuple[ClaimId, ...]]:
    """The known makers of a product or of a kind of it, each with the claims of that."""
    kinds = snapshot.products.kinds(product)
    found: dict[EntityId, set[ClaimId]] = defaultdict(set)
    for link in snapshot.links.counted:
        if link.product in kinds:
            found[link.supplier].update(link.claims)
    for kind in kinds:
        for fact in snapshot.facts.onto("PRODUCES", kind):
            found[fact.subject].add(fact.claim)
    return {maker: tuple(sorted(claims)) for maker, claims in found.items()}


def _links_of(snapshot: Snapshot, supplier: EntityId) -> list[Link]:
    return [link for link in snapshot.links.counted if link.supplier == supplier]
