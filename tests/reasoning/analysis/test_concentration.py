"""Concentration: by hand on the village, and that every index follows from its shares."""

from dataclasses import replace

import pytest

from reasoning.analysis.concentration import Concentration, concentrations, verify
from reasoning.exposure.scoring import Scoring
from tests.reasoning.scenarios.village import BUYER, SOUTH, A, B, D, snapshot, village
from tests.reasoning.world import World


def found(world: World | None = None) -> tuple[Concentration, ...]:
    return concentrations(snapshot(world), BUYER)


def one(by: str, customer: str = BUYER, key: str = "", world: World | None = None) -> Concentration:
    (only,) = (each for each in found(world) if (each.by, each.customer, each.key) == (by, customer, key))
    return only


def test_a_sole_essential_source_is_told_first_with_its_claims():
    first = found()[0]
    assert first.sole
    assert first.essential
    assert first.index == 10_000
    assert len(first.claims) == 1
    engine = one("input", key="prd:engine")
    assert engine.part == pytest.approx(0.6)
    assert engine.holders[0].id == A


def test_the_direct_shares_of_one_product_of_one_customer():
    chips = one("input", A, "prd:chip")
    assert [holder.share for holder in chips.holders] == pytest.approx([0.6, 0.4])
    assert chips.index == pytest.approx(5_200)
    assert chips.effective == pytest.approx(10_000 / 5_200)
    assert not chips.sole
    assert chips.part == pytest.approx(50 / 120)


def test_a_firm_behind_two_suppliers_counts_for_both():
    scored = {each.supplier: each.score for each in Scoring(snapshot(), BUYER).exposures(paths=0)}
    whole = sum(scored.values())
    shares = {holder.id: holder.share for holder in one("all").holders}
    assert shares == pytest.approx({firm: score / whole for firm, score in scored.items()})
    second = one("tier", key="2")
    assert second.holders[0].id == D
    assert second.part == pytest.approx(sum(scored[firm] for firm in scored if firm not in {A, B}) / whole)


def test_by_country_and_over_countries_the_unknown_is_told_as_such():
    assert one("country", key=SOUTH).sole
    over = {holder.id: holder.share for holder in one("countries").holders}
    assert set(over) == {SOUTH, ""}
    assert over[SOUTH] == pytest.approx(one("country", key=SOUTH).part)
    assert {holder.id for holder in one("tiers").holders} == {"1", "2"}


def test_through_each_product_that_is_bought():
    frame = one("product", key="prd:frame")
    assert {holder.id for holder in frame.holders} == {B, D}
    assert frame.part == pytest.approx(0.4)


def test_every_index_follows_from_its_shares():
    assert found()
    assert [verify(each) for each in found() if verify(each)] == []


def test_verification_sees_what_does_not_follow():
    chips = one("input", A, "prd:chip")
    for wrong in (
        replace(chips, holders=chips.holders[:1]),
        replace(chips, index=5_300.0),
        replace(chips, effective=2.0),
        replace(chips, sole=True),
    ):
        assert verify(wrong)


def test_a_link_of_no_weight_holds_nothing_and_no_links_give_nothing():
    world = village()
    world.say("org:z", "SUPPLIES", A, product="prd:nought", annualSpend=0.0, currency="EUR")
    assert not [each for each in found(world) if each.key == "prd:nought"]
    assert found(World()) == ()
