"""Gauss–Legendre rules for the Shapley integrals of M2, each with the total risk up to which it keeps its error."""

import math
from functools import cache

import numpy as np

from reasoning.core.disruption.kernel import Quadrature
from reasoning.core.graph.network import Floats

MOST_NODES = 48
_NODE_ERROR = 1e-15
_CUT = 40.0  # total risk beyond which the rest of the integral is below 5e-18


@cache
def rules() -> Quadrature:
    """The rules of 0 to 48 nodes, and up to which total risk each keeps its error.

    The error term of Gauss–Legendre has a derivative of at most (total risk)^(2m+1) in sum over the firms. So m nodes
    err by at most x^(2m+1) (m!)^4 / ((2m+1) (2m)!^3) for x = total risk × length of the interval.
    """
    nodes, weights = np.zeros((2, MOST_NODES + 1, MOST_NODES))
    holds = np.zeros(MOST_NODES + 1)
    for count in range(1, MOST_NODES + 1):
        nodes[count, :count], weights[count, :count] = gauss_legendre(count)
        log = 4 * math.lgamma(count + 1) - math.log(2 * count + 1) - 3 * math.lgamma(2 * count + 1)
        holds[count] = math.exp((math.log(_NODE_ERROR) - log) / (2 * count + 1))
    return Quadrature(nodes, weights, holds, _CUT)


def gauss_legendre(count: int) -> tuple[Floats, Floats]:
    """The nodes and weights of Gauss–Legendre on [0, 1]."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return (nodes + 1) / 2, weights / 2
