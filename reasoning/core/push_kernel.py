"""Keeping M1 up to date: what a change leaves unsolved is pushed on to the customers, until it is small everywhere."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reasoning.core.compiled import compiled
from reasoning.core.network import Floats

Records = npt.NDArray[np.void]
Indices = npt.NDArray[np.int32]

TOUCHED, LINKS = range(2)  # places in `Scratch.tally`

# What is kept of each firm, side by side because a push reads it together: its score, what that leaves unsolved, α over
# the weight of its links with suppliers (0 where it has none), (1 − α) × own risk, and two marks, 0 between changes.
FIRM = np.dtype([("score", "f8"), ("left", "f8"), ("scale", "f8"), ("own", "f8"), ("queued", "i8"), ("changed", "i8")])

# The row of a firm in the pool of links: places start … start + links − 1, with room for so many.
ROW = np.dtype([("start", "i8"), ("links", "i4"), ("room", "i4")])

# A link: its other end, how much of it counts, and its weight in the customer's whole.
LINK = np.dtype([("end", "i8"), ("counted", "f8"), ("weight", "f8")])


class Rows(NamedTuple):
    """The links of each firm, by `ROW` and `LINK`."""

    row: Records
    link: Records


class Scratch(NamedTuple):
    """A ring of firms that leave too much unsolved, and the firms whose score changed, with what it was."""

    ring: Indices
    touched: Indices
    before: Floats
    tally: npt.NDArray[np.int64]


@compiled
def push(customers: Rows, firms: Records, scratch: Scratch, changed: int, rest: float) -> None:
    """Push on what is unsolved at a firm, and then wherever it comes to more than `rest`."""
    ring, rows, links = scratch.ring, customers.row, customers.link
    first, waiting, looked = 0, 0, 0
    if abs(firms[changed]["left"]) > rest:
        firms[changed]["queued"] = 1
        ring[0], waiting = changed, 1
    while waiting > 0:
        here = ring[first]
        first = first + 1 if first + 1 < ring.size else 0
        waiting -= 1
        left = _raise(scratch, firms, here)
        looked += rows[here]["links"]
        for link in range(rows[here]["start"], rows[here]["start"] + rows[here]["links"]):
            customer = links[link]["end"]
            firms[customer]["left"] += left * links[link]["counted"] * firms[customer]["scale"]
            if firms[customer]["queued"] == 0 and abs(firms[customer]["left"]) > rest:
                firms[customer]["queued"] = 1
                place = first + waiting
                ring[place if place < ring.size else place - ring.size] = customer
                waiting += 1
    scratch.tally[LINKS] = looked


@compiled
def _raise(scratch: Scratch, firms: Records, here: int) -> float:
    """Add what a firm leaves unsolved to its score, having noted what that was; gives how much it is."""
    left = firms[here]["left"]
    if firms[here]["changed"] == 0:
        firms[here]["changed"] = 1
        place = scratch.tally[TOUCHED]
        scratch.touched[place] = here
        scratch.before[place] = firms[here]["score"]
        scratch.tally[TOUCHED] = place + 1
    firms[here]["queued"] = 0
    firms[here]["left"] = 0.0
    firms[here]["score"] += left
    return float(left)


@compiled
def unsolved(suppliers: Rows, firms: Records, customer: int) -> float:
    """What a firm's score leaves unsolved: (1 − α) R + α Σ share · score of its suppliers − its own score."""
    whole, first = 0.0, suppliers.row[customer]["start"]
    for link in range(first, first + suppliers.row[customer]["links"]):
        whole += suppliers.link[link]["counted"] * firms[suppliers.link[link]["end"]]["score"]
    return float(firms[customer]["own"] + firms[customer]["scale"] * whole - firms[customer]["score"])


@compiled
def most_unsolved(suppliers: Rows, firms: Records) -> float:
    """The greatest part that any firm's score leaves unsolved, computed anew from all links."""
    most = 0.0
    for customer in range(firms.size):
        most = max(most, abs(unsolved(suppliers, firms, customer)))
    return most


@compiled
def place_of(rows: Rows, one: int, other: int) -> int:
    """The place of a firm's link with another in the pool, or −1."""
    first = rows.row[one]["start"]
    for link in range(first, first + rows.row[one]["links"]):
        if rows.link[link]["end"] == other:
            return int(link)
    return -1
