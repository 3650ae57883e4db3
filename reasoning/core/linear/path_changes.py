"""The ways to a supplier whose contributions change most when shares or own risks do, without going all the ways.

A way changes only where it takes a link whose share changed, or leads to a changed own risk. Ways are taken in falling
order of the most that they can change by, looking ahead with the best that is left of each way; so the search ends as
soon as no other can change by more.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reasoning.core.graph.network import Floats, Integers, Network
from reasoning.core.linear.leontief import ALPHA

_MOST_STEPS = 200_000  # of one search: where a cycle hardly damps, ways are endless
_Link = tuple[int, float, float, float]  # the supplier; the greater share, that before, that after; each times α


@dataclass(frozen=True, slots=True)
class WayChange:
    """One way from the buyer up to the supplier, and (1−α)·Π α·share · own risk before and after."""

    nodes: tuple[int, ...]
    before: float
    after: float

    @property
    def size(self) -> float:
        """By how much it changes, up or down."""
        return abs(self.after - self.before)


class WayChanges:
    """The ways in two networks over the same nodes, by their changes.

    Node v + size stands for v on a way that has taken a link of another share.
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

    def greatest(self, buyer: int, supplier: int, own: tuple[float, float], count: int) -> list[WayChange]:
        """The `count` ways that change most, the most first; `own` is the supplier's own risk before and after."""
        found: list[WayChange] = []
        begin = buyer if own[0] == own[1] else buyer + self._size
        for bound, way in self._ways(begin, supplier + self._size, own):
            if len(found) == count and found[-1].size >= bound:
                break
            if way is not None and way.before != way.after:
                found = sorted([*found, way], key=lambda one: (-one.size, one.nodes))[:count]
        return found

    def _add(self, customer: int, supplier: int, link: tuple[float, float, float]) -> None:
        if link[0] > 0:
            self._suppliers.setdefault(customer, []).append((supplier, *link))
            self._customers.setdefault(supplier, []).append((customer, link[0]))

    def _ways(self, begin: int, target: int, own: tuple[float, float]) -> Iterator[tuple[float, WayChange | None]]:
        """Ways to the target as they are found, each with the most that it and all that follow can change by."""
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
            yield -bound, WayChange(tuple(node % self._size for node in nodes), one, two) if reached else None
            for supplier, greater, before, after in self._suppliers.get(nodes[-1], ()):
                if supplier in ahead:
                    further = most * greater
                    way = (*nodes, supplier), further, one * before, two * after
                    heapq.heappush(heap, (-further * ahead[supplier], *way))

    def _ahead(self, target: int) -> dict[int, float]:
        """The greatest product of the links that are left of a way to the target, by where it stands."""
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
    """The ends of all links of two networks over the same nodes, and their shares in both; 0 where there is none."""
    size = max(before[0].size, 1)
    keys = [net.customer * size + net.supplier for net, _ in (before, after)]
    every = np.union1d(*keys)
    shares = np.zeros((2, every.size))
    for row, key, (_, share) in zip(shares, keys, (before, after), strict=True):
        row[np.searchsorted(every, key)] = share
    return (every // size, every % size), (shares[0], shares[1])
