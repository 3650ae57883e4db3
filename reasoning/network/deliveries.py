"""Weights of supply links, summed: what a customer needs in all, and what a supplier delivers, by product."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from ontology.records import EntityId
from reasoning.network.links import Link


def weight_of(links: Iterable[Link]) -> float:
    """The sum of the weights of some links, in the unit of their customer."""
    return math.fsum(link.weight for link in links)


def needs(links: Iterable[Link]) -> Mapping[EntityId, float]:
    """The sum of the weights of each customer's links, in its own unit."""
    by_customer: dict[EntityId, list[float]] = defaultdict(list)
    for link in links:
        by_customer[link.customer].append(link.weight)
    return {customer: math.fsum(weights) for customer, weights in by_customer.items()}


def deliveries(links: Iterable[Link]) -> Mapping[EntityId, Mapping[str, float]]:
    """What each supplier delivers of each product, as parts of its customers' needs; the need of each counts 1.

    So weights in different units add up. "" stands for deliveries of which no claim names the product. A customer whose
    links all weigh 0 counts nothing.
    """
    counted = tuple(links)
    need = needs(counted)
    found: dict[EntityId, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for link in counted:
        if need[link.customer] > 0:
            found[link.supplier][link.product].append(link.weight / need[link.customer])
    return {
        supplier: {product: math.fsum(parts) for product, parts in products.items()}
        for supplier, products in found.items()
    }
