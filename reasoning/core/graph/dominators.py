"""Dominators: the nodes on every path from an origin to a node, by an iterative algorithm.

K. D. Cooper, T. J. Harvey, K. Kennedy, "A Simple, Fast Dominance Algorithm" (2001). Nodes are taken in reverse
postorder; a node's immediate dominator is where the dominator chains of its predecessors meet. Passes repeat until
nothing changes. Without cycles that takes one pass, and one more to see that nothing changed.
"""

from collections.abc import Sequence

from reasoning.core.graph.network import Network

NOWHERE = -1


def immediate_dominators(net: Network, origins: Sequence[int]) -> list[int]:
    """The immediate dominator of each node: the last node before it on every path from the origins.

    A path follows edges from supplier to customer.

    Args:
        net: The network.
        origins: The nodes at which paths begin.

    Returns:
        The immediate dominator by node; `net.size`, a node before all origins, where the paths to it share no node; −1
        where no path leads to it.
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
    """The nodes on every path from the origins to `node`, nearest to it first, without `node` itself.

    If any one of them is removed, nothing from any origin reaches the node. The list is empty where no path leads to
    it.

    Args:
        net: The network.
        origins: The nodes at which paths begin.
        node: The node whose dominators are wanted.
    """
    immediate = immediate_dominators(net, origins)
    found: list[int] = []
    step = immediate[node]
    while step not in {NOWHERE, net.size}:
        found.append(step)
        step = immediate[step]
    return found


def _round(order: Sequence[int], before: Sequence[Sequence[int]], place: Sequence[int], found: list[int]) -> bool:
    """One pass in reverse postorder, without the start. Returns whether it changed anything."""
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
    """The nearest node on both dominator chains."""
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
    """The nodes reached from `start`, each after all nodes that it leads to; the start comes last."""
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
