"""The walks behind an attribution, in falling order of weight."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reasoning.core.graph.network import Floats, Network
from reasoning.core.linear.leontief import ALPHA

Steps = Sequence[tuple[float, int]]


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk from the buyer up to a node.

    Attributes:
        nodes: The nodes in order, buyer first.
        weight: (1−α)·Π α·share over its links.
    """

    nodes: tuple[int, ...]
    weight: float


def heaviest(net: Network, share: Floats, buyer: int, most: Sequence[int], *, alpha: float = ALPHA) -> Iterator[Walk]:
    """Yield the heaviest walks from the buyer to each node, all in order of falling weight; ties by node numbers.

    No coefficient exceeds 1. So the k heaviest walks to a node pass only along walks that are among the k heaviest to
    their own ends. None is missed as long as `most` does not rise along a link.

    A walk puts only its heaviest continuation and its own next sibling on the heap. So the heap grows by at most one
    for each walk that is yielded.

    Args:
        net: The network.
        share: By edge, the supplier's share of what its customer buys.
        buyer: The node at which walks begin.
        most: By node, how many walks of positive weight are wanted.
        alpha: α, in [0, 1).
    """
    left = list(most)
    steps: dict[int, Steps] = {}
    heap: list[tuple[float, tuple[int, ...], int, float]] = [(alpha - 1, (buyer,), 0, 0.0)]
    while heap:
        weight, nodes, place, before = heapq.heappop(heap)
        if len(nodes) > 1:
            _push(heap, nodes[:-1], before, (steps[nodes[-2]], place + 1))
        last = nodes[-1]
        if left[last] == 0:
            continue
        left[last] -= 1
        yield Walk(nodes, -weight)
        if last not in steps:
            steps[last] = _steps(net, share, last, alpha)
        _push(heap, nodes, weight, (steps[last], 0))


def _push(
    heap: list[tuple[float, tuple[int, ...], int, float]], nodes: tuple[int, ...], weight: float, to: tuple[Steps, int]
) -> None:
    """Push the continuation of a walk by one of its steps, if there is such a step."""
    steps, place = to
    if place < len(steps):
        step, supplier = steps[place]
        heapq.heappush(heap, (weight * step, (*nodes, supplier), place, weight))


def _steps(net: Network, share: Floats, customer: int, alpha: float) -> Steps:
    """The positive coefficients of a customer's links and the suppliers, heaviest first, ties by number."""
    suppliers = net.suppliers(customer)
    first = int(net.start[customer])
    found = [(alpha * float(share[first + place]), supplier) for place, supplier in enumerate(suppliers)]
    return sorted((pair for pair in found if pair[0] > 0), key=lambda pair: (-pair[0], pair[1]))
