"""The walks to a supplier whose contributions change most when shares or own risks change, by best-first search.

A walk changes only if it takes a link whose share changed, or leads to a changed own risk. Walks are expanded in
falling order of an upper bound on their change: the change so far times the best continuation to the supplier. The
search ends as soon as no other walk can change by more.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reasoning.core.graph.network import Floats, Integers, Network
from reasoning.core.linear.leontief import ALPHA

_MOST_STEPS = 200_000  # of one search: where a cycle hardly damps, walks are endless
_Link = tuple[int, float, float, float]  # supplier; α times: the greater share, the share before, the share after


@dataclass(frozen=True, slots=True)
class WalkChange:
    """One walk from the buyer up to the supplier, and its contribution (1−α)·Π α·share · own risk.

    Attributes:
        nodes: The nodes of the walk, buyer first.
        before: The contribution before the change.
        after: The contribution after it.
    """

    nodes: tuple[int, ...]
    before: float
    after: float

    @property
    def size(self) -> float:
        """The absolute change."""
        return abs(self.after - self.before)


class WalkChanges:
    """The walks in two networks over the same nodes, ranked by their changes.

    The search runs on doubled nodes: node v + size stands for v on a walk that has taken a link with a changed share.

    Args:
        before: A network and the share of each edge.
        after: The same after the change.
    """

    def __init__(self, before: tuple[Network, Floats], after: tuple[Network, Floats]) -> None:
        self._size = before[0].size
        ends, shares = _together(before, after)
        self._suppliers: dict[int, list[_Link]] = {}
        self._customers: dict[int, list[tuple[int, float]]] = {}
        rows = zip(*(column.tolist() for column in (*ends, *shares)), strict=True)
        for customer, supplier, one, two in rows:
            link = max(one, two) * ALPHA, one * ALPHA, two * ALPHA
            self._add(customer, supplier + (self._size if one != two else 0), link)
            self._add(customer + self._size, supplier + self._size, link)

    def greatest(self, buyer: int, supplier: int, own: tuple[float, float], count: int) -> list[WalkChange]:
        """The `count` walks that change most, the greatest change first.

        Args:
            buyer: The node at which walks begin.
            supplier: The node at which they end.
            own: The supplier's own risk before and after, in [0, 1].
            count: How many walks are wanted.
        """
        found: list[WalkChange] = []
        begin = buyer if own[0] == own[1] else buyer + self._size
        for bound, walk in self._walks(begin, supplier + self._size, own):
            if len(found) == count and found[-1].size >= bound:
                break
            if walk is not None and walk.before != walk.after:
                found = sorted([*found, walk], key=lambda one: (-one.size, one.nodes))[:count]
        return found

    def _add(self, customer: int, supplier: int, link: tuple[float, float, float]) -> None:
        if link[0] > 0:
            self._suppliers.setdefault(customer, []).append((supplier, *link))
            self._customers.setdefault(supplier, []).append((customer, link[0]))

    def _walks(self, begin: int, target: int, own: tuple[float, float]) -> Iterator[tuple[float, WalkChange | None]]:
        """Walks to the target as they are found, each with a bound on its change and on all that follow."""
        ahead = self._ahead(target)
        worst = max(own) * (1 - ALPHA)
        heap: list[tuple[float, tuple[int, ...], float, float, float]] = []
        if begin in ahead:
            heap.append((-worst * ahead[begin], (begin,), worst, own[0] * (1 - ALPHA), own[1] * (1 - ALPHA)))
        for _ in range(_MOST_STEPS):
            if not heap:
                return
            bound, nodes, most, one, two = heapq.heappop(heap)
            reached = nodes[-1] == target and len(nodes) > 1
            yield -bound, WalkChange(tuple(node % self._size for node in nodes), one, two) if reached else None
            for supplier, greater, before, after in self._suppliers.get(nodes[-1], ()):
                if supplier in ahead:
                    further = most * greater
                    walk = (*nodes, supplier), further, one * before, two * after
                    heapq.heappush(heap, (-further * ahead[supplier], *walk))

    def _ahead(self, target: int) -> dict[int, float]:
        """By node, the greatest product of links on the rest of a walk to the target."""
        found: dict[int, float] = {}
        heap = [(-1.0, target)]
        while heap:
            product, node = heapq.heappop(heap)
            if node in found:
                continue
            found[node] = -product
            for customer, greater in self._customers.get(node, ()):
                if customer not in found:
                    heapq.heappush(heap, (product * greater, customer))
        return found


def _together(
    before: tuple[Network, Floats], after: tuple[Network, Floats]
) -> tuple[tuple[Integers, Integers], tuple[Floats, Floats]]:
    """The union of the links of two networks over the same nodes: their ends, and their shares in both.

    A share is 0 where the network does not have the link.
    """
    size = max(before[0].size, 1)
    keys = [net.customer * size + net.supplier for net, _ in (before, after)]
    every = np.union1d(*keys)
    shares = np.zeros((2, every.size))
    for row, key, (_, share) in zip(shares, keys, (before, after), strict=True):
        row[np.searchsorted(every, key)] = share
    return (every // size, every % size), (shares[0], shares[1])
