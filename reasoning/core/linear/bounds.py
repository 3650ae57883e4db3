"""How far a buyer's exposure may lie from what is told, once everything that is not known counts.

M1's interval lets risks and inferred links vary. Two more things are not known: how a customer's need is shared, where
nobody says, and who supplies those of whom no supplier is known. With an interval [low, high] for each node, the least
and the greatest exposure over all that they may be is the solution of

    x(j) = (1−α)·r(j) + α·( Σ share·x(i)      where the shares are known
                          | extreme of x(i)   where they are not
                          | 0 to 1            where no supplier is known )

which shrinks every error by α a sweep, so it has one solution, reached whatever the network.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from reasoning.core.graph.network import Floats, Network
from reasoning.core.linear.leontief import ALPHA

Flags = npt.NDArray[np.bool_]
End = Literal["low", "high"]
TOLERANCE = 1e-13


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known at one end of the interval.

    Attributes:
        share: Of each edge, the part of the customer's need that counts at this end.
        carry: Of each edge, the part of a loss that passes over it if it carries all of the need; 0 where the edge does
            not count at this end.
        risk: Own risk of each node at this end, in [0, 1].
        unsure: Customers of whom nobody says how their need is shared.
        unseen: Nodes of which no supplier is known, though they may have some.
    """

    share: Floats
    carry: Floats
    risk: Floats
    unsure: Flags
    unseen: Flags


def extreme(net: Network, known: Known, end: End, *, alpha: float = ALPHA) -> Floats:
    """The least or the greatest exposure of every node.

    Raises:
        ArithmeticError: It did not converge, which α < 1 excludes unless a figure is no number.
    """
    constant = (1 - alpha) * known.risk + (alpha * known.unseen if end == "high" else 0.0)
    found = constant
    for _ in range(int(np.ceil(np.log(TOLERANCE * (1 - alpha)) / np.log(alpha))) + 2):
        fresh = constant + alpha * _passed(net, known, found, end)
        change = float(np.max(np.abs(fresh - found), initial=0.0))
        found = fresh
        if change * alpha <= TOLERANCE * (1 - alpha):
            return found
    raise ArithmeticError("the bounds of the exposure did not converge")


def policy(net: Network, known: Known, solved: Floats, end: End) -> Floats:
    """The shares at which the extreme is reached: all of the need at the worst (or best) supplier where nobody says."""
    chosen = known.share.copy()
    for customer in np.flatnonzero(known.unsure).tolist():
        edges = slice(int(net.start[customer]), int(net.start[customer + 1]))
        passed = known.carry[edges] * solved[net.supplier[edges]]
        chosen[edges] = 0.0
        if passed.size:
            place = int(np.argmax(passed) if end == "high" else np.argmin(passed))
            chosen[edges.start + place] = known.carry[edges][place]
    return chosen


def _passed(net: Network, known: Known, found: Floats, end: End) -> Floats:
    summed = np.bincount(net.customer, known.share * found[net.supplier], minlength=net.size)
    some = known.unsure & (net.start[1:] > net.start[:-1])
    if not some.any():
        return summed.astype(np.float64)
    filled = np.flatnonzero(net.start[1:] > net.start[:-1])
    pick = np.maximum if end == "high" else np.minimum
    ends = np.zeros(net.size)
    ends[filled] = pick.reduceat(known.carry * found[net.supplier], net.start[filled])
    return np.where(some, ends, summed)
