"""The suppliers with the greatest product of link factors along one path, each with its best path.

The search (Dijkstra's algorithm with products) settles firms in falling order of their products and ends with the last
one that was requested. So its cost depends on the links that it visits, not on the size of the network.
"""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reasoning.core.disruption.best_paths_kernel import (
    AMOUNTS,
    BEFORE,
    FACTOR,
    FIRM,
    FULL,
    PLACES,
    PRODUCT,
    Goal,
    Grown,
    RankedLinks,
    Tree,
    grow,
    write,
)
from reasoning.core.graph.network import Floats, Integers, Network

_ROOM = 256  # firms for which a search first has room; the room grows when needed
_LAST_NUMBER = int(np.iinfo(np.int32).max)


class BestPath(NamedTuple):
    """The path with the greatest product from a firm up to a supplier.

    Paths of equal product are ordered by fewer links, then the stronger last link, the lower supplier, the lower
    customer.

    Attributes:
        firms: The firms of the path, the focal one first.
        factors: The factor of each link, in [0, 1].
        product: The product of the factors.
    """

    firms: tuple[int, ...]
    factors: tuple[float, ...]
    product: float


class Routes(NamedTuple):
    """Paths in one array: path k is `start[k]:start[k+1]`, from the focal firm up to the supplier.

    `factors` holds each link at the firm that it leads to, and 1 at the focal firm.
    """

    start: Integers
    firms: npt.NDArray[np.int32]
    factors: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Suppliers:
    """The suppliers with the greatest products, greatest first, and the tree of their best paths."""

    tree: Tree
    grown: Grown

    @property
    def focal(self) -> int:
        """The firm that they supply."""
        return int(self.tree[0][0, FIRM])

    @property
    def firms(self) -> Integers:
        """The suppliers' numbers."""
        return self.tree[0][1 : self.grown[0], FIRM]

    @property
    def products(self) -> Floats:
        """The product of the best path to each supplier."""
        return self.tree[1][1 : self.grown[0], PRODUCT]

    @property
    def before(self) -> Integers:
        """The index in `firms` of the customer of each supplier on its path; −1 is the focal firm."""
        found: Integers = self.tree[0][1 : self.grown[0], BEFORE] - 1
        return found

    @property
    def factors(self) -> Floats:
        """The factor of the link from each supplier to that customer."""
        return self.tree[1][1 : self.grown[0], FACTOR]

    @property
    def edges(self) -> int:
        """How many links were visited."""
        return self.grown[1]

    def routes(self) -> Routes:
        """The best path to each supplier, as arrays."""
        found, _, _, length = self.grown
        routes = Routes(np.empty(found, dtype=np.int64), np.empty(length - 1, dtype=np.int32), np.empty(length - 1))
        write(self.tree, found, *routes)
        return routes

    def paths(self) -> tuple[BestPath, ...]:
        """The best path to each supplier, as values."""
        firms: list[tuple[int, ...]] = [(self.focal,)]
        factors: list[tuple[float, ...]] = [()]
        rows = zip(self.firms.tolist(), self.before.tolist(), self.factors.tolist(), strict=True)
        for firm, before, factor in rows:
            firms.append((*firms[before + 1], firm))
            factors.append((*factors[before + 1], factor))
        return tuple(map(_best_path, zip(firms[1:], factors[1:], self.products.tolist(), strict=True)))


_best_path = partial(tuple.__new__, BestPath)  # takes half the time of BestPath(…)


class Finder:
    """Searches for best paths in one network. It reuses its scratch, so each thread needs a finder of its own.

    Finders may share the `RankedLinks`.
    """

    def __init__(self, links: RankedLinks) -> None:
        self.links = links
        self.size = links.start.size - 1
        self._links = links.start, links.supplier, links.factor
        self._settled = np.zeros(self.size, dtype=np.int32)
        self._number = 0

    def top(self, focal: int, count: int) -> Suppliers:
        """The suppliers with the greatest products.

        Args:
            focal: The firm that they supply.
            count: How many suppliers are wanted. Fewer are found where fewer have a product above 0.

        Raises:
            ValueError: The firm is not in this network, or the count is negative.
        """
        if count < 0:
            raise ValueError("the count of suppliers must be at least 0")
        return self._grow(focal, min(count + 1, self.size), None)

    def riskiest(self, focal: int, goal: Goal) -> tuple[BestPath, int]:
        """The path with the greatest product × own risk of its last firm; the first of equals in `BestPath`'s order.

        Args:
            focal: The firm at which paths begin.
            goal: The own risks; none may exceed its ceiling.

        Returns:
            The path, and how many links were visited.

        Raises:
            ValueError: The firm is not in this network.
        """
        found = self._grow(focal, self.size, goal)
        (rows, amounts), place = found.tree, found.grown[2]
        product, firms, factors = float(amounts[place, PRODUCT]), [], []
        while place > 0:
            firms.append(int(rows[place, FIRM]))
            factors.append(float(amounts[place, FACTOR]))
            place = int(rows[place, BEFORE])
        return BestPath((focal, *reversed(firms)), tuple(reversed(factors)), product), found.edges

    def _grow(self, focal: int, most: int, goal: Goal | None) -> Suppliers:
        if not 0 <= focal < self.size:
            raise ValueError(f"the firms of this network are 0 to {self.size - 1}")
        room = min(most, _ROOM)
        while True:
            tree = np.empty((room + 1, PLACES), dtype=np.int64), np.empty((room + 1, AMOUNTS))
            grown = grow(self._links, self._settled, tree, (focal, self._next(), most), goal)
            if grown[0] != FULL:
                return Suppliers(tree, grown)
            room = min(most, 4 * room)

    def _next(self) -> int:
        """A search number under which no firm is settled."""
        if self._number >= _LAST_NUMBER:
            self._settled[:] = 0
            self._number = 0
        self._number += 1
        return self._number


def ranked_links(net: Network, factor: Floats) -> tuple[RankedLinks, Integers]:
    """Rank the links of each customer, strongest first.

    Args:
        net: The network.
        factor: By edge, a factor in [0, 1].

    Returns:
        The ranked links, and the edge number of each.

    Raises:
        ValueError: A factor is outside [0, 1].
    """
    if factor.shape != net.supplier.shape or not np.all((factor >= 0) & (factor <= 1)):
        raise ValueError("every link needs a factor in [0, 1]")
    order = np.lexsort((-factor, net.customer)).astype(np.int64)  # stable: equal links stay in the order of suppliers
    return RankedLinks(net.start, net.supplier[order].astype(np.int32), factor[order]), order


def path_fault(net: Network, factor: Floats, path: BestPath) -> str:
    """What is wrong with a path: a missing link, another factor, or the product. Empty if it holds.

    Args:
        net: The network.
        factor: By edge, a factor in [0, 1].
        path: The path to check.
    """
    product = 1.0
    for customer, supplier, stated in zip(path.firms, path.firms[1:], path.factors, strict=False):
        edge = net.edge(customer, supplier)
        there = edge < net.start[customer + 1] and net.supplier[edge] == supplier
        if not there or factor[edge] != stated:
            return f"the link from {supplier} to {customer} does not carry {stated!r}"
        product *= stated
    if product != path.product or len(path.factors) + 1 != len(path.firms):
        return f"the path {path.firms} has the product {product!r}, not {path.product!r}"
    return ""
