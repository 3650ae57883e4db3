"""What the exact cascade costs: against its peers, by size, for all firms of a network, and for one.

    python -m benchmarks.exposure.cascade [--parts gates peers size switch all focal] [--whole] [--json FILE]

CPU time of this process; peers run side by side on the same closures; each row says whether its figures are exact. The
public sets are read from beside the checkout. --whole runs all of a million firms instead of a sample of them. Peers:
`batch` is scipy products over 16 scenarios and `maximum.reduceat`, `dense` is this kernel made to sweep every edge in
every step, `NetworkX` is plain loops over a DiGraph.
"""

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

if __name__ == "__main__":  # so that it also runs as a file: python benchmarks/exposure/cascade.py
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.exposure.cascade_peers import Batch, Loops
from benchmarks.exposure.measuring import Row, finish
from benchmarks.exposure.networks import SECTORS, powerlaw, tiered
from benchmarks.exposure.networks import Supply as Links
from reasoning.core.cascade import EXACT, close_each
from reasoning.core.cascade_focal import bounds, dependence, screen
from reasoning.core.cascade_network import Classes, Production, Supply, input_classes, prepare
from reasoning.core.network import Floats, Integers

PUBLIC = Path(__file__).resolve().parents[3] / "shared" / "data" / "esri"
EXACT_WITHIN = 1e-12
_SWEEPING = EXACT._replace(dense=0.0)
_LISTS = EXACT._replace(dense=9.0)
_BATCH = 16
_TRUTH = "loss > 1 %"

Figures = tuple[Floats, Integers]
Answer = TypeVar("Answer")


def main() -> int:
    parts: dict[str, Callable[[], list[Row]]] = {
        "gates": gates,
        "peers": lambda: peers(10_000, 320, loops=8) + peers(100_000, 64, loops=0),
        "size": size,
        "switch": switch,
        "all": lambda: [every(100_000, None), every(1_000_000, None if asked.whole else 50_000)],
        "focal": focal,
    }
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--parts", nargs="+", choices=list(parts), default=list(parts), help="what to run")
    options.add_argument("--whole", action="store_true", help="close each of a million firms, not a sample")
    options.add_argument("--json", type=Path, help="also write the figures to this file")
    asked = options.parse_args()
    return finish([row for part in asked.parts for row in parts[part]()], asked.json)


def gates() -> list[Row]:
    """The reference by class of inputs, and every firm of the golden network by plain loops."""
    rows = [_reference(name) for name in ("ihs_x1000", "legacy", "linear", "ihs")]
    found = _golden("ihs")
    production, firms, loops = prepare(found), np.arange(found.size), Loops(found)
    ours, got = _timed(lambda: _by_frontier(production, firms))
    theirs, want = _timed(lambda: _by_loops(loops, production, firms), 1)
    return [*rows, _compared("all by NetworkX loops", "golden 1,232", (got, want), (ours, theirs))]


def peers(count: int, closures: int, *, loops: int) -> list[Row]:
    """One closure by the frontier and by each peer, on the same firms."""
    found, name = _supply(powerlaw(count)), f"powerlaw {count:,}"
    production = prepare(found)
    batch = Batch(found)
    firms = np.random.default_rng(1).choice(count, closures, replace=False)
    ours, got = _timed(lambda: _by_frontier(production, firms), 5)
    batched, by_batch = _timed(lambda: _by_batch(batch, production, firms), 1)
    swept, by_sweep = _timed(lambda: _by_frontier(production, firms, dense=True), 2)
    rows = [
        _compared("frontier ÷ batch", name, (got, by_batch), (ours, batched)),
        _compared("frontier ÷ dense", name, (got, by_sweep), (ours, swept)),
    ]
    if loops:
        some, plain = firms[:loops], Loops(found)
        ours, got = _timed(lambda: _by_frontier(production, some), 50)
        slow, want = _timed(lambda: _by_loops(plain, production, some), 1)
        rows.append(_compared("frontier ÷ NetworkX", name, (got, want), (ours, slow)))
    return rows


def size() -> list[Row]:
    """Edges touched by one closure on networks of the same degrees, never sweeping; exact: as the dense sweep."""
    rows: list[Row] = []
    for count in (10_000, 100_000, 1_000_000):
        production = prepare(_supply(powerlaw(count)))
        firms = np.random.default_rng(4).choice(count, 1000, replace=False)
        spent, got = _timed(partial(close_each, production, firms, rule=_LISTS), 1)
        edges = float(got.edges.mean())
        want = _by_frontier(production, firms[:4], dense=True)
        growth = np.log(edges / rows[0].figures["edges"]) / np.log(count / 10_000) if rows else 0.0
        figures = {"edges": edges, "ms": spent / firms.size * 1e3, "n^": float(growth), "goal n^": 0.1}
        gap = float(np.abs(got.total[:4] - want[0]).max())
        rows.append(Row("edges a closure", f"powerlaw {count:,}", figures | {"|Δ|": gap}, gap <= EXACT_WITHIN))
    return rows


def switch() -> list[Row]:
    """An expander of 54 links a firm at ε = 1e-4, where cascades reach nearly all: with sweeps and without."""
    count, links = 100_000, 5_400_000
    random = np.random.default_rng(6)
    ends: Integers = random.integers(0, count, (2, links))
    sectors: Integers = random.integers(0, SECTORS, count)
    production = prepare(Supply(ends[0], ends[1], random.lognormal(0, 1, links), sectors, _matrix()))
    firms = random.choice(count, 12, replace=False)
    switched, listed, sweeping = (rule._replace(epsilon=1e-4) for rule in (EXACT, _LISTS, _SWEEPING))
    ours, got = _timed(lambda: close_each(production, firms, rule=switched), 2)
    theirs, lists = _timed(lambda: close_each(production, firms, rule=listed), 2)
    swept, want = _timed(lambda: close_each(production, firms, rule=sweeping), 2)
    gap = float(max(np.abs(got.total - want.total).max(), np.abs(got.total - lists.total).max()))
    figures = {"ms": ours, "ms lists only": theirs, "ms sweeps only": swept}
    scaled = {name: spent / firms.size * 1e3 for name, spent in figures.items()}
    return [
        Row(
            "switch",
            f"expander {count:,}",
            scaled | {"edges": float(got.edges.mean()), "|Δ|": gap},
            gap <= EXACT_WITHIN,
        )
    ]


def every(count: int, sample: int | None) -> Row:
    """Close every firm of a tiered network, or project from a sample; exact: some equal the dense sweep."""
    production = prepare(_supply(tiered(count)))
    firms = np.random.default_rng(2).permutation(count)[:sample]
    spent, got = _timed(lambda: _by_frontier(production, firms), 1)
    want = _by_frontier(production, firms[:40], dense=True)
    gap = float(np.abs(got[0][:40] - want[0]).max())
    whole = spent * count / firms.size
    figures = {"closed": firms.size, "CPU s": spent, "whole CPU s": whole, "goal s": 15 if count <= 100_000 else 600}
    return Row("all firms", f"tiered {count:,}", figures | {"|Δ|": gap}, gap <= EXACT_WITHIN)


def focal() -> list[Row]:
    """What a firm depends on, screened; exact: the same firms above 1 %, with the same losses, as without a screen."""
    return [_focal(powerlaw(10_000), "powerlaw 10,000"), _focal(tiered(100_000), "tiered 100,000")]


def _focal(links: Links, name: str) -> Row:
    production = prepare(_supply(links))
    known = screen(production, close_each(production))
    suppliers = np.bincount(links.customer, minlength=production.supply.size)
    firms = np.random.default_rng(3).choice(np.flatnonzero(suppliers > 5), 40).tolist()
    ours, some = _timed(lambda: [dependence(production, firm, known) for firm in firms])
    theirs, full = _timed(lambda: [dependence(production, firm, known, threshold=0.0) for firm in firms], 1)
    exact = all(
        np.array_equal(one.loss[one.loss > 0.01], other.loss[other.loss > 0.01])
        and np.all(other.loss <= other.bound + EXACT_WITHIN)
        for one, other in zip(some, full, strict=True)
    )
    figures = {
        "ms": ours / len(firms) * 1e3,
        "ms unscreened": theirs / len(firms) * 1e3,
        "upstream": float(np.mean([bounds(production, firm, known)[0].size for firm in firms])),
        "run": float(np.mean([one.firms.size for one in some])),
        _TRUTH: float(np.mean([(other.loss > 0.01).sum() for other in full])),
    }
    return Row("one focal firm", name, figures, exact)


def _reference(name: str) -> Row:
    found, reference = _golden(name), np.loadtxt(PUBLIC / f"ref1k_{name}.csv", delimiter=",")
    if name == "ihs":  # without the firms that lose a whole market, where the reference depends on the unit
        scaled = np.loadtxt(PUBLIC / "ref1k_ihs_x1000.csv", delimiter=",")
        reference = reference[np.abs(reference[:, 1] - scaled[:, 1]) <= EXACT_WITHIN]
    firms = reference[:, 0].astype(np.int64) - 1
    production = prepare(found)
    spent, got = _timed(lambda: close_each(production, firms))
    gap = float(np.abs(np.c_[got.total, got.downstream, got.upstream] - reference[:, 1:4]).max())
    exact = gap <= EXACT_WITHIN and bool((got.steps == reference[:, 6]).all())
    return Row("reference", f"golden {name}", {"firms": firms.size, "ms": spent / firms.size * 1e3, "|Δ|": gap}, exact)


def _compared(what: str, name: str, answers: tuple[Figures, Figures], spent: tuple[float, float]) -> Row:
    """Our answer and time against a peer's, for all closures together."""
    (got, steps), (want, counted) = answers
    gap = float(np.abs(got - want).max())
    exact = gap <= EXACT_WITHIN and bool((steps == counted).all())
    ours, theirs = (each / got.size * 1e3 for each in spent)
    goal = GOALS.get((what, name), 0)
    return Row(what, name, {"ms": ours, "peer ms": theirs, "×": theirs / ours, "goal ×": goal, "|Δ|": gap}, exact)


def _by_frontier(production: Production, firms: Integers, *, dense: bool = False) -> Figures:
    got = close_each(production, firms, rule=_SWEEPING if dense else EXACT)
    return got.total, got.steps


def _by_loops(loops: Loops, production: Production, firms: Integers) -> Figures:
    weight = production.output / production.output.sum()
    outcomes = [loops.run({firm: 1.0}) for firm in firms.tolist()]
    totals = [float(weight @ np.maximum(outcome.down, outcome.up)) for outcome in outcomes]
    return np.array(totals), np.array([outcome.steps for outcome in outcomes])


def _by_batch(batch: Batch, production: Production, firms: Integers) -> Figures:
    weight = production.output / production.output.sum()
    totals, steps = [], []
    for first in range(0, firms.size, _BATCH):
        some = firms[first : first + _BATCH]
        shock = np.zeros((weight.size, some.size))
        shock[some, np.arange(some.size)] = 1
        down, up, count = batch.run(shock)
        totals.append(weight @ np.maximum(down, up))
        steps.append(count)
    return np.concatenate(totals), np.concatenate(steps)


def _timed(work: Callable[[], Answer], times: int = 3) -> tuple[float, Answer]:
    """The least CPU time of so many runs, after one that compiles where there are more than one, and the answer."""
    spent, answer = [], work() if times > 1 else None
    for _ in range(times):
        before = time.process_time()
        answer = work()
        spent.append(time.process_time() - before)
    assert answer is not None
    return min(spent), answer


def _supply(links: Links) -> Supply:
    return Supply(links.supplier, links.customer, links.value, links.sector, _matrix())


def _golden(name: str) -> Supply:
    links = np.loadtxt(PUBLIC / "net1k.csv.gz", delimiter=",")
    ends = links[:, :2].astype(np.int64) - 1
    classes = (
        _matrix() if name.startswith("ihs") else input_classes("legacy" if name == "legacy" else "linear", SECTORS)
    )
    value = links[:, 2] * (1000 if name == "ihs_x1000" else 1)
    return Supply(ends[:, 0], ends[:, 1], value, np.arange(1232) // 2, classes)


def _matrix() -> Classes:
    """The published classes of 616 by 616 industries."""
    return np.loadtxt(PUBLIC / "essential_inputs_ihs.csv.gz", delimiter=",", dtype=np.int8)


GOALS = {
    ("frontier ÷ batch", "powerlaw 10,000"): 11,
    ("frontier ÷ dense", "powerlaw 10,000"): 8,
    ("frontier ÷ NetworkX", "powerlaw 10,000"): 4000,
    ("frontier ÷ batch", "powerlaw 100,000"): 50,
    ("frontier ÷ dense", "powerlaw 100,000"): 35,
}


if __name__ == "__main__":
    sys.exit(main())
