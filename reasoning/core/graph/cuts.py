"""Cuts: which nodes, alone or two together, stop a node that needs one supplier of every essential input.

A node stops when, for one of its essential inputs, all suppliers of it stop. That is "all of" over inputs and "any of"
over suppliers, which no plain graph says; where every node has one input at most, what stops a node alone are just its
dominators (`reasoning.core.graph.dominators`), and the tests hold the two to each other.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

Groups = Sequence[Sequence[int]]  # of one node: the suppliers of each of its essential inputs, none of them empty

STOPPED = -1  # the mask of what has stopped already: all bits


@dataclass(frozen=True)
class Needs:
    """Nodes 0 … n−1 and the essential inputs of each: `groups[v][k]` are the suppliers of its input k."""

    groups: Sequence[Groups]

    @cached_property
    def customers(self) -> Sequence[Sequence[int]]:
        """Whom each node supplies with something essential, ascending."""
        found: list[set[int]] = [set() for _ in self.groups]
        for customer, groups in enumerate(self.groups):
            for group in groups:
                for supplier in group:
                    found[supplier].add(customer)
        return [sorted(one) for one in found]

    def upstream(self, node: int) -> list[int]:
        """Every node that some essential way leads from to `node`, itself left out; nearest first."""
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
    """Everything that stops when these do, with the round in which it stops: 0 for these."""
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
    """For each node a bit mask of the nodes each of which, stopping alone, stops it; itself among them.

    The least solution of depends[c] = {c} and, over its inputs, what depends[s] of all their suppliers have in common;
    so a cycle never holds itself up. What stops with `without` has every bit: it is stopped already.
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
    """What stops `node` by stopping alone, ascending, itself left out."""
    return [one for one in members(dependence(needs)[node]) if one != node]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Minimal cut sets of two: neither stops the node alone, both together do. `complete`: there are no others."""

    found: tuple[tuple[int, int], ...]
    complete: bool


def pairs(needs: Needs, node: int, *, most: int) -> Pairs:
    """The minimal cut sets of two of `node`, ascending, from the `most` nearest nodes upstream and whatever else."""
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
    """The bits of a mask, ascending."""
    return (place for place, digit in enumerate(reversed(f"{mask:b}")) if digit == "1")


def _lost(groups: Groups, gone: Collection[int]) -> bool:
    return any(all(supplier in gone for supplier in group) for group in groups)


def _all_of(masks: Iterable[int]) -> int:
    met = STOPPED
    for mask in masks:
        met &= mask
    return met
