"""The production network of a buyer for M3: a snapshot's links as the exact cascade takes them.

Import this module late: it imports numba.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ontology.errors import NotConvergedError
from ontology.records import EntityId
from reasoning.core.cascade.cascade import EXACT, Cascade, shock, spread
from reasoning.core.cascade.kernel import Shock
from reasoning.core.cascade.network import ESSENTIAL, NON_ESSENTIAL, Classes, Production, Supply, prepare
from reasoning.core.graph.network import Integers
from reasoning.exposure.snapshot import Snapshot
from reasoning.measures.production import made_by, values
from reasoning.network.links import Link

RULE = EXACT._replace(epsilon=1e-9)


@dataclass(frozen=True, slots=True)
class CascadeLoss:
    """The buyer's loss of production, in [0, 1], the number of firms with a loss, and the steps of the cascade."""

    value: float
    firms: int
    steps: int


@dataclass(frozen=True, slots=True, eq=False)
class CascadeNetwork:
    """Supply links as the cascade takes them, built once for many queries.

    A firm makes what it delivers most of, with equal weight for each customer's need. A product is essential to a
    sector if one claim calls it so; else it is one input among all. No firm replaces one that stops.

    Attributes:
        production: The network; firm v is `Snapshot.nodes[v]`, edge e is `links[e]`.
        links: The links.
        sectors: The product of each sector, by its number; "" for unknown products, the buyer, and sectors that need
            not be
        distinguished.
        unit: The unit of the values: a currency if all links are in one, else each link's share of what its customer
            buys.
        Only losses passed upstream, and sums over firms, depend on it.
    """

    production: Production
    links: tuple[Link, ...]
    sectors: tuple[str, ...]
    unit: str


class Cascades:
    """Cascades over the production network of a snapshot, which is built once for many queries."""

    def __init__(self, snapshot: Snapshot, buyer: EntityId) -> None:
        self._snapshot = snapshot
        self._buyer = snapshot.index.get(buyer)
        self.mapped = mapped(snapshot, buyer, snapshot.links.counted)

    def shock(self, stopped: Mapping[EntityId, float]) -> Shock | None:
        """The shock when these shares, in (0, 1], of these firms stop; None if it cannot reach the buyer."""
        index = self._snapshot.index
        parts = {index[firm]: part for firm, part in stopped.items() if firm in index and index[firm] != self._buyer}
        return shock(list(parts), list(parts.values())) if parts and self._buyer is not None else None

    def loss(self, stopped: Mapping[EntityId, float]) -> CascadeLoss:
        """The loss of the buyer when these shares, in (0, 1], of these firms stop.

        Raises:
            NotConvergedError: The cascade did not end.
        """
        shocked = self.shock(stopped)
        if self._buyer is None or shocked is None:
            return CascadeLoss(0.0, 0, 0)
        found = self._spread(shocked)
        touched = int(np.count_nonzero(found.downstream > 0))
        return CascadeLoss(found.downstream_of(self._buyer), touched, found.steps)

    def _spread(self, shocked: Shock) -> Cascade:
        try:
            return spread(self.mapped.production, shocked, rule=RULE)
        except ArithmeticError as error:
            raise not_ended(error) from error


def not_ended(error: ArithmeticError) -> NotConvergedError:
    """The error of a cascade that did not end."""
    return NotConvergedError(str(error), fix="check the weights of the supply links")


def mapped(snapshot: Snapshot, buyer: EntityId, counted: Sequence[Link]) -> CascadeNetwork:
    """Links of a snapshot as the cascade takes them.

    All links of the snapshot decide which products are essential.

    Args:
        snapshot: The snapshot.
        buyer: The buyer.
        counted: The links to map.
    """
    value, unit = values(snapshot, counted)
    sector, inputs, sectors = _classes(snapshot, buyer)
    supplier = np.array([snapshot.index[link.supplier] for link in counted], dtype=np.int64)
    customer = np.array([snapshot.index[link.customer] for link in counted], dtype=np.int64)
    alone = np.arange(len(snapshot.nodes), dtype=np.int64)
    production = prepare(Supply(supplier, customer, value, sector, inputs, alone))
    return CascadeNetwork(production, tuple(counted), sectors, unit)


def _classes(snapshot: Snapshot, buyer: EntityId) -> tuple[Integers, Classes, tuple[str, ...]]:
    """The sector of each node, which inputs are essential, and the product of each sector.

    Sectors that are essential to no other and have no essential input make no difference. They are one: number 0.
    """
    made_in, products = made_by(snapshot, buyer)
    index = snapshot.index
    pairs = {
        (int(made_in[index[link.supplier]]), int(made_in[index[link.customer]]))
        for link in snapshot.links.counted
        if link.is_essential
    }
    kept = sorted({sector for pair in pairs for sector in pair})
    number = np.zeros(len(products), dtype=np.int64)
    number[kept] = np.arange(1, len(kept) + 1)
    inputs = np.full((len(kept) + 1, len(kept) + 1), NON_ESSENTIAL, dtype=np.int8)
    for one, other in pairs:
        inputs[number[one], number[other]] = ESSENTIAL
    return number[made_in], inputs, ("", *(products[sector] for sector in kept))
