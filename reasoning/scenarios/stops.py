"""What stops with a thing: which part of which firm stops with a supplier, site, region, product or sector.

A firm is where its known sites are, each of which counts alike; a firm without sites is where it is itself. Of a
product, a firm loses the part that it and its kinds have in all that the firm delivers. The one rule of what-if
branches (`Stop`) and of measures that stop groups of firms.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Literal

from ontology.errors import NotFoundError
from ontology.ids import kind_prefix
from ontology.records import EntityId
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.deliveries import deliveries
from reasoning.network.facts import Facts
from reasoning.network.sites import sites_of
from reasoning.risk.own_risk import places

By = Literal["supplier", "country", "product"]
Parts = Mapping[EntityId, float]
_PRODUCTS = frozenset({"prd", "cat"})


def stopped_with(entity: EntityId, snapshot: Snapshot) -> Parts:
    """The part, in (0, 1], of each firm of a snapshot that stops with an entity.

    Args:
        entity: The id that stands for an organisation, site, region, product or product category.
        snapshot: The network.

    Raises:
        NotFoundError: Nothing that supplies anybody stops with it.
    """
    parts = _parts(entity, snapshot)
    if not parts:
        message = f"nothing that supplies anybody stops with {entity}"
        raise NotFoundError(message, fix="`tierscope search WORDS` finds ids of suppliers, sites, regions and products")
    return parts


def groups_by(
    by: Literal["country", "product"], snapshot: Snapshot, firms: Iterable[EntityId]
) -> Mapping[EntityId, Parts]:
    """The groups of firms that stop together, ascending by what they stop with.

    Args:
        by: What stops: each country or other region; or each product or category that a link names.
        snapshot: The network.
        firms: Only the parts of these firms are listed.

    Returns:
        By region or product: the part of each firm, as `stopped_with` has it.
    """
    members = sorted(set(firms))
    groups = _regions(members, snapshot.facts) if by == "country" else _products(members, snapshot)
    return {entity: parts for entity, parts in sorted(groups.items()) if parts}


def parts_by_place(firm: EntityId, facts: Facts) -> Parts:
    """The part of a firm, in (0, 1], that is at each place: its sites, their regions and the wholes of these."""
    sites = sites_of(facts, firm) or (firm,)
    count = Counter(place for site in sites for place in places(facts, site))
    return {place: number / len(sites) for place, number in count.items()}


def _parts(entity: EntityId, snapshot: Snapshot) -> Parts:
    if kind_prefix(entity) in _PRODUCTS:
        delivered = deliveries(snapshot.links.counted)
        return _parts_of_makers(delivered, delivered, snapshot.products.kinds(entity))
    if kind_prefix(entity) == "org":
        return {entity: 1.0} if entity in snapshot.index else {}
    placed = ((firm, parts_by_place(firm, snapshot.facts).get(entity)) for firm in snapshot.nodes)
    return {firm: part for firm, part in placed if part is not None}


def _regions(firms: Iterable[EntityId], facts: Facts) -> Mapping[EntityId, Parts]:
    groups: dict[EntityId, dict[EntityId, float]] = defaultdict(dict)
    for firm in firms:
        for place, part in parts_by_place(firm, facts).items():
            if facts.kind(place) == "Region":
                groups[place][firm] = part
    return groups


def _products(firms: Sequence[EntityId], snapshot: Snapshot) -> Mapping[EntityId, Parts]:
    delivered = deliveries(snapshot.links.counted)
    named = {EntityId(product) for products in delivered.values() for product in products}
    return {
        product: _parts_of_makers(firms, delivered, snapshot.products.kinds(product))
        for product in named
        if kind_prefix(product) in _PRODUCTS
    }


def _parts_of_makers(
    firms: Iterable[EntityId], delivered: Mapping[EntityId, Mapping[str, float]], kinds: Set[str]
) -> Parts:
    """The part that some kinds of products have in all that each firm delivers; firms that make none are no keys."""
    parts: dict[EntityId, float] = {}
    for firm in firms:
        amounts = delivered.get(firm, {})
        lost = math.fsum(amount for product, amount in amounts.items() if product in kinds)
        if lost > 0:
            parts[firm] = lost / math.fsum(amounts.values())
    return parts
