"""Kernels of the forward push: a residual is passed on to the customers until all residuals are small.

Firms wait in a queue ordered by their numbers, round and round. So a push moves through memory in one direction. Where
firms are numbered from the deepest tier on, it also moves down the tiers, and most firms pass on once what arrived over
many walks.
"""

import numpy as np
import numpy.typing as npt

from reasoning.core.execution.compiled import in_place
from reasoning.core.graph.network import Floats, Integers

Records = npt.NDArray[np.void]
Words = npt.NDArray[np.uint64]

# The row of a firm in a pool of links: indices start … start + links − 1, with room for `room` links.
ROW = np.dtype([("start", "i8"), ("links", "i4"), ("room", "i4")])

# The record of a firm, in one cache line: its residual, α over the weight of its links with suppliers (0 where it has
# none), its score, (1 − α) × own risk; its row of links with customers; whether the running push has reached it; and
# scratch of a sweep.
FIRM = np.dtype(
    [*((name, "f8") for name in ("left", "scale", "score", "own")), *ROW.descr, ("reached", "i8"), ("slack", "f8")]
)

# A link: its other end and how much of it counts; on the customer's side also its weight in the customer's need.
LINK = np.dtype([("end", "i8"), ("counted", "f8")])
WEIGHED = np.dtype([*LINK.descr, ("weight", "f8")])

Rows = tuple[Records, Records]  # by firm (`ROW` or `FIRM`), and the pool of links
# The queue of firms, a hierarchical bitmap: a bit for each firm in the words of the first level, and for each word that
# is not 0 a bit in the next level, up to a single word; and where the levels begin.
Waiting = tuple[Words, Integers]
# The firms that a push has reached so far, and their scores before it.
Reached = tuple[Integers, Floats]

_ONE, _SIX = np.uint64(1), np.uint64(58)
_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
_BIT = np.zeros(64, dtype=np.int64)  # the index of a word's only bit, by the top six bits of its product with _BRUIJN
for _place in range(64):
    _BIT[((0x03F79D71B4CB0A89 << _place) & 0xFFFFFFFFFFFFFFFF) >> 58] = _place


def waiting(size: int) -> Waiting:
    """An empty queue for `size` firms."""
    words = [-(-size // 64) or 1]
    while words[-1] > 1:
        words.append(-(-words[-1] // 64))
    storey = np.cumsum([0, *words], dtype=np.int64)
    return np.zeros(storey[-1], dtype=np.uint64), storey


@in_place
def push(customers: Rows, waiting: Waiting, reached: Reached, until: tuple[int, float, int]) -> tuple[int, int, bool]:
    """Push the residual of a firm, then every residual that exceeds a limit.

    Args:
        customers: The firms and their links with customers.
        waiting: The queue of firms.
        reached: Takes the firms that the push reached, and their scores before.
        until: The first firm, the greatest residual allowed, and the number of links after which to stop.

    Returns:
        How many firms the push reached, how many links it visited, and whether it is done.
    """
    firms, link = customers
    here, most, enough = until
    count, looked = 0, 0
    if abs(firms[here].left) > most:
        _add(waiting, here)
    while waiting[0][-1] != np.uint64(0) and looked <= enough:
        here = _next(waiting, here)
        _drop(waiting, here)
        firm = firms[here]
        left, score = firm.left, firm.score
        if firm.reached == 0:
            firm.reached, reached[0][count], reached[1][count] = 1, here, score
            count += 1
        firm.left, firm.score = 0.0, score + left
        looked += firm.links
        for place in range(firm.start, firm.start + firm.links):
            customer = firms[link[place].end]
            grown = customer.left + left * link[place].counted * customer.scale
            customer.left = grown
            if abs(grown) > most:
                _add(waiting, link[place].end)
    for place in range(count):
        firms[reached[0][place]].reached = 0
    return count, looked, waiting[0][-1] == np.uint64(0)


@in_place
def sweep(suppliers: Rows, firms: Records, waiting: Waiting, until: tuple[float, int]) -> tuple[int, bool]:
    """Solve all equations from the present scores, until no residual exceeds a limit.

    Args:
        suppliers: The rows and links with suppliers.
        firms: The records of the firms.
        waiting: The queue of firms, which is emptied.
        until: The greatest residual allowed, and the most sweeps.

    Returns:
        How many links were visited, and whether the limit was reached.
    """
    most, times = until
    looked = 0
    waiting[0][:] = np.uint64(0)
    for _ in range(times):
        worst = _leave(suppliers, firms)
        looked += suppliers[1].size
        if worst <= most:
            return looked, True
        shift = _shift(firms, worst)
        for firm in range(firms.size):
            firms[firm].score += shift + (firms[firm].left - shift * firms[firm].slack)
    return looked, False


@in_place
def unsolved(suppliers: Rows, firms: Records, customer: int) -> tuple[float, float]:
    """The residual of a firm's equation: (1 − α) R + α Σ share · score of its suppliers − its own score.

    Returns:
        The residual, and by how much it falls if every score rises by 1: 1 − α Σ share.
    """
    row, link = suppliers
    reach, part, first = 0.0, 0.0, row[customer].start
    for place in range(first, first + row[customer].links):
        reach += link[place].counted * firms[link[place].end].score
        part += link[place].counted
    one = firms[customer]
    return one.own + one.scale * reach - one.score, 1.0 - one.scale * part


@in_place
def most_unsolved(suppliers: Rows, firms: Records) -> float:
    """The greatest residual of any firm, recomputed from all links."""
    most = 0.0
    for customer in range(firms.size):
        most = max(most, abs(unsolved(suppliers, firms, customer)[0]))
    return most


@in_place
def place_of(rows: Rows, one: int, other: int) -> int:
    """The index in the pool of a firm's link with another, or −1."""
    row, link = rows
    first = row[one].start
    for place in range(first, first + row[one].links):
        if link[place].end == other:
            return int(place)
    return -1


@in_place
def _leave(suppliers: Rows, firms: Records) -> float:
    """Recompute every residual. Returns the greatest."""
    most = 0.0
    for customer in range(firms.size):
        left, slack = unsolved(suppliers, firms, customer)
        firms[customer].left, firms[customer].slack = left, slack
        most = max(most, abs(left))
    return most


@in_place
def _shift(firms: Records, worst: float) -> float:
    """The number to add to every score that minimises the squared residuals; 0 if it would raise the greatest one.

    Where all firms have suppliers the residuals soon become equal, and sweeps alone shrink them by α only.
    """
    over, under, most = 0.0, 0.0, 0.0
    for firm in range(firms.size):
        over += firms[firm].left * firms[firm].slack
        under += firms[firm].slack * firms[firm].slack
    shift = over / under
    for firm in range(firms.size):
        most = max(most, abs(firms[firm].left - shift * firms[firm].slack))
    return shift if most < worst else 0.0


@in_place
def _add(waiting: Waiting, firm: int) -> None:
    """Add a firm to the queue."""
    word, storey = waiting
    for level in range(storey.size - 1):
        place = storey[level] + (firm >> 6)
        before = word[place]
        word[place] = before | (_ONE << np.uint64(firm & 63))
        if before != np.uint64(0):
            return
        firm >>= 6


@in_place
def _drop(waiting: Waiting, firm: int) -> None:
    """Remove a firm from the queue."""
    word, storey = waiting
    for level in range(storey.size - 1):
        place = storey[level] + (firm >> 6)
        word[place] &= ~(_ONE << np.uint64(firm & 63))
        if word[place] != np.uint64(0):
            return
        firm >>= 6


@in_place
def _next(waiting: Waiting, firm: int) -> int:
    """The first firm in the queue from this number on, and after the last one the first. It must not be empty."""
    word, storey = waiting
    level, here = 0, firm
    while level < storey.size - 1:
        place = storey[level] + (here >> 6)
        ahead = word[place] >> np.uint64(here & 63) if place < storey[level + 1] else np.uint64(0)
        if ahead != np.uint64(0):
            here += _lowest(ahead)
            break
        level, here = level + 1, (here >> 6) + 1
    if level == storey.size - 1:  # no firm waits ahead
        level, here = storey.size - 1, 0
    while level > 0:
        level -= 1
        here = (here << 6) + _lowest(word[storey[level] + here])
    return here


@in_place
def _lowest(word: np.uint64) -> int:
    """The index of the lowest set bit of a word that is not 0."""
    return int(_BIT[((word & (~word + _ONE)) * _BRUIJN) >> _SIX])
