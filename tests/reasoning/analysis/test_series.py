"""Time: the exposure at dates, and that what moved it is named."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import InputError
from ontology.records import At, EntityId
from reasoning.analysis.series import between, series, verify, verify_point
from reasoning.analysis.uncertainty import Interval, Uncertainty
from reasoning.core.linear.leontief import ALPHA
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from tests.reasoning.scenarios.village import BUYER, A, B, C, D, snapshot, village
from tests.reasoning.world import World

DAYS = tuple(f"20{year}-01-01T00:00:00Z" for year in range(20, 27))


def taking(world: World) -> Callable[[str], Snapshot]:
    return lambda instant: snapshot(world, At(instant))


def changing() -> World:
    """B gets a risk in 2022, C leaves A in 2024, and a firm comes in 2025."""
    world = village()
    world.say("rsk:late", "AFFECTS", B, valid=(DAYS[2], None))
    world.say("rsk:late", "IN_CATEGORY", "rct:tierscope-financial")
    world.say("rsk:late", "LIKELIHOOD", 0.9)
    world.say("rsk:late", "SEVERITY", 1.0)
    world.say("org:new", "SUPPLIES", B, product="prd:x", annualSpend=5.0, currency="EUR", valid=(DAYS[5], None))
    world.say("org:old", "SUPPLIES", A, product="prd:x", annualSpend=50.0, currency="EUR", valid=(None, DAYS[4]))
    return world


def test_each_point_is_the_exposure_of_its_instant():
    world = changing()
    points = series(taking(world), BUYER, DAYS)
    assert [point.as_of for point in points] == list(DAYS)
    for point in points:
        assert point.totals == Scoring(snapshot(world, At(point.as_of)), BUYER).totals()
        assert point.whole == Uncertainty(snapshot(world, At(point.as_of)), BUYER).interval
        assert point.whole.low - 1e-12 <= point.totals.low <= point.totals.high <= point.whole.high + 1e-12
    assert points[1].totals.score == points[0].totals.score
    assert points[2].totals.score > points[1].totals.score


@pytest.mark.parametrize("instants", [(), (DAYS[1], DAYS[0]), (DAYS[0], DAYS[0])])
def test_dates_that_do_not_ascend_are_refused(instants):
    with pytest.raises(InputError) as raised:
        series(taking(World()), BUYER, instants)
    assert raised.value.fix


def test_a_risk_that_began_is_named_as_the_cause():
    world = changing()
    found = between(taking(world), BUYER, (DAYS[1], DAYS[2]))
    (shift,) = found.shifts
    affects = next(stored.claim.id for stored in world.claims if stored.claim.subject == "rsk:late")
    assert shift.supplier == B
    assert affects in shift.began
    assert shift.ended == ()
    assert shift.change == pytest.approx(found.later.totals.score - found.earlier.totals.score)


def test_who_leaves_hands_its_share_to_the_others_and_the_claim_is_told_for_them_too():
    world = changing()
    found = {str(shift.supplier): shift for shift in between(taking(world), BUYER, (DAYS[3], DAYS[4])).shifts}
    left = next(stored.claim.id for stored in world.claims if stored.claim.subject == "org:old")
    assert found["org:old"].after is None
    assert set(found) == {"org:old", C, D, "org:e"}
    assert all(shift.ended == (left,) for shift in found.values() if shift.supplier != "org:old")


def test_who_comes_was_not_there_before():
    found = {str(shift.supplier): shift for shift in between(taking(changing()), BUYER, (DAYS[4], DAYS[5])).shifts}
    assert found["org:new"].before is None
    assert found["org:new"].after is not None
    assert found["org:new"].change == found["org:new"].after.score


def test_beyond_the_explained_no_claims_are_told():
    found = between(taking(changing()), BUYER, (DAYS[3], DAYS[4]), explained=1).shifts
    assert [shift.explained for shift in found] == [True, False, False, False]
    assert all(not shift.began and not shift.ended and not shift.aged for shift in found[1:])


@given(st.lists(st.sampled_from(DAYS), min_size=2, max_size=2, unique=True).map(sorted))
def test_the_shifts_add_up_and_each_has_a_cause(instants):
    found = between(taking(changing()), BUYER, (instants[0], instants[1]))
    whole = found.later.totals.score - found.earlier.totals.score
    assert sum(shift.change for shift in found.shifts) == pytest.approx(whole, abs=1e-12)
    for shift in found.shifts:
        assert shift.began or shift.ended or shift.aged


def test_what_is_told_of_time_is_verified():
    take = taking(changing())
    found = between(take, BUYER, (DAYS[3], DAYS[4]))
    assert verify(found, take, BUYER) == ()
    assert [verify_point(point, take, BUYER) for point in series(take, BUYER, DAYS)] == [()] * len(DAYS)


def test_verification_sees_what_is_not_so():
    take = taking(changing())
    found = between(take, BUYER, (DAYS[3], DAYS[4]))
    first, *rest = found.shifts
    totals = found.later.totals
    for wrong in (
        replace(found, shifts=tuple(rest)),
        replace(found, shifts=(replace(first, before=None), *rest)),
        replace(found, shifts=(replace(first, ended=()), *rest)),
        replace(found, shifts=(replace(first, aged=True), *rest)),
        replace(found, later=replace(found.later, totals=replace(totals, score=totals.score + 1e-6))),
        replace(found, later=replace(found.later, totals=replace(totals, low=totals.high))),
        replace(found, later=replace(found.later, totals=replace(totals, by_category={}))),
        replace(found, later=replace(found.later, whole=found.earlier.whole)),
        replace(found, later=replace(found.later, whole=Interval(0.2, 0.3))),
    ):
        assert verify(wrong, take, BUYER)
    assert verify_point(replace(found.later, as_of=DAYS[0]), take, BUYER)


def test_of_a_buyer_without_links_all_is_nothing_and_holds():
    take = taking(changing())
    for lonely in (D, EntityId("org:nobody")):
        points = series(take, lonely, DAYS[:2])
        assert [point.totals.score for point in points] == [0.0, 0.0]
        assert [point.whole for point in points] == [Interval(0.0, ALPHA)] * 2, "nothing known is not nothing"
        assert [verify_point(point, take, lonely) for point in points] == [(), ()]
        found = between(take, lonely, (DAYS[0], DAYS[1]))
        assert found.shifts == ()
        assert verify(found, take, lonely) == ()
