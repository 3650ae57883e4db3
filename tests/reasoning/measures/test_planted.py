"""Every measure on generated networks with planted shared suppliers, and over what-ifs, merges and past dates."""

import math
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.records import At, EntityId
from reasoning.exposure.snapshot import Snapshot
from reasoning.measures.cascade import loss, systemic
from reasoning.measures.cascade.loss import LossTerms
from reasoning.measures.disruption import disruption
from reasoning.measures.disruption.network import ENDS, DisruptionTerms
from reasoning.measures.inoperability import inoperability
from reasoning.measures.inoperability.values import InoperabilityTerms
from reasoning.scenarios.edits import (
    AddLink,
    CloseSuppliers,
    ConfirmLink,
    DropLink,
    Edit,
    SetInventory,
    SetRisk,
    SetShare,
    Stop,
)
from reasoning.scenarios.overlay import layers
from tests.reasoning.essential_networks import planted
from tests.reasoning.findings.scene import BUYER as SCENE
from tests.reasoning.measures.worlds import BUYER, diamond, firm, snapshot, worlds
from tests.reasoning.scenarios.village import BUYER as VILLAGER
from tests.reasoning.scenarios.village import A, B, C, D, E, village
from tests.reasoning.world import World

CYBER = EntityId("rct:tierscope-cyber")
FEW = DisruptionTerms(worlds=640)
EDITS: dict[str, tuple[Edit, ...]] = {
    "stop": (Stop(D),),
    "region": (Stop(EntityId("reg:iso3166-ES")),),
    "sector": (Stop(EntityId("cat:metal")),),
    "add": (AddLink(E, VILLAGER, "prd:engine", 0.3),),
    "drop": (DropLink(C, A),),
    "confirm": (ConfirmLink(E, A),),
    "share": (SetShare(D, A, 0.2),),
    "risk": (SetRisk(B, CYBER, 0.7),),
    "stock": (SetInventory(A, VILLAGER, 45),),
    "close": (CloseSuppliers(D),),
    "many": (DropLink(B, VILLAGER), AddLink(D, VILLAGER), SetRisk(D, CYBER, 1.0)),
}


def verified(base: Snapshot, buyer: EntityId) -> tuple[Any, Any, Any, Any]:
    """M2, M3 in both forms and M5, each verified."""
    found = (
        disruption.measure(base, buyer, terms=FEW),
        loss.measure(base, buyer, terms=LossTerms(threshold=0.0, explained=1000)),
        systemic.measure(base, buyer, explained=1000),
        inoperability.measure(base, buyer, terms=InoperabilityTerms(by="supplier", horizon=120)),
    )
    proofs = (disruption.verify, loss.verify, systemic.verify, inoperability.verify)
    assert [proof(one) for proof, one in zip(proofs, found, strict=True)] == [(), (), (), ()]  # type: ignore[operator]
    return found


@pytest.mark.parametrize("seed", range(12))
def test_firms_that_stop_with_a_planted_supplier_lose_all(seed: int):
    """Recall 1: all planted dependents stop wholly, whatever else is in the network."""
    made = planted(seed)
    base = snapshot(made.world)
    for shared, dependents in made.shared.items():
        found: Any = systemic.measure(base, SCENE, only=EntityId(shared))
        assert systemic.verify(found) == ()
        lost = {one.firm: one.downstream for one in found.closures[0].losses}
        assert {entity: lost.get(entity) for entity in dependents} == dict.fromkeys(dependents, 1.0)
        one: Any = loss.Cascading(base, SCENE).loss(EntityId(shared))
        assert loss.verify_loss(one, SCENE) == ()
        assert one.value > 0
        assert one.chain.source == shared
        assert set(one.chain.entities) & dependents


@pytest.mark.parametrize("seed", range(6))
def test_a_planted_supplier_at_risk_is_the_source_of_the_disruption(seed: int):
    made = planted(seed)
    (shared, *_) = made.shared
    for entity in snapshot(made.world).upstream(SCENE):
        made.world.risk(f"r-{entity[4:]}", entity, "cyber", 0.3 if entity == shared else 0.0)
    found = disruption.measure(snapshot(made.world), SCENE, category=CYBER)
    assert disruption.verify(found) == ()
    for end in found.ends:
        assert dict(end.shares) == {shared: pytest.approx(end.estimate, abs=1e-12)}
        assert 0 < end.lower <= end.estimate + 1e-12
        assert end.estimate <= 0.3 + 1e-12
        assert end.path.entities[-1] == shared


@pytest.mark.parametrize("name", sorted(EDITS))
def test_what_ifs_are_measured_like_snapshots(name: str):
    base = Snapshot(village().facts(), 7)
    before = verified(base, VILLAGER)
    after = verified(layers(base, EDITS[name])[-1], VILLAGER)
    if name in {"stop", "region", "sector", "risk"}:
        assert all(two.estimate >= one.estimate for one, two in zip(before[0].ends, after[0].ends, strict=True))
    if name == "stock":  # a link passes on half: it is half as likely to stop the buyer
        assert after[0].middle.estimate < before[0].middle.estimate
    if name == "confirm":
        assert {one.entity: one.observed for one in after[1].losses} == {
            one.entity: one.value for one in after[1].losses
        }
    if name == "drop":
        assert C not in after[2].weights


def test_firms_that_are_the_same_are_measured_as_one():
    world = diamond()
    world.say(
        "org:a-source", "SUPPLIES", firm(2), product="prd:magnet", annualSpend=5.0, currency="EUR", essential=True
    )
    world.judge("org:a-source", firm(3))
    found = verified(snapshot(world), BUYER)
    assert "org:a-source" in {one.entity for one in found[1].losses}  # the smaller id stands for both
    assert firm(3) not in found[2].weights
    (source,) = (one for one in found[1].losses if one.entity == "org:a-source")
    assert source.value == 1.0


def test_a_past_date_gives_the_answer_of_a_store_without_later_facts():
    early, late = "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"
    world = diamond()
    world.say(firm(3), "SUPPLIES", BUYER, product="prd:engine", annualSpend=7.0, currency="EUR", valid=(late, None))
    world.say(firm(4), "SUPPLIES", firm(3), product="prd:ore", annualSpend=2.0, currency="EUR", valid=(None, late))
    known = diamond()
    known.say(firm(4), "SUPPLIES", firm(3), product="prd:ore", annualSpend=2.0, currency="EUR")
    then = verified(Snapshot(world.facts(At(as_of=early)), 7), BUYER)
    never = verified(Snapshot(known.facts(At(as_of=early)), 7), BUYER)
    assert [end.estimate for end in then[0].ends] == [end.estimate for end in never[0].ends]
    assert then[0].middle.shares == never[0].middle.shares
    assert [(one.entity, one.value) for one in then[1].losses] == [(one.entity, one.value) for one in never[1].losses]
    assert [(one.firm, one.total) for one in then[2].closures] == [(one.firm, one.total) for one in never[2].closures]
    assert [(one.entity, one.course) for one in then[3].stops] == [(one.entity, one.course) for one in never[3].stops]
    now = verified(Snapshot(world.facts(At(as_of=late)), 7), BUYER)
    assert firm(4) not in now[2].weights


@settings(max_examples=20, deadline=None)
@given(world=worlds(most=5), draw=st.randoms(use_true_random=False))
def test_the_order_in_which_claims_came_makes_no_difference(world: World, draw: Any):
    shuffled = World(list(world.claims), list(world.judgements))
    draw.shuffle(shuffled.claims)
    one, two = verified(snapshot(world), BUYER), verified(snapshot(shuffled), BUYER)
    assert [end.estimate for end in one[0].ends] == [end.estimate for end in two[0].ends]
    assert [(row.entity, row.value) for row in one[1].losses] == [(row.entity, row.value) for row in two[1].losses]
    assert [row.total for row in one[2].closures] == [row.total for row in two[2].closures]


@settings(max_examples=25, deadline=None)
@given(worlds(most=5))
def test_strangers_change_nothing(world: World):
    before = verified(snapshot(world), BUYER)
    for one, two in (("org:y1", "org:y2"), ("org:y2", "org:y3"), (str(BUYER), "org:y1")):
        world.say(one, "SUPPLIES", two, product="prd:tea")
    after = verified(snapshot(world), BUYER)
    assert [end.estimate for end in before[0].ends] == [end.estimate for end in after[0].ends]
    assert {row.entity: row.value for row in before[1].losses} == {row.entity: row.value for row in after[1].losses}
    assert {row.firm: row.total for row in before[2].closures}.items() <= {
        row.firm: pytest.approx(row.total) for row in after[2].closures
    }.items() or len(before[2].closures) == 0
    assert [row.days_lost for row in before[3].stops] == pytest.approx([row.days_lost for row in after[3].stops])


@settings(max_examples=25, deadline=None)
@given(worlds(most=5))
def test_a_stop_of_more_firms_never_costs_less(world: World):
    base = snapshot(world)
    by_firm = {one.entity: one.value for one in loss.measure(base, BUYER, terms=LossTerms(threshold=0.0)).losses}
    for one in loss.measure(base, BUYER, terms=LossTerms(by="country")).losses:
        whole = [entity for entity, part in one.stopped.items() if part == 1]
        assert one.value >= max((by_firm.get(entity, 0.0) for entity in whole), default=0.0) - 1e-9


@settings(max_examples=15, deadline=None)
@given(worlds(most=4, certain=True))
def test_the_shares_of_firms_are_their_shapley_values(world: World):
    """Over all orders in which risks could come: links that stop for certain or never need no samples."""
    base = snapshot(world)
    found = disruption.measure(base, BUYER, category=CYBER, terms=FEW)
    for end in ENDS:
        chances = {(one.supplier, one.customer): one.chance(found.terms)[end] for one in found.bonds}
        if any(0 < chance < 1 for chance in chances.values()):
            return
        behind = _behind({ends for ends, chance in chances.items() if chance == 1})
        own = {one.firm: one.chance(found.terms)[end] for one in found.own[1:] if one.firm in behind}
        orders = list(permutations(sorted(own)))
        expected = dict.fromkeys(own, 0.0)
        for order in orders:
            safe = 1.0
            for entity in order:
                expected[entity] += safe * own[entity] / len(orders)
                safe *= 1 - own[entity]
        reported = dict(found.ends[end].shares)
        assert {entity: reported.get(entity, 0.0) for entity in expected} == pytest.approx(expected, abs=1e-12)
        assert math.fsum(expected.values()) == pytest.approx(found.ends[end].estimate, abs=1e-12)


def _behind(ends: set[tuple[EntityId, EntityId]]) -> set[EntityId]:
    reached = {BUYER}
    while more := {supplier for supplier, customer in ends if customer in reached} - reached:
        reached |= more
    return reached - {BUYER}
