"""A supply network as arrays, and the tiers in it."""

from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

UNREACHED = -1


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A directed supply network: nodes are 0 … size−1, and `supplier[e]` supplies `customer[e]` on edge e.

    Edges are ordered by (customer, supplier) and each pair occurs at most once. Those of customer j are
    `start[j]:start[j+1]` (compressed sparse rows).
    """

    size: int
    customer: Integers
    supplier: Integers
    start: Integers

    def suppliers(self, customer: int) -> list[int]:
        """The direct suppliers of a node, ascending."""
        found: list[int] = self.supplier[self.start[customer] : self.start[customer + 1]].tolist()
        return found

    def edges_of(self, customers: Integers) -> Integers:
        """The edge numbers of some customers, customer after customer."""
        count = self.start[customers + 1] - self.start[customers]
        ends = np.cumsum(count)
        found: Integers = np.arange(count.sum()) + np.repeat(self.start[customers] - ends + count, count)
        return found

    def edge(self, customer: int, supplier: int) -> int:
        """The number of the edge between two nodes. The edge must exist."""
        first = int(self.start[customer])
        return first + int(np.searchsorted(self.supplier[first : self.start[customer + 1]], supplier))


def network(size: int, customer: Integers, supplier: Integers) -> Network:
    """Build a network from ordered edges.

    Args:
        size: The number of nodes.
        customer: The customer of each edge.
        supplier: The supplier of each edge. Edges must be ordered by (customer, supplier).

    Raises:
        ValueError: Edges are out of order, a pair occurs twice, a node supplies itself, or a node is outside 0 …
            size−1.
    """
    key = customer * size + supplier
    inside = bool(np.all((customer >= 0) & (customer < size) & (supplier >= 0) & (supplier < size)))
    if not inside or np.any(np.diff(key) <= 0) or np.any(customer == supplier):
        raise ValueError("edges must be ordered pairs of different nodes, each pair once")
    start = np.searchsorted(customer, np.arange(size + 1)).astype(np.int64)
    return Network(size, customer, supplier, start)


def shortest(net: Network, buyer: int) -> Integers:
    """The tier of each node: the fewest links from the buyer; 0 for the buyer, −1 for unreached nodes."""
    tier = np.full(net.size, UNREACHED, dtype=np.int64)
    tier[buyer] = 0
    front, depth = np.array([buyer], dtype=np.int64), 0
    while front.size:
        depth += 1
        found = net.supplier[net.edges_of(front)]
        front = np.unique(found[tier[found] == UNREACHED])
        tier[front] = depth
    return tier


def reaching(net: Network, targets: Integers) -> npt.NDArray[np.bool_]:
    """The nodes that have a target upstream of them, and the targets themselves.

    Args:
        net: The network.
        targets: Node numbers.

    Returns:
        A flag for each node.
    """
    by_supplier = np.argsort(net.supplier, kind="stable")
    start = np.searchsorted(net.supplier[by_supplier], np.arange(net.size + 1))
    found = np.zeros(net.size, dtype=np.bool_)
    found[targets] = True
    waiting = deque(targets.tolist())
    while waiting:
        supplier = waiting.popleft()
        for customer in net.customer[by_supplier[start[supplier] : start[supplier + 1]]].tolist():
            if not found[customer]:
                found[customer] = True
                waiting.append(customer)
    return found


def longest(net: Network, buyer: int) -> Integers:
    """The most links from the buyer to each node; −1 where no path leads, or where a cycle makes walks endless."""
    inside = shortest(net, buyer) != UNREACHED
    used = inside[net.customer]
    missing = np.bincount(net.supplier[used], minlength=net.size)
    far = np.full(net.size, UNREACHED, dtype=np.int64)
    waiting = deque([buyer] if missing[buyer] == 0 else [])
    far[waiting] = 0
    while waiting:
        customer = waiting.popleft()
        for supplier in net.suppliers(customer):
            missing[supplier] -= 1
            far[supplier] = max(far[supplier], far[customer] + 1)
            if missing[supplier] == 0:
                waiting.append(supplier)
    far[missing > 0] = UNREACHED
    return far
