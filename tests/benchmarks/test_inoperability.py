"""The benchmark of inoperability: rows whose gates hold, and gates that break."""

import argparse

import numpy as np
import pytest

from benchmarks.exposure import inoperability
from benchmarks.exposure.linear import read_bea
from reasoning.core.linear.inoperability import by_supply
from tests.public_data import PUBLIC_DATA


def options(*sizes, fixed=False):
    return argparse.Namespace(sizes=list(sizes), kind="tiered", fixed=fixed, quick=True, neo4j=False)


def test_a_row_a_size_and_each_is_exact():
    (one,) = inoperability.rows(options(500))
    assert one.exact
    assert one.figures["max |Δ|"] <= 1e-12
    assert one.figures["radius ≤"] <= 0.85 + 1e-12


def test_industries_are_held_to_a_dense_solver():
    star = by_supply(np.array([[0.1, 0.4], [0.3, 0.0]]))
    assert inoperability.industries("small", star, np.array([10.0, 20.0])).exact


def test_a_gate_breaks_where_the_answer_is_another(monkeypatch):
    def off(found, push):
        return push * 1.1, 0.0

    monkeypatch.setattr(inoperability, "at_rest", off)
    (one,) = inoperability.rows(options(500))
    assert not one.exact


@pytest.mark.public_data
def test_the_402_industries_have_outputs_and_settle():
    folder = PUBLIC_DATA / "bea"
    output = inoperability.outputs(folder)
    assert output.shape == (402,)
    assert read_bea(folder).shape == (402, 402)
    assert 30e6 < output.sum() < 40e6  # some 34 trillion dollars in 2017
    assert list(inoperability.rows(options(fixed=True), PUBLIC_DATA / "nowhere")) == []
