"""The list of measures, and unknown names."""

from importlib import import_module
from pathlib import Path

import pytest

from ontology.errors import InputError
from reasoning.measures.catalogue import MEASURES, category_of, named
from reasoning.risk.weights import CATEGORIES, short

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.name)
def test_each_measure_is_found_by_name_and_explained(measure):
    assert named(measure.name) is measure
    assert measure.meaning
    assert measure.inputs
    assert (DOCS / measure.page).is_file()
    assert measure.number in (DOCS / measure.page).read_text()


@pytest.mark.parametrize("measure", [one for one in MEASURES if one.name != "leontief"], ids=lambda one: one.name)
def test_each_measure_has_functions_that_measure_and_verify(measure):
    family = {"loss": "cascade", "systemic": "cascade"}.get(measure.name, measure.name)
    module = import_module(f"reasoning.measures.{family}.{measure.name}")
    assert callable(module.measure)
    assert callable(module.verify)


def test_names_are_given_once():
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(InputError) as caught:
        named("vibes")
    assert "leontief, disruption, loss" in caught.value.fix


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_is_found_by_id_and_short_name(category):
    assert category_of(category) == category
    assert category_of(short(category)) == category
    assert category.endswith(short(category))
    assert ":" not in short(category)


@pytest.mark.parametrize("name", ["", "x", "tierscope-cyber", "Cyber"])
def test_an_unknown_category_is_refused_with_the_twelve(name):
    with pytest.raises(InputError) as caught:
        category_of(name)
    assert caught.value.fix.count(",") == 11
    assert "natural-hazard" in caught.value.fix
