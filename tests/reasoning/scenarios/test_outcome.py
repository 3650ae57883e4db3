"""Outcomes: ranked, with causes and paths that add up, and verification that sees what does not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.exposure.scored import score_of
from reasoning.exposure.scoring import Scoring
from reasoning.scenarios.edits import AddLink, Branch, DropLink, SetRisk, SetShare, Stop
from reasoning.scenarios.outcome import ExposureChange, verify_outcome
from tests.reasoning.scenarios.running import run
from tests.reasoning.scenarios.village import BUYER, CYBER, A, B, C, D, snapshot, try_out


def test_a_stop_is_told_with_its_cause_and_the_paths_to_it():
    found = try_out(Stop(D))
    (change,) = found.changes
    assert change.supplier == D
    (cause,) = change.causes
    assert cause.number == 0
    assert {path.entities for path in cause.paths} == {(BUYER, A, D), (BUYER, B, D)}
    assert cause.change == pytest.approx(change.change, abs=1e-15)
    assert found.after.score - found.before.score == pytest.approx(change.change, abs=1e-12)
    assert verify_outcome(found) == ()


def test_what_leaves_the_network_and_what_enters_it_is_told_too():
    found = try_out(DropLink(B, BUYER), AddLink(C, BUYER, share=0.25))
    changes = {change.supplier: change for change in found.changes}
    assert changes[B].after is None
    assert changes[B].change == -score_of(changes[B].before) < 0
    assert changes[C].before is not None
    assert {cause.number for cause in changes[A].causes} == {0, 1}
    assert verify_outcome(found) == ()


def test_the_greatest_change_comes_first():
    found = try_out(Stop(C), SetRisk(A, CYBER, 0.55), SetShare(A, BUYER, 0.9))
    sizes = [abs(change.change) for change in found.changes]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) > 2


def test_what_cancels_out_still_names_its_causes():
    found = try_out(SetRisk(A, CYBER, 0.9), SetRisk(A, CYBER, 0.5))
    (change,) = found.changes
    assert change.change == pytest.approx(0, abs=1e-15)
    assert [cause.number for cause in change.causes] == [0, 1]
    assert change.causes[0].change == pytest.approx(-change.causes[1].change)
    assert change.before
    assert change.after
    assert change.before.high > change.after.high  # what was unknown is known now


def test_an_empty_branch_changes_nothing():
    found = try_out()
    assert found.changes == ()
    assert found.before == found.after


def test_beyond_the_explained_suppliers_the_rest_is_the_whole():
    found = run(snapshot(), BUYER, Branch("x", (SetShare(A, BUYER, 0.9),)), explained=1)
    assert found.changes[0].causes[0].paths
    for change in found.changes[1:]:
        assert change.causes[0].paths == ()
        assert change.causes[0].rest == change.causes[0].change
    assert verify_outcome(found) == ()


def test_a_product_narrows_it():
    found = run(snapshot(), BUYER, Branch("x", (Stop(B),)), product="prd:engine")
    assert found.changes == ()


@given(st.lists(st.sampled_from([Stop(D), Stop(A), SetShare(A, BUYER, 0.2), AddLink(C, B), SetRisk(D, CYBER, 1.0)])))
def test_all_of_it_adds_up_whatever_is_changed(edits):
    found = try_out(*edits[:4])
    assert verify_outcome(found) == ()
    after = found.after.score
    assert after == pytest.approx(found.before.score + sum(change.change for change in found.changes), abs=1e-9)


def test_one_after_the_other_is_what_all_at_once_is():
    edits = (Stop(D), SetShare(A, BUYER, 0.2))
    from_two = try_out(*edits).after
    halfway = try_out(edits[0])
    assert halfway.after.score != from_two.score
    assert try_out(*reversed(edits)).after.score == pytest.approx(from_two.score)


def test_verification_sees_what_does_not_add_up():
    found = try_out(Stop(D))
    (change,) = found.changes
    (cause,) = change.causes
    assert change.before
    assert change.after
    wrong: list[ExposureChange] = [
        replace(change, causes=()),
        replace(change, causes=(replace(cause, paths=()),)),
        replace(change, after=replace(change.after, score=0.5)),
        replace(change, before=replace(change.before, low=0.9)),
    ]
    for each in wrong:
        assert verify_outcome(replace(found, changes=(each,)))
    assert verify_outcome(replace(found, changes=()))


def test_the_totals_are_those_of_the_last_layer():
    found = try_out(Stop(D))
    assert found.before == Scoring(snapshot(), BUYER).totals()
    assert found.revision == 1
