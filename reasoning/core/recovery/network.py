"""M4's supply chain, with bills of material, stocks and capacities, and its linear program.

Every node makes one item. Amounts are in units of the items, times in one unit of the caller's choice. Each amount is
divided by the need for its item and by the time. So one program serves every length of time and every query: only the
stock a unit of time, and what has stopped, changes.
"""

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import NamedTuple

import numpy as np
from scipy import sparse

from reasoning.core.graph.network import Floats, Integers

NONE: Integers = np.zeros(0, dtype=np.int64)
NOTHING: Floats = np.zeros(0)


class Shared(NamedTuple):
    """Capacities that several nodes share.

    Attributes:
        limit: Units a time of each resource; infinite where nothing limits it.
        resource: The resource of each use.
        node: The node of each use.
        use: Units of `resource[e]` that one unit of what `node[e]` makes takes.
    """

    limit: Floats = NOTHING
    resource: Integers = NONE
    node: Integers = NONE
    use: Floats = NOTHING


class Bill(NamedTuple):
    """Bills of material, and the suppliers of the materials on them.

    Attributes:
        maker: The node that needs material g.
        quantity: Units of material g that a unit of `maker[g]` takes.
        supplier: The supplier of arc e.
        material: The material that arc e supplies. A material without arcs is never available.
    """

    maker: Integers
    quantity: Floats
    supplier: Integers
    material: Integers


class SupplyChain(NamedTuple):
    """A supply chain of nodes 0 … size − 1.

    Attributes:
        stock: Units on hand of each node's item; infinite for an endless stock.
        demand: Units a time that customers outside want of it.
        margin: The value of a unit of that demand that is met, in one currency.
        capacity: The most units that the node can make a time; infinite where nothing limits it.
        bill: What goes into what, and who supplies it.
        shared: Capacities that several nodes share.
    """

    stock: Floats
    demand: Floats
    margin: Floats
    capacity: Floats
    bill: Bill
    shared: Shared = Shared()


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """The linear program of a chain, without units.

    Columns: what each node makes, what flows on each arc, what is lost of each demand, what is drawn from each stock.
    Rows: each material (≥ 0), the balance of each node (≤), each shared capacity (≤).

    Attributes:
        matrix: The coefficients, by column.
        unit: The unit of each node: roughly the need for its item a time.
        sold: The nodes with a demand.
        stocked: The nodes with a stock.
        time: The unit of time: roughly how long stocks last.
        worth: The unit of a loss a time.
        made: Upper bounds on what is made.
        lost: Upper bounds on what is lost.
        lasting: How long each stock lasts.
        cost: The cost of losing one unit of each demand.
        need: Upper bounds of the balances: the negative needs.
        limit: Upper bounds of the shared capacities.
        shared: The unit of each shared capacity.
    """

    matrix: sparse.csc_array
    unit: Floats
    sold: Integers
    stocked: Integers
    time: float
    worth: float
    made: Floats
    lost: Floats
    lasting: Floats
    cost: Floats
    need: Floats
    limit: Floats
    shared: Floats


def form(chain: SupplyChain) -> Form:
    """The linear program of a chain.

    Args:
        chain: A chain in which every node is upstream of a demand.
    """
    unit = units(chain)
    sold, stocked = np.flatnonzero(chain.demand > 0), np.flatnonzero(chain.stock > 0)
    lasting = chain.stock[stocked] / unit[stocked]
    known = lasting[np.isfinite(lasting)]
    time = float(np.median(known)) if known.size else 1.0
    cost = chain.margin[sold] * unit[sold]
    worth = float(cost.max(initial=0.0)) or 1.0
    limit = chain.shared.limit
    shared = np.where(np.isfinite(limit) & (limit > 0), limit, 1.0)
    return Form(
        matrix=_matrix(chain, unit, shared),
        unit=unit,
        sold=sold,
        stocked=stocked,
        time=time,
        worth=worth,
        made=chain.capacity / unit,
        lost=chain.demand[sold] / unit[sold],
        lasting=lasting / time,
        cost=cost / worth,
        need=-chain.demand / unit,
        limit=limit / shared,
        shared=shared,
    )


class DemandedPart(NamedTuple):
    """The part of a chain that is upstream of a demand, and its nodes, materials and arcs in the whole chain."""

    chain: SupplyChain
    nodes: Integers
    materials: Integers
    arcs: Integers


def part(chain: SupplyChain) -> DemandedPart:
    """The part of a chain that is upstream of a demand. Other nodes change nothing.

    Raises:
        ValueError: A figure is negative or NaN, an index is out of range, or lengths differ.
    """
    _check(chain)
    bill, uses = chain.bill, chain.shared
    behind = units(chain) > 0
    nodes, materials = np.flatnonzero(behind), np.flatnonzero(behind[bill.maker] & (bill.quantity > 0))
    arcs = np.flatnonzero(np.isin(bill.material, materials))
    node, material = np.cumsum(behind) - 1, np.searchsorted(materials, bill.material[arcs])
    kept = behind[uses.node]
    shared = Shared(uses.limit, uses.resource[kept], node[uses.node[kept]], uses.use[kept])
    inner = Bill(node[bill.maker[materials]], bill.quantity[materials], node[bill.supplier[arcs]], material)
    inside = SupplyChain(
        chain.stock[nodes], chain.demand[nodes], chain.margin[nodes], chain.capacity[nodes], inner, shared
    )
    return DemandedPart(inside, nodes, materials, arcs)


def _check(chain: SupplyChain) -> None:
    bill, shared, size = chain.bill, chain.shared, chain.stock.size
    for one, other in (
        (chain.demand, chain.stock),
        (chain.margin, chain.stock),
        (chain.capacity, chain.stock),
        (bill.maker, bill.quantity),
        (bill.supplier, bill.material),
        (shared.resource, shared.node),
        (shared.use, shared.node),
    ):
        _require(one.size == other.size, "arrays of figures that belong together differ in length")
    for finite in (chain.demand, chain.margin, bill.quantity, shared.use):
        _require(bool(np.all(np.isfinite(finite))), "demands, margins, quantities and uses must be finite")
    for figures in (chain.demand, chain.margin, bill.quantity, shared.use, chain.stock, chain.capacity, shared.limit):
        _require(bool(np.all(figures >= 0)), "no figure may be negative or NaN")
    ranges = ((bill.maker, size), (bill.supplier, size), (bill.material, bill.maker.size))
    for index, most in (*ranges, (shared.node, size), (shared.resource, shared.limit.size)):
        _require(bool(np.all((index >= 0) & (index < most))), "an index is outside its range")


def _require(holds: object, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


def units(chain: SupplyChain) -> Floats:
    """The need for each item a time by one of its customers alone, because sums would grow without end in cycles.

    It is 0 where no demand is downstream. Nodes with the greatest need are processed first, so few items get a unit far
    below their whole need.
    """
    bill = chain.bill
    suppliers: list[list[tuple[int, float]]] = [[] for _ in range(chain.stock.size)]
    for supplier, material in zip(bill.supplier.tolist(), bill.material.tolist(), strict=True):
        if bill.quantity[material] > 0:
            suppliers[bill.maker[material]].append((supplier, float(bill.quantity[material])))
    unit = np.zeros(chain.stock.size)
    waiting = [(-float(chain.demand[node]), node) for node in np.flatnonzero(chain.demand > 0).tolist()]
    heapify(waiting)
    while waiting:
        need, node = heappop(waiting)
        if unit[node] == 0:
            unit[node] = max(-need, float(chain.demand[node]))
            for supplier, quantity in suppliers[node]:
                heappush(waiting, (need * quantity, supplier))
    return unit


def _matrix(chain: SupplyChain, unit: Floats, shared: Floats) -> sparse.csc_array:
    bill, uses, size = chain.bill, chain.shared, chain.stock.size
    materials, arcs = bill.maker.size, bill.supplier.size
    sold, stocked, wanted = (np.flatnonzero(amount > 0) for amount in (chain.demand, chain.stock, bill.quantity))
    taken = bill.quantity[bill.material] * unit[bill.maker[bill.material]] / unit[bill.supplier]
    after = size + arcs + sold.size
    parts = (
        (bill.material, size + np.arange(arcs), np.ones(arcs)),
        (wanted, bill.maker[wanted], -np.ones(wanted.size)),
        (materials + bill.supplier, size + np.arange(arcs), taken),
        (materials + np.arange(size), np.arange(size), -np.ones(size)),
        (materials + sold, size + arcs + np.arange(sold.size), -np.ones(sold.size)),
        (materials + stocked, after + np.arange(stocked.size), -np.ones(stocked.size)),
        (materials + size + uses.resource, uses.node, uses.use * unit[uses.node] / shared[uses.resource]),
    )
    row, column, value = (np.concatenate(same) for same in zip(*parts, strict=True))
    shape = (materials + size + shared.size, after + stocked.size)
    return sparse.csc_array((value, (row, column)), shape=shape)
