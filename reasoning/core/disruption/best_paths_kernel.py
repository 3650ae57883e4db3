"""The search for best paths: firms are settled in falling order of their paths' products, and no link is seen twice.

Of each firm that is settled one path waits, over the strongest link that was not yet followed. When it is taken, the
path over the next weaker link comes in its place, and the firm just settled brings its own: two for one, whatever the
number of suppliers.

Arguments are plain tuples of few arrays: a question takes some microseconds, and finding out what it was called with
would take as long again.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reasoning.core.execution.compiled import in_place, inlined
from reasoning.core.graph.network import Floats, Integers

Indices = npt.NDArray[np.int32]
Links = tuple[Integers, Indices, Floats]  # as `Ways`, and cheaper to call with
Tree = tuple[Integers, Floats]  # settled firms in order, by the columns below; and one row to spare
Asked = tuple[int, int, int]  # the focal firm, a number that no firm was settled under before, how many to settle
Grown = tuple[int, int, int, int]

FULL = -1  # the tree had no room

# A row for each firm settled, in order; the first is the focal one. Of whole numbers: the firm, the place in the tree
# of the one before it, its links, and which of its own links come next and end. Of others: the product, the last link.
FIRM, BEFORE, LINKS, _NEXT, _END = range(5)
PRODUCT, FACTOR = range(2)
# The heap of waiting paths lies in the same rows: the place of the firm whose path waits, and its product.
_PLACE, PLACES = 5, 6
_WORTH, AMOUNTS = 2, 3


class Ways(NamedTuple):
    """The links of each customer v, `start[v]:start[v+1]`, strongest first, ties by supplier; factors in [0, 1]."""

    start: Integers
    supplier: Indices
    factor: Floats


class Goal(NamedTuple):
    """The search also ends when no own risk, none above `ceiling`, can make a product the greatest.

    `given` (ascending firms) are at the risk `instead`, not `own`.
    """

    ceiling: float
    own: Floats
    given: Integers
    instead: Floats


@in_place
def grow(ways: Links, settled: Indices, tree: Tree, asked: Asked, goal: Goal | None) -> Grown:
    """Settle firms until the goal.

    Gives how many (`FULL`: the tree was too small), how many links were looked at, the place of the riskiest, and how
    many firms all the paths have together. `settled` holds for each firm the number under which it was settled last.
    """
    place, amount = tree
    focal, number, most = asked
    best, risk = 0, 0.0 if goal is None else own_risk(goal, focal)
    settled[focal] = number
    place[0, BEFORE], place[0, LINKS], amount[0, PRODUCT], amount[0, FACTOR] = -1, 0, 1.0, 1.0
    count, looked, length = 1, 1, 1
    waiting = _rise(ways, tree, _enter(ways, place, 0, focal), 0)
    while waiting > 0 and count < most:
        product, before = amount[0, _WORTH], place[0, _PLACE]
        if goal is not None and product * goal.ceiling <= risk:
            break
        if count + 1 == place.shape[0]:
            return FULL, looked, best, length
        link = place[before, _NEXT]
        waiting = _sink(ways, tree, waiting)
        looked += 1
        firm = ways[1][link]
        if settled[firm] == number:
            continue
        settled[firm] = number
        place[count, BEFORE], place[count, LINKS] = before, place[before, LINKS] + 1
        amount[count, PRODUCT], amount[count, FACTOR] = product, ways[2][link]
        if goal is not None and product * own_risk(goal, firm) > risk:
            best, risk = count, product * own_risk(goal, firm)
        waiting = _rise(ways, tree, _enter(ways, place, count, firm), waiting)
        length += place[count, LINKS] + 1
        looked, count = looked + 1, count + 1
    return count, looked, best, length


@in_place
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


@in_place
def write(tree: Tree, found: int, start: Integers, firms: Indices, factors: Floats) -> None:
    """Write out the path to each settled firm but the first: k at `start[k]:start[k+1]`, each link at its supplier."""
    place, amount = tree
    end = 0
    for one in range(found - 1):
        start[one] = end
        row = one + 1
        first, end = end, end + place[row, LINKS] + 1
        for at in range(end - 1, first - 1, -1):
            firms[at], factors[at] = place[row, FIRM], amount[row, FACTOR]
            row = place[row, BEFORE]
    start[found - 1] = end


@inlined
def _enter(ways: Links, place: Integers, at: int, firm: int) -> int:
    """Begin the row of a firm; gives its place."""
    place[at, FIRM], place[at, _NEXT], place[at, _END] = firm, ways[0][firm], ways[0][firm + 1]
    return at


@inlined
def _worth(ways: Links, tree: Tree, one: int) -> float:
    """The product of the next path of the firm at a place; 0 where it has none."""
    place, amount = tree
    link = place[one, _NEXT]
    return float(amount[one, PRODUCT] * ways[2][link]) if link < place[one, _END] else 0.0


@inlined
def _rise(ways: Links, tree: Tree, one: int, waiting: int) -> int:
    """Let the next path of the firm at a place wait, where it has one; so many waited before, and the sum is given."""
    place, amount = tree
    worth = _worth(ways, tree, one)
    if worth <= 0.0:
        return waiting
    at = waiting
    while at > 0:
        above = (at - 1) >> 1
        if not _first(ways, place, (worth, one), (amount[above, _WORTH], place[above, _PLACE])):
            break
        amount[at, _WORTH], place[at, _PLACE] = amount[above, _WORTH], place[above, _PLACE]
        at = above
    amount[at, _WORTH], place[at, _PLACE] = worth, one
    return waiting + 1


@inlined
def _sink(ways: Links, tree: Tree, waiting: int) -> int:
    """Take the best path off, and let the next one of the same firm wait instead; gives how many wait."""
    place, amount = tree
    one = place[0, _PLACE]
    place[one, _NEXT] += 1
    worth = _worth(ways, tree, one)
    if worth <= 0.0:
        waiting -= 1
        worth, one = amount[waiting, _WORTH], place[waiting, _PLACE]
    amount[waiting, _WORTH] = 0.0  # less than any that waits: every place has two below
    at, below = 0, 1
    while below < waiting:
        other, beside = amount[below, _WORTH], amount[below + 1, _WORTH]
        step = int(beside > other)  # no branch, which could not be foretold
        if beside == other:
            step = int(_first_of_equals(ways, place, place[below + 1, _PLACE], place[below, _PLACE]))
        below += step
        if not _first(ways, place, (amount[below, _WORTH], place[below, _PLACE]), (worth, one)):
            break
        amount[at, _WORTH], place[at, _PLACE] = amount[below, _WORTH], place[below, _PLACE]
        at, below = below, 2 * below + 1
    amount[at, _WORTH], place[at, _PLACE] = worth, one
    return waiting


@inlined
def _first(ways: Links, place: Integers, one: tuple[float, int], two: tuple[float, int]) -> bool:
    """Whether of two waiting paths (product, place of their firm) the first goes before the second."""
    return one[0] > two[0] or (one[0] == two[0] and _first_of_equals(ways, place, one[1], two[1]))


@in_place
def _first_of_equals(ways: Links, place: Integers, one: int, two: int) -> bool:
    """Fewer links go before, then a stronger last one, the lower supplier, the lower customer.

    So the links of a customer follow each other as they are stored, also where rounding makes their products equal.
    """
    if place[one, LINKS] != place[two, LINKS]:
        return bool(place[one, LINKS] < place[two, LINKS])
    _, supplier, factor = ways
    here, there = place[one, _NEXT], place[two, _NEXT]
    if factor[here] != factor[there]:
        return bool(factor[here] > factor[there])
    if supplier[here] != supplier[there]:
        return bool(supplier[here] < supplier[there])
    return bool(place[one, FIRM] < place[two, FIRM])
