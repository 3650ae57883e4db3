"""M4's network: what is made from what, from which stock and within which capacity, and the linear program in it.

Every node makes one item. Amounts are in the units of the items and times in one unit of the caller's choice. The
program is the same for every length of time and for every question, after each amount is divided by what its item is
needed for and by the time: all that changes is how much stock comes to a unit of time, and what has stopped.
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
        limit: Units a time of each; infinite where nothing limits it.
        resource, node, use: One unit of what `node[e]` makes takes `use[e]` units of `resource[e]`.
    """

    limit: Floats = NOTHING
    resource: Integers = NONE
    node: Integers = NONE
    use: Floats = NOTHING


class Bill(NamedTuple):
    """Bills of material, and who supplies what is on them.

    Attributes:
        maker, quantity: `maker[g]` needs `quantity[g]` units of material g a unit.
        supplier, material: `supplier[e]` can supply its item as `material[e]`. A material that nobody supplies is never
            to be had.
    """

    maker: Integers
    quantity: Floats
    supplier: Integers
    material: Integers


class SupplyChain(NamedTuple):
    """A supply chain of nodes 0 … size − 1.

    Attributes:
        stock: Units on hand of each node's item; infinite where there is no end to them.
        demand: Units a time that customers outside want of it.
        margin: What a unit of that demand is worth when it is met.
        capacity: Most units that the node can make a time; infinite where nothing limits it.
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
        matrix: By column.
        unit: The unit of each node: what is needed of its item, roughly, a time.
        sold: The nodes with a demand. held: those with a stock.
        time: The unit of time: what stocks last, roughly.
        worth: The unit of a loss a time.
        made, lost: Upper bounds on what is made, and lost.
        lasting: How long each stock lasts.
        cost: What losing one unit of each demand costs.
        need: Upper bounds of the balances: what is needed, negative.
        limit: Upper bounds of the shared capacities. shared: the unit of each.
    """

    matrix: sparse.csc_array
    unit: Floats
    sold: Integers
    held: Integers
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
    """The linear program of a chain all of which is behind a demand."""
    unit = units(chain)
    sold, held = np.flatnonzero(chain.demand > 0), np.flatnonzero(chain.stock > 0)
    lasting = chain.stock[held] / unit[held]
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
        held=held,
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
    """What of a chain some demand hangs on: its chain, and which nodes, materials and arcs of the whole they are."""

    chain: SupplyChain
    nodes: Integers
    materials: Integers
    arcs: Integers


def part(chain: SupplyChain) -> DemandedPart:
    """The nodes that are behind a demand; the others change nothing, whatever they are measured in.

    Raises:
        ValueError: A figure is negative or not a number, an index is out of range, or lengths differ.
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
        _demand(one.size == other.size, "figures that go together differ in number")
    for finite in (chain.demand, chain.margin, bill.quantity, shared.use):
        _demand(bool(np.all(np.isfinite(finite))), "demands, margins, quantities and uses are finite")
    for figures in (chain.demand, chain.margin, bill.quantity, shared.use, chain.stock, chain.capacity, shared.limit):
        _demand(bool(np.all(figures >= 0)), "no figure is negative or unknown")
    ranges = ((bill.maker, size), (bill.supplier, size), (bill.material, bill.maker.size))
    for index, most in (*ranges, (shared.node, size), (shared.resource, shared.limit.size)):
        _demand(bool(np.all((index >= 0) & (index < most))), "an index is outside its range")


def _demand(holds: object, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


def units(chain: SupplyChain) -> Floats:
    """What is needed of each item a time, by one of its customers alone: sums would grow without end in cycles.

    It is 0 of what no demand hangs on. Those of whom most is needed are looked at first, so that few are measured by a
    far smaller need than they have.
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
    sold, held, wanted = (np.flatnonzero(amount > 0) for amount in (chain.demand, chain.stock, bill.quantity))
    taken = bill.quantity[bill.material] * unit[bill.maker[bill.material]] / unit[bill.supplier]
    after = size + arcs + sold.size
    parts = (
        (bill.material, size + np.arange(arcs), np.ones(arcs)),
        (wanted, bill.maker[wanted], -np.ones(wanted.size)),
        (materials + bill.supplier, size + np.arange(arcs), taken),
        (materials + np.arange(size), np.arange(size), -np.ones(size)),
        (materials + sold, size + arcs + np.arange(sold.size), -np.ones(sold.size)),
        (materials + held, after + np.arange(held.size), -np.ones(held.size)),
        (materials + size + uses.resource, uses.node, uses.use * unit[uses.node] / shared[uses.resource]),
    )
    row, column, value = (np.concatenate(same) for same in zip(*parts, strict=True))
    shape = (materials + size + shared.size, after + held.size)
    return sparse.csc_array((value, (row, column)), shape=shape)
