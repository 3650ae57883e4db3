import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.canonical import Scalar
from ontology.errors import NotConvergedError
from ontology.records import Basis, EntityId
from reasoning.core.linear.leontief import ALPHA
from reasoning.exposure.exposure import Exposure, verify
from reasoning.exposure.scoring import Scoring, Totals
from reasoning.exposure.snapshot import Snapshot
from reasoning.risk.weights import CATEGORIES, WEIGHTS
from tests.reasoning.world import World

BUYER = EntityId("org:0")
BASES: tuple[Basis, ...] = ("observed", "inferred", "confirmed")
SOME = ("cyber", "financial", "continuity")


def scored(world: World, *, paths: int | None = None, product: str = "") -> dict[str, Exposure]:
    found = Scoring(Snapshot(world.facts(), 1), BUYER, product=product).exposures(paths=paths)
    return {one.supplier: one for one in found}


def totals(world: World) -> Totals:
    return Scoring(Snapshot(world.facts(), 1), BUYER).totals()


@st.composite
def worlds(draw: st.DrawFn, *, acyclic: bool = False) -> World:
    """Up to six firms, links of several units and bases, and some risks."""
    world = World()
    size = draw(st.integers(2, 6))
    spent = draw(st.booleans())
    for customer in range(size):
        for supplier in range(customer + 1 if acyclic else 0, size):
            if supplier != customer and draw(st.booleans()):
                basis = draw(st.sampled_from(BASES))
                known: dict[str, Scalar] = {"annualSpend": draw(st.integers(1, 99)), "currency": "USD"} if spent else {}
                world.say(
                    f"org:{supplier}",
                    "SUPPLIES",
                    f"org:{customer}",
                    basis=basis,
                    confidence=draw(st.sampled_from([0.0, 0.25, 0.9, 1.0])),
                    qualified=known,
                )
    for firm in range(size):
        for category in SOME:
            if draw(st.booleans()):
                world.risk(f"{firm}-{category}", f"org:{firm}", category, draw(st.floats(0, 1)))
    return world


def chain() -> World:
    """Buyer 0 ← 1 (75 USD), 2 (25 USD); 1 ← 3; 2 ← 3 only inferred, confidence 0.4; 3 has a cyber risk of 0.8."""
    world = World()
    world.say("org:1", "SUPPLIES", BUYER, annualSpend=75, currency="USD")
    world.say("org:2", "SUPPLIES", BUYER, annualSpend=25, currency="USD")
    world.say("org:3", "SUPPLIES", "org:1", shareOfSupply=0.5)
    world.say("org:3", "SUPPLIES", "org:2", basis="inferred", confidence=0.4)
    world.risk("x", "org:3", "cyber", 0.8)
    return world


def test_a_textbook_example_by_hand():
    deep = scored(chain())["org:3"]
    sure, guessed = 0.15 * 0.85**2 * 0.75, 0.15 * 0.85**2 * 0.25
    assert deep.reach == pytest.approx((sure, sure + 0.4 * guessed, sure + guessed), abs=1e-14)
    assert deep.low == pytest.approx(sure * 0.8 / 12, abs=1e-14)
    assert deep.score == pytest.approx((sure + 0.4 * guessed) * (0.8 + 11 * 0.5) / 12, abs=1e-14)
    assert deep.high == pytest.approx((sure + guessed) * (0.8 + 11) / 12, abs=1e-14)
    assert (deep.tier, deep.longest) == (2, 2)
    assert deep.coverage == pytest.approx(1 / 12)
    assert [path.entities for path in deep.paths] == [("org:0", "org:1", "org:3"), ("org:0", "org:2", "org:3")]
    assert [path.category for path in deep.paths] == ["rct:tierscope-cyber"] * 2
    assert deep.remainder == 0
    assert scored(chain())["org:1"].paths[0].category == ""


def test_unknown_risk_is_neither_zero_nor_one():
    alone = scored(chain())["org:1"]
    assert (alone.low, alone.coverage) == (0.0, 0.0)
    assert 0 < alone.score < alone.high
    assert alone.score == pytest.approx(alone.high / 2)


def test_the_buyers_own_risk_and_itself_do_not_count():
    world = chain()
    before = scored(world)
    world.risk("own", BUYER, "cyber", 1.0)
    assert scored(world) == before
    assert BUYER not in before


def test_a_cycle_through_the_buyer_leads_to_it_and_does_not_list_it():
    world = chain()
    world.say(BUYER, "SUPPLIES", "org:3")
    found = scored(world, paths=3)
    assert BUYER not in found
    assert found["org:1"].longest is None
    assert found["org:1"].paths[1].entities == ("org:0", "org:1", "org:3", "org:0", "org:1")
    assert found["org:1"].remainder > 0
    assert all(verify(one).holds for one in found.values())


def test_a_firm_without_suppliers_is_exposed_to_no_firm():
    assert scored(World()) == {}
    assert totals(World()) == Totals(0.0, 0.0, 0.0, 0.0, dict.fromkeys(CATEGORIES, (0.0, 0.0, 0.0)), ())


def test_what_is_not_upstream_does_not_count():
    world = chain()
    before = scored(world)
    world.say("org:8", "SUPPLIES", "org:9")
    world.say(BUYER, "SUPPLIES", "org:9")
    world.risk("elsewhere", "org:9", "cyber", 1.0)
    assert scored(world) == before


def test_a_firm_that_supplies_itself_is_scored_as_if_it_did_not():
    world = chain()
    before = scored(world)
    world.say("org:1", "SUPPLIES", "org:1", shareOfSupply=0.9)
    assert scored(world) == before


def test_merged_suppliers_are_one():
    world = chain()
    world.judge("org:1", "org:2")
    found = scored(world)
    assert set(found) == {"org:1", "org:3"}
    assert found["org:1"].reach[1] == pytest.approx(0.15 * 0.85)


def test_a_link_of_no_confidence_has_a_tier_and_no_score():
    world = World()
    world.say("org:1", "SUPPLIES", BUYER, basis="inferred", confidence=0.0)
    (only,) = scored(world).values()
    assert (only.tier, only.low, only.score, only.paths) == (1, 0.0, 0.0, ())
    assert only.high > 0
    assert verify(only).holds


def test_exposures_come_greatest_first_and_ties_by_id():
    world = World()
    for supplier in ("org:9", "org:7", "org:8"):
        world.say(supplier, "SUPPLIES", BUYER)
    world.risk("x", "org:9", "cyber", 0.9)
    assert list(scored(world)) == ["org:9", "org:7", "org:8"]


def test_the_k_heaviest_paths_are_given_and_the_rest_is_the_remainder():
    cut, whole = scored(chain(), paths=1)["org:3"], scored(chain())["org:3"]
    assert cut.paths == whole.paths[:1]
    assert cut.remainder == pytest.approx(whole.paths[1].contribution)
    assert (cut.score, cut.low, cut.high) == (whole.score, whole.low, whole.high)
    none = scored(chain(), paths=0)["org:3"]
    assert (none.paths, none.remainder) == ((), none.score)


@settings(max_examples=12)
@given(worlds())
def test_one_supplier_requested_alone_is_scored_as_among_all(world: World):
    scoring = Scoring(Snapshot(world.facts(), 1), BUYER)
    for one in scoring.exposures(paths=None):
        assert scoring.exposure(one.supplier) == one


def test_a_product_narrows_the_network():
    world = World()
    world.say("org:1", "SUPPLIES", BUYER, product="prd:x")
    world.say("org:2", "SUPPLIES", BUYER, product="prd:y")
    world.say("org:3", "SUPPLIES", "org:1", product="prd:z")
    found = scored(world, product="prd:x")
    assert set(found) == {"org:1", "org:3"}
    assert found["org:1"].reach[1] == pytest.approx(0.15 * 0.85)
    assert all(verify(one).holds for one in found.values())
    assert scored(world, product="prd:none") == {}


def test_an_unknown_buyer_has_an_empty_network_for_a_product():
    assert scored(World(), product="prd:x") == {}


def test_a_firm_behind_two_products_is_scored_once_with_both_paths():
    world = World()
    world.say("org:1", "SUPPLIES", BUYER, product="prd:car")
    for product in ("prd:wheel", "prd:glass"):
        world.say("org:2", "SUPPLIES", "org:1", product=product)
        world.say(product, "INPUT_OF", "prd:car")
    deep = scored(world, product="prd:car")["org:2"]
    assert len(deep.paths) == 2
    assert deep.reach[1] == pytest.approx(0.15 * 0.85**2)
    assert deep.remainder == 0
    assert verify(deep).holds


def test_the_shortest_path_takes_the_links_to_believe_first():
    world = chain()
    scoring = Scoring(Snapshot(world.facts(), 1), BUYER)
    assert [(link.customer, link.supplier) for link in scoring.shortest_path(EntityId("org:3"))] == [
        (BUYER, "org:1"),
        ("org:1", "org:3"),
    ]
    assert scoring.suppliers == {"org:1": 1, "org:2": 1, "org:3": 2}


def test_broken_weights_raise_instead_of_giving_a_number(monkeypatch: pytest.MonkeyPatch):
    snapshot = Snapshot(chain().facts(), 1)
    broken = replace(snapshot.whole, share=snapshot.whole.share * np.nan)
    monkeypatch.setitem(snapshot.__dict__, "whole", broken)
    with pytest.raises(NotConvergedError) as caught:
        Scoring(snapshot, BUYER)
    assert caught.value.fix


@settings(max_examples=50)
@given(worlds())
def test_every_exposure_follows_from_its_own_explanation(world: World):
    for one in scored(world, paths=5).values():
        assert verify(one).faults == ()
        assert 0 <= one.low <= one.score + 1e-12
        assert one.score <= one.high + 1e-12
        assert one.high <= 1
        assert math.fsum(path.contribution for path in one.paths) + one.remainder == pytest.approx(one.score, abs=1e-9)
        assert one.remainder >= 0


@settings(max_examples=50)
@given(worlds(acyclic=True))
def test_without_cycles_all_paths_leave_no_remainder(world: World):
    for one in scored(world).values():
        assert one.remainder == 0
        assert one.longest is not None
        assert one.tier <= one.longest


@settings(max_examples=50)
@given(worlds())
def test_scores_are_those_of_the_dense_inverse(world: World):
    snapshot = Snapshot(world.facts(), 1)
    if BUYER not in snapshot.index:
        return
    view = snapshot.whole
    matrix = np.zeros((view.net.size, view.net.size))
    matrix[view.net.customer, view.net.supplier] = view.share
    row = ((1 - ALPHA) * np.linalg.inv(np.eye(view.net.size) - ALPHA * matrix))[snapshot.index[BUYER]]
    for supplier, one in scored(world).items():
        own = snapshot.risks.of(EntityId(supplier))
        risk = sum(WEIGHTS[name] * (own[name].value if name in own else 0.5) for name in CATEGORIES)
        assert one.score == pytest.approx(row[snapshot.index[EntityId(supplier)]] * risk, abs=1e-10)


@settings(max_examples=50)
@given(worlds())
def test_the_totals_are_the_sums_over_suppliers_categories_and_tiers(world: World):
    found, whole = scored(world, paths=0).values(), totals(world)
    assert whole.score == pytest.approx(math.fsum(one.score for one in found), abs=1e-12)
    assert math.fsum(middle for _, middle, _ in whole.by_category.values()) == pytest.approx(whole.score, abs=1e-12)
    assert math.fsum(whole.by_tier) == pytest.approx(whole.score, abs=1e-4)
    assert 0 <= whole.coverage <= 1 + 1e-12
    assert whole.low <= whole.score + 1e-12 <= whole.high + 2e-12


@settings(max_examples=50)
@given(worlds(), st.integers(1, 5), st.sampled_from(SOME))
def test_more_own_risk_never_lowers_a_score(world: World, firm: int, category: str):
    before = scored(world, paths=0)
    world.risk("more", f"org:{firm}", category, 1.0)
    for supplier, after in scored(world, paths=0).items():
        assert after.low >= before[supplier].low
        assert after.score >= before[supplier].score
        assert after.high >= before[supplier].high


@settings(max_examples=50)
@given(worlds(), st.floats(0, 1))
def test_learning_an_unknown_risk_stays_within_the_interval_before(world: World, value: float):
    before = scored(world, paths=0)
    for supplier in before:
        world.risk(f"{supplier}-learnt", supplier, "governance", value)
    for supplier, after in scored(world, paths=0).items():
        reported = before[supplier]
        assert reported.low - 1e-15 <= after.low
        assert after.high <= reported.high + 1e-15
        assert reported.low - 1e-15 <= after.score <= reported.high + 1e-15
        assert after.coverage > reported.coverage


@settings(max_examples=50)
@given(worlds(), st.floats(0.001, 1000))
def test_the_currency_unit_does_not_matter(world: World, unit: float):
    other = World()
    for stored in world.claims:
        claim = stored.claim
        known = dict(claim.qualifiers)
        if "annualSpend" in known:
            known["annualSpend"] = float(known["annualSpend"]) * unit
        target = claim.value if claim.object is None else claim.object
        other.say(
            claim.subject,
            claim.predicate,
            target or 0.0,
            basis=claim.basis,
            confidence=claim.confidence,
            qualified=known,
        )
    mine, theirs = scored(world, paths=0), scored(other, paths=0)
    assert set(mine) == set(theirs)
    for supplier, one in mine.items():
        assert theirs[supplier].score == pytest.approx(one.score, abs=1e-12)
        assert theirs[supplier].high == pytest.approx(one.high, abs=1e-12)


@settings(max_examples=50)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_the_claims_does_not_matter(world: World, order: object):
    before = scored(world, paths=3)
    order.shuffle(world.claims)  # type: ignore[attr-defined]
    assert scored(world, paths=3) == before
