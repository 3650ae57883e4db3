"""What this machine's memory gives, for the other figures to be held to: a stream, and random rows.

    python -m benchmarks.exposure.machine [--json FILE]

The triad is a[i] = b[i] + q·c[i] over arrays that no cache holds; a random row is 64 bytes, one cache line, at a place
that was drawn before, summed. CPU time of one thread. Exact: the sums are those of numpy.
"""

import sys
from pathlib import Path

if __name__ == "__main__":  # run as a file too, not only as a module: rooms are found from the checkout
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from argparse import Namespace
from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.exposure.linear import triad
from benchmarks.exposure.measuring import Row, finish, parser, timed
from reasoning.core.execution.compiled import compiled
from reasoning.core.graph.network import Floats, Integers

READS = 1_000_000
ROWS = (10_000, 100_000, 1_000_000)
_WIDTH = 8  # floats: a cache line


def main() -> int:
    asked = parser(__doc__, ()).parse_args()
    return finish(list(rows(asked)), asked.json)


def rows(_: Namespace) -> Iterator[Row]:
    """The triad, then random rows of tables of growing size."""
    yield Row("machine", "triad", {"GB/s": triad() / 1e9}, exact=True)
    for count in ROWS:
        random = np.random.default_rng(count)
        table, places = random.random((count, _WIDTH)), random.integers(0, count, READS)
        spent, found = timed(partial(_gathered, table, places), 5)
        exact = bool(np.isclose(found, table[places].sum(), rtol=1e-9))
        yield Row("machine", f"{count:,} random rows", {"ns a row": spent / READS * 1e9}, exact)


@compiled
def _gathered(table: Floats, places: Integers) -> float:
    total = 0.0
    for place in places:
        for column in range(_WIDTH):
            total += table[place, column]
    return total


if __name__ == "__main__":
    sys.exit(main())
