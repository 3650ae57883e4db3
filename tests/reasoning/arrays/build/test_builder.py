from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from app.jobs.world import SAMPLE, load_world, read_world
from ontology.errors import StoreCorruptError
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import At, ClaimId
from reasoning.arrays.build.builder import build
from reasoning.core.graph.network import network
from reasoning.core.graph.ordering import order
from tests.fakes import FakeStore
from tests.reasoning.arrays.worlds import DAYS, plain, stored, told, told_plainly, worlds
from tests.reasoning.stores import fill, new_store
from tests.reasoning.world import AT, World


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_arrays_are_what_the_snapshot_is(world: World):
    store = stored(world)
    assert told(build(store, AT, part=3)) == told_plainly(plain(store))


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_at_any_instant(world: World):
    store = stored(world)
    for as_of in (None, *DAYS):
        at = At(as_of, None)
        assert told(build(store, at)) == told_plainly(plain(store, at))


def small_world() -> World:
    world = World()
    for supplier, customer in (("b", "a"), ("c", "b"), ("d", "b"), ("d", "c"), ("e", "d")):
        world.say(f"org:{supplier}", "SUPPLIES", f"org:{customer}")
    return world


def test_firms_lie_deepest_tier_first_and_of_one_tier_the_most_supplying_first():
    world = small_world()
    world.say("org:e", "SUPPLIES", "org:c")
    world.say("org:f", "SUPPLIES", "org:d")
    world.say("org:f", "SUPPLIES", "org:c")
    world.say("org:g", "SUPPLIES", "org:d")
    found = build(stored(world), AT)
    ids = [found.id(node) for node in range(found.firms)]
    assert ids == ["org:e", "org:f", "org:g", "org:d", "org:c", "org:b", "org:a"]
    assert order(found.net).tolist() == list(range(found.firms))


def test_edges_lie_by_customer_and_are_found_by_supplier_too():
    found = build(stored(small_world()), AT)
    net = found.net
    again = network(net.size, net.customer, net.supplier)  # refuses what is not in order
    assert again.start.tolist() == net.start.tolist()
    for node in range(found.firms):
        first, end = found.integers("supplied")[node : node + 2].tolist()
        edges = found.columns["by_supplier"][first:end]
        assert edges.tolist() == np.flatnonzero(net.supplier == node).tolist()


def test_a_firm_is_found_by_its_id_and_only_by_its_id():
    found = build(stored(small_world()), AT)
    assert [found.id(found.node(f"org:{name}") or 0) for name in "abcde"] == [f"org:{name}" for name in "abcde"]
    assert [found.node(one) for one in ("org:", "org:aa", "org:f", "org:0", "")] == [None] * 5


def test_an_empty_store_has_empty_arrays():
    found = build(stored(World()), AT)
    assert (found.firms, found.links, found.node("org:a")) == (0, 0, None)
    assert found.stamp.revision == 0


def test_what_is_recorded_while_it_is_read_does_not_show():
    class Growing(FakeStore):
        """A store in which somebody writes after each part that is read."""

        said = 0

        def columns(self, *asked: Any, **options: Any) -> Any:
            found = super().columns(*asked, **options)
            self.said += 1
            late = World()
            late.say(f"org:late{self.said}", "SUPPLIES", "org:a", source="late")
            fill(self, late, f"2026-05-{self.said:02d}T00:00:00.000000Z")
            return found

    store = Growing(VOCABULARY)
    fill(store, small_world())
    found = build(store, AT, part=2)
    assert store.said > 3
    assert told(found) == told(build(stored(small_world()), AT))
    assert found.stamp.revision == 1


def test_a_claim_whose_id_is_none_is_refused():
    class Odd(FakeStore):
        def columns(self, *asked: Any, **options: Any) -> Any:
            found = super().columns(*asked, **options)
            return replace(found, claims=[ClaimId("clm:what"), *found.claims[1:]]) if found.claims else found

    store = Odd(VOCABULARY)
    fill(store, small_world())
    with pytest.raises(StoreCorruptError, match="clm:what is no id"):
        build(store, AT)


def test_it_tells_how_far_it_is():
    heard: list[tuple[str, int]] = []
    build(stored(small_world()), AT, tell=lambda what, count: heard.append((what, count)), part=2)
    assert heard[:3] == [("supply claims", 2), ("supply claims", 4), ("supply claims", 5)]
    assert ("own risks", 1) in heard


def test_later_turns_are_noted_with_whose_they_are():
    world = World()
    world.say("org:b", "SUPPLIES", "org:a", valid=(None, DAYS[3]))
    world.say("org:c", "SUPPLIES", "org:b", valid=(DAYS[4], None))
    world.say("org:d", "SUPPLIES", "org:a", valid=(DAYS[0], DAYS[1]))
    found = build(stored(world), AT)
    turns = zip(found.columns["turn"].tolist(), found.integers("turning").tolist(), strict=True)
    assert [(turn.decode(), found.turners[place]) for turn, place in turns] == [
        (DAYS[3], "org:a"),
        (DAYS[4], "org:b"),
    ]


def test_the_sample_world_is_what_the_snapshot_makes_of_it(tmp_path: Path):
    store = new_store(tmp_path)
    assert len(list(load_world(store, read_world(SAMPLE)))) > 1
    for as_of in ("2026-06-30T00:00:00Z", "2024-01-01T00:00:00Z", None):
        at = At(as_of, None)
        assert told(build(store, at, part=50)) == told_plainly(plain(store, at))
    store.close()
