"""Tiers by longest and shortest path on real supply chains, against those that their author gives.

    python -m benchmarks.exposure.tiers [--json FILE]

19 of the 38 multi-echelon chains of Willems (M&SOM 10(1), 2008), read from beside the checkout. `relDepth` is the
author's tier of a stage. In each chain, seen from a buyer of all final stages: our longest and shortest tiers are those
of networkx; the greatest relDepth is the greatest longest tier; every tier from 0 on has a stage; no stage is of a
lower tier than one that it supplies. Where it is of a higher one along every arc, no stage is of a lower tier than its
longest path says. In 13 chains relDepth is just our longest tier of every stage.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import csv
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx
import numpy as np

from benchmarks.exposure.measuring import PUBLIC, Row, finish, parser
from reasoning.core.graph.network import Integers, Network, longest, network, shortest

FOLDER = PUBLIC / "willems"
CHAINS, EQUAL = 19, 13


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """A chain whose stages are 0 … n−1, with a buyer n of all final ones; and the author's tier of each stage."""

    name: str
    net: Network
    tier: Integers

    @property
    def buyer(self) -> int:
        """Who buys of all final stages."""
        return self.net.size - 1

    @property
    def arcs(self) -> tuple[Integers, Integers]:
        """From whom to whom, the buyer left out."""
        inside = self.net.customer != self.buyer
        return self.net.supplier[inside], self.net.customer[inside]


def main() -> int:
    asked = parser(__doc__, ()).parse_args()
    return finish(list(rows(asked)), asked.json)


def rows(_: Namespace) -> Iterator[Row]:
    """One row over all chains, where they are to be had."""
    if not FOLDER.is_dir():
        return
    found = list(chains())
    equal = sum(bool((chain.tier == levels(chain)[0]).all()) for chain in found)
    figures = {"chains": len(found), "stages": sum(chain.buyer for chain in found), "all stages at relDepth": equal}
    figures["faults"] = sum(len(faults(chain)) for chain in found)
    yield Row("tiers by path", "Willems", figures, not figures["faults"] and (len(found), equal) == (CHAINS, EQUAL))


def chains(folder: Path = FOLDER) -> Iterator[Chain]:
    """Every chain of the folder, by number."""
    for stages in sorted(folder.glob("*_stages.csv")):
        name = stages.name.partition("_")[0]
        tier = {row["Stage Name"]: int(row["relDepth"]) for row in _rows(stages)}
        place = {stage: number for number, stage in enumerate(tier)}
        arcs = [(row["sourceStage"], row["destinationStage"]) for row in _rows(folder / f"{name}_arcs.csv")]
        yield chain(
            name, [(place[one], place[two]) for one, two in arcs], np.array(list(tier.values()), dtype=np.int64)
        )


def chain(name: str, arcs: list[tuple[int, int]], tier: Integers) -> Chain:
    """The chain of these arcs, from supplier to customer, with its buyer."""
    buyer = tier.size
    final = set(range(buyer)) - {one for one, _ in arcs}
    ends = np.array(sorted({(two, one) for one, two in arcs} | {(buyer, one) for one in final}), dtype=np.int64)
    return Chain(name, network(buyer + 1, ends[:, 0], ends[:, 1]), tier)


def levels(found: Chain) -> tuple[Integers, Integers]:
    """The tier of each stage by the longest and by the shortest path, 0 for final ones."""
    return longest(found.net, found.buyer)[:-1] - 1, shortest(found.net, found.buyer)[:-1] - 1


def faults(found: Chain) -> tuple[str, ...]:
    """What does not hold of a chain; empty if all does."""
    far, near = levels(found)
    source, target = found.arcs
    rises = bool((found.tier[source] > found.tier[target]).all())
    checks = {
        "the longest tiers are not networkx's": np.array_equal(far, _longest(found)),
        "the shortest tiers are not networkx's": np.array_equal(near, _shortest(found)),
        "a shortest tier is above a longest": bool((near <= far).all()),
        "the greatest relDepth is not the longest path": found.tier.max() == far.max(),
        "a tier has no stage": np.array_equal(np.unique(found.tier), np.arange(found.tier.max() + 1)),
        "a stage is of a lower tier than one that it supplies": bool((found.tier[source] >= found.tier[target]).all()),
        "a stage is of a lower tier than its longest path": not rises or bool((found.tier >= far).all()),
    }
    return tuple(f"chain {found.name}: {why}" for why, holds in checks.items() if not holds)


def _longest(found: Chain) -> Integers:
    graph = _graph(found)
    far: dict[int, int] = {}
    for stage in reversed(list(nx.topological_sort(graph))):
        far[stage] = 1 + max((far[customer] for customer in graph.adj[stage]), default=-1)
    assert max(far.values()) == nx.dag_longest_path_length(graph)
    return np.array([far[stage] for stage in range(found.buyer)])


def _shortest(found: Chain) -> Integers:
    graph = _graph(found)
    final = [stage for stage in graph if not graph.adj[stage]]
    near = nx.multi_source_dijkstra_path_length(graph.reverse(copy=False), set(final), weight=None)
    return np.array([int(near[stage]) for stage in range(found.buyer)])


def _graph(found: Chain) -> "nx.DiGraph[int]":
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(found.buyer))
    graph.add_edges_from(zip(*(ends.tolist() for ends in found.arcs), strict=True))
    return graph


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    sys.exit(main())
