"""Who is upstream of a buyer, and how firms are grouped that stop together: by country, or by what they deliver."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal

from ontology.ids import kind_prefix
from ontology.records import EntityId
from reasoning.exposure.snapshot import Snapshot
from reasoning.risk.own_risk import places

By = Literal["supplier", "country", "product"]
Parts = Mapping[EntityId, Mapping[EntityId, float]]


def tiers_of(snapshot: Snapshot, buyer: EntityId) -> Mapping[EntityId, int]:
    """The fewest links from a buyer to each firm upstream of it; a cycle back to the buyer is none."""
    return {firm: tier for firm, tier in snapshot.tiers(buyer).items() if tier > 0}


def parts_by(by: By, snapshot: Snapshot, firms: Iterable[EntityId]) -> Parts:
    """For each supplier, country (or other region) or product: which part of which of these firms stops with it.

    As what-if branches have it: each known site of a firm counts alike, and a firm without sites is where it is itself;
    of a product a firm loses what part of its deliveries are of it, by weight, each customer counting alike.
    """
    wanted = frozenset(firms)
    if by == "supplier":
        return {firm: {firm: 1.0} for firm in sorted(wanted)}
    return _by_country(snapshot, wanted) if by == "country" else _by_product(snapshot, wanted)


def _by_country(snapshot: Snapshot, wanted: Iterable[EntityId]) -> Parts:
    facts = snapshot.facts
    found: dict[EntityId, dict[EntityId, float]] = defaultdict(dict)
    for firm in sorted(wanted):
        sites = {fact.object for fact in facts.about("OPERATES", firm) if fact.object is not None} or {firm}
        for site in sites:
            for place in places(facts, site):
                if facts.kind(place) == "Region":
                    found[place][firm] = found[place].get(firm, 0.0) + 1 / len(sites)
    return {place: {firm: min(1.0, part) for firm, part in parts.items()} for place, parts in sorted(found.items())}


def _by_product(snapshot: Snapshot, wanted: frozenset[EntityId]) -> Parts:
    total: dict[EntityId, float] = defaultdict(float)
    of: dict[EntityId, dict[EntityId, float]] = defaultdict(lambda: defaultdict(float))
    for links in snapshot.by_customer.values():
        need = sum(link.weight for link in links) or 1.0
        for link in links:
            total[link.supplier] += link.weight / need
            if link.product and kind_prefix(link.product) in {"prd", "cat"}:
                of[EntityId(link.product)][link.supplier] += link.weight / need
    made = {product: {firm: part for firm, part in parts.items() if part > 0} for product, parts in sorted(of.items())}
    return {
        product: {firm: min(1.0, part / total[firm]) for firm, part in sorted(parts.items())}
        for product, parts in made.items()
        if wanted & parts.keys()
    }
