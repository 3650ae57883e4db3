"""The check of best paths: what is forged is found out."""

import numpy as np

from benchmarks.exposure.best_paths import faults
from reasoning.core.disruption.best_paths import Finder, ranked_links
from tests.reasoning.networks import build


def test_a_forged_answer_is_found_out():
    net, _ = build(3, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0)])
    factor = np.array([0.5, 0.3, 0.9])  # in the order (0, 1), (0, 2), (1, 2)
    found = Finder(ranked_links(net, factor)[0]).top(0, 2)
    assert faults(net, factor, found) == ()
    found.products[:] = found.products[::-1].copy()
    assert any("falling order" in why for why in faults(net, factor, found))
    found.firms[1] = found.firms[0]
    assert any("twice" in why for why in faults(net, factor, found))
