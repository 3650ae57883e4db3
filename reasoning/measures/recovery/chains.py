"""A buyer's chain as arrays, twice: with unknown inputs at their best and at their worst.

An unknown figure is neither zero nor safe. At best an unknown stock lasts as long as the terms allow, by default for
ever, and an unknown capacity has no limit. At worst there is no such stock, and a producer of unknown capacity makes
its equal part of the need, as it does now, and no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ontology.errors import NotConvergedError
from ontology.records import EntityId
from reasoning.core.graph.network import Floats
from reasoning.core.recovery.need import needs
from reasoning.core.recovery.network import Bill, Shared, SupplyChain
from reasoning.measures.bills import ClaimedBills, ItemHolder


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """The arrays of a chain.

    Attributes:
        claimed: The chain from claims; node v is `claimed.nodes[v]`.
        materials: Material g is `materials[g]`.
        producers: Shared capacity r is that of `producers[r]`.
        best: The chain with unknown inputs at their best.
        worst: The chain with unknown inputs at their worst. It differs from `best` in stocks and capacities only, and
            is
        the same object if all are known.
    """

    claimed: ClaimedBills
    materials: tuple[tuple[ItemHolder, EntityId], ...]
    producers: tuple[EntityId, ...]
    best: SupplyChain
    worst: SupplyChain


def chains(claimed: ClaimedBills, cover: float) -> Chains:
    """The arrays of a chain.

    Args:
        claimed: The chain from claims.
        cover: For how many days of need an unknown stock lasts at best.

    Raises:
        NotConvergedError: A cycle of the bills of material takes as much as it gives.
    """
    index = {node: number for number, node in enumerate(claimed.nodes)}
    bill = _bill(claimed, index)
    demand, margin = (_by_node(figures, index, 0.0) for figures in (claimed.demand, claimed.margin))
    need = _need(demand, bill) if claimed.gaps else np.zeros(demand.size)
    unknown = {(gap.what, gap.holder, gap.product) for gap in claimed.gaps}
    stockless = np.array([(not node.makes) and ("stock", node.holder, node.product) in unknown for node in index])
    limitless = np.array([node.makes and ("capacity", node.holder, node.product) in unknown for node in index])
    stock, capacity = _by_node(claimed.stock, index, 0.0), _by_node(claimed.capacity, index, np.inf)
    shared, producers = _shared(claimed, index)
    lasting = need * cover if np.isfinite(cover) else np.full(need.size, np.inf)
    best = SupplyChain(np.where(stockless, lasting, stock), demand, margin, capacity, bill, shared)
    worst = SupplyChain(stock, demand, margin, np.where(limitless, need, capacity), bill, shared)
    return Chains(
        claimed, tuple(claimed.material), producers, best, worst if stockless.any() or limitless.any() else best
    )


def _bill(claimed: ClaimedBills, index: Mapping[ItemHolder, int]) -> Bill:
    rows = list(claimed.material.items())
    arcs = [(index[source], number) for number, (_, (_, sources)) in enumerate(rows) for source in sources]
    ends = np.array(arcs, dtype=np.int64).reshape(len(arcs), 2)
    maker = np.array([index[maker] for (maker, _), _ in rows], dtype=np.int64)
    return Bill(maker, np.array([quantity for _, (quantity, _) in rows], dtype=np.float64), ends[:, 0], ends[:, 1])


def _shared(claimed: ClaimedBills, index: Mapping[ItemHolder, int]) -> tuple[Shared, tuple[EntityId, ...]]:
    together = sorted(claimed.together.items())
    uses = [
        (number, index[node], use)
        for number, (_, (_, taken)) in enumerate(together)
        for node, use in sorted(taken.items())
    ]
    resource, node = (np.array([row[place] for row in uses], dtype=np.int64) for place in (0, 1))
    limit = np.array([limit for _, (limit, _) in together], dtype=np.float64)
    use = np.array([row[2] for row in uses], dtype=np.float64)
    return Shared(limit, resource, node, use), tuple(producer for producer, _ in together)


def _by_node(figures: Mapping[ItemHolder, float], index: Mapping[ItemHolder, int], otherwise: float) -> Floats:
    return np.array([figures.get(node, otherwise) for node in index], dtype=np.float64)


def _need(demand: Floats, bill: Bill) -> Floats:
    try:
        return needs(demand, bill)
    except ArithmeticError as error:
        raise NotConvergedError(str(error), fix="check the quantities of the InputRelation records") from error
