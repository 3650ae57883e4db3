"""Networks to try formulas on: strategies, and the same formulas in dense or naive form as oracles."""

import networkx as nx
import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from reasoning.core.graph.network import Floats, Network, network

Edge = tuple[int, int, float]


def build(size: int, edges: list[Edge]) -> tuple[Network, Floats]:
    """The network of (customer, supplier, weight) edges, each pair once, and each one's share of the customer's sum."""
    ordered = sorted(edges)
    customer = np.array([edge[0] for edge in ordered], dtype=np.int64)
    supplier = np.array([edge[1] for edge in ordered], dtype=np.int64)
    weight = np.array([edge[2] for edge in ordered], dtype=np.float64)
    total = np.bincount(customer, weight, minlength=size)[customer] if ordered else weight
    return network(size, customer, supplier), weight / np.where(total > 0, total, 1)


@st.composite
def edges(draw: st.DrawFn, *, acyclic: bool = False, most: int = 7) -> tuple[int, list[Edge]]:
    """A size and weighted edges between different nodes, each pair once; acyclic: from a lower to a higher."""
    size = draw(st.integers(1, most))
    pairs = [(one, two) for one in range(size) for two in range(size) if one < two or (one > two and not acyclic)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=14)) if pairs else []
    weights = draw(st.lists(st.floats(0.01, 1000), min_size=len(chosen), max_size=len(chosen)))
    return size, [(*pair, weight) for pair, weight in zip(chosen, weights, strict=True)]


def dense(net: Network, share: Floats) -> npt.NDArray[np.float64]:
    """S as a matrix: S[j, i] is the share of supplier i in what customer j buys."""
    matrix = np.zeros((net.size, net.size))
    matrix[net.customer, net.supplier] = share
    return matrix


def inverse(net: Network, share: Floats, alpha: float) -> npt.NDArray[np.float64]:
    """(1−α)(I − αS)^-1 by numpy's dense solver."""
    solved = (1 - alpha) * np.linalg.inv(np.eye(net.size) - alpha * dense(net, share))
    return solved.astype(np.float64)


def graph(net: Network, share: Floats) -> "nx.DiGraph[int]":
    """The network in networkx, from customer to supplier."""
    found: nx.DiGraph[int] = nx.DiGraph()
    found.add_nodes_from(range(net.size))
    for customer, supplier, part in zip(net.customer.tolist(), net.supplier.tolist(), share.tolist(), strict=True):
        found.add_edge(customer, supplier, share=part)
    return found
