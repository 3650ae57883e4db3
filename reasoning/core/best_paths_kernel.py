"""The search for best paths: firms are settled in falling order of their paths' products, and no link is seen twice.

A path waits on the heap as its last link. When a path is taken off, the next weaker link of the same customer comes in
its place, and with it the strongest link of the firm just settled: two for one, whatever the number of suppliers.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reasoning.core.compiled import compiled
from reasoning.core.network import Floats, Integers

Indices = npt.NDArray[np.int32]

LINKS, GENERATION = range(2)  # places in `Search.tally`
FULL = -1  # the heap had no room

# The columns of a waiting path, greatest first: product, −links, last factor, −supplier, −customer; then what it is. In
# this order the links of a customer follow each other as they are stored, also where products are equal by rounding.
_SUPPLIER, _LINK, _BEFORE = 3, 5, 6
_ORDERED, COLUMNS = 5, 7


class Ways(NamedTuple):
    """The links of each customer v, `start[v]:start[v+1]`, strongest first, ties by supplier; factors in [0, 1]."""

    start: Integers
    supplier: Indices
    factor: Floats


class Search(NamedTuple):
    """Scratch of one thread. `settled` holds the generation (a running number) in which a firm was settled last."""

    settled: Indices  # by firm
    heap: npt.NDArray[np.float64]  # a row for each waiting path, of the columns above
    tally: Integers


class Tree(NamedTuple):
    """Settled firms in order: the product of the best path, its links, the place of the firm before it, its last link.

    The first is the focal firm: product 1, no link.
    """

    firm: Indices
    product: Floats
    links: Indices
    before: Indices
    link: Integers


class Goal(NamedTuple):
    """When a search ends: at `most` firms, or when no own risk, none above `ceiling`, can make a product the greatest.

    With a ceiling of 0 only the number of firms counts. `given` (ascending firms) are at the risk `instead`, not `own`.
    """

    most: int
    ceiling: float
    own: Floats
    given: Integers
    instead: Floats


@compiled
def grow(ways: Ways, focal: int, goal: Goal, search: Search, tree: Tree) -> tuple[int, int]:
    """Settle firms until the goal; gives how many (`FULL`: the heap was too small), and the place of the riskiest."""
    heap, settled, generation = search.heap, search.settled, search.tally[GENERATION] + 1
    tree.firm[0], tree.product[0], tree.links[0], tree.before[0], tree.link[0] = focal, 1.0, 0, -1, -1
    settled[focal] = search.tally[GENERATION] = generation
    best, risk = 0, own_risk(goal, focal) if goal.ceiling > 0.0 else 0.0
    count, looked = 1, 1
    waiting = _put(ways, tree, heap, (0, ways.start[focal]), 0)
    while waiting > 0 and count < goal.most and (goal.ceiling == 0.0 or heap[0, 0] * goal.ceiling > risk):
        if waiting + 2 > heap.shape[0]:
            return FULL, best
        product, firm, link, before = heap[0, 0], -int(heap[0, _SUPPLIER]), int(heap[0, _LINK]), int(heap[0, _BEFORE])
        waiting = _put(ways, tree, heap, (before, link + 1), _take(heap, waiting))
        looked += 1
        if settled[firm] == generation:
            continue
        settled[firm] = generation
        tree.firm[count], tree.product[count], tree.before[count], tree.link[count] = firm, product, before, link
        tree.links[count] = tree.links[before] + 1
        if goal.ceiling > 0.0 and product * own_risk(goal, firm) > risk:
            best, risk = count, product * own_risk(goal, firm)
        waiting = _put(ways, tree, heap, (count, ways.start[firm]), waiting)
        looked += 1
        count += 1
    search.tally[LINKS] = looked
    return count, best


@compiled
def own_risk(goal: Goal, firm: int) -> float:
    """The own risk of a firm, or the one that it is given instead."""
    low, high = 0, goal.given.size
    while low < high:
        middle = (low + high) // 2
        if goal.given[middle] < firm:
            low = middle + 1
        else:
            high = middle
    if low < goal.given.size and goal.given[low] == firm:
        return float(goal.instead[low])
    return float(goal.own[firm])


@compiled
def _put(ways: Ways, tree: Tree, heap: Floats, path: tuple[int, int], waiting: int) -> int:
    """Let a path (place of the firm before, link) wait where there is such a link and it carries anything.

    Gives how many wait.
    """
    before, link = path
    customer = tree.firm[before]
    if link >= ways.start[customer + 1]:
        return waiting
    product, supplier = tree.product[before] * ways.factor[link], ways.supplier[link]
    if product <= 0.0:
        return waiting
    heap[waiting, 0], heap[waiting, 1], heap[waiting, 2] = product, -tree.links[before], ways.factor[link]
    heap[waiting, 3], heap[waiting, 4] = -supplier, -customer
    heap[waiting, 5], heap[waiting, 6] = link, before
    _rise(heap, waiting)
    return waiting + 1


@compiled
def _rise(heap: Floats, place: int) -> None:
    """Move a path up the heap to where it belongs."""
    while place > 0:
        above = (place - 1) >> 1
        if not _wins(heap, place, above):
            return
        _swap(heap, place, above)
        place = above


@compiled
def _take(heap: Floats, waiting: int) -> int:
    """Take the best path off the heap; gives how many are left."""
    waiting -= 1
    for column in range(COLUMNS):
        heap[0, column] = heap[waiting, column]
    place, below = 0, 1
    while below < waiting:
        if below + 1 < waiting and _wins(heap, below + 1, below):
            below += 1
        if not _wins(heap, below, place):
            break
        _swap(heap, place, below)
        place, below = below, 2 * below + 1
    return waiting


@compiled
def _wins(heap: Floats, one: int, two: int) -> bool:
    """Whether the path at one place is better than that at another."""
    for column in range(_ORDERED):
        if heap[one, column] != heap[two, column]:
            return bool(heap[one, column] > heap[two, column])
    return False


@compiled
def _swap(heap: Floats, one: int, two: int) -> None:
    for column in range(COLUMNS):
        heap[one, column], heap[two, column] = heap[two, column], heap[one, column]
