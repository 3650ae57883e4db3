"""The short form of `benchmarks.exposure.properties`."""

from argparse import Namespace
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.exposure import properties
from reasoning.core.cascade.network import Production, Supply, prepare
from reasoning.core.linear.leontief import exposure
from reasoning.core.recovery.network import SupplyChain
from reasoning.core.recovery.recovery import Recovery


def test_no_generated_case_breaks_a_property():
    broken = properties.violations(60, seed=1)
    assert len(broken) == 24
    assert not any(broken.values())


def test_a_formula_that_counts_risk_against_itself_would_be_found(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(properties, "exposure", lambda net, share, risk: 1 - exposure(net, share, risk))
    assert properties.violations(20, seed=1)["M1: more own risk lowers no score"] > 0


def test_cases_have_cycles_safe_firms_and_links_without_weight():
    dice = np.random.default_rng(2)
    cases = [properties.draw(dice) for _ in range(100)]
    assert any(np.any(case.risk == 0) for case in cases)
    assert any(np.any(case.weight == 0) for case in cases)
    assert any(case.net.supplier.size > case.net.size for case in cases)


def test_a_cascade_or_a_program_in_units_of_its_own_would_be_found(monkeypatch: pytest.MonkeyPatch):
    def in_units(supply: Supply) -> Production:
        made = prepare(supply)
        output = np.maximum(made.graph.markets.output, 0.5)  # a floor of half a unit of the currency
        return replace(made, graph=made.graph._replace(markets=made.graph.markets._replace(output=output)))

    def at_least_one(chain: SupplyChain) -> Recovery:
        return Recovery(chain._replace(margin=np.maximum(chain.margin, 1.5)))

    monkeypatch.setattr(properties, "prepare", in_units)
    monkeypatch.setattr(properties, "Recovery", at_least_one)
    broken = properties.violations(200, seed=1)
    assert broken["M3: units do not matter"] > 0
    assert broken["M4: the unit of the currency does not matter"] > 0


def test_the_row_breaks_when_a_property_does(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(properties, "CASES", 2000)
    (row,) = properties.rows(Namespace(quick=True))
    assert (row.exact, row.figures["violations"]) == (True, 0)
    monkeypatch.setattr(properties, "herfindahl", sum)
    (row,) = properties.rows(Namespace(quick=True))
    assert not row.exact
    assert row.figures["violations"] > 0
