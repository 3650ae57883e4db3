"""Cuts: the nodes that, alone or in pairs, stop a node which needs one supplier of each essential input.

A node stops when all suppliers of one of its essential inputs stop. It needs all of its inputs and any one supplier of
each: an and–or graph. Where every node has at most one input, the nodes that stop another node alone are its dominators
(`reasoning.core.graph.dominators`); the tests compare both.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

Groups = Sequence[Sequence[int]]  # by essential input of one node: its suppliers, at least one

STOPPED = -1  # the mask of a node that has stopped already: all bits


@dataclass(frozen=True)
class Needs:
    """Nodes 0 … n−1 and their essential inputs: `groups[v][k]` are the suppliers of input k of node v."""

    groups: Sequence[Groups]

    @cached_property
    def customers(self) -> Sequence[Sequence[int]]:
        """For each node the nodes that it supplies with an essential input, ascending."""
        found: list[set[int]] = [set() for _ in self.groups]
        for customer, groups in enumerate(self.groups):
            for group in groups:
                for supplier in group:
                    found[supplier].add(customer)
        return [sorted(one) for one in found]

    def upstream(self, node: int) -> list[int]:
        """All nodes from which a path of essential inputs leads to `node`, nearest first, without `node` itself."""
        found = {node}
        waiting = deque([node])
        order: list[int] = []
        while waiting:
            for near in sorted({one for group in self.groups[waiting.popleft()] for one in group} - found):
                found.add(near)
                order.append(near)
                waiting.append(near)
        return order


def stopped(needs: Needs, shocked: Iterable[int]) -> dict[int, int]:
    """All nodes that stop when the given nodes stop.

    Args:
        needs: The nodes and their essential inputs.
        shocked: The nodes that stop first.

    Returns:
        The round in which each node stops, by node; 0 for the shocked nodes.
    """
    found = dict.fromkeys(shocked, 0)
    wave = list(found)
    number = 0
    while wave:
        number += 1
        reached = {customer for node in wave for customer in needs.customers[node]} - found.keys()
        wave = sorted(node for node in reached if _lost(needs.groups[node], found))
        found.update(dict.fromkeys(wave, number))
    return found


def dependence(needs: Needs, *, without: Iterable[int] = ()) -> list[int]:
    """The nodes on which each node depends: those that stop it by stopping alone, and itself.

    depends[c] is the least solution of: c itself and, for each input of c, the nodes that the depends[s] of all its
    suppliers s have in common. Being the least solution, it lets no cycle keep itself running.

    Args:
        needs: The nodes and their essential inputs.
        without: Nodes that have stopped already.

    Returns:
        A bit mask for each node: bit v is set if node v stops it. All bits are set for a node that has stopped already.
    """
    gone = stopped(needs, without)
    depends = [STOPPED if node in gone else 1 << node for node in range(len(needs.groups))]
    waiting = deque(node for node in range(len(depends)) if needs.groups[node])
    queued = set(waiting)
    while waiting:
        node = waiting.popleft()
        queued.discard(node)
        mask = depends[node]
        for group in needs.groups[node]:
            mask |= _all_of(depends[supplier] for supplier in group)
        if mask != depends[node]:
            depends[node] = mask
            fresh = [one for one in needs.customers[node] if one not in queued]
            waiting.extend(fresh)
            queued.update(fresh)
    return depends


def single_points(needs: Needs, node: int) -> list[int]:
    """The nodes that stop `node` by stopping alone, ascending, without `node` itself."""
    return [one for one in members(dependence(needs)[node]) if one != node]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Minimal cut sets of two nodes: neither stops the node alone, both together do.

    Attributes:
        found: The pairs, ascending.
        complete: Whether all pairs were searched.
    """

    found: tuple[tuple[int, int], ...]
    complete: bool


def pairs(needs: Needs, node: int, *, most: int) -> Pairs:
    """The minimal cut sets of two nodes for `node`.

    Args:
        needs: The nodes and their essential inputs.
        node: The node that stops.
        most: How many candidates to search, nearest first. Each pair contains at least one of them.
    """
    alone = {*single_points(needs, node), node}
    candidates = [one for one in needs.upstream(node) if one not in alone]
    found = {pair for one in candidates[:most] for pair in _pairs_with(one, needs, node, alone)}
    return Pairs(tuple(sorted(found)), complete=len(candidates) <= most)


def _pairs_with(one: int, needs: Needs, node: int, alone: Collection[int]) -> Iterator[tuple[int, int]]:
    mask = dependence(needs, without=[one])[node]
    gone = stopped(needs, [one])
    for other in members(mask):
        if other not in alone and other not in gone:
            yield (min(one, other), max(one, other))


def members(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set in a mask, ascending."""
    return (place for place, digit in enumerate(reversed(f"{mask:b}")) if digit == "1")


def _lost(groups: Groups, gone: Collection[int]) -> bool:
    return any(all(supplier in gone for supplier in group) for group in groups)


def _all_of(masks: Iterable[int]) -> int:
    met = STOPPED
    for mask in masks:
        met &= mask
    return met
