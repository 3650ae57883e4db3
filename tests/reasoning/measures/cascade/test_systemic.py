"""ESRI of a buyer's network: by hand, against a plain loop, units, empty networks, and with tampered answers."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from ontology.errors import NotConvergedError, NotFoundError
from reasoning.core.execution.executor import Executor
from reasoning.measures.cascade import systemic
from reasoning.measures.cascade.systemic import Closure, FirmLoss, Systemic, measure, verify
from tests.reasoning.measures.cascade.test_loss import plain
from tests.reasoning.measures.worlds import BUYER, diamond, firm, snapshot, worlds
from tests.reasoning.world import World


def by_firm(found: Systemic) -> dict[str, Closure]:
    return {one.firm: one for one in found.closures}


def upstream_losses(base, closed):
    """The losses of firms for want of customers, by loops: the share of all sales that is no longer bought."""
    tiers = {BUYER: 0, **base.upstream(BUYER)}
    links = [link for link in base.links.counted if link.customer in tiers]
    sold: dict[str, float] = {}
    for link in links:
        sold[link.supplier] = sold.get(link.supplier, 0.0) + link.weight
    lost = dict.fromkeys(tiers, 0.0) | {closed: 1.0}
    for _ in range(500):
        after = {}
        for one in tiers:
            gone = sum(
                link.weight / sold[one] * lost[link.customer] for link in links if link.supplier == one and sold[one]
            )
            after[one] = min(1.0, max(1.0 if one == closed else 0.0, gone))
        if max(abs(after[one] - lost[one]) for one in tiers) < 1e-14:
            break
        lost = after
    return lost


def test_by_hand():
    """Sales: left 60, right 40, source 15; the buyer's are not known, so its purchases of 100 are used: 215 in all."""
    found: Any = measure(snapshot(diamond()), BUYER)
    assert {entity: pytest.approx(weight) for entity, weight in found.weights.items()} == {
        BUYER: 100 / 215,
        firm(1): 60 / 215,
        firm(2): 40 / 215,
        firm(3): 15 / 215,
    }
    closures = by_firm(found)
    assert closures[firm(3)].total == pytest.approx(1.0)  # everything is downstream of the source
    assert closures[firm(3)].upstream == pytest.approx(15 / 215)
    # Without its left supplier the buyer stops. The source loses the 10 of 15 that it sold to the left one. What the
    # buyer no longer makes does not lower its demand: no other firm loses a customer.
    left = closures[firm(1)]
    assert left.downstream == pytest.approx((60 + 100) / 215)
    assert left.upstream == pytest.approx((60 + 10) / 215)
    assert left.total == pytest.approx((60 + 100 + 10) / 215)
    assert closures[BUYER].upstream == pytest.approx(1.0)
    assert [one.firm for one in found.closures] == [BUYER, firm(3), firm(1), firm(2)]
    assert (found.unit, found.revision) == ("annualSpend EUR", 7)
    assert verify(found) == ()
    claims, evidence = found.cited(firm(3))
    assert len(claims) == len(evidence) == 2
    assert found.cited(BUYER) == ((), ())


def test_each_closure_lists_the_losses_of_firms():
    found: Any = measure(snapshot(diamond()), BUYER)
    assert by_firm(found)[firm(1)].losses == (
        FirmLoss(firm(1), 1.0, 1.0),
        FirmLoss(BUYER, 1.0, 0.0),
        FirmLoss(firm(3), 0.0, 10 / 15),
    )
    assert by_firm(found)[firm(1)].losses[2].loss == pytest.approx(2 / 3)
    few = measure(snapshot(diamond()), BUYER, explained=1)
    assert [len(one.losses) > 0 for one in few.closures] == [True, False, False, False]
    assert verify(few) == ()


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_every_index_holds_and_is_that_of_plain_loops(world):
    base = snapshot(world)
    found: Any = measure(base, BUYER, explained=100)
    assert verify(found) == ()
    weights = found.weights
    assert sum(weights.values()) == pytest.approx(1) or set(weights.values()) <= {0.0}
    for one in found.closures:
        reported = {each.firm: each for each in one.losses}
        assert reported.get(BUYER, FirmLoss(BUYER, 0, 0)).downstream == pytest.approx(
            plain(base, {one.firm: 1.0}, inside={BUYER, *base.upstream(BUYER)}), abs=1e-6
        )
        if found.unit.startswith("annualSpend"):
            ups = upstream_losses(base, one.firm)
            assert {entity: up for entity, up in ups.items() if up > 1e-6} == {
                entity: pytest.approx(each.upstream, abs=1e-6)
                for entity, each in reported.items()
                if each.upstream > 1e-6
            }


def test_one_firm_by_itself_is_the_same():
    base = snapshot(diamond())
    every = by_firm(measure(base, BUYER))
    for entity in (BUYER, firm(1), firm(3)):
        one = measure(base, BUYER, only=entity)
        assert one.closures == (every[entity],)
        assert verify(one) == ()
    with pytest.raises(NotFoundError) as caught:
        measure(base, BUYER, only=firm(8))
    assert caught.value.fix


def test_units_and_strangers_change_nothing():
    before = measure(snapshot(diamond()), BUYER)
    world = World()
    for stored in diamond().claims:
        claim = stored.claim
        stated = dict(claim.qualifiers)
        if "annualSpend" in stated:
            stated["annualSpend"] = float(stated["annualSpend"]) * 1000
        world.say(claim.subject, claim.predicate, str(claim.object), qualified=stated)
    world.say("org:x", "SUPPLIES", "org:y", annualSpend=7.0, currency="USD")
    after = measure(snapshot(world), BUYER)
    assert after.unit == before.unit
    assert [one.firm for one in after.closures] == [one.firm for one in before.closures]
    assert [one.total for one in after.closures] == pytest.approx([one.total for one in before.closures])


def test_without_money_links_count_by_their_share_of_purchases():
    world = World()
    for one in (1, 2, 3):
        world.say(firm(one), "SUPPLIES", BUYER)
    found: Any = measure(snapshot(world), BUYER)
    assert found.unit == "part of what each customer buys"
    assert found.weights[BUYER] == pytest.approx(0.5)
    assert by_firm(found)[firm(1)].total == pytest.approx(1 / 6 + 1 / 2 * 1 / 3)
    assert verify(found) == ()


@pytest.mark.parametrize("kind", ["empty", "alone", "idle", "itself"])
def test_networks_without_trade(kind):
    world = World()
    if kind == "alone":
        world.say(BUYER, "SUPPLIES", firm(1))
    elif kind == "idle":
        world.say(firm(1), "SUPPLIES", BUYER, annualSpend=0.0, currency="EUR")
        world.say(firm(2), "SUPPLIES", BUYER, annualSpend=0.0, currency="EUR")
    elif kind == "itself":
        world.say(BUYER, "SUPPLIES", BUYER)
    found: Any = measure(snapshot(world), BUYER)
    assert verify(found) == ()
    if kind == "alone":
        assert [(one.firm, one.total) for one in found.closures] == [(BUYER, 0.0)]
    if kind in {"empty", "itself"}:
        assert found.closures == ()
    if kind == "idle":  # without amounts each link counts as one
        assert by_firm(found)[firm(1)].total == pytest.approx(0.75 - 0.25)


def test_a_cycle_is_no_hindrance():
    world = diamond()
    world.say(BUYER, "SUPPLIES", firm(3), product="prd:scrap", annualSpend=1.0, currency="EUR", essential=True)
    found: Any = measure(snapshot(world), BUYER)
    assert verify(found) == ()
    assert [one.total for one in found.closures] == pytest.approx([1.0] * 4)


def test_the_executor_changes_nothing_and_reports_progress():
    done: list[int] = []
    one = measure(snapshot(diamond()), BUYER, executor=Executor(progress=done.append, block=2))
    assert sum(done) == 4
    assert one.closures == measure(snapshot(diamond()), BUYER).closures


def test_a_cascade_that_does_not_end_raises(monkeypatch):
    def never(*_: object, **__: object) -> None:
        raise ArithmeticError("1 cascades did not end within 10000 steps")

    monkeypatch.setattr(systemic, "close_each", never)
    with pytest.raises(NotConvergedError) as caught:
        measure(snapshot(diamond()), BUYER)
    assert caught.value.fix


def tampered():
    """Answers that were tampered with, each in one place."""
    found: Any = measure(snapshot(diamond()), BUYER)
    first, second, third, last = found.closures

    def changed(**what):
        return replace(found, closures=(first, second, replace(third, **what), last))

    own, *others = third.losses
    yield "total", changed(total=third.total - 1e-6)
    yield "downstream", changed(downstream=third.downstream + 1e-6)
    yield "upstream", changed(upstream=third.upstream - 1e-6)
    yield "weight", changed(weight=0.9)
    yield "losses", changed(losses=(own, *others[:-1]))
    yield "direction", changed(losses=(), downstream=third.total + 0.1)
    yield "one loss", changed(losses=(own, replace(others[0], downstream=0.9), *others[1:]))
    yield "order", replace(found, closures=(second, last, first, third))
    yield "weights", replace(found, weights={**found.weights, BUYER: 0.1})
    yield (
        "left out",
        replace(found, weights={entity: part for entity, part in found.weights.items() if entity != firm(2)}),
    )
    yield "sales", replace(found, supply=replace(found.supply, value=found.supply.value * [1, 2, 1, 1]))


@pytest.mark.parametrize("touch", [name for name, _ in tampered()])
def test_a_tampered_answer_is_found_out(touch):
    assert verify(dict(tampered())[touch]) != ()
