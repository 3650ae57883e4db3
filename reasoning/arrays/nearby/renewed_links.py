"""The current links of some customers: `reasoning.network.links` over the claims of these customers alone.

A customer's links, weights and unit depend only on the claims that name it, or an id merged with it, as customer, and
on who operates its suppliers. So they equal those of the whole store.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import add

from graph.identity import Identity
from graph.port import ClaimQuery, GraphReader
from ontology.records import At, ClaimId, EntityId, StoredClaim
from reasoning.network.facts import Facts, ListedClaims
from reasoning.network.links import Link, links

_AT_ONCE = 500  # customers of one read


@dataclass(frozen=True, slots=True)
class RenewedEdge:
    """What a customer buys of one supplier: its part of the total at the low end, by estimate and at the high end."""

    customer: EntityId
    supplier: EntityId
    low: float
    share: float
    high: float
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True)
class Bought:
    """All that a customer buys."""

    edges: tuple[RenewedEdge, ...]
    total: float
    unit: str


def renewed(reader: GraphReader, at: At, customers: Iterable[EntityId]) -> Mapping[EntityId, Bought]:
    """What customers buy, by the ids that stand for them; a customer that buys nothing is no key."""
    facts = near(reader, at, customers)
    made = links(facts)
    by_customer = groupby(made.counted, key=lambda link: link.customer)
    return {customer: _bought(tuple(same), made.units[customer].name) for customer, same in by_customer}


def near(reader: GraphReader, at: At, customers: Iterable[EntityId]) -> Facts:
    """The SUPPLIES facts of customers, and the OPERATES facts of their suppliers."""
    judged = reader.judgements(at)
    identity = Identity(stored.judgement for stored in judged)
    wanted = sorted({one for entity in customers for one in identity.members(entity)})
    supplied = _read(reader, wanted, "SUPPLIES", at)
    sites = sorted({one for stored in supplied for one in identity.members(stored.claim.subject)})
    return Facts(ListedClaims([*supplied, *_read(reader, sites, "OPERATES", at)], judged), at)


def _read(reader: GraphReader, objects: Sequence[EntityId], predicate: str, at: At) -> list[StoredClaim]:
    found: list[StoredClaim] = []
    for first in range(0, len(objects), _AT_ONCE):
        some = objects[first : first + _AT_ONCE]
        found += reader.claims(ClaimQuery(objects=some, predicates=[predicate], at=at))
    return found


def _bought(same: tuple[Link, ...], unit: str) -> Bought:
    """The same sums in the same order as `reasoning.arrays.build.builder` makes them."""
    total = _sum(link.weight for link in same)
    groups = groupby(same, key=lambda link: link.supplier)
    return Bought(tuple(_edge(tuple(group), total) for _, group in groups), total, unit)


def _edge(group: tuple[Link, ...], total: float) -> RenewedEdge:
    parts = (
        _sum(link.weight for link in group if not link.fact.inferred),
        _sum(link.counted for link in group),
        _sum(link.weight for link in group),
    )
    low, share, high = (part / total if total > 0 else 0.0 for part in parts)
    return RenewedEdge(group[0].customer, group[0].supplier, low, share, high, tuple(link.fact.claim for link in group))


def _sum(numbers: Iterable[float]) -> float:
    """The sum from left to right, rounded at each step, as arrays are summed."""
    return reduce(add, numbers, 0.0)
