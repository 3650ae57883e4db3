"""One network: exposure, findings, failure points and concentration name the same suppliers at the same tiers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.port import ClaimQuery
from ontology.generated.vocabulary import VOCABULARY
from ontology.records import EntityId, StoredClaim
from reasoning.analysis.concentration import concentrations
from reasoning.analysis.failure_points import failure_points, verify
from reasoning.arrays.build.builder import build
from reasoning.arrays.snapshots.mapped_snapshot import MappedSnapshot
from reasoning.exposure.scoring import Scoring
from reasoning.exposure.snapshot import Snapshot
from reasoning.findings.detect import DETECTORS, DetectionContext, detect
from reasoning.findings.network import UpstreamNetwork
from reasoning.scenarios.edits import AddLink, DropLink, Edit
from reasoning.scenarios.overlay import Overlay
from tests.fakes import FakeStore
from tests.reasoning.arrays.worlds import FIRMS, PRODUCTS, SITES, Saying, plain, put, stored, worlds
from tests.reasoning.findings.scene import AS_OF, BUYER, supply
from tests.reasoning.stores import fill
from tests.reasoning.world import AT, World

F, G = EntityId("org:f"), EntityId("org:g")


def snapshot(world: World) -> Snapshot:
    return Snapshot(world.facts(), 1)


def mapped(store: FakeStore) -> MappedSnapshot:
    return MappedSnapshot(build(store, AT), store, AT)


def sanctioned(made: Snapshot, buyer: EntityId = BUYER) -> set[EntityId]:
    found = DETECTORS["sanctioned_owner"](DetectionContext(made, buyer, AS_OF))
    return {finding.subject for finding in found}


def behind_a_site() -> World:
    """The buyer buys from a site of F, and G supplies F."""
    world = World()
    world.say("sit:1", "SUPPLIES", BUYER, product="prd:x", essential=True)
    world.say(F, "OPERATES", "sit:1")
    world.say(G, "SUPPLIES", F, product="prd:y", essential=True)
    return world


def test_a_supplier_of_a_sites_operator_is_upstream_for_exposure_and_findings():
    world = behind_a_site()
    listed = world.say(G, "SANCTIONED", "A list")
    made = snapshot(world)
    assert Scoring(made, BUYER).suppliers == {F: 1, G: 2}
    (finding,) = detect(made, BUYER, AS_OF)
    assert (finding.kind, finding.subject, finding.claims) == ("sanctioned_owner", G, (listed,))


def test_failure_points_and_concentration_stand_at_the_tiers_of_exposure():
    made = snapshot(behind_a_site())
    found = failure_points(made, BUYER)
    assert {point.entity: point.tier for point in found.points} == {F: 1, G: 2}
    assert [point.chain for point in found.points] == [(F, BUYER), (G, F, BUYER)]
    assert verify(made, found) == ()
    inputs = {(one.customer, one.holders[0].id) for one in concentrations(made, BUYER) if one.by == "input"}
    assert inputs == {(BUYER, F), (F, G)}


def test_a_hidden_point_behind_sites_cites_their_operators():
    world = World()
    for number, firm in ((1, "org:a"), (2, "org:b")):
        world.say(f"sit:{number}", "SUPPLIES", BUYER, product="prd:any")
        world.say(firm, "OPERATES", f"sit:{number}")
        world.say("sit:deep", "SUPPLIES", firm, product="prd:x", essential=True)
    world.say(G, "OPERATES", "sit:deep")
    (finding,) = detect(snapshot(world), BUYER, AS_OF)
    assert (finding.kind, finding.subject) == ("hidden_single_point_of_failure", G)
    assert finding.related == ("org:a", "org:b")
    assert set(finding.claims) == {stored.claim.id for stored in world.claims}


def test_it_has_shortest_distances_and_the_operators_of_sites():
    world = World()
    supply(world, "org:deep", "org:mid", "org:near")
    supply(world, "org:mid")
    for operator in ("org:one", "org:two"):
        world.say(operator, "OPERATES", "sit:shared")
    world.say("org:one", "OPERATES", "sit:own")
    world.say("sit:shared", "SUPPLIES", "org:near")
    world.say(BUYER, "SUPPLIES", "org:deep")
    network = UpstreamNetwork(snapshot(world), BUYER)
    assert network.tiers == {BUYER: 0, "org:near": 1, "org:mid": 1, "org:deep": 2, "sit:shared": 2}
    assert network.suppliers == {"org:near", "org:mid", "org:deep", "org:one", "org:two"}
    assert network.operators_of(EntityId("sit:shared")) == ("org:one", "org:two")
    assert network.operators_of(EntityId("sit:own")) == ("org:one",)
    assert network.operators_of(EntityId("org:near")) == ("org:near",)
    assert network.operators_of(EntityId("org:stranger")) == ()
    assert network.belongings(EntityId("org:one")) == ("org:one", "sit:own", "sit:shared")


def test_the_operator_that_is_the_buyer_itself_is_no_supplier():
    world = World()
    world.say("sit:1", "SUPPLIES", BUYER)
    world.say(BUYER, "OPERATES", "sit:1")
    network = UpstreamNetwork(snapshot(world), BUYER)
    assert (network.tiers, network.suppliers) == ({BUYER: 0}, frozenset())


needed = st.builds(
    lambda supplier, customer, product: Saying(
        supplier, "SUPPLIES", customer, qualified={"product": product, "essential": True}
    ),
    st.sampled_from(FIRMS + SITES),
    st.sampled_from(FIRMS),
    st.sampled_from(PRODUCTS),
)


@st.composite
def networks(draw: st.DrawFn) -> World:
    """A world of sites and operators, some of whose links are essential, in which every firm is on a list."""
    world: World = draw(worlds())
    for one in draw(st.lists(needed, max_size=6)):
        put(world, one)
    for firm in FIRMS:
        world.say(firm, "SANCTIONED", "Another list")
    return world


@settings(max_examples=150, deadline=None)
@given(networks(), st.sampled_from(FIRMS))
def test_detectors_walk_the_firms_that_exposure_names_at_its_tiers(world: World, firm: str):
    made = snapshot(world)
    scoring = Scoring(made, EntityId(firm))
    network = UpstreamNetwork(made, EntityId(firm))
    assert {entity: tier for entity, tier in network.tiers.items() if tier > 0} == scoring.suppliers
    upstream = set(scoring.suppliers)
    answering = {fact.subject for fact in made.facts["OPERATES"] if fact.object in upstream}
    named = {entity for entity in upstream | answering if entity.startswith("org:")} - {scoring.buyer}
    assert sanctioned(made, EntityId(firm)) == named
    points = failure_points(made, EntityId(firm), most=0).points
    assert {point.entity: point.tier for point in points if point.entity not in answering - upstream}.items() <= (
        scoring.suppliers.items()
    )
    inputs = (one for one in concentrations(made, EntityId(firm)) if one.by == "input")
    assert {holder.id for one in inputs for holder in one.holders} - {scoring.buyer} <= upstream


@settings(max_examples=80, deadline=None)
@given(networks(), st.sampled_from(FIRMS))
def test_a_large_store_gives_the_findings_of_a_small_one(world: World, firm: str):
    store = stored(world)
    ours, theirs = mapped(store), plain(store)
    assert ours.tiers(EntityId(firm)) == theirs.tiers(EntityId(firm))
    assert detect(ours, EntityId(firm), AS_OF) == detect(theirs, EntityId(firm), AS_OF)
    assert failure_points(ours, EntityId(firm)) == failure_points(theirs, EntityId(firm))


class Counting(FakeStore):
    """A store that records whose claims it returns, one by one or as columns."""

    def __init__(self) -> None:
        super().__init__(VOCABULARY)
        self.given: set[str] = set()

    def claims(self, ask: ClaimQuery) -> list[StoredClaim]:
        found = super().claims(ask)
        self.given |= {str(one.claim.subject) for one in found}
        return found


@pytest.mark.parametrize(
    "kind", ["hidden_single_point_of_failure", "expiring_certificate", "breached_obligation", "failure points"]
)
def test_in_a_large_store_only_what_is_upstream_is_read(kind: str):
    world = behind_a_site()
    for number in range(60):
        world.say(f"org:x{number}", "SUPPLIES", f"org:y{number}", product="prd:x", essential=True)
        world.say(G, "SUPPLIES", f"org:y{number}", product="prd:x", essential=True)
        world.say(f"crt:{number}", "HELD_BY", f"org:x{number}", valid=(None, "2026-07-01T00:00:00Z"))
        world.say(f"obl:{number}", "OWED_BY", f"org:x{number}")
        world.say(f"org:x{number}", "OPERATES", f"sit:x{number}")
    store = Counting()
    fill(store, world)
    made = mapped(store)
    store.given.clear()
    if kind == "failure points":
        assert len(failure_points(made, BUYER).points) == 2
    else:
        assert list(DETECTORS[kind](DetectionContext(made, BUYER, AS_OF))) == []
    assert store.given <= {"sit:1", F, G}


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (DropLink(G, F), {F}),
        (DropLink(F, BUYER), set()),
        (AddLink(EntityId("org:new"), G), {F, G, "org:new"}),
    ],
)
def test_detectors_look_at_the_network_as_a_what_if_leaves_it(edit: Edit, found: set[str]):
    world = behind_a_site()
    for firm in (F, G, "org:new"):
        world.say(firm, "SANCTIONED", "A list")
    assert sanctioned(snapshot(world)) == {F, G}
    after = Overlay(snapshot(world), edit)
    assert sanctioned(after) == found
    assert {point.entity for point in failure_points(after, BUYER).points} == found - {"org:new"}
