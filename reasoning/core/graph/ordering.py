"""The order in which firms are numbered so that sweeps find together in memory what they read together."""

import numpy as np

from reasoning.core.graph.network import UNREACHED, Floats, Integers, Network, network


def levels(net: Network) -> Integers:
    """The fewest links from each node down to one that supplies nobody; −1 where none is reached."""
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

    Nodes that no level reaches, being parts of pure cycles, come first.
    """
    level = levels(net)
    depth = np.where(level == UNREACHED, net.size, level)
    customers = np.bincount(net.supplier, minlength=net.size)
    found: Integers = np.lexsort((-customers, -depth)).astype(np.int64)
    return found


def relabelled(net: Network, order: Integers, value: Floats) -> tuple[Network, Floats]:
    """The same network with node `order[k]` as node k, and its edges' values in the new order of edges."""
    name = np.empty(net.size, dtype=np.int64)
    name[order] = np.arange(net.size)
    customer, supplier = name[net.customer], name[net.supplier]
    edges = np.lexsort((supplier, customer))
    return network(net.size, customer[edges], supplier[edges]), value[edges]
