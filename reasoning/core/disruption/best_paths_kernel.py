"""Kernels of the best-path search: firms are settled in falling order of path products; no link is visited twice.

For each settled firm one path waits in the heap, over its strongest link not yet followed. When that path is taken, the
path over the next weaker link replaces it, and the firm just settled adds its own. So two entries replace one, whatever
the number of suppliers.

Arguments are plain tuples of few arrays. A search takes some microseconds, and dispatch on larger argument types would
take as long again.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reasoning.core.execution.compiled import in_place, inlined
from reasoning.core.graph.network import Floats, Integers

Indices = npt.NDArray[np.int32]
Links = tuple[Integers, Indices, Floats]  # as `RankedLinks`, and cheaper to call with
Tree = tuple[Integers, Floats]  # settled firms in order, by the columns below, and one spare row
Request = tuple[int, int, int]  # the focal firm, a number that no search had before, how many firms to settle
Grown = tuple[int, int, int, int]

FULL = -1  # the tree had no room

# A row for each settled firm, in order; the first is the focal one. Integers: the firm, the index in the tree of the
# firm before it, the links of its path, and the next and the end of its own links. Floats: the product, the last link.
FIRM, BEFORE, LINKS, _NEXT, _END = range(5)
PRODUCT, FACTOR = range(2)
# The heap of waiting paths lies in the same rows: the index of the firm whose path waits, and its product.
_PLACE, PLACES = 5, 6
_WORTH, AMOUNTS = 2, 3


class RankedLinks(NamedTuple):
    """The links of each customer v, `start[v]:start[v+1]`, strongest first, ties by supplier; factors in [0, 1]."""

    start: Integers
    supplier: Indices
    factor: Floats


class Goal(NamedTuple):
    """The search for the riskiest path. It ends when no own risk can make a further product the greatest.

    Attributes:
        ceiling: No own risk exceeds it.
        own: Own risk by firm, in [0, 1].
        given: Firms of a scenario, ascending.
        instead: The own risk of each of these in the scenario.
    """

    ceiling: float
    own: Floats
    given: Integers
    instead: Floats


@in_place
def grow(links: Links, settled: Indices, tree: Tree, request: Request, goal: Goal | None) -> Grown:
    """Settle firms until the goal, if there is one, or until enough are settled.

    Args:
        links: The ranked links.
        settled: By firm, the number of the search that settled it last.
        tree: Takes the settled firms.
        request: The focal firm, a number that no search had before, and how many firms to settle.
        goal: When to end earlier.

    Returns:
        The number of settled firms (`FULL` if the tree was too small), of visited links, the index of the riskiest
            firm, and
        the number of firms on all paths together.
    """
    place, amount = tree
    focal, number, most = request
    best, risk = 0, 0.0 if goal is None else own_risk(goal, focal)
    settled[focal] = number
    place[0, BEFORE], place[0, LINKS], amount[0, PRODUCT], amount[0, FACTOR] = -1, 0, 1.0, 1.0
    count, looked, length = 1, 1, 1
    waiting = _rise(links, tree, _enter(links, place, 0, focal), 0)
    while waiting > 0 and count < most:
        product, before = amount[0, _WORTH], place[0, _PLACE]
        if goal is not None and product * goal.ceiling <= risk:
            break
        if count + 1 == place.shape[0]:
            return FULL, looked, best, length
        link = place[before, _NEXT]
        waiting = _sink(links, tree, waiting)
        looked += 1
        firm = links[1][link]
        if settled[firm] == number:
            continue
        settled[firm] = number
        place[count, BEFORE], place[count, LINKS] = before, place[before, LINKS] + 1
        amount[count, PRODUCT], amount[count, FACTOR] = product, links[2][link]
        if goal is not None and product * own_risk(goal, firm) > risk:
            best, risk = count, product * own_risk(goal, firm)
        waiting = _rise(links, tree, _enter(links, place, count, firm), waiting)
        length += place[count, LINKS] + 1
        looked, count = looked + 1, count + 1
    return count, looked, best, length


@in_place
def own_risk(goal: Goal, firm: int) -> float:
    """The own risk of a firm, or its risk in the scenario."""
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
def _enter(links: Links, place: Integers, at: int, firm: int) -> int:
    """Initialise the row of a firm. Returns its index."""
    place[at, FIRM], place[at, _NEXT], place[at, _END] = firm, links[0][firm], links[0][firm + 1]
    return at


@inlined
def _worth(links: Links, tree: Tree, one: int) -> float:
    """The product of the next path of the firm at an index; 0 if it has none."""
    place, amount = tree
    link = place[one, _NEXT]
    return float(amount[one, PRODUCT] * links[2][link]) if link < place[one, _END] else 0.0


@inlined
def _rise(links: Links, tree: Tree, one: int, waiting: int) -> int:
    """Push the next path of the firm at an index on the heap, if it has one. Returns the size of the heap."""
    place, amount = tree
    worth = _worth(links, tree, one)
    if worth <= 0.0:
        return waiting
    at = waiting
    while at > 0:
        above = (at - 1) >> 1
        if not _first(links, place, (worth, one), (amount[above, _WORTH], place[above, _PLACE])):
            break
        amount[at, _WORTH], place[at, _PLACE] = amount[above, _WORTH], place[above, _PLACE]
        at = above
    amount[at, _WORTH], place[at, _PLACE] = worth, one
    return waiting + 1


@inlined
def _sink(links: Links, tree: Tree, waiting: int) -> int:
    """Pop the best path and push the next one of the same firm instead. Returns the size of the heap."""
    place, amount = tree
    one = place[0, _PLACE]
    place[one, _NEXT] += 1
    worth = _worth(links, tree, one)
    if worth <= 0.0:
        waiting -= 1
        worth, one = amount[waiting, _WORTH], place[waiting, _PLACE]
    amount[waiting, _WORTH] = 0.0  # less than any waiting path, so that every entry has two children
    at, below = 0, 1
    while below < waiting:
        other, beside = amount[below, _WORTH], amount[below + 1, _WORTH]
        step = int(beside > other)  # no branch, which the processor could not predict
        if beside == other:
            step = int(_first_of_equals(links, place, place[below + 1, _PLACE], place[below, _PLACE]))
        below += step
        if not _first(links, place, (amount[below, _WORTH], place[below, _PLACE]), (worth, one)):
            break
        amount[at, _WORTH], place[at, _PLACE] = amount[below, _WORTH], place[below, _PLACE]
        at, below = below, 2 * below + 1
    amount[at, _WORTH], place[at, _PLACE] = worth, one
    return waiting


@inlined
def _first(links: Links, place: Integers, one: tuple[float, int], two: tuple[float, int]) -> bool:
    """Whether the first of two waiting paths (product, index of its firm) goes before the second."""
    return one[0] > two[0] or (one[0] == two[0] and _first_of_equals(links, place, one[1], two[1]))


@in_place
def _first_of_equals(links: Links, place: Integers, one: int, two: int) -> bool:
    """Fewer links go before, then a stronger last link, the lower supplier, the lower customer.

    So the links of a customer follow each other as they are stored, even where rounding makes their products equal.
    """
    if place[one, LINKS] != place[two, LINKS]:
        return bool(place[one, LINKS] < place[two, LINKS])
    _, supplier, factor = links
    here, there = place[one, _NEXT], place[two, _NEXT]
    if factor[here] != factor[there]:
        return bool(factor[here] > factor[there])
    if supplier[here] != supplier[there]:
        return bool(supplier[here] < supplier[there])
    return bool(place[one, FIRM] < place[two, FIRM])
