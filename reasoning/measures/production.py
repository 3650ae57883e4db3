"""What firms make and the value of links, derived from supply links; shared by the measures of production."""

from collections.abc import Sequence

import numpy as np

from ontology.records import EntityId
from reasoning.core.graph.network import Floats, Integers
from reasoning.exposure.snapshot import Snapshot
from reasoning.network.deliveries import deliveries, needs
from reasoning.network.links import Link

PARTS = "part of what each customer buys"
_SPEND = "annualSpend"


def values(snapshot: Snapshot, counted: Sequence[Link]) -> tuple[Floats, str]:
    """The value of each link, and its unit.

    The unit is the currency if all links are in one; else the share of what the customer buys.

    Args:
        snapshot: The units of customers.
        counted: n links.

    Returns:
        n figures, and the unit.
    """
    units = {snapshot.links.units[link.customer].name for link in counted}
    if len(units) == 1 and (unit := units.pop()).startswith(_SPEND):
        return np.array([link.weight for link in counted], dtype=np.float64), unit
    need = needs(counted)
    return np.array([link.weight / (need[link.customer] or 1.0) for link in counted], dtype=np.float64), PARTS


def made_by(snapshot: Snapshot, buyer: EntityId) -> tuple[Integers, tuple[str, ...]]:
    """The sector of each node, and the product of each sector.

    A firm makes what it delivers most of, with equal weight for each customer's need. Sector 0 holds firms with unknown
    products; the last one is the buyer's own.

    Args:
        snapshot: The links and nodes.
        buyer: The buyer.

    Returns:
        A sector number for each node of the snapshot, and a product for each sector; "" if unknown.
    """
    made = {
        firm: {product: amount for product, amount in products.items() if product}
        for firm, products in deliveries(snapshot.links.counted).items()
    }
    main = {firm: min(products, key=lambda one: (-products[one], one)) for firm, products in made.items() if products}
    products = sorted(set(main.values()))
    numbers = {product: number for number, product in enumerate(products, start=1)}
    own = len(numbers) + 1
    found = [own if firm == buyer else numbers.get(main.get(firm, ""), 0) for firm in snapshot.nodes]
    return np.array(found, dtype=np.int64), ("", *products, "")
