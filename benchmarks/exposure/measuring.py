"""What the benchmarks of exposure share: networks as reasoning takes them, CPU time, and a table with gates.

Every script has `rows(options) -> Iterator[Row]`, so that `python -m benchmarks.exposure` can run all of them. The
`options` are what `parser` gives: `sizes` and `kind` of the networks to measure on (no sizes: none of those rows),
`fixed` (also the rows that stand on no such network), `quick` (fewer repeats) and `neo4j` (a real server may be asked).
A figure whose name begins with × is a ratio to a peer of the same run.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.exposure.networks import Supply, powerlaw, tiered
from reasoning.core.disruption.best_paths import Finder
from reasoning.core.graph.network import Floats, Integers, Network, network
from reasoning.core.linear.leontief import ALPHA, solved

Answer = TypeVar("Answer")

PUBLIC = Path(__file__).resolve().parents[3] / "shared" / "data"  # the large public sets, beside the checkout
KINDS: Mapping[str, Callable[[int], Supply]] = {"tiered": tiered, "powerlaw": powerlaw}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what was measured, on which network, its figures, and whether the answers are exact."""

    what: str
    network: str
    figures: Mapping[str, float]
    exact: bool


def arranged(supply: Supply, size: int) -> tuple[Network, Floats]:
    """The network in the order that reasoning takes, and the value of each of its edges."""
    order = np.lexsort((supply.supplier, supply.customer))
    return network(size, supply.customer[order], supply.supplier[order]), supply.value[order]


def shares(net: Network, value: Floats) -> Floats:
    """Each edge's part of what its customer buys."""
    found: Floats = value / np.bincount(net.customer, value, minlength=net.size)[net.customer]
    return found


def relabelled(net: Network, order: Integers, value: Floats) -> tuple[Network, Floats]:
    """The same network with node `order[k]` as node k, and its edges' values in the new order of edges."""
    name = np.empty(net.size, dtype=np.int64)
    name[order] = np.arange(net.size)
    customer, supplier = name[net.customer], name[net.supplier]
    edges = np.lexsort((supplier, customer))
    return network(net.size, customer[edges], supplier[edges]), value[edges]


def swept(net: Network, share: Floats, risk: Floats, sweeps: int) -> tuple[Floats, float]:
    """M1 of every node after so many sweeps over all links, and the most by which a figure is too low.

    A sweep is faster where firms that many buy from are numbered close together: `reasoning.core.graph.ordering`.
    """
    return solved(net, share, (1 - ALPHA) * risk, ALPHA, (sweeps, 0.0))


def final_makers(finder: Finder, net: Network, suppliers: int, most: int = 200) -> list[int]:
    """Firms that supply nobody and have at least so many suppliers upstream, drawn under a fixed seed.

    Where everybody supplies somebody, any firms.
    """
    final = np.flatnonzero(np.bincount(net.supplier, minlength=net.size) == 0)
    drawn = iter(np.random.default_rng(0).permutation(final if final.size else net.size).tolist())
    return list(islice((firm for firm in drawn if finder.top(firm, suppliers).firms.size == suppliers), most))


def parser(about: str | None, sizes: Sequence[int]) -> argparse.ArgumentParser:
    """Options that every benchmark takes."""
    found = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    found.add_argument("--sizes", type=int, nargs="+", default=list(sizes), help="firms")
    found.add_argument("--kind", choices=sorted(KINDS), default="tiered", help="of network")
    found.add_argument("--json", type=Path, help="also write the figures to this file")
    found.add_argument("--quick", action="store_true", help="fewer repeats and peers")
    found.set_defaults(fixed=True, neo4j=False)
    return found


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The least CPU time of this process over so many runs."""
    return min(_once(work) for _ in range(times))


def timed(work: Callable[[], Answer], times: int = 3) -> tuple[float, Answer]:
    """The least CPU time of so many runs, after one that compiles where there are more than one, and the answer."""
    answer = work() if times > 1 else None
    spent = []
    for _ in range(times):
        before = time.process_time()
        answer = work()
        spent.append(time.process_time() - before)
    assert answer is not None
    return min(spent), answer


def finish(rows: Sequence[Row], target: Path | None) -> int:
    """Print the rows and the machine's load, write them as JSON, and say whether every gate holds."""
    load = os.getloadavg()[0]
    for row in rows:
        figures = "  ".join(f"{name} {value:,.4g}" for name, value in row.figures.items())
        print(f"{row.what:<24} {row.network:<18} {'exact' if row.exact else 'WRONG'}  {figures}")
    print(f"load average {load:.1f} on {os.cpu_count()} processors; CPU time")
    if target is not None:
        told = {"load": load, "processors": os.cpu_count(), "python": sys.version.split()[0]}
        target.write_text(json.dumps(told | {"rows": [asdict(row) for row in rows]}, indent=1) + "\n")
    return 0 if all(row.exact for row in rows) else 1


def _once(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before
