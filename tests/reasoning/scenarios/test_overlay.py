"""The overlay: each sort of change by hand, and that what lies below stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.content_hash import content_hash
from ontology.errors import NotFoundError
from ontology.records import EntityId
from reasoning.exposure.exposure import Exposure
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from reasoning.risk.own_risk import OwnRisk
from reasoning.risk.weights import CATEGORIES
from reasoning.scenarios.edits import (
    AddLink,
    Branch,
    CloseSuppliers,
    ConfirmLink,
    DropLink,
    SetInventory,
    SetRisk,
    SetShare,
    Stop,
)
from reasoning.scenarios.overlay import HYPOTHETICAL, Overlay, layers, stopped_in
from reasoning.service.service import ReasoningService
from tests.reasoning.scenarios.running import run
from tests.reasoning.scenarios.village import BUYER, CONTINUITY, CYBER, NORTH, SOUTH, A, B, C, D, E, snapshot, village
from tests.reasoning.stores import fill, new_store
from tests.reasoning.world import AT, World


def shares(held: Snapshot, customer: EntityId) -> dict[str, float]:
    links = [link for link in held.links.counted if link.customer == customer]
    whole = sum(link.weight for link in links)
    return {link.supplier: link.weight / whole for link in links}


def scored(held: Snapshot) -> dict[EntityId, Exposure]:
    return {one.supplier: one for one in Scoring(held, BUYER).exposures(paths=0)}


def test_a_stopped_supplier_is_disrupted_for_certain_and_nobody_takes_over():
    before, after = snapshot(), Overlay(snapshot(), Stop(D))
    assert after.stopped == {D: 1.0}
    assert {own.bounds for own in after.risks.of(D).values()} == {(1.0, 1.0, 1.0)}
    assert after.risks.of(A) == before.risks.of(A)
    found = scored(after)[D]
    assert found.score == pytest.approx(found.reach[1], abs=1e-12)
    assert found.reach == scored(before)[D].reach
    assert found.coverage == pytest.approx(1)


def test_a_stopped_site_takes_its_part_of_the_firm_along():
    after = Overlay(snapshot(), Stop(EntityId("sit:c-north")))
    assert after.stopped == {C: 0.5}
    assert after.risks.of(C)[CYBER].bounds == (0.5, 0.75, 1.0)
    after = Overlay(snapshot(), SetRisk(C, CYBER, 0.2))
    assert Overlay(after, Stop(EntityId("sit:c-north"))).risks.of(C)[CYBER].bounds == (0.6, 0.6, 0.6)


def test_a_stopped_region_takes_all_that_is_there():
    assert Overlay(snapshot(), Stop(SOUTH)).stopped == {C: 0.5, D: 1.0}
    assert Overlay(snapshot(), Stop(NORTH)).stopped == {C: 0.5}


def test_a_stopped_product_and_its_sector_take_the_makers_part():
    for entity in ("prd:steel", "cat:metal"):
        assert Overlay(snapshot(), Stop(EntityId(entity))).stopped == {D: 1.0}
    world = village()
    world.say(D, "SUPPLIES", B, product="prd:wood", annualSpend=10.0, currency="EUR")
    # Of a: 70 of 120 steel. Of b: half of it steel, half of it wood.
    part = (70 / 120 + 0.5) / (70 / 120 + 1)
    assert Overlay(snapshot(world), Stop(EntityId("prd:steel"))).stopped == {D: pytest.approx(part)}


def test_parts_that_several_changes_stop_are_of_separate_things():
    stops = [Stop(EntityId("sit:c-north")), Stop(EntityId("sit:c-south"))]
    assert stopped_in(layers(snapshot(), stops)) == {C: 0.75}


def test_dropping_a_link_lets_the_others_take_over():
    after = Overlay(snapshot(), DropLink(B, BUYER))
    assert shares(after, BUYER) == {A: 1.0}
    assert B not in scored(after)
    assert shares(Overlay(after, DropLink(A, BUYER)), A) == shares(snapshot(), A)


def test_only_the_link_of_the_named_product_is_dropped():
    world = village()
    world.say(D, "SUPPLIES", B, product="prd:wood", annualSpend=30.0, currency="EUR")
    after = Overlay(snapshot(world), DropLink(D, B, "prd:wood"))
    assert [link.product for link in after.by_customer[B]] == ["prd:steel"]


def test_an_added_link_gets_its_share_and_the_others_give_way_in_proportion():
    assert shares(Overlay(snapshot(), AddLink(C, BUYER, share=0.5)), BUYER) == {
        A: pytest.approx(0.3),
        B: pytest.approx(0.2),
        C: pytest.approx(0.5),
    }
    after = Overlay(snapshot(), AddLink(C, BUYER))
    assert shares(after, BUYER)[C] == pytest.approx(1 / 3)
    made = next(link for link in after.links.counted if link.customer == BUYER and link.supplier == C)
    assert made.claims[0].startswith(HYPOTHETICAL)


def test_a_link_to_somebody_who_had_none_is_all_of_what_he_buys():
    after = Overlay(snapshot(), AddLink(EntityId("org:new"), D, share=0.1))
    assert shares(after, D) == {"org:new": 1.0}
    assert scored(after)[EntityId("org:new")].tier == 3


def test_a_share_is_set_and_the_rest_is_shared_in_proportion():
    after = Overlay(snapshot(), SetShare(C, A, 0.5))
    assert shares(after, A) == {
        C: pytest.approx(0.5),
        D: pytest.approx(0.5 * 70 / 90),
        E: pytest.approx(0.5 * 20 / 90),
    }
    assert shares(Overlay(snapshot(), SetShare(A, BUYER, 0)), BUYER) == {A: 0.0, B: 1.0}
    assert shares(Overlay(snapshot(), SetShare(D, B, 0.2)), B) == {D: 1.0}


def test_stock_passes_on_only_what_it_does_not_last_for():
    before, after = scored(snapshot()), scored(Overlay(snapshot(), SetInventory(B, BUYER, 30, 90)))
    assert after[B].score == pytest.approx(before[B].score * 2 / 3)
    assert after[A].score == before[A].score
    assert scored(Overlay(snapshot(), SetInventory(B, BUYER, 200, 90)))[B].high == 0


def test_a_set_score_replaces_what_was_known_and_of_a_place_only_raises_it():
    assert Overlay(snapshot(), SetRisk(A, CONTINUITY, 0.1)).risks.of(A)[CONTINUITY].value == 0.1
    hazard = EntityId("rct:tierscope-natural-hazard")
    for value, expected in ((0.3, 0.4), (0.9, 0.9)):
        after = Overlay(snapshot(), SetRisk(SOUTH, hazard, value))
        assert after.risks.of(D)[hazard].value == expected
        assert after.risks.of(C)[hazard].value == value
        assert hazard not in after.risks.of(A)


def test_confirming_an_inferred_link_lets_it_count_in_full():
    before, after = scored(snapshot())[E], scored(Overlay(snapshot(), ConfirmLink(E, A)))[E]
    assert before.reach[0] == 0 < before.reach[1] < before.reach[2]
    assert after.reach[0] == after.reach[1] == after.reach[2] == before.reach[2]


def test_confirming_a_link_changes_only_what_was_inferred_of_it():
    world = World()
    world.say(E, "SUPPLIES", A, product="prd:wood", basis="confirmed", confidence=0.5)
    world.say(E, "SUPPLIES", A, product="prd:steel", basis="inferred", confidence=0.5)
    after = Overlay(Snapshot(world.facts(), 1), ConfirmLink(E, A))
    told = {link.product: (link.fact.basis, link.fact.review, link.counted) for link in after.links.counted}
    assert told == {"prd:wood": ("confirmed", "accepted", 1.0), "prd:steel": ("observed", "accepted", 1.0)}


@pytest.mark.parametrize(
    "edit",
    [
        Stop(EntityId("org:nobody")),
        Stop(EntityId("reg:iso3166-FR")),
        Stop(EntityId("prd:nothing")),
        DropLink(B, A),
        SetShare(BUYER, A, 0.5),
        DropLink(D, B, "prd:wood"),
        SetInventory(C, B, 10),
    ],
)
def test_what_is_not_there_cannot_be_changed(edit):
    with pytest.raises(NotFoundError) as raised:
        Overlay(snapshot(), edit)
    assert raised.value.fix


EDITS = st.one_of(
    st.sampled_from([A, B, C, D, E, NORTH, SOUTH]).map(lambda entity: Stop(EntityId(entity))),
    st.builds(SetRisk, st.sampled_from([A, C, D]), st.sampled_from(CATEGORIES), st.floats(0, 1)),
    st.builds(lambda share: SetShare(A, BUYER, share), st.floats(0, 1)),
    st.builds(lambda days: SetInventory(A, BUYER, days), st.floats(0, 120)),
    st.builds(lambda share: AddLink(C, B, "prd:chip", share), st.floats(0, 1)),
)


@given(st.lists(EDITS, max_size=4))
def test_what_lies_below_stays_as_it_is(edits):
    below = snapshot()
    counted, risks = below.links.counted, [below.risks.of(entity) for entity in below.nodes]
    scores = {firm: one.score for firm, one in scored(below).items()}
    for firm, one in scored(layers(below, edits)[-1]).items():
        assert -1e-12 <= one.low <= one.score + 1e-12 <= one.high + 2e-12, firm
    assert below.links.counted is counted
    assert [below.risks.of(entity) for entity in below.nodes] == risks
    assert {firm: one.score for firm, one in scored(below).items()} == scores


@given(st.sampled_from([A, B, C, D, E, SOUTH]), st.lists(EDITS, max_size=2))
def test_a_stop_never_lowers_anything(entity, edits):
    before = layers(snapshot(), edits)[-1]
    after = Overlay(before, Stop(EntityId(entity)))
    for firm, one in scored(after).items():
        assert one.score >= scored(before)[firm].score - 1e-12


def test_the_hash_of_the_store_is_the_same_after_a_thousand_runs(tmp_path):
    store = new_store(tmp_path)
    fill(store, village())
    before, status = content_hash(store, history=True), store.status()
    base = ReasoningService(store).snapshot(AT)
    edits = (Stop(D), SetRisk(A, CYBER, 0.5), SetShare(A, BUYER, 0.3), AddLink(C, B), DropLink(B, BUYER))
    for number in range(1000):
        run(base, BUYER, Branch("again", (edits[number % 5],)), explained=0)
    assert content_hash(store, history=True) == before
    assert store.status() == status
    store.close()


def test_a_mixed_risk_says_where_it_lies():
    own = Overlay(snapshot(), Stop(EntityId("sit:c-south"))).risks.of(C)[CYBER]
    assert isinstance(own, OwnRisk)
    assert own.claims == ()
    assert own.place == C


@pytest.mark.parametrize(
    ("edits", "stay"),
    [
        ([SetShare(A, BUYER, 0.9)], True),
        ([DropLink(D, B)], True),  # it still supplies A
        ([DropLink(B, BUYER)], True),  # it is still supplied
        ([DropLink(E, A)], False),
        ([DropLink(D, B), DropLink(D, A)], False),
        ([AddLink(C, BUYER)], True),
        ([AddLink(EntityId("org:new"), BUYER)], False),
        ([AddLink(BUYER, EntityId("org:new"))], False),
        ([AddLink(A, D, share=0.5), SetInventory(A, D, 45.0), ConfirmLink(E, A)], True),
        ([Stop(D), SetShare(B, BUYER, 0.0), SetRisk(A, CYBER, 0.5), DropLink(A, BUYER)], True),
        ([DropLink(D, B), DropLink(B, BUYER)], False),
    ],
)
def test_the_network_is_patched_into_what_it_would_be_anew(edits, stay):
    before = below = snapshot()
    for edit in edits:
        before, below = below, Overlay(below, edit)
    links = below.links.counted
    assert list(links) == sorted(links, key=lambda link: (link.customer, link.supplier, link.fact.claim))
    anew = Snapshot(below.facts, below.revision)
    anew.__dict__["links"] = below.links
    assert below.nodes == anew.nodes
    assert below.index == anew.index
    assert below.by_customer == anew.by_customer
    assert (below.nodes is before.nodes) == stay
    for name in ("low", "share", "high", "total", "firm"):
        assert getattr(below.whole, name).tolist() == getattr(anew.whole, name).tolist()
    assert below.whole.links == anew.whole.links
    for name in ("customer", "supplier", "start"):
        assert getattr(below.whole.net, name).tolist() == getattr(anew.whole.net, name).tolist()
    assert (below.whole.net.size, below.view(BUYER)[1]) == (anew.whole.net.size, anew.view(BUYER)[1])


def test_where_no_link_changes_the_network_is_the_very_same():
    below = snapshot()
    for edit in (Stop(D), SetRisk(A, CYBER, 0.5), CloseSuppliers(C)):
        above = Overlay(below, edit)
        assert above.whole is below.whole
        assert above.links is below.links
        assert above.view(BUYER)[0] is below.view(BUYER)[0]
