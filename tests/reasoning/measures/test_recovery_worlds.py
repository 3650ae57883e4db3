"""M4 over any small world: ranges are ordered, proofs hold, and additions move figures the right way."""

import math

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ontology.canonical import Scalar
from ontology.errors import NotConvergedError
from ontology.records import EntityId
from reasoning.exposure.snapshot import Snapshot
from reasoning.measures.recovery.answer import By, Recoveries, RecoveryStop, RecoveryTerms
from reasoning.measures.recovery.recovery import measure, verify
from tests.reasoning.world import World

BUYER = EntityId("org:f0")
PRODUCTS = ("prd:p0", "prd:p1", "prd:p2", "cat:c0")
SOME = st.sampled_from([0.0, 1.0, 2.0, 9.0])
DECLARED = RecoveryTerms(days=5.0)
few = settings(deadline=None, max_examples=60)


PLACES = st.sampled_from(["org:f0", "org:f1", "org:f2", "org:f3", "sit:s0", "sit:s1"])
FIRMS = st.integers(0, 3).map(lambda number: f"org:f{number}")
PRODUCT = st.sampled_from(PRODUCTS)


@st.composite
def worlds(draw: st.DrawFn, *, known: bool = False) -> World:
    """Firms 0 to 3, sites 0 and 1, three products and a category; with random claims about them."""
    world = World()
    world.say("prd:p2", "IN_CATEGORY", "cat:c0")
    for site in ("sit:s0", "sit:s1"):
        world.say(draw(FIRMS), "OPERATES", site)
        world.say(site, "IN_COUNTRY", f"reg:iso3166-{draw(st.sampled_from(['DE', 'FR']))}")
    _sold(draw, world)
    _built(draw, world)
    for _ in range(draw(st.integers(0, 6))):
        world.say(draw(PLACES), "SUPPLIES", draw(FIRMS), product=draw(PRODUCT))
    for _ in range(draw(st.integers(0, 4))):
        made: dict[str, Scalar] = (
            {"capacityPerDay": draw(SOME)} if known or draw(st.booleans()) else {"capacityUse": 2.0}
        )
        world.say(draw(PLACES), "PRODUCES", draw(PRODUCT), qualified=made)
    for _ in range(draw(st.integers(0, 5))):
        world.say(draw(PLACES), "STOCKS", draw(PRODUCT), onHand=draw(SOME))
    for _ in range(draw(st.integers(0, 3))):
        world.say(draw(PLACES), "CAPACITY", draw(SOME))
        world.say(draw(PLACES), "RECOVERY_DAYS", draw(SOME))
    return world


def _sold(draw: st.DrawFn, world: World) -> None:
    for item in sorted(draw(st.sets(PRODUCT, min_size=1, max_size=2))):
        stated: dict[str, Scalar] = {"demandPerDay": draw(st.sampled_from([0.0, 1.0, 4.0]))}
        if draw(st.booleans()):
            stated |= {"unitMargin": draw(SOME), "currency": "EUR"}
        world.say(BUYER, "SELLS", item, qualified=stated)


def _built(draw: st.DrawFn, world: World) -> None:
    for _ in range(draw(st.integers(0, 4))):
        low, high = sorted(draw(st.tuples(st.integers(0, 3), st.integers(0, 3))))
        if low < high:  # no cycles of bills: those are tested by themselves
            world.say(PRODUCTS[high], "INPUT_OF", PRODUCTS[low], quantity=draw(st.sampled_from([0.5, 1.0, 3.0])))


def requested(world: World, terms: RecoveryTerms = DECLARED) -> Recoveries:
    """The answer; a world in which no firm makes what they supply each other is drawn again."""
    try:
        return measure(Snapshot(world.facts(), 7), BUYER, terms=terms)
    except NotConvergedError:
        assume(condition=False)
        raise


def by_entity(found: Recoveries) -> dict[EntityId, RecoveryStop]:
    return {one.entity: one for one in found.stops}


@few
@given(worlds(), st.sampled_from(["supplier", "site", "country"]), st.sampled_from([0.0, 2.0, math.inf]))
def test_every_answer_is_proven_and_in_order(world: World, by: By, cover: float):
    found = requested(world, RecoveryTerms(by=by, days=5.0, cover=cover))
    assert verify(found) == ()
    assert BUYER not in by_entity(found)
    losses = [one.loss.worst for one in found.stops if one.loss is not None]
    assert losses == sorted(losses, reverse=True)
    for one in found.stops:
        assert one.days is not None
        assert one.loss is not None
        assert one.undisrupted is not None
        assert one.survival.best >= one.survival.worst * (1 - 1e-9)
        assert one.loss.best <= one.loss.worst + 1e-6
        assert one.undisrupted.worst <= one.loss.worst + 1e-6
        assert one.stopped


@few
@given(worlds())
def test_a_longer_time_to_recover_never_costs_less(world: World):
    short, long = requested(world, RecoveryTerms(days=3.0)), by_entity(requested(world, RecoveryTerms(days=8.0)))
    for one in short.stops:
        other = long[one.entity]
        assert one.survival == other.survival
        if one.assumed and one.loss is not None and other.loss is not None:
            assert one.loss.worst <= other.loss.worst + 1e-6


@few
@given(worlds(), st.integers(0, 3), st.sampled_from(PRODUCTS), st.sampled_from([1.0, 50.0]))
def test_more_stock_in_a_place_with_a_known_stock_never_hurts(world: World, firm: int, product: str, more: float):
    holder = f"org:f{firm}"
    bare = world.without(
        one.claim.id for one in world.claims if (one.claim.predicate, one.claim.object) == ("STOCKS", product)
    )
    known, richer = World(list(bare.claims)), World(list(bare.claims))
    known.say(holder, "STOCKS", product, onHand=1.0)
    richer.say(holder, "STOCKS", product, onHand=1.0 + more)
    before, after = requested(known), by_entity(requested(richer))
    for one in before.stops:
        assert after[one.entity].survival.worst >= one.survival.worst * (1 - 1e-9)
        loss = after[one.entity].loss
        assert loss is not None
        assert one.loss is not None
        assert loss.worst <= one.loss.worst + 1e-6


@few
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_claims_makes_no_difference(world: World, chance) -> None:
    other = World(list(world.claims))
    chance.shuffle(other.claims)
    one, two = requested(world), requested(other)
    assert [(stop.entity, stop.loss, stop.survival) for stop in one.stops] == [
        (stop.entity, stop.loss, stop.survival) for stop in two.stops
    ]


@few
@given(worlds(known=True))
def test_strangers_change_nothing(world: World):
    before = requested(world)
    world.say("org:x", "SUPPLIES", "org:y", product="prd:tea")
    world.say("org:x", "PRODUCES", "prd:tea", capacityPerDay=1.0)
    world.say("prd:leaf", "INPUT_OF", "prd:tea", quantity=1.0)
    world.say("org:y", "STOCKS", "prd:tea", onHand=4.0)
    after = requested(world)
    assert [(one.entity, one.loss, one.survival) for one in before.stops] == [
        (one.entity, one.loss, one.survival) for one in after.stops
    ]
    assert before.gaps == after.gaps
