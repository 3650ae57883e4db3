"""One supplier's own risk changes, or one link: every score it reaches, against computing all of them anew.

    python -m benchmarks.exposure.push [--sizes 10000 100000 1000000] [--kind tiered|powerlaw]

Anew is 20 sweeps of scipy's sparse product over all links, for one category; as near is the same until no score is off
by more than 1e-6, as a push promises (where all firms have suppliers, 20 sweeps do not come so near). Exact: after all
changes every score is within 1e-6 of M1 solved to 1e-13, and what every score leaves unsolved, computed anew, is within
the bound.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])


import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from benchmarks.exposure.measuring import KINDS, Row, arranged, finish, parser, relabelled, seconds, shares, swept
from reasoning.core.graph.network import Floats, Network
from reasoning.core.graph.ordering import order
from reasoning.core.linear.leontief import exposure
from reasoning.core.linear.push import ScoreChange, Standing

SWEEPS = 20
NEAR = 1e-6


def main() -> int:
    options = parser(__doc__, (10_000, 100_000, 1_000_000))
    options.add_argument("--changes", type=int, default=2000, help="of each sort")
    asked = options.parse_args()
    return finish(list(rows(asked, asked.changes)), asked.json)


def rows(options: Namespace, changes: int = 2000) -> Iterator[Row]:
    """Two rows a size: own risks that change, and links."""
    for size in options.sizes:
        net, value = arranged(KINDS[options.kind](size), size)
        yield from measure(*relabelled(net, order(net), value), f"{options.kind} {size:,}", changes)


def measure(net: Network, value: Floats, name: str, changes: int) -> list[Row]:
    random = np.random.default_rng(1)
    risk = random.random(net.size) / 2
    known = Standing(net, value, risk)
    known.set_risk(0, float(risk[0]))
    known.set_link(int(net.customer[0]), int(net.supplier[0]), float(value[0]))  # both compiled
    took: dict[str, list[tuple[float, ScoreChange]]] = {"own risk": [], "link": []}
    for firm in random.integers(0, net.size, changes).tolist():
        risk[firm] = random.random()
        took["own risk"].append(_timed(partial(known.set_risk, firm, float(risk[firm]))))
    for edge in random.integers(0, net.supplier.size, changes).tolist():
        value[edge] *= random.lognormal()
        one, two = int(net.customer[edge]), int(net.supplier[edge])
        took["link"].append(_timed(partial(known.set_link, one, two, float(value[edge]))))
    share = shares(net, value)
    anew = seconds(lambda: swept(net, share, risk[:, None], SWEEPS), 2)
    near = seconds(lambda: exposure(net, share, risk[:, None], tolerance=NEAR), 2)
    off = float(np.abs(known.scores - exposure(net, share, risk[:, None])[:, 0]).max())
    exact = off <= NEAR and known.faults() == ()
    return [Row(f"one {what} changes", name, _figures(found, (anew, near), off), exact) for what, found in took.items()]


def _timed(change: Callable[[], ScoreChange]) -> tuple[float, ScoreChange]:
    before = time.process_time()
    found = change()
    return time.process_time() - before, found


def _figures(changes: list[tuple[float, ScoreChange]], again: tuple[float, float], off: float) -> dict[str, float]:
    anew, near = again
    took = np.array([seconds for seconds, _ in changes])
    edges = np.array([change.edges for _, change in changes])
    return {
        "µs": took.mean() * 1e6,
        "median µs": float(np.median(took)) * 1e6,
        "p99 µs": float(np.quantile(took, 0.99)) * 1e6,
        "links": edges.mean(),
        "median links": float(np.median(edges)),
        "anew ms": anew * 1e3,
        "×anew": anew / took.mean(),
        "×anew, median": anew / float(np.median(took)),
        "×as near": near / took.mean(),
        "swept": sum(change.swept for _, change in changes) / len(changes),
        "max |Δ|": off,
    }


if __name__ == "__main__":
    sys.exit(main())
