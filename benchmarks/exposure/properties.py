"""Properties of M1 and M2 over generated cases: prints how many break each, which must be none.

    python -m benchmarks.exposure.properties [--cases 100000] [--seed 0]

A case is a network of 2 to 9 firms (cycles, zero weights, firms without links) with own risks. Checked: more own risk
lowers no M1 score and no number of M2 (its lower bound, its upper bound, its estimate in any block of worlds); firms
that are not upstream change nothing, nor does the numbering; the unit of the weights does not matter; Shapley values
sum to their estimate; pushed M1 is within 1e-6 of M1 computed anew. Counted apart, since by chance 1 in some 10,000 may
break it: the estimate of M2 lies between its bounds within 4 errors.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])


import argparse
import time
from collections import Counter
from dataclasses import dataclass

import numpy as np

from reasoning.core.leontief import exposure
from reasoning.core.network import Floats, Integers, Network, network
from reasoning.core.push import Standing
from reasoning.core.reliability import Chances, Disruption, Question, Sampler, chances, upper_bounds

NEAR = 1e-12
QUESTION = Question(worlds=128)
STRANGERS = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A network with weights and own risks, and what is done to it: a firm's risk rises, firms get other names."""

    net: Network
    weight: Floats
    risk: Floats
    firm: int
    more: float
    name: Integers
    unit: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    before = time.process_time()
    broken = violations(asked.cases, asked.seed)
    for name, count in sorted(broken.items()):
        print(f"{name:<60} {count:>8,} broken")
    print(f"{asked.cases:,} cases, seed {asked.seed}, {time.process_time() - before:,.0f} CPU s")
    return 1 if any(count for name, count in broken.items() if not name.startswith("by chance")) else 0


def violations(cases: int, seed: int) -> Counter[str]:
    """How many cases break each property."""
    dice = np.random.default_rng(seed)
    broken: Counter[str] = Counter()
    for _ in range(cases):
        case = draw(dice)
        for checked in (linear(case), probable(case)):
            for name, holds in checked.items():
                broken[name] += not holds
    return broken


def draw(dice: np.random.Generator) -> Case:
    """A case; a quarter of the firms are safe, some weigh nothing."""
    size = int(dice.integers(2, 10))
    ends = np.argwhere(dice.random((size, size)) < dice.uniform(0, 0.6))
    ends = ends[ends[:, 0] != ends[:, 1]]
    weight = dice.lognormal(0, 2, len(ends)) * (dice.random(len(ends)) < 0.9)
    risk = dice.random(size) * (dice.random(size) < 0.75)
    firm = int(dice.integers(size))
    net = network(size, ends[:, 0].astype(np.int64), ends[:, 1].astype(np.int64))
    more = float(risk[firm] + (1 - risk[firm]) * dice.random())
    return Case(net, weight, risk, firm, more, dice.permutation(size + STRANGERS), float(10 ** dice.uniform(-6, 6)))


def linear(case: Case) -> dict[str, bool]:
    """M1."""
    score = _m1(case.net, case.weight, case.risk)
    pushed = Standing(case.net, case.weight, case.risk)
    pushed.set_risk(case.firm, case.more)
    worse = _m1(case.net, case.weight, _worse(case))
    other, weight, risk = _renamed(case)
    return {
        "M1: more own risk lowers no score": bool(np.all(worse >= score - NEAR)),
        "M1: units do not matter": _near(_m1(case.net, case.weight * case.unit, case.risk), score),
        "M1: names and unrelated firms do not matter": _near(
            _m1(other, weight, risk)[case.name[: case.net.size]], score
        ),
        "M1: pushed is within 1e-6 of computed anew": bool(np.all(np.abs(pushed.scores - worse) <= 1e-6)),
    }


def probable(case: Case) -> dict[str, bool]:
    """M2, with links that stop their customer by 0.9 of the share that they deliver."""
    before, known = _m2(case, case.net, case.weight, case.risk)
    after, worse = _m2(case, case.net, case.weight, _worse(case))
    scaled, _ = _m2(case, case.net, case.weight * case.unit, case.risk)
    other, weight, risk = _renamed(case)
    renamed, _ = _m2(case, other, weight, risk, focal=int(case.name[0]))
    low, high = before.within(4)
    upper, upper_worse = upper_bounds(known), upper_bounds(worse)
    return {
        "M2: more own risk lowers no block": bool(np.all(after.blocks >= before.blocks - NEAR)),
        "M2: more own risk lowers no lower bound": after.lower >= before.lower,
        "M2: more own risk lowers no upper bound": bool(np.all(upper_worse >= upper - 2 * NEAR)),
        "M2: units do not matter": abs(scaled.lower - before.lower) <= NEAR and _near(scaled.blocks, before.blocks),
        "M2: names and unrelated firms do not matter": abs(renamed.lower - before.lower) <= NEAR
        and _near(renamed.blocks, before.blocks),
        "M2: Shapley values sum to the estimate": abs(float(before.shares.sum()) - before.estimate) <= NEAR,
        "M2: the lower bound is at most the upper": before.lower <= upper[0] + NEAR,
        "by chance: M2 is within 4 errors of its bounds": before.lower <= high + NEAR and low <= upper[0] + NEAR,
    }


def _m1(net: Network, weight: Floats, risk: Floats) -> Floats:
    return exposure(net, _shares(net, weight), risk[:, None])[:, 0]


def _m2(case: Case, net: Network, weight: Floats, risk: Floats, focal: int = 0) -> tuple[Disruption, Chances]:
    """The links keep the keys that their firms' first names give them, so that the same worlds are drawn."""
    first = np.argsort(case.name) if net.size > case.net.size else np.arange(net.size)
    keys = (first[net.customer] * 1000 + first[net.supplier]).astype(np.uint64)
    # rounded, so that the rounding of another unit turns no draw
    known = chances(net, np.round(0.9 * _shares(net, weight), 9), risk, keys=keys)
    return Sampler(known).ask(focal, QUESTION), known


def _shares(net: Network, weight: Floats) -> Floats:
    whole = np.bincount(net.customer, weight, minlength=net.size)[net.customer]
    shares: Floats = np.divide(weight, whole, out=np.zeros_like(weight), where=whole > 0)
    return shares


def _worse(case: Case) -> Floats:
    risk = case.risk.copy()
    risk[case.firm] = case.more
    return risk


def _renamed(case: Case) -> tuple[Network, Floats, Floats]:
    """The same firms under other numbers, among strangers who supply each other."""
    size = case.net.size
    customer = case.name[np.append(case.net.customer, [size, size + 1])]
    supplier = case.name[np.append(case.net.supplier, [size + 1, size + 2])]
    order = np.lexsort((supplier, customer))
    risk = np.full(size + STRANGERS, 0.5)
    risk[case.name[:size]] = case.risk
    return network(size + STRANGERS, customer[order], supplier[order]), np.append(case.weight, [1.0, 2.0])[order], risk


def _near(one: Floats, two: Floats) -> bool:
    return bool(np.all(np.abs(one - two) <= NEAR))


if __name__ == "__main__":
    sys.exit(main())
