"""Candidate pairs: their score is the sum of declared weights, each feature with the claims of both records."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.records import EntityId
from reasoning.identity.candidates import THRESHOLD, WEIGHTS, CandidatePair, candidate_pairs
from tests.reasoning.world import World

LEFT, RIGHT, THIRD = (EntityId(f"org:{name}") for name in ("a", "b", "c"))
NAMES = ("Brunnwerk GmbH", "Brunnwerk", "Brunnwerk Group", "Brunwerk GmbH", "Works 3", "Works 4")


def pairs(world: World, *firms: EntityId) -> list[CandidatePair]:
    return list(candidate_pairs(world.facts(), firms))


def named(names: dict[EntityId, str]) -> World:
    world = World()
    for firm, name in names.items():
        world.say(firm, "NAMED", name, kind="primary")
    return world


def test_the_score_is_the_sum_of_the_weights_of_its_features():
    world = named({LEFT: "Brunnwerk", RIGHT: "Brunnwerk"})
    for firm, country in ((LEFT, "reg:iso3166-DE"), (RIGHT, "reg:iso3166-DE")):
        world.say(firm, "IN_COUNTRY", country)
        world.say(firm, "IDENTIFIED_BY", "DE 1", scheme="vat")
    (pair,) = pairs(world, RIGHT)
    assert (pair.left, pair.right) == (LEFT, RIGHT)
    assert [feature.text for feature in pair.features] == ["names 1.00 alike", "same country", "same identifier"]
    assert pair.score == pytest.approx(WEIGHTS["name"] + WEIGHTS["same_country"] + WEIGHTS["same_identifier"])
    for feature in pair.features:
        assert {fact.subject for fact in feature.facts} == {LEFT, RIGHT}


def test_a_feature_may_speak_against_a_pair():
    world = named({LEFT: "Brunnwerk", RIGHT: "Brunnwerk"})
    for firm, number in ((LEFT, "1"), (RIGHT, "2")):
        world.say(firm, "IDENTIFIED_BY", number, scheme="lei")
    assert pairs(world, LEFT) == []
    for firm in (LEFT, RIGHT):
        world.say(firm, "IDENTIFIED_BY", "DE 1", scheme="vat")
    (pair,) = pairs(world, LEFT)
    assert "same identifier" in [feature.text for feature in pair.features]


def test_only_pairs_with_one_of_the_firms_are_looked_for_and_each_once():
    world = named({LEFT: "Brunnwerk", RIGHT: "Brunnwerk", THIRD: "Brunnwerk"})
    assert [(one.left, one.right) for one in pairs(world, LEFT)] == [(LEFT, RIGHT), (LEFT, THIRD)]
    assert [(one.left, one.right) for one in pairs(world, LEFT, RIGHT)] == [
        (LEFT, RIGHT),
        (LEFT, THIRD),
        (RIGHT, THIRD),
    ]
    assert pairs(world) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5), st.data())
def test_pairs_do_not_depend_on_which_of_the_two_is_asked_for(names: list[str], data: st.DataObject):
    firms = [EntityId(f"org:f{number}") for number in range(len(names))]
    world = named(dict(zip(firms, names, strict=True)))
    every = {(one.left, one.right): one.score for one in pairs(world, *firms)}
    assert all(left < right and score >= THRESHOLD for (left, right), score in every.items())
    firm = data.draw(st.sampled_from(firms))
    assert {(one.left, one.right): one.score for one in pairs(world, firm)} == {
        pair: score for pair, score in every.items() if firm in pair
    }
