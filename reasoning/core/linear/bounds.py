"""Bounds of M1 where shares of need or suppliers are unknown.

M1's interval varies risks and inferred links. Two more things may be unknown: how a customer's need is shared among its
suppliers, and who supplies a firm without known suppliers. Each node then has an interval [low, high]. The least and
the greatest exposure over all possible values solve

    x(j) = (1−α)·r(j) + α·( Σ share·x(i)      where the shares are known
                          | extreme of x(i)   where they are not
                          | 0 to 1            where no supplier is known )

Each sweep shrinks the error by α or more, so there is one solution, whatever the network.
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
    """The inputs at one end of the interval.

    Attributes:
        share: By edge, the share of the customer's need that counts at this end.
        carry: By edge, the share of a loss that passes over it if it carries all of the need; 0 where the edge does not
        count at this end.
        risk: By node, own risk at this end, in [0, 1].
        unsure: By node, whether no source states how its need is shared.
        unseen: By node, whether no supplier is known, though there may be some.
    """

    share: Floats
    carry: Floats
    risk: Floats
    unsure: Flags
    unseen: Flags


def extreme(net: Network, known: Known, end: End, *, alpha: float = ALPHA) -> Floats:
    """The least or the greatest exposure of every node, in [0, 1].

    Args:
        net: The network of n nodes.
        known: The inputs at this end.
        end: Which end.
        alpha: The weight of a customer's suppliers, in [0, 1).

    Returns:
        n figures.

    Raises:
        ArithmeticError: The sweeps did not converge. α < 1 excludes that unless an input is NaN.
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
    """The shares at which the extreme is reached.

    Where no source states shares, all of the need lies with the worst ("high") or best ("low") supplier.

    Args:
        net: The network.
        known: The inputs at this end.
        solved: What `extreme` returned for them.
        end: Which end.

    Returns:
        A share for each edge.
    """
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
