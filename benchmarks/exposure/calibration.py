"""How far M2 and the interval of M1 can be believed: on generated networks whose truth is known.

    python -m benchmarks.exposure.calibration [--seed 0] [--networks 400]

Prints Markdown tables, the same for the same seed and number of networks.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])


import argparse
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from benchmarks.exposure.disruption import enumerated
from benchmarks.exposure.measuring import Row, arranged, shares
from benchmarks.exposure.networks import tiered
from reasoning.core.disruption.reliability import ReliabilityQuery, Sampler, chances
from reasoning.core.graph.network import Floats, Network, network
from reasoning.core.linear.leontief import exposure

NOMINAL = (0.5, 0.8, 0.9, 0.95, 0.99)
EDGES = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 1.0)
SIZE, YEARS, WORLDS = 400, 20, 2048
ROUNDING = 1e-12
KEPT = (1.0, 0.75, 0.5, 0.25)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--networks", type=int, default=400)
    asked = parser.parse_args()
    print(_table("nominal | observed | networks", interval_of_m2(asked.seed, asked.networks)))
    print(
        _table("estimate | firms | mean estimate | disrupted", reliability(asked.seed, asked.networks // 20, years=0))
    )
    print(
        _table(
            "estimate | firms | mean estimate | disrupted", reliability(asked.seed, asked.networks // 20, years=YEARS)
        )
    )
    print(_table("width kept | true score inside | firms", interval_of_m1(asked.seed, asked.networks // 20)))
    return 0


def rows(options: argparse.Namespace) -> Iterator[Row]:
    """How often M2's interval holds the truth; exact: not less often than it says, but for 4 errors of this count."""
    networks = 200 if options.quick else 2000
    hits = hits_of_m2(0, networks)
    figures = {f"{nominal:.0%}": hit / networks for nominal, hit in zip(NOMINAL, hits, strict=True)}
    short = [
        hit < networks * one - 4 * math.sqrt(networks * one * (1 - one)) for one, hit in zip(NOMINAL, hits, strict=True)
    ]
    yield Row("interval of M2 holds", f"{networks:,} enumerated", figures, not any(short))


def interval_of_m2(seed: int, networks: int) -> list[Sequence[str]]:
    """How often the confidence interval holds the exact probability, on small cyclic networks."""
    hits = hits_of_m2(seed, networks)
    return [(f"{one:.0%}", f"{hit / networks:.1%}", f"{networks:,}") for one, hit in zip(NOMINAL, hits, strict=True)]


def hits_of_m2(seed: int, networks: int) -> list[float]:
    """In how many networks the interval of each nominal confidence holds the exact probability."""
    dice = np.random.default_rng(seed)
    hits = np.zeros(len(NOMINAL))
    pairs = np.array([(one, two) for one in range(5) for two in range(5) if one != two])
    for _ in range(networks):
        ends = pairs[np.sort(dice.choice(len(pairs), 8, replace=False))]
        net = network(5, ends[:, 0], ends[:, 1])
        known = chances(net, dice.uniform(0, 0.9, 8), dice.beta(1, 10, 5))
        exact = enumerated(net, known.stop, known.own)
        found = Sampler(known).estimate(0, ReliabilityQuery(worlds=WORLDS, seed=int(dice.integers(2**40))))
        hits += [low - ROUNDING <= exact <= high + ROUNDING for low, high in map(found.interval, NOMINAL)]
    return hits.tolist()


def reliability(seed: int, networks: int, *, years: int) -> list[Sequence[str]]:
    """Of the firms with an estimate in each range, the part that is disrupted in a year drawn from the truth.

    With `years` the own chances are not known but counted: (disruptions + 1/2) / (years + 20), as if a prior had seen
    half a disruption in 20 years.
    """
    dice = np.random.default_rng(seed + 1)
    told, came = [], []
    for _ in range(networks):
        net, value = arranged(tiered(SIZE, int(dice.integers(2**40))), SIZE)
        stop = 0.9 * shares(net, value) * dice.uniform(0.3, 1, value.size)
        own = dice.beta(1, 40, SIZE)
        seen = (dice.binomial(years, own) + 0.5) / (years + 20) if years else own
        sampler = Sampler(chances(net, stop, seen))
        told.append([sampler.estimate(firm, ReliabilityQuery(worlds=640)).estimate for firm in range(SIZE)])
        came.append(np.mean([simulated(net, stop, own, dice) for _ in range(50)], axis=0))
    estimate, happened = np.concatenate(told), np.concatenate(came)
    rows: list[Sequence[str]] = []
    for low, high in pairwise(EDGES):
        inside = (estimate >= low) & (estimate < high)
        if inside.any():
            figures = (f"{estimate[inside].mean():.4f}", f"{happened[inside].mean():.4f}")
            rows.append((f"{low:.2f} – {high:.2f}", f"{inside.sum():,}", *figures))
    return rows


def simulated(net: Network, stop: Floats, own: Floats, dice: np.random.Generator) -> Floats:
    """Which firms are disrupted in one drawn year."""
    live = dice.random(stop.size) < stop
    customer, supplier = net.customer[live], net.supplier[live]
    down = dice.random(own.size) < own
    before = -1
    while before != (before := int(down.sum())):
        down[customer[down[supplier]]] = True
    return down.astype(np.float64)


def interval_of_m1(seed: int, networks: int) -> list[Sequence[str]]:
    """How often the true M1 score lies in the interval, or in the middle part of it.

    A third of the links are inferred, and true with the chance that is their confidence; two fifths of the own risks
    are unknown. The truth has the links that are true, weighed among themselves, and every own risk.
    """
    dice = np.random.default_rng(seed + 2)
    hits, firms = np.zeros(len(KEPT)), 0
    for _ in range(networks):
        net, value = arranged(tiered(SIZE, int(dice.integers(2**40))), SIZE)
        share = shares(net, value)
        inferred, confidence = dice.random(share.size) < 1 / 3, dice.uniform(0.2, 0.9, share.size)
        there = ~inferred | (dice.random(share.size) < confidence)
        risk, known = dice.random(SIZE), dice.random(SIZE) < 0.6
        low = _score(net, share * ~inferred, np.where(known, risk, 0))
        middle = _score(net, np.where(inferred, confidence, 1) * share, np.where(known, risk, 0.5))
        high = _score(net, share, np.where(known, risk, 1))
        whole = np.bincount(net.customer, value * there, minlength=SIZE)[net.customer]
        truth = _score(net, np.divide(value * there, whole, out=np.zeros_like(value), where=whole > 0), risk)
        for place, kept in enumerate(KEPT):
            inside = (truth >= middle - kept * (middle - low)) & (truth <= middle + kept * (high - middle))
            hits[place] += inside.sum()
        firms += SIZE
    return [(f"{kept:.0%}", f"{hit / firms:.1%}", f"{firms:,}") for kept, hit in zip(KEPT, hits, strict=True)]


def _score(net: Network, share: Floats, risk: Floats) -> Floats:
    return exposure(net, share, risk[:, None])[:, 0]


def _table(head: str, rows: Sequence[Sequence[str]]) -> str:
    rule = "|".join("---" for _ in head.split("|"))
    lines = [f"| {head} |", f"|{rule}|", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
