"""One category's part of exposures, and which are shown."""

import math

import pytest
from hypothesis import given, settings

from app.exposures.leontief import of_category
from ontology.records import NounId
from reasoning.exposure import verify
from reasoning.scoring import Scoring
from reasoning.weights import CATEGORIES, WEIGHTS
from tests.reasoning.measures.worlds import BUYER, diamond, firm, snapshot, worlds

CYBER = NounId("rct:tierscope-cyber")


def exposures(world, paths=None):
    return Scoring(snapshot(world), BUYER).exposures(paths=paths)


def test_without_a_category_nothing_changes():
    found = exposures(diamond())
    assert of_category(found, None) == list(found)


def test_a_category_is_its_part_by_hand():
    """Left: (1 − α)·α·0.6 of the need ends there; cyber weighs 1/12, and its risk is 0.4."""
    world = diamond()
    world.risk("hack", firm(1), "cyber", 0.4)
    world.risk("safe", firm(2), "cyber", 0.0)
    first, *others = of_category(exposures(world), CYBER)
    by_firm = {one.supplier: one for one in (first, *others)}
    assert by_firm[firm(1)].score == pytest.approx(0.15 * 0.85 * 0.6 / 12 * 0.4)
    assert by_firm[firm(1)].low == by_firm[firm(1)].high == pytest.approx(by_firm[firm(1)].score)
    assert by_firm[firm(1)].coverage == pytest.approx(1)
    assert by_firm[firm(2)].score == 0
    assert by_firm[firm(3)].coverage == 0  # nothing is known of it
    assert first.supplier == firm(3)
    assert others[-1].supplier == firm(2)


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_parts_of_all_categories_sum_to_the_whole_with_their_paths(world):
    found = {one.supplier: one for one in exposures(world, paths=2)}
    parts = {
        category: {one.supplier: one for one in of_category(list(found.values()), category)} for category in CATEGORIES
    }
    for noun, whole in found.items():
        mine = [part[noun] for part in parts.values()]
        assert math.fsum(one.score for one in mine) == pytest.approx(whole.score, abs=1e-12)
        assert math.fsum(one.low for one in mine) == pytest.approx(whole.low, abs=1e-12)
        assert math.fsum(one.high for one in mine) == pytest.approx(whole.high, abs=1e-12)
        assert math.fsum(one.coverage * WEIGHTS[name] for name, one in zip(parts, mine, strict=True)) == pytest.approx(
            whole.coverage, abs=1e-9
        )
        for one in mine:
            assert math.fsum([*(path.contribution for path in one.paths), one.remainder]) == pytest.approx(
                one.score, abs=1e-12
            )
            assert one.low - 1e-15 <= one.score <= one.high + 1e-15


@settings(max_examples=30, deadline=None)
@given(worlds())
def test_a_part_falls_by_score_and_names_its_category(world):
    found = of_category(exposures(world), CYBER)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(part.category == CYBER for one in found for part in one.parts)
    assert all(path.category == CYBER for one in found for path in one.paths)


def test_the_whole_is_still_verified():
    assert all(verify(one).holds for one in exposures(diamond()))
