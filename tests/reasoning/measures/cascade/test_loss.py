"""M3 for one firm over small worlds: by hand, against a plain loop, hop by hop, and with tampered answers."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from ontology.canonical import Scalar
from ontology.errors import NotConvergedError, NotFoundError
from ontology.records import EntityId
from reasoning.measures.cascade import loss
from reasoning.measures.cascade.loss import Cascading, LossTerms, measure, verify, verify_loss
from reasoning.measures.cascade.production_network import Cascades
from reasoning.measures.production import PARTS
from tests.reasoning.measures.worlds import BUYER, diamond, firm, snapshot, worlds
from tests.reasoning.world import World

ALL = LossTerms(threshold=0.0, explained=100)


def plain(base, stopped, *, observed=False, inside=None):
    """The loss of the buyer by loops over links, until nothing changes: a firm makes what it delivers most of."""
    links = [link for link in base.links.counted if not (observed and link.fact.inferred)]
    links = [link for link in links if inside is None or link.customer in inside]
    need: dict[EntityId, float] = {}
    made: dict[EntityId, dict[str, float]] = {}
    for link in base.links.counted:
        need[link.customer] = need.get(link.customer, 0.0) + link.weight
    for link in base.links.counted:
        if link.product and need[link.customer] > 0:
            of = made.setdefault(link.supplier, {})
            of[link.product] = of.get(link.product, 0.0) + link.weight / need[link.customer]
    main = {one: min(of, key=lambda product: (-of[product], product)) for one, of in made.items()}
    sector = {entity: "the buyer" if entity == BUYER else main.get(entity, "") for entity in base.nodes}
    every = base.links.counted
    pairs = {(sector[one.supplier], sector[one.customer]) for one in every if one.fact.qualifiers.get("essential")}
    lost = {entity: stopped.get(entity, 0.0) for entity in base.nodes}
    for _ in range(20_000):  # cycles may converge slowly
        after = dict(lost)
        for customer in base.nodes:
            mine = [one for one in links if one.customer == customer and one.weight > 0]
            groups: dict[str, list[float]] = {}
            for one in mine:
                essential = (sector[one.supplier], sector[customer]) in pairs
                groups.setdefault(sector[one.supplier] if essential else "others", []).append(0)
                key = sector[one.supplier] if essential else "others"
                whole = sum(
                    other.weight for other in mine if not essential or sector[other.supplier] == sector[one.supplier]
                )
                groups[key].append(one.weight / whole * lost[one.supplier])
            after[customer] = min(1.0, max([stopped.get(customer, 0.0), *map(math.fsum, groups.values())]))
        if max(abs(after[entity] - lost[entity]) for entity in base.nodes) < 1e-13:
            break
        lost = after
    return lost.get(BUYER, 0.0)


def test_by_hand_the_shared_source_stops_both_and_so_the_buyer():
    found: Any = measure(snapshot(diamond()), BUYER, terms=ALL)
    assert [(one.entity, one.value, one.undelivered) for one in found.losses] == [
        (firm(3), 1.0, 1.0),
        (firm(1), 1.0, pytest.approx(0.6)),
        (firm(2), 1.0, pytest.approx(0.4)),
    ]
    (source, *_) = found.losses
    assert source.tier == 2
    assert source.chain is not None
    assert source.chain.entities == (firm(3), firm(1), BUYER)
    assert [hop.product for hop in source.chain.hops] == ["prd:magnet", "prd:engine"]
    assert [hop.bought for hop in source.chain.hops] == [10.0, 60.0]
    assert len(source.chain.claims) == len(source.chain.evidence) == 2
    assert (found.unit, found.upstream, found.left_out, found.revision) == ("annualSpend EUR", 3, 0, 7)
    assert verify(found) == ()


def test_a_non_essential_input_is_lost_by_its_share():
    world = World()
    for one, spend in ((1, 30.0), (2, 70.0)):
        world.say(firm(one), "SUPPLIES", BUYER, product=f"prd:p{one}", annualSpend=spend, currency="EUR")
    found: Any = measure(snapshot(world), BUYER, terms=ALL)
    assert [(one.entity, one.value) for one in found.losses] == [
        (firm(2), pytest.approx(0.7)),
        (firm(1), pytest.approx(0.3)),
    ]
    assert found.losses[0].chain.hops[0].product == ""
    assert found.losses[0].chain.hops[0].bought == 100.0


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_every_loss_is_that_of_plain_loops_and_every_chain_holds(world):
    base = snapshot(world)
    found: Any = measure(base, BUYER, terms=ALL)
    assert verify(found) == ()
    listed = {one.entity: one for one in found.losses}
    for entity in base.upstream(BUYER):
        exact = plain(base, {entity: 1.0})
        reported = listed[entity].value if entity in listed else 0.0
        assert reported == pytest.approx(exact, abs=1e-6)
        if entity in listed:
            seen = plain(base, {entity: 1.0}, observed=True)
            assert listed[entity].observed == pytest.approx(seen, abs=1e-6)
            assert (listed[entity].chain is None) == (reported == 0)


@settings(max_examples=30, deadline=None)
@given(worlds())
def test_no_firm_that_matters_is_left_out(world):
    base = snapshot(world)
    every = {one.entity: one.value for one in measure(base, BUYER, terms=ALL).losses}
    some = measure(base, BUYER, terms=LossTerms(threshold=0.3, explained=0))
    kept = {one.entity: one.value for one in some.losses}
    assert all(kept[entity] == value for entity, value in every.items() if value > 0.3)
    assert some.left_out == some.upstream - len(kept)
    assert all(one.chain is None for one in some.losses)
    assert verify(some) == ()


@settings(max_examples=30, deadline=None)
@given(worlds())
def test_one_stop_is_that_of_the_what_if(world):
    base = snapshot(world)
    cascading, what_if = Cascading(base, BUYER), Cascades(base, BUYER)
    for entity in base.upstream(BUYER):
        one = cascading.loss(entity)
        # Both stop once no loss grows by more than 1e-9 in a step; a cycle may hide somewhat more than that.
        assert one.value == pytest.approx(what_if.loss({entity: 1.0}).value, abs=1e-8)
        assert verify_loss(one, BUYER) == ()


@pytest.mark.parametrize("by", ["country", "product"])
@settings(max_examples=25, deadline=None)
@given(world=worlds())
def test_countries_and_products_stop_their_firms(by, world):
    base = snapshot(world)
    found: Any = measure(base, BUYER, terms=LossTerms(by=by, explained=100))
    assert verify(found) == ()
    assert found.left_out == 0
    for one in found.losses:
        assert one.value == pytest.approx(plain(base, one.stopped), abs=1e-6)
        assert Cascading(base, BUYER).loss(one.entity).value == pytest.approx(one.value, abs=1e-8)


def test_inferred_links_are_another_scenario():
    """By an inferred link only half of the engines come from the first firm, so its stop costs half."""
    world = World()
    stated: dict[str, Scalar] = {"product": "prd:engine", "annualSpend": 50.0, "currency": "EUR", "essential": True}
    world.say(firm(1), "SUPPLIES", BUYER, qualified=stated)
    world.say(firm(2), "SUPPLIES", BUYER, qualified=stated, basis="inferred", confidence=0.5)
    one: Any = Cascading(snapshot(world), BUYER).loss(firm(1))
    assert (one.value, one.observed) == (pytest.approx(0.5), 1.0)


def test_half_a_country_stops_half_a_firm():
    world = World()
    world.say(firm(1), "SUPPLIES", BUYER, product="prd:a", essential=True)
    for site, place in (("sit:n", "reg:iso3166-NO"), ("sit:s", "reg:iso3166-ES")):
        world.say(firm(1), "OPERATES", site)
        world.say(site, "IN_COUNTRY", place)
    found: Any = measure(snapshot(world), BUYER, terms=LossTerms(by="country"))
    assert [(one.entity, one.value, one.stopped) for one in found.losses] == [
        ("reg:iso3166-ES", pytest.approx(0.5), {firm(1): 0.5}),
        ("reg:iso3166-NO", pytest.approx(0.5), {firm(1): 0.5}),
    ]
    assert found.losses[0].chain.stopped == 0.5
    assert verify(found) == ()


def test_units_make_no_difference():
    three = [World(), World(), World()]
    for world, scale, currency in zip(three, (1.0, 1000.0, 1.0), ("EUR", "EUR", "USD"), strict=True):
        for one, other, spend in ((1, 0, 3.0), (2, 0, 9.0), (3, 1, 2.0), (3, 2, 1.0), (4, 2, 4.0)):
            chosen = currency if other else "EUR"
            world.say(firm(one), "SUPPLIES", firm(other), annualSpend=spend * scale, currency=chosen)
    found = [measure(snapshot(world), BUYER, terms=ALL) for world in three]
    assert found[2].unit == PARTS
    for reported in found:
        assert verify(reported) == ()
        assert [each.entity for each in reported.losses] == [each.entity for each in found[0].losses]
        assert [each.value for each in reported.losses] == pytest.approx([each.value for each in found[0].losses])


@pytest.mark.parametrize("kind", ["empty", "alone", "idle", "itself", "stranger"])
def test_networks_in_which_nothing_can_be_lost(kind):
    world = World()
    if kind == "alone":
        world.say(BUYER, "SUPPLIES", firm(1))
    elif kind == "idle":
        world.say(firm(1), "SUPPLIES", BUYER, annualSpend=0.0, currency="EUR")
        world.say(firm(2), "SUPPLIES", BUYER, annualSpend=1.0, currency="EUR")
    elif kind == "itself":
        world.say(BUYER, "SUPPLIES", BUYER)
    elif kind == "stranger":
        world.say(firm(8), "SUPPLIES", firm(9))
    found: Any = measure(snapshot(world), BUYER, terms=ALL)
    assert [one.value for one in found.losses if one.entity != firm(2)] == []
    assert verify(found) == ()


def test_a_stop_must_concern_a_supplier_and_costs_nothing_if_it_is_not_upstream():
    cascading = Cascading(snapshot(diamond()), BUYER)
    with pytest.raises(NotFoundError):
        cascading.loss(EntityId("org:nobody"))
    stranger = cascading.loss(firm(8))
    assert (stranger.value, stranger.chain, stranger.stopped) == (0.0, None, {})
    assert verify_loss(stranger, BUYER) == ()


def test_a_cascade_that_does_not_end_raises(monkeypatch):
    def never(*_: object, **__: object) -> None:
        raise ArithmeticError("the cascade did not end within 10000 steps")

    base = snapshot(diamond())
    monkeypatch.setattr(loss, "spread", never)
    for ask in (lambda: measure(base, BUYER), lambda: Cascading(base, BUYER).loss(firm(1))):
        with pytest.raises(NotConvergedError) as caught:
            ask()
        assert caught.value.fix


def tampered():
    """Answers that were tampered with, each in one place."""
    found: Any = measure(snapshot(diamond()), BUYER, terms=ALL)
    first, *rest = found.losses
    first_hop, last = first.chain.hops
    contribution = last.contributions[0]

    def changed(**what):
        return replace(found, losses=(replace(first, **what), *rest))

    def with_hops(*hops):
        return changed(chain=replace(first.chain, hops=hops))

    yield "value", changed(value=0.9)
    yield "bound", changed(bound=0.5)
    yield "observed", changed(observed=1.5)
    yield "source", changed(chain=replace(first.chain, source=firm(2)))
    yield "stopped", changed(chain=replace(first.chain, stopped=0.5))
    yield "short", with_hops(last)
    yield "cut", with_hops(first_hop)
    yield "loss", with_hops(first_hop, replace(last, loss=0.7))
    yield "part", with_hops(first_hop, replace(last, contributions=(replace(contribution, part=0.8),)))
    yield "bought", with_hops(first_hop, replace(last, contributions=(replace(contribution, bought=1.0),)))
    yield "links", with_hops(first_hop, replace(last, contributions=(replace(contribution, links=()),)))
    yield "share", with_hops(first_hop, replace(last, contributions=(replace(contribution, share=0.5, part=2.0),)))
    yield "order", replace(found, losses=(replace(rest[0], value=0.2, chain=None), first, rest[1]))
    yield "count", replace(found, losses=(first,))


@pytest.mark.parametrize("touch", [name for name, _ in tampered()])
def test_a_tampered_answer_is_found_out(touch):
    assert verify(dict(tampered())[touch]) != ()


def test_figures_are_plain_numbers():
    found: Any = measure(snapshot(diamond()), BUYER, terms=ALL)
    assert all(type(one.value) is float and not isinstance(one.value, np.floating) for one in found.losses)
