"""What the exact cascade costs: against its peers, by size, for all firms of a network, and for one.

    python -m benchmarks.exposure.cascade [--parts peers growth all focal switch] [--sizes …] [--whole] [--json FILE]

CPU time of this process; peers run side by side on the same closures; each row says whether its figures are exact. The
matrix of classes is read from beside the checkout. --whole closes all of a million firms instead of a sample of them.
Peers: `batch` is scipy products over 16 scenarios and `maximum.reduceat`, `dense` is this kernel made to sweep every
edge in every step, `NetworkX` is loops over a DiGraph with the coefficients kept on its links, and `plain NetworkX`
works them out of the values where they are needed, as the equations stand (both 10,000 firms only).
"""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

if __name__ == "__main__":  # so that it also runs as a file: python benchmarks/exposure/cascade.py
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from benchmarks.exposure.cascade_peers import Batch, Figures, Loops, PlainLoops, by_batch, by_frontier, by_loops
from benchmarks.exposure.golden import published_classes
from benchmarks.exposure.measuring import Row, finish, parser, timed
from benchmarks.exposure.networks import SECTORS, powerlaw, tiered
from benchmarks.exposure.networks import Supply as Links
from reasoning.core.cascade.cascade import EXACT, close_each
from reasoning.core.cascade.focal import bounds, dependence, screen
from reasoning.core.cascade.network import Supply, prepare
from reasoning.core.graph.network import Integers

EXACT_WITHIN = 1e-12
_SWEEPING = EXACT._replace(dense=0.0)
_LISTS = EXACT._replace(dense=9.0)
_LOOPS_UP_TO = 10_000
TIMES = 20  # that few closures are run, so that their time is seen
_SAMPLE = 50_000  # of a million firms
_TRUTH = "loss > 1 %"


def main() -> int:
    options = parser(__doc__, (10_000, 100_000))
    options.add_argument("--parts", nargs="+", choices=list(PARTS), default=list(PARTS), help="what to run")
    options.add_argument("--whole", action="store_true", help="close each of a million firms, not a sample")
    asked = options.parse_args()
    return finish(list(rows(asked)), asked.json)


def rows(options: Namespace) -> Iterator[Row]:
    """The rows of each part that is asked for (`parts`, by default all)."""
    for part in getattr(options, "parts", list(PARTS)):
        yield from PARTS[part](options)


def peers(options: Namespace) -> Iterator[Row]:
    """One closure by the frontier and by each peer, on the same firms of power-law networks."""
    for count in options.sizes:
        closures = (320 if count <= _LOOPS_UP_TO else 64) // (4 if options.quick else 1)
        found, name = _supply(powerlaw(count)), f"powerlaw {count:,}"
        production, batch = prepare(found), Batch(found)
        firms = np.random.default_rng(1).choice(count, min(closures, count), replace=False)
        ours, got = timed(partial(by_frontier, production, firms), 5)
        batched, by_products = timed(partial(by_batch, batch, production, firms), 1)
        yield _compared("batch", name, (got, by_products), (ours, batched))
        swept, by_sweep = timed(partial(by_frontier, production, firms, _SWEEPING), 2)
        yield _compared("dense", name, (got, by_sweep), (ours, swept))
        if count <= _LOOPS_UP_TO:
            some = firms[: 4 if options.quick else 24]
            ours, got = timed(partial(by_frontier, production, some), TIMES)
            for peer, loops in (("NetworkX", Loops(found)), ("plain NetworkX", PlainLoops(found))):
                slow, want = timed(partial(by_loops, loops, production, some), 1)
                yield _compared(peer, name, (got, want), (ours, slow))


def growth(options: Namespace) -> Iterator[Row]:
    """Edges touched by one closure on networks of the same degrees, never sweeping; exact: as the dense sweep."""
    first = 0.0
    for count in options.sizes:
        production = prepare(_supply(powerlaw(count)))
        firms = np.random.default_rng(4).choice(count, min(1000, count), replace=False)
        spent, got = timed(partial(close_each, production, firms, rule=_LISTS), 1)
        edges = float(got.edges.mean())
        first = first or edges
        want = by_frontier(production, firms[:4], _SWEEPING)
        power = float(np.log(edges / first) / np.log(count / options.sizes[0])) if count > options.sizes[0] else 0.0
        gap = float(np.abs(got.total[:4] - want[0]).max())
        figures = {"edges": edges, "ms": spent / firms.size * 1e3, "ns an edge": spent / firms.size / edges * 1e9}
        figures |= {"grows n^": power, "|Δ|": gap}
        yield Row("edges a closure", f"powerlaw {count:,}", figures, gap <= EXACT_WITHIN)


def every(options: Namespace) -> Iterator[Row]:
    """Close every firm of a tiered network, or project from a sample; exact: some equal the dense sweep."""
    for count in options.sizes:
        production = prepare(_supply(tiered(count)))
        most = _SAMPLE if count >= 1_000_000 and not getattr(options, "whole", False) else count
        firms = np.random.default_rng(2).permutation(count)[:most]
        by_frontier(production, firms[:40])  # compiles
        spent, got = timed(partial(by_frontier, production, firms), 1)
        want = by_frontier(production, firms[:40], _SWEEPING)
        gap = float(np.abs(got[0][:40] - want[0]).max())
        figures = {"closed": firms.size, "CPU s": spent, "whole CPU s": spent * count / firms.size, "|Δ|": gap}
        yield Row("ESRI of all firms", f"tiered {count:,}", figures, gap <= EXACT_WITHIN)


def focal(options: Namespace) -> Iterator[Row]:
    """What a firm depends on, screened; exact: the same firms above 1 %, with the same losses, as without a screen."""
    yield _focal(powerlaw(10_000), "powerlaw 10,000")
    if not options.quick:
        yield _focal(tiered(100_000), "tiered 100,000")


def _focal(links: Links, name: str) -> Row:
    production = prepare(_supply(links))
    known = screen(production, close_each(production))
    suppliers = np.bincount(links.customer, minlength=production.supply.size)
    firms = np.random.default_rng(3).choice(np.flatnonzero(suppliers > 5), 40).tolist()
    ours, some = timed(lambda: [dependence(production, firm, known) for firm in firms])
    theirs, full = timed(lambda: [dependence(production, firm, known, threshold=0.0) for firm in firms], 1)
    exact = all(
        np.array_equal(one.loss[one.loss > 0.01], other.loss[other.loss > 0.01])
        and np.all(other.loss <= other.bound + EXACT_WITHIN)
        for one, other in zip(some, full, strict=True)
    )
    figures = {
        "ms": ours / len(firms) * 1e3,
        "×unscreened": theirs / ours,
        "upstream": float(np.mean([bounds(production, firm, known)[0].size for firm in firms])),
        "run": float(np.mean([one.firms.size for one in some])),
        _TRUTH: float(np.mean([(other.loss > 0.01).sum() for other in full])),
    }
    return Row("what one firm depends on", name, figures, exact)


def switch(options: Namespace) -> Iterator[Row]:
    """An expander of 54 links a firm at ε = 1e-4, where cascades reach nearly all: with sweeps and without."""
    count = 10_000 if options.quick else 100_000
    links = 54 * count
    random = np.random.default_rng(6)
    ends: Integers = random.integers(0, count, (2, links))
    sectors: Integers = random.integers(0, SECTORS, count)
    production = prepare(Supply(ends[0], ends[1], random.lognormal(0, 1, links), sectors, published_classes()))
    firms = random.choice(count, 12, replace=False)
    switched, listed, sweeping = (rule._replace(epsilon=1e-4) for rule in (EXACT, _LISTS, _SWEEPING))
    ours, got = timed(lambda: close_each(production, firms, rule=switched), 2)
    theirs, lists = timed(lambda: close_each(production, firms, rule=listed), 2)
    swept, want = timed(lambda: close_each(production, firms, rule=sweeping), 2)
    gap = float(max(np.abs(got.total - want.total).max(), np.abs(got.total - lists.total).max()))
    figures = {"ms": ours / firms.size * 1e3, "×lists only": theirs / ours, "×sweeps only": swept / ours}
    figures |= {"edges": float(got.edges.mean()), "|Δ|": gap}
    yield Row("ESRI, dense network", f"expander {count:,}", figures, gap <= EXACT_WITHIN)


def _compared(peer: str, name: str, answers: tuple[Figures, Figures], spent: tuple[float, float]) -> Row:
    """Our answer and time against a peer's, for all closures together."""
    (got, steps), (want, counted) = answers
    gap = float(np.abs(got - want).max())
    exact = gap <= EXACT_WITHIN and bool((steps == counted).all())
    ours, theirs = (each / got.size * 1e3 for each in spent)
    figures = {"closures": got.size, "ms": ours, "peer ms": theirs, f"×{peer}": theirs / ours, "|Δ|": gap}
    return Row(f"ESRI against {peer}", name, figures, exact)


def _supply(links: Links) -> Supply:
    return Supply(links.supplier, links.customer, links.value, links.sector, published_classes())


PARTS: dict[str, Callable[[Namespace], Iterator[Row]]] = {
    "peers": peers,
    "growth": growth,
    "all": every,
    "focal": focal,
    "switch": switch,
}


if __name__ == "__main__":
    sys.exit(main())
