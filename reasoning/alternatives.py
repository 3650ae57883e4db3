"""Alternatives: which other known maker of a product a customer would better buy it from, each tried out exactly."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ontology.errors import NotFoundError
from ontology.records import ClaimId, NounId
from reasoning.links import Link
from reasoning.scenarios.edits import AddLink, Branch, DropLink, Edit
from reasoning.scenarios.overlay import layers
from reasoning.scoring import Scoring
from reasoning.snapshot import Snapshot

_CLOSENESS = 1e-9


@dataclass(frozen=True, slots=True)
class Alternative:
    """One switch: the customer buys a product from another known maker of it instead.

    Attributes:
        product: What is bought; "" where no claim names it, and then there is no alternative.
        edits: The changes that make the switch; a what-if with them gives the same numbers.
        share: The part of what the customer buys that is switched, in [0, 1].
        already: Whether the customer buys the product from the other one too.
        before, after: The buyer's whole exposure (low, score, high).
        claims: That the other one makes it: its SUPPLIES claims of this product, or of a kind of it, and PRODUCES.
        loss_before, loss_after: What part of its production the buyer loses, by the exact cascade, when the present
            supplier stops now, and when the other one stops after the switch; None where it was not computed.
    """

    buyer: NounId
    customer: NounId
    supplier: NounId
    other: NounId
    product: str
    edits: tuple[Edit, ...]
    share: float
    already: bool
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    claims: tuple[ClaimId, ...]
    loss_before: float | None = None
    loss_after: float | None = None

    @property
    def change(self) -> float:
        """The score after less the score before: below 0 where the switch lowers the exposure."""
        return self.after[1] - self.before[1]

    @property
    def key(self) -> str:
        """What tells it from all other switches."""
        return f"{self.customer}:{self.supplier}:{self.product}:{self.other}"

    @property
    def branch(self) -> Branch:
        """A branch that makes the switch."""
        return Branch("alternative", self.edits)


def alternatives(
    snapshot: Snapshot, buyer: NounId, supplier: NounId, *, customer: NounId | None = None
) -> tuple[Alternative, ...]:
    """For each customer of a supplier in the buyer's network, and each product, the other makers; the best first.

    Args:
        snapshot: What is known.
        buyer: Whose exposure is to be lowered.
        supplier: Who is to be replaced.
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
    before = _whole(scoring)
    switches = {(link.customer, link.product) for link in present if link.product}
    found = [
        _tried(snapshot, scoring.buyer, switch, before)
        for one in sorted(switches)
        for switch in _switches(snapshot, present, one)
        if switch.other != scoring.buyer
    ]
    return tuple(sorted(found, key=lambda one: (one.change, one.key)))


def verify(found: Alternative, snapshot: Snapshot) -> tuple[str, ...]:
    """What does not follow: the exposure before and after is scored anew, over the snapshot with the changes."""
    return tuple(_faults(found, snapshot))


def _faults(found: Alternative, snapshot: Snapshot) -> Iterator[str]:
    told = {"before": found.before, "after": found.after}
    real = {"before": snapshot, "after": layers(snapshot, found.edits)[-1]}
    for name, figures in told.items():
        anew = _whole(Scoring(real[name], found.buyer))
        if any(abs(one - two) > _CLOSENESS for one, two in zip(figures, anew, strict=True)):
            yield f"the exposure {name} is {anew}, not {figures}"
    if not set(found.claims) <= set(_makers(snapshot, found.product).get(found.other, ())):
        yield f"its claims do not say that {found.other} makes {found.product}"


@dataclass(frozen=True, slots=True)
class _Switch:
    customer: NounId
    supplier: NounId
    other: NounId
    product: str
    share: float
    already: bool
    claims: tuple[ClaimId, ...]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """First the new link comes, with what it takes over; then the old one goes."""
        return (
            DropLink(self.supplier, self.customer, self.product),
            AddLink(self.other, self.customer, self.product, self.share),
        )


def _switches(snapshot: Snapshot, present: Sequence[Link], one: tuple[NounId, str]) -> Iterator[_Switch]:
    customer, product = one
    held = snapshot.by_customer[customer]
    mine = [link for link in present if link.customer == customer and link.product == product]
    whole = sum(link.weight for link in held)
    share = sum(link.weight for link in mine) / whole if whole > 0 else 0.0
    supplier, now = mine[0].supplier, {link.supplier for link in held if link.product == product}
    for other, claims in sorted(_makers(snapshot, product).items()):
        if other not in {supplier, customer}:
            yield _Switch(customer, supplier, other, product, share, other in now, claims)


def _tried(snapshot: Snapshot, buyer: NounId, switch: _Switch, before: tuple[float, float, float]) -> Alternative:
    after = _whole(Scoring(layers(snapshot, switch.edits)[-1], buyer))
    return Alternative(
        buyer=buyer,
        customer=switch.customer,
        supplier=switch.supplier,
        other=switch.other,
        product=switch.product,
        edits=switch.edits,
        share=switch.share,
        already=switch.already,
        before=before,
        after=after,
        claims=switch.claims,
    )


def _makers(snapshot: Snapshot, product: str) -> Mapping[NounId, tuple[ClaimId, ...]]:
    """Every known maker of a product, or of a kind of it, with the claims that say so."""
    kinds = snapshot.products.kinds(product)
    found: dict[NounId, set[ClaimId]] = defaultdict(set)
    for link in snapshot.links.counted:
        if link.product in kinds:
            found[link.supplier].update(link.claims)
    for kind in kinds:
        for fact in snapshot.facts.onto("PRODUCES", kind):
            found[fact.subject].add(fact.claim)
    return {maker: tuple(sorted(claims)) for maker, claims in found.items()}


def _links_of(snapshot: Snapshot, supplier: NounId) -> list[Link]:
    return [link for link in snapshot.links.counted if link.supplier == supplier]


def _whole(scoring: Scoring) -> tuple[float, float, float]:
    totals = scoring.totals()
    return totals.low, totals.score, totals.high
