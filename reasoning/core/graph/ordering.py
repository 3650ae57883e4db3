"""A node order for memory locality: sweeps read neighbouring nodes from neighbouring memory."""

import numpy as np

from reasoning.core.graph.network import UNREACHED, Integers, Network


def levels(net: Network) -> Integers:
    """The fewest links from each node down to a node without customers; −1 where there is no such node."""
    level = np.where(np.bincount(net.supplier, minlength=net.size) > 0, UNREACHED, 0).astype(np.int64)
    here, depth = np.flatnonzero(level == 0), 0
    while here.size:
        depth += 1
        found = np.unique(net.supplier[net.edges_of(here)])
        here = found[level[found] == UNREACHED]
        level[here] = depth
    return level


def order(net: Network) -> Integers:
    """The nodes by level, deepest first, then by falling number of customers, then by number.

    Nodes without a level, which are parts of pure cycles, come first.
    """
    level = levels(net)
    depth = np.where(level == UNREACHED, net.size, level)
    customers = np.bincount(net.supplier, minlength=net.size)
    found: Integers = np.lexsort((-customers, -depth)).astype(np.int64)
    return found
