"""The suppliers that a firm leans on most: those with the greatest product of link factors along one path, explained.

A question costs what it looks at, whatever the size of the network: the search settles firms in falling order of their
products and ends with the last one that was asked for.
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
    Tree,
    Ways,
    grow,
    write,
)
from reasoning.core.graph.network import Floats, Integers, Network

_ROOM = 256  # firms that a search without end may settle at first; more are made room for when they are needed
_LAST_NUMBER = int(np.iinfo(np.int32).max)


class BestPath(NamedTuple):
    """The path with the greatest product from a firm up to a supplier: its firms, the factor of each link, the product.

    Paths of one product fall by fewer links, then the stronger last link, the lower supplier, the lower customer.
    """

    firms: tuple[int, ...]
    factors: tuple[float, ...]
    product: float


class Routes(NamedTuple):
    """Paths one behind the other: path k at `start[k]:start[k+1]`, from the focal firm up to the supplier.

    `factors` has each link at the firm that it leads to, and 1 at the focal one.
    """

    start: Integers
    firms: npt.NDArray[np.int32]
    factors: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Suppliers:
    """The suppliers with the greatest products, greatest first, and the tree of their best paths, which explains them.

    `edges` is how many links were looked at.
    """

    tree: Tree
    grown: Grown

    @property
    def focal(self) -> int:
        """Whose suppliers they are."""
        return int(self.tree[0][0, FIRM])

    @property
    def firms(self) -> Integers:
        """The suppliers."""
        return self.tree[0][1 : self.grown[0], FIRM]

    @property
    def products(self) -> Floats:
        """The product of the best path to each."""
        return self.tree[1][1 : self.grown[0], PRODUCT]

    @property
    def before(self) -> Integers:
        """The place here of the firm that each of them supplies on its path; −1 is the focal firm."""
        found: Integers = self.tree[0][1 : self.grown[0], BEFORE] - 1
        return found

    @property
    def factors(self) -> Floats:
        """The factor of the link to that firm."""
        return self.tree[1][1 : self.grown[0], FACTOR]

    @property
    def edges(self) -> int:
        """How many links were looked at."""
        return self.grown[1]

    def routes(self) -> Routes:
        """The best path to each supplier, written out."""
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


_best_path = partial(tuple.__new__, BestPath)  # half of what BestPath(…) costs


class Finder:
    """Best paths in one network, asked for by one thread; several share the `Ways`. Questions reuse the scratch."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.size = ways.start.size - 1
        self._ways = ways.start, ways.supplier, ways.factor
        self._settled = np.zeros(self.size, dtype=np.int32)
        self._number = 0

    def top(self, focal: int, count: int) -> Suppliers:
        """The `count` suppliers with the greatest products, or all that have one above 0.

        Raises:
            ValueError: The firm is not of this network, or fewer than none are asked for.
        """
        if count < 0:
            raise ValueError("at least 0 suppliers must be asked for")
        return self._grow(focal, min(count + 1, self.size), None)

    def riskiest(self, focal: int, goal: Goal) -> tuple[BestPath, int]:
        """The path whose product × own risk of its last firm is the greatest, and how many links were looked at.

        Among equals it is the first in the order of `BestPath`. No own risk may exceed the goal's ceiling.

        Raises:
            ValueError: The firm is not of this network.
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
            grown = grow(self._ways, self._settled, tree, (focal, self._next(), most), goal)
            if grown[0] != FULL:
                return Suppliers(tree, grown)
            room = min(most, 4 * room)

    def _next(self) -> int:
        """A number under which no firm was settled."""
        if self._number >= _LAST_NUMBER:
            self._settled[:] = 0
            self._number = 0
        self._number += 1
        return self._number


def ways(net: Network, factor: Floats) -> tuple[Ways, Integers]:
    """The links of a network, strongest first at each customer; and the edge of the network that each link is.

    Raises:
        ValueError: A factor is outside [0, 1].
    """
    if factor.shape != net.supplier.shape or not np.all((factor >= 0) & (factor <= 1)):
        raise ValueError("every link needs a factor in [0, 1]")
    order = np.lexsort((-factor, net.customer)).astype(np.int64)  # stable: equal ones stay in the order of suppliers
    return Ways(net.start, net.supplier[order].astype(np.int32), factor[order]), order


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
