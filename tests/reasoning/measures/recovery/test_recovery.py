"""M4 over a store: a maker of bicycles by hand, unknown inputs, joint stops, and proofs that can fail."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ontology.canonical import Scalar
from ontology.errors import InputError, NotConvergedError, NotGivenError
from ontology.records import EntityId
from reasoning.measures.bills import Gap, ItemHolder
from reasoning.measures.recovery.answer import DECLARED, Limit, Range, Recoveries, RecoveryStop, RecoveryTerms
from reasoning.measures.recovery.recovery import measure, verify
from tests.reasoning.measures.bicycles import BUYER, bicycles, snapshot
from tests.reasoning.world import World

VELO = EntityId(BUYER)


def requested(world: World, terms: RecoveryTerms = DECLARED) -> Recoveries:
    return measure(snapshot(world), VELO, terms=terms)


def by_entity(found: Recoveries) -> dict[str, RecoveryStop]:
    return {one.entity: one for one in found.stops}


def near(figure: float) -> Any:
    return pytest.approx(figure, rel=1e-9)


def sure(figure: float) -> Range:
    return Range(near(figure), near(figure))


def limits(some: tuple[Limit, ...]) -> dict[tuple[str, str, str], tuple[Any, Any]]:
    return {(one.kind, one.holder, one.product): (one.amount, near(one.worth)) for one in some}


def test_the_bicycles_by_hand():
    found = requested(bicycles())
    assert (found.currency, found.gaps, verify(found)) == ("EUR", (), ())
    assert [one.entity for one in found.stops] == ["org:alu", "org:rad", "org:draht", "org:bambu"]
    alu, rad, draht, bambu = found.stops
    # 30 days want 300; 20 are there, 30 frames are, and Bambu makes 180 more: 70 are missing, at 100 each.
    assert (alu.days, alu.loss, alu.undisrupted) == (30.0, sure(7000), sure(0))
    # 50 there, and each day 4 more are wanted than Bambu's frames are enough for.
    assert (alu.survival, alu.gap) == (sure(12.5), sure(17.5))
    assert (rad.loss, rad.survival, rad.gap) == (sure(6000), sure(4), sure(6))
    # Spokes: 10,800 there are 150 bicycles, and 20 more of wheels, and 20 bicycles.
    assert (draht.loss, draht.survival, draht.gap) == (sure(2000), sure(19), sure(2))
    assert (bambu.days, bambu.loss, bambu.gap, bambu.index) == (None, None, None, None)
    assert bambu.survival == sure(25)
    assert [one.index for one in (alu, rad, draht)] == [sure(1), sure(6 / 7), sure(2 / 7)]


def test_binding_limits_are_named_and_add_up():
    found = by_entity(requested(bicycles()))
    losing, lasting = found["org:alu"].losing, found["org:alu"].lasting
    assert losing is not None
    assert lasting is not None
    assert limits(losing.limits) == {
        ("capacity", "org:bambu", "prd:frame"): (near(180), 100.0),
        ("stock", BUYER, "prd:frame"): (30.0, 100.0),
        ("stock", BUYER, "prd:bicycle"): (20.0, 100.0),
        ("stopped", "org:alu", "prd:frame"): (0.0, 100.0),
    }
    assert losing.demanded - sum(one.amount * one.worth for one in losing.limits) == near(7000)
    assert losing.lost == {"prd:bicycle": near(70)}
    assert sum(one.amount * one.worth for one in lasting.limits if one.kind == "stock") == near(12.5)
    assert limits(lasting.limits)["capacity", "org:bambu", "prd:frame"] == (6.0, 0.25)


def test_every_limit_cites_its_claims():
    world = bicycles()
    cited = {stored.claim.id: stored.claim for stored in world.claims}
    losing = by_entity(requested(world))["org:alu"].losing
    assert losing is not None
    for limit in losing.limits:
        stated = [cited[one] for one in limit.claims]
        assert any(limit.holder in {one.subject, one.object} for one in stated)
        assert any(one.predicate == {"stock": "STOCKS"}.get(limit.kind, "PRODUCES") for one in stated)


def test_contingency_supply_is_what_is_more_than_undisrupted():
    world = World()
    world.say(BUYER, "SELLS", "prd:car", demandPerDay=1.0)
    world.say("prd:chip", "INPUT_OF", "prd:car", quantity=1.0)
    for firm, most in (("org:near", 0.5), ("org:far", 5.0)):
        world.say(firm, "SUPPLIES", BUYER, product="prd:chip")
        world.say(firm, "PRODUCES", "prd:chip", capacityPerDay=most)
        world.say(firm, "STOCKS", "prd:chip", onHand=0.0)
        world.say(firm, "RECOVERY_DAYS", 10.0)
    for product in ("car", "chip"):
        world.say(BUYER, "STOCKS", f"prd:{product}", onHand=0.0)
    world.say(BUYER, "PRODUCES", "prd:car", capacityPerDay=2.0)
    found = requested(world)
    near, far = by_entity(found)["org:near"], by_entity(found)["org:far"]
    assert (found.currency, near.loss, far.loss) == ("", sure(0), sure(5))
    assert near.survival == Range(math.inf, math.inf)
    assert near.lasting is not None
    assert near.lasting.days == math.inf
    assert near.losing is not None
    # Ten days want ten, of which Near makes five: Far gives its own five and those too.
    (taken,) = near.losing.contingency
    assert (taken.giver.holder, taken.taker.holder) == ("org:far", BUYER)
    assert (taken.units, taken.undisrupted) == pytest.approx((10, 5))
    assert far.losing is not None
    assert far.losing.contingency == ()  # Near has nothing to spare
    assert verify(found) == ()


def test_unknown_stocks_are_neither_none_nor_safe():
    found = requested(bicycles(stocks=False))
    assert verify(found) == ()
    assert {gap.what for gap in found.gaps} == {"stock"}
    alu = by_entity(found)["org:alu"]
    assert (alu.loss, alu.survival) == (Range(0.0, near(12_000)), Range(math.inf, 0.0))
    covered = by_entity(requested(bicycles(stocks=False), RecoveryTerms(cover=2.0)))["org:alu"]
    # Two days' need of bicycles and of the buyer's frames, and of each supplier's half of the frames.
    assert covered.loss == Range(near(12_000 - 4000 - 1000 - 1000), near(12_000))


def test_an_unknown_capacity_has_no_limit_at_best_and_no_spare_at_worst():
    world = bicycles()
    bambu = next(one for one in world.claims if (one.claim.subject, one.claim.predicate) == ("org:bambu", "PRODUCES"))
    found = requested(world.without([bambu.claim.id]))
    assert found.gaps == (Gap("capacity", EntityId("org:bambu"), EntityId("prd:frame")),)
    alu = by_entity(found)["org:alu"]
    # Its equal part is 5 a day: 300 are wanted, and 20 + 30 + 150 are to be had.
    assert (alu.loss, alu.survival) == (Range(0.0, near(10_000)), Range(math.inf, near(10)))
    assert verify(found) == ()


def test_an_input_without_a_known_supplier_never_stops_and_is_reported():
    world = bicycles()
    world.say("prd:saddle", "INPUT_OF", "prd:bicycle", quantity=1.0)
    found = requested(world)
    assert found.gaps == (Gap("supplier", VELO, EntityId("prd:saddle")),)
    assert by_entity(found)["org:alu"].loss == sure(7000)
    assert verify(found) == ()


def test_an_assumed_time_to_recover_is_marked():
    found = by_entity(requested(bicycles(), RecoveryTerms(days=30.0)))
    assert (found["org:bambu"].loss, found["org:bambu"].assumed) == (sure(1000), True)
    assert (found["org:alu"].days, found["org:alu"].assumed) == (30.0, False)


def two_plants() -> World:
    """The buyer has two plants in two countries, with one capacity for both of its products in the first."""
    world = World()
    for plant, country in (("sit:nord", "DE"), ("sit:sud", "IT")):
        world.say(BUYER, "OPERATES", plant)
        world.say(plant, "IN_COUNTRY", f"reg:iso3166-{country}")
    for product, wanted in (("car", 6.0), ("van", 2.0)):
        world.say(BUYER, "SELLS", f"prd:{product}", demandPerDay=wanted, unitMargin=10.0, currency="EUR")
        world.say("sit:sud", "STOCKS", f"prd:{product}", onHand=3.0)
    world.say("sit:nord", "CAPACITY", 8.0)
    world.say("sit:nord", "PRODUCES", "prd:car")
    world.say("sit:nord", "PRODUCES", "prd:van", capacityUse=2.0)
    world.say("sit:sud", "CAPACITY", 20.0)
    world.say("sit:sud", "PRODUCES", "prd:car", capacityShare=0.25)
    world.say("sit:nord", "RECOVERY_DAYS", 4.0)
    world.say("sit:sud", "RECOVERY_DAYS", 2.0)
    return world


def test_sites_share_capacity_and_stop_by_themselves_or_with_their_country():
    found = requested(two_plants(), RecoveryTerms(by="site"))
    assert verify(found) == ()
    nord, sud = by_entity(found)["sit:nord"], by_entity(found)["sit:sud"]
    # Nord out for 4 days: 24 cars wanted, 3 there, 20 from Süd; 8 vans wanted, 3 there.
    assert nord.loss == sure(10 * (1 + 5))
    assert nord.survival == sure(1.5)
    # Süd out: 12 cars and 4 vans in 2 days less 3 and 3 there take 9 + 2 of the 32 that Nord has.
    assert sud.loss == sure(0)
    # Each day takes 10 of 8; stock is worth 3 + 6.
    assert sud.survival == sure(4.5)
    country = by_entity(requested(two_plants(), RecoveryTerms(by="country", days=4.0)))["reg:iso3166-DE"]
    assert (country.loss, country.assumed) == (nord.loss, True)
    assert country.stopped == (
        ItemHolder(EntityId("sit:nord"), EntityId("prd:car"), makes=True),
        ItemHolder(EntityId("sit:nord"), EntityId("prd:van"), makes=True),
    )
    lasting = sud.lasting
    assert lasting is not None
    assert limits(lasting.limits)["capacity", "sit:nord", ""] == (8.0, 0.5)


def test_a_firm_takes_as_long_as_the_slowest_of_its_sites():
    world = bicycles()
    world.say("org:bambu", "OPERATES", "sit:hain")
    world.say("org:bambu", "OPERATES", "sit:wald")
    world.say("sit:hain", "RECOVERY_DAYS", 5.0)
    assert by_entity(requested(world))["org:bambu"].days is None
    world.say("sit:wald", "RECOVERY_DAYS", 9.0)
    assert by_entity(requested(world))["org:bambu"].days == 9.0


def test_a_category_is_had_by_its_kinds_and_bills_of_categories_serve():
    world = World()
    world.say(BUYER, "SELLS", "prd:car", demandPerDay=1.0)
    world.say("prd:car", "IN_CATEGORY", "cat:vehicles")
    world.say("cat:metal", "INPUT_OF", "cat:vehicles", quantity=2.0)
    world.say("prd:steel", "IN_CATEGORY", "cat:metal")
    world.say("org:mill", "SUPPLIES", BUYER, product="prd:steel")
    world.say("org:mill", "PRODUCES", "prd:steel", capacityPerDay=2.0)
    world.say(BUYER, "PRODUCES", "prd:car", capacityPerDay=1.0)
    for firm, product, holding in (
        (BUYER, "prd:car", 0.0),
        (BUYER, "cat:metal", 4.0),
        (BUYER, "prd:steel", 6.0),
        ("org:mill", "prd:steel", 0.0),
    ):
        world.say(firm, "STOCKS", product, onHand=holding)
    found = requested(world)
    assert found.gaps == ()
    assert by_entity(found)["org:mill"].survival == sure(5)


def test_a_trader_that_stops_gives_what_it_has_in_stock():
    world = World()
    world.say(BUYER, "SELLS", "prd:tea", demandPerDay=1.0)
    world.say("org:trader", "SUPPLIES", BUYER, product="prd:tea")
    world.say("org:garden", "SUPPLIES", "org:trader", product="prd:tea")
    world.say("org:garden", "PRODUCES", "prd:tea", capacityPerDay=1.0)
    for firm, holding in ((BUYER, 1.0), ("org:trader", 2.0), ("org:garden", 4.0)):
        world.say(firm, "STOCKS", "prd:tea", onHand=holding)
    found = by_entity(requested(world))
    assert found["org:trader"].survival == sure(3)
    assert found["org:garden"].survival == sure(7)


def test_a_site_that_supplies_makes_it_unless_claims_state_otherwise():
    world = World()
    world.say(BUYER, "SELLS", "prd:tea", demandPerDay=1.0)
    world.say("org:farm", "OPERATES", "sit:hill")
    world.say("sit:hill", "SUPPLIES", BUYER, product="prd:tea")
    found = requested(world, RecoveryTerms(by="site"))
    assert [one.entity for one in found.stops] == ["sit:hill"]


def test_firms_that_only_supply_each_other_live_on_stock_alone():
    world = World()
    world.say(BUYER, "SELLS", "prd:tea", demandPerDay=1.0)
    for one, other in (("org:a", BUYER), ("org:a", "org:b"), ("org:b", "org:a")):
        world.say(one, "SUPPLIES", other, product="prd:tea")
    for firm in (BUYER, "org:a", "org:b"):
        world.say(firm, "STOCKS", "prd:tea", onHand=1.0)
    found = requested(world, RecoveryTerms(days=2.0))
    assert {one.entity: one.survival for one in found.stops} == {"org:a": sure(2), "org:b": sure(3)}
    assert by_entity(found)["org:b"].undisrupted == sure(0)
    assert verify(found) == ()
    without = World([one for one in world.claims if one.claim.predicate != "STOCKS"])
    with pytest.raises(NotConvergedError, match="cycle") as raised:
        requested(without)
    assert raised.value.fix


def test_a_missing_figure_is_named_with_what_to_load():
    world = World()
    world.say("org:alu", "SUPPLIES", BUYER, product="prd:frame")
    with pytest.raises(NotGivenError) as raised:
        requested(world)
    assert "Sale" in raised.value.fix
    assert "`loss`" in raised.value.fix
    world.say(BUYER, "SELLS", "prd:bicycle", demandPerDay=10.0)
    world.say("prd:frame", "INPUT_OF", "prd:bicycle")
    with pytest.raises(NotGivenError, match="prd:frame in prd:bicycle") as raised:
        requested(world)
    assert "InputRelation" in raised.value.fix


def test_a_product_counted_in_two_units_is_refused():
    world = bicycles()
    world.say("org:other", "STOCKS", "prd:bicycle", onHand=1.0, unit="tonne")
    with pytest.raises(NotGivenError, match="piece and in tonne"):
        requested(world)


@pytest.mark.parametrize("terms", [RecoveryTerms(days=-1.0), RecoveryTerms(days=math.inf), RecoveryTerms(cover=-1.0)])
def test_invalid_days_are_refused(terms: RecoveryTerms):
    with pytest.raises(InputError, match="days"):
        requested(bicycles(), terms)


def test_an_invalid_kind_of_stop_is_refused():
    by: Any = "weather"
    with pytest.raises(InputError, match="weather") as raised:
        requested(bicycles(), RecoveryTerms(by=by))
    assert "supplier, site, country" in raised.value.fix


def test_margins_in_two_currencies_make_losses_in_units():
    world = bicycles()
    world.say(BUYER, "SELLS", "prd:bell", demandPerDay=1.0, unitMargin=1.0, currency="USD")
    found = requested(world)
    assert found.currency == ""
    assert by_entity(found)["org:alu"].loss == sure(70)


def test_only_the_worst_are_explained_and_the_rest_still_counts():
    found = requested(bicycles(), RecoveryTerms(explained=1))
    assert [one.lasting is not None for one in found.stops] == [True, False, False, False]
    assert verify(found) == ()
    whole = requested(bicycles())
    assert [(one.entity, one.loss, one.survival) for one in found.stops] == [
        (one.entity, one.loss, one.survival) for one in whole.stops
    ]


@pytest.mark.parametrize(
    ("fault", "spoil"),
    [
        ("add up", lambda one: replace(one, losing=replace(one.losing, demanded=one.losing.demanded * 1.01))),
        ("limits are not", lambda one: replace(one, losing=replace(one.losing, limits=one.losing.limits[:-1]))),
        ("worth the loss", lambda one: replace(one, loss=Range(one.loss.best, one.loss.worst * 1.01))),
        ("not the survival", lambda one: replace(one, survival=Range(one.survival.best, one.survival.worst * 0.99))),
        ("the gap", lambda one: replace(one, gap=Range(0.0, 0.0))),
        ("longer at worst", lambda one: replace(one, survival=Range(1.0, one.survival.worst))),
        ("more at best", lambda one: replace(one, loss=Range(one.loss.worst * 2, one.loss.worst))),
        ("is made than", lambda one: _made(one, 1.5)),
    ],
)
def test_a_tampered_proof_fails(fault: str, spoil: Callable[[RecoveryStop], RecoveryStop]):
    found = requested(bicycles())
    touched = replace(found, stops=(spoil(found.stops[0]), *found.stops[1:]))
    assert any(fault in stated for stated in verify(touched))


def _made(one: RecoveryStop, more: float) -> RecoveryStop:
    assert one.losing is not None
    return replace(one, losing=replace(one.losing, plan=replace(one.losing.plan, made=one.losing.plan.made * more)))


def test_sources_that_agree_count_once():
    world = bicycles()
    stated: dict[str, Scalar] = {"capacityPerDay": 8.0}
    world.say("org:alu", "PRODUCES", "prd:frame", source="other", qualified=stated)
    world.say("prd:frame", "INPUT_OF", "prd:bicycle", source="other", quantity=1.0)
    world.say(BUYER, "STOCKS", "prd:frame", source="other", onHand=30.0)
    world.say(BUYER, "SELLS", "prd:bicycle", source="other", demandPerDay=10.0, unitMargin=100.0, currency="EUR")
    assert by_entity(requested(world))["org:alu"].loss == sure(7000)
