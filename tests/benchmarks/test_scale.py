from argparse import Namespace

import numpy as np
import pytest

from benchmarks.exposure.scale import rows
from reasoning.core.cascade import cascade


@pytest.fixture(scope="module")
def options() -> Namespace:
    return Namespace(sizes=[400], kind="tiered", without_ray=True)


def test_every_row_is_exact_and_says_what_is_kept_and_what_jobs_cost(options: Namespace):
    found = list(rows(options))
    assert all(row.exact for row in found)
    kept = [row for row in found if "B/link" in row.figures]
    assert len(kept) == 5
    assert all(row.figures["peak B/link"] >= row.figures["B/link"] > 1 for row in kept)
    assert sum("closures" in row.what for row in found) == 3
    assert sum("idle" in row.what for row in found) == 3


def test_a_crew_that_gives_other_figures_is_told(options: Namespace, monkeypatch: pytest.MonkeyPatch):
    honest, calls = cascade.close_each, []

    def wrong(*given, **named):
        calls.append(named)
        found = honest(*given, **named)
        found.total[0] = np.nextafter(found.total[0], 2.0) if len(calls) % 2 else found.total[0]
        return found

    monkeypatch.setattr("benchmarks.exposure.scale.close_each", wrong)
    assert not all(row.exact for row in rows(options))
