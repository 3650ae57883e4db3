"""The suppliers that a firm leans on most: those with the greatest product of link factors along one path, explained.

A question costs what it looks at, whatever the size of the network: the search settles firms in falling order of their
products and ends with the last one that was asked for.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reasoning.core.best_paths_kernel import COLUMNS, FULL, GENERATION, LINKS, Goal, Search, Tree, Ways, grow
from reasoning.core.network import Floats, Integers, Network

_HEAP = 1 << 12  # paths that may wait at first; more are made room for when they are needed
_LAST_GENERATION = int(np.iinfo(np.int32).max) - 1
_NO_RISK = Goal(0, 0.0, np.zeros(0), np.zeros(0, dtype=np.int64), np.zeros(0))


class BestPath(NamedTuple):
    """The path with the greatest product from a firm up to a supplier: its firms, the factor of each link, the product.

    Paths of one product fall by fewer links, then the stronger last link, the lower supplier, the lower customer.
    """

    firms: tuple[int, ...]
    factors: tuple[float, ...]
    product: float


@dataclass(frozen=True, slots=True, eq=False)
class Suppliers:
    """The suppliers with the greatest products, greatest first, and the tree of their best paths, which explains them.

    Supplier k is reached by a link of `factors[k]` from the supplier at place `before[k]`, or from `focal` itself where
    that is −1. `edges` is how many links were looked at.
    """

    focal: int
    firms: npt.NDArray[np.int32]
    products: Floats
    before: npt.NDArray[np.int32]
    factors: Floats
    edges: int

    def paths(self) -> tuple[BestPath, ...]:
        """The best path to each supplier."""
        firms: list[tuple[int, ...]] = [(self.focal,)]
        factors: list[tuple[float, ...]] = [()]
        rows = zip(self.firms.tolist(), self.before.tolist(), self.factors.tolist(), strict=True)
        for firm, before, factor in rows:
            firms.append((*firms[before + 1], firm))
            factors.append((*factors[before + 1], factor))
        return tuple(map(BestPath, firms[1:], factors[1:], self.products.tolist()))


class Finder:
    """Best paths in one network, asked for by one thread; several share the `Ways`. Questions reuse the scratch."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.size = ways.start.size - 1
        self._settled = np.zeros(self.size, dtype=np.int32)
        self._search = _search(self._settled, _HEAP)
        self._tree = _tree(1)

    def top(self, focal: int, count: int) -> Suppliers:
        """The `count` suppliers with the greatest products, or all that have one above 0.

        Raises:
            ValueError: The firm is not of this network, or fewer than none are asked for.
        """
        if count < 0:
            raise ValueError("at least 0 suppliers must be asked for")
        found, _ = self._grow(focal, _NO_RISK._replace(most=min(count + 1, self.size)))
        tree, part = self._tree, slice(1, found)
        factor = self.ways.factor[tree.link[part]]
        edges = int(self._search.tally[LINKS])
        return Suppliers(focal, tree.firm[part].copy(), tree.product[part].copy(), tree.before[part] - 1, factor, edges)

    def riskiest(self, focal: int, goal: Goal) -> tuple[BestPath, int]:
        """The path whose product × own risk of its last firm is the greatest, and how many links were looked at.

        Among equals it is the first in the order of `BestPath`. No own risk may exceed the goal's ceiling.

        Raises:
            ValueError: The firm is not of this network.
        """
        _, place = self._grow(focal, goal._replace(most=self.size))
        tree, firms, factors = self._tree, [], []
        product = float(tree.product[place])
        while place > 0:
            firms.append(int(tree.firm[place]))
            factors.append(float(self.ways.factor[tree.link[place]]))
            place = int(tree.before[place])
        path = BestPath((focal, *reversed(firms)), tuple(reversed(factors)), product)
        return path, int(self._search.tally[LINKS])

    def _grow(self, focal: int, goal: Goal) -> tuple[int, int]:
        if not 0 <= focal < self.size:
            raise ValueError(f"the firms of this network are 0 to {self.size - 1}")
        if self._tree.firm.size < goal.most:
            self._tree = _tree(goal.most)
        if self._search.tally[GENERATION] >= _LAST_GENERATION:
            self._settled[:] = 0
            self._search.tally[GENERATION] = 0
        while (found := grow(self.ways, focal, goal, self._search, self._tree))[0] == FULL:
            wider = _search(self._settled, 2 * self._search.heap.shape[0])
            wider.tally[:] = self._search.tally
            self._search = wider
        return found


def ways(net: Network, factor: Floats) -> tuple[Ways, Integers]:
    """The links of a network, strongest first at each customer; and the edge of the network that each link is.

    Raises:
        ValueError: A factor is outside [0, 1].
    """
    if factor.shape != net.supplier.shape or not np.all((factor >= 0) & (factor <= 1)):
        raise ValueError("every link needs a factor in [0, 1]")
    order = np.lexsort((-factor, net.customer)).astype(np.int64)  # stable: equal ones stay in the order of suppliers
    return Ways(net.start, net.supplier[order].astype(np.int32), factor[order]), order


def faults(net: Network, factor: Floats, found: Suppliers) -> tuple[str, ...]:
    """What does not hold when each product is recomputed along its path from the network's own factors; empty if sound.

    Only the paths are recomputed: that none is better is what the search shows.
    """
    wrong = [why for path in found.paths() if (why := path_fault(net, factor, path))]
    if np.any(np.diff(found.products) > 0):
        wrong.append("the suppliers are not in falling order of their products")
    if np.unique(np.append(found.firms, found.focal)).size != found.firms.size + 1:
        wrong.append("a firm is named twice")
    return tuple(wrong)


def path_fault(net: Network, factor: Floats, path: BestPath) -> str:
    """What is wrong with a path: a link that is not there or carries another factor, or the product; empty if sound."""
    product = 1.0
    for customer, supplier, told in zip(path.firms, path.firms[1:], path.factors, strict=False):
        edge = net.edge(customer, supplier)
        there = edge < net.start[customer + 1] and net.supplier[edge] == supplier
        if not there or factor[edge] != told:
            return f"the link from {supplier} to {customer} does not carry {told!r}"
        product *= told
    if product != path.product or len(path.factors) + 1 != len(path.firms):
        return f"the path {path.firms} has the product {product!r}, not {path.product!r}"
    return ""


def _search(settled: npt.NDArray[np.int32], room: int) -> Search:
    return Search(settled, np.empty((room, COLUMNS)), np.zeros(2, dtype=np.int64))


def _tree(room: int) -> Tree:
    indices = (np.empty(room, dtype=np.int32) for _ in range(3))
    return Tree(next(indices), np.empty(room), next(indices), next(indices), np.empty(room, dtype=np.int64))
