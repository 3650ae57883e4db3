"""The exact ESRI against published figures: the golden network by class of inputs, the worked example, and plain loops.

    python -m benchmarks.exposure.golden [--quick] [--json FILE]

The golden network and the 64 firms of its reference are read from beside the checkout (shared/data/esri). Of the
unscaled `ihs` those count whose figures do not hang on the unit of the currency, as they do in the reference where a
whole market is lost: 61; all 64 of the same network in a thousandth of the unit. --quick closes a tenth by loops.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # so that it also runs as a file: python benchmarks/exposure/golden.py
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from argparse import Namespace
from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.exposure.cascade_peers import Loops, by_frontier, by_loops
from benchmarks.exposure.esri import EXACT_WITHIN, compare
from benchmarks.exposure.esri_files import read_firms, read_reference
from benchmarks.exposure.measuring import PUBLIC, Row, finish, parser, timed
from reasoning.core.cascade.cascade import close_each
from reasoning.core.cascade.network import Classes, Supply, input_classes, prepare

FOLDER = PUBLIC / "esri"
COMPARED = {"ihs_x1000": 64, "legacy": 64, "linear": 64, "ihs": 61}
# The worked example of 11 firms: each link of weight 1, all inputs non-essential, no substitution.
LINKS = ((2, 1), (2, 3), (7, 4), (9, 5), (3, 7), (6, 7), (10, 7), (9, 10), (7, 11), (8, 11))
SECTORS = (1, 2, 1, 3, 4, 2, 4, 1, 2, 3, 5)
ESRI = (0.1, 0.3666667, 0.2666667, 0.35, 0.1, 0.1666667, 0.7, 0.1, 0.3666667, 0.2666667, 0.45)
ESRI_DOWN = (0, 0.3666667, 0.1666667, 0, 0, 0.1666667, 0.2, 0.1, 0.3666667, 0.1666667, 0)
SEVEN_DIGITS = 5.0001e-8


def main() -> int:
    asked = parser(__doc__, ()).parse_args()
    return finish(list(rows(asked)), asked.json)


def rows(options: Namespace) -> Iterator[Row]:
    """The example, then, where the golden network is to be had, the reference and the loops."""
    yield example()
    if FOLDER.is_dir():
        yield from map(reference, COMPARED)
        yield by_networkx("ihs", every=10 if options.quick else 1)
        yield by_networkx("ihs_x1000", every=10)


def example() -> Row:
    """The published figures of 11 firms, given to 7 digits."""
    ends = np.array(LINKS) - 1
    classes = input_classes("linear", max(SECTORS))
    supply = Supply(ends[:, 0], ends[:, 1], np.ones(len(ends)), np.array(SECTORS) - 1, classes, np.arange(len(SECTORS)))
    got = close_each(prepare(supply))
    gap = float(max(np.abs(got.total - ESRI).max(), np.abs(got.downstream - ESRI_DOWN).max()))
    return Row("ESRI of the example", "11 firms", {"firms": len(SECTORS), "|Δ|": gap}, gap <= SEVEN_DIGITS)


def reference(name: str) -> Row:
    """All figures and steps of one class of inputs."""
    told = read_reference(FOLDER / f"ref1k_{name}.csv")
    supply = golden(name)
    firms = told.firms - 1
    production = prepare(supply)
    found = compare(production, firms, told)
    kept = np.isin(told.firms, np.setdiff1d(told.firms, found.lose_a_market))
    spent, got = timed(lambda: close_each(production, firms[kept]))
    figures = np.column_stack((got.total, got.downstream, got.upstream))
    gap = float(np.abs(figures - told.figures[kept]).max(initial=0))
    steps = told.steps is not None and bool((got.steps == told.steps[kept]).all())
    compared = int(kept.sum())
    exact = gap <= EXACT_WITHIN and steps and compared == COMPARED[name]
    shown = {"firms": compared, "ms": spent / compared * 1e3, "|Δ|": gap}
    return Row("ESRI of the reference", f"golden {name}", shown, exact)


def by_networkx(name: str, *, every: int) -> Row:
    """Every firm, or every so many, against plain loops over a NetworkX graph: figures and steps."""
    supply = golden(name)
    production, firms, loops = prepare(supply), np.arange(0, supply.size, every), Loops(supply)
    ours, (got, steps) = timed(lambda: by_frontier(production, firms))
    theirs, (want, counted) = timed(partial(by_loops, loops, production, firms), 1)
    gap = float(np.abs(got - want).max())
    each = 1e3 / firms.size
    figures = {"firms": firms.size, "ms": ours * each, "×NetworkX": theirs / ours, "|Δ|": gap}
    exact = gap <= EXACT_WITHIN and bool((steps == counted).all())
    return Row("ESRI by NetworkX loops", f"golden {name}", figures, exact)


def golden(name: str) -> Supply:
    """The golden network with the classes of a reference; `ihs_x1000` in a thousandth of the currency's unit."""
    word = "ihs" if name.startswith("ihs") else name
    inputs = str(FOLDER / "essential_inputs_ihs.csv.gz") if word == "ihs" else word
    found = read_firms(FOLDER / "net1k.csv.gz", None, inputs, np.array([1])).supply
    value = found.value * 1000 if name == "ihs_x1000" else found.value
    return Supply(found.supplier, found.customer, value, found.sector, found.inputs)


def published_classes() -> Classes:
    """The published classes of 616 by 616 industries."""
    return np.loadtxt(FOLDER / "essential_inputs_ihs.csv.gz", delimiter=",", dtype=np.int8)


if __name__ == "__main__":
    sys.exit(main())
