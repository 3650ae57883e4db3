"""Transitive closure: everything that follows from a start by a step, however often it is taken."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Node = TypeVar("Node")


def closure(start: Node, step: Callable[[Node], Iterable[Node]]) -> frozenset[Node]:
    """The start and all that it leads to by one step or more; cycles end.

    Args:
        start: Where to begin.
        step: What a node leads to directly.
    """
    reached, waiting = {start}, [start]
    while waiting:
        fresh = set(step(waiting.pop())) - reached
        reached |= fresh
        waiting.extend(fresh)
    return frozenset(reached)
