"""The benchmark of inoperability: rows whose gates hold, and gates that break."""

import argparse

import numpy as np
import pytest

from benchmarks.exposure import inoperability
from benchmarks.exposure.linear import read_bea
from reasoning.core.linear.inoperability import Course, at_rest, by_supply, course, interdependence
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


# The economy by which Lian and Haimes show the dynamic model.
COEFFICIENTS = np.array([[0.15, 0.25], [0.20, 0.05]])
OUTPUT = np.array([1000.0, 2000.0])


def test_demand_by_hand_is_the_loss_of_outputs_as_a_share():
    """A* is similar to A: x·q is what Leontief's own equations say that output falls by."""
    star = inoperability.by_demand(COEFFICIENTS, OUTPUT)
    assert star.toarray() == pytest.approx(np.array([[0.15, 0.5], [0.1, 0.05]]))
    fall = np.array([50.0, 0.0])
    level, _ = at_rest(interdependence(star), fall / OUTPUT)
    assert level * OUTPUT == pytest.approx(np.linalg.solve(np.eye(2) - COEFFICIENTS, fall))


def test_a_sector_without_output_loses_nothing():
    star = inoperability.by_demand(np.array([[0.1, 0.2], [0.3, 0.1]]), np.array([0.0, 10.0])).toarray()
    assert star[0].tolist() == [0, 0]
    assert star[1].tolist() == [0, pytest.approx(0.1)]


def test_a_touched_course_is_found_out():
    found = interdependence(np.array([[0.0, 0.4], [0.3, 0.0]]))
    rate = np.array([0.2, 0.3])
    ran = course(found, rate, np.array([1.0, 0.0]), push=np.zeros(2), steps=30)
    assert inoperability.faults(found, ran, rate) == ()
    touched = ran.level.copy()
    touched[7, 1] += 1e-6
    assert inoperability.faults(found, Course(touched), rate) == ("a step does not follow from the one before",)
    assert inoperability.faults(found, ran, rate * 1.01) != ()
    assert inoperability.faults(found, ran, rate, push=1e-6) != ()
    false = type(found)(found.star * 3, found.proof)
    assert "the proof does not show that disruptions settle" in inoperability.faults(false, ran, rate)


@pytest.mark.public_data
def test_the_402_industries_have_outputs_and_settle():
    folder = PUBLIC_DATA / "bea"
    output = inoperability.outputs(folder)
    assert output.shape == (402,)
    assert read_bea(folder).shape == (402, 402)
    assert 30e6 < output.sum() < 40e6  # some 34 trillion dollars in 2017
    assert list(inoperability.rows(options(fixed=True), PUBLIC_DATA / "nowhere")) == []
