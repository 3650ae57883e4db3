"""Compiles every kernel, or loads it from the cache on disk, by running each once on a network of three firms.

`python -m reasoning.core.warm` fills the cache, which lies at `NUMBA_CACHE_DIR` or else beside the code. Only compiled
code stays in memory. The first request afterwards need not wait for compilation.
"""

import sys

import numpy as np

from reasoning.core.cascade.cascade import close_each, losses_at, shock, spread
from reasoning.core.cascade.explanation import explain, verify
from reasoning.core.cascade.focal import dependence, screen
from reasoning.core.cascade.network import Supply, input_classes, prepare
from reasoning.core.disruption.batches import estimate_each
from reasoning.core.disruption.best_paths import Finder, ranked_links
from reasoning.core.disruption.reliability import ReliabilityQuery, Sampler, chances, shapley, upper_bounds
from reasoning.core.graph.network import Network, network
from reasoning.core.linear.push import Standing

_PART = 0.5  # every link's share, factor and chance


def warm() -> None:
    """Run every kernel once."""
    net = network(3, np.array([0, 0, 1]), np.array([1, 2, 2]))
    _upstream(net)
    _pushes(net)
    _cascades(net)


def _upstream(net: Network) -> None:
    """Best paths and disruption probabilities, in links that may be live and in links that never are."""
    part = np.full(net.supplier.size, _PART)
    Finder(ranked_links(net, part)[0]).top(0, 2).routes()
    known = chances(net, part, np.full(net.size, _PART))
    sampler = Sampler(known)
    sampler.faults(sampler.estimate(0, ReliabilityQuery(worlds=64)))
    for _ in estimate_each(known, np.arange(net.size), ReliabilityQuery(worlds=64)):
        pass
    upper_bounds(known)
    upper_bounds(known, sweeps=2)  # too few, so the bounds come from above
    shapley(np.full(net.size, _PART))


def _pushes(net: Network) -> None:
    standing = Standing(net, np.ones(net.supplier.size), np.full(net.size, _PART))
    standing.set_risk(2, 1.0)
    standing.set_link(0, 1, 2.0)
    standing.close_link(0, 1)
    standing.faults()
    circle = network(2, np.array([0, 1]), np.array([1, 0]))  # where a push goes on for so long that it turns to sweeps
    Standing(circle, np.ones(2), np.zeros(2)).set_risk(0, 1.0)


def _cascades(net: Network) -> None:
    ones, sectors = np.ones(net.supplier.size), np.arange(net.size)
    production = prepare(Supply(net.supplier, net.customer, ones, sectors, input_classes("legacy", net.size)))
    closed = shock(2)
    spread(production, closed)
    losses_at(production, 0, sectors)
    dependence(production, 0, screen(production, close_each(production)))
    verify(production, closed, explain(production, closed, 0))


def main() -> None:
    """Warm the kernels and report it."""
    warm()
    sys.stdout.write("The kernels are compiled.\n")


if __name__ == "__main__":
    main()
