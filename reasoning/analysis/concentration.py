"""Concentration (M6): on how few suppliers, tiers or countries a buyer depends, directly and through all tiers.

Direct shares are parts of what one customer buys of one product. Attributed shares are parts of the buyer's whole
exposure (M1's c_{f←s} over Σ c): a firm behind several suppliers counts for what reaches the buyer through all of them.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from ontology.errors import InputError
from ontology.records import ClaimId, EntityId
from reasoning.core.closeness import CLOSENESS
from reasoning.core.linear.concentration import effective_number, herfindahl
from reasoning.exposure.exposure import Exposure
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.citations import claims_of
from reasoning.network.deliveries import weight_of
from reasoning.network.links import Link

By = Literal["input", "all", "product", "tier", "country", "countries", "tiers"]


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder of a part, in (0, 1], of a whole.

    Attributes:
        id: The id of a firm or country, or the number of a tier; "" is unknown.
    """

    id: str
    share: float


@dataclass(frozen=True, slots=True)
class Concentration:
    """How concentrated one whole is.

    Attributes:
        by: What the whole is. `input` is what `customer` buys of one product directly. The others are parts of the
            buyer's exposure. Over suppliers: `all` of it, that through one `product`, at one `tier` or in one
            `country`. Over `countries` and over `tiers`: all of it.
        key: Which product, tier or country; "" where that is unknown, or where there is one whole only.
        part: Of `input`, which part of what the customer buys; else, which part of the buyer's exposure.
        index: The Herfindahl–Hirschman index, 0 to 10,000. effective: The number of equal holders with that index.
        sole: Whether there is just one holder. essential: whether a claim calls the input essential.
        holders: The greatest first.
        claims: The SUPPLIES claims of an input, ascending.
    """

    by: By
    customer: EntityId
    key: str
    part: float
    index: float
    effective: float
    sole: bool
    essential: bool
    holders: tuple[Holder, ...]
    claims: tuple[ClaimId, ...] = ()


def concentrations(snapshot: Snapshot, buyer: EntityId) -> tuple[Concentration, ...]:
    """The inputs of the buyer and of everybody upstream, then the buyer's exposure by all of `By`.

    Sole essential inputs come first, then the most concentrated.

    Raises:
        NotConvergedError: The walks did not converge.
    """
    scoring = Scoring(snapshot, buyer)
    scored = scoring.exposures(paths=0)
    customers = [scoring.buyer, *(firm for firm in scoring.suppliers)]
    found = [*_inputs(snapshot, customers), *_attributed(snapshot, scoring.buyer, scored)]
    found += _products(snapshot, scoring.buyer)
    return tuple(sorted(found, key=_rank))


def only_by(by: str | None, found: Iterable[Concentration]) -> list[Concentration]:
    """The concentrations by one sort of whole, or all.

    Raises:
        InputError: There is no such sort.
    """
    if by is not None and by not in get_args(By):
        raise InputError(f"there is no concentration by {by}", fix=f"by takes {', '.join(get_args(By))}")
    return [one for one in found if by in {None, one.by}]


def verify(found: Concentration) -> tuple[str, ...]:
    """The faults of a concentration: the figures that its shares do not give. Nothing where it holds."""
    return tuple(_faults(found))


def _faults(found: Concentration) -> Iterator[str]:
    shares = [holder.share for holder in found.holders]
    if abs(math.fsum(shares) - 1) > CLOSENESS:
        yield "the shares do not add up to 1"
    index = 10_000 * math.fsum(share * share for share in shares)
    if abs(index - found.index) > 10_000 * CLOSENESS:
        yield f"the index is {index!r}, not {found.index!r}"
    if abs(found.effective * found.index - 10_000) > 10_000 * CLOSENESS:
        yield "the effective number is not 10,000 / index"
    if found.sole != (len(shares) == 1):
        yield "whether there is a sole holder does not follow from the shares"


def _inputs(snapshot: Snapshot, customers: Sequence[EntityId]) -> Iterator[Concentration]:
    for customer in customers:
        groups: dict[str, list[Link]] = defaultdict(list)
        for link in snapshot.by_customer.get(customer, ()):
            groups[link.product].append(link)
        whole = weight_of(snapshot.by_customer.get(customer, ()))
        for product, group in sorted(groups.items()):
            amounts: dict[str, float] = defaultdict(float)
            for link in group:
                amounts[link.supplier] += link.weight
            weight = math.fsum(amounts.values())
            if weight > 0:
                made = _concentration("input", customer, product, amounts, weight / whole)
                yield _with_claims(made, group)


def _with_claims(made: Concentration, group: Sequence[Link]) -> Concentration:
    essential = any(link.is_essential for link in group)
    return replace(made, essential=essential, claims=claims_of(group))


def _attributed(snapshot: Snapshot, buyer: EntityId, scored: Sequence[Exposure]) -> Iterator[Concentration]:
    country = {one.supplier: _country(snapshot, one.supplier) for one in scored}
    yield from _grouped("all", buyer, scored, lambda _: "")
    yield from _grouped("tier", buyer, scored, lambda one: str(one.tier))
    yield from _grouped("country", buyer, scored, lambda one: country[one.supplier])
    yield from _across("tiers", buyer, scored, lambda one: str(one.tier))
    yield from _across("countries", buyer, scored, lambda one: country[one.supplier])


def _products(snapshot: Snapshot, buyer: EntityId) -> Iterator[Concentration]:
    """The exposure through each product that the buyer buys, over the suppliers of whatever tier."""
    bought = sorted({link.product for link in snapshot.by_customer.get(buyer, ()) if link.product})
    whole = weight_of(snapshot.by_customer.get(buyer, ()))
    for product in bought:
        scored = Scoring(snapshot, buyer, product=product).exposures(paths=0)
        amounts = {str(one.supplier): one.score for one in scored}
        if math.fsum(amounts.values()) > 0:
            mine = weight_of(link for link in snapshot.by_customer[buyer] if link.product == product)
            yield _concentration("product", buyer, product, amounts, mine / whole)


def _grouped(
    by: By, buyer: EntityId, scored: Sequence[Exposure], key: Callable[[Exposure], str]
) -> Iterator[Concentration]:
    groups: dict[str, dict[str, float]] = defaultdict(dict)
    for one in scored:
        groups[key(one)][one.supplier] = one.score
    whole = math.fsum(one.score for one in scored)
    for name, amounts in sorted(groups.items()):
        if (weight := math.fsum(amounts.values())) > 0:
            yield _concentration(by, buyer, name, amounts, weight / whole)


def _across(
    by: By, buyer: EntityId, scored: Sequence[Exposure], key: Callable[[Exposure], str]
) -> Iterator[Concentration]:
    amounts: dict[str, float] = defaultdict(float)
    for one in scored:
        amounts[key(one)] += one.score
    if math.fsum(amounts.values()) > 0:
        yield _concentration(by, buyer, "", amounts, 1.0)


def _concentration(by: By, customer: EntityId, key: str, amounts: Mapping[str, float], part: float) -> Concentration:
    whole = math.fsum(amounts.values())
    positive = {one: amount for one, amount in amounts.items() if amount > 0}
    index = herfindahl(list(positive.values()))
    holders = (Holder(one, amount / whole) for one, amount in positive.items())
    return Concentration(
        by=by,
        customer=customer,
        key=key,
        part=part,
        index=index,
        effective=effective_number(index),
        sole=len(positive) == 1,
        essential=False,
        holders=tuple(sorted(holders, key=lambda holder: (-holder.share, holder.id))),
    )


def _country(snapshot: Snapshot, firm: EntityId) -> str:
    fact = snapshot.facts.preferred("IN_COUNTRY", firm)
    return "" if fact is None or fact.object is None else fact.object


def _rank(found: Concentration) -> tuple[bool, float, str, str, str]:
    return (not (found.sole and found.essential), -found.index, found.by, found.customer, found.key)
