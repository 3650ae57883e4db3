"""The probability that one firm is disrupted, with everybody's Shapley value, over 10,048 worlds.

    python -m benchmarks.exposure.disruption [--sizes 10000 100000 1000000] [--kind tiered|powerlaw]

Peers (medians): a plain Monte Carlo in Python (draw own disruptions and links, walk back, count), at the work that it
needs for the same standard error; and a Python walk that, as ours, draws links only. Exact: on every firm asked the
lower bound is at most the estimate + 4 errors and the upper bound at least the estimate − 4 errors, the Shapley values
sum to the estimate within 1e-12, two threads give the same bits as one, and every answer is recomputed; on small cyclic
networks the estimate is within 4 errors of the enumeration of all states of the links, and the bounds hold.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])


import itertools
import math
import random
from argparse import Namespace
from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.exposure.measuring import KINDS, Row, arranged, final_makers, finish, parser, seconds, shares
from reasoning.core.disruption.best_paths import Finder
from reasoning.core.disruption.reliability import (
    Chances,
    DisruptionEstimate,
    ReliabilityQuery,
    Sampler,
    chances,
    upper_bounds,
)
from reasoning.core.graph.network import Floats, Network, network

ASKED, SUPPLIERS = 50, 100  # final makers with so many firms upstream
PEERED = 15  # of these
WALKS = 2000  # worlds of the peers: their cost is per world


def main() -> int:
    asked = parser(__doc__, (10_000, 100_000, 1_000_000)).parse_args()
    return finish(list(rows(asked)), asked.json)


def rows(options: Namespace) -> Iterator[Row]:
    """Small networks against their enumeration, then one row a size, and how much more is seen on larger ones."""
    if options.fixed:
        yield enumeration()
    touched = []
    for size in options.sizes:
        yield (row := measure(hazards(size, options.kind), f"{options.kind} {size:,}"))
        touched.append(row.figures["links seen"])
    if len(touched) > 1:
        growth = max(touched) / touched[0]
        yield Row("links seen, most / first", options.kind, {"ratio": growth}, growth <= 1.5)


def hazards(size: int, kind: str) -> Chances:
    """A link stops its customer by at most 0.9 of the share that it delivers; own chances are 2.4 % on average."""
    net, value = arranged(KINDS[kind](size), size)
    stop = 0.9 * shares(net, value) * np.random.default_rng(5).uniform(0.3, 1, value.size)
    return chances(net, stop, np.random.default_rng(6).beta(1, 40, size))


def measure(known: Chances, name: str) -> Row:
    sampler = Sampler(known)
    firms = final_makers(Finder(known.links), known.net, SUPPLIERS, ASKED)
    found = [sampler.estimate(firm) for firm in firms]
    ours = seconds(lambda: [sampler.estimate(firm) for firm in firms]) / len(firms)
    upper = upper_bounds(known)
    climb = seconds(lambda: upper_bounds(known), 1)
    exact = all(_holds(sampler, one, upper) for one in found)
    exact &= all(
        _same(one, other) for one, other in zip(found[:5], map(Sampler(known, threads=2).estimate, firms), strict=False)
    )
    links = np.array([one.edges for one in found]) / (found[0].worlds / 64)
    plain, walk, worlds = _peers(known, found)
    figures = {
        "ms": ours * 1e3,
        "greatest ms": max(seconds(partial(sampler.estimate, firm), 1) for firm in firms) * 1e3,
    }
    figures |= {
        "P": float(np.mean([one.estimate for one in found])),
        "error": float(np.mean([one.error for one in found])),
    }
    figures |= {
        "firms with a share": float(np.mean([one.firms.size for one in found])),
        "links seen": float(links.mean()),
    }
    figures |= {"×plain Monte Carlo": plain / ours, "its worlds": worlds, "×Python walk": walk / ours}
    figures |= {"upper bounds of all s": climb}
    return Row("disruption with Shapley", name, figures, bool(exact))


def _holds(sampler: Sampler, one: DisruptionEstimate, upper: Floats) -> bool:
    low, high = one.within(4)
    summed = abs(math.fsum(one.shares) - one.estimate) <= 1e-12
    return summed and one.lower <= high and low <= upper[one.focal] and not sampler.faults(one)


def _same(one: DisruptionEstimate, other: DisruptionEstimate) -> bool:
    return one.estimate == other.estimate and bool(np.array_equal(one.shares, other.shares))


def _peers(known: Chances, found: list[DisruptionEstimate]) -> tuple[float, float, float]:
    """Median CPU time of the peers for the standard error that we have, and the worlds that the plain one takes."""
    near = _near(known)
    own = known.own.tolist()
    dice = random.Random(1)
    rows = []
    for one in found[:PEERED]:
        worlds = one.estimate * (1 - one.estimate) / max(one.error, 1e-6) ** 2
        plain = seconds(partial(_plain, near, own, one.focal, dice), 1) / WALKS * worlds
        walk = seconds(partial(_walk, near, own, one.focal, dice), 1) / WALKS * one.worlds
        rows.append((plain, walk, worlds))
    plain, walk, worlds = np.median(rows, axis=0).tolist()
    return plain, walk, worlds


def _near(known: Chances) -> list[list[tuple[int, float]]]:
    pairs = list(zip(known.net.supplier.tolist(), known.stop.tolist(), strict=True))
    return [pairs[one:two] for one, two in itertools.pairwise(known.net.start.tolist())]


def _plain(near: list[list[tuple[int, float]]], own: list[float], focal: int, dice: random.Random) -> int:
    """In how many worlds a disrupted firm reaches the focal one."""
    draw, hits = dice.random, 0
    for _ in range(WALKS):
        waiting, seen = [focal], {focal}
        while waiting:
            firm = waiting.pop()
            if draw() < own[firm]:
                hits += 1
                break
            for supplier, stop in near[firm]:
                if supplier not in seen and draw() < stop:
                    seen.add(supplier)
                    waiting.append(supplier)
    return hits


def _walk(near: list[list[tuple[int, float]]], own: list[float], focal: int, dice: random.Random) -> float:
    """The mean chance over worlds in which only links are drawn; without Shapley values."""
    draw, total = dice.random, 0.0
    for _ in range(WALKS):
        waiting, seen, safe = [focal], {focal}, 1.0
        while waiting:
            firm = waiting.pop()
            safe *= 1 - own[firm]
            for supplier, stop in near[firm]:
                if supplier not in seen and draw() < stop:
                    seen.add(supplier)
                    waiting.append(supplier)
        total += 1 - safe
    return total / WALKS


def enumeration(cases: int = 40) -> Row:
    """Small cyclic networks against every state of their links."""
    dice, worst, holds = np.random.default_rng(11), 0.0, True
    for _ in range(cases):
        ends = np.array([(one, two) for one in range(5) for two in range(5) if one != two])
        net_ends = ends[np.sort(dice.choice(len(ends), 9, replace=False))]
        net = network(5, net_ends[:, 0], net_ends[:, 1])
        known = chances(net, dice.uniform(0.05, 0.95, 9), dice.uniform(0, 0.4, 5))
        found = Sampler(known).estimate(0, ReliabilityQuery(worlds=64_000))
        exact = enumerated(net, known.stop, known.own)
        worst = max(worst, abs(found.estimate - exact) / (found.error + 1e-12))
        holds &= found.lower <= exact + 1e-12 and exact <= upper_bounds(known)[0] + 1e-12
    return Row("against enumeration", f"{cases} of 5 firms", {"worst z": worst}, bool(holds and worst <= 4))


def enumerated(net: Network, stop: Floats, own: Floats) -> float:
    """The probability for firm 0 over every state of the links."""
    ends = list(zip(net.customer.tolist(), net.supplier.tolist(), strict=True))
    whole = 0.0
    for states in itertools.product((False, True), repeat=len(ends)):
        reached = {0}
        for _ in range(net.size):
            reached |= {two for (one, two), live in zip(ends, states, strict=True) if live and one in reached}
        weight = math.prod(chance if live else 1 - chance for chance, live in zip(stop.tolist(), states, strict=True))
        whole += weight * (1 - math.prod(1 - own[firm] for firm in reached))
    return whole


if __name__ == "__main__":
    sys.exit(main())
