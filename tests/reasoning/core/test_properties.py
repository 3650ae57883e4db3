"""The short form of `benchmarks.exposure.properties`."""

import numpy as np
import pytest

from benchmarks.exposure import properties
from reasoning.core.leontief import exposure


def test_no_generated_case_breaks_a_property():
    broken = properties.violations(60, seed=1)
    assert len(broken) == 12
    assert not any(broken.values())


def test_a_formula_that_counts_risk_against_itself_would_be_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(properties, "exposure", lambda net, share, risk: 1 - exposure(net, share, risk))
    assert properties.violations(20, seed=1)["M1: more own risk lowers no score"] > 0


def test_cases_have_cycles_safe_firms_and_links_without_weight():
    dice = np.random.default_rng(2)
    cases = [properties.draw(dice) for _ in range(100)]
    assert any(np.any(case.risk == 0) for case in cases)
    assert any(np.any(case.weight == 0) for case in cases)
    assert any(case.net.supplier.size > case.net.size for case in cases)
