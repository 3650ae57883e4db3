"""Properties of the measures over generated cases: prints how many break each, which must be none.

    python -m benchmarks.exposure.properties [--cases 100000] [--seed 0] [--json FILE]

A case is a network of 2 to 9 firms (cycles, zero weights, firms without links) with own risks. Checked: more own risk
lowers no M1 score and no number of M2 (its lower bound, its upper bound, its estimate in any block of worlds); firms
that are not upstream change nothing, nor does the numbering; the unit of the weights does not matter; Shapley values
sum to their estimate; pushed M1 is within 1e-6 of M1 computed anew. Counted apart, since by chance 1 in some 10,000 may
break it: the estimate of M2 lies between its bounds within 4 errors. Of M3: a greater shock lessens no loss; neither
the unit of values nor the numbering changes losses or steps, nor do firms that trade among themselves on a market of
their own; losses lie in [0, 1], and are what loops over NetworkX say (one case in 50). Of M4 (one case in 50): neither
units nor the numbering matter, and more stock loses no more. Of M6: neither unit nor order of amounts matters, and the
index lies in its range.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])


from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from benchmarks.exposure.cascade_peers import Loops
from benchmarks.exposure.measuring import Row, finish, parser
from reasoning.core.cascade.cascade import EXACT, shock, spread
from reasoning.core.cascade.kernel import StopRule
from reasoning.core.cascade.network import Classes, Supply, prepare
from reasoning.core.disruption.reliability import (
    Chances,
    DisruptionEstimate,
    ReliabilityQuery,
    Sampler,
    chances,
    upper_bounds,
)
from reasoning.core.graph.network import Floats, Integers, Network, network
from reasoning.core.linear.concentration import WHOLE, herfindahl
from reasoning.core.linear.leontief import exposure
from reasoning.core.linear.push import Standing
from reasoning.core.recovery.network import Bill, SupplyChain
from reasoning.core.recovery.recovery import Recovery

NEAR = 1e-12
QUESTION = ReliabilityQuery(worlds=128)
STRANGERS = 3
CASES = 100_000
SEEDS = 4  # so many streams of cases, which may also be run beside each other
SECTORS = 3
SELDOM = 50  # one case in so many is held to slow answers too
LASTING = EXACT._replace(epsilon=1e-6, steps=1_000_000_000)
NEAR_PROGRAM = 1e-6


@dataclass(frozen=True, slots=True)
class Case:
    """A network with weights and own risks, and what is done to it: a firm's risk rises, firms get other names.

    `sector` is of each firm, `classes` of sectors to each other; a shock takes `loss` of the firm, and later all.
    """

    net: Network
    weight: Floats
    risk: Floats
    firm: int
    more: float
    name: Integers
    unit: float
    sector: Integers
    classes: Classes
    loss: float


def main() -> int:
    options = parser(__doc__, ())
    options.add_argument("--cases", type=int, default=CASES)
    options.add_argument("--seed", type=int, default=0)
    asked = options.parse_args()
    broken = violations(asked.cases, asked.seed)
    for name, count in sorted(broken.items()):
        print(f"{name:<60} {count:>8,} broken")
    return finish([_row(asked.cases, f"seed {asked.seed}", broken)], asked.json)


def rows(options: Namespace) -> Iterator[Row]:
    """One row over all properties."""
    cases = CASES // SEEDS // (100 if options.quick else 1)
    broken: Counter[str] = Counter()
    for seed in range(SEEDS):
        broken.update(violations(cases, seed))
    yield _row(cases * SEEDS, f"seeds 0–{SEEDS - 1}", broken)


def _row(cases: int, seed: str, broken: Counter[str]) -> Row:
    chance = sum(count for name, count in broken.items() if name.startswith("by chance"))
    figures = {"properties": len(broken), "violations": broken.total() - chance, "by chance": chance}
    exact = not figures["violations"] and chance <= 3 + cases // 5000
    return Row("properties", f"{cases:,} cases, {seed}", figures, exact)


def violations(cases: int, seed: int) -> Counter[str]:
    """How many cases break each property."""
    dice = np.random.default_rng(seed)
    broken: Counter[str] = Counter()
    for number in range(cases):
        case = draw(dice)
        checks = [linear, probable, cascading, concentrated]
        for check in [*checks, *([looped, recovering] if number % SELDOM == 0 else [])]:
            for name, holds in check(case).items():
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
    name, unit = dice.permutation(size + STRANGERS), float(10 ** dice.uniform(-6, 6))
    sector = np.append(dice.integers(0, SECTORS, size), np.full(STRANGERS, SECTORS))
    classes = dice.integers(0, 3, (SECTORS + 1, SECTORS + 1)).astype(np.int8)
    return Case(net, weight, risk, firm, more, name, unit, sector, classes, float(dice.uniform(0.01, 1)))


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


def cascading(case: Case) -> dict[str, bool]:
    """M3."""
    size = case.net.size
    one = _m3(case, _supply(case))
    scaled = _m3(case, _supply(case, unit=case.unit))
    other = _m3(case, _supply(case, renamed=True), int(case.name[case.firm]))
    worse = _m3(case, _supply(case), loss=1.0, rule=LASTING)
    ended = 0.0 if worse.steps >= one.steps else 1e-3  # it may end earlier, then so near to its last losses
    return {
        "M3: losses lie in [0, 1]": bool(np.all((one.all >= 0) & (one.all <= 1))),
        "M3: a greater shock lessens no loss": bool(np.all(worse.all >= one.all - NEAR - ended)),
        "M3: units do not matter": _near(one.all, scaled.all) and one.steps == scaled.steps,
        "M3: names and unrelated firms do not matter": _near(one.all, other.all[:, case.name[:size]])
        and one.steps == other.steps,
        "M3: unrelated firms lose nothing": not other.all[:, case.name[size:]].any(),
    }


def looped(case: Case) -> dict[str, bool]:
    """M3 against NetworkX loops."""
    one, told = _m3(case, _supply(case)), Loops(_supply(case)).run({case.firm: case.loss})
    holds = _near(one.all, np.stack((told.down, told.up))) and one.steps == told.steps
    return {"M3: losses are those of NetworkX loops": holds}


def recovering(case: Case) -> dict[str, bool]:
    """M4: what is lost while the firm stands still for a time."""
    lost = _m4(case)
    near = NEAR_PROGRAM * max(lost, 1.0)
    return {
        "M4: the unit of the currency does not matter": abs(_m4(case, worth=case.unit) / case.unit - lost) <= near,
        "M4: the unit of time does not matter": abs(_m4(case, pace=case.unit) - lost) <= near,
        "M4: names do not matter": abs(_m4(case, np.argsort(case.risk, kind="stable")) - lost) <= near,
        "M4: more stock loses no more": _m4(case, more=1.0) <= lost + near,
    }


def concentrated(case: Case) -> dict[str, bool]:
    """M6."""
    index, count = herfindahl(case.weight.tolist()), np.count_nonzero(case.weight)
    turned = herfindahl((case.weight[::-1] * case.unit).tolist())
    return {
        "M6: neither unit nor order matters": abs(index - turned) <= 1e-9,
        "M6: the index lies in its range": bool(count == 0 or WHOLE / count - 1e-9 <= index <= WHOLE + 1e-9),
    }


class _Losses(NamedTuple):
    all: Floats  # downstream, then upstream
    steps: int


def _m3(case: Case, supply: Supply, firm: int = -1, *, loss: float = 0.0, rule: StopRule = EXACT) -> _Losses:
    """The losses when the case's firm, or the one given, loses the case's share or the one given."""
    found = spread(prepare(supply), shock(case.firm if firm < 0 else firm, loss or case.loss), rule=rule)
    losses = np.zeros((2, supply.size))
    losses[:, found.firms] = found.downstream, found.upstream
    return _Losses(losses, found.steps)


def _supply(case: Case, *, unit: float = 1.0, renamed: bool = False) -> Supply:
    """The case's trade; or under other numbers, beside strangers who trade on a market of their own."""
    net, size = case.net, case.net.size
    if not renamed:
        return Supply(net.supplier, net.customer, case.weight * unit, case.sector[:size], case.classes)
    supplier = case.name[np.append(net.supplier, [size + 1, size + 2])]
    customer = case.name[np.append(net.customer, [size, size + 1])]
    sector = np.empty(size + STRANGERS, dtype=np.int64)
    sector[case.name] = case.sector
    return Supply(supplier, customer, np.append(case.weight, [1.0, 2.0]), sector, case.classes)


def _m4(case: Case, name: Integers | None = None, *, worth: float = 1.0, pace: float = 1.0, more: float = 0.0) -> float:
    """What is lost while the case's firm stands still: firms make from each sector's goods, as much as they need.

    Firm i is called `name[i]`; margins are told in `worth`, times in `pace`, and all stocks are so much greater.
    """
    net, size = case.net, case.net.size
    called = np.arange(size) if name is None else name
    place = np.argsort(called)
    key, material = np.unique(net.customer * SECTORS + case.sector[net.supplier], return_inverse=True)
    quantity = 0.5 + (key % 7) / 4
    bill = Bill(called[key // SECTORS], quantity, called[net.supplier], material)
    stock, margin = 3 * case.risk + more, worth * (1 + case.risk)
    demand = np.array([(1 + firm % 3) / pace for firm in range(size)])
    chain = SupplyChain(stock[place], demand[place], margin[place], np.full(size, 40.0 / pace), bill)
    return Recovery(chain).loss(called[[case.firm]], 2.0 * pace)


def _m1(net: Network, weight: Floats, risk: Floats) -> Floats:
    return exposure(net, _shares(net, weight), risk[:, None])[:, 0]


def _m2(case: Case, net: Network, weight: Floats, risk: Floats, focal: int = 0) -> tuple[DisruptionEstimate, Chances]:
    """The links keep the keys that their firms' first names give them, so that the same worlds are drawn."""
    first = np.argsort(case.name) if net.size > case.net.size else np.arange(net.size)
    keys = (first[net.customer] * 1000 + first[net.supplier]).astype(np.uint64)
    # rounded, so that the rounding of another unit turns no draw
    known = chances(net, np.round(0.9 * _shares(net, weight), 9), risk, keys=keys)
    return Sampler(known).estimate(focal, QUESTION), known


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
