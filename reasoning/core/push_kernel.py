"""Keeping M1 up to date: what a change leaves unsolved is pushed on to the customers, until it is small everywhere."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reasoning.core.compiled import in_place
from reasoning.core.network import Floats

Records = npt.NDArray[np.void]
Indices = npt.NDArray[np.int32]

TOUCHED, LINKS = range(2)  # places in `Scratch.tally`

# What a push reads of each customer, kept small: what its score leaves unsolved, and α over the weight of its links
# with suppliers (0 where it has none).
REST = np.dtype([("left", "f8"), ("scale", "f8")])

# What it reads of those alone that have more than a little left: the score, (1 − α) × own risk, and two marks that are
# 0 between changes.
FIRM = np.dtype([("score", "f8"), ("own", "f8"), ("queued", "i8"), ("changed", "i8")])

# The row of a firm in the pool of links: places start … start + links − 1, with room for so many.
ROW = np.dtype([("start", "i8"), ("links", "i4"), ("room", "i4")])

# A link: its other end, how much of it counts, and its weight in the customer's whole.
LINK = np.dtype([("end", "i8"), ("counted", "f8"), ("weight", "f8")])


class Rows(NamedTuple):
    """The links of each firm, by `ROW` and `LINK`."""

    row: Records
    link: Records


class Firms(NamedTuple):
    """What is known of each firm, by `REST` and `FIRM`."""

    rest: Records
    firm: Records


class Scratch(NamedTuple):
    """A ring of firms that leave too much unsolved, and the firms whose score changed, with what it was."""

    ring: Indices
    touched: Indices
    before: Floats
    tally: npt.NDArray[np.int64]


@in_place
def push(customers: Rows, firms: Firms, scratch: Scratch, changed: int, most: float) -> None:
    """Push on what is unsolved at a firm, and then wherever it comes to more than `most`."""
    ring, touched, before, tally = scratch
    row, link, rest, firm = customers.row, customers.link, firms.rest, firms.firm
    first, waiting, count, looked = 0, 0, 0, 0
    if abs(rest[changed]["left"]) > most:
        firm[changed]["queued"] = 1
        ring[0], waiting = changed, 1
    while waiting > 0:
        here = ring[first]
        first = first + 1 if first + 1 < ring.size else 0
        waiting -= 1
        left, score = rest[here]["left"], firm[here]["score"]
        rest[here]["left"] = 0.0
        firm[here]["queued"] = 0
        firm[here]["score"] = score + left
        if firm[here]["changed"] == 0:
            firm[here]["changed"] = 1
            touched[count], before[count] = here, score
            count += 1
        start, end = row[here]["start"], row[here]["start"] + row[here]["links"]
        looked += end - start
        for place in range(start, end):
            customer = link[place]["end"]
            grown = rest[customer]["left"] + left * link[place]["counted"] * rest[customer]["scale"]
            rest[customer]["left"] = grown
            if abs(grown) > most and firm[customer]["queued"] == 0:
                firm[customer]["queued"] = 1
                ring[(first + waiting) % ring.size] = customer
                waiting += 1
    tally[TOUCHED], tally[LINKS] = count, looked


@in_place
def unsolved(suppliers: Rows, firms: Firms, customer: int) -> float:
    """What a firm's score leaves unsolved: (1 − α) R + α Σ share · score of its suppliers − its own score."""
    whole, first = 0.0, suppliers.row[customer]["start"]
    for link in range(first, first + suppliers.row[customer]["links"]):
        whole += suppliers.link[link]["counted"] * firms.firm[suppliers.link[link]["end"]]["score"]
    one = firms.firm[customer]
    return float(one["own"] + firms.rest[customer]["scale"] * whole - one["score"])


@in_place
def most_unsolved(suppliers: Rows, firms: Firms) -> float:
    """The greatest part that any firm's score leaves unsolved, computed anew from all links."""
    most = 0.0
    for customer in range(firms.firm.size):
        most = max(most, abs(unsolved(suppliers, firms, customer)))
    return most


@in_place
def place_of(rows: Rows, one: int, other: int) -> int:
    """The place of a firm's link with another in the pool, or −1."""
    first = rows.row[one]["start"]
    for link in range(first, first + rows.row[one]["links"]):
        if rows.link[link]["end"] == other:
            return int(link)
    return -1
