"""M1 of every firm in 8 categories by 20 sweeps, against NetworkX loops and the machine's own memory bandwidth.

    python -m benchmarks.exposure.linear [--sizes 10000 100000] [--kind tiered|powerlaw] [--bea FOLDER]

A sweep moves 12 bytes and one row of 8 floats for each link, and three such rows for each firm; the triad is a[i] =
b[i] + q·c[i] over arrays that no cache holds. Both are CPU time of one thread in this run. NetworkX is measured over
two sweeps where there are many links. Exact: equal to the loops, and at BEA's 402 sectors (detail tables, read where
they lie) (I − A)^-1 R equal to numpy's dense inverse; pymrio's own inverse is compared where it is installed.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])


import csv
import gzip
from argparse import Namespace
from collections.abc import Iterator, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

from benchmarks.exposure.measuring import KINDS, Row, arranged, finish, parser, relabelled, seconds, shares, swept
from reasoning.core.execution.compiled import in_place
from reasoning.core.graph.network import Floats, Network, network
from reasoning.core.graph.ordering import order
from reasoning.core.linear.leontief import ALPHA, exposure

CATEGORIES, SWEEPS = 8, 20
TRIAD = 5_000_000
LOOPS_UP_TO = 100_000
Matrix = npt.NDArray[np.float64]
BEA = Path(__file__).resolve().parents[3] / "shared" / "data" / "bea"


def main() -> int:
    options = parser(__doc__, (10_000, 100_000))
    options.add_argument("--bea", type=Path, default=BEA, help="folder with BEA's detail tables")
    asked = options.parse_args()
    return finish(list(rows(asked, asked.bea)), asked.json)


def rows(options: Namespace, bea: Path = BEA) -> Iterator[Row]:
    """One row a size, then the Leontief inverses of known tables."""
    rate = triad() if options.sizes else 0.0
    for size in options.sizes:
        yield measure(*arranged(KINDS[options.kind](size), size), f"{options.kind} {size:,}", rate)
    if options.fixed:
        yield from [inverse("BEA detail, 2017", read_bea(bea))] if bea.is_dir() else []
        yield from pymrio_rows()


def measure(net: Network, value: Floats, name: str, rate: float) -> Row:
    share = shares(net, value)
    risk = np.random.default_rng(3).random((net.size, CATEGORIES))
    found = order(net)
    moved, moved_share = relabelled(net, found, share)
    ours = min(seconds(lambda: swept(moved, moved_share, risk[found], SWEEPS)) for _ in range(2))
    random = seconds(lambda: swept(net, share, risk, SWEEPS))
    moving = _moved(moved)
    result, left = swept(moved, moved_share, risk[found], SWEEPS)
    exact = bool(np.abs(result - swept(net, share, risk, SWEEPS)[0][found]).max() <= 1e-14)
    figures = {"ms": ours * 1e3, "ns/link": ours / SWEEPS / net.supplier.size * 1e9, "too low by ≤": left}
    figures |= {"×random ids": random / ours, "GB/s": moving / ours / 1e9, "share of triad": moving / ours / rate}
    if net.size <= LOOPS_UP_TO:
        sweeps = SWEEPS if net.size <= 10_000 else 2
        told: list[Floats] = []
        figures["×NetworkX"] = seconds(lambda: told.append(loops(net, share, risk, sweeps)), 1) * SWEEPS / sweeps / ours
        exact &= bool(np.abs(told[0] - swept(net, share, risk, sweeps)[0]).max() <= 1e-12)
    return Row(f"M1, {CATEGORIES} categories", name, figures, exact)


def loops(net: Network, share: Floats, risk: Floats, sweeps: int) -> Floats:
    """The same sweeps as loops over a NetworkX graph, one row of numpy a firm."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(net.size))
    graph.add_weighted_edges_from(zip(net.customer.tolist(), net.supplier.tolist(), share.tolist(), strict=True))
    own = (1 - ALPHA) * risk
    score = own
    for _ in range(sweeps):
        fresh = np.zeros_like(own)
        for firm in graph:
            total = np.zeros(own.shape[1])
            for supplier, link in graph.adj[firm].items():
                total += link["weight"] * score[supplier]
            fresh[firm] = own[firm] + ALPHA * total
        score = fresh
    return score


@in_place
def _triad(one: Floats, two: Floats, three: Floats, factor: float) -> None:
    for place in range(one.size):
        one[place] = two[place] + factor * three[place]


def triad() -> float:
    """Bytes a second of CPU time that one thread moves: two reads and a write of 8 bytes an element."""
    one, two, three = np.zeros(TRIAD), np.ones(TRIAD), np.ones(TRIAD)
    _triad(one, two, three, 0.5)
    return 24 * TRIAD / seconds(lambda: _triad(one, two, three, 0.5), 9)


def inverse(name: str, coefficients: Matrix, told: Matrix | None = None) -> Row:
    """The Leontief inverse of technical coefficients, column by column from M1 of every sector, against another's."""
    size = len(coefficients)
    itself = 1 - coefficients.diagonal()
    inputs = coefficients.T / itself[:, None]  # what a sector takes of itself is no link: it is solved for at once
    np.fill_diagonal(inputs, 0)
    lift = np.ones(size)  # one sector's inputs exceed its output: in these units every row sums to less than 1
    for _ in range(500):
        lift = 1 + inputs @ lift
    inputs = inputs * lift / lift[:, None]
    most = float(inputs.sum(axis=1).max())
    customer, supplier = (ends.astype(np.int64) for ends in np.nonzero(inputs))
    net, share = network(size, customer, supplier), inputs[customer, supplier] / most
    unit = np.diag(1 / itself / lift)
    scale = (1 - most) / unit.max()
    found = (lift[:, None] * exposure(net, share, unit / unit.max(), alpha=most, tolerance=1e-17)).T / scale
    gap = float(np.abs(found - (np.linalg.inv(np.eye(size) - coefficients) if told is None else told)).max())
    return Row(f"Leontief, {size} sectors", name, {"max |Δ|": gap, "greatest": float(found.max())}, gap <= 1e-12)


def read_bea(folder: Path) -> Matrix:
    """Technical coefficients of industry by industry: each buys a commodity from its makers by their market shares."""
    industries, commodities, make = table(folder / "Detail_Make_2017_BeforeRedef_17sch.csv.gz")
    inputs, users, use = table(folder / "Detail_Use_2017_PRO_BeforeRedef_17sch.csv.gz")
    names = [name for name in industries if name in users]
    goods = [name for name in commodities if name in inputs and not name.startswith("T0")]  # those are totals
    goods = [name for name in goods if make[:, commodities.index(name)].any()]
    made = make[np.ix_([industries.index(name) for name in names], [commodities.index(name) for name in goods])]
    used = use[np.ix_([inputs.index(name) for name in goods], [users.index(name) for name in names])]
    output = use[inputs.index("T008"), [users.index(name) for name in names]]
    found: Matrix = (made / made.sum(axis=0)) @ (np.maximum(used, 0) / output)
    return found


def pymrio_rows() -> list[Row]:
    """Against the inverse that pymrio computes of its own test tables, where it is installed."""
    try:
        import pymrio  # type: ignore[import-untyped]  # noqa: PLC0415 - a peer, not a dependency
    except ImportError:
        return []
    tables = pymrio.load_test().calc_all()
    return [inverse("pymrio's test tables", tables.A.to_numpy(), tables.L.to_numpy())]


def table(path: Path) -> tuple[Sequence[str], list[str], Matrix]:
    """The names of the rows and columns of a table, and its figures (missing: 0)."""
    with gzip.open(path, "rt", newline="") as file:
        head, *rows = csv.reader(file)
    figures = [[float(cell) if cell not in {"", "NA"} else 0.0 for cell in row[1:]] for row in rows]
    return [row[0] for row in rows], head[1:], np.array(figures)


def _moved(net: Network) -> float:
    return SWEEPS * (net.supplier.size * (12 + 8 * CATEGORIES) + net.size * (4 + 3 * 8 * CATEGORIES))


if __name__ == "__main__":
    sys.exit(main())
