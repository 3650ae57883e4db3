"""Questions: an answer given in a branch leaves the interval that was predicted, and the ranking is by worth."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.records import EntityId
from reasoning.analysis.questions import ASKED_HOURS, PUBLIC_HOURS, Question, questions, verify
from reasoning.analysis.uncertainty import Interval, Uncertainty
from reasoning.core.linear.leontief import ALPHA
from reasoning.exposure.scoring import Scoring
from reasoning.risk.weights import CATEGORIES
from reasoning.scenarios.edits import AddLink, SetRisk
from reasoning.scenarios.overlay import layers
from tests.reasoning.scenarios.village import BUYER, A, B, C, D, E, snapshot, village
from tests.reasoning.world import World


def asked(world: World | None = None, most: int = 200) -> dict[str, Question]:
    return {one.key: one for one in questions(snapshot(world), BUYER, most=most)}


def test_every_sort_of_fact_is_asked_for():
    world = village()
    world.say("org:x", "SUPPLIES", D)
    world.say("org:y", "SUPPLIES", D)
    world.risk("worst", "org:y", "cyber", 1.0)
    world.risk("sure", E, "cyber", 0.9)
    found = asked(world)
    assert {one.sort for one in found.values()} == {"risk", "shares", "link", "suppliers"}
    assert f"shares:{D}:" in found
    assert f"suppliers:{C}:" in found
    assert f"link:{A}:{E}" in found
    assert f"risk:{A}:rct:tierscope-continuity" not in found  # it is known
    assert f"risk:{A}:rct:tierscope-cyber" in found


def test_answering_in_a_branch_leaves_the_predicted_interval():
    for question in asked().values():
        assert verify(question, snapshot(), BUYER) == ()
        assert sum(answer.probability for answer in question.answers) == pytest.approx(1)
        for answer in question.answers:
            branch = layers(snapshot(), answer.edits)[-1]
            assert Uncertainty(branch, BUYER).interval == answer.interval
            totals = Scoring(branch, BUYER).totals()
            assert (answer.known.low, answer.known.high) == pytest.approx((totals.low, totals.high), abs=1e-11)
        assert question.worth > 0


@given(st.sampled_from([A, B, C, D]), st.sampled_from(CATEGORIES), st.floats(0, 1))
def test_whatever_a_risk_turns_out_to_be_it_lies_in_the_interval_and_shrinks_it(entity, category, value):
    before = Uncertainty(snapshot(), BUYER).interval
    if category in snapshot().risks.of(entity):
        return
    after = Uncertainty(layers(snapshot(), [SetRisk(entity, category, value)])[-1], BUYER).interval
    assert before.low - 1e-12 <= after.low <= after.high <= before.high + 1e-12


def test_the_expected_shrink_is_the_mean_over_all_values():
    question = asked()[f"risk:{B}:rct:tierscope-cyber"]
    values = [(number + 0.5) / 40 for number in range(40)]
    left = [
        Uncertainty(layers(snapshot(), [SetRisk(B, EntityId(question.about), value)])[-1], BUYER) for value in values
    ]
    whole = sum(one.interval.width for one in left) / 40
    known = sum(one.known_interval.width for one in left) / 40
    assert question.before.width - whole == pytest.approx(question.shrink, abs=1e-9)
    assert question.known.width - known == pytest.approx(question.known_shrink, abs=1e-9)


def test_where_all_may_be_at_one_bad_supplier_answers_still_count_by_the_known_network():
    world = World()
    for number in range(5):
        world.say(f"org:s{number}", "SUPPLIES", BUYER)
    found = asked(world)
    risks = [one for one in found.values() if one.sort == "risk"]
    assert len(risks) == 5 * len(CATEGORIES)
    assert all(one.shrink == pytest.approx(0, abs=1e-12) and one.known_shrink > 0 for one in risks)


def test_the_best_for_an_hour_comes_first_and_asking_deep_costs_more():
    found = questions(snapshot(), BUYER, most=12)
    assert [one.per_hour for one in found] == sorted((one.per_hour for one in found), reverse=True)
    assert len(found) == 12
    every = asked()
    near, far = every[f"risk:{A}:rct:tierscope-cyber"], every[f"risk:{C}:rct:tierscope-cyber"]
    assert (near.hours, far.hours) == (ASKED_HOURS["cyber"], 2 * ASKED_HOURS["cyber"])
    assert every[f"risk:{C}:rct:tierscope-governance"].hours == PUBLIC_HOURS["governance"]
    assert near.per_hour == (near.shrink + near.known_shrink) / near.hours


def test_the_hours_speak_of_all_categories():
    assert {f"rct:tierscope-{name}" for name in {**PUBLIC_HOURS, **ASKED_HOURS}} == set(CATEGORIES)


def test_a_named_supplier_of_whom_nothing_is_known_teaches_nothing():
    question = asked()[f"suppliers:{C}:"]
    after = Uncertainty(layers(snapshot(), [AddLink(EntityId("org:new"), C)])[-1], BUYER).interval
    (unknown,) = (answer for answer in question.answers if not answer.edits)
    assert after.low == pytest.approx(unknown.interval.low)
    assert after.high == pytest.approx(unknown.interval.high)


def test_verification_sees_a_wrong_prediction():
    question = next(iter(asked().values()))
    first = question.answers[0]
    for wrong in (
        replace(question, before=replace(question.before, low=0.5)),
        replace(question, answers=question.answers[:1]),
        replace(question, answers=(replace(first, interval=question.before), *question.answers[1:])),
    ):
        assert verify(wrong, snapshot(), BUYER)


def test_of_a_buyer_of_whom_no_supplier_is_known_the_first_question_is_who_supplies_it():
    others = World()
    others.say(B, "SUPPLIES", A)
    selling = World()
    selling.say(BUYER, "SUPPLIES", A)
    for world in (World(), others, selling):
        base = snapshot(world)
        (only,) = questions(base, BUYER)
        assert (only.sort, only.entity, only.tier) == ("suppliers", BUYER, 0)
        assert only.before == Interval(0.0, ALPHA)
        assert only.known == Interval(0.0, 0.0)
        assert verify(only, base, BUYER) == ()
        closed = layers(base, only.answers[0].edits)[-1]
        assert Uncertainty(closed, BUYER).interval == only.answers[0].interval == Interval(0.0, 0.0)
        assert questions(closed, BUYER) == ()
