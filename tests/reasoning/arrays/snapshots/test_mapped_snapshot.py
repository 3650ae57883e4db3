from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.jobs.world import SAMPLE, load_world, read_world
from graph.port import ClaimQuery, GraphStore
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import EntityId, StoredClaim
from reasoning.arrays.build.builder import build
from reasoning.arrays.snapshots.cache import Keeper
from reasoning.arrays.snapshots.large_stores import LargeStores, most_exposed
from reasoning.arrays.snapshots.mapped_snapshot import MappedSnapshot
from reasoning.exposure.scoring import Scoring, Totals
from reasoning.measures.disruption import disruption
from reasoning.service.service import ReasoningService
from tests.fakes import FakeStore
from tests.reasoning.arrays.worlds import FIRMS, PRODUCTS, plain, stored, worlds
from tests.reasoning.stores import fill, new_store
from tests.reasoning.world import AT, World


def mapped(store: GraphStore) -> MappedSnapshot:
    return MappedSnapshot(build(store, AT), store, AT)


def check_totals(ours: Totals, theirs: Totals) -> None:
    """Equal, but for the last bits of tiers: these are products of matrices that are of another size."""
    assert replace(ours, by_tier=()) == replace(theirs, by_tier=())
    assert ours.by_tier == pytest.approx(theirs.by_tier, rel=1e-12)


@settings(max_examples=120, deadline=None)
@given(worlds(), st.sampled_from(FIRMS), st.sampled_from(["", *PRODUCTS]))
def test_exposures_are_those_of_the_plain_snapshot(world: World, buyer: str, product: str):
    """To the last bit, with paths, claims, risks and what was set aside."""
    store = stored(world)
    ours, theirs = (Scoring(made, EntityId(buyer), product=product) for made in (mapped(store), plain(store)))
    assert ours.exposures(paths=None) == theirs.exposures(paths=None)
    assert ours.suppliers == theirs.suppliers
    check_totals(ours.totals(), theirs.totals())
    for supplier in theirs.suppliers:
        assert ours.shortest_path(supplier) == theirs.shortest_path(supplier)


@settings(max_examples=80, deadline=None)
@given(worlds())
def test_all_else_is_the_plain_snapshots_too(world: World):
    store = stored(world)
    ours, theirs = mapped(store), plain(store)
    assert list(ours.nodes) == list(theirs.nodes)
    firms = list(map(EntityId, FIRMS))
    assert [ours.index.get(entity) for entity in firms] == [theirs.index.get(entity) for entity in firms]
    assert [ours.by_customer.get(entity) for entity in firms] == [theirs.by_customer.get(entity) for entity in firms]
    assert dict(ours.by_customer) == dict(theirs.by_customer)
    assert [ours.unit(entity) for entity in theirs.nodes] == [theirs.unit(entity) for entity in theirs.nodes]
    assert [ours.risks.of(entity) for entity in theirs.nodes] == [theirs.risks.of(entity) for entity in theirs.nodes]
    assert ours.links == theirs.links
    for name in ("low", "share", "high", "total", "firm"):
        assert getattr(ours.whole, name).tolist() == getattr(theirs.whole, name).tolist()
    assert [ours.whole.links[edge] for edge in range(len(ours.whole.links))] == list(theirs.whole.links)
    places = np.arange(len(theirs.nodes))
    assert ours.values(places).tolist() == theirs.values(places).tolist()


@settings(max_examples=80, deadline=None)
@given(worlds(), st.sampled_from(FIRMS), st.integers(0, 5))
def test_the_most_are_the_first_of_all(world: World, buyer: str, most: int):
    store = stored(world)
    for made in (mapped(store), plain(store)):
        scoring = Scoring(made, EntityId(buyer))
        assert scoring.exposures(paths=2, most=most) == scoring.exposures(paths=2)[:most]


@settings(max_examples=8, deadline=None)
@given(worlds(), st.sampled_from(FIRMS))
def test_disruption_is_measured_alike(world: World, buyer: str):
    store = stored(world)
    ours, theirs = (disruption.measure(made, EntityId(buyer)) for made in (mapped(store), plain(store)))
    assert repr(ours) == repr(theirs)  # every field of it


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_who_is_most_exposed_is_who_would_be_asked_one_by_one(world: World):
    store = stored(world)
    found = {one.firm: one for one in most_exposed(build(store, AT), 99)}
    snapshot = plain(store)
    assert [one.score for one in found.values()] == sorted((one.score for one in found.values()), reverse=True)
    assert found.keys() == snapshot.by_customer.keys()
    for firm, one in found.items():
        totals = Scoring(snapshot, firm).totals()
        own, start = snapshot.values(np.array([snapshot.index[firm]]))[0], snapshot.index[firm]
        back = [Scoring(snapshot, firm)._reach[1][start] - 0.15]
        assert one.score == pytest.approx(totals.score + back[0] * own, abs=1e-9)
        assert one.low <= one.score + 1e-12 <= one.high + 2e-12


class Counting(FakeStore):
    """A store that counts the claims that it is asked for."""

    given = 0

    def claims(self, ask: ClaimQuery) -> list[StoredClaim]:
        found = super().claims(ask)
        self.given += len(found)
        return found


def test_what_is_not_upstream_is_not_looked_at():
    world = World()
    world.say("org:b", "SUPPLIES", "org:a")
    world.say("org:c", "SUPPLIES", "org:b")
    for number in range(60):
        world.say(f"org:x{number}", "SUPPLIES", f"org:y{number}")
        world.say(f"org:y{number}", "SUPPLIES", f"org:z{number}")
        world.say("org:c", "SUPPLIES", f"org:y{number}")
    store = Counting(VOCABULARY)
    fill(store, world)
    snapshot = mapped(store)
    store.given = 0
    assert [one.supplier for one in Scoring(snapshot, EntityId("org:a")).exposures(paths=None)] == ["org:b", "org:c"]
    assert store.given <= 4
    view, _ = snapshot.view(EntityId("org:a"))
    assert view.net.size == 3


def test_the_engine_answers_over_a_large_store_as_over_a_small_one(tmp_path: Path):
    store = new_store(tmp_path)
    world = read_world(SAMPLE)
    assert len(list(load_world(store, world))) > 1
    small = ReasoningService(store)
    large = ReasoningService(store, large=LargeStores(Keeper(tmp_path / "cache"), claims=1))
    assert isinstance(large.snapshot(world.at), MappedSnapshot)
    assert not isinstance(small.snapshot(world.at), MappedSnapshot)
    exposures = small.exposures(world.buyer, world.at)
    assert large.exposures(world.buyer, world.at) == exposures
    check_totals(large.totals(world.buyer, world.at), small.totals(world.buyer, world.at))
    assert (
        large.exposures(world.buyer, world.at, most=3, paths=2) == small.exposures(world.buyer, world.at, paths=2)[:3]
    )
    for supplier in [one.supplier for one in exposures[:4]]:
        ours, theirs = (one.explain(world.buyer, supplier, world.at) for one in (large, small))
        assert ours == theirs
    assert large.is_large()
    assert not small.is_large()
    assert large.findings(world.buyer, world.at) == small.findings(world.buyer, world.at)
    assert large.conflicts(world.at) == small.conflicts(world.at)
    store.close()


def test_a_store_is_large_from_so_many_claims_on(tmp_path: Path):
    store = new_store(tmp_path)
    world = World()
    for number in range(3):
        world.say("org:b", "SUPPLIES", f"org:{number}")
    fill(store, world)
    for claims, kind in ((3, True), (4, False)):
        reasoning = ReasoningService(store, large=LargeStores(Keeper(None), claims=claims))
        assert isinstance(reasoning.snapshot(AT), MappedSnapshot) == kind
    store.close()


def test_a_mapped_snapshot_is_of_the_instants_that_its_arrays_were_read_at(tmp_path: Path):
    world = World()
    world.say("org:b", "SUPPLIES", "org:a")
    store = stored(world)
    snapshot = LargeStores(Keeper(None)).snapshot(store, AT)
    assert snapshot.at == replace(AT, known_at=store.status().recorded_at)
    assert snapshot.revision == store.status().revision
    late = World()
    late.say("org:c", "SUPPLIES", "org:a", source="late")
    fill(store, late, "2026-05-01T00:00:00.000000Z")
    assert [link.supplier for link in snapshot.by_customer[EntityId("org:a")]] == ["org:b"]
