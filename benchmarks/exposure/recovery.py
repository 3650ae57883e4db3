"""M4: 1,500 stops on a chain of 1,700 nodes, and every stage of Willems's chains, against HiGHS from nothing.

    python -m benchmarks.exposure.recovery [--nodes 1700] [--scenarios 1500] [--json FILE]

The chain is synthetic (`assembly`), five tiers and four times to recover. Ours includes building the program, the
undisrupted optima and every scenario. The peer is highspy from
nothing with its own defaults, presolve among them, on scenarios drawn under a fixed seed: the programs as the paper has
them, in the chain's units. Survival has no end where the rest makes up for what stopped, which it finds hard to see;
where it ends is told apart. Exact: the optima within 1e-6; scenarios asked alone give the same bits as in one run;
every fiftieth plan proven by its prices (gap at most 1e-7).
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import math
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from benchmarks.exposure.assembly import WILLEMS, Textbook, assembly, willems
from benchmarks.exposure.measuring import Row, finish, parser, seconds, timed
from reasoning.core.graph.network import Integers
from reasoning.core.recovery.network import SupplyChain
from reasoning.core.recovery.proof import verify
from reasoning.core.recovery.recovery import Recovery

TIMES = (7.0, 14.0, 30.0, 60.0)
PEERED, QUICK = 60, 12
PROVEN = 50  # every so many scenarios
CLOSE = 1e-6
SMALL = 300  # stages: chains up to here are compared on every stage, larger ones on drawn ones

Scenario = tuple[Integers, float]


def main() -> int:
    options = parser(__doc__, ())
    options.add_argument("--nodes", type=int, default=1700)
    options.add_argument("--scenarios", type=int, default=1500)
    asked = options.parse_args()
    return finish(list(rows(asked, asked.nodes, asked.scenarios)), asked.json)


def rows(options: Namespace, nodes: int = 1700, scenarios: int = 1500) -> Iterator[Row]:
    """Times to recover, times to survive, and Willems's chains where they are to be had."""
    chain = assembly(nodes)
    stopped = np.random.default_rng(1).permutation(nodes)[:scenarios]
    asked = [(stopped[place : place + 1], TIMES[place % len(TIMES)]) for place in range(stopped.size)]
    peered = QUICK if options.quick else PEERED
    name = f"assembly {nodes:,}"
    yield losses(chain, asked, name, peered)
    yield survivals(chain, asked, name, peered)
    if WILLEMS.is_dir():
        yield stages(options)


def losses(chain: SupplyChain, asked: Sequence[Scenario], name: str, peered: int) -> Row:
    """What is lost in each stop until recovery."""
    recovery = Recovery(chain)
    whole, found = timed(lambda: each_loss(recovery, asked), 1)
    some = drawn(range(len(asked)), peered)
    book = Textbook(chain)
    cold, theirs = timed(lambda: [book.loss(*asked[place]) for place in some], 1)
    apart = difference([found[place] for place in some], theirs)
    same = all(Recovery(chain).loss(*asked[place]) == found[place] for place in some[:3])
    proven = all(not verify(chain, recovery.loss_plan(*stop)) for stop in asked[::PROVEN])
    ours = whole / len(asked)
    figures = {"ms": ours * 1e3, "s in all": whole, "×cold highspy": cold / len(some) / ours}
    figures |= {"cold ms": cold / len(some) * 1e3, "hurt": float(np.mean(np.array(found) > 0))}
    figures |= {"largest difference": apart}
    return Row("M4, time to recover", f"{name}, {len(asked):,} stops", figures, apart <= CLOSE and same and proven)


def survivals(chain: SupplyChain, asked: Sequence[Scenario], name: str, peered: int) -> Row:
    """How long each stop is survived. Peers where that ends and where it does not, weighed as often as they come."""
    recovery, book = Recovery(chain), Textbook(chain)
    whole, found = timed(lambda: [recovery.survival(stop) for stop, _ in asked], 1)
    ends = [place for place in range(len(asked)) if np.isfinite(found[place])]
    endless = [place for place in range(len(asked)) if not np.isfinite(found[place])]
    groups = [(group, drawn(group, peered // 2)) for group in (ends, endless) if group]
    cold, apart = 0.0, 0.0
    figures = {}
    for group, some in groups:
        stops = [asked[place][0] for place in some]
        spent, theirs = timed(partial(_each, book.survival, stops), 1)
        apart = max(apart, difference([found[place] for place in some], theirs))
        cold += spent / len(some) * len(group) / len(asked)
        mine = seconds(partial(_each, recovery.survival, stops), 1)
        figures[f"×cold, {'ending' if group is ends else 'endless (kept)'}"] = spent / mine
    same = all(Recovery(chain).survival(asked[place][0]) == found[place] for _, some in groups for place in some[:2])
    proven = all(not verify(chain, recovery.survival_plan(stop)) for stop, _ in asked[::PROVEN])
    ours = whole / len(asked)
    told = {"ms": ours * 1e3, "s in all": whole, "×cold highspy": cold / ours, "cold ms": cold * 1e3}
    told |= {**figures, "ending": len(ends) / len(asked), "largest difference": apart}
    return Row("M4, time to survive", f"{name}, {len(asked):,} stops", told, apart <= CLOSE and same and proven)


def stages(options: Namespace) -> Row:
    """Every stage of every real chain stops once, for 30 days."""
    found = [_stages(chain, quick=options.quick) for _, chain in willems()]
    spent, cold = (math.fsum(one[place] for one in found) for place in (0, 1))
    count, hurt, peers = (sum(int(one[place]) for one in found) for place in (2, 3, 4))
    apart, proven = max(one[5] for one in found), all(one[6] for one in found)
    figures = {"ms both": spent / count * 1e3, "stages": count, "hurt": hurt / count, "×cold highspy": cold / spent}
    figures |= {"compared": peers, "largest difference": apart}
    return Row("M4, Willems's chains", f"{len(found)} chains, every stage", figures, apart <= CLOSE and proven)


def _stages(chain: SupplyChain, *, quick: bool) -> tuple[float, float, int, int, int, float, bool]:
    """CPU time of ours, and of the peer for as many; stages, those that hurt, those compared; difference; proof."""
    recovery, book = Recovery(chain), Textbook(chain)
    asked = [(np.array([stage]), TIMES[2]) for stage in range(chain.stock.size)]
    some = drawn(range(len(asked)), QUICK if quick or len(asked) > SMALL else len(asked))
    spent, found = timed(lambda: [(recovery.loss(*stop), recovery.survival(stop[0])) for stop in asked], 1)
    cold, theirs = timed(lambda: [(book.loss(*asked[one]), book.survival(asked[one][0])) for one in some], 1)
    apart = max(difference([found[one][way] for one in some], [two[way] for two in theirs]) for way in (0, 1))
    plans = (plan for stop in asked[::PROVEN] for plan in (recovery.loss_plan(*stop), recovery.survival_plan(stop[0])))
    proven = all(not verify(chain, plan) for plan in plans)
    hurt = sum(loss > 0 for loss, _ in found)
    return spent, cold * len(asked) / len(some), len(asked), hurt, len(some), apart, proven


def each_loss(recovery: Recovery, asked: Sequence[Scenario]) -> list[float]:
    """The loss of each stop; those of one time one after the other, the longest first."""
    found = [0.0] * len(asked)
    for place in sorted(range(len(asked)), key=lambda place: -asked[place][1]):
        found[place] = recovery.loss(*asked[place])
    return found


def _each(survival: Callable[[Integers], float], stops: Sequence[Integers]) -> list[float]:
    return [survival(stop) for stop in stops]


def drawn(places: Sequence[int], most: int) -> list[int]:
    """At most so many of the places, under a fixed seed."""
    return [int(place) for place in np.random.default_rng(2).permutation(np.array(places))[:most]]


def difference(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The greatest difference, for the size of the figures; two that are both infinite are the same."""
    largest = max((abs(figure) for figure in ours if math.isfinite(figure)), default=1.0) or 1.0
    pairs = zip(ours, theirs, strict=True)
    return max(
        (abs(one - two) / max(abs(one), abs(two), largest * 1e-3) for one, two in pairs if one != two), default=0.0
    )


if __name__ == "__main__":
    sys.exit(main())
