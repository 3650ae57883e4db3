"""A region of 200 firms fails as a whole: everybody's Shapley value, against random orders of the firms.

    python -m benchmarks.exposure.region [--orders 20000] [--json FILE]

Each firm of the region is disrupted with chance 0.5 (or with chances of 0.3 to 0.7), and stops the buyer, directly or
by another firm of the region. Exact: the values sum to the probability within 1e-12, two threads give the same bits as
one, and each value is within 5 errors of its mean gain over random orders, drawn under a fixed seed: an order adds one
firm after the other, and a firm's gain is what it adds to the chance that the buyer is disrupted.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import math
from argparse import Namespace
from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.exposure.measuring import Row, finish, parser, timed
from reasoning.core.disruption.reliability import Chances, DisruptionEstimate, ReliabilityQuery, Sampler, chances
from reasoning.core.graph.network import Floats, Integers, Network, network

FIRMS = 200
ORDERS = 20_000
WORLDS = 10_048
WITHIN = 5  # errors: 200 values, so that 4 would be passed once in 160 runs


def main() -> int:
    options = parser(__doc__, ())
    options.add_argument("--orders", type=int, default=ORDERS)
    asked = options.parse_args()
    return finish(list(rows(asked)), asked.json)


def rows(options: Namespace) -> Iterator[Row]:
    """Equal chances, then unequal ones; all links certain, so that the values are exact and not estimates."""
    orders = getattr(options, "orders", 2000 if options.quick else ORDERS)
    random = np.random.default_rng(7)
    yield _row("q = 0.5", np.full(FIRMS, 0.5), orders)
    yield _row("q = 0.3 … 0.7", random.uniform(0.3, 0.7, FIRMS), orders)
    yield _uncertain()


def region(direct: int = 50) -> Network:
    """Firms 1 … 200; the first of them supply the buyer, 0, and every other supplies one of those and its neighbour."""
    pairs = {(0, firm) for firm in range(1, direct + 1)}
    pairs |= {(1 + firm % direct, firm) for firm in range(direct + 1, FIRMS + 1)}
    pairs |= {(firm, firm + 1) for firm in range(direct + 1, FIRMS)}
    ends = np.array(sorted(pairs), dtype=np.int64)
    return network(FIRMS + 1, ends[:, 0], ends[:, 1])


def by_orders(own: Floats, orders: int, seed: int = 3) -> tuple[Floats, Floats]:
    """The mean gain of each firm over random orders, and its error, where every firm's disruption reaches the buyer."""
    random = np.random.default_rng(seed)
    total, square = np.zeros(own.size), np.zeros(own.size)
    for _ in range(orders):
        order: Integers = random.permutation(own.size)
        safe = np.cumprod(1 - own[order])
        gain = np.empty(own.size)
        gain[order] = np.append(1.0, safe[:-1]) - safe
        total += gain
        square += gain**2
    mean = total / orders
    return mean, np.sqrt(np.maximum(square / orders - mean**2, 0) / orders)


def _row(name: str, own: Floats, orders: int) -> Row:
    net = region()
    known = chances(net, np.ones(net.supplier.size), np.append(0.0, own))
    spent, found = timed(partial(Sampler(known).estimate, 0, ReliabilityQuery(worlds=WORLDS)))
    values = np.zeros(FIRMS + 1)
    values[found.firms] = found.shares
    mean, error = by_orders(own, orders)
    worst = float((np.abs(values[1:] - mean) / np.maximum(error, 1e-15)).max())
    whole = 1 - math.exp(np.log1p(-own).sum())
    off = abs(math.fsum(found.shares) - found.estimate)
    exact = off <= 1e-12 and abs(found.estimate - whole) <= 1e-12 and worst <= WITHIN and _same(known, found)
    figures = {"firms": FIRMS, "ms": spent * 1e3, "P": found.estimate, "worst z": worst, "orders": orders}
    return Row("a region fails", name, figures | {"|Δ|": off}, bool(exact))


def _uncertain() -> Row:
    """Links stop with chances of 0.2 to 0.9: the sum in every world's values."""
    net = region()
    stop = np.random.default_rng(9).uniform(0.2, 0.9, net.supplier.size)
    known = chances(net, stop, np.append(0.0, np.full(FIRMS, 0.5)))
    spent, found = timed(partial(Sampler(known).estimate, 0, ReliabilityQuery(worlds=WORLDS)))
    off = abs(math.fsum(found.shares) - found.estimate)
    figures = {"firms": FIRMS, "ms": spent * 1e3, "P": found.estimate, "error": found.error, "|Δ|": off}
    sound = not Sampler(known).faults(found) and _same(known, found)
    return Row("a region fails", "q = 0.5, links may hold", figures, bool(off <= 1e-12 and sound))


def _same(known: Chances, found: DisruptionEstimate) -> bool:
    other = Sampler(known, threads=2).estimate(found.focal, found.query)
    return other.estimate == found.estimate and bool(np.array_equal(other.shares, found.shares))


if __name__ == "__main__":
    sys.exit(main())
