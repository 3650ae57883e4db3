"""One order of belief on all faces: own risk, conflicts, GraphQL, tables and arrays believe the same claim."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.graphql.execution import GraphQLService
from app.runtime.session import ReadSession
from app.runtime.settings import Settings
from app.views.tables import name_of
from graph.port import ClaimQuery, GraphStore
from ontology.canonical import Scalar
from ontology.generated.vocabulary import VOCABULARY
from ontology.preference import BASES, believed
from ontology.records import At, Basis, Claim, ClaimId, EntityId, Review
from reasoning.arrays.build.builder import build
from reasoning.arrays.nearby.nearby_facts import NearFacts
from reasoning.arrays.snapshots.mapped_snapshot import MappedSnapshot
from reasoning.exposure.snapshot import Snapshot
from reasoning.findings.conflicts import conflicts
from reasoning.network.facts import Facts
from reasoning.network.links import links
from reasoning.risk.own_risk import Risks
from tests.api.small_world import BUYER, Teller, data, make_desk, make_store
from tests.app.documents import nodes
from tests.fakes import FakeStore

AT = At("2026-03-01T12:00:00Z")
FIRM, RISK, FINANCIAL = EntityId("org:t-one"), EntityId("rsk:t-fraud"), EntityId("rct:tierscope-financial")


# ── an auditor's confirmed figure against the ERP's observed one ──


def audited() -> Teller:
    """A supplier of which the ERP is sure, and an auditor vouches for something else with little confidence."""
    tell = Teller()
    tell.say(BUYER, "NAMED", "Buyer", kind="primary")
    tell.say(FIRM, "NAMED", "Name in the ERP", kind="primary")
    tell.say(FIRM, "NAMED", "Audited Name", source="auditor", basis="confirmed", confidence=0.2, kind="primary")
    tell.say(FIRM, "SUPPLIES", BUYER, annualSpend=300.0, currency="EUR")
    tell.say(RISK, "AFFECTS", FIRM)
    tell.say(RISK, "IN_CATEGORY", FINANCIAL)
    tell.say(RISK, "SEVERITY", 1.0)
    tell.say(RISK, "LIKELIHOOD", 0.5)
    tell.say(RISK, "LIKELIHOOD", 0.1, source="auditor", basis="confirmed", confidence=0.2)
    tell.say(RISK, "LIKELIHOOD", 0.9, source="rumour", basis="confirmed", review="rejected")
    return tell


@pytest.fixture
def store(tmp_path) -> Iterator[GraphStore]:
    made = make_store(tmp_path, audited())
    yield made
    made.close()


def test_own_risk_is_the_audited_one(store: GraphStore):
    plain, mapped = Snapshot(Facts(store, AT), 1), MappedSnapshot(build(store, AT), store, AT)
    for risks in (Risks(plain.facts), Risks(NearFacts(store, AT)), plain.risks, mapped.risks):
        assert risks.of(FIRM)[FINANCIAL].value == 0.1
    weighted = plain.values(plain.view(BUYER)[0].firm)
    assert mapped.values(mapped.view(BUYER)[0].firm).tolist() == weighted.tolist()


def test_conflicts_prefer_the_audited_side_and_say_why(store: GraphStore):
    found = {one.predicate: one for one in conflicts(Facts(store, AT))}
    assert set(found) == {"LIKELIHOOD", "NAMED"}
    assert [side.value for side in found["LIKELIHOOD"].sides] == [0.1, 0.5]
    assert [side.value for side in found["NAMED"].sides] == ["Audited Name", "Name in the ERP"]
    assert {one.why for one in found.values()} == {"its basis is stronger"}


def test_graphql_shows_the_audited_name_and_risk(store: GraphStore):
    found = data(
        make_desk(store),
        """{ supplier(id: "org:t-one") { name
               exposure { byCategory { category { id } ownRisk { value claims { value source } } } } }
             conflicts { edges { node { predicate why sides { value sources } } } } }""",
    )
    assert found["supplier"]["name"] == "Audited Name"
    parts = {part["category"]["id"]: part["ownRisk"] for part in found["supplier"]["exposure"]["byCategory"]}
    assert parts[FINANCIAL]["value"] == 0.1
    assert {"value": 0.1, "source": "auditor"} in parts[FINANCIAL]["claims"]
    shown = {edge["node"]["predicate"]: edge["node"]["sides"] for edge in found["conflicts"]["edges"]}
    assert shown["LIKELIHOOD"][0] == {"value": 0.1, "sources": ["auditor"]}
    assert shown["NAMED"][0] == {"value": "Audited Name", "sources": ["auditor"]}


def test_the_command_line_shows_the_audited_name_and_risk(tierscope, tmp_path):
    make_store(tmp_path, audited()).close()
    where = ("--store", f"sqlite:///{tmp_path / 'world.db'}", "--as-of", "2026-03-01")
    table = tierscope("exposure", BUYER, *where).out
    assert "Audited Name" in table
    assert "Name in the ERP" not in table
    assert tierscope("show", FIRM, "--json", *where).document["node"]["name"] == "Audited Name"
    explained = tierscope("exposure", FIRM, "--buyer", BUYER, "--json", *where).document["explain"]
    (part,) = (one for one in explained["exposure"]["byCategory"] if one["category"]["id"] == FINANCIAL)
    assert part["ownRisk"]["value"] == 0.1
    lines = tierscope("exposure", FIRM, "--buyer", BUYER, *where).out.splitlines()
    assert "0.100" in next(line for line in lines if "financial" in line)
    told = nodes(tierscope("conflicts", "--json", *where).document["conflicts"])
    assert {one["predicate"]: one["sides"][0]["value"] for one in told} == {
        "LIKELIHOOD": 0.1,
        "NAMED": "Audited Name",
    }


# ── any claims ──


@dataclass(frozen=True)
class Manner:
    """How a claim is made; each of a list has a source of its own."""

    basis: Basis
    review: Review
    confidence: float
    begins: str | None


MANNERS = st.lists(
    st.builds(
        Manner,
        st.sampled_from(BASES),
        st.sampled_from(["accepted", "proposed", "rejected"]),
        st.sampled_from([0.2, 0.9]),
        st.sampled_from([None, "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"]),
    ),
    min_size=1,
    max_size=5,
)


def stored(draw: st.DataObject, predicate: str, targets: Sequence[Scalar], **qualifiers: Scalar) -> FakeStore:
    """A store of one claim of the firm a manner, each with another target, written in any order."""
    tell = Teller()
    for number, manner in enumerate(draw.draw(MANNERS)):
        tell.say(
            FIRM, predicate, targets[number % len(targets)], source=f"source {number % 4}", basis=manner.basis,
            review=manner.review, confidence=manner.confidence, valid=(manner.begins, None), **qualifiers,
        )  # fmt: skip
    tell.say(BUYER, "NAMED", "Buyer", kind="primary")
    tell.claims = draw.draw(st.permutations(tell.claims))
    store = FakeStore(VOCABULARY)
    store.apply(tell.batch())
    return store


SHARED = make_desk(FakeStore(VOCABULARY))


def desk_over(store: GraphStore) -> GraphQLService:
    """A desk with the schema of another one: to build it takes a second."""
    made = make_desk(store)
    vars(made).update(schema=SHARED.schema, prices=SHARED.prices)
    return made


def first(store: GraphStore, predicate: str) -> Claim | None:
    """The claim of the firm that is to be believed, by the order as it is stated."""
    found = believed(store.claims(ClaimQuery(subjects=[FIRM], predicates=[predicate], at=AT)))
    return found[0].claim if found else None


def preferred(store: GraphStore, predicate: str) -> set[ClaimId | None]:
    """The claims of the firm that reasoning prefers, by each way of reading facts."""
    every = store.claims(ClaimQuery(history=True))
    ways = (Facts(store, AT), NearFacts(store, AT), Facts.from_claims(every, AT), Facts.from_claims(every[::-1], AT))
    found = (facts.preferred(predicate, FIRM) for facts in ways)
    return {None if fact is None else fact.claim for fact in found}


@settings(max_examples=60)
@given(st.data())
def test_all_faces_believe_the_same_figure(draw: st.DataObject):
    store = stored(draw, "HEADCOUNT", [10, 11, 12, 13, 14])
    best = first(store, "HEADCOUNT")
    assert preferred(store, "HEADCOUNT") == {None if best is None else best.id}
    for conflict in conflicts(Facts(store, AT)):
        assert best is not None
        assert conflict.sides[0].facts[0].claim == best.id
    shown = data(desk_over(store), """{ organization(id: "org:t-one") { headcount } }""")["organization"]
    assert shown["headcount"] == (None if best is None else best.value)


@settings(max_examples=60)
@given(st.data())
def test_all_faces_believe_the_same_name(draw: st.DataObject):
    store = stored(draw, "NAMED", ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"], kind="primary")
    best = first(store, "NAMED")
    assert preferred(store, "NAMED") == {None if best is None else best.id}
    for conflict in conflicts(Facts(store, AT)):
        assert best is not None
        assert conflict.sides[0].facts[0].claim == best.id
    shown = data(desk_over(store), """{ organization(id: "org:t-one") { name names { claimId } } }""")["organization"]
    question = ReadSession(store, AT, None, Settings())
    if best is None:
        assert (shown["name"], shown["names"], name_of(question, FIRM)) == (None, [], FIRM)
    else:
        assert (shown["name"], shown["names"][0]["claimId"], name_of(question, FIRM)) == (
            best.value,
            best.id,
            best.value,
        )


@settings(max_examples=60)
@given(st.data())
def test_all_faces_believe_the_same_source_of_a_link(draw: st.DataObject):
    """Of a link all counts that the believed claim's source says, in arrays as in plain snapshots."""
    store = stored(draw, "SUPPLIES", [BUYER], product="prd:t-bolt")
    best, made = first(store, "SUPPLIES"), build(store, AT)
    counted = [link.fact for link in links(Facts(store, AT)).counted]
    assert {fact.source for fact in counted} == ({best.source} if best else set())
    assert [claim for edge in range(len(made.net.customer)) for claim in made.claims(edge)] == [
        fact.claim for fact in counted
    ]
    shown = data(
        desk_over(store),
        """{ organization(id: "org:t-buyer") { suppliers { edges { claims(first: 1) { id } } } } }""",
    )
    edges = shown["organization"]["suppliers"]["edges"]
    assert [edge["claims"][0]["id"] for edge in edges] == ([best.id] if best else [])
