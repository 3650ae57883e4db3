"""The walks behind an attribution, heaviest first."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reasoning.core.leontief import ALPHA
from reasoning.core.network import Floats, Network


@dataclass(frozen=True, slots=True)
class Walk:
    """One way from the buyer up to a node: the nodes in order, and (1−α)·Π α·share over its links."""

    nodes: tuple[int, ...]
    weight: float


def heaviest(net: Network, share: Floats, buyer: int, most: Sequence[int], *, alpha: float = ALPHA) -> Iterator[Walk]:
    """The `most[v]` heaviest walks of positive weight from the buyer to each node v; all in order of falling weight.

    No coefficient exceeds 1, so the k heaviest walks to a node only pass by walks that are among the k heaviest to
    theirs: none is missed as long as `most` does not rise along a link. Ties fall by node numbers.
    """
    left = list(most)
    heap: list[tuple[float, tuple[int, ...]]] = [(alpha - 1, (buyer,))]
    while heap:
        weight, nodes = heapq.heappop(heap)
        last = nodes[-1]
        if left[last] == 0:
            continue
        left[last] -= 1
        yield Walk(nodes, -weight)
        for edge in range(net.start[last], net.start[last + 1]):
            step, supplier = alpha * float(share[edge]), int(net.supplier[edge])
            if step > 0 and left[supplier] > 0:
                heapq.heappush(heap, (weight * step, (*nodes, supplier)))
