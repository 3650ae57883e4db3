"""Dominators: what every way from an origin to a node passes, by Cooper, Harvey and Kennedy's iterative algorithm.

K. D. Cooper, T. J. Harvey, K. Kennedy, "A Simple, Fast Dominance Algorithm" (2001). In reverse postorder a node's
immediate dominator is where the dominators of its predecessors meet; this is repeated until nothing changes, which
takes one round, and one to see it, where there is no cycle.
"""

from collections.abc import Sequence

from reasoning.core.graph.network import Network

NOWHERE = -1


def immediate_dominators(net: Network, origins: Sequence[int]) -> list[int]:
    """For each node the last node before it that every way from the origins to it passes.

    A way follows edges from supplier to customer. The result is `net.size` (a node before all origins) where the ways
    to it have no node in common, and −1 where no way leads to it.
    """
    start = net.size
    after = _customers(net)
    after.append(sorted(set(origins)))
    order = _postorder(after, start)
    place = [NOWHERE] * (net.size + 1)
    for number, node in enumerate(order):
        place[node] = number
    before = [net.suppliers(node) for node in range(net.size)]
    for origin in after[start]:
        before[origin].append(start)
    found = [NOWHERE] * (net.size + 1)
    found[start] = start
    while _round(order, before, place, found):
        pass
    return found[: net.size]


def dominators(net: Network, origins: Sequence[int], node: int) -> list[int]:
    """What every way from the origins to `node` passes, nearest to it first, itself left out; nothing if no way leads.

    Without any one of them the node gets nothing from any origin.
    """
    immediate = immediate_dominators(net, origins)
    found: list[int] = []
    step = immediate[node]
    while step not in {NOWHERE, net.size}:
        found.append(step)
        step = immediate[step]
    return found


def _round(order: Sequence[int], before: Sequence[Sequence[int]], place: Sequence[int], found: list[int]) -> bool:
    """One pass in reverse postorder, the start left out; whether it changed anything."""
    changed = False
    for node in reversed(order[:-1]):
        met = NOWHERE
        for near in before[node]:
            if found[near] != NOWHERE:
                met = near if met == NOWHERE else _meet(near, met, place, found)
        if met != found[node]:
            found[node] = met
            changed = True
    return changed


def _meet(left: int, right: int, place: Sequence[int], found: Sequence[int]) -> int:
    """The nearest node on both chains of dominators."""
    while left != right:
        while place[left] < place[right]:
            left = found[left]
        while place[right] < place[left]:
            right = found[right]
    return left


def _customers(net: Network) -> list[list[int]]:
    after: list[list[int]] = [[] for _ in range(net.size)]
    for customer, supplier in zip(net.customer.tolist(), net.supplier.tolist(), strict=True):
        after[supplier].append(customer)
    return after


def _postorder(after: Sequence[Sequence[int]], start: int) -> list[int]:
    """The nodes reached from `start`, each after all that it leads to; the start comes last."""
    order: list[int] = []
    seen = {start}
    trail = [(start, iter(after[start]))]
    while trail:
        node, rest = trail[-1]
        step = next((one for one in rest if one not in seen), None)
        if step is None:
            order.append(node)
            trail.pop()
        else:
            seen.add(step)
            trail.append((step, iter(after[step])))
    return order
