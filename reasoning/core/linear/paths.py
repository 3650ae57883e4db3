"""The walks behind an attribution, heaviest first."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reasoning.core.graph.network import Floats, Network
from reasoning.core.linear.leontief import ALPHA

Steps = Sequence[tuple[float, int]]


@dataclass(frozen=True, slots=True)
class Walk:
    """One way from the buyer up to a node: the nodes in order, and (1−α)·Π α·share over its links."""

    nodes: tuple[int, ...]
    weight: float


def heaviest(net: Network, share: Floats, buyer: int, most: Sequence[int], *, alpha: float = ALPHA) -> Iterator[Walk]:
    """The `most[v]` heaviest walks of positive weight from the buyer to each node v; all in order of falling weight.

    No coefficient exceeds 1, so the k heaviest walks to a node only pass by walks that are among the k heaviest to
    theirs: none is missed as long as `most` does not rise along a link. Ties fall by node numbers.

    A walk puts only its heaviest continuation and its own next sibling on the heap, so the heap grows by no more than
    one for each walk that is given.
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
    """Put the continuation of a walk by one of its steps on the heap, where there is such a step."""
    steps, place = to
    if place < len(steps):
        step, supplier = steps[place]
        heapq.heappush(heap, (weight * step, (*nodes, supplier), place, weight))


def _steps(net: Network, share: Floats, customer: int, alpha: float) -> Steps:
    """The positive coefficients of a customer's links with their suppliers, heaviest first, ties by number."""
    suppliers = net.suppliers(customer)
    first = int(net.start[customer])
    found = [(alpha * float(share[first + place]), supplier) for place, supplier in enumerate(suppliers)]
    return sorted((pair for pair in found if pair[0] > 0), key=lambda pair: (-pair[0], pair[1]))
