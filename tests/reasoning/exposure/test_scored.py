"""A buyer scored at one state of its network, and what moved between states."""

import pytest

from ontology.records import EntityId
from reasoning.exposure.scored import Scored, moved, score_of
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from tests.reasoning.world import World

BUYER, A, B, C = (EntityId(f"org:{name}") for name in ("buyer", "a", "b", "c"))


def scored(**risks: float) -> Scored:
    """The buyer and its suppliers, each with a cyber risk."""
    world = World()
    for name, risk in risks.items():
        world.say(f"org:{name}", "SUPPLIES", BUYER)
        world.risk(name, f"org:{name}", "cyber", risk)
    return Scored(Scoring(Snapshot(world.facts(), 1), BUYER))


def test_who_is_not_in_the_network_has_no_interval_and_the_score_0():
    one = scored(a=0.2)
    assert one.score(A) > 0
    assert one.interval(A) == (one.score(A), one.by_supplier[A].low, one.by_supplier[A].high)
    assert (one.score(B), one.interval(B), score_of(None)) == (0.0, None, 0.0)
    assert one.totals.score == pytest.approx(one.score(A))


def test_the_suppliers_that_moved_are_ordered_by_how_much_and_ties_by_id():
    before, after = scored(a=0.5, b=0.5, c=0.1), scored(a=0.4, b=0.4, c=0.1)
    assert moved((before, after)) == [A, B]
    assert moved((before, scored(a=0.5, b=0.1, c=0.2))) == [B, C]
    assert moved((before, before)) == []


def test_what_moved_and_came_back_moved_though_by_nothing():
    before = scored(a=0.5, b=0.5)
    assert moved((before, scored(a=0.4, b=0.5), scored(a=0.5, b=0.5))) == [A]


def test_who_comes_or_goes_moved():
    assert set(moved((scored(a=0.5), scored(a=0.5, b=0.9)))) == {A, B}
