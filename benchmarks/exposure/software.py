"""The core on a real supply network: the packages of Debian 12 and what they depend on.

    python -m benchmarks.exposure.software [--quick] [--json FILE]

A *software* supply graph (shared/data/debian_deps: 63,666 packages, 245,139 dependencies, cycles), not one of firms:
a package is supplied by those that it depends on. It has no volumes, so all dependencies of a package weigh the same.
Rows: best paths, disruption, M1 and pushes as on generated networks, with the same peers and gates; and dominators of
all that needs a package, held to networkx: what every way from it to another one passes.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import csv
import gzip
from argparse import Namespace
from collections.abc import Iterator

import networkx as nx
import numpy as np

from benchmarks.exposure import best_paths, disruption, linear, push
from benchmarks.exposure.measuring import PUBLIC, Row, arranged, finish, parser, relabelled, shares, timed
from benchmarks.exposure.networks import Supply
from reasoning.core.disruption.reliability import chances
from reasoning.core.graph.dominators import immediate_dominators
from reasoning.core.graph.network import Floats, Network
from reasoning.core.graph.ordering import order

EDGES = PUBLIC / "debian_deps" / "edges.csv.gz"
NAME = "debian (software)"
_ORIGINS = 5  # packages from which dominators are asked


def main() -> int:
    asked = parser(__doc__, ()).parse_args()
    return finish(list(rows(asked)), asked.json)


def rows(options: Namespace) -> Iterator[Row]:
    """The rows, where the graph is to be had."""
    if not EDGES.is_file():
        return
    supply, size = packages()
    net, value = arranged(supply, size)
    yield best_paths.measure(net, best_paths.STRENGTH * shares(net, value), NAME, neo4j=False)
    yield disrupted(net, value)
    yield linear.measure(net, value, NAME, linear.triad())
    yield from push.measure(*relabelled(net, order(net), value), NAME, 200 if options.quick else 2000)
    yield dominated(net)


def packages() -> tuple[Supply, int]:
    """Every dependency once, none of a package on itself; each of one package weighs the same."""
    with gzip.open(EDGES, "rt", encoding="utf-8", newline="") as file:
        _, *pairs = csv.reader(file)
    names = {name: number for number, name in enumerate(sorted({name for pair in pairs for name in pair}))}
    ends = np.unique([(names[two], names[one]) for one, two in pairs if one != two], axis=0)
    ones = np.ones(len(ends))
    return Supply(ends[:, 0], ends[:, 1], ones, np.zeros(len(names), dtype=np.int64)), len(names)


def disrupted(net: Network, value: Floats) -> Row:
    """Each package is broken with a chance of 2.4 % on average, and breaks whoever needs it with 0.9 of its share."""
    stop = 0.9 * shares(net, value) * np.random.default_rng(5).uniform(0.3, 1, value.size)
    return disruption.measure(chances(net, stop, np.random.default_rng(6).beta(1, 40, net.size)), NAME)


def dominated(net: Network) -> Row:
    """What every way from one package to each of those that need it passes, against networkx."""
    customers = np.bincount(net.supplier, minlength=net.size)
    origins = np.argsort(-customers, kind="stable")[:_ORIGINS].tolist()
    spent, found = timed(lambda: [immediate_dominators(net, [one]) for one in origins], 1)
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_edges_from(zip(net.supplier.tolist(), net.customer.tolist(), strict=True))
    peer, told = timed(lambda: [nx.immediate_dominators(graph, one) for one in origins], 1)
    exact = all(_same(ours, theirs, one) for ours, theirs, one in zip(found, told, origins, strict=True))
    reached = float(np.mean([len(theirs) for theirs in told]))
    return Row("dominators", NAME, {"s": spent / _ORIGINS, "reached": reached, "×NetworkX": peer / spent}, exact)


def _same(ours: list[int], theirs: dict[int, int | None], origin: int) -> bool:
    """Ours says of the origin that nothing is before it, networkx the origin itself or None."""
    reached = {node: before for node, before in theirs.items() if node != origin}
    return all(ours[node] == before for node, before in reached.items()) and sum(one >= 0 for one in ours) == len(
        reached
    ) + (ours[origin] >= 0)


if __name__ == "__main__":
    sys.exit(main())
